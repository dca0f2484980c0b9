import { type ListedAudience, listAudiences, nameOfAudience } from '../../../modules/audiences/index.ts';
import { Actions, LinkButton, Table } from '../../../ui/index.ts';
import { page } from '../../page.ts';
import { capital } from '../../show.ts';
import { maySave } from './may-save.ts';

/** All audiences that may be chosen. Nothing is counted here: that is done on the page of one. */
export const audienceListPage = page({
  method: 'GET',
  path: '/audiences',
  signedIn: true,
  handle: async (request) => {
    const { say, execute } = request;
    const audiences = await execute(listAudiences, {});
    const of = (subject: ListedAudience['subject']) => audiences.filter((audience) => audience.subject === subject);
    return {
      title: say('nav.audiences'),
      body: (
        <>
          <h1>{say('nav.audiences')}</h1>
          <p class="lead">{say('page.audiences.lead')}</p>
          {maySave(request) && (
            <Actions>
              <LinkButton look="primary" href="/audiences/new">
                {say('page.audiences.new')}
              </LinkButton>
            </Actions>
          )}
          {(['household', 'officer'] as const).map((subject) => (
            <Table
              caption={say(subject === 'household' ? 'page.audiences.households' : 'page.audiences.officers')}
              rows={of(subject)}
              columns={[
                {
                  label: say('page.audiences.name'),
                  cell: (row: ListedAudience) => <a href={`/audiences/${row.code}`}>{nameOfAudience(row, say)}</a>,
                },
                { label: say('page.audiences.code'), cell: (row: ListedAudience) => row.code },
                {
                  label: say('page.audiences.whose'),
                  cell: (row: ListedAudience) =>
                    row.place === null ? say('page.audiences.built-in') : capital(row.place),
                },
              ]}
            />
          ))}
        </>
      ),
    };
  },
});

import { listImports } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { Actions, EmptyState, LinkButton, Table } from '../../../ui/index.ts';
import { page } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { capital, showMoment, showNumber } from '../../show.ts';
import { mayImport } from './may-import.ts';

const SIZE = 25;

/** All imports of one's areas, newest first. */
export const importListPage = page({
  method: 'GET',
  path: '/imports',
  signedIn: true,
  handle: async (request) => {
    const { say, language, execute } = request;
    const at = pageOf(request.query);
    const found = await execute(listImports, { limit: SIZE + 1, offset: at * SIZE });
    const rows = found.slice(0, SIZE);
    return {
      title: say('page.imports.title'),
      body: (
        <>
          <h1>{say('page.imports.title')}</h1>
          <p class="lead">{say('page.imports.lead')}</p>
          {mayImport(request) && (
            <Actions>
              <LinkButton look="primary" href="/imports/new">
                {say('page.imports.new')}
              </LinkButton>
              <LinkButton href="/villages/import">{say('page.imports.villages')}</LinkButton>
            </Actions>
          )}
          {rows.length === 0 ? (
            <EmptyState title={say(at > 0 ? 'page.beyond' : 'page.imports.none')}>
              {at > 0 && <LinkButton href="/imports">{say('page.first')}</LinkButton>}
            </EmptyState>
          ) : (
            <Table
              caption={say('page.imports.title')}
              captionHidden
              rows={rows}
              columns={[
                {
                  label: say('page.imports.file'),
                  cell: (row) => <a href={`/imports/${row.importId}`}>{row.fileName}</a>,
                },
                { label: say('page.imports.place'), cell: (row) => capital(row.placeName) },
                { label: say('page.imports.as-of'), cell: (row) => showDay(row.asOf) },
                {
                  label: say('page.imports.state'),
                  cell: (row) => say(`page.imports.state.${row.busy ? 'busy' : row.state}`),
                },
                {
                  label: say('page.imports.households'),
                  number: true,
                  cell: (row) => (row.counts ? showNumber(row.counts.households, language) : ''),
                },
                {
                  label: say('page.imports.received'),
                  cell: (row) =>
                    say('page.imports.received-by', { at: showMoment(row.createdAt), name: row.createdByName }),
                },
              ]}
            />
          )}
          {pagerOf({ request, at, more: found.length > SIZE })}
        </>
      ),
    };
  },
});

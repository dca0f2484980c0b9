import { countReplies, dispatchStates, listDispatches, sentBy } from '../../../modules/delivery/index.ts';
import { Button, EmptyState, How, LinkButton, PageHead, SearchForm, Select } from '../../../ui/index.ts';
import { List, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { columnsOf, SENDINGS } from './sending-columns.tsx';

const LIST = { ...SENDINGS, name: 'dispatches', path: '/dispatches', filters: ['state', 'channel'], size: 20 } as const;

const filtersOf = ({ query }: PageRequest) => ({
  state: dispatchStates.find((each) => each === textOf(query, 'state')) ?? null,
  channel: sentBy.find((each) => each === textOf(query, 'channel')) ?? null,
});

const Filters = ({ request }: { request: PageRequest }) => {
  const { say } = request;
  const { state, channel } = filtersOf(request);
  return (
    <SearchForm action={LIST.path} label={say('page.dispatches.show')}>
      <Select
        name="state"
        label={say('page.dispatches.standing')}
        options={dispatchStates.map((value) => ({ value, label: capital(say(`page.dispatches.state.${value}`)) }))}
        empty={say('page.dispatches.any-standing')}
        value={state ?? ''}
      />
      <Select
        name="channel"
        label={say('page.dispatches.channel')}
        options={sentBy.map((value) => ({ value, label: capital(say(`channel.${value}`)) }))}
        empty={say('page.dispatches.any-channel')}
        value={channel ?? ''}
      />
      <Button>{say('page.dispatches.show')}</Button>
    </SearchForm>
  );
};

/** Sendings to somebody in the own areas, the newest first. */
const listPage = page({
  method: 'GET',
  path: LIST.path,
  signedIn: true,
  handle: async (request) => {
    const { say, query, execute, language } = request;
    const asked = filtersOf(request);
    const { total, dispatches } = await execute(listDispatches, { ...asked, ...listAsked(LIST, query) });
    const { unread } = await execute(countReplies, {});
    const narrowed = asked.state !== null || asked.channel !== null;
    return {
      title: say('nav.dispatches'),
      body: (
        <>
          <PageHead
            title={say('nav.dispatches')}
            lead={say('page.dispatches.lead')}
            actions={
              <LinkButton href="/dispatches/replies">
                {unread > 0
                  ? say('page.dispatches.to.replies-unread', { count: unread })
                  : say('page.dispatches.to.replies')}
              </LinkButton>
            }
          />
          <UnknownChoice request={request} name="state" known={dispatchStates} />
          <UnknownChoice request={request} name="channel" known={sentBy} />
          {(total > 0 || narrowed) && <Filters request={request} />}
          <List
            request={request}
            kind={LIST}
            columns={columnsOf(request, true)}
            found={{ rows: dispatches, total }}
            caption={say('nav.dispatches')}
            count={say('page.dispatches.total', { total: showNumber(total, language) })}
            empty={
              narrowed ? (
                <EmptyState title={say('page.dispatches.none-such')}>
                  <p>{say('page.dispatches.none-such-next')}</p>
                  <LinkButton href={LIST.path}>{say('page.dispatches.all')}</LinkButton>
                </EmptyState>
              ) : (
                <EmptyState title={say('page.dispatches.none')}>
                  <p>{say('page.dispatches.none-hint')}</p>
                  <LinkButton href="/plans">{say('page.dispatches.to.plans')}</LinkButton>
                </EmptyState>
              )
            }
            files
          />
          {total > 0 && <How say={say} id="states" />}
        </>
      ),
    };
  },
});

export const dispatchListPages = [
  listPage,
  ...listFilePages(LIST, {
    fileName: 'dot-gui-tin',
    title: ({ say }) => say('nav.dispatches'),
    find: async (request, asked) => {
      const { total, dispatches } = await request.execute(listDispatches, { ...filtersOf(request), ...asked });
      return { rows: dispatches, total, columns: columnsOf(request, true) };
    },
  }),
];

import { countReplies, listDispatches } from '../../../modules/delivery/index.ts';
import { Actions, EmptyState, LinkButton, Table } from '../../../ui/index.ts';
import { type PageRequest, page } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { capital, showMoment, showNumber } from '../../show.ts';
import { Progress } from './progress.tsx';
import { lineAddress, standingText } from './standing.ts';

const SIZE = 20;

export type Listed = Awaited<ReturnType<typeof listDispatches.run>>['dispatches'][number];

/** Sendings, each with how far it is; `withLine` says of which line, where that is not clear from the page. */
export const DispatchTable = (props: {
  request: PageRequest;
  rows: readonly Listed[];
  caption: string;
  withLine: boolean;
}) => {
  const { request, rows, caption, withLine } = props;
  const { say, language } = request;
  return (
    <Table
      caption={caption}
      captionHidden
      rows={rows}
      columns={[
        {
          label: say('page.dispatches.what'),
          cell: (row) => (
            <a href={`/dispatches/${row.dispatchId}`}>
              {say('page.dispatches.run-of', { run: row.run, title: row.message.title })}
            </a>
          ),
        },
        ...(withLine
          ? [
              {
                label: say('page.dispatches.line'),
                cell: ({ plan, what }: Listed) => (
                  <a href={lineAddress(plan)}>
                    {say('page.dispatches.line-of', { position: plan.position, what, plan: plan.title })}
                  </a>
                ),
              },
            ]
          : []),
        {
          label: say('page.dispatches.sent-by'),
          cell: (row) => (
            <>
              {row.createdByName}
              <br />
              {showMoment(row.createdAt)}
            </>
          ),
        },
        { label: say('page.dispatches.recipients'), number: true, cell: (row) => showNumber(row.recipients, language) },
        {
          label: say('page.dispatches.standing'),
          cell: (row) => (
            <>
              <strong>{capital(standingText(say, row))}</strong>
              <Progress request={request} counts={row.counts} />
            </>
          ),
        },
      ]}
    />
  );
};

/** Sendings to somebody in the own areas, the newest first. */
export const dispatchListPage = page({
  method: 'GET',
  path: '/dispatches',
  signedIn: true,
  handle: async (request) => {
    const { say, query, execute } = request;
    const at = pageOf(query);
    const { total, dispatches } = await execute(listDispatches, { limit: SIZE, offset: at * SIZE });
    const { unread } = await execute(countReplies, {});
    return {
      title: say('nav.dispatches'),
      body: (
        <>
          <h1>{say('nav.dispatches')}</h1>
          <p class="lead">{say('page.dispatches.lead')}</p>
          <Actions>
            <LinkButton href="/dispatches/replies">
              {unread > 0
                ? say('page.dispatches.to.replies-unread', { count: unread })
                : say('page.dispatches.to.replies')}
            </LinkButton>
          </Actions>
          {dispatches.length === 0 ? (
            <EmptyState title={say('page.dispatches.none')}>
              <p>{say('page.dispatches.none-hint')}</p>
              <LinkButton href="/plans">{say('page.dispatches.to.plans')}</LinkButton>
            </EmptyState>
          ) : (
            <DispatchTable request={request} rows={dispatches} caption={say('nav.dispatches')} withLine />
          )}
          {pagerOf({ request, at, more: total > (at + 1) * SIZE })}
        </>
      ),
    };
  },
});

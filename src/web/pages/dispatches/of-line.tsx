import { listDispatches } from '../../../modules/delivery/index.ts';
import { Card, EmptyState, LinkButton } from '../../../ui/index.ts';
import { List, listAsked } from '../../list.tsx';
import type { PageRequest } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { columnsOf, SENDINGS } from './sending-columns.tsx';

const LIST = { ...SENDINGS, name: 'line-dispatches', path: '/plans/:code/lines/:position', filters: [] } as const;

interface OfLine {
  readonly lineId: string;
  /** Where something is sent from; undefined while it may not be. */
  readonly send: { readonly href: string; readonly key: string } | undefined;
}

/** The sendings of a plan's line so far. */
export const dispatchesOfLine = async (request: PageRequest, { lineId, send }: OfLine) => {
  const { say, execute, query, language } = request;
  const { dispatches, total } = await execute(listDispatches, { lineId, ...listAsked(LIST, query) });
  return (
    <Card title={say('page.dispatches.of-line')}>
      <List
        request={request}
        kind={LIST}
        columns={columnsOf(request, false)}
        found={{ rows: dispatches, total }}
        caption={say('page.dispatches.of-line')}
        count={say('page.dispatches.total', { total: showNumber(total, language) })}
        empty={
          <EmptyState title={say('page.dispatches.none-of-line')}>
            <p>{say(send ? 'page.dispatches.none-of-line-next' : 'page.dispatches.none-of-line-draft')}</p>
            {send && <LinkButton href={send.href}>{say(`page.plans.to.${send.key}`)}</LinkButton>}
          </EmptyState>
        }
      />
    </Card>
  );
};

import { z } from 'zod';
import { type Context, read } from '../../../platform/command.ts';
import { type Line, linesById } from '../../plans/index.ts';
import { withinAreas } from '../../reach/index.ts';
import { type DeliveryState, type Fault, isRetryable, waitsForMorning } from './dispatch.ts';
import { placesSentTo } from './store.ts';
import { listDispatchRows } from './store-lists.ts';
import { countUnseen } from './store-to-do.ts';

/** Failures are told of for so long; later they are reasons on the list of those not reached, and nothing else. */
const FAILED_DAYS = 7;
const MOST = 10;

interface UnseenGroup {
  readonly state: DeliveryState;
  readonly fault: Fault | null;
  readonly count: number;
  /** Another run would address them. */
  readonly again: boolean;
}

const toldOf = (lines: ReadonlyMap<string, Line>, lineId: string) => {
  const line = lines.get(lineId);
  return { lineId, planCode: line?.planCode ?? '', position: line?.position ?? 0, what: line?.what ?? '?' };
};

const runningIn = async (ctx: Context, placeIds: readonly string[] | null) => {
  const { rows, total } = await listDispatchRows(ctx.tx, {
    lineId: null,
    placeIds,
    open: true,
    limit: MOST,
    offset: 0,
  });
  const lines = await linesById(
    ctx.tx,
    rows.map(({ lineId }) => lineId),
  );
  const running = rows.map(({ dispatchId, lineId, recipients, state, stoppedByName, urgentReason, channel }) => ({
    ...{ dispatchId, recipients, stoppedByName },
    ...toldOf(lines, lineId),
    stopped: state === 'stopped',
    waitsForMorning: waitsForMorning({ state, urgentReason, channel }, ctx.at),
  }));
  return { running, more: total - running.length };
};

const failedIn = async (ctx: Context, placeIds: readonly string[]) => {
  const since = new Date(ctx.at.getTime() - FAILED_DAYS * 86_400_000);
  const rows = await countUnseen(ctx.tx, { since, placeIds });
  const lines = await linesById(
    ctx.tx,
    rows.map(({ lineId }) => lineId),
  );
  return [...Map.groupBy(rows, (each) => each.dispatchId)].map(([dispatchId, groups]) => ({
    dispatchId,
    ...toldOf(lines, groups[0]!.lineId),
    count: groups.reduce((sum, { count }) => sum + count, 0),
    groups: groups.map(
      ({ state, fault, count }): UnseenGroup => ({ state, fault, count, again: isRetryable(state, fault) }),
    ),
  }));
};

/**
 * What of sendings in the own areas still needs somebody: those that run or were stopped, and whom the last week's did not
 * reach and nobody has been sent to. Numbers only; answers at once whatever was ever sent.
 */
export const listUnfinished = read({
  name: 'delivery.list-unfinished',
  input: z.object({}),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx) => {
    const own = [...(await withinAreas(ctx, await placesSentTo(ctx.tx)))];
    return { ...(await runningIn(ctx, ctx.areas === null ? null : own)), failed: await failedIn(ctx, own) };
  },
});

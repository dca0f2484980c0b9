import { z } from 'zod';
import { read } from '../../platform/command.ts';
import type { Day } from '../../shared/dates.ts';
import { ruleSchema } from '../audiences/index.ts';
import { type Line, linesInForce } from '../plans/index.ts';
import { type Ladder, ladderOf, outermost } from './line-ladders.ts';
import { type LineCell, lineCells } from './store-trend.ts';

export interface LineTrend {
  readonly lineId: string;
  readonly planCode: string;
  readonly position: number;
  readonly what: string;
  /** The period of its plan is over. */
  readonly over: boolean;
  /** Households of its audience that are below its stage, of how many. */
  readonly notReached: number;
  readonly of: number;
  /** The same with every stage, for its bar. */
  readonly ladder: Ladder;
  /** At the newest closed month end; null where there is none, or it was closed for another edition or stage. */
  readonly before: { readonly on: Day; readonly notReached: number } | null;
}

const below = (cell: Pick<LineCell['now'], 'n' | 's2' | 's3' | 's4' | 's5'>, threshold: number): number =>
  cell.n - cell[`s${threshold}` as 's2' | 's3' | 's4' | 's5'];

const trendOf = (line: Line, { now, closed }: LineCell, today: Day): LineTrend => {
  const { lineId, planCode, position, what, edition, threshold } = line;
  const same = closed?.edition === edition && closed.threshold === threshold;
  return {
    ...{ lineId, planCode, position, what, over: line.planPeriodTo < today },
    notReached: below(now, threshold),
    of: now.n,
    ladder: ladderOf(line, now),
    before: closed && same ? { on: closed.asOf, notReached: below(closed, threshold) } : null,
  };
};

/**
 * How many households of each issued line in the own areas are not reached now, against its last closed month end; most
 * first, but plans whose period is over last. Only from kept figures, so it answers at once; lines are never added up, since they mean the same households.
 */
export const notReachedTrend = read({
  name: 'coverage.not-reached-trend',
  input: z.object({ limit: z.number().int().min(1).max(100).default(5) }),
  allow: ['officer', 'leader', 'agent'],
  area: 'own',
  run: async (ctx, { limit }) => {
    const lines = (await linesInForce(ctx.tx)).filter(
      ({ planState, startsOn, rule }) =>
        planState === 'issued' && startsOn <= ctx.today && ruleSchema.parse(rule).subject === 'household',
    );
    const places = ctx.areas ?? [...new Set(lines.flatMap(({ planPlaceId }) => planPlaceId))];
    const cells = await lineCells(
      ctx.tx,
      lines.map(({ lineId }) => lineId),
      await outermost(ctx, places),
    );
    const known = new Map(cells.map((cell) => [cell.lineId, cell]));
    const trends = lines
      .flatMap((line) => {
        const cell = known.get(line.lineId);
        return cell ? [trendOf(line, cell, ctx.today)] : [];
      })
      .filter(({ of, notReached, before }) => of > 0 && (notReached > 0 || (before?.notReached ?? 0) > 0))
      .sort((a, b) => Number(a.over) - Number(b.over) || b.notReached - a.notReached || a.position - b.position);
    const past = trends.filter(({ over }) => over);
    const shown = [...trends.filter(({ over }) => !over).slice(0, limit), ...past.slice(0, limit)];
    return { lines: shown, more: trends.length - shown.length, over: past.length };
  },
});

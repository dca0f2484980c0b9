import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { findPlanByCode, type Line, linesOf } from '../plans/index.ts';
import { coveredPlaces } from '../territory/index.ts';
import { areaAsked } from './asked.ts';
import { type LineCell, lineCells } from './store-trend.ts';

/** A line as its bar shows it: people at each stage or better, of all that are meant, and what should be reached. */
export interface Ladder {
  readonly n: number;
  readonly couldHear: number;
  readonly s2: number;
  readonly s3: number;
  readonly s4: number;
  readonly s5: number;
  readonly threshold: number;
  readonly targetPercent: number;
}

export const ladderOf = (
  { threshold, targetPercent }: Pick<Line, 'threshold' | 'targetPercent'>,
  { n, couldHear, s2, s3, s4, s5 }: LineCell['now'],
): Ladder => ({ n, couldHear, s2, s3, s4, s5, threshold, targetPercent });

/** One's areas without those that lie in another of them, so that nobody is counted twice. */
export const outermost = async ({ tx, today }: Context, areas: readonly string[]): Promise<string[]> => {
  const all = [...new Set(areas)];
  if (all.length < 2) return all;
  const kept: string[] = [];
  for (const area of all) {
    const others = all.filter((other) => other !== area);
    if (!(await coveredPlaces(tx, others, [area], today)).has(area)) kept.push(area);
  }
  return kept;
};

/**
 * The bars of a plan's lines, by position, in one place or in one's own areas together, as they stand now. Only from kept figures, so it answers
 * at once; a line that has none yet (a draft, one that was issued a moment ago) is left out.
 */
export const lineLadders = read({
  name: 'coverage.line-ladders',
  input: z.object({ planCode: z.string().min(1).max(100), placeId: z.uuid({ error: 'place' }).nullish() }),
  allow: ['officer', 'leader', 'agent'],
  area: areaAsked,
  run: async (ctx, { planCode, placeId }): Promise<ReadonlyMap<number, Ladder>> => {
    const plan = await findPlanByCode(ctx.tx, planCode);
    // Of a closed plan no figures are kept up to date.
    const lines = (plan ? await linesOf(ctx.tx, plan.planId) : []).filter(({ planState }) => planState !== 'closed');
    const places = placeId ? [placeId] : (ctx.areas ?? [...new Set(lines.map((line) => line.planPlaceId))]);
    const cells = await lineCells(
      ctx.tx,
      lines.map(({ lineId }) => lineId),
      await outermost(ctx, places),
    );
    const known = new Map(cells.map(({ lineId, now }) => [lineId, now]));
    return new Map(
      lines.flatMap((line) => {
        const now = known.get(line.lineId);
        return now ? [[line.position, ladderOf(line, now)] as const] : [];
      }),
    );
  },
});

import { z } from 'zod';
import type { Context } from '../../platform/command.ts';
import { type Day, isDay, showDay } from '../../shared/dates.ts';
import { invalid, notFound } from '../../shared/errors.ts';
import { findPlanByCode, getLine, type Line, linesOf, linesOn } from '../plans/index.ts';
import { coveredPlaces } from '../territory/index.ts';
import { facets } from './cells.ts';
import { cutTo, levels, rememberUnder, type Under, type Where, whereOf } from './where.ts';

const dayInput = z.string().refine(isDay, { error: 'not-a-day' });

/** What every look at coverage is asked by: a line, or a plan with all its lines; where, when, by which map. */
export const askedInput = {
  lineId: z.uuid({ error: 'line' }).nullish(),
  planCode: z.string().max(100).nullish(),
  /** With a plan: only its line of this number. */
  position: z.coerce.number().int().min(1).max(10_000).nullish(),
  /** Left out = the areas of who asks; of who may see everything, the places of the line. */
  placeId: z.uuid({ error: 'place' }).nullish(),
  on: dayInput.nullish(),
  boundaries: dayInput.nullish(),
};

export const shapeInput = {
  by: z.enum(levels).default('village'),
  facet: z.enum(facets).default('all'),
};

export interface Asked {
  readonly lineId?: string | null | undefined;
  readonly planCode?: string | null | undefined;
  readonly position?: number | null | undefined;
  readonly placeId?: string | null | undefined;
  readonly on?: Day | null | undefined;
  readonly boundaries?: Day | null | undefined;
}

/** The place must lie in the areas of who asks; without one, their areas are the places. */
export const areaAsked = async (ctx: Context, { placeId }: Asked): Promise<readonly string[]> =>
  placeId ? [placeId] : (ctx.areas ?? []);

/** A line with its own places of the day. */
export interface AskedLine {
  readonly line: Line;
  readonly own: readonly string[];
}

export interface AskedScope {
  readonly on: Day;
  /** Places asked for, none within another; what lies in several of them (an old district, a commune of today) is in the first. */
  readonly wheres: readonly Where[];
  /** Those lines asked for that have something to do with these places. */
  readonly lines: readonly AskedLine[];
}

const linesAsked = async (ctx: Context, { lineId, planCode, position }: Asked): Promise<Line[]> => {
  if (!lineId === !planCode) throw invalid('coverage.line-or-plan');
  if (lineId) return [await getLine(ctx.tx, lineId)];
  const plan = await findPlanByCode(ctx.tx, planCode!);
  const lines = plan ? await linesOf(ctx.tx, plan.planId) : [];
  return position ? lines.filter((line) => line.position === position) : lines;
};

const wheresAsked = async (
  ctx: Context,
  named: readonly string[],
  { on, boundaries }: Asked & { on: Day },
  under: Under,
) => {
  const days = { on, today: ctx.today, boundaries: boundaries ?? null };
  const all: Where[] = [];
  for (const placeId of named) all.push(await whereOf(ctx.tx, placeId, days, under));
  return all.filter(
    ({ placeId }, at) =>
      !all.some((other, before) => other.inside.has(placeId) && (other.placeId !== placeId ? true : before < at)),
  );
};

/**
 * Of each place, what is looked at there. A map of the past must not open what the place has lost since to who holds it
 * today; and nobody is counted in two places.
 */
const cutAsked = async (ctx: Context, wheres: readonly Where[], own: readonly string[]): Promise<Where[]> => {
  const asked = own.filter((placeId) => wheres.some(({ inside }) => inside.has(placeId)));
  const held = ctx.areas && (await coveredPlaces(ctx.tx, ctx.areas, asked, ctx.today));
  const open = new Set(held ?? asked);
  const inLine = new Set(own);
  const taken = new Set<string>();
  return wheres.map((where) => {
    // What no line has anything to do with is counted nowhere, and need not be judged.
    const cut = cutTo(where, (placeId) => !inLine.has(placeId) || (open.has(placeId) && !taken.has(placeId)));
    for (const placeId of where.inside) taken.add(placeId);
    return cut;
  });
};

/**
 * Lines and places of a question. A line that does not touch the places asked for is not found, whether it is there or not:
 * its plan is somebody else's.
 */
export const resolveAsked = async (ctx: Context, asked: Asked): Promise<AskedScope> => {
  const on = asked.on ?? ctx.today;
  if (on > ctx.today) throw invalid('coverage.future', { on: showDay(on) }, [{ path: 'on', code: 'coverage.future' }]);
  const lines = await linesOn(ctx.tx, await linesAsked(ctx, asked), on);
  const named = asked.placeId
    ? [asked.placeId]
    : (ctx.areas ?? [...new Set(lines.flatMap(({ placeIds }) => placeIds))]);
  const under = rememberUnder(ctx.tx);
  const all: AskedLine[] = [];
  for (const line of lines) all.push({ line, own: await under(line.placeIds, on) });
  const own = [...new Set([...new Set(all.map((line) => line.own))].flat())];
  const wheres = await cutAsked(ctx, await wheresAsked(ctx, named, { ...asked, on }, under), own);
  const found = all.filter((line) => line.own.some((placeId) => wheres.some(({ inside }) => inside.has(placeId))));
  if (found.length === 0) throw notFound(asked.lineId || asked.position ? 'line' : 'plan');
  return { on, wheres, lines: found };
};

import type { Context } from '../../../platform/command.ts';
import type { Day } from '../../../shared/dates.ts';
import { invalid, notFound } from '../../../shared/errors.ts';
import { byName } from '../../../shared/order.ts';
import { type Rule, ruleSchema } from '../../audiences/index.ts';
import { findPlanByCode, getLine, type Line, linesOf, linesOn } from '../../plans/index.ts';
import { coveredPlaces, namesThen, relatedPlaces } from '../../territory/index.ts';
import { rememberUnder, whereOf } from '../where.ts';

/** What is asked: one line, or all lines of a plan. */
export interface Asked {
  readonly lineId?: string | null | undefined;
  readonly planCode?: string | null | undefined;
}

/**
 * The lines asked for. Who has a role above, in or below the plan's place may look at them; anybody else's are not found,
 * whether there are any or not.
 */
export const linesAsked = async (ctx: Context, { lineId, planCode }: Asked): Promise<Line[]> => {
  if (!lineId === !planCode) throw invalid('left-behind.line-or-plan');
  const planId = planCode ? (await findPlanByCode(ctx.tx, planCode))?.planId : undefined;
  const lines = lineId ? [await getLine(ctx.tx, lineId)] : planId ? await linesOf(ctx.tx, planId) : [];
  const [first] = lines;
  if (!first || (await relatedPlaces(ctx.tx, ctx.areas, [first.planPlaceId])).length === 0)
    throw notFound(lineId ? 'line' : 'plan');
  return lines;
};

/** One line with the places in which it is looked at, its rule read. */
export interface LineScope {
  readonly line: Line;
  readonly rule: Rule;
  readonly placeIds: readonly string[];
}

/** The places of the lines that the actor may see into, within the place asked for; by name. */
export interface Scope {
  readonly lines: readonly LineScope[];
  readonly on: Day;
  /** In the order of their names. */
  readonly placeIds: readonly string[];
  readonly names: ReadonlyMap<string, string>;
}

export const scopeOf = async (
  ctx: Context,
  lines: readonly Line[],
  { on, within, only = null }: { on: Day; within: string | null; only?: readonly string[] | null },
): Promise<Scope> => {
  const under = rememberUnder(ctx.tx);
  const days = { on, today: ctx.today, boundaries: null };
  const asked = within === null ? null : (await whereOf(ctx.tx, within, days, under)).inside;
  const ofLines: LineScope[] = [];
  for (const line of await linesOn(ctx.tx, lines, on)) {
    const inside = await under(line.placeIds, on);
    const placeIds = inside.filter((placeId) => (asked?.has(placeId) ?? true) && (only?.includes(placeId) ?? true));
    ofLines.push({ line, rule: ruleSchema.parse(line.rule), placeIds });
  }
  const all = [...new Set(ofLines.flatMap(({ placeIds }) => placeIds))];
  const seen = ctx.areas === null ? new Set(all) : await coveredPlaces(ctx.tx, ctx.areas, all, ctx.today);
  const names = await namesThen(ctx.tx, [...seen], on);
  const placeIds = [...seen].sort((a, b) => byName(names.get(a) ?? '', names.get(b) ?? '') || (a < b ? -1 : 1));
  return {
    lines: ofLines.map((each) => ({ ...each, placeIds: each.placeIds.filter((placeId) => seen.has(placeId)) })),
    on,
    placeIds,
    names,
  };
};

import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import type { Day } from '../../shared/dates.ts';
import { byName } from '../../shared/order.ts';
import { ruleSchema } from '../audiences/index.ts';
import type { Line } from '../plans/index.ts';
import { namesThen } from '../territory/index.ts';
import { type AskedLine, type AskedScope, areaAsked, askedInput, resolveAsked, shapeInput } from './asked.ts';
import { addUp, type Facet, NOW, nothing, type Scope } from './cells.ts';
import { listDateOf } from './close-months.ts';
import {
  type Counted,
  type CountedRows,
  countRows,
  type Figures,
  figuresOf,
  type Kept,
  keptCells,
  type Source,
} from './line-rows.ts';
import { type Closing, closingsOf, freshLines } from './store-marks.ts';
import { ELSEWHERE, type Grouping, groupingOf, type Level, type Where } from './where.ts';

export interface CoverageRow extends Figures {
  /** null = places that are not on the map asked for. */
  readonly placeId: string | null;
  readonly place: string;
  /** Of the facet; '' for all. */
  readonly value: string;
  /** The place that was asked for and in which this row lies. */
  readonly within: string;
  /** Of a closed month: the same as it would be computed today. */
  readonly recomputed?: Figures;
}

export interface LineCoverage {
  readonly lineId: string;
  readonly planCode: string;
  readonly planTitle: string;
  readonly position: number;
  readonly what: string;
  readonly audienceName: string;
  readonly subject: 'household' | 'officer';
  readonly headName: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly threshold: number;
  readonly targetPercent: number;
  readonly synthetic: boolean;
  readonly source: Source;
  /** When the month was closed. */
  readonly closedAt: Date | null;
  /** The review day of the newest list the denominator rests on; null = no list speaks of the place. */
  readonly listDate: Day | null;
  readonly rows: readonly CoverageRow[];
  /** Distinct subjects of all rows together. */
  readonly sum: Figures;
  readonly recomputedSum?: Figures;
}

export interface Coverage {
  readonly on: Day;
  readonly boundaries: Day;
  readonly by: Level;
  readonly facet: Facet;
  /** This day is a closed month end of some line. */
  readonly closed: boolean;
  readonly lines: readonly LineCoverage[];
}

interface Shape {
  readonly by: Level;
  readonly facet: Facet;
  readonly recomputed: boolean;
}

/** Groupings of places are the same for all lines of the same places: made once. */
const groupings = (ctx: Context, by: Level) => {
  const made = new Map<readonly string[], Map<string, Grouping>>();
  return async (where: Where, own: readonly string[]): Promise<Grouping> => {
    const ofOwn = made.get(own) ?? new Map<string, Grouping>();
    made.set(own, ofOwn);
    const inside = own.filter((placeId) => where.inside.has(placeId));
    const grouping = ofOwn.get(where.placeId) ?? (await groupingOf(ctx.tx, where, by, inside));
    ofOwn.set(where.placeId, grouping);
    return grouping;
  };
};

/** Names of places by the map of a day: asked for once where all lines have the same places. */
const namings = (ctx: Context) => {
  const known = new Map<Day, { readonly ids: Set<string>; readonly named: Named }>();
  return async (placeIds: ReadonlySet<string>, boundaries: Day): Promise<Named> => {
    const before = known.get(boundaries);
    if (before && placeIds.isSubsetOf(before.ids)) return before.named;
    const ids = new Set([...(before?.ids ?? []), ...placeIds]);
    const named = namedBy(await namesThen(ctx.tx, [...ids], boundaries));
    known.set(boundaries, { ids, named });
    return named;
  };
};

/** The review days of the newest lists, each asked for once. */
const listDates = (ctx: Context, on: Day) => {
  const known = new Map<string, Promise<Day | null>>();
  return (placeIds: readonly string[]): Promise<Day | null> => {
    const key = placeIds.join(' ');
    const date = known.get(key) ?? listDateOf(ctx.tx, placeIds, on);
    known.set(key, date);
    return date;
  };
};

interface PlacedRows {
  readonly where: Where;
  readonly now: CountedRows;
  readonly again: CountedRows | undefined;
}

const keyOf = ({ group, value }: Counted): string => `${group} ${value}`;

/** Names of rows' places and their order, the same for all lines: places are put in order once, not in every line. */
interface Named {
  readonly nameOf: (group: string) => string;
  readonly orderOf: (group: string) => number;
}

const namedBy = (names: ReadonlyMap<string, string>): Named => {
  const order = [...names].sort(([a, called], [b, other]) => byName(called, other) || (a < b ? -1 : 1));
  const at = new Map(order.map(([placeId], index) => [placeId, index]));
  return {
    nameOf: (group) => names.get(group) ?? '',
    orderOf: (group) => (group === ELSEWHERE ? at.size : (at.get(group) ?? -1)),
  };
};

/** By place and value, in the order in which people read them. */
const inOrder = (rows: readonly Counted[], { orderOf }: Named): Counted[] =>
  [...Map.groupBy(rows, ({ group }) => group)]
    .sort(([a], [b]) => orderOf(a) - orderOf(b) || compare(a, b))
    .flatMap(([, values]) => values.sort((a, b) => compare(a.value, b.value)));

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

const rowsOf = ({ where, now, again }: PlacedRows, threshold: number, named: Named): CoverageRow[] => {
  const row = ({ group, value, numbers }: Counted): CoverageRow => ({
    ...figuresOf(numbers, threshold),
    placeId: group === ELSEWHERE ? null : group,
    place: named.nameOf(group),
    value,
    within: where.placeId,
  });
  if (!again) return inOrder(now.rows, named).map(row);
  // Rows that only one of the two has stand in both, with nothing in the other.
  const fresh = new Map(again.rows.map((each) => [keyOf(each), each]));
  const kept = new Set(now.rows.map(keyOf));
  const added = again.rows.filter((each) => !kept.has(keyOf(each))).map((each) => ({ ...each, numbers: nothing }));
  return inOrder([...now.rows, ...added], named).map((each) => ({
    ...row(each),
    recomputed: figuresOf(fresh.get(keyOf(each))?.numbers ?? nothing, threshold),
  }));
};

const headOf = (line: Line) => ({
  lineId: line.lineId,
  planCode: line.planCode,
  planTitle: line.planTitle,
  position: line.position,
  what: line.what,
  audienceName: line.audienceName,
  headName: line.headName,
  startsOn: line.startsOn,
  endsOn: line.endsOn,
  threshold: line.threshold,
  targetPercent: line.targetPercent,
  synthetic: line.synthetic,
});

interface Sources {
  readonly closings: ReadonlyMap<string, Closing>;
  readonly fresh: ReadonlySet<string>;
}

const sourcesOf = async ({ tx, today }: Context, { on, wheres, lines }: AskedScope): Promise<Sources> => {
  const ids = lines.map(({ line }) => line.lineId);
  const closings = await closingsOf(tx, ids, on);
  const inside = [...new Set(wheres.flatMap((where) => [...where.inside]))];
  return {
    closings: new Map(closings.map((closing) => [closing.lineId, closing])),
    fresh: on === today ? await freshLines(tx, ids, on, inside) : new Set(),
  };
};

/** Today from the cells when nothing of them waits to be computed again; a closed month as it was closed; else computed. */
const sourceOf = ({ closings, fresh }: Sources, lineId: string): Source =>
  fresh.has(lineId) ? 'cells' : closings.has(lineId) ? 'closed' : 'computed';

interface Parts {
  readonly sources: Sources;
  readonly grouping: ReturnType<typeof groupings>;
  readonly naming: ReturnType<typeof namings>;
  readonly listDate: ReturnType<typeof listDates>;
  readonly kept: ReturnType<typeof keptBy>;
}

/** Lines of the same places and the same source have their cells read together. */
const keptBy = (ctx: Context, { lines, on }: AskedScope, sources: Sources, { facet }: Shape) => {
  const made = new Map<readonly string[], Map<Source, Kept>>();
  return (source: Source, own: readonly string[]): Kept | null => {
    if (source === 'computed') return null;
    const ofOwn = made.get(own) ?? new Map<Source, Kept>();
    made.set(own, ofOwn);
    const alike = lines.filter((each) => each.own === own && sourceOf(sources, each.line.lineId) === source);
    const lineIds = alike.map(({ line }) => line.lineId);
    const kept = ofOwn.get(source) ?? keptCells(ctx.tx, { asOf: source === 'cells' ? NOW : on, lineIds, facet });
    ofOwn.set(source, kept);
    return kept;
  };
};

const groupsOf = (counted: CountedRows | undefined): Set<string> => new Set(counted?.rows.map(({ group }) => group));

const coverLine = async (
  ctx: Context,
  asked: AskedScope,
  { line: asOfDay, own }: AskedLine,
  shape: Shape,
  parts: Parts,
): Promise<LineCoverage> => {
  const rule = ruleSchema.parse(asOfDay.rule);
  const source = sourceOf(parts.sources, asOfDay.lineId);
  const closing = source === 'closed' ? parts.sources.closings.get(asOfDay.lineId) : undefined;
  const line = closing ? { ...asOfDay, edition: closing.edition, threshold: closing.threshold } : asOfDay;
  const placed: PlacedRows[] = [];
  for (const where of asked.wheres) {
    const placeIds = own.filter((placeId) => where.inside.has(placeId));
    if (placeIds.length === 0) continue;
    const scope: Scope = { line, rule, on: asked.on, today: ctx.today, placeIds };
    const grouping = await parts.grouping(where, own);
    const query = { scope, where, grouping, by: shape.by, facet: shape.facet, kept: parts.kept(source, own) };
    const again = closing && shape.recomputed ? await countRows(ctx.tx, { ...query, kept: null }) : undefined;
    placed.push({ where, now: await countRows(ctx.tx, query), again });
  }
  const groups = new Set(placed.flatMap(({ now, again }) => [...groupsOf(now), ...groupsOf(again)]));
  groups.delete(ELSEWHERE);
  const named = await parts.naming(groups, placed[0]!.where.boundaries);
  const again = placed.flatMap((each) => each.again?.sum ?? []);
  return {
    ...headOf(line),
    subject: rule.subject,
    source,
    closedAt: closing?.closedAt ?? null,
    listDate: closing ? closing.listDate : await parts.listDate(placed.map(({ where }) => where.placeId)),
    rows: placed.flatMap((each) => rowsOf(each, line.threshold, named)),
    sum: figuresOf(addUp(placed.map(({ now }) => now.sum)), line.threshold),
    ...(again.length > 0 ? { recomputedSum: figuresOf(addUp(again), line.threshold) } : {}),
  };
};

/** The answer itself, for those that show it, write it to a file, or put it into a report. */
export const coverageOf = async (ctx: Context, asked: AskedScope, shape: Shape): Promise<Coverage> => {
  const sources = await sourcesOf(ctx, asked);
  const parts: Parts = {
    sources,
    grouping: groupings(ctx, shape.by),
    naming: namings(ctx),
    listDate: listDates(ctx, asked.on),
    kept: keptBy(ctx, asked, sources, shape),
  };
  const lines: LineCoverage[] = [];
  for (const line of asked.lines) lines.push(await coverLine(ctx, asked, line, shape, parts));
  return {
    on: asked.on,
    boundaries: asked.wheres[0]!.boundaries,
    by: shape.by,
    facet: shape.facet,
    closed: sources.closings.size > 0,
    lines,
  };
};

/**
 * How many of a line's audience were reached, by place, class or language, on a day: of a line, or of every line of a plan
 * that touches the place.
 */
export const getCoverage = read({
  name: 'coverage.get-coverage',
  input: z.object({
    ...askedInput,
    ...shapeInput,
    /** Beside a closed month, what would be computed today ("tính lại hôm nay"). */
    recomputed: z.boolean().default(false),
  }),
  allow: ['officer', 'leader', 'agent'],
  area: areaAsked,
  run: async (ctx, input) => coverageOf(ctx, await resolveAsked(ctx, input), input),
});

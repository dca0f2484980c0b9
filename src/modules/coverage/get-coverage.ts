import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import type { Day } from '../../shared/dates.ts';
import { ruleSchema } from '../audiences/index.ts';
import type { Line } from '../plans/index.ts';
import { namesThen } from '../territory/index.ts';
import { type AskedLine, type AskedScope, areaAsked, askedInput, resolveAsked, shapeInput } from './asked.ts';
import { addUp, type Facet, nothing, type Scope } from './cells.ts';
import { listDateOf } from './close-months.ts';
import { type Counted, type CountedRows, countRows, type Figures, figuresOf, type Source } from './line-rows.ts';
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

interface PlacedRows {
  readonly where: Where;
  readonly now: CountedRows;
  readonly again: CountedRows | undefined;
}

const keyOf = ({ group, value }: Counted): string => `${group} ${value}`;

// As people sort: Thôn 2 before Thôn 10.
const byName = new Intl.Collator('vi', { numeric: true });

const rowsOf = ({ where, now, again }: PlacedRows, threshold: number, names: ReadonlyMap<string, string>) => {
  const [kept, fresh] = [now, again].map((each) => new Map((each?.rows ?? []).map((row) => [keyOf(row), row])));
  const all = new Map([...kept!, ...fresh!]);
  const nameOf = (group: string) => names.get(group) ?? '';
  const compare = (a: Counted, b: Counted): number =>
    Number(a.group === ELSEWHERE) - Number(b.group === ELSEWHERE) ||
    byName.compare(nameOf(a.group), nameOf(b.group)) ||
    (a.group === b.group ? (a.value < b.value ? -1 : 1) : a.group < b.group ? -1 : 1);
  const row = ({ group, value }: Counted, key: string): CoverageRow => ({
    placeId: group === ELSEWHERE ? null : group,
    place: nameOf(group),
    value,
    within: where.placeId,
    ...figuresOf(kept!.get(key)?.numbers ?? nothing, threshold),
    ...(again ? { recomputed: figuresOf(fresh!.get(key)?.numbers ?? nothing, threshold) } : {}),
  });
  return [...all].sort(([, a], [, b]) => compare(a, b)).map(([key, counted]) => row(counted, key));
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

const coverLine = async (
  ctx: Context,
  asked: AskedScope,
  { line: asOfDay, own }: AskedLine,
  shape: Shape,
  parts: { sources: Sources; grouping: ReturnType<typeof groupings> },
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
    const query = { scope, where, grouping, by: shape.by, facet: shape.facet };
    const again = closing && shape.recomputed ? await countRows(ctx.tx, 'computed', query) : undefined;
    placed.push({ where, now: await countRows(ctx.tx, source, query), again });
  }
  const groups = placed.flatMap(({ now, again }) => [...now.rows, ...(again?.rows ?? [])].map(({ group }) => group));
  const named = groups.filter((group) => group !== ELSEWHERE);
  const names = await namesThen(ctx.tx, named, placed[0]!.where.boundaries);
  const again = placed.flatMap((each) => each.again?.sum ?? []);
  return {
    ...headOf(line),
    subject: rule.subject,
    source,
    closedAt: closing?.closedAt ?? null,
    listDate: closing
      ? closing.listDate
      : await listDateOf(
          ctx.tx,
          placed.map(({ where }) => where.placeId),
          asked.on,
        ),
    rows: placed.flatMap((each) => rowsOf(each, line.threshold, names)),
    sum: figuresOf(addUp(placed.map(({ now }) => now.sum)), line.threshold),
    ...(again.length > 0 ? { recomputedSum: figuresOf(addUp(again), line.threshold) } : {}),
  };
};

/** The answer itself, for those that show it, write it to a file, or put it into a report. */
export const coverageOf = async (ctx: Context, asked: AskedScope, shape: Shape): Promise<Coverage> => {
  const sources = await sourcesOf(ctx, asked);
  const parts = { sources, grouping: groupings(ctx, shape.by) };
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

import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import {
  addUp,
  type Cell,
  type Facet,
  type NOW,
  type Numbers,
  nothing,
  numbersOf,
  type Scope,
  share,
} from './cells.ts';
import { readCells, selectCells } from './store-cells.ts';
import { ELSEWHERE, type Grouping, type Level, type Where } from './where.ts';

/** Where figures come from: kept cells of now, a closed month, or computed for this answer. */
export type Source = 'cells' | 'closed' | 'computed';

/** Figures with what is said of them: the threshold of the line makes them "reached". */
export interface Figures extends Numbers {
  /** At the line's threshold or better. */
  readonly reached: number;
  /** reached / n, between 0 and 1; null where nobody is meant. */
  readonly rate: number | null;
  /** Of those reached, known by a mere declaration only. */
  readonly declared: number;
  readonly declaredShare: number | null;
}

const AT = { 2: 's2', 3: 's3', 4: 's4', 5: 's5' } as const satisfies Record<number, keyof Numbers>;
const DECLARED = { 2: 'd2', 3: 'd3', 4: 'd4', 5: 'd5' } as const satisfies Record<number, keyof Numbers>;

export const figuresOf = (numbers: Numbers, threshold: number): Figures => {
  const reached = numbers[AT[threshold as keyof typeof AT]] ?? 0;
  const declared = numbers[DECLARED[threshold as keyof typeof AT]] ?? 0;
  return {
    ...numbersOf(numbers),
    reached,
    rate: share(reached, numbers.n),
    declared,
    declaredShare: share(declared, reached),
  };
};

/** What stands in one row of the answer, before names. */
export interface Counted {
  /** `elsewhere`: own places that are not on the map asked for. */
  readonly group: string;
  readonly value: string;
  readonly numbers: Numbers;
}

/** Kept cells of a line in places; those of everybody (`all`) beside the facet's only of `allOf`, null = of each place. */
export type Kept = (
  table: 'base_cell' | 'cell',
  lineId: string,
  placeIds: readonly string[],
  allOf: string | null,
) => Promise<readonly Cell[]>;

/** Reads what is kept as of a day of these lines, which are asked for in the same places: of all of them at once. */
export const keptCells = (
  tx: Db,
  { asOf, lineIds, facet }: { asOf: Day | typeof NOW; lineIds: readonly string[]; facet: Facet },
): Kept => {
  const read = new Map<string, ReturnType<typeof readCells>>();
  return async (table, lineId, placeIds, allOf) => {
    const asked = `${table} ${allOf} ${placeIds.join(' ')}`;
    const cells = read.get(asked) ?? readCells(tx, table, { asOf, lineIds, placeIds, facet, allOf });
    read.set(asked, cells);
    return (await cells).get(lineId) ?? [];
  };
};

export interface RowQuery {
  readonly scope: Scope;
  readonly where: Where;
  readonly grouping: Grouping;
  readonly by: Level;
  readonly facet: Facet;
  /** Where the cells of this line are kept; null = they are to be computed. */
  readonly kept: Kept | null;
}

const key = (group: string, value: string): string => `${group} ${value}`;

const grouped = (cells: readonly Cell[], { grouping, facet }: RowQuery): Counted[] => {
  const groups = new Map<string, Map<string, Counted>>();
  for (const cell of cells) {
    if (cell.facet !== facet) continue;
    const { value } = cell;
    const group = grouping.groupOf(cell.placeId);
    const values = groups.get(group) ?? new Map<string, Counted>();
    groups.set(group, values);
    const before = values.get(value);
    // Most groups are one cell.
    values.set(value, { group, value, numbers: before ? addUp([before.numbers, cell]) : cell });
  }
  // A place of the line in which nobody is meant says so.
  if (facet === 'all')
    for (const group of grouping.rows)
      if (!groups.has(group)) groups.set(group, new Map([['', { group, value: '', numbers: nothing }]]));
  return [...groups.values()].flatMap((values) => [...values.values()]);
};

/** Cells of the rows' own level, where those are kept: a province is not summed from its villages for every look. */
const fromLevel = async (kept: Kept, query: RowQuery): Promise<readonly Cell[]> => {
  const { scope, where, grouping, by } = query;
  const ids = by === 'total' ? [where.placeId] : [...grouping.rows, where.placeId];
  // The sum of everybody stands in the place's own cell: nobody is counted twice in it, whatever the facet.
  const cells = await kept('cell', scope.line.lineId, ids, where.placeId);
  if (by === 'total') return cells;
  if (grouping.rows.includes(where.placeId)) return cells;
  const rows = cells.filter(({ placeId }) => placeId !== where.placeId);
  // Posts at the district or province: in the place, in none of its communes.
  const parts = Map.groupBy(rows, ({ facet, value }) => key(facet, value));
  const rest = cells
    .filter(({ placeId }) => placeId === where.placeId)
    .map((whole) => {
      const sum = addUp(parts.get(key(whole.facet, whole.value)) ?? []);
      const left = Object.fromEntries(
        Object.keys(nothing).map((name) => [name, whole[name as keyof Numbers] - sum[name as keyof Numbers]]),
      ) as unknown as Numbers;
      return { ...whole, ...left, placeId: ELSEWHERE };
    });
  return [...rows, ...rest.filter(({ n, unknown }) => n + unknown > 0)];
};

const cellsFrom = async (tx: Db, query: RowQuery): Promise<readonly Cell[]> => {
  const { scope, where, grouping, by, kept } = query;
  if (!kept) return selectCells(tx, scope);
  const ownMap = where.whole && where.placeDay === scope.on && where.boundaries === scope.on;
  if (by !== 'village' && grouping.plain && ownMap) return fromLevel(kept, query);
  return kept('base_cell', scope.line.lineId, scope.placeIds, null);
};

export interface CountedRows {
  readonly rows: readonly Counted[];
  /** Of the place as a whole: distinct subjects, whatever the facet. */
  readonly sum: Numbers;
}

/** The rows of one line in one place, and their sum. */
export const countRows = async (tx: Db, query: RowQuery): Promise<CountedRows> => {
  const cells = await cellsFrom(tx, query);
  return { rows: grouped(cells, query), sum: addUp(cells.filter(({ facet }) => facet === 'all')) };
};

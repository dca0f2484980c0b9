import { z } from 'zod';
import { read } from '../../platform/command.ts';
import type { Day } from '../../shared/dates.ts';
import { byName } from '../../shared/order.ts';
import { lastNames } from '../territory/index.ts';
import { areaAsked, askedInput, resolveAsked } from './asked.ts';
import { type Closing, closingsOf } from './store-marks.ts';
import { closedCells, type MonthCell, type MonthNumbers } from './store-months.ts';

/** Two years: what fits on a page and is still remembered. */
const MOST_MONTHS = 24;
/** More small charts than this are looked at by nobody; a province reads its table. */
const MOST_VILLAGES = 60;

export interface Month extends MonthNumbers {
  readonly on: Day;
  readonly edition: number;
  /** Of the line when the month was closed. */
  readonly threshold: number;
}

export interface MonthsOfPlace {
  readonly placeId: string;
  readonly place: string;
  readonly months: readonly Month[];
}

const sumOf = (cells: readonly MonthCell[]): MonthNumbers => {
  const sum = (name: keyof MonthNumbers) => cells.reduce((all, cell) => all + cell[name], 0);
  return { n: sum('n'), couldHear: sum('couldHear'), s2: sum('s2'), s3: sum('s3'), s4: sum('s4'), s5: sum('s5') };
};

const monthsOf = (cells: readonly MonthCell[], closings: readonly Closing[]): Month[] =>
  closings.flatMap(({ asOf, edition, threshold }) => {
    const own = cells.filter(({ on }) => on === asOf);
    return own.length > 0 ? [{ on: asOf, edition, threshold, ...sumOf(own) }] : [];
  });

/**
 * A line's closed month ends, oldest first, in the places asked for together and village by village. Only what was closed is
 * read, as it was closed: with the edition and the stage of that day. Villages are those that lie there now.
 */
export const listMonths = read({
  name: 'coverage.list-months',
  input: z.object({
    planCode: z.string().min(1).max(100),
    position: z.number().int().min(1).max(10_000),
    placeId: askedInput.placeId,
  }),
  allow: ['officer', 'leader', 'agent'],
  area: areaAsked,
  run: async (ctx, input): Promise<{ months: Month[]; villages: MonthsOfPlace[] }> => {
    const { wheres, lines } = await resolveAsked(ctx, input);
    const [{ line, own }] = lines as [(typeof lines)[number]];
    const placeIds = own.filter((placeId) => wheres.some(({ inside }) => inside.has(placeId)));
    const closings = (await closingsOf(ctx.tx, [line.lineId], null)).slice(-MOST_MONTHS);
    const days = closings.map(({ asOf }) => asOf);
    const cells = await closedCells(ctx.tx, line.lineId, days, placeIds);
    const byPlace = Map.groupBy(cells, ({ placeId }) => placeId);
    const names = await lastNames(ctx.tx, [...byPlace.keys()]);
    const villages = [...byPlace]
      .map(([placeId, own]) => ({ placeId, place: names.get(placeId) ?? '', months: monthsOf(own, closings) }))
      .sort((a, b) => byName(a.place, b.place) || (a.placeId < b.placeId ? -1 : 1));
    return {
      months: monthsOf(cells, closings),
      villages: villages.length > 1 && villages.length <= MOST_VILLAGES ? villages : [],
    };
  },
});

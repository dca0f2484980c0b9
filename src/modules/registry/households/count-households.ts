import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import type { Db } from '../../../platform/db/connect.ts';
import { orderInput } from '../../../platform/list.ts';
import { isDay, showDay } from '../../../shared/dates.ts';
import { conflict } from '../../../shared/errors.ts';
import {
  countsOf,
  findVersion,
  inPlaceOrder,
  namesOn,
  type PlaceVersion,
  pathsOf,
  placesWithin,
} from '../../territory/index.ts';
import { listedClasses } from '../imports/import.ts';
import { countSorts, orderCounts } from './order-counts.ts';
import { type CountQuery, countHouseholds, knownPlaces, reviewDays } from './store.ts';

const dayInput = z.string().refine(isDay, { error: 'not-a-day' });

/**
 * One place with its households by class, and how many households live there at all, where somebody counted them. The last
 * row may be of no place, without a name: households in villages that are not on the map asked for.
 */
export interface CountedPlace {
  readonly placeId: string | null;
  readonly code: string | null;
  readonly name: string;
  /** Some list up to the day has spoken of it. Otherwise its zeros mean that nothing is known. */
  readonly known: boolean;
  readonly households: Readonly<Record<string, number>>;
  readonly sum: number;
  readonly all: { readonly households: number; readonly on: string; readonly source: string } | null;
}

/** The first of the days on which the place was there. */
const dayOf = async (tx: Db, placeId: string, days: readonly string[]): Promise<string> => {
  for (const day of days) if (await findVersion(tx, placeId, day)) return day;
  throw conflict('place-not-then', { on: showDay(days[0]!) });
};

/** The rows of the answer, also those without any household: the villages or communes of the place, or itself. */
const placesOf = async (tx: Db, { placeId, boundaries, placeDay, by }: CountQuery): Promise<PlaceVersion[]> => {
  if (by === 'total') return [(await findVersion(tx, placeId, placeDay))!];
  const villages = await placesWithin(tx, placeId, placeDay, 'village');
  if (by === 'village') return villages;
  const within = placeDay === boundaries ? await placesWithin(tx, placeId, boundaries, 'commune') : [];
  if (within.length > 0) return within;
  // Another day's map, or a place below the commune: the communes of that day in which the villages of the place lay.
  const paths = await pathsOf(
    tx,
    villages.map((village) => village.placeId),
    boundaries,
  );
  const communes = [...paths.values()].flatMap((path) => path.find(({ kind }) => kind === 'commune') ?? []);
  return [...new Map(communes.map((commune) => [commune.placeId, commune])).values()].sort(inPlaceOrder);
};

/**
 * The number of households per place and class: how they stood on a day, by the map of the same or another day.
 * The class is the official one; who newly escaped counts as such for 36 months.
 */
export const countByPlace = read({
  name: 'registry.count-households',
  input: z.object({
    placeId: z.uuid(),
    on: dayInput.nullish(),
    boundaries: dayInput.nullish(),
    by: z.enum(['village', 'commune', 'total']).default('commune'),
    classes: z.array(z.enum(listedClasses)).min(1).default(['poor', 'near_poor', 'newly_escaped']),
    ...orderInput(countSorts),
  }),
  allow: ['officer', 'leader', 'agent', 'admin'],
  area: async (_, { placeId }) => [placeId],
  run: async (ctx, input) => {
    const on = input.on ?? ctx.today;
    const boundaries = input.boundaries ?? on;
    const placeDay = await dayOf(ctx.tx, input.placeId, [boundaries, on, ctx.today]);
    const query = { placeId: input.placeId, on, boundaries, placeDay, by: input.by, classes: input.classes };
    const counted = Map.groupBy(await countHouseholds(ctx.tx, query), ({ placeId }) => placeId);
    const known = await knownPlaces(ctx.tx, query);
    const places = await placesOf(ctx.tx, query);
    const names = await namesOn(
      ctx.tx,
      places.map(({ placeId }) => placeId),
      boundaries,
    );
    const counts =
      input.by === 'village'
        ? await countsOf(
            ctx.tx,
            places.map(({ placeId }) => placeId),
          )
        : [];
    const byClass = (placeId: string | null) => {
      const households = Object.fromEntries(
        input.classes.map((each) => [each, counted.get(placeId)?.find((cell) => cell.class === each)?.households ?? 0]),
      );
      const sum = Object.values(households).reduce((all, each) => all + each, 0);
      return { known: sum > 0 || known.has(placeId), households, sum };
    };
    const rows = places.map(({ placeId, name, officialCode }): CountedPlace => {
      const latest = counts.findLast((count) => count.place_id === placeId && count.on_date <= on);
      return {
        placeId,
        code: officialCode,
        name: names.get(placeId) ?? name,
        ...byClass(placeId),
        all: latest ? { households: latest.households, on: latest.on_date, source: latest.source } : null,
      };
    });
    if (counted.has(null)) rows.push({ placeId: null, code: null, name: '', ...byClass(null), all: null });
    return {
      placeId: input.placeId,
      on,
      boundaries,
      by: input.by,
      classes: input.classes,
      rows: orderCounts(rows, input),
      reviews: await reviewDays(ctx.tx, input.placeId, placeDay),
    };
  },
});

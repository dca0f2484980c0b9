import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { isDay } from '../../../shared/dates.ts';
import { conflict } from '../../../shared/errors.ts';
import { countsOf, findVersion, namesOn, placesWithin } from '../../territory/index.ts';
import { listedClasses } from '../imports/import.ts';
import { countHouseholds, reviewDays } from './store.ts';

const dayInput = z.string().refine(isDay, { error: 'not-a-day' });

/** One place with its households by class, and how many households live there at all, where somebody counted them. */
export interface CountedPlace {
  readonly placeId: string;
  readonly code: string | null;
  readonly name: string;
  readonly households: Readonly<Record<string, number>>;
  readonly sum: number;
  readonly all: { readonly households: number; readonly on: string; readonly source: string } | null;
}

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
  }),
  allow: ['officer', 'leader', 'agent', 'admin'],
  area: async (_, { placeId }) => [placeId],
  run: async (ctx, input) => {
    const on = input.on ?? ctx.today;
    const boundaries = input.boundaries ?? on;
    const place = await findVersion(ctx.tx, input.placeId, boundaries);
    if (!place) throw conflict('place-not-then', { on: boundaries });
    const counted = Map.groupBy(
      await countHouseholds(ctx.tx, { placeId: input.placeId, on, boundaries, by: input.by, classes: input.classes }),
      ({ placeId }) => placeId,
    );
    const places = input.by === 'total' ? [place] : await placesWithin(ctx.tx, input.placeId, boundaries, input.by);
    const names = await namesOn(
      ctx.tx,
      places.map(({ placeId }) => placeId),
      boundaries,
    );
    const all =
      input.by === 'village'
        ? await countsOf(
            ctx.tx,
            places.map(({ placeId }) => placeId),
          )
        : [];
    const rows = places.map(({ placeId, name, officialCode }): CountedPlace => {
      const households = Object.fromEntries(
        input.classes.map((each) => [each, counted.get(placeId)?.find((cell) => cell.class === each)?.households ?? 0]),
      );
      const latest = all.findLast((count) => count.place_id === placeId && count.on_date <= on);
      return {
        placeId,
        code: officialCode,
        name: names.get(placeId) ?? name,
        households,
        sum: Object.values(households).reduce((sum, each) => sum + each, 0),
        all: latest ? { households: latest.households, on: latest.on_date, source: latest.source } : null,
      };
    });
    return {
      placeId: input.placeId,
      on,
      boundaries,
      by: input.by,
      classes: input.classes,
      rows,
      reviews: await reviewDays(ctx.tx, input.placeId),
    };
  },
});

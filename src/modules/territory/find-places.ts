import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { addDays, isDay } from '../../shared/dates.ts';
import { barePlace, foldPlace, type PlaceVersion, placeKinds } from './place.ts';
import { pathsOf, searchPlaces, successionsOf } from './store.ts';

export interface FoundPlace extends PlaceVersion {
  /** Names of what it lay under, nearest first, on the day asked for (or on its last day). */
  readonly path: readonly string[];
  /** Ids of what it became, when it has ended. */
  readonly became: readonly string[];
}

/** Places by name: diacritics, case, unit words and leading zeros do not matter; names no longer official are found too. */
export const findPlaces = read({
  name: 'territory.find-places',
  input: z.object({
    // Punctuation alone would begin every name there is.
    text: z
      .string()
      .max(200)
      .refine((text) => foldPlace(text) !== '', 'empty-search'),
    on: z.string().refine(isDay, 'not-a-day').nullish(),
    kind: z.enum(placeKinds).nullish(),
    within: z.uuid().nullish(),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  allow: 'signed-in',
  area: 'none',
  run: async ({ tx }, { text, on, kind, within, limit }): Promise<FoundPlace[]> => {
    const query = {
      folded: foldPlace(text),
      bare: barePlace(text),
      on: on ?? null,
      kind: kind ?? null,
      within: within ?? null,
      limit,
    };
    const places = await searchPlaces(tx, query);
    return Promise.all(
      places.map(async (place) => {
        const lastDay = place.validTo === null ? null : addDays(place.validTo, -1);
        const paths = await pathsOf(tx, [place.placeId], on ?? lastDay ?? '9999-12-31');
        const next = await successionsOf(tx, place.placeId);
        return {
          ...place,
          path: (paths.get(place.placeId) ?? []).map(({ name }) => name),
          became: next.filter((row: { from_id: string }) => row.from_id === place.placeId).map((row) => row.to_id),
        };
      }),
    );
  },
});

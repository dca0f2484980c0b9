import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { addDays, type Day, isDay } from '../../shared/dates.ts';
import { barePlace, foldPlace, type PlaceVersion, placeKinds } from './place.ts';
import { pathsOf, searchPlaces, successorsOf } from './store.ts';
import { searchCodes } from './store-codes.ts';

/** As long as the codes of provinces, districts and communes are. */
const CODE = /^(?:\d{2,3}|\d{5})$/u;

const FOREVER: Day = '9999-12-31';

export interface FoundPlace extends PlaceVersion {
  /** Names of what it lay under, nearest first, on the day asked for (or on its last day). */
  readonly path: readonly string[];
  /** Ids of what it became, when it has ended. */
  readonly became: readonly string[];
}

/**
 * Places by name: diacritics, case, unit words and leading zeros do not matter; names no longer official are found too.
 * Or by official code, that of any day unless one is asked for.
 */
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
    const coded = CODE.test(text.trim()) ? await searchCodes(tx, { ...query, code: text.trim() }) : [];
    const places = [...coded, ...(await searchPlaces(tx, query))].slice(0, limit);
    const became = await successorsOf(
      tx,
      places.map(({ placeId }) => placeId),
    );
    // What has ended lay where it lay on its last day; few different days, so few questions.
    const dayOf = ({ validTo }: PlaceVersion): Day => on ?? (validTo === null ? FOREVER : addDays(validTo, -1));
    const found = new Map<PlaceVersion, FoundPlace>();
    for (const [day, group] of Map.groupBy(places, dayOf)) {
      const paths = await pathsOf(
        tx,
        group.map(({ placeId }) => placeId),
        day,
      );
      for (const place of group) {
        const path = (paths.get(place.placeId) ?? []).map(({ name }) => name);
        found.set(place, { ...place, path, became: became.get(place.placeId) ?? [] });
      }
    }
    return places.map((place) => found.get(place)!);
  },
});

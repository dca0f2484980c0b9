import { z } from 'zod';
import { type Context, command, personOf } from '../../../platform/command.ts';
import { type Day, isDay } from '../../../shared/dates.ts';
import { invalid } from '../../../shared/errors.ts';
import { clean } from '../../../shared/text.ts';
import { fullName, type PlaceVersion, placeNames } from '../place.ts';
import { findVersion, placesWithin, successionsOf, versionsOf } from '../store.ts';
import { lastNames } from '../store-related.ts';
import { type LeftShape, matchShapes } from './match-shapes.ts';
import { SHAPE_LIMITS } from './read-shapes.ts';
import { fileShape, mergeShapes, type ShapeGeometry, sameShape } from './shape.ts';
import { type PlaceShape, shapesWithin, writeShape } from './store.ts';

const input = z.object({
  /** The commune whose villages the file draws. */
  placeId: z.uuid({ error: 'place' }),
  /** What `read-shapes` made of the file. */
  shapes: z.array(fileShape).max(SHAPE_LIMITS.features),
  /** Name of the file. */
  source: z.string().transform(clean).pipe(z.string().min(1).max(300)),
  /** Since when the boundaries are so; null = as long as the villages have been. */
  from: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  commit: z.boolean(),
});

export interface FoundShape {
  readonly placeId: string;
  readonly name: string;
  /** Features of the file that are this village, by their numbers. */
  readonly numbers: readonly number[];
  readonly geometry: ShapeGeometry;
  readonly change: 'added' | 'changed' | 'same';
}

export interface ShapesReport {
  readonly found: readonly FoundShape[];
  readonly left: readonly LeftShape[];
  /** Villages that neither the file draws nor an earlier one did. */
  readonly missing: readonly string[];
  readonly committed: boolean;
}

/** What the commune is called, and what it was made of: files of before the merger name those. */
const communeNames = async (ctx: Context, commune: PlaceVersion): Promise<string[]> => {
  const successions = await successionsOf(ctx.tx, commune.placeId);
  const before = successions.filter(({ to_id }) => to_id === commune.placeId).map(({ from_id }) => from_id);
  const names = [...(await lastNames(ctx.tx, before)).values()];
  return [...placeNames(commune), ...names, ...(commune.officialCode === null ? [] : [commune.officialCode])];
};

/** The first day a shape of the file holds for a village: never before there was the village. */
const startOf = async (ctx: Context, placeId: string, from: Day | null): Promise<Day> => {
  const first = (await versionsOf(ctx.tx, placeId))[0]!.validFrom;
  return from === null || from < first ? first : from;
};

/**
 * A commune's own map of its villages, from a GeoJSON file: a dry run that says which features are which villages, or the
 * same and then written. Villages that the file does not draw keep the shape they have.
 */
export const loadShapes = command({
  name: 'territory.load-shapes',
  input,
  allow: ['admin', 'officer'],
  area: async (_, { placeId }) => [placeId],
  run: async (ctx, { placeId, shapes, source, from = null, commit }): Promise<ShapesReport> => {
    const { tx, today } = ctx;
    const commune = await findVersion(tx, placeId, today);
    if (commune?.kind !== 'commune') throw invalid('place', {}, [{ path: 'placeId', code: 'place' }]);
    if (from !== null && from > today) throw invalid('map.future', {}, [{ path: 'from', code: 'map.future' }]);
    const villages = await placesWithin(tx, placeId, today, 'village');
    if (villages.length === 0) throw invalid('map.no-villages');
    const known = new Map((await shapesWithin(tx, [placeId], today)).map((shape) => [shape.placeId, shape]));
    const matched = matchShapes(villages, shapes, await communeNames(ctx, commune));
    const found: FoundShape[] = [];
    const written: PlaceShape[] = [];
    for (const { placeId: village, unitType, name } of villages) {
      const [first, ...others] = matched.found.get(village) ?? [];
      if (!first) continue;
      const geometry = mergeShapes([first.geometry, ...others.map((other) => other.geometry)]);
      const start = await startOf(ctx, village, from);
      const before = known.get(village);
      const same = before !== undefined && before.from <= start && sameShape(before.geometry, geometry);
      const change = same ? 'same' : before ? 'changed' : 'added';
      const numbers = [first, ...others].map(({ number }) => number);
      found.push({ placeId: village, name: fullName(unitType, name), numbers, geometry, change });
      if (!same) written.push({ placeId: village, from: start, geometry, source, loadedAt: ctx.at });
    }
    const missing = villages
      .filter((village) => !matched.found.has(village.placeId) && !known.has(village.placeId))
      .map(({ unitType, name }) => fullName(unitType, name));
    if (commit && found.length === 0) throw invalid('map.nobody', {}, [{ path: 'file', code: 'map.nobody' }]);
    if (commit) for (const shape of written) await writeShape(tx, { ...shape, loadedBy: personOf(ctx.actor) });
    return { found, left: matched.left, missing, committed: commit };
  },
  audit: ({ placeId, shapes, from, commit }, { found }) => ({
    placeId,
    features: shapes.length,
    villages: found.length,
    from: from ?? null,
    committed: commit,
  }),
});

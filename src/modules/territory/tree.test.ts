import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../tests/support/world.ts';
import type { Day } from '../../shared/dates.ts';
import type { PlaceKind, PlaceVersion } from './place.ts';
import { pathsOf, placesWithin, saveVersions } from './store.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const KINDS: readonly PlaceKind[] = ['country', 'province', 'district', 'commune', 'village'];
const DAYS: readonly Day[] = ['2000-01-01', '2010-01-01', '2020-01-01', '2025-07-01', '2030-01-01'];
const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

const version = (
  placeId: string,
  kind: PlaceKind,
  parentId: string | null,
  from: Day,
  to: Day | null,
): PlaceVersion => ({
  placeId,
  validFrom: from,
  validTo: to,
  name: `${kind} ${placeId.slice(-3)}`,
  otherNames: [],
  kind,
  unitType: kind,
  officialCode: null,
  parentId,
  urban: false,
});

/** A place's level never changes, so that no two writings together make a circle. */
const levelOf = (index: number): number => index % KINDS.length;

/** Places on five levels; each has a parent of a level above (or none) in each of its spans of days, with gaps. */
const country = fc
  .array(
    fc.record({
      parents: fc.array(fc.option(fc.nat(), { nil: undefined }), { minLength: DAYS.length, maxLength: DAYS.length }),
      lives: fc.array(fc.boolean(), { minLength: DAYS.length, maxLength: DAYS.length }),
    }),
    { minLength: 1, maxLength: 15 },
  )
  .map((places) =>
    places.flatMap(({ parents, lives }, index) => {
      const above = places.flatMap((_, other) => (levelOf(other) < levelOf(index) ? [other] : []));
      return DAYS.flatMap((from, span) => {
        if (!lives[span]) return [];
        const chosen = parents[span];
        const parent = chosen === undefined || above.length === 0 ? null : idOf(above[chosen % above.length]!);
        return [version(idOf(index), KINDS[levelOf(index)]!, parent, from, DAYS[span + 1] ?? null)];
      });
    }),
  );

const living = (versions: readonly PlaceVersion[], placeId: string, on: Day) =>
  versions.find((one) => one.placeId === placeId && one.validFrom <= on && (one.validTo === null || one.validTo > on));

/** The slow truth: from parent to parent, as each stood on the day; what no longer stands leads no further up. */
const slowPath = (versions: readonly PlaceVersion[], placeId: string, on: Day): string[] => {
  const parentId = living(versions, placeId, on)?.parentId;
  return parentId ? [parentId, ...slowPath(versions, parentId, on)] : [];
};

const isCountry = (versions: readonly PlaceVersion[], placeId: string): boolean =>
  versions.some((one) => one.placeId === placeId && one.kind === 'country');

describe('the tree', () => {
  it('gives the same paths as going up step by step, also after parts of it were written anew', async () => {
    const rollback = new Error('rollback');
    await fc.assert(
      fc.asyncProperty(country, country, async (first, anew) => {
        const work = world.database.db.transaction().execute(async (tx) => {
          await saveVersions(tx, first);
          // The second writing replaces some places, and leaves others that may lie below them.
          await saveVersions(tx, anew);
          const replaced = new Set(anew.map(({ placeId }) => placeId));
          const all = [...first.filter(({ placeId }) => !replaced.has(placeId)), ...anew];
          const ids = [...new Set(all.map(({ placeId }) => placeId))];
          for (const on of ['1999-12-31', ...DAYS, '2025-06-30']) {
            const paths = await pathsOf(tx, ids, on);
            for (const id of ids) {
              const expected = slowPath(all, id, on).filter((up) => living(all, up, on) && !isCountry(all, up));
              expect(paths.get(id)!.map(({ placeId }) => placeId)).toEqual(expected);
            }
            for (const root of ids) {
              const below = ids.filter((id) => id === root || slowPath(all, id, on).includes(root));
              const villages = below.filter((id) => living(all, id, on)?.kind === 'village').sort();
              const found = await placesWithin(tx, root, on, 'village');
              expect(found.map(({ placeId }) => placeId).sort()).toEqual(villages);
            }
          }
          throw rollback;
        });
        await expect(work).rejects.toBe(rollback);
      }),
      { numRuns: 40 },
    );
  });

  it('a place that would lie under itself is refused, and nothing is changed', async () => {
    const { db, pool } = world.database;
    const chain = [0, 1, 2].map((index) =>
      version(idOf(900 + index), 'village', index ? idOf(899 + index) : null, '2000-01-01', null),
    );
    await db.transaction().execute((tx) => saveVersions(tx, chain));
    const tree = async () => (await pool.query('select * from territory.place_tree order by 1, 2, 3')).rows;
    const before = await tree();
    const save = (parent: string) =>
      db.transaction().execute((tx) => saveVersions(tx, [version(idOf(900), 'village', parent, '2000-01-01', null)]));
    await expect(save(idOf(902))).rejects.toMatchObject({ kind: 'conflict', code: 'place-cycle' });
    await expect(save(idOf(900))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'place-cycle',
      params: { place: 'village 900' },
    });
    expect(await tree()).toEqual(before);
  });

  it('two places may change sides on a day: that is no circle', async () => {
    const { db } = world.database;
    const [a, b] = [idOf(950), idOf(951)];
    await db
      .transaction()
      .execute((tx) =>
        saveVersions(tx, [
          version(a, 'village', b, '2000-01-01', '2010-01-01'),
          version(b, 'village', null, '2000-01-01', '2010-01-01'),
          version(a, 'village', null, '2010-01-01', null),
          version(b, 'village', a, '2010-01-01', null),
        ]),
      );
    const way = async (id: string, on: Day) => (await pathsOf(db, [id], on)).get(id)!.map(({ placeId }) => placeId);
    expect([await way(a, '2009-12-31'), await way(b, '2009-12-31')]).toEqual([[b], []]);
    expect([await way(a, '2010-01-01'), await way(b, '2010-01-01')]).toEqual([[], [a]]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importVillages } from '../../../tests/support/lists.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { command, systemActor } from '../../platform/command.ts';
import { coveredPlaces, coversPlaces, loadReferenceUnits, placesCalled, placesUnder, referenceId, writePlace } from './index.ts'; // biome-ignore format: one line

const old = (code: string): string => referenceId(`old:commune:${code}`);
const now = (code: string): string => referenceId(`2025:commune:${code}`);
const DISTRICT = referenceId('old:district:139');
const [BEFORE, AFTER] = ['2025-06-30', '2026-06-15'];

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
});
afterAll(() => world.close());

/** Within a use case, as documents are read. */
const asking = <T>(ask: (ctx: Parameters<typeof placesCalled>[0]) => Promise<T>): Promise<T> => {
  const use = command({
    ...{ name: 'test.ask', input: loadReferenceUnits.input, allow: 'system', area: 'none', audit: () => ({}) },
    run: ask,
  });
  return world.execute(use, systemActor, {});
};

describe('many places at once', () => {
  it('are covered as each of them is, by every kind of area, before and after the reform', async () => {
    const { rows } = await world.database.pool.query(
      `select distinct t.place_id as id from territory.place_tree t where t.ancestor_id = any($1::uuid[])
       or t.ancestor_id = any(select s.to_id from territory.place_succession s join territory.place_tree u on u.place_id = s.from_id
         where u.ancestor_id = $2)`,
      [[DISTRICT], DISTRICT],
    );
    const places = rows.map(({ id }) => id as string);
    expect(places.length).toBeGreaterThan(20);
    const { db } = world.database;
    for (const areas of [
      [DISTRICT],
      [old('04585')],
      [now('04585')],
      [old('04603')],
      [referenceId('2025:province:15')],
      [old('04606'), old('04600')],
    ])
      for (const on of [BEFORE, AFTER]) {
        const many = await coveredPlaces(db, areas, places, on);
        for (const place of places) expect([place, await coversPlaces(db, areas, [place], on)]).toEqual([place, many.has(place)]); // biome-ignore format: one line
      }
  });
});

describe('what lies in a place', () => {
  it('that has ended is what lay in it on its last day', async () => {
    const under = async (placeId: string, on: string) => new Set(await placesUnder(world.database.db, [placeId], on));
    const villages = async (placeId: string, on: string) => (await under(placeId, on)).size;
    expect(await villages(DISTRICT, AFTER)).toBe(await villages(DISTRICT, BEFORE));
    expect(await under(DISTRICT, AFTER)).toEqual(await under(DISTRICT, BEFORE));
    expect(await under(DISTRICT, AFTER)).toContain(old('04606'));
    expect(await under(DISTRICT, AFTER)).not.toContain(now('04606'));
    // The new commune of that code is more than the old one was, and there was none of it before.
    expect(await villages(now('04606'), BEFORE)).toBe(0);
    expect(await villages(now('04606'), AFTER)).toBeGreaterThan(1);
    expect(await placesUnder(world.database.db, [], AFTER)).toEqual([]);
  });
});

describe('a place in a document', () => {
  it('is written so that it is read as the same place, whenever', async () => {
    const { rows } = await world.database.pool.query(
      `select distinct t.place_id as id from territory.place_tree t where t.ancestor_id = any($1::uuid[])`,
      [[DISTRICT, now('04585'), now('04603'), now('04606')]],
    );
    for (const { id } of rows)
      for (const on of [BEFORE, AFTER]) {
        const text = await asking((ctx) => writePlace(ctx, id, on));
        for (const read of [BEFORE, AFTER, '2021-01-01'])
          expect([id, text, await asking((ctx) => placesCalled(ctx, text, read))]).toEqual([id, text, [id]]);
      }
  });

  it('is read by code and day, by name with what it lies in, by id; unclear is told apart from unknown', async () => {
    const read = (text: string, on = AFTER) => asking((ctx) => placesCalled(ctx, text, on));
    expect(await read('04606')).toEqual([now('04606')]);
    expect(await read('04606@30/06/2025')).toEqual([old('04606')]);
    expect(await read('4606', BEFORE)).toEqual([old('04606')]);
    expect(await read('139', BEFORE)).toEqual([DISTRICT]);
    expect(await read('139')).toEqual([]);
    expect(await read('  huyện  Trạm Tấu , tỉnh Yên Bái@30/06/2025')).toEqual([DISTRICT]);
    expect((await read('Trạm Tấu', BEFORE)).length).toBe(3);
    expect((await read('Thôn Một')).length).toBe(2);
    expect((await read('thon mot, Tà Xi Láng')).length).toBe(1);
    expect(await read(DISTRICT)).toEqual([DISTRICT]);
    for (const nothing of ['', '@', ',', 'Thôn Bốn', '04606@hôm qua', '04606@2025', '00000', referenceId('khong-co')])
      expect(await read(nothing), nothing).toEqual([]);
  });
});

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../tests/support/world.ts';
import { countsOf, importPlaces, type PlaceVersion, placesWithin } from '../modules/territory/index.ts';
import { saveSuccessions, saveVersions } from '../modules/territory/store.ts';
import { systemActor } from '../platform/command.ts';
import { newId } from '../shared/ids.ts';
import { exampleVillagesCsv } from './index.ts';
import { exampleVillages } from './villages.ts';

const FILE = new URL('../../examples/tram-tau/places/thon-ban.csv', import.meta.url);

const rowsOf = (csv: string) =>
  csv
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
    .map((line, at) => ({ row: at + 1, cells: line.split(';') }));

/** Old communes, what became of them on 1 July 2025, by hand from the resolution: [old, new]. */
const REFORM: readonly (readonly [string, string])[] = [
  ['04585', '04585'],
  ['04612', '04585'],
  ['04618', '04585'],
  ['04594', '04585'],
  ['04591', '04606'],
  ['04606', '04606'],
  ['04588', '04606'],
  ['04600', '04606'],
  ['04609', '04609'],
  ['04615', '04609'],
  ['04597', '04609'],
  ['04603', '04603'],
];

describe('the villages of the example', () => {
  it('are in the committed list as the generator knows them', async () => {
    expect(await readFile(FILE, 'utf8')).toBe(exampleVillagesCsv());
  });

  it('are 69 with 7,430 households, three of them in the town', () => {
    expect(exampleVillages).toHaveLength(69);
    expect(exampleVillages.reduce((sum, { households }) => sum + households, 0)).toBe(7_430);
    const town = exampleVillages.filter((village) => village.communeOldCode === '04585');
    expect(town.map((village) => village.unitType)).toEqual(['tổ dân phố', 'tổ dân phố', 'tổ dân phố']);
    expect(exampleVillages.filter((village) => village.unitType === 'tổ dân phố')).toHaveLength(3);
    expect(town.some((village) => village.speciallyDifficult)).toBe(false);
  });

  it('go from the twelve old communes to the four new ones as the reform merged them', () => {
    const pairs = new Set(exampleVillages.map((village) => `${village.communeOldCode} ${village.communeNewCode}`));
    expect([...pairs].sort()).toEqual(REFORM.map(([before, after]) => `${before} ${after}`).sort());
  });

  it('have names that are one in each commune, old and new, and a few that two communes share', () => {
    for (const code of ['communeOldCode', 'communeNewCode'] as const) {
      const names = exampleVillages.map((village) => `${village[code]} ${village.name}`);
      expect(new Set(names).size).toBe(69);
    }
    expect(new Set(exampleVillages.map(({ name }) => name)).size).toBe(67);
  });

  it('say in every row that they are invented', () => {
    for (const { cells } of rowsOf(exampleVillagesCsv()).slice(1)) {
      expect(cells).toContain('dữ liệu mô phỏng');
      expect(cells.at(-1)).toContain('hư cấu');
    }
  });
});

describe('the list of villages and the import of places', () => {
  let world: World;
  const ids = { old: new Map<string, string>(), new: new Map<string, string>() };

  const commune = (placeId: string, code: string, validFrom: string, validTo: string | null): PlaceVersion => ({
    placeId,
    validFrom,
    validTo,
    name: `Xã ${code}`,
    otherNames: [],
    kind: 'commune',
    unitType: 'xã',
    officialCode: code,
    parentId: null,
    urban: false,
  });

  beforeAll(async () => {
    world = await createWorld();
    for (const [before, after] of REFORM) {
      ids.old.set(before, newId());
      ids.new.set(after, ids.new.get(after) ?? newId());
    }
    await world.database.db.transaction().execute(async (tx) => {
      await saveVersions(tx, [
        ...[...ids.old].map(([code, id]) => commune(id, code, '1900-01-01', '2025-07-01')),
        ...[...ids.new].map(([code, id]) => commune(id, code, '2025-07-01', null)),
      ]);
      await saveSuccessions(
        tx,
        REFORM.map(([before, after]) => ({
          from_id: ids.old.get(before)!,
          to_id: ids.new.get(after)!,
          on_date: '2025-07-01',
          kind: 'merge' as const,
          whole: true,
          document: 'test',
          mark: 'verified' as const,
        })),
      );
    });
  });
  afterAll(() => world.close());

  it('is read without a fault, twice without a change, and puts every village under both of its communes', async () => {
    const rows = rowsOf(exampleVillagesCsv());
    const first = await world.execute(importPlaces, systemActor, { rows, commit: true });
    expect(first).toMatchObject({ rows: 69, added: 69, faults: [], committed: true });
    const again = await world.execute(importPlaces, systemActor, { rows, commit: true });
    expect(again).toMatchObject({ rows: 69, same: 69, faults: [] });
    const { db } = world.database;
    for (const [before, after] of REFORM) {
      const expected = exampleVillages.filter((village) => village.communeOldCode === before);
      const found = await placesWithin(db, ids.old.get(before)!, '2025-06-30', 'village');
      expect(found.map(({ name }) => name).sort()).toEqual(expected.map(({ name }) => name).sort());
      const now = await placesWithin(db, ids.new.get(after)!, '2025-07-01', 'village');
      expect(now.map(({ placeId }) => placeId)).toEqual(expect.arrayContaining(found.map(({ placeId }) => placeId)));
    }
    const now = await Promise.all([...ids.new.values()].map((id) => placesWithin(db, id, '2026-01-01', 'village')));
    const counts = await countsOf(
      db,
      now.flat().map(({ placeId }) => placeId),
    );
    expect(counts.map(({ on_date }) => on_date)).toEqual(Array.from({ length: 69 }, () => '2021-11-30'));
    expect(counts.reduce((sum, { households }) => sum + households, 0)).toBe(7_430);
  });
});

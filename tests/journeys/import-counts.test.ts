import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countByPlace, findHouseholds } from '../../src/modules/registry/index.ts';
import { countryId, importPlaces, loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { bringIn, emptyRegistry, importVillages, type Row, since2025, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

const [before, after] = ['2025-06-30', '2025-11-30'];
const tramTau = since2025('04606');

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  // A village that was founded after the merger: no map of before knows it.
  const rows = [
    ['Tên thôn', 'Mã xã mới'],
    ['Thôn Mới', '04606'],
  ].map((cells, at) => ({ row: at + 1, cells }));
  await world.execute(importPlaces, systemActor, { rows, commit: true });
});
afterAll(() => world.close());
beforeEach(() => emptyRegistry(world));

const row = (code: string, village: string, more: Partial<Row> = {}): Row => ({
  ...{ code, head: `Chủ hộ ${code.slice(-2)}`, village, class: 'Hộ nghèo' },
  ...more,
});

describe('households counted by the map of another day', () => {
  const counted = async (placeId: string, by: 'village' | 'commune' | 'total', boundaries = before) =>
    (await world.execute(countByPlace, systemActor, { placeId, on: after, boundaries, by })).rows.filter(
      ({ sum }) => sum > 0,
    );
  const sum = async (...query: Parameters<typeof counted>) =>
    (await counted(...query)).reduce((all, each) => all + each.sum, 0);

  beforeEach(async () => {
    const rows = [row('04606.01.0001', 'Bản Cao'), row('04606.01.0002', 'Thôn Mới'), row('04606.01.0003', 'Thôn Mới')];
    await bringIn(world, { asOf: after, rows, placeId: tramTau });
  });

  it('in villages that day did not know have a row of their own: villages, communes and total agree', async () => {
    // The new commune was not there then; the country was.
    for (const place of [tramTau, countryId])
      expect([await sum(place, 'village'), await sum(place, 'commune'), await sum(place, 'total')]).toEqual([3, 3, 3]);
    for (const rows of [await counted(tramTau, 'commune'), await counted(countryId, 'commune')]) {
      expect(rows.map(({ name, sum: households }) => [name !== '', households])).toEqual([
        [true, 1],
        [false, 2],
      ]);
      expect(rows.at(-1)).toMatchObject({ placeId: null, code: null, households: { poor: 2 }, all: null });
    }
    expect((await counted(countryId, 'village')).at(-1)).toMatchObject({ placeId: null, sum: 2 });
  });

  it('have no such row where the map knows every village', async () => {
    for (const by of ['village', 'commune', 'total'] as const) {
      const rows = await counted(tramTau, by, after);
      expect(rows.every(({ placeId }) => placeId !== null)).toBe(true);
      expect(await sum(tramTau, by, after)).toBe(3);
    }
  });

  it('of one village can be counted by commune too', async () => {
    const [village] = await counted(tramTau, 'village', after);
    expect(await sum(village!.placeId!, 'commune', after)).toBe(village!.sum);
  });
});

describe('households by text', () => {
  it('without a letter or digit are none, and without text all', async () => {
    await bringIn(world, { asOf: after, rows: [row('04603.01.0001', 'Thôn Một'), row('04603.01.0002', 'Thôn Hai')] });
    const found = async (text: string) => (await world.execute(findHouseholds, systemActor, { text })).total;
    for (const text of ['.', '…', '%', '_', '\\', '-']) expect(await found(text), text).toBe(0);
    for (const text of ['', '  ', '04603', 'chủ', 'chu ho 0']) expect(await found(text), text).toBe(2);
    expect(await found('ho 02')).toBe(1);
  });

  it('find a household by the code it was given, one of its own for each', async () => {
    const nameless = Array.from({ length: 40 }, (_, at) => row('', 'Thôn Một', { head: `Giàng A ${at}` }));
    await bringIn(world, { asOf: after, rows: nameless, placeId: taXiLang });
    const { rows } = await world.execute(findHouseholds, systemActor, { limit: 100 });
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map(({ code }) => code)).size).toBe(40);
    for (const { code } of rows) expect(code).toMatch(/^H-[0-9A-Z]{10}$/u);
    expect((await world.execute(findHouseholds, systemActor, { text: rows[0]!.code })).total).toBe(1);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { type Actor, systemActor } from '../../platform/command.ts';
import { countsOf, getPlace, importPlaces, listChildren, loadReferenceUnits, referenceId } from './index.ts';

const BEFORE = '2025-06-30';
const AFTER = '2025-07-01';
const HEAD = ['Tên thôn', 'Mã xã cũ', 'Mã xã'];

const old = (code: string): string => referenceId(`old:commune:${code}`);
const since2025 = (code: string): string => referenceId(`2025:commune:${code}`);

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
});
afterEach(async () => {
  await world.database.pool.query(`
    delete from territory.place_tree where place_id in (select place_id from territory.place_version where kind = 'village');
    delete from territory.place_name where place_id in (select place_id from territory.place_version where kind = 'village');
    delete from territory.place_version where kind = 'village';
    delete from territory.place_status; delete from territory.village_count;`);
});
afterAll(() => world.close());

const officer = (...places: string[]): Actor => ({
  userId: '00000000-0000-4000-8000-000000000001',
  name: 'Cán bộ mẫu',
  grants: places.map((placeId) => ({ role: 'officer', placeId })),
  via: 'web',
});

const rowsOf = (cells: string[][]) => cells.map((row, index) => ({ row: index + 1, cells: row }));
const bring = (cells: string[][], { commit = true, as = systemActor } = {}) =>
  world.execute(importPlaces, as, { rows: rowsOf(cells), commit });
const check = (cells: string[][]) => bring(cells, { commit: false });
const villages = (placeId: string, on: string) => world.execute(listChildren, systemActor, { placeId, on });
const namesIn = async (placeId: string, on: string) => (await villages(placeId, on)).map(({ name }) => name);

/** All that an import may write, but the audit. */
const stored = async () => {
  const tables = ['place_version', 'place_tree', 'place_name', 'place_status', 'village_count'];
  const texts = tables.map(
    (table) => `(select coalesce(string_agg(t::text, '/' order by t::text), '') from territory.${table} t)`,
  );
  return (await world.database.pool.query(`select md5(concat_ws('|', ${texts.join(', ')})) as hash`)).rows[0].hash;
};

const FULL = [
  ['DANH SÁCH THÔN, BẢN', '', ''],
  [
    'STT',
    'Thôn, bản',
    'Mã xã cũ',
    'Mã xã',
    'Tên khác',
    'Loại',
    'Diện đặc biệt',
    'Số hộ',
    'Số khẩu',
    'Ngày đếm',
    'Nguồn',
  ],
  [
    '1',
    'Khấu Ly',
    '04615',
    '04609',
    'Khau Ly; Khẩu Ly',
    'Bản',
    'đặc biệt khó khăn',
    '1.020',
    '5 100',
    '31/12/2025',
    'xã',
  ],
  ['2', 'Tổ dân phố 1', '4585', '', '', '', '', '120', '', '', ''],
  ['', '', '', '', '', '', '', '', '', '', ''],
  ['Tổng', '', '', '', '', '', '', '1.140', '', '', ''],
];

describe("a commune's own list", () => {
  it('puts every village under the commune of before and the one of now', async () => {
    expect(await bring(FULL)).toEqual({ rows: 2, added: 2, changed: 0, same: 0, faults: [], committed: true });
    const [village] = await villages(old('04615'), BEFORE);
    const { versions, statuses, counts } = await world.execute(getPlace, systemActor, { placeId: village!.placeId });
    const same = {
      name: 'Khấu Ly',
      otherNames: ['Khau Ly', 'Khẩu Ly'],
      unitType: 'bản',
      kind: 'village',
      urban: false,
    };
    expect(versions).toMatchObject([
      { ...same, validFrom: '1900-01-01', validTo: AFTER, parentId: old('04615') },
      { ...same, validFrom: AFTER, validTo: null, parentId: since2025('04609') },
    ]);
    expect(statuses).toMatchObject([
      { status: 'special-village', document: 'xã', mark: 'unconfirmed', valid_to: null },
    ]);
    expect(counts).toMatchObject([{ on_date: '2025-12-31', households: 1020, people: 5100, source: 'xã' }]);
  });

  it('finds the commune of now from that of before, and the town ends with the town', async () => {
    await bring(FULL);
    const [street] = await villages(since2025('04585'), AFTER);
    const { versions, counts } = await world.execute(getPlace, systemActor, { placeId: street!.placeId });
    expect(versions).toMatchObject([
      { name: 'Tổ dân phố 1', unitType: 'tổ dân phố', urban: true, parentId: old('04585') },
      { urban: false, parentId: since2025('04585') },
    ]);
    expect(await countsOf(world.database.db, [street!.placeId])).toEqual(counts);
    expect(counts).toMatchObject([{ on_date: '2026-06-15', households: 120, people: null }]);
  });

  it('brought twice changes nothing', async () => {
    await bring(FULL);
    const before = await stored();
    expect(await bring(FULL)).toMatchObject({ rows: 2, added: 0, changed: 0, same: 2, faults: [] });
    expect(await stored()).toBe(before);
  });

  it('checked only writes nothing', async () => {
    const before = await stored();
    expect(await check(FULL)).toMatchObject({ rows: 2, added: 2, faults: [], committed: false });
    expect(await stored()).toBe(before);
  });

  it('corrected takes the place of what was known, with no day told twice', async () => {
    await bring([HEAD, ['Khấu Ly', '04615', '']]);
    const dated = [
      [...HEAD, 'Từ ngày', 'Đến ngày'],
      ['Khau Ly', '04615', '', '01/03/2010', '31/12/2025'],
    ];
    expect(await bring(dated)).toMatchObject({ added: 0, changed: 1 });
    const [village] = await villages(old('04615'), BEFORE);
    const { versions } = await world.execute(getPlace, systemActor, { placeId: village!.placeId });
    expect(versions.map(({ name, validFrom, validTo }) => [name, validFrom, validTo])).toEqual([
      ['Khau Ly', '2010-03-01', AFTER],
      ['Khau Ly', AFTER, '2026-01-01'],
    ]);
    expect(await namesIn(since2025('04609'), '2025-12-31')).toEqual(['Khau Ly']);
    expect(await namesIn(since2025('04609'), '2026-01-01')).toEqual([]);
    // The village ended before the merger: then it never lay in the new commune.
    await bring([
      [...HEAD, 'Đến ngày'],
      ['Khấu Ly', '04615', '04609', '2020-06-30'],
    ]);
    expect(await namesIn(since2025('04609'), AFTER)).toEqual([]);
    expect(await namesIn(old('04615'), '2020-06-30')).toEqual(['Khấu Ly']);
  });

  it('a list of the new codes only leaves what is known of the time before', async () => {
    await bring([HEAD, ['Khấu Ly', '04615', '']]);
    expect(await bring([HEAD, ['Khấu Ly', '', '04609']])).toMatchObject({ same: 1 });
    expect(
      await bring([
        [...HEAD, 'Loại'],
        ['Khấu Ly', '', '04609', 'bản'],
      ]),
    ).toMatchObject({ changed: 1 });
    expect(await villages(old('04615'), BEFORE)).toMatchObject([{ unitType: 'thôn' }]);
    expect(await villages(since2025('04609'), AFTER)).toMatchObject([{ unitType: 'bản' }]);
  });

  it('two old communes may each have a Thôn 1, brought together or one after the other', async () => {
    const [first, second] = [
      ['Thôn 1', '04615', '04609'],
      ['Thôn 01', '04609', '04609'],
    ];
    await bring([HEAD, first]);
    expect(await bring([HEAD, second])).toMatchObject({ added: 1 });
    expect(await namesIn(since2025('04609'), AFTER)).toEqual(['Thôn 01', 'Thôn 1']);
    expect(await bring([HEAD, first, second])).toMatchObject({ same: 2, faults: [] });
    expect(await namesIn(old('04615'), BEFORE)).toEqual(['Thôn 1']);
  });

  it('of a split commune is taken when it says where the village went', async () => {
    expect(await bring([HEAD, ['Tổ dân phố 3', '00166', '00160']])).toMatchObject({ added: 1, faults: [] });
    expect(await namesIn(since2025('00160'), AFTER)).toEqual(['Tổ dân phố 3']);
  });
});

describe('faults of a list', () => {
  const faults = async (...rows: string[][]) =>
    (await check(rows)).faults.map(({ row, column, code }) => [row, column, code]);

  it('places.no-heading', async () => {
    for (const rows of [
      [],
      [['Khấu Ly', '04615', '04609']],
      [
        ['Tên thôn', 'Số hộ'],
        ['Khấu Ly', '12'],
      ],
    ])
      await expect(check(rows)).rejects.toMatchObject({ kind: 'invalid', code: 'places.no-heading' });
  });

  it('places.has-errors: a list with a fault is not written, not even in part', async () => {
    const before = await stored();
    const rows = [HEAD, ['Khấu Ly', '04615', '04609'], ['Nhì Trên', '99999', '']];
    await expect(bring(rows)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'places.has-errors',
      params: { count: 1 },
    });
    expect(await stored()).toBe(before);
  });

  it.each(['mười', '-3', '12,5', '0912 345 678', '99999999999'])('place.number: %j', async (text) => {
    expect(await faults([...HEAD, 'Số hộ'], ['Khấu Ly', '04615', '', text])).toEqual([[2, 'Số hộ', 'place.number']]);
  });

  it.each(['31/02/2020', '2020', 'năm ngoái', '1/13/2020'])('place.date: %j', async (text) => {
    expect(await faults([...HEAD, 'Từ ngày'], ['Khấu Ly', '04615', '', text])).toEqual([[2, 'Từ ngày', 'place.date']]);
  });

  it('place.date: a village that ends before it begins, or before the only commune named', async () => {
    const head = [...HEAD, 'Từ ngày', 'Đến ngày'];
    expect(await faults(head, ['Khấu Ly', '04615', '', '01/01/2020', '31/12/2019'])).toEqual([
      [2, 'Đến ngày', 'place.date'],
    ]);
    expect(await faults(head, ['Khấu Ly', '', '04609', '', '30/06/2025'])).toEqual([[2, 'Đến ngày', 'place.date']]);
    const { faults: told } = await check([head, ['Khấu Ly', '', '04609', '', '30/06/2025']]);
    expect(told[0]?.value).toBe('30/06/2025');
  });

  it('place.counted-ahead: nobody has counted after today', async () => {
    const head = [...HEAD, 'Số hộ', 'Ngày đếm'];
    expect(await faults(head, ['Khấu Ly', '04615', '', '12', '15/06/2026'])).toEqual([]);
    const before = await stored();
    const rows = [head, ['Khấu Ly', '04615', '', '12', '16/06/2026']];
    expect((await check(rows)).faults).toMatchObject([
      { row: 2, column: 'Ngày đếm', value: '16/06/2026', severity: 'error', code: 'place.counted-ahead' },
    ]);
    await expect(bring(rows)).rejects.toMatchObject({ kind: 'conflict', code: 'places.has-errors' });
    expect(await stored()).toBe(before);
  });

  it('place.no-name', async () => {
    expect(await faults(HEAD, ['', '04615', ''])).toEqual([[2, 'Tên thôn', 'place.no-name']]);
  });

  it('place.unknown-commune, before and after', async () => {
    expect(await faults(HEAD, ['A', '99999', ''], ['B', '', '99999'])).toEqual([
      [2, 'Mã xã trước 01/07/2025', 'place.unknown-commune'],
      [3, 'Mã xã từ 01/07/2025', 'place.unknown-commune'],
    ]);
    // 04615 was Bản Mù until the merger, and is no code since.
    expect(await faults(HEAD, ['Khấu Ly', '', '04615'])).toEqual([[2, 'Mã xã từ 01/07/2025', 'place.unknown-commune']]);
  });

  it('place.split-commune', async () => {
    expect(await faults(HEAD, ['Tổ dân phố 3', '00166', ''])).toEqual([
      [2, 'Mã xã từ 01/07/2025', 'place.split-commune'],
    ]);
  });

  it('place.no-commune', async () => {
    expect(await faults(HEAD, ['Khấu Ly', '', ''])).toEqual([[2, 'Mã xã từ 01/07/2025', 'place.no-commune']]);
  });

  it('place.twice, under the same name or another name of the same village', async () => {
    expect((await check([HEAD, ['Khấu Ly', '04615', ''], ['khau ly', '04615', '04609']])).faults).toMatchObject([
      { row: 3, column: 'Tên thôn', code: 'place.twice', params: { other: 2 } },
    ]);
    await bring([
      [...HEAD, 'Tên khác'],
      ['Lừu 2', '04618', '', 'Lìu 2'],
    ]);
    expect(await faults(HEAD, ['Lừu 2', '04618', ''], ['Lìu 2', '04618', ''])).toEqual([
      [3, 'Tên thôn', 'place.twice'],
    ]);
  });
});

describe('who may bring a list', () => {
  const list = [HEAD, ['Khấu Ly', '04615', '04609']];
  const outside = { kind: 'forbidden', code: 'outside-area' };

  it('the officer of the commune of now, of the province, of the old parts together', async () => {
    for (const places of [
      [since2025('04609')],
      [referenceId('2025:province:15')],
      ['04609', '04615', '04597'].map(old),
    ])
      expect(await bring(list, { commit: false, as: officer(...places) })).toMatchObject({ added: 1 });
  });

  it('nobody else, nor for one row among many', async () => {
    await expect(bring(list, { as: officer(since2025('04606')) })).rejects.toMatchObject(outside);
    await expect(bring(list, { as: officer(old('04615')) })).rejects.toMatchObject(outside);
    const mixed = [...list, ['Tà Xùa', '04612', '']];
    await expect(bring(mixed, { as: officer(since2025('04609')) })).rejects.toMatchObject(outside);
  });

  it("no officer draws another commune's village into the own one", async () => {
    await bring(list);
    const stolen = [HEAD, ['Khấu Ly', '04615', '04606']];
    await expect(bring(stolen, { as: officer(since2025('04606')) })).rejects.toMatchObject(outside);
    await bring([HEAD, ['Tổ dân phố 3', '00166', '00160']]);
    const other = [HEAD, ['Tổ dân phố 3', '00166', '00166']];
    await expect(bring(other, { as: officer(since2025('00166')) })).rejects.toMatchObject(outside);
    const own = [HEAD, ['Tổ dân phố 4', '00166', '00166']];
    expect(await bring(own, { as: officer(since2025('00166')) })).toMatchObject({ added: 1 });
  });

  it('a list of unknown communes tells its faults to whoever may import', async () => {
    const told = await bring([HEAD, ['A', '99999', '']], { commit: false, as: officer(since2025('04606')) });
    expect(told.faults).toHaveLength(1);
  });

  it('leaves one row in the audit, with counts and no name', async () => {
    await bring(list);
    const { rows } = await world.database.pool.query(
      'select name, refs from platform.audit order by audit_id desc limit 1',
    );
    expect(rows).toEqual([
      { name: 'territory.import-places', refs: { rows: 1, added: 1, changed: 0, committed: true } },
    ]);
  });
});

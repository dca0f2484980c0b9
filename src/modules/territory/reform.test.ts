import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { systemActor } from '../../platform/command.ts';
import {
  countryId,
  findByCode,
  findPlaces,
  getPlace,
  listChildren,
  loadReferenceUnits,
  type PlaceKind,
  pathsOf,
  placesWithin,
  referenceId,
} from './index.ts';

const BEFORE = '2025-06-30';
const AFTER = '2025-07-01';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
});
afterAll(() => world.close());

const old = (code: string): string => referenceId(`old:commune:${code}`);
const since2025 = (code: string): string => referenceId(`2025:commune:${code}`);
const nameOf = async (code: string, on: string, kind: PlaceKind = 'commune') =>
  (await findByCode(world.database.db, code, on, kind))?.name;
const find = (text: string, more: object = {}) => world.execute(findPlaces, systemActor, { text, limit: 100, ...more });
const idsOf = async (text: string, more: object = {}) =>
  new Set((await find(text, more)).map(({ placeId }) => placeId));

describe('the units of the country', () => {
  it('are as many as on the two lists, on either side of the merger', async () => {
    const { db } = world.database;
    const count = async (on: string, kind: PlaceKind) => (await placesWithin(db, countryId, on, kind)).length;
    expect(await count(BEFORE, 'commune')).toBe(10_034);
    expect(await count(BEFORE, 'province')).toBe(63);
    expect(await count(BEFORE, 'district')).toBe(705);
    expect(await count(AFTER, 'commune')).toBe(3_321);
    expect(await count(AFTER, 'province')).toBe(34);
    expect(await count(AFTER, 'district')).toBe(0);
  });

  it('are loaded once', async () => {
    expect(await world.execute(loadReferenceUnits, systemActor, {})).toEqual({ units: 0, successions: 0 });
  });

  it('have one code each on a day', async () => {
    const { rows } = await world.database.pool.query(`
      select official_code, kind, day from territory.place_version, (values (date '2025-06-30'), ('2025-07-01')) days (day)
      where official_code is not null and valid_from <= day and (valid_to is null or valid_to > day)
      group by official_code, kind, day having count(*) > 1`);
    expect(rows).toEqual([]);
  });

  it('never have two versions of one place on one day', async () => {
    const { rows } = await world.database.pool.query(`
      select a.place_id from territory.place_version a join territory.place_version b
      on a.place_id = b.place_id and a.valid_from < b.valid_from and coalesce(a.valid_to, 'infinity') > b.valid_from`);
    expect(rows).toEqual([]);
  });

  it('each commune of the older list that ended at the merger became something that lives', async () => {
    const { rows } = await world.database.pool.query(`
      select v.name from territory.place_version v where v.kind = 'commune' and v.valid_to = '2025-07-01'
      and not exists (select 1 from territory.place_version n where n.place_id = v.place_id and n.valid_to is null)
      and not exists (select 1 from territory.place_succession s join territory.place_version n on n.place_id = s.to_id
        where s.from_id = v.place_id and n.valid_to is null)`);
    expect(rows).toEqual([]);
  });

  it('come from files with a heading, tabs and keys that exist', async () => {
    const lines = async (name: string) =>
      (await readFile(new URL(`data/${name}.tsv`, import.meta.url), 'utf8')).replace(/\n$/u, '').split('\n').slice(1);
    const units = (await lines('units')).map((line) => line.split('\t'));
    const keys = new Set(units.map(([key]) => key));
    expect(units).toHaveLength(14_726);
    expect(units.filter((cells) => cells.length !== 10)).toEqual([]);
    expect(units.filter(([, , , , , parent]) => parent && !keys.has(parent))).toEqual([]);
    const successions = (await lines('successions')).map((line) => line.split('\t'));
    expect(successions).toHaveLength(10_323);
    expect(successions.filter(([from, to]) => !keys.has(from!) || !keys.has(to!))).toEqual([]);
  });
});

describe('the traps of the merger', () => {
  it('a commune code is given to another unit', async () => {
    expect([await nameOf('04606', BEFORE), await nameOf('04606', AFTER)]).toEqual(['Pá Hu', 'Trạm Tấu']);
    expect([await nameOf('04609', BEFORE), await nameOf('04609', AFTER)]).toEqual(['Làng Nhì', 'Phình Hồ']);
    expect(old('04606')).not.toBe(since2025('04606'));
  });

  it('a province code is given to another province', async () => {
    expect([await nameOf('15', BEFORE, 'province'), await nameOf('15', AFTER, 'province')]).toEqual([
      'Yên Bái',
      'Lào Cai',
    ]);
    expect([await nameOf('10', BEFORE, 'province'), await nameOf('10', AFTER, 'province')]).toEqual([
      'Lào Cai',
      undefined,
    ]);
  });

  it('"Trạm Tấu" is a district, a town, and two communes; "Phình Hồ" is two communes', async () => {
    const named = async (name: string) => (await find(name)).filter((place) => place.name === name);
    const stations = await named('Trạm Tấu');
    expect(stations.map(({ unitType, officialCode }) => `${unitType} ${officialCode}`).sort()).toEqual([
      'huyện 139',
      'thị trấn 04585',
      'xã 04600',
      'xã 04606',
    ]);
    expect(new Set(stations.map(({ placeId }) => placeId)).size).toBe(4);
    expect((await named('Phình Hồ')).map(({ officialCode }) => officialCode).sort()).toEqual(['04597', '04609']);
    expect((await find('Trạm Tấu', { on: AFTER })).map(({ officialCode }) => officialCode)).toEqual(['04606']);
    expect((await find('Trạm Tấu', { on: BEFORE, kind: 'district' })).map(({ officialCode }) => officialCode)).toEqual([
      '139',
    ]);
  });

  it('two names of one unit find one place', async () => {
    expect(await idsOf('Hát Lừu')).toEqual(await idsOf('Hát Lìu'));
    expect([...(await idsOf('Hát Lừu'))]).toEqual([old('04618')]);
    // Unchanged by the merger, but called otherwise on the two lists: still one place, under either name on either day.
    for (const text of ['Tà Xi Láng', 'Tà Si Láng'])
      for (const on of [BEFORE, AFTER])
        expect([...(await idsOf(text, { on }))], `${text} ${on}`).toEqual([old('04603')]);
    expect(await idsOf('Mù Cang Chải', { kind: 'district' })).toEqual(
      await idsOf('Mù Căng Chải', { kind: 'district' }),
    );
  });

  it('the town became part of a rural commune', async () => {
    const town = await world.execute(getPlace, systemActor, { placeId: old('04585') });
    expect(town.versions).toMatchObject([{ unitType: 'thị trấn', urban: true, validTo: AFTER }]);
    expect(town.successions).toMatchObject([{ to_id: since2025('04585'), kind: 'merge', whole: true }]);
    const now = await world.execute(getPlace, systemActor, { placeId: since2025('04585') });
    expect(now.versions).toMatchObject([{ name: 'Hạnh Phúc', unitType: 'xã', urban: false }]);
    expect(now.successions.map(({ from_id }) => from_id).sort()).toEqual(
      ['04585', '04612', '04618', '04594'].map(old).sort(),
    );
  });

  it('a place that was kept has no succession, only another version', async () => {
    const kept = await world.execute(getPlace, systemActor, { placeId: old('04603') });
    expect(kept.successions).toEqual([]);
    expect(kept.versions.map(({ name, parentId }) => [name, parentId])).toEqual([
      ['Tà Si Láng', referenceId('old:district:139')],
      ['Tà Xi Láng', referenceId('2025:province:15')],
    ]);
  });

  it('a commune that was split became several, none of them wholly of it', async () => {
    const { successions } = await world.execute(getPlace, systemActor, { placeId: old('00166') });
    expect(successions.map(({ to_id, kind, whole }) => ({ to_id, kind, whole }))).toEqual(
      expect.arrayContaining([
        { to_id: since2025('00160'), kind: 'split', whole: false },
        { to_id: since2025('00166'), kind: 'split', whole: false },
      ]),
    );
  });

  it('the way up is that of the day', async () => {
    const way = async (id: string, on: string) =>
      (await pathsOf(world.database.db, [id], on)).get(id)!.map(({ name }) => name);
    expect(await way(old('04615'), BEFORE)).toEqual(['Trạm Tấu', 'Yên Bái']);
    expect(await way(old('04615'), AFTER)).toEqual([]);
    expect(await way(old('04603'), BEFORE)).toEqual(['Trạm Tấu', 'Yên Bái']);
    expect(await way(old('04603'), AFTER)).toEqual(['Lào Cai']);
  });

  it('what lies under a unit is that of the day', async () => {
    const children = await world.execute(listChildren, systemActor, {
      placeId: referenceId('old:district:139'),
      on: BEFORE,
    });
    expect(children).toHaveLength(12);
    expect(await world.execute(listChildren, systemActor, { placeId: referenceId('old:district:139') })).toEqual([]);
  });

  it('an unknown place is said to be unknown', async () => {
    await expect(world.execute(getPlace, systemActor, { placeId: since2025('99999') })).rejects.toMatchObject({
      kind: 'not-found',
      code: 'place',
    });
  });
});

describe('lookup', () => {
  const mu = [old('04615')];

  it.each(['Bản Mù', 'ban mu', 'BẢN MÙ', '  bản   mù ', 'Ba\u0309n Mu\u0300', 'xã Bản Mù', 'Xa ban mu', 'xã bản m'])(
    '%j finds xã Bản Mù',
    async (text) => {
      expect([...(await idsOf(text))]).toEqual(expect.arrayContaining(mu));
      expect((await find(text, { within: referenceId('old:district:139') })).map(({ placeId }) => placeId)).toEqual(mu);
    },
  );

  it('đ is d, unit words may be there or not, the beginning of a name is enough', async () => {
    const first = async (text: string, more: object) => (await find(text, more))[0]?.name;
    expect(await first('da nang', { on: AFTER, kind: 'province' })).toBe('Đà Nẵng');
    expect(await first('TP Đà Nẵng', { on: AFTER, kind: 'province' })).toBe('Đà Nẵng');
    expect(await first('thành phố đà nẵng', { on: AFTER, kind: 'province' })).toBe('Đà Nẵng');
    expect(await first('tinh yen bai', { on: BEFORE })).toBe('Yên Bái');
    expect(await first('Tỉnh Lào C', { on: AFTER })).toBe('Lào Cai');
    expect(await first('phường 01', { on: BEFORE })).toBe(await first('phường 1', { on: BEFORE }));
  });

  it('a unit word may be shortened, and a name is found by its code', async () => {
    const names = async (text: string) => (await find(text, { on: BEFORE })).map(({ name }) => name);
    expect(await names('P. Bến Nghé')).toEqual(['Bến Nghé']);
    expect(await names('Q. Hoàn Kiếm')).toEqual(['Hoàn Kiếm']);
    expect((await find('04606', { on: BEFORE })).map(({ name }) => name)).toEqual(['Pá Hu']);
    // Without a day the code of every day, the newest first.
    expect((await find('04606')).map(({ name }) => name)).toEqual(['Trạm Tấu', 'Pá Hu']);
    expect(await find('04606', { kind: 'district' })).toEqual([]);
  });

  it('a later word of a name finds it, after the names that begin so', async () => {
    const found = (await find('tau', { on: AFTER })).map(({ name }) => name);
    expect(found).toContain('Trạm Tấu');
    expect((await find('lang nhi', { on: BEFORE }))[0]?.officialCode).toBe('04609');
  });

  it('says where a place lay, and what it became', async () => {
    const [place] = await find('Bản Mù', { within: referenceId('old:district:139') });
    expect(place).toMatchObject({ path: ['Trạm Tấu', 'Yên Bái'], became: [since2025('04609')] });
    const [now] = await find('Phình Hồ', { on: AFTER });
    expect(now).toMatchObject({ path: ['Lào Cai'], became: [] });
  });

  it('keeps to what lies within a place', async () => {
    const inOld = await idsOf('Lào Cai', { within: referenceId('old:province:10') });
    expect(inOld.has(referenceId('2025:province:15'))).toBe(false);
    expect(inOld.has(referenceId('old:province:10'))).toBe(true);
  });

  it.each(['', '   ', '%', '…?!'])('%j is no name to look for', async (text) => {
    await expect(find(text)).rejects.toMatchObject({
      kind: 'invalid',
      fields: [{ path: 'text', code: 'empty-search' }],
    });
  });

  it('a day that is none is refused', async () => {
    await expect(find('Huế', { on: '2025-02-30' })).rejects.toMatchObject({
      fields: [{ path: 'on', code: 'not-a-day' }],
    });
  });
});

import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  commitList,
  discardList,
  getImport,
  listFaults,
  mapList,
  receiveList,
  registryJobs,
} from '../../src/modules/registry/index.ts';
import { importPlaces, loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import {
  bringIn,
  check,
  emptyRegistry,
  fingerprint,
  householdsCsv,
  importVillages,
  paHu,
  type Row,
  receive,
  recheck,
  since2025,
  stateOf,
  taXiLang,
  upload,
} from '../support/lists.ts';
import { encryptedParts, withPassword, zipBomb } from '../support/workbooks.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
});
afterAll(() => world.close());
beforeEach(() => emptyRegistry(world));

const row = (end: string, more: Partial<Row> = {}): Row => ({
  code: `04603.01.${end}`,
  head: `Giàng A ${end}`,
  village: 'Thôn Một',
  class: 'Hộ nghèo',
  ...more,
});
const commit = (importId: string) => world.execute(commitList, systemActor, { importId });
const faults = async (importId: string) => (await world.execute(listFaults, systemActor, { importId })).rows;
const job = (name: string, importId: string) =>
  registryJobs.find((each) => each.name === name)!.run(world.execute, { importId });

describe('a list with errors is not committed', () => {
  it.each([
    [
      'a village nobody knows',
      [row('0001'), row('0002', { village: 'Bản Chưa Ai Biết' })],
      taXiLang,
      'list.village-none',
      2,
    ],
    ['a village written wrongly', [row('0001', { village: 'Thôn Mộtt' })], taXiLang, 'list.village-unknown', 1],
    ['a village of another commune', [row('0001', { village: 'Bản Xa' })], taXiLang, 'list.village', 1],
    ['one code twice', [row('0001'), row('0002'), row('0001', { head: 'Mùa A Páo' })], taXiLang, 'list.code-twice', 3],
    ['no class', [row('0001', { class: '' })], taXiLang, 'list.no-class', 1],
  ] as const)('%s', async (_, rows, placeId, code, last) => {
    const before = await fingerprint(world);
    const { importId, counts } = await check(world, { asOf: '2024-11-30', rows, placeId });
    expect(counts.errors).toBeGreaterThan(0);
    const found = (await faults(importId)).filter(({ severity }) => severity === 'error');
    expect(found.at(-1)!.code.startsWith(code)).toBe(true);
    expect(found.at(-1)!.row).toBe(last + 1);
    await expect(commit(importId)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'import.has-errors',
      params: { count: counts.errors },
    });
    expect(await fingerprint(world)).toBe(before);
  });

  it('a village name that two villages of the new commune have, unless the row names the old commune', async () => {
    const rows = [
      ['Tên thôn', 'Mã xã cũ'],
      ['Thôn Bốn', '04606'],
      ['Thôn Bốn', '04600'],
    ].map((cells, at) => ({ row: at + 1, cells }));
    await world.execute(importPlaces, systemActor, { rows, commit: true });
    const list = { asOf: '2025-11-30', placeId: since2025('04606') };
    const { importId } = await check(world, { ...list, rows: [row('0001', { village: 'Thôn Bốn' })] });
    expect((await faults(importId)).map(({ code }) => code)).toContain('list.village-several');
    const named = await check(world, { ...list, rows: [row('0001', { village: 'Thôn Bốn', commune: 'Pá Hu' })] });
    expect(named.counts.errors).toBe(0);
  });
});

describe('the commune a row names', () => {
  const first = { asOf: '2024-11-30', placeId: taXiLang };
  const merged = { asOf: '2025-11-30', placeId: since2025('04606') };
  const found = async (list: typeof first, more: Partial<Row>) => {
    const { importId } = await check(world, { ...list, rows: [row('0001', more)] });
    return (await faults(importId)).map(({ code, row: at, column, value }) => [code, at, column, value]);
  };

  it.each([
    ['another commune with a village of that name', first, 'Xã Pá Hu'],
    ['another commune with a name almost the same', first, 'Tà Xi'],
    ['another province', first, 'Phường Bến Thành'],
    ['a commune that went elsewhere in the merger', merged, 'Phình Hồ'],
    ['no name at all', first, 'xem ghi chú'],
  ] as const)('%s is an error, and the row has no village', async (_, list, commune) => {
    expect(await found(list, { commune })).toEqual([['list.commune-elsewhere', 2, 'Xã', commune]]);
    const { rows } = await world.database.pool.query('select distinct village_id from registry.import_household');
    expect(rows).toEqual([{ village_id: null }]);
  });

  it.each([
    ['as it is', first, 'Tà Si Láng'],
    ['with its word and district', first, 'xã Tà Si Láng, huyện Trạm Tấu'],
    ['by its code', first, '04603'],
    ['with a slip in it', first, 'Tà Si Lánk'],
    ['by the old name', merged, 'Pá Hu'],
    ['by the old name, said to be old', merged, 'Pá Hu (cũ)'],
    ['by the new name', merged, 'Trạm Tấu'],
  ] as const)('%s is taken', async (_, list, commune) => {
    expect(await found(list, { commune, village: list === first ? 'Thôn Một' : 'Bản Cao' })).toEqual([]);
  });

  it('narrows the villages: one of another old commune does not stand in', async () => {
    // Pá Lau became a part of the same new commune, but nobody has told of its villages.
    expect(await found(merged, { commune: 'Pá Hu', village: 'Bản Cao' })).toEqual([]);
    expect((await found(merged, { commune: 'Pá Lau', village: 'Bản Cao' }))[0]![0]).toMatch(/^list\.village-/u);
  });
});

describe('a file that cannot be read', () => {
  const workbook = async (): Promise<Buffer> => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Danh sách hộ');
    for (const line of householdsCsv(Array.from({ length: 3_000 }, (_, at) => row(String(at).padStart(4, '0')))).split(
      '\r\n',
    ))
      sheet.addRow(line.split(';'));
    return Buffer.from(await book.xlsx.writeBuffer());
  };
  const csv = (): string => householdsCsv([row('0001'), row('0002'), row('0003')]);
  const broken: readonly (readonly [string, string, () => Promise<Buffer | string>, string])[] = [
    ['an XLSX cut off in the middle', 'a.xlsx', async () => { const whole = await workbook(); return whole.subarray(0, whole.length / 2); }, 'file.damaged'],
    ['an XLSX with a hole', 'b.xlsx', async () => { const whole = await workbook(); whole.fill(0, Math.floor(whole.length * 0.4), Math.floor(whole.length * 0.5)); return whole; }, 'file.damaged'],
    ['a CSV with a quote that never ends', 'c.csv', async () => csv().replace('Giàng A 0002', '"Giàng A 0002'), 'file.open-quote'],
    ['a picture', 'd.xlsx', async () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file.not-a-table'],
    ['nothing at all', 'e.csv', async () => '', 'file.empty'],
    ['a workbook with a password', 'f.xlsx', async () => withPassword(), 'file.encrypted'],
    ['an archive whose parts are encrypted', 'g.xlsx', async () => encryptedParts(await workbook()), 'file.encrypted'],
    ['a zip bomb', 'h.xlsx', async () => zipBomb(), 'file.zip-bomb'],
  ]; // biome-ignore format: a table

  it.each(broken)('%s leaves the registry as it is, and says why', async (_, name, content, code) => {
    await bringIn(world, { asOf: '2023-11-30', rows: [row('0001')] });
    const before = await fingerprint(world);
    const file = await upload(world, name, await content());
    const { importId } = await world.execute(receiveList, systemActor, { file, placeId: taXiLang, asOf: '2024-11-30' });
    await job('registry.open-list', importId);
    if ((await stateOf(world, importId)) !== 'failed') {
      await world.execute(mapList, systemActor, { importId });
      await job('registry.check-list', importId);
    }
    const { state, failure, counts } = await world.execute(getImport, systemActor, { importId });
    expect(state, JSON.stringify(counts)).toBe('failed');
    expect(failure!.code).toBe(code);
    await expect(commit(importId)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await fingerprint(world)).toBe(before);
    await world.execute(discardList, systemActor, { importId });
  });
});

describe('lists at the same time', () => {
  it('are checked again when another one was committed in between, the very first too', async () => {
    const a = await check(world, { asOf: '2024-11-30', rows: [row('0001')] });
    const b = await check(world, { asOf: '2024-11-30', rows: [row('0001', { class: 'Hộ cận nghèo' })] });
    await commit(a.importId);
    await expect(commit(b.importId)).rejects.toMatchObject({ kind: 'conflict', code: 'import.stale' });
    expect(await recheck(world, b.importId)).toMatchObject({ added: 0, changed: 1 });
    await commit(b.importId);
  });

  it('are written by one of two commits only', async () => {
    const { importId } = await check(world, { asOf: '2024-11-30', rows: [row('0001'), row('0002')] });
    const ends = await Promise.allSettled([commit(importId), commit(importId), commit(importId)]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends)
      if (end.status === 'rejected')
        expect(end.reason).toMatchObject({ kind: 'conflict', code: 'import.already-committed' });
  });

  it('of two communes: one is committed, the other is stale, nothing is written twice', async () => {
    const a = await check(world, { asOf: '2024-11-30', rows: [row('0001')] });
    const b = await check(world, { asOf: '2024-11-30', rows: [row('0001', { village: 'Bản Cao' })], placeId: paHu });
    const ends = await Promise.allSettled([commit(a.importId), commit(b.importId)]);
    expect(ends.map((end) => (end.status === 'fulfilled' ? 'done' : end.reason.code)).toSorted()).toEqual([
      'done',
      'import.stale',
    ]);
  });
});

describe('invented and real people', () => {
  const list = { asOf: '2024-11-30', rows: [row('0001')] };

  it.each([
    ['the example', 'real ones', true, 'import.real-beside-example'],
    ['real ones', 'the example', false, 'import.example-beside-real'],
  ] as const)('%s first: %s are refused', async (_, __, synthetic, code) => {
    await bringIn(world, { ...list, synthetic });
    const importId = await receive(world, { ...list, synthetic: !synthetic });
    await job('registry.open-list', importId);
    expect((await world.execute(getImport, systemActor, { importId })).failure!.code).toBe(code);
  });

  it('checked side by side, the second commit is refused', async () => {
    const real = await check(world, list);
    const invented = await check(world, { ...list, synthetic: true });
    await commit(real.importId);
    await recheck(world, invented.importId);
    await expect(commit(invented.importId)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'import.example-beside-real',
    });
  });
});

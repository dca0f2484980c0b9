import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commitList, decideList, findHouseholds, getImport, undoList } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import {
  bringIn,
  check,
  decisions,
  emptyRegistry,
  fingerprint,
  importVillages,
  type List,
  type Row,
  standing,
} from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
});
afterAll(() => world.close());
beforeEach(() => emptyRegistry(world));

const row = (more: Partial<Row> & { head: string }): Row => ({ village: 'Thôn Một', class: 'Hộ nghèo', ...more });
const chu = row({ head: 'Giàng A Chu', birth: '1980' });
const de = row({ head: 'Mùa Thị Dê', birth: '1975' });
const sang = row({ head: 'Giàng A Sáng', birth: '1992' });
const list = (rows: readonly Row[], asOf: string, more: Partial<List> = {}): List => ({
  rows,
  asOf,
  complete: null,
  ...more,
});

/** The questions of a checked list: row of the file, code of the household asked about, why. */
const questions = async (importId: string) =>
  (await decisions(world, importId))
    .filter(({ kind }) => kind === 'duplicate')
    .map(({ row: at, code, headName, reason }) => [at, code, headName, reason]);
const sayAll = async (importId: string, answer: 'same' | 'different') => {
  await world.execute(decideList, systemActor, { importId, kind: 'duplicate', ids: null, answer });
};
const commit = (importId: string) => world.execute(commitList, systemActor, { importId });
const answered = async (each: List, answer: 'same' | 'different'): Promise<string> => {
  const { importId } = await check(world, each);
  await sayAll(importId, answer);
  await commit(importId);
  return importId;
};
/** How many households have this head on the day. */
const heads = async (day: string): Promise<string[]> => {
  const { rows } = await world.database.pool.query('select head_name from registry.subject_at($1::date) order by 1', [
    day,
  ]);
  return rows.map(({ head_name }) => head_name);
};

describe('a code that is found under another head', () => {
  const before = list(
    [
      { ...chu, code: '31' },
      { ...de, code: '32' },
    ],
    '2023-11-30',
  );

  it('is a question, with both households side by side, and nothing is written before it is answered', async () => {
    await bringIn(world, before);
    const { importId, counts } = await check(
      world,
      list([{ ...sang, code: '31', id: '015092000777', village: 'Thôn Hai', class: 'Hộ cận nghèo' }], '2024-11-30'),
    );
    expect(counts).toMatchObject({ added: 1, changed: 0, duplicates: 1 });
    const [asked] = await decisions(world, importId);
    expect(asked).toMatchObject({
      ...{ code: '31', headName: 'Giàng A Chu', village: 'Thôn Một, xã Tà Si Láng', class: 'poor', born: '1980-01-01' },
      ...{
        row: 2,
        rowCode: '31',
        rowName: 'Giàng A Sáng',
        rowVillage: 'Thôn Hai, xã Tà Si Láng',
        rowClass: 'near_poor',
      },
      ...{ rowBorn: '1992-01-01', rowIdLast4: '0777', idLast4: null, reason: 'code' },
    });
    await expect(commit(importId)).rejects.toMatchObject({ code: 'import.open-duplicates' });
    expect(await heads('2024-12-01')).toEqual(['Giàng A Chu', 'Mùa Thị Dê']);
  });

  it('that is another household becomes one of its own, and is it under the same code ever after', async () => {
    await bringIn(world, before);
    await answered(list([{ ...sang, code: '31' }], '2024-11-30'), 'different');
    expect(await heads('2024-12-01')).toEqual(['Giàng A Chu', 'Giàng A Sáng', 'Mùa Thị Dê']);
    const stood = await fingerprint(world);
    const again = await check(world, list([{ ...sang, code: '31' }], '2024-11-30'));
    expect(again.counts).toMatchObject({ added: 0, same: 1, duplicates: 0 });
    await commit(again.importId);
    expect(await fingerprint(world)).toBe(stood);
    const next = await check(world, list([{ ...sang, code: '31', class: 'Hộ cận nghèo' }], '2025-11-30'));
    expect(next.counts).toMatchObject({ added: 0, changed: 1, duplicates: 0 });
    // Also the older list finds its own household under the code that has two by now.
    expect((await check(world, before)).counts).toMatchObject({ added: 0, same: 2, duplicates: 0 });
    expect((await world.execute(findHouseholds, systemActor, { text: '31' })).total).toBe(2);
  });

  it('that is the same household goes on with its new head, and is not asked about again', async () => {
    await bringIn(world, before);
    await answered(list([{ ...sang, code: '31' }], '2024-11-30'), 'same');
    expect(await heads('2024-12-01')).toEqual(['Giàng A Sáng', 'Mùa Thị Dê']);
    const stood = await fingerprint(world);
    const again = await check(world, list([{ ...sang, code: '31' }], '2024-11-30'));
    expect(again.counts).toMatchObject({ added: 0, same: 1, duplicates: 0 });
    await commit(again.importId);
    expect(await fingerprint(world)).toBe(stood);
  });

  it('is found by the identity number of its head instead, where that is known', async () => {
    const known = { ...de, id: '015175000002' };
    await bringIn(
      world,
      list(
        [
          { ...chu, code: '31', id: '015080000001' },
          { ...known, code: '32' },
        ],
        '2023-11-30',
      ),
    );
    const { counts } = await check(world, list([{ ...known, code: '31' }], '2024-11-30'));
    expect(counts).toMatchObject({ added: 0, duplicates: 0 });
  });

  it.each([
    ['with a new spelling of the name', { ...chu, head: 'GIÀNG A CHỦ' }, 0],
    ['with another year of birth', { ...chu, birth: '1981' }, 1],
    ['without a year of birth', { ...chu, birth: '' }, 0],
    ['without a year of birth in another village', { ...chu, birth: '', village: 'Thôn Hai' }, 1],
    ['with a year of birth in another village', { ...chu, village: 'Thôn Hai' }, 0],
    ['with another name of the same year', { ...chu, head: 'Sùng A Páo' }, 1],
  ])('%s', async (_, now, asked) => {
    await bringIn(world, before);
    const { counts } = await check(world, list([{ ...now, code: '31' }], '2024-11-30'));
    expect([counts.duplicates, counts.added]).toEqual([asked, asked]);
  });

  it('is no question when the new head was a member of the household', async () => {
    const code = '31';
    const members = [
      { code, name: chu.head, relation: 'Chủ hộ', birth: '1980' },
      { code, name: 'Giàng A Páo', relation: 'Con', birth: '2004', id: '015204000004' },
      { code, name: 'Sùng Thị Mỷ', relation: 'Vợ', birth: '1982' },
    ];
    await bringIn(world, list([{ ...chu, code }], '2023-11-30', { members }));
    const asked = async (head: Partial<Row>) =>
      (await check(world, list([{ ...chu, ...head, code }], '2024-11-30'))).counts.duplicates;
    expect(await asked({ head: 'Giàng A Páo', birth: '2004' })).toBe(0);
    // By the number alone, whatever the name.
    expect(await asked({ head: 'Giàng Văn Páo', birth: '2004', id: '015204000004' })).toBe(0);
    expect(await asked({ head: 'Giàng A Páo', birth: '1994' })).toBe(1);
    // A head nobody knew, among members who were known.
    const withOld = list([{ ...sang, code }], '2024-11-30', {
      members: [{ code, name: 'Sùng Thị Mỷ', birth: '1982' }],
    });
    expect((await check(world, withOld)).counts.duplicates).toBe(0);
  });
});

describe('a list that was numbered anew', () => {
  const old = [chu, de, sang].map((each, at) => ({ ...each, code: String(at + 1) }));
  const renumbered = [sang, chu, de].map((each, at) => ({ ...each, code: String(at + 1) }));

  it('never mixes two households: each is asked about once, by name', async () => {
    await bringIn(world, list(old, '2023-11-30'));
    const { importId } = await check(world, list(renumbered, '2024-11-30', { complete: ['poor'] }));
    expect(await questions(importId)).toEqual([
      [2, '3', 'Giàng A Sáng', 'name-birth'],
      [3, '1', 'Giàng A Chu', 'name-birth'],
      [4, '2', 'Mùa Thị Dê', 'name-birth'],
    ]);
    const counted = async () => (await world.execute(getImport, systemActor, { importId })).counts;
    expect(await counted()).toMatchObject({ added: 3, changed: 0 });
    await sayAll(importId, 'same');
    // What was answered counts at once, and what was written stands so afterwards.
    expect(await counted()).toMatchObject({ added: 0, changed: 3 });
    expect(await commit(importId)).toMatchObject({ added: 0, changed: 3 });
    expect(await counted()).toMatchObject({ added: 0, changed: 3 });
    const now = await standing(world, '2024-12-01');
    expect(Object.values(now).map(({ code, head, members }) => [code, head, members])).toEqual([
      ['1', 'Giàng A Chu', 1],
      ['2', 'Mùa Thị Dê', 1],
      ['3', 'Giàng A Sáng', 1],
    ]);
    const stood = await fingerprint(world);
    const again = await check(world, list(renumbered, '2024-11-30', { complete: ['poor'] }));
    expect(again.counts).toMatchObject({ added: 0, changed: 0, same: 3, duplicates: 0, missing: 0 });
    await commit(again.importId);
    expect(await fingerprint(world)).toBe(stood);
    // And the year after, under the new numbers.
    const next = await check(world, list(renumbered, '2025-11-30'));
    expect(next.counts).toMatchObject({ added: 0, same: 3, duplicates: 0 });
  });

  it('also without years of birth, where a name alone is asked about beside the code', async () => {
    const bare = (rows: readonly Row[]) => rows.map(({ birth: _, ...each }) => each);
    await bringIn(world, list(bare(old), '2023-11-30'));
    const { importId, counts } = await check(world, list(bare(renumbered), '2024-11-30'));
    expect(counts).toMatchObject({ added: 3, changed: 0, same: 0, duplicates: 6 });
    for (const { decisionId, headName, rowName } of await decisions(world, importId))
      await world.execute(decideList, systemActor, {
        ...{ importId, kind: 'duplicate', ids: [decisionId] },
        answer: headName === rowName ? 'same' : 'different',
      });
    await commit(importId);
    expect(await heads('2024-12-01')).toEqual(['Giàng A Chu', 'Giàng A Sáng', 'Mùa Thị Dê']);
    const again = await check(world, list(bare(renumbered), '2024-11-30'));
    expect(again.counts).toMatchObject({ added: 0, changed: 0, same: 3, duplicates: 0 });
  });
});

describe('a list without codes and identity numbers', () => {
  it.each([
    ['with years of birth', [chu, de, sang]],
    ['with empty birth dates', [chu, de, sang].map((each) => ({ ...each, birth: '' }))],
  ])('%s is asked about once, then it changes nothing any more', async (_, rows) => {
    await bringIn(world, list(rows, '2023-11-30', { complete: ['poor'] }));
    const stood = await fingerprint(world);
    const second = await check(world, list(rows, '2023-11-30', { complete: ['poor'] }));
    expect(second.counts.duplicates).toBe(3);
    await sayAll(second.importId, 'same');
    await commit(second.importId);
    const facts = (text: string) => text.replace(/subject_row \w+/u, '');
    expect(facts(await fingerprint(world))).toBe(facts(stood));
    const remembered = await fingerprint(world);
    const third = await check(world, list(rows, '2023-11-30', { complete: ['poor'] }));
    expect(third.counts).toMatchObject({ added: 0, changed: 0, same: 3, duplicates: 0, missing: 0 });
    await commit(third.importId);
    expect(await fingerprint(world)).toBe(remembered);
    // Next year's list of the same sender too.
    const next = list(
      rows.map((each) => ({ ...each, class: 'Hộ cận nghèo' })),
      '2024-11-30',
    );
    expect((await check(world, next)).counts).toMatchObject({ added: 0, changed: 3, duplicates: 0 });
  });

  it('does not ask about the same name with another year of birth or in another village', async () => {
    await bringIn(world, list([chu], '2023-11-30'));
    const others = [
      { ...chu, birth: '1981' },
      { ...chu, birth: '', village: 'Thôn Hai' },
    ];
    expect((await check(world, list(others, '2024-11-30'))).counts).toMatchObject({ added: 2, duplicates: 0 });
  });

  it('remembers who is another household, but never takes one of two alike for the other', async () => {
    await bringIn(world, list([chu], '2023-11-30'));
    const second = list([{ ...chu, class: 'Hộ cận nghèo', size: 9 }], '2024-11-30');
    await answered(second, 'different');
    expect(await heads('2024-12-01')).toEqual(['Giàng A Chu', 'Giàng A Chu']);
    const stood = await fingerprint(world);
    // The very same file: nothing to ask, nothing changes.
    const again = await check(world, second);
    expect(again.counts).toMatchObject({ added: 0, same: 1, duplicates: 0 });
    await commit(again.importId);
    expect(await fingerprint(world)).toBe(stood);
    // Another file: it may be either.
    const other = await check(world, list([{ ...chu, size: 8 }], '2025-11-30'));
    expect(other.counts).toMatchObject({ added: 1, duplicates: 2 });
  });

  it('forgets the answers of a list that is taken back', async () => {
    await bringIn(world, list([chu], '2023-11-30'));
    const stood = await fingerprint(world);
    const second = list([chu], '2024-11-30');
    const importId = await answered(second, 'same');
    await world.execute(undoList, systemActor, { importId });
    expect(await fingerprint(world)).toBe(stood);
    expect((await check(world, second)).counts.duplicates).toBe(1);
  });
});

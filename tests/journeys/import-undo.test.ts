import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commitList, undoList } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import {
  answer,
  bringIn,
  check,
  emptyRegistry,
  fingerprint,
  importVillages,
  type List,
  type Row,
  standing,
  stateOf,
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

const row = (end: string, more: Partial<Row> = {}): Row => ({
  code: `04603.01.${end}`,
  head: `Giàng A ${end}`,
  id: `01508000${end}`,
  village: 'Thôn Một',
  class: 'Hộ nghèo',
  phones: [`091234${end}`],
  lacks: [1, 2, 3],
  ...more,
});
const members = (...ends: string[]) =>
  ends.flatMap((end) => [
    { code: `04603.01.${end}`, name: `Giàng A ${end}`, relation: 'Chủ hộ', id: `01508000${end}` },
    { code: `04603.01.${end}`, name: `Sùng Thị ${end}`, relation: 'Vợ' },
  ]);
const first: List = {
  asOf: '2022-11-30',
  rows: ['0001', '0002', '0003', '0004', '0005'].map((end) => row(end)),
  members: members('0001', '0002'),
};
const second: List = {
  asOf: '2024-11-30',
  rows: [
    row('0001', { village: 'Thôn Hai', class: 'Hộ cận nghèo', phones: ['0977000111'], lacks: [4] }),
    row('0009', { id: '015080000002', code: '04603.01.0092', head: 'Giàng A 0002' }),
    row('0006'),
  ],
  members: members('0001').slice(1),
};
const undo = (importId: string) => world.execute(undoList, systemActor, { importId });
const code = (end: string) => `04603.01.${end}`;

/** Brings a list in, takes it back, and brings the same file in again. */
const thereAndBack = async (
  list: List,
  answers: Parameters<typeof answer>[2] = {},
  late: Parameters<typeof answer>[2] = {},
) => {
  const before = await fingerprint(world);
  const go = async () => {
    const { importId } = await check(world, list);
    await answer(world, importId, answers);
    await world.execute(commitList, systemActor, { importId });
    await answer(world, importId, late);
    return importId;
  };
  const importId = await go();
  const stood = await standing(world, '2026-01-01');
  expect(await fingerprint(world)).not.toBe(before);
  await undo(importId);
  expect(await fingerprint(world)).toBe(before);
  expect(await stateOf(world, importId)).toBe('undone');
  await go();
  expect(await standing(world, '2026-01-01')).toEqual(stood);
};

describe('undo leaves the registry exactly as it was', () => {
  it('after the first list', () => thereAndBack(first));

  it('after a second list that changes everything', async () => {
    await bringIn(world, first);
    await thereAndBack(second);
  });

  it('after a list with answers, early and late', async () => {
    await bringIn(world, first);
    await thereAndBack(second, { [code('0003')]: 'escaped' }, { [code('0004')]: 'gone', [code('0005')]: 'moved' });
  });

  it('after an older list that came in late', async () => {
    await bringIn(world, first);
    await bringIn(world, second);
    const between = {
      rows: [
        row('0001', { class: 'Hộ mới thoát nghèo', phones: ['0988111222'] }),
        row('0006'),
        row('0002', { head: 'Giàng A Páo', id: '' }),
      ],
    };
    await thereAndBack(
      { ...between, asOf: '2023-11-30' },
      { [code('0002')]: 'same', [code('0003')]: 'moved', [code('0004')]: 'escaped', [code('0005')]: 'gone' },
    );
    await thereAndBack({ ...between, rows: [row('0007')], asOf: '2021-11-30' });
  });

  it('after a corrected list of the same day', async () => {
    await bringIn(world, first);
    await thereAndBack({ ...second, asOf: first.asOf, complete: null });
    // Two weeks and a list of the same day later, a household is named again that had ended.
    const { importId } = await check(world, { asOf: '2024-11-30', rows: [row('0001')] });
    await answer(world, importId, { [code('0002')]: 'gone' });
    await world.execute(commitList, systemActor, { importId });
    await thereAndBack({ asOf: '2025-11-30', rows: [row('0002')], complete: null });
  });
});

describe('undo is refused', () => {
  it('with the lists that rest on it, the newest of which can be taken back first', async () => {
    const a = await bringIn(world, first);
    const b = await bringIn(world, { ...second, complete: null });
    await expect(undo(a)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'import.undo-later',
      params: { count: 1, lists: 'danh-sach.csv (30/11/2024)' },
    });
    await undo(b);
    await undo(a);
    expect(await standing(world, '2026-01-01')).toEqual({});
    await expect(undo(a)).rejects.toMatchObject({ kind: 'conflict', code: 'import.state' });
  });

  it('not by a later list of other households', async () => {
    const a = await bringIn(world, first);
    await bringIn(world, { asOf: '2024-11-30', rows: [row('0008')], complete: null });
    await undo(a);
    expect(Object.keys(await standing(world, '2026-01-01'))).toEqual([code('0008')]);
  });

  it('when a late answer to an older list came after it', async () => {
    await bringIn(world, first);
    const older = await bringIn(world, { ...second, asOf: '2023-11-30' });
    const newer = await bringIn(world, {
      asOf: '2024-11-30',
      rows: [row('0003', { class: 'Hộ cận nghèo' })],
      complete: null,
    });
    await answer(world, older, { [code('0003')]: 'escaped' });
    await expect(undo(newer)).rejects.toMatchObject({ code: 'import.undo-later' });
  });

  it.each([
    [
      'somebody corrected a phone it wrote',
      `update registry.contact_point set value = '+84912340011' where value = '+84912340001'`,
    ],
    [
      'somebody gave a household it wrote another village',
      `update registry.residency set village_id = gen_random_uuid() where subject_id in (select subject_id from registry.subject where code = '04603.01.0001')`,
    ],
    ['somebody removed a person it wrote', `delete from registry.person where name = 'Sùng Thị 0001'`],
  ])('when %s', async (_, statement) => {
    const importId = await bringIn(world, first);
    await world.database.pool.query(statement);
    const before = await fingerprint(world);
    await expect(undo(importId)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'import.undo-changed',
      params: { count: 1 },
    });
    expect(await fingerprint(world)).toBe(before);
  });

  it('when somebody changed a row that it had closed', async () => {
    await bringIn(world, first);
    const importId = await bringIn(world, { ...second, complete: null });
    await world.database.pool.query(
      `update registry.classification set b1 = 5 where class = 'poor' and valid_to is not null`,
    );
    await expect(undo(importId)).rejects.toMatchObject({ code: 'import.undo-changed', params: { count: 1 } });
  });
});

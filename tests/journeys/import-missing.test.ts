import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  commitList,
  countByPlace,
  decideList,
  discardList,
  listFaults,
  undoList,
} from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import {
  answer,
  bringIn,
  check,
  decisions,
  emptyRegistry,
  fingerprint,
  importVillages,
  paHu,
  type Row,
  since2025,
  standing,
  taXiLang,
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

const row = (code: string, kind = 'Hộ nghèo', village = 'Thôn Một'): Row => ({
  code,
  head: `Chủ hộ số ${code.slice(-4)}`,
  village,
  class: kind,
});
const [one, two, three, four] = ['0001', '0002', '0003', '0004'].map((end) => `04603.01.${end}`) as [
  string,
  string,
  string,
  string,
];
const missing = async (importId: string) =>
  (await decisions(world, importId)).filter(({ kind }) => kind === 'missing').map(({ code }) => code);
const commit = (importId: string) => world.execute(commitList, systemActor, { importId });
const both = ['poor', 'near_poor'] as const;
const all = ['poor', 'near_poor', 'newly_escaped'] as const;

describe('households missing from a complete list', () => {
  it('are asked about in the listed classes and the place of the list only', async () => {
    await bringIn(world, {
      asOf: '2023-11-30',
      rows: [row(one), row(two, 'Hộ cận nghèo'), row(three, 'Hộ mới thoát nghèo'), row(four, 'Không nghèo')],
    });
    await bringIn(world, { asOf: '2023-11-30', rows: [row('04606.01.0001', 'Hộ nghèo', 'Bản Cao')], placeId: paHu });
    const next = row('04603.01.0099');
    const ask = async (list: object) =>
      missing((await check(world, { asOf: '2024-11-30', rows: [next], ...list })).importId);
    expect(await ask({ complete: ['poor'] })).toEqual([one]);
    expect(await ask({ complete: both })).toEqual([one, two]);
    expect(await ask({ complete: all })).toEqual([one, two, three]);
    expect(await ask({ complete: null })).toEqual([]);
    // The day of the list decides: nobody is missing from a list of before.
    expect(await ask({ complete: all, asOf: '2022-11-30' })).toEqual([]);
  });

  it('are found by the boundaries of the day of the list', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [row('04606.01.0001', 'Hộ nghèo', 'Bản Cao')], placeId: paHu });
    const after = row('04606.01.0009', 'Hộ nghèo', 'Bản Thấp');
    const tramTau = await check(world, { asOf: '2025-11-30', rows: [after], placeId: since2025('04606') });
    expect(await missing(tramTau.importId)).toEqual(['04606.01.0001']);
    const phinhHo = await check(world, {
      asOf: '2025-11-30',
      rows: [row('04609.01.0001', 'Hộ nghèo', 'Bản Xa')],
      placeId: since2025('04609'),
    });
    expect(await missing(phinhHo.importId)).toEqual([]);
  });

  it('are not asked about when the calendar has ended their class', async () => {
    await bringIn(world, { asOf: '2022-05-30', rows: [row(one, 'Hộ mới thoát nghèo')], complete: null });
    const list = { rows: [row(two)], complete: all };
    expect(await missing((await check(world, { ...list, asOf: '2025-05-29' })).importId)).toEqual([one]);
    expect(await missing((await check(world, { ...list, asOf: '2025-05-30' })).importId)).toEqual([]);
  });

  it('become what is answered', async () => {
    const codes = [one, two, three, four];
    await bringIn(world, { asOf: '2023-11-30', rows: codes.map((code) => row(code)) });
    const { importId } = await check(world, { asOf: '2024-11-30', rows: [row('04603.01.0099')] });
    await answer(world, importId, { [one]: 'gone', [two]: 'moved', [three]: 'mistake', [four]: 'gone' });
    await answer(world, importId, { [one]: 'escaped', [four]: 'gone' });
    await commit(importId);
    const before = await standing(world, '2024-11-29');
    for (const code of codes) expect(before[code]).toMatchObject({ class: 'poor', village: 'Thôn Một' });
    const now = await standing(world, '2024-11-30');
    expect(now[one]).toMatchObject({ class: 'newly_escaped', village: 'Thôn Một' });
    expect(now[two]).toMatchObject({ class: 'poor', village: null });
    expect(now[three]).toMatchObject({ class: 'poor', village: 'Thôn Một' });
    expect(now[four]).toBeUndefined();
    expect((await standing(world, '2027-11-30'))[one]!.class).toBe('not_poor');
    // Left out by mistake: the corrected list of the same day does not ask again.
    const again = await check(world, { asOf: '2024-11-30', rows: [row('04603.01.0099')] });
    expect(await missing(again.importId)).toEqual([]);
    // Next year's does.
    const next = await check(world, { asOf: '2025-11-30', rows: [row('04603.01.0099')] });
    expect(await missing(next.importId)).toEqual([three]);
  });

  it('are no longer newly escaped where the list names those too', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [row(one)] });
    const { importId } = await check(world, { asOf: '2024-11-30', rows: [row(two)], complete: all });
    await answer(world, importId, { [one]: 'escaped' });
    await commit(importId);
    expect((await standing(world, '2024-11-30'))[one]!.class).toBe('not_poor');
  });

  it('stay as they were while nobody answers', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [row(one)] });
    await bringIn(world, { asOf: '2024-11-30', rows: [row(two)] });
    expect((await standing(world, '2024-12-01'))[one]).toMatchObject({ class: 'poor', village: 'Thôn Một' });
  });
});

describe('a household that moved to another commune', () => {
  const there = { asOf: '2024-11-30', rows: [row(one, 'Hộ nghèo', 'Bản Cao')], placeId: paHu };
  const here = { asOf: '2024-11-30', rows: [row(two)] };
  const moved = async () => {
    expect((await standing(world, '2024-11-29'))[one]!.village).toBe('Thôn Một');
    expect((await standing(world, '2024-11-30'))[one]!.village).toBe('Bản Cao');
  };
  beforeEach(async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [row(one), row(two)] });
  });

  it('is warned about in the other list while it still lives here, and not once it has left', async () => {
    const warnings = async () => {
      const { importId } = await check(world, there);
      const { rows: faults } = await world.execute(listFaults, systemActor, { importId });
      return faults.map(({ code, row: at, severity, params }) => [code, at, severity, params]);
    };
    expect(await warnings()).toEqual([['list.lives-elsewhere', 2, 'warning', { place: 'xã Tà Si Láng' }]]);
    const { importId } = await check(world, here);
    await answer(world, importId, { [one]: 'moved' });
    await commit(importId);
    expect(await warnings()).toEqual([]);
    // Nor in the list of the place where it lives.
    expect((await check(world, { asOf: '2023-11-30', rows: [row(one)] })).counts.warnings).toBe(0);
  });

  it('is not missing when the other list came in first', async () => {
    await bringIn(world, there);
    const { importId } = await check(world, here);
    expect(await missing(importId)).toEqual([]);
    await commit(importId);
    await moved();
  });

  it('lives there when the other list comes in second', async () => {
    const { importId } = await check(world, here);
    await answer(world, importId, { [one]: 'moved' });
    await commit(importId);
    expect((await standing(world, '2024-11-30'))[one]!.village).toBeNull();
    await bringIn(world, there);
    await moved();
  });

  it.each(['moved', 'escaped', 'gone'] as const)(
    'lives there although it is answered "%s" only afterwards',
    async (said) => {
      const { importId } = await check(world, here);
      await commit(importId);
      await bringIn(world, there);
      await answer(world, importId, { [one]: said });
      await moved();
      expect((await standing(world, '2024-11-30'))[one]!.class).toBe('poor');
    },
  );
});

describe('a household that was gone and comes back', () => {
  beforeEach(async () => {
    await bringIn(world, { asOf: '2022-11-30', rows: [row(one), row(two)] });
    const { importId } = await check(world, { asOf: '2023-11-30', rows: [row(two)] });
    await answer(world, importId, { [one]: 'gone' });
    await commit(importId);
  });

  it('shows as changed, and the time in between stays empty', async () => {
    const gap = '2024-06-30';
    expect((await standing(world, gap))[one]).toBeUndefined();
    const before = await fingerprint(world);
    const { importId, counts } = await check(world, { asOf: '2024-11-30', rows: [row(one), row(two)] });
    expect(counts).toMatchObject({ added: 0, changed: 1, same: 1 });
    await commit(importId);
    expect((await standing(world, '2023-11-29'))[one]).toMatchObject({ class: 'poor', village: 'Thôn Một' });
    expect((await standing(world, gap))[one]).toMatchObject({ class: null, village: null });
    expect((await standing(world, '2024-11-30'))[one]).toMatchObject({ class: 'poor', village: 'Thôn Một' });
    const count = async (on: string) =>
      (await world.execute(countByPlace, systemActor, { placeId: taXiLang, on, by: 'total' })).rows[0]!.sum;
    expect([await count('2023-11-29'), await count(gap), await count('2024-11-30')]).toEqual([2, 1, 2]);
    // Nobody asks in the complete list of a day in between where it is.
    expect(await missing((await check(world, { asOf: gap, rows: [row(two)] })).importId)).toEqual([]);
    await world.execute(undoList, systemActor, { importId });
    expect(await fingerprint(world)).toBe(before);
  });
});

describe('a late answer', () => {
  it('works like an early one, once', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [row(one), row(two), row(three)] });
    const importId = await bringIn(world, { asOf: '2024-11-30', rows: [row(four)] });
    await answer(world, importId, { [one]: 'escaped', [two]: 'moved', [three]: 'gone' });
    const now = await standing(world, '2024-11-30');
    expect([now[one]!.class, now[two]!.village, now[three]]).toEqual(['newly_escaped', null, undefined]);
    await answer(world, importId, { [one]: 'gone' });
    expect((await standing(world, '2024-11-30'))[one]!.class).toBe('newly_escaped');
    const rest = { importId, kind: 'missing', ids: null, answer: 'gone' } as const;
    expect(await world.execute(decideList, systemActor, rest)).toEqual({ answered: 0 });
  });

  it('speaks of the time until the next list that names the household', async () => {
    await bringIn(world, { asOf: '2022-11-30', rows: [row(one), row(two), row(three)] });
    const importId = await bringIn(world, { asOf: '2023-11-30', rows: [row(four)] });
    await bringIn(world, { asOf: '2024-11-30', rows: [one, two, three, four].map((code) => row(code)) });
    await answer(world, importId, { [one]: 'escaped', [two]: 'moved', [three]: 'gone' });
    const between = await standing(world, '2023-11-30');
    expect([between[one]!.class, between[two]!.village]).toEqual(['newly_escaped', null]);
    expect(between[three]).toMatchObject({ class: null, village: null });
    const now = await standing(world, '2024-11-30');
    for (const code of [one, two, three]) expect(now[code]).toMatchObject({ class: 'poor', village: 'Thôn Một' });
  });

  it('makes other checked lists stale', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [row(one), row(two)] });
    const importId = await bringIn(world, { asOf: '2024-11-30', rows: [row(two)] });
    const other = await check(world, {
      asOf: '2024-11-30',
      rows: [row('04606.01.0001', 'Hộ nghèo', 'Bản Cao')],
      placeId: paHu,
    });
    await answer(world, importId, { [one]: 'gone' });
    await expect(commit(other.importId)).rejects.toMatchObject({ code: 'import.stale' });
  });

  it('cannot be given to a list that was put aside', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [row(one)], placeId: taXiLang });
    const { importId } = await check(world, { asOf: '2024-11-30', rows: [row(two)] });
    await world.execute(discardList, systemActor, { importId });
    const answered = world.execute(decideList, systemActor, { importId, kind: 'missing', ids: null, answer: 'gone' });
    await expect(answered).rejects.toMatchObject({ kind: 'conflict' });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commitList, decideList, findHouseholds, getHousehold } from '../../src/modules/registry/index.ts';
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
  type List,
  paHu,
  type Row,
  recheck,
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

const A: Row = {
  code: '04603.01.0001',
  head: 'Giàng A Chu',
  birth: '12/03/1980',
  id: '015080000001',
  village: 'Thôn Một',
  class: 'Hộ nghèo',
  size: 3,
  phones: ['0912345678'],
  lacks: [1, 2, 3],
};
const B: Row = {
  ...A,
  code: '04603.01.0002',
  head: 'Mùa Thị Dê',
  birth: '1975',
  id: '015175000002',
  phones: ['0987654321'],
};
const code = A.code!;
const family = (list: Partial<List> = {}): List => ({
  asOf: '2023-11-30',
  rows: [A],
  members: [
    { code, name: A.head, relation: 'Chủ hộ', birth: A.birth!, id: A.id! },
    { code, name: 'Sùng Thị Mỷ', relation: 'Vợ', birth: '1982', id: '015182000003' },
    { code, name: 'Giàng A Sáng', relation: 'Con', birth: '05/06/2010', school: 'lớp 7' },
  ],
  ...list,
});

describe('a list that comes again', () => {
  it('changes nothing, and says so', async () => {
    await bringIn(world, family({ rows: [A, B] }));
    const before = await fingerprint(world);
    const { importId, counts } = await check(world, family({ rows: [A, B] }));
    expect(counts).toMatchObject({
      households: 2,
      added: 0,
      changed: 0,
      same: 2,
      missing: 0,
      duplicates: 0,
      errors: 0,
    });
    await world.execute(commitList, systemActor, { importId });
    expect(await fingerprint(world)).toBe(before);
  });

  it('changes nothing a year later either', async () => {
    await bringIn(world, family());
    const before = await fingerprint(world);
    await bringIn(world, family({ asOf: '2024-11-30' }));
    expect(await fingerprint(world)).toBe(before);
  });
});

describe('a changed list', () => {
  it('adds dated facts, and every earlier day answers as before', async () => {
    const [wife, son] = ['Sùng Thị Mỷ', 'Giàng A Sáng'];
    await bringIn(world, family());
    const rows: Row[] = [
      { ...A, head: wife, birth: '1982', id: '015182000003', village: 'Thôn Hai', class: 'Hộ cận nghèo', phones: ['0912345678', '0977000111'], lacks: [5] },
    ]; // biome-ignore format: one row
    const second = family({
      asOf: '2024-11-30',
      rows,
      members: [
        { code, name: wife, relation: 'Chủ hộ', birth: '1982', id: '015182000003' },
        { code, name: son, relation: 'Con', birth: '05/06/2010', school: 'lớp 8' },
      ],
    });
    const { importId, counts } = await check(world, second);
    expect(counts).toMatchObject({ added: 0, changed: 1, same: 0 });
    await world.execute(commitList, systemActor, { importId });
    // The father comes back, the phones are others.
    await bringIn(world, family({ asOf: '2025-11-30', rows: [{ ...A, phones: ['0977000111'] }], placeId: taXiLang }));

    const first = { code, village: 'Thôn Một', class: 'poor', head: A.head, members: 3, mobiles: 1, lacks: [1, 2, 3] };
    expect(await standing(world, '2023-11-29')).toEqual({});
    expect((await standing(world, '2023-11-30'))[code]).toEqual(first);
    expect((await standing(world, '2024-11-29'))[code]).toEqual(first);
    for (const day of ['2024-11-30', '2025-11-29'])
      expect((await standing(world, day))[code]).toEqual({
        ...{ code, village: 'Thôn Hai', class: 'near_poor', head: wife, members: 2, mobiles: 2, lacks: [5] },
      });
    expect((await standing(world, '2025-11-30'))[code]).toEqual(first);
    const { rows: found } = await world.execute(findHouseholds, systemActor, { text: 'giang a chu' });
    expect(found).toHaveLength(1);
    const facts = await world.execute(getHousehold, systemActor, { subjectId: found[0]!.subjectId });
    expect(facts.classification.map((fact) => [fact.class, fact.validFrom, fact.validTo, fact.asOf])).toEqual([
      ['poor', '2025-11-30', null, '2025-11-30'],
      ['near_poor', '2024-11-30', '2025-11-30', '2024-11-30'],
      ['poor', '2023-11-30', '2024-11-30', '2023-11-30'],
    ]);
    expect(facts.people.map(({ name, isHead, validTo }) => [name, isHead, validTo])).toEqual([
      [A.head, true, null],
      [wife, false, null],
      [son, false, null],
    ]);
  });

  it('tells a change of people or phones alone', async () => {
    await bringIn(world, family());
    const fewer = family({ asOf: '2024-11-30', members: family().members!.slice(0, 2) });
    expect((await check(world, fewer)).counts).toMatchObject({ changed: 1, same: 0 });
    const other = family({ asOf: '2024-11-30', rows: [{ ...A, phones: ['0977000111'] }] });
    expect((await check(world, other)).counts).toMatchObject({ changed: 1, same: 0 });
  });

  it('keeps what it leaves out, also the day of a birth of which it knows the year', async () => {
    await bringIn(world, family());
    const { lacks: _, phones: __, ...silent } = A;
    await bringIn(world, { asOf: '2024-11-30', rows: [{ ...silent, birth: '1980' }] });
    expect((await standing(world, '2025-01-01'))[code]).toMatchObject({ lacks: [1, 2, 3], mobiles: 1, members: 3 });
    const { rows } = await world.execute(findHouseholds, systemActor, { text: code });
    const { people } = await world.execute(getHousehold, systemActor, { subjectId: rows[0]!.subjectId });
    expect(people[0]).toMatchObject({ name: A.head, born: '1980-03-12', bornPrecision: 'day' });
  });
});

describe('finding a household again', () => {
  it('by its code, whoever of its people is the head', async () => {
    await bringIn(
      world,
      family({ members: [...family().members!, { code, name: 'Giàng A Sình', relation: 'Con', birth: '1999' }] }),
    );
    const { importId, counts } = await check(world, {
      asOf: '2024-11-30',
      rows: [{ ...A, head: 'Giàng A Sình', birth: '1999', id: '' }],
    });
    expect(counts).toMatchObject({ added: 0, changed: 1, duplicates: 0, missing: 0 });
    await world.execute(commitList, systemActor, { importId });
    expect((await standing(world, '2024-11-30'))[code]!.head).toBe('Giàng A Sình');
    expect((await standing(world, '2024-11-29'))[code]!.head).toBe(A.head);
  });

  it("by the head's identity number when the code has changed, and then under the new code too", async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [A, B] });
    const renamed = { ...A, code: '04603.09.0009', head: 'Giàng A Chư' };
    const { importId, counts } = await check(world, { asOf: '2024-11-30', rows: [renamed, B] });
    expect(counts).toMatchObject({ added: 0, changed: 1, same: 1, missing: 0 });
    await world.execute(commitList, systemActor, { importId });
    expect((await check(world, { asOf: '2025-11-30', rows: [{ ...renamed, id: '' }, B] })).counts).toMatchObject({
      added: 0,
    });
    expect((await world.execute(findHouseholds, systemActor, { text: '04603.09.0009' })).total).toBe(1);
  });

  it('by a short code in the commune that gave it only', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [{ ...A, code: '12', id: '' }] });
    const there = { ...B, code: '12', village: 'Bản Cao', id: '' };
    await bringIn(world, { asOf: '2023-11-30', rows: [there], placeId: paHu });
    expect(Object.keys(await standing(world, '2024-01-01'))).toHaveLength(1);
    expect((await world.execute(findHouseholds, systemActor, { text: '12' })).total).toBe(2);
    const again = await check(world, {
      asOf: '2024-11-30',
      rows: [{ ...A, code: '12', id: '', class: 'Hộ cận nghèo' }],
    });
    expect(again.counts).toMatchObject({ added: 0, changed: 1 });
  });

  it('not when a son founds a household of his own', async () => {
    await bringIn(
      world,
      family({
        members: [
          ...family().members!,
          { code, name: 'Giàng A Páo', relation: 'Con', birth: '2001', id: '015201000004' },
        ],
      }),
    );
    const son: Row = {
      ...A,
      code: '04603.01.0003',
      head: 'Giàng A Páo',
      birth: '2001',
      id: '015201000004',
      phones: [],
    };
    const { importId, counts } = await check(world, family({ asOf: '2024-11-30', rows: [A, son] }));
    expect(counts).toMatchObject({ added: 1, changed: 1, duplicates: 0 });
    await world.execute(commitList, systemActor, { importId });
    const now = await standing(world, '2024-12-01');
    expect(now[code]).toMatchObject({ head: A.head, members: 3 });
    expect(now[son.code!]).toMatchObject({ head: 'Giàng A Páo', members: 1 });
    expect((await standing(world, '2024-11-29'))[code]!.members).toBe(4);
  });

  it('by name, year of birth and village is a question, never an answer', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [{ ...A, id: '' }] });
    const alike = { asOf: '2024-11-30', rows: [{ ...A, code: '04603.01.0007', birth: '1980' }], complete: null };
    const { importId, counts } = await check(world, alike);
    expect(counts).toMatchObject({ added: 1, duplicates: 1 });
    await expect(world.execute(commitList, systemActor, { importId })).rejects.toMatchObject({
      code: 'import.open-duplicates',
    });
    await answer(world, importId, { [code]: 'same' });
    await answer(world, importId, { [code]: 'different' });
    await world.execute(commitList, systemActor, { importId });
    expect(Object.keys(await standing(world, '2024-12-01'))).toEqual([code, '04603.01.0007']);
    // Answered once for these two households; a third of another year of birth is not asked about.
    const third = await check(world, { ...alike, rows: [{ ...A, code: '04603.01.0008', birth: '1981', id: '' }] });
    expect(third.counts.duplicates).toBe(0);
  });

  it('joins what the officer calls the same, under both codes', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [{ ...A, id: '' }] });
    const { importId } = await check(world, {
      asOf: '2024-11-30',
      rows: [{ ...A, code: '04603.01.0007', class: 'Hộ cận nghèo' }],
    });
    const asked = await decisions(world, importId);
    expect(asked.map(({ kind }) => kind)).toEqual(['duplicate', 'missing']);
    const say = (at: number, said: 'same' | 'gone') =>
      world.execute(decideList, systemActor, {
        importId,
        kind: asked[at]!.kind,
        ids: [asked[at]!.decisionId],
        answer: said,
      });
    await say(0, 'same');
    // Found under another code, it is not missing any more, whatever was answered to that.
    await say(1, 'gone');
    await world.execute(commitList, systemActor, { importId });
    const now = await standing(world, '2024-12-01');
    expect(Object.keys(now)).toEqual([code]);
    expect(now[code]!.class).toBe('near_poor');
  });

  it('refuses two rows for one household', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [A] });
    await bringIn(world, { asOf: '2024-11-30', rows: [{ ...A, code: '04603.01.0099' }] });
    // Both codes are of the same household.
    const both = await check(world, { asOf: '2025-11-30', rows: [A, { ...A, code: '04603.01.0099', id: '' }] });
    await expect(world.execute(commitList, systemActor, { importId: both.importId })).rejects.toMatchObject({
      code: 'import.clashes',
    });
  });

  it('asks nobody twice when a list is checked again', async () => {
    await bringIn(world, { asOf: '2023-11-30', rows: [{ ...A, id: '' }, B] });
    const { importId } = await check(world, { asOf: '2024-11-30', rows: [{ ...A, code: '04603.01.0007' }] });
    await answer(world, importId, { [B.code!]: 'gone' });
    await bringIn(world, {
      asOf: '2024-11-30',
      rows: [{ ...B, code: '04606.01.0001', head: 'Lò Văn Pó', id: '', village: 'Bản Cao' }],
      placeId: paHu,
    });
    await expect(world.execute(commitList, systemActor, { importId })).rejects.toMatchObject({ code: 'import.stale' });
    await recheck(world, importId);
    expect((await decisions(world, importId)).find((row) => row.code === B.code)?.answer).toBe('gone');
  });
});

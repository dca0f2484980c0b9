import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  addOfficer,
  getHousehold,
  listRefusals,
  refuseContact,
  refusedAmong,
  undoList,
} from '../../src/modules/registry/index.ts';
import { type Actor, read, systemActor } from '../../src/platform/command.ts';
import { actorOf, addLine, addMessage, subjectOf, villageOf } from '../support/evidence.ts';
import { bringIn, paHu, taXiLang } from '../support/lists.ts';
import { byNetwork, ownList, phones, type RefusalWorld, refusalWorld, tramTau } from '../support/refusals.ts';
import type { World } from '../support/world.ts';

const TODAY = '2026-06-15';
const everybody = ['H01', 'H02', 'H03', 'P01', 'P02'];

let known: RefusalWorld;
let world: World;
let importId: string;
beforeAll(async () => {
  known = await refusalWorld();
  ({ world } = known);
});
afterAll(() => world.close());
beforeEach(async () => {
  importId = await known.begin();
});

const refuse: RefusalWorld['refuse'] = (...asked) => known.refuse(...asked);
const lift: RefusalWorld['lift'] = (...asked) => known.lift(...asked);
const refusedOf = async (code: string, actor: Actor = systemActor) =>
  (await world.execute(getHousehold, actor, { subjectId: await subjectOf(world, code) })).contacts
    .filter(({ refusal }) => refusal)
    .map(({ value, refusal }) => [value, refusal!.since, refusal!.how]);
const failure = (promise: Promise<unknown>) => promise.catch(({ kind, code }) => ({ kind, code }));

describe('a refusal belongs to the number', () => {
  it('in every household that has it, in whatever commune, from the day on', async () => {
    expect(await known.contactable(TODAY)).toEqual(everybody);
    const done = await refuse('0545.000.001', { how: 'in-person', note: ' không  muốn nhận tin ' });
    expect(done).toMatchObject({ fresh: true, since: TODAY, phone: phones.shared });
    expect([...done.subjectIds].sort()).toEqual([await subjectOf(world, 'H01'), await subjectOf(world, 'H02')].sort());
    for (const [code, actor] of [
      ['H01', known.here],
      ['H02', known.here],
      ['P01', known.there],
    ] as const)
      expect(await refusedOf(code, actor), code).toEqual([[phones.shared, TODAY, 'in-person']]);
    // H02 has another number.
    expect(await known.contactable(TODAY)).toEqual(['H02', 'H03', 'P02']);
    expect(await known.contactable('2026-06-14')).toEqual(everybody);
    expect(await known.rows()).toEqual([
      { value: phones.shared, from: TODAY, to: null, how: 'in-person', note: 'không muốn nhận tin' },
    ]);
  });

  it('whoever asks about whom it means is told within the same transaction, at all its places', async () => {
    const messageId = await addMessage(world);
    const rule = { subject: 'household', where: { contactable: true } };
    const lines = [
      await addLine(world, { messageId, rule }),
      await addLine(world, { messageId, rule, placeIds: [tramTau] }),
    ];
    await refuse(phones.shared);
    const { rows } = await world.database.pool.query(
      'select array_agg(distinct place_id) as places from coverage.dirty where line_id = any($1::uuid[])',
      [lines],
    );
    const places = [
      await villageOf(world, 'Thôn Một'),
      await villageOf(world, 'Thôn Hai'),
      await villageOf(world, 'Bản Cao', paHu),
    ];
    expect([...rows[0].places].sort()).toEqual(places.sort());
    expect(world.queued.map(({ name }) => name)).toContain('coverage.recompute');
    await world.database.pool.query('truncate coverage.dirty');
    await refuse(phones.shared);
    expect((await world.database.pool.query('select 1 from coverage.dirty')).rowCount).toBe(0);
    await lift(phones.shared);
    expect((await world.database.pool.query('select distinct place_id from coverage.dirty')).rowCount).toBe(3);
    await world.database.pool.query('truncate plans.plan cascade');
  });

  it('also where it comes with a list, or an officer, later', async () => {
    await refuse('+84 545 000 006');
    const rows = [{ ...ownList.rows[0]!, code: 'H09', head: 'Mùa A Mới', phones: ['0545000006'] }];
    await bringIn(world, { rows, asOf: '2026-05-30', complete: null });
    expect(await refusedOf('H09')).toEqual([['+84545000006', TODAY, 'phone']]);
    expect(await known.contactable(TODAY)).not.toContain('H09');
    const post = { body: 'UBND', post: 'Công chức', placeId: taXiLang };
    await world.execute(addOfficer, known.here, { ...post, name: 'Cư A Việc', phones: '0545000006' });
    const { rows: listed } = await world.execute(listRefusals, known.here, {});
    expect(listed[0]!.subjects.map(({ name, kind }) => `${kind} ${name}`).sort()).toEqual([
      'household Mùa A Mới',
      'officer Cư A Việc',
    ]);
  });

  it('does not keep a list from being taken back, and outlives that', async () => {
    await refuse(phones.own);
    await world.execute(undoList, systemActor, { importId });
    expect(await known.contactable(TODAY)).toEqual(['P01', 'P02']);
    expect(await known.rows()).toHaveLength(1);
    await bringIn(world, ownList);
    expect(await refusedOf('H03')).toEqual([[phones.own, TODAY, 'phone']]);
    expect(await known.contactable(TODAY)).toEqual(['H01', 'H02', 'P01', 'P02']);
  });

  it('is noted once: the second time it is said since when, and nothing is written', async () => {
    await refuse(phones.shared, { note: 'lần một' });
    known.setDay('2026-06-20');
    const again = await refuse(phones.shared, { actor: known.there, how: 'agent', note: 'lần hai' });
    expect(again).toMatchObject({ fresh: false, since: TODAY });
    expect(await known.rows()).toMatchObject([{ how: 'phone', note: 'lần một' }]);
    const both = await Promise.all([refuse(phones.own), refuse(phones.own, { actor: known.there })]);
    expect(both.map(({ fresh }) => fresh).sort()).toEqual([false, true]);
    expect(await known.rows()).toHaveLength(2);
  });

  it('is refused with a reason where it says nothing', async () => {
    const fault = (phone: string, how = 'phone') =>
      world.execute(refuseContact, known.here, { phone, how: how as 'phone' }).catch(({ fields }) => fields);
    expect(await fault('12 34')).toEqual([{ path: 'phone', code: 'refusal.phone' }]);
    expect(await fault('')).toEqual([{ path: 'phone', code: 'refusal.phone' }]);
    expect(await fault('0545000001, 0545000002')).toEqual([{ path: 'phone', code: 'refusal.phone-several' }]);
    expect(await fault('0545000001', 'hét')).toEqual([{ path: 'how', code: 'refusal.how' }]);
    expect(await known.rows()).toEqual([]);
  });
});

describe('who may note it', () => {
  it('an officer of any number, and cannot tell one of nobody from one of another commune', async () => {
    const said = ({ fresh, since, subjectIds }: Awaited<ReturnType<typeof refuse>>) => ({ fresh, since, subjectIds });
    const answers = [said(await refuse(phones.nobody)), said(await refuse(phones.elsewhere))];
    expect(answers[0]).toEqual({ fresh: true, since: TODAY, subjectIds: [] });
    expect(answers[1]).toEqual(answers[0]);
    expect(await refusedOf('P02')).toHaveLength(1);
    expect([said(await refuse(phones.nobody)), said(await refuse(phones.elsewhere))]).toEqual([
      { fresh: false, since: TODAY, subjectIds: [] },
      { fresh: false, since: TODAY, subjectIds: [] },
    ]);
    const { rows } = await world.execute(listRefusals, known.here, {});
    expect(rows.map(({ value, subjects }) => [value, subjects])).toEqual([
      [phones.elsewhere, []],
      [phones.nobody, []],
    ]);
  });

  it('a leader and an agent of numbers in their own areas only, an agent of households alone', async () => {
    const post = { body: 'UBND', post: 'Công chức', placeId: await villageOf(world, 'Thôn Một') };
    await world.execute(addOfficer, systemActor, { ...post, name: 'Cư A Việc', phones: phones.officer });
    const leader = actorOf('leader', taXiLang);
    const agent = actorOf('agent', await villageOf(world, 'Thôn Một'));
    const none = { kind: 'invalid', code: 'refusal.not-here' };
    for (const phone of [phones.nobody, phones.elsewhere]) {
      expect(await failure(refuse(phone, { actor: leader }))).toEqual(none);
      expect(await failure(refuse(phone, { actor: agent }))).toEqual(none);
    }
    // Of Thôn Hai, and of an officer in their own village.
    for (const phone of [phones.own, phones.officer])
      expect(await failure(refuse(phone, { actor: agent }))).toEqual(none);
    // Whether it is refused already is no business of theirs either.
    await refuse(phones.elsewhere, { actor: known.there });
    expect(await failure(refuse(phones.elsewhere, { actor: agent }))).toEqual(none);
    expect(await refuse(phones.shared, { actor: agent, how: 'agent' })).toMatchObject({ fresh: true });
    expect(await refuse(phones.officer, { actor: leader })).toMatchObject({ fresh: true });
    for (const role of ['editor', 'admin'] as const)
      await expect(refuse(phones.own, { actor: actorOf(role, taXiLang) })).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('a household that moved to another commune is not theirs any more', async () => {
    const move = `update registry.residency set village_id = $1 where subject_id = $2`;
    await world.database.pool.query(move, [await villageOf(world, 'Bản Cao', paHu), await subjectOf(world, 'H03')]);
    const agent = actorOf('agent', await villageOf(world, 'Thôn Hai'));
    // H02 in Thôn Hai has the number too; taken from it, nobody there has it.
    expect(await refuse(phones.own, { actor: agent })).toMatchObject({ subjectIds: [await subjectOf(world, 'H02')] });
    await lift(phones.own);
    await world.database.pool.query(`delete from registry.contact_point where subject_id = $1`, [
      await subjectOf(world, 'H02'),
    ]);
    expect(await failure(refuse(phones.own, { actor: agent }))).toMatchObject({ code: 'refusal.not-here' });
  });
});

describe('lifting a refusal', () => {
  it('ends it on the day; what was before stays', async () => {
    await refuse(phones.shared);
    known.setDay('2026-06-20');
    await expect(lift(phones.shared, known.here, ' ')).rejects.toMatchObject({
      fields: [{ path: 'note', code: 'refusal.note' }],
    });
    await lift('0545 000 001', actorOf('leader', tramTau));
    expect(await refusedOf('P01')).toEqual([]);
    expect(await known.rows()).toMatchObject([{ from: TODAY, to: '2026-06-20' }]);
    const days = ['2026-06-14', TODAY, '2026-06-19', '2026-06-20'];
    const counted = await Promise.all(days.map((day) => known.contactable(day)));
    const fewer = ['H02', 'H03', 'P02'];
    expect(counted).toEqual([everybody, fewer, fewer, everybody]);
    expect(await refuse(phones.shared)).toMatchObject({ fresh: true, since: '2026-06-20' });
    expect(await known.contactable('2026-06-20')).toEqual(fewer);
    await lift(phones.shared);
    expect(await known.contactable('2026-06-20')).toEqual(everybody);
    expect(await known.rows()).toHaveLength(2);
  });

  it('is for officers and leaders; of a number elsewhere the answer is that of one that nobody refused', async () => {
    const none = { kind: 'not-found', code: 'refusal' };
    const leader = actorOf('leader', taXiLang);
    for (const actor of [known.here, leader]) {
      await refuse(phones.elsewhere, { actor: known.there });
      expect(await failure(lift(phones.elsewhere, actor))).toEqual(none);
      expect(await failure(lift(phones.nobody, actor))).toEqual(none);
      expect(await failure(lift(phones.own, actor))).toEqual(none);
    }
    await refuse(phones.shared);
    const agent = actorOf('agent', taXiLang);
    await expect(lift(phones.shared, agent)).rejects.toMatchObject({ kind: 'forbidden' });
    // A slip of the finger can be mended by who made it, and by nobody else of the commune.
    await refuse(phones.nobody);
    expect(await failure(lift(phones.nobody, actorOf('officer', taXiLang)))).toEqual(none);
    await lift(phones.nobody);
    expect(await known.rows()).toContainEqual(expect.objectContaining({ value: phones.nobody, to: TODAY }));
  });
});

describe('the list of refused numbers', () => {
  it('holds those of the own areas, newest first, a page at a time; lifted ones when asked', async () => {
    await refuse(phones.elsewhere, { actor: known.there });
    for (const [day, phone] of [
      ['2026-06-16', phones.own],
      ['2026-06-17', phones.shared],
    ] as const) {
      known.setDay(day);
      await refuse(phone, { note: `nói ngày ${day}` });
    }
    const listed = async (actor: Actor, more: object = {}) => {
      const { rows, total } = await world.execute(listRefusals, actor, more);
      return [total, rows.map(({ value, subjects }) => [value, ...subjects.map(({ name }) => name)])];
    };
    const [own, shared] = [
      [phones.own, 'Giàng A H02', 'Giàng A H03'],
      [phones.shared, 'Giàng A H01', 'Giàng A H02'],
    ];
    expect(await listed(known.here)).toEqual([2, [shared, own]]);
    expect(await listed(known.here, { limit: 1, offset: 1 })).toEqual([2, [own]]);
    expect(await listed(known.there)).toEqual([
      2,
      [
        [phones.shared, 'Giàng A P01'],
        [phones.elsewhere, 'Giàng A P02'],
      ],
    ]);
    expect(await listed(actorOf('agent', await villageOf(world, 'Thôn Một')))).toEqual([
      1,
      [[phones.shared, 'Giàng A H01']],
    ]);
    expect((await listed(systemActor))[0]).toBe(3);
    await lift(phones.shared, known.there);
    expect(await listed(known.here)).toEqual([1, [own]]);
    expect(await listed(known.here, { lifted: true })).toEqual([2, [shared, own]]);
    const { rows } = await world.execute(listRefusals, known.there, { lifted: true });
    expect(rows[0]).toMatchObject({
      ...{ since: '2026-06-17', until: '2026-06-17', note: 'nói ngày 2026-06-17', recordedByName: 'Cán bộ Tà Xi Láng' },
      ...{ liftedByName: 'Cán bộ Trạm Tấu', liftNote: 'chủ hộ gọi điện đề nghị' },
    });
    const mine = rows.find(({ value }) => value === phones.elsewhere)!;
    expect(await listed(known.here, { refusalId: mine.refusalId })).toEqual([0, []]);
    expect(await listed(known.there, { refusalId: mine.refusalId })).toEqual([1, [[phones.elsewhere, 'Giàng A P02']]]);
    await expect(world.execute(listRefusals, actorOf('editor', taXiLang), {})).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});

describe('who sends', () => {
  const among = (values: readonly string[], at: string) =>
    world.execute(
      read({
        ...{ name: 'test.among', input: z.object({}), allow: 'system', area: 'none' },
        run: ({ tx }) => refusedAmong(tx, values, new Date(at)),
      }),
      systemActor,
      {},
    );

  it('notes replies of any number, each once, and asks which numbers are refused', async () => {
    const reply = (value: string, note = 'TU CHOI') => ({ value, how: 'reply' as const, note });
    await refuse(phones.own);
    expect(
      await byNetwork(world, [reply(phones.shared), reply(phones.own), reply(phones.nobody), reply(phones.shared)]),
    ).toBe(2);
    expect(await byNetwork(world, [])).toBe(0);
    const all = Object.values(phones);
    expect(await among(all, '2026-06-15T02:00:00Z')).toEqual(new Set([phones.shared, phones.own, phones.nobody]));
    // The day before ended at 17:00 UTC.
    expect((await among(all, '2026-06-14T16:59:59Z')).size).toBe(0);
    expect((await among(all, '2026-06-14T17:00:00Z')).size).toBe(3);
    expect(await among([], '2026-06-15T02:00:00Z')).toEqual(new Set());
    await lift(phones.shared);
    expect(await among(all, '2026-06-15T03:00:00Z')).toEqual(new Set([phones.own, phones.nobody]));
    expect((await known.rows()).filter(({ value }) => value === phones.shared)).toEqual([
      { value: phones.shared, from: TODAY, to: TODAY, how: 'reply', note: 'TU CHOI' },
    ]);
  });
});

it('the audit holds ids, never the number or what was said', async () => {
  const { refusalId } = await refuse(phones.shared, { note: 'bực mình' });
  await world.execute(listRefusals, known.here, {});
  await lift(phones.shared);
  const { rows } = await world.database.pool.query(
    `select name, refs from platform.audit where name like 'registry.%refus%' order by audit_id desc limit 3`,
  );
  const subjectIds = [await subjectOf(world, 'H01'), await subjectOf(world, 'H02')].sort();
  expect(rows.reverse()).toEqual([
    { name: 'registry.refuse-contact', refs: { refusalId, how: 'phone', fresh: true, subjectIds } },
    { name: 'registry.list-refusals', refs: { numbers: 1 } },
    { name: 'registry.lift-refusal', refs: { refusalId, subjectIds } },
  ]);
  const all = await world.database.pool.query('select string_agg(refs::text, chr(10)) as refs from platform.audit');
  for (const word of ['545000', 'bực', 'đề nghị']) expect(all.rows[0].refs).not.toContain(word);
});

it('a number that contact points refused before is refused everywhere', async () => {
  const { pool } = world.database;
  const text = await readFile(new URL('../../migrations/0011_opt_out.sql', import.meta.url), 'utf8');
  await pool.query('update registry.contact_point set do_not_contact = true where value = $1', [phones.own]);
  await pool.query(text.slice(text.indexOf('insert into registry.opt_out')));
  expect(await known.rows()).toEqual([{ value: phones.own, from: '2025-11-30', to: null, how: 'list', note: '' }]);
  expect(await known.contactable('2025-12-01')).toEqual(['H01', 'H02', 'P01', 'P02']);
  // The old mark stays behind when the refusal is lifted, and says nothing any more.
  await lift(phones.own);
  expect(await known.contactable(TODAY)).toEqual(everybody);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getActivity } from '../../src/modules/plans/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import {
  cancelVisit,
  createVisits,
  getVisit,
  listVisits,
  recordVisit,
  recordVisitList,
} from '../../src/modules/visits/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { actorOf, addLine, addMessage, subjectOf, villageOf } from '../support/evidence.ts';
import { addPerson, know, ledgerOf, send } from '../support/follow-up.ts';
import { bringIn, importVillages, paHu, taXiLang } from '../support/lists.ts';
import { openWork, untilWaiting } from '../support/waiting.ts';
import { createWorld, type World } from '../support/world.ts';

const TODAY = '2026-06-15';
let world: World;
let [line, second, silent] = ['', '', ''];
let [one, two] = ['', ''];
let officer: Actor;
let agent: Actor & { userId: string };
const ids = new Map<string, string>();
const id = (code: string): string => ids.get(code)!;

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const codes = Array.from({ length: 14 }, (_, at) => `TX-${String(at + 1).padStart(2, '0')}`);
  await bringIn(world, {
    asOf: '2025-11-30',
    rows: codes.map((code, at) => ({
      code,
      head: `Giàng A ${String.fromCharCode(65 + at)}`,
      village: at < 10 ? 'Thôn Một' : 'Thôn Hai',
      class: 'Hộ nghèo',
    })),
  });
  for (const code of codes) ids.set(code, await know(world, code, ['hmn', 'vi'], { reads: ['vi'] }));
  [one, two] = [await villageOf(world, 'Thôn Một'), await villageOf(world, 'Thôn Hai')];
  const messageId = await addMessage(world, { code: 'the-bhyt' });
  line = await addLine(world, { messageId, code: 'kh-2026' });
  second = await addLine(world, { messageId: await addMessage(world, { code: 'vay-von' }) });
  silent = await addLine(world, { messageId: await addMessage(world, { code: 'khong-hoi', questions: [] }) });
  officer = actorOf('officer', taXiLang, 'Cán bộ xã');
  agent = await addPerson(world, 'agent', one, 'Vàng Thị Tuyên');
});
afterAll(() => world.close());

const toOne = (code: string, lineIds = [line]) =>
  send(world, { subjectIds: [id(code)], lineIds, agentName: 'Trưởng thôn', dueOn: TODAY, note: '' }).then(([v]) => v!);

const stateOf = async (visitId: string) => (await world.execute(getVisit, systemActor, { visitId })).state;

const told = (more: object = {}) => ({ lineId: line, language: 'hmn' as const, readAloud: true, ...more });

describe('sending somebody', () => {
  it('makes one visit a household; an open one gets the lines, and who goes there is whom was said last', async () => {
    const [first, other] = await send(world, {
      subjectIds: [id('TX-01'), id('TX-02'), id('TX-01')],
      lineIds: [line],
      agentName: 'Trưởng thôn',
      dueOn: TODAY,
      note: 'đi buổi tối',
    });
    const [again] = await send(world, {
      subjectIds: [id('TX-01')],
      lineIds: [second, line],
      agentId: agent.userId,
      agentName: '',
      dueOn: '2026-06-20',
      note: '',
    });
    expect(again).toBe(first);
    const visit = await world.execute(getVisit, systemActor, { visitId: first! });
    expect(visit).toMatchObject({ lineIds: [line, second], agentName: 'Vàng Thị Tuyên', dueOn: '2026-06-20' });
    expect((await world.execute(getVisit, systemActor, { visitId: other! })).lineIds).toEqual([line]);
    // What has ended is not taken up again.
    await world.execute(cancelVisit, officer, { visitId: first!, reason: 'giao nhầm' });
    expect(await toOne('TX-01')).not.toBe(first);
  });

  it('sent to by two at once, it stays one visit for the lines of both', async () => {
    const sending = { subjectIds: [id('TX-13')], agentName: 'Trưởng thôn', dueOn: TODAY, note: '' };
    const first = await openWork(world, (ctx) => createVisits(ctx, { ...sending, lineIds: [line] }));
    const other = send(world, { ...sending, lineIds: [second], agentName: 'Cô giáo' });
    await untilWaiting(world, other);
    await first.end();
    const [visitId] = await other;
    const visit = await world.execute(getVisit, systemActor, { visitId: visitId! });
    expect(visit).toMatchObject({ lineIds: [line, second], agentName: 'Cô giáo', state: 'open' });
    expect((await world.execute(listVisits, officer, { subjectId: id('TX-13'), states: ['open'] })).total).toBe(1);
    await world.execute(cancelVisit, officer, { visitId: visitId!, reason: 'giao nhầm' });
  });

  it('refuses who may not go there, a day that has passed, nobody at all, a plan not in force, a household unknown', async () => {
    const sending = { subjectIds: [id('TX-12')], lineIds: [line], agentName: 'Ai đó', dueOn: TODAY, note: '' };
    const refuses = (more: object, code: string) =>
      expect(send(world, { ...sending, ...more })).rejects.toMatchObject({ code });
    await refuses({ agentId: agent.userId }, 'visit.agent-area');
    await refuses({ dueOn: '2026-06-14' }, 'visit.due-past');
    await refuses({ agentName: ' ' }, 'visit.no-agent');
    await refuses({ subjectIds: [line] }, 'household');
    const closed = await addLine(world, { messageId: await addMessage(world), state: 'closed' });
    await refuses({ lineIds: [closed] }, 'visit.plan');
    expect((await world.execute(listVisits, systemActor, { subjectId: id('TX-12') })).total).toBe(0);
  });
});

describe('recording a visit', () => {
  it('writes what was told of each line, as strongly as it was', async () => {
    const visitId = await toOne('TX-03', [line, second]);
    const { activityIds } = await world.execute(recordVisit, agent, {
      visitId,
      outcome: 'met',
      proof: 'second-person',
      results: [told({ right: true }), { lineId: second, language: 'vi', readAloud: true, right: false }],
    });
    expect(activityIds).toHaveLength(2);
    expect(await ledgerOf(world, id('TX-03'))).toEqual([
      { stage: 4, channel: 'visit', language: 'hmn', proof: 'second-person', on: TODAY },
      { stage: 3, channel: 'visit', language: 'vi', proof: 'second-person', on: TODAY },
    ]);
    expect(await stateOf(visitId)).toBe('done');
    await expect(world.execute(recordVisit, agent, { visitId, outcome: 'not-met' })).rejects.toMatchObject({
      code: 'visit.closed',
    });
  });

  it('judges the answer given by the approved question', async () => {
    const { rows } = await world.database.pool.query(
      `select form_id from content.form f join content.message m using (message_id) where m.code = 'the-bhyt' and language = 'hmn'`,
    );
    const formId = rows[0].form_id;
    for (const [code, chosen, stage] of [
      ['TX-04', 1, 4],
      ['TX-05', 2, 3],
    ] as const) {
      const visitId = await toOne(code);
      await world.execute(recordVisit, agent, {
        visitId,
        outcome: 'met',
        results: [told({ answer: { formId, chosen } })],
      });
      expect((await ledgerOf(world, id(code)))[0]).toMatchObject({ stage });
    }
    const visitId = await toOne('TX-06', [silent]);
    const answered = { lineId: silent, language: 'vi' as const, readAloud: true };
    const record = (more: object) =>
      world.execute(recordVisit, agent, { visitId, outcome: 'met', results: [{ ...answered, ...more }] });
    await expect(record({ answer: { formId, chosen: 1 } })).rejects.toMatchObject({ code: 'visit.no-answer' });
    await expect(record({ right: true })).rejects.toMatchObject({ code: 'visit.no-question' });
    await record({ acted: true });
    expect((await ledgerOf(world, id('TX-06')))[0]).toMatchObject({ stage: 5 });
  });

  it('keeps what was noted at the door with the visit, out of the activity', async () => {
    const visitId = await toOne('TX-03');
    const note = 'vợ đang ốm, chồng đi vắng';
    const { activityIds } = await world.execute(recordVisit, agent, {
      visitId,
      outcome: 'met',
      note,
      results: [told()],
    });
    expect((await world.execute(getVisit, agent, { visitId })).outcomeNote).toBe(note);
    expect((await world.execute(getActivity, officer, { activityId: activityIds[0]! })).note).toBe('');
  });

  it('writes no evidence where nobody was met or the household refused', async () => {
    for (const [code, outcome, note] of [
      ['TX-07', 'not-met', ''],
      ['TX-08', 'refused', 'đang bận mùa'],
    ] as const) {
      const visitId = await toOne(code);
      await world.execute(recordVisit, agent, { visitId, outcome, note, results: [told()] });
      expect(await ledgerOf(world, id(code))).toEqual([]);
      expect(await stateOf(visitId)).toBe(outcome);
    }
  });

  it('refuses what cannot be so, and leaves the visit open', async () => {
    const visitId = await toOne('TX-09');
    const refuses = (more: object, code: string) =>
      expect(
        world.execute(recordVisit, agent, { visitId, outcome: 'met', results: [told()], ...more }),
      ).rejects.toMatchObject({ code });
    await refuses({ happenedOn: '2026-06-16' }, 'visit.day-ahead');
    await refuses({ happenedOn: '2024-06-01' }, 'visit.not-there');
    await refuses({ happenedOn: '2025-12-31' }, 'activity.before-plan');
    await refuses({ results: [told({ readAloud: false, right: false })] }, 'visit.nothing-told');
    await refuses({ results: [] }, 'visit.nothing-told');
    await refuses({ results: [told({ lineId: second })] }, 'visit.other-line');
    await refuses({ outcome: 'refused', note: '  ' }, 'visit.note-missing');
    await refuses({ results: [told({ language: 'xx' })] }, 'input');
    expect(await stateOf(visitId)).toBe('open');
    expect(await ledgerOf(world, id('TX-09'))).toEqual([]);
  });
});

describe('who may', () => {
  it('look, record and call off is told by the village; somebody else’s visit is not found', async () => {
    const [here, there] = [await toOne('TX-10'), await toOne('TX-11')];
    const elsewhere = actorOf('officer', paHu);
    const notFound = { kind: 'not-found', code: 'visit' };
    for (const [who, visitId] of [
      [elsewhere, here],
      [agent, there],
    ] as const) {
      await expect(world.execute(getVisit, who, { visitId })).rejects.toMatchObject(notFound);
      await expect(world.execute(recordVisit, who, { visitId, outcome: 'not-met' })).rejects.toMatchObject(notFound);
    }
    await expect(world.execute(cancelVisit, elsewhere, { visitId: here, reason: 'x' })).rejects.toMatchObject(notFound);
    await expect(world.execute(cancelVisit, agent, { visitId: here, reason: 'x' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(
      world.execute(recordVisit, actorOf('leader', taXiLang), { visitId: here, outcome: 'not-met' }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await world.execute(listVisits, elsewhere, {})).total).toBe(0);
    await expect(world.execute(listVisits, agent, { placeId: two })).rejects.toMatchObject({ code: 'outside-area' });
    const own = await world.execute(listVisits, agent, { states: ['open'] });
    expect(own.visits.map(({ code }) => code)).not.toContain('TX-11');
    expect(own.visits.map(({ code }) => code)).toContain('TX-10');
  });

  it('sees what is due first, and can ask for one’s own', async () => {
    const [later] = await send(world, {
      subjectIds: [id('TX-13')],
      lineIds: [line],
      agentName: 'Trưởng thôn',
      dueOn: '2026-07-01',
      note: '',
    });
    const { visits } = await world.execute(listVisits, officer, { states: ['open'] });
    expect(visits.at(-1)!.visitId).toBe(later);
    const days = visits.map(({ dueOn }) => dueOn);
    expect(days).toEqual([...days].sort());
    expect(
      (await world.execute(listVisits, officer, { states: ['open'], dueBefore: TODAY })).visits.map((v) => v.visitId),
    ).not.toContain(later);
    await send(world, {
      subjectIds: [id('TX-10')],
      lineIds: [line],
      agentId: agent.userId,
      agentName: '',
      dueOn: TODAY,
      note: '',
    });
    const mine = await world.execute(listVisits, agent, { mine: true, states: ['open'] });
    expect(mine.visits.map(({ code, own }) => [code, own])).toEqual([['TX-10', true]]);
  });
});

describe('a list of visits', () => {
  const HEAD = ['Mã hộ', 'Ngày', 'Kết quả', 'Tiếng', 'Trả lời đúng', 'Ghi chú'];
  const sheet = (...rows: string[][]) => [HEAD, ...rows].map((cells, at) => ({ row: at + 1, cells }));
  const list = (rows: string[][], commit: boolean, who: Actor = officer) =>
    world.execute(recordVisitList, who, { rows: sheet(...rows), commit, proof: 'photo-list' });

  it('closes the open visits, each line as strongly as the row says; nothing with a fault in it', async () => {
    const visits = { met: await toOne('TX-12', [line, second]), gone: await toOne('TX-14'), no: await toOne('TX-02') };
    const good = [
      ['TX-12', '14/06/2026', 'Đã gặp', 'Mông', '', ''],
      ['TX-14', '', 'không gặp', '', '', 'đi nương'],
      ['TX-02', '15/06/2026', 'Từ chối', '', '', 'không muốn nghe'],
      ['', '', '', '', '', 'Người lập danh sách'],
    ];
    const bad = [
      ['TX-12', '16/06/2026', 'gặp rồi', '', 'chắc', ''],
      ['TX-99', '', 'Không gặp', '', '', ''],
      ['TX-14', '', 'từ chối', '', '', ''],
      ['', '', 'đã gặp', 'Mông', '', ''],
      ['TX-02', '', 'đã gặp', 'Klingon', '', ''],
    ];
    const dry = await list(bad, false);
    expect(dry.faults.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'day', 'visit.day-ahead'],
      [2, 'outcome', 'visit-list.outcome'],
      [2, 'right', 'visit-list.yes-no'],
      [3, 'code', 'visit.none-open'],
      [4, 'note', 'visit.note-missing'],
      [5, 'code', 'visit-list.no-code'],
      [6, 'language', 'visit-list.language'],
    ]);
    await expect(list([...good, ...bad], true)).rejects.toMatchObject({ code: 'visit-list.has-faults' });
    await expect(list([good[0]!, good[0]!], true)).rejects.toMatchObject({ code: 'visit-list.has-faults' });
    expect(await ledgerOf(world, id('TX-12'))).toEqual([]);
    expect(await list(good, false)).toMatchObject({
      rows: 3,
      met: 1,
      notMet: 1,
      refused: 1,
      faults: [],
      committed: false,
    });
    expect(await stateOf(visits.met)).toBe('open');
    expect(await list(good, true)).toMatchObject({ committed: true, met: 1 });
    expect((await ledgerOf(world, id('TX-12'))).map(({ stage, proof, on }) => [stage, proof, on])).toEqual([
      [3, 'photo-list', '2026-06-14'],
      [3, 'photo-list', '2026-06-14'],
    ]);
    expect([await stateOf(visits.met), await stateOf(visits.gone), await stateOf(visits.no)]).toEqual([
      'done',
      'not-met',
      'refused',
    ]);
    await expect(list(good, true)).rejects.toMatchObject({ code: 'visit-list.has-faults' });
  });

  it('one answer is not taken for every line of a visit', async () => {
    const head = ['Mã hộ', 'Kết quả', 'Tiếng', 'Trả lời đúng', 'Đã làm', 'Ghi chú'];
    const bring = (cells: string[], commit = true) =>
      world.execute(recordVisitList, officer, {
        rows: [head, cells].map((each, at) => ({ row: at + 1, cells: each })),
        ...{ commit, proof: 'photo-list' as const },
      });
    const visitId = await toOne('TX-04', [line, second]);
    for (const [cells, column] of [
      [['TX-04', 'đã gặp', 'Mông', 'có', '', ''], 'right'],
      [['TX-04', 'đã gặp', 'Mông', '', 'x', ''], 'acted'],
    ] as const)
      expect((await bring([...cells], false)).faults).toMatchObject([
        { row: 2, column, code: 'visit-list.several-lines' },
      ]);
    expect(await stateOf(visitId)).toBe('open');
    const before = await ledgerOf(world, id('TX-04'));
    await bring(['TX-04', 'đã gặp', 'Mông', 'không', '', '']);
    expect((await ledgerOf(world, id('TX-04'))).slice(before.length).map(({ stage }) => stage)).toEqual([3, 3]);
    await toOne('TX-05');
    await bring(['TX-05', 'đã gặp', 'Mông', 'có', '', '']);
    expect((await ledgerOf(world, id('TX-05'))).at(-1)).toMatchObject({ stage: 4 });
  });

  it('is refused for one’s own visits, by account and by name, and for households of others', async () => {
    await toOne('TX-14');
    const row = (code: string) => [[code, '', 'không gặp', '', '', '']];
    const codes = async (code: string, who: Actor) =>
      (await list(row(code), false, who)).faults.map((fault) => fault.code);
    expect(await codes('TX-10', agent)).toEqual(['visit.own-in-bulk']);
    expect(await codes('TX-14', actorOf('agent', two, 'TRƯỞNG  THÔN'))).toEqual(['visit.own-in-bulk']);
    expect(await codes('TX-14', actorOf('agent', two, 'Người khác'))).toEqual([]);
    expect(await codes('TX-14', agent)).toEqual(['visit.none-open']);
    expect(await codes('TX-14', actorOf('officer', paHu))).toEqual(['visit.none-open']);
    const [own] = (await world.execute(listVisits, agent, { mine: true, states: ['open'] })).visits;
    await world.execute(recordVisit, agent, { visitId: own!.visitId, outcome: 'met', results: [told()] });
    expect(await ledgerOf(world, id('TX-10'))).toHaveLength(1);
  });

  it('is refused for who had the visit before; a name on paper, or who sent them, needs more than a word', async () => {
    const met = [['TX-11', '', 'đã gặp', 'Mông', '', '']];
    const sends = (to: object, who: Actor = systemActor) =>
      send(world, { subjectIds: [id('TX-11')], lineIds: [line], agentName: '', dueOn: TODAY, note: '', ...to }, who);
    const codes = async (who: Actor, proof?: 'declared' | 'photo-list') =>
      (await world.execute(recordVisitList, who, { rows: sheet(...met), commit: false, proof })).faults.map(
        ({ code }) => code,
      );
    const other = await addPerson(world, 'agent', taXiLang, 'Lý A Đi');
    await sends({ agentId: other.userId });
    await sends({ agentName: 'Ai đó' });
    expect(await codes(other, 'photo-list')).toEqual(['visit.own-in-bulk']);
    expect(await codes(officer)).toEqual(['visit-list.needs-proof']);
    expect(await codes(officer, 'photo-list')).toEqual([]);
    await sends({ agentId: other.userId }, officer);
    expect(await codes(officer, 'declared')).toEqual(['visit-list.needs-proof']);
    expect(await codes(officer, 'photo-list')).toEqual([]);
    expect(await codes(actorOf('officer', taXiLang), 'declared')).toEqual([]);
  });

  it('a dry run also tells what the write would refuse, of which row', async () => {
    await toOne('TX-09');
    const rows = (day: string) => [
      ['TX-09', day, 'đã gặp', 'Mông', '', ''],
      ['TX-11', '', 'đã gặp', 'Mông', '', ''],
    ];
    expect((await list(rows('31/12/2025'), false)).faults).toMatchObject([
      { row: 2, column: 'code', value: 'TX-09', code: 'activity.before-plan' },
    ]);
    expect((await list(rows('01/01/2026'), false)).faults).toEqual([]);
    expect(await ledgerOf(world, id('TX-09'))).toEqual([]);
  });

  it('needs a heading and a household, and no more than fit in one go', async () => {
    const rows = (cells: string[][]) => cells.map((each, at) => ({ row: at + 1, cells: each }));
    const refuses = (texts: string[][], code: string) =>
      expect(world.execute(recordVisitList, officer, { rows: rows(texts), commit: false })).rejects.toMatchObject({
        code,
      });
    await refuses([['Họ tên', 'Xã']], 'visit-list.no-heading');
    await refuses([['DANH SÁCH'], HEAD], 'visit-list.empty');
    const many = Array.from({ length: 501 }, (_, at) => [`X-${at}`, '', 'không gặp']);
    await refuses([HEAD, ...many], 'visit-list.too-long');
  });
});

it('visits in a village that has ended stay with whoever looks after what it lay in', async () => {
  const visitId = await toOne('TX-11');
  const end = (day: string | null) =>
    Promise.all(
      ['place_version', 'place_tree'].map((table) =>
        world.database.pool.query(`update territory.${table} set valid_to = $2 where place_id = $1`, [two, day]),
      ),
    );
  const seen = async (who: Actor, more: object = {}) =>
    (await world.execute(listVisits, who, { states: ['open'], ...more })).visits.map((visit) => visit.visitId);
  await end('2026-06-10');
  expect(await seen(officer)).toContain(visitId);
  expect(await seen(systemActor, { placeId: taXiLang })).toContain(visitId);
  expect(await seen(agent)).not.toContain(visitId);
  expect(await seen(actorOf('officer', paHu))).not.toContain(visitId);
  await end(null);
  expect(await seen(officer)).toContain(visitId);
});

it('a household that a list brought in by mistake is visited by nobody', async () => {
  const importId = await bringIn(world, {
    asOf: '2026-03-01',
    complete: null,
    rows: [{ code: 'TX-77', head: 'Mùa A Nhầm', village: 'Thôn Hai', class: 'Hộ nghèo' }],
  });
  ids.set('TX-77', await subjectOf(world, 'TX-77'));
  const visitId = await toOne('TX-77');
  const { undoList } = await import('../../src/modules/registry/index.ts');
  await world.execute(undoList, systemActor, { importId });
  const { rows } = await world.database.pool.query(`select state, outcome_note from visits.visit where visit_id = $1`, [
    visitId,
  ]);
  expect(rows[0].state).toBe('cancelled');
  expect(rows[0].outcome_note).toContain('hoàn tác');
});

import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordLoudspeaker } from '../../src/modules/broadcast/index.ts';
import { listVillageHouseholds, readListFile, recordLeaflets } from '../../src/modules/delivery/index.ts';
import { recordMeeting } from '../../src/modules/gatherings/index.ts';
import { voidActivity } from '../../src/modules/plans/index.ts';
import { getOutcome } from '../../src/modules/reach/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import { say } from '../../src/shared/words/index.ts';
import {
  actorOf,
  addLine,
  addMessage,
  clearEvidence,
  evidenceRows,
  evidenceWorld,
  sheet,
  subjectOf,
} from '../support/evidence.ts';
import { paHu, taXiLang, upload } from '../support/lists.ts';
import { openWork, untilWaiting } from '../support/waiting.ts';
import type { World } from '../support/world.ts';

let world: World;
let lineId: string;
let messageId: string;
let one: string;
let two: string;
const officer = actorOf('officer', taXiLang, 'Lò Thị Ghi');

beforeAll(async () => {
  ({ world, one, two } = await evidenceWorld());
});
afterAll(() => world.close());

beforeEach(async () => {
  await clearEvidence(world);
  messageId = await addMessage(world);
  lineId = await addLine(world, { messageId });
});

const HEAD = ['Mã hộ', 'Họ và tên chủ hộ', 'Có mặt', 'Trả lời đúng', 'Đăng ký', 'Hộ thôn khác'];
const x = (code: string, head = '', more: readonly string[] = []) => [code, head, 'x', ...more];

const base = () =>
  ({ lineId, villageId: one, happenedOn: '2026-03-10', language: 'hmn', proof: 'signed-list' }) as const;
const meeting = (cells: readonly (readonly string[])[], parts: object = {}, actor = officer) =>
  world.execute(recordMeeting, actor, { ...base(), rows: sheet(cells), ...parts });
const leaflets = (cells: readonly (readonly string[])[], parts: object = {}, actor = officer) =>
  world.execute(recordLeaflets, actor, { ...base(), rows: sheet(cells), ...parts });

const ledger = async (): Promise<string[]> => {
  const { rows } =
    await world.database.pool.query(`select s.code, c.stage, c.language, c.channel, c.form_id is not null as form
    from reach.contact_in_force c join registry.subject s using (subject_id) order by s.code, c.stage`);
  return rows.map((row) => `${row.code} ${row.stage} ${row.language} ${row.channel}${row.form ? ' form' : ''}`);
};

it('a file of a list that is read is written down as a look, without the hash by which it is found', async () => {
  const { name, sha256 } = await upload(world, 'hop.csv', 'Mã hộ;Có mặt\nH01;x\n');
  expect(await world.execute(readListFile, officer, { name, sha256 })).toHaveLength(2);
  const { rows } = await world.database.pool.query(
    `select user_id, refs from platform.audit where name = 'delivery.read-list-file'`,
  );
  expect(rows).toEqual([{ user_id: officer.userId, refs: { rows: 2 } }]);
});

describe('a village meeting', () => {
  it('by its list: a letterhead above, columns in any order, by code or by name, marks as people make them', async () => {
    const report = await meeting(
      [
        ['UBND XÃ TÀ XI LÁNG'],
        ['DANH SÁCH HỌP THÔN MỘT ngày 10/03/2026'],
        ['STT', 'Ký nhận', 'Họ tên chủ hộ', 'Ghi chú', 'Mã số hộ', 'Cam kết', 'Trả lời đúng câu hỏi'],
        ['1', 'x', 'giang a pao', '', 'h01', '', '1'],
        ['2', 'có', 'Sùng Thị Mỷ', 'đến muộn', '', 'X', ''],
        ['3', '', 'Mùa A Chư', '', 'H03', '', ''],
        ['4', '✓', '', '', '7', '', 'không'],
        ['', '', 'Người lập danh sách'],
      ],
      { people: 25 },
    );
    expect(report).toMatchObject({ rows: 3, unmarked: 1, committed: true, faults: [] });
    const written = ['0007 3 hmn', 'H01 3 hmn', 'H01 4 hmn', 'H02 3 hmn', 'H02 5 hmn'].map((row) => `${row} meeting`);
    expect(await ledger()).toEqual(written.map((row) => (row.includes(' 4 ') ? `${row} form` : row)));
    // The last household's languages are not known: it counts as "could hear" only, and says why.
    expect(report.outcome?.counts).toEqual({ stages: { 4: 1, 5: 1 }, short: { 'language-unknown': 1 }, voided: 0 });
    const { rows: activities } = await world.database.pool.query('select * from plans.activity');
    expect(activities).toMatchObject([
      { kind: 'meeting', place_ids: [one], happened_on: '2026-03-10', language: 'hmn', details: { people: 25 } },
    ]);
    const outcome = await world.execute(getOutcome, officer, { activityId: report.activityId! });
    expect(outcome.households.map(({ code, effective }) => `${code} ${effective}`)).toEqual([
      '0007 1',
      'H01 4',
      'H02 5',
    ]);
  });

  it('a list without a column of marks is a list of those who were there', async () => {
    await meeting([['Mã hộ'], ['H01'], ['H02']]);
    expect(await ledger()).toEqual(['H01 3 hmn meeting', 'H02 3 hmn meeting']);
  });

  it.each(['Đi họp', 'Có đi', 'Đến dự', 'Đã phát', 'Nhận', 'Hiện diện', 'Ký nhận'])(
    'who is not marked under “%s” was not there',
    async (column) => {
      const report = await meeting([
        ['STT', 'Mã hộ', column],
        ['1', 'H01', 'x'],
        ['2', 'H02', ''],
        ['3', 'H04', '-'],
      ]);
      expect(report).toMatchObject({ rows: 1, unmarked: 2, committed: true });
      expect(await ledger()).toEqual(['H01 3 hmn meeting']);
    },
  );

  it('a column of marks whose heading is not understood may say who was there: refused, not passed over', async () => {
    const names = ['Giàng A Páo', 'Sùng Thị Mỷ'];
    const rows = (marks: readonly string[]) =>
      ['H01', 'H02'].map((code, at) => [`${at + 1}`, code, names[at]!, marks[at] ?? '', '1']);
    const headed = (column: string) => ['STT', 'Mã hộ', 'Chủ hộ', column, 'Số nhân khẩu'];
    for (const [column, marks] of [
      ['Vắng', ['', 'x']],
      ['Kết quả', ['V', 'v']],
      ['', ['✓']],
    ] as const) {
      const report = await meeting([headed(column), ...rows(marks)]);
      expect(report).toMatchObject({ committed: false });
      expect(report.faults).toMatchObject([{ row: 1, column, severity: 'error', code: 'evidence.unknown-marks' }]);
    }
    expect(await evidenceRows(world)).toBe(0);
    // Words are not marks, and beside a column of marks that is understood others do no harm.
    await meeting([headed('Dân tộc'), ...rows(['Mông', 'Mông'])]);
    await leaflets([
      ['Mã hộ', 'Đã nhận', 'Hộ nghèo'],
      ['H01', 'x', 'x'],
      ['H02', '', 'x'],
    ]);
    expect(await ledger()).toEqual(['H01 2 hmn leaflet', 'H01 3 hmn meeting', 'H02 3 hmn meeting']);
  });

  it('told in two languages, each household is counted in the one it understands', async () => {
    const report = await meeting([HEAD, x('H01'), x('H02'), x('H03'), x('0007')], { language: 'vi', alsoIn: ['hmn'] });
    expect(await ledger()).toEqual(['0007 3 vi', 'H01 3 vi', 'H02 3 hmn', 'H03 3 vi'].map((row) => `${row} meeting`));
    expect(report.outcome?.counts).toMatchObject({ stages: { 3: 3 }, short: { 'language-unknown': 1 } });
  });

  it('ticked on a form, without a file', async () => {
    const [h01, h02, h05] = await Promise.all(['H01', 'H02', 'H05'].map((code) => subjectOf(world, code)));
    const ticked = (subjectId = '', answered = false) => ({ subjectId, answered, acted: false });
    const send = (households: object[]) =>
      world.execute(recordMeeting, officer, { ...base(), households: households as ReturnType<typeof ticked>[] });
    const refused = { kind: 'invalid', code: 'evidence.not-here', params: { count: 1 } };
    await expect(send([ticked(h01), ticked(h05)])).rejects.toMatchObject(refused);
    await expect(send([])).rejects.toMatchObject({ code: 'evidence.nobody' });
    expect(await evidenceRows(world)).toBe(0);
    await send([ticked(h01, true), ticked(h02), ticked(h02)]);
    expect(await ledger()).toEqual(['H01 3 hmn meeting', 'H01 4 hmn meeting form', 'H02 3 hmn meeting']);
  });

  it('a household is one of the village where it lived that day', async () => {
    await world.database.pool.query(`update registry.residency set valid_to = '2026-02-01' where subject_id = $1`, [
      await subjectOf(world, 'H01'),
    ]);
    await world.database.pool.query(
      `insert into registry.residency (subject_id, valid_from, village_id, recorded_at) values ($1, '2026-02-01', $2, now())`,
      [await subjectOf(world, 'H01'), two],
    );
    expect((await meeting([HEAD, x('H01')])).faults).toMatchObject([{ code: 'evidence.other-village' }]);
    expect((await meeting([HEAD, x('H01')], { happenedOn: '2026-01-31' })).committed).toBe(true);
    await world.database.pool.query(`delete from registry.residency where subject_id = $1 and village_id = $2`, [
      await subjectOf(world, 'H01'),
      two,
    ]);
    await world.database.pool.query(`update registry.residency set valid_to = null where subject_id = $1`, [
      await subjectOf(world, 'H01'),
    ]);
  });
});

describe('what is wrong with a list', () => {
  const faults: readonly (readonly [string, readonly (readonly string[])[], object])[] = [
    ['an unknown code', [x('H99')], { row: 2, column: 'Mã hộ', value: 'H99', code: 'evidence.unknown-code' }],
    [
      'an unknown name',
      [x('', 'Nguyễn Văn Lạ')],
      { row: 2, column: 'Họ và tên chủ hộ', code: 'evidence.unknown-name' },
    ],
    ['two of one name', [x('', 'Mùa A Chư')], { code: 'evidence.same-name', params: { codes: 'H03, H04' } }],
    ['another village', [x('H05')], { code: 'evidence.other-village', params: { village: 'Thôn Hai, xã Tà Xi Láng' } }],
    ['another commune, of which nothing is told', [x('P01')], { code: 'evidence.unknown-code' }],
    ['a guest from outside', [x('P01', '', ['', '', 'x'])], { code: 'evidence.guest-outside' }],
    ['the same twice', [x('H01'), x('h01')], { row: 3, code: 'evidence.twice', params: { row: 2 } }],
    [
      'once by code, once by name',
      [x('H01'), x('', 'Giàng A Páo')],
      { row: 3, code: 'evidence.twice', params: { row: 2 } },
    ],
    ['a v, which is a tick to some and absent to others', [['H01', '', 'v']], { value: 'v', code: 'evidence.mark' }],
    ['a sign nobody knows', [['H01', '', '●']], { value: '●', code: 'evidence.mark' }],
    [
      'a mark that is none',
      [['H01', '', 'hai người']],
      { column: 'Có mặt', value: 'hai người', code: 'evidence.mark' },
    ],
    ['an answer of who was absent', [['H01', '', '', 'x']], { code: 'evidence.absent-but-marked' }],
    ['a mark beside nobody', [x('')], { code: 'evidence.no-household' }],
  ];

  it.each(faults)('%s is told by row, and nothing is written', async (_, cells, fault) => {
    const report = await meeting([HEAD, ...cells, x('H02')]);
    expect(report.faults).toHaveLength(1);
    expect(report.faults[0]).toMatchObject({ severity: 'error', ...fault });
    expect(report).toMatchObject({ committed: false, activityId: null, outcome: null });
    expect(await evidenceRows(world)).toBe(0);
    for (const language of ['vi', 'en'] as const)
      expect(say(language, `error.${report.faults[0]!.code}`, report.faults[0]!.params)).not.toMatch(/^error\.|\{/u);
  });

  it('two households under one code', async () => {
    const [h03, h04] = [await subjectOf(world, 'H03'), await subjectOf(world, 'H04')];
    await world.database.pool.query(
      `insert into registry.subject_code (source, code, subject_id, recorded_at) values ('a', 'X1', $1, now()), ('b', 'X1', $2, now())`,
      [h03, h04],
    );
    expect((await meeting([HEAD, x('X1')])).faults).toMatchObject([
      { code: 'evidence.same-code', params: { codes: 'H03, H04' } },
    ]);
    await world.database.pool.query(`delete from registry.subject_code where code = 'X1'`);
  });

  it('a guest of the own area and another name than in the registry are warnings', async () => {
    const report = await meeting([HEAD, x('H05', '', ['', '', 'x']), x('H01', 'Giàng Páo')]);
    expect(report.faults).toMatchObject([
      { row: 2, severity: 'warning', code: 'evidence.guest', params: { village: 'Thôn Hai, xã Tà Xi Láng' } },
      { row: 3, severity: 'warning', code: 'evidence.other-head', params: { head: 'Giàng A Páo' } },
    ]);
    expect(report.committed).toBe(true);
    expect(await ledger()).toEqual(['H01 3 hmn meeting', 'H05 3 hmn meeting']);
    // For the agent of this village the other one is outside.
    const agent = actorOf('agent', one);
    await clearEvidence(world);
    expect((await meeting([HEAD, x('H05', '', ['', '', 'x'])], {}, agent)).faults).toMatchObject([
      { code: 'evidence.guest-outside' },
    ]);
  });

  it('no headings, nobody, no check question, a wrong day, another place, a plan that is none yet', async () => {
    const refused = (cells: readonly (readonly string[])[], parts: object, expected: object) =>
      expect(meeting(cells, parts)).rejects.toMatchObject(expected);
    await refused(
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      {},
      { code: 'evidence.no-heading' },
    );
    await refused([HEAD, ['H01', '', '']], {}, { code: 'evidence.nobody' });
    await refused([HEAD, x('H01')], { language: 'xx' }, { fields: [{ path: 'language', code: 'evidence.language' }] });
    await refused([HEAD, x('H01')], { proof: 'network' }, { fields: [{ path: 'proof', code: 'evidence.proof' }] });
    await refused(
      [HEAD, x('H01')],
      { happenedOn: '31/02/2026' },
      { fields: [{ path: 'happenedOn', code: 'not-a-day' }] },
    );
    await refused(
      [HEAD, x('H01')],
      { happenedOn: '2026-06-16' },
      { fields: [{ path: 'happenedOn', code: 'activity.day-ahead' }] },
    );
    await refused(
      [HEAD, x('H01')],
      { happenedOn: '2025-12-31' },
      { fields: [{ path: 'happenedOn', code: 'activity.before-plan' }] },
    );
    await refused([HEAD, x('H01')], { lineId: newId() }, { kind: 'not-found', code: 'line' });
    const silent = await addLine(world, { messageId: await addMessage(world, { questions: [] }) });
    await refused([HEAD, x('H01', '', ['x'])], { lineId: silent }, { code: 'evidence.no-question' });
    const draft = await addLine(world, { messageId, state: 'draft' });
    await refused([HEAD, x('H01')], { lineId: draft }, { code: 'plan.not-issued' });
    const other = await addLine(world, { messageId, placeIds: [two] });
    await refused([HEAD, x('H01')], { lineId: other }, { code: 'activity.outside-line' });
    const unapproved = await addLine(world, { messageId: await addMessage(world, { state: 'submitted' }) });
    await refused([HEAD, x('H01')], { lineId: unapproved }, { code: 'reach.not-approved' });
    expect(await evidenceRows(world)).toBe(0);
  });

  it('a dry run tells what would come of it, also whether it would be refused, and writes nothing', async () => {
    const report = await meeting([HEAD, x('H01'), x('H03')], { commit: false });
    expect(report).toMatchObject({ committed: false, activityId: null, rows: 2 });
    expect(report.outcome?.counts).toEqual({ stages: { 3: 1 }, short: { 'other-language': 1 }, voided: 0 });
    await expect(meeting([HEAD, x('H01')], { commit: false, happenedOn: '2025-12-31' })).rejects.toMatchObject({
      kind: 'invalid',
    });
    expect(await evidenceRows(world)).toBe(0);
  });
});

describe('the same list again', () => {
  it('is refused with who recorded it and when; corrected by voiding the activity first', async () => {
    const { activityId } = await meeting([HEAD, x('H01'), x('H02')]);
    const before = await evidenceRows(world);
    const again = meeting([HEAD, x('H02'), x('H03')], { proof: 'declared' }, actorOf('agent', one));
    await expect(again).rejects.toMatchObject({
      kind: 'conflict',
      code: 'evidence.already',
      params: { count: 1, of: 2, name: 'Lò Thị Ghi', at: '09:00 15/06/2026' },
    });
    expect(await evidenceRows(world)).toBe(before);
    // Others of that meeting, another day, another kind and another line are something else.
    await meeting([HEAD, x('H03')]);
    await meeting([HEAD, x('H01')], { happenedOn: '2026-03-11' });
    await leaflets([HEAD, x('H01')]);
    await meeting([HEAD, x('H01')], { lineId: await addLine(world, { messageId }) });
    await world.execute(voidActivity, officer, { activityId: activityId!, reason: 'nhầm thôn' });
    await meeting([HEAD, x('H01'), x('H02')]);
    expect((await world.execute(getOutcome, officer, { activityId: activityId! })).counts).toEqual({
      stages: {},
      short: {},
      voided: 2,
    });
  });

  it('sent twice at once, one of the two is written', async () => {
    const results = await Promise.allSettled([1, 2, 3].map(() => meeting([HEAD, x('H01'), x('H02')])));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await ledger()).toHaveLength(2);
  });
});

describe('a plan that goes over to a new edition meanwhile', () => {
  it('the activity and its contacts and exposures are of one edition', async () => {
    await world.database.pool.query(
      `insert into content.message_edition (message_id, edition, core, state, folded) values ($1, 2, 'Nội dung mới', 'approved', 'noi dung moi')`,
      [messageId],
    );
    const villageIds = [one];
    const records = [
      () => meeting([['Mã hộ'], ['H01']]),
      () => world.execute(recordLoudspeaker, officer, { ...base(), villageIds }),
    ];
    for (const record of records) {
      await clearEvidence(world);
      await world.database.pool.query('update plans.plan_line set edition = 1 where line_id = $1', [lineId]);
      const following = await openWork(world, async ({ tx }) => {
        await sql`select from plans.plan p join plans.plan_line l using (plan_id) where l.line_id = ${lineId} for update`.execute(
          tx,
        );
        await sql`update plans.plan_line set edition = 2 where line_id = ${lineId}`.execute(tx);
      });
      const recording = record();
      await untilWaiting(world, recording);
      await following.end();
      await recording;
      const { rows } = await world.database.pool.query(
        `select edition from plans.activity union all select edition from reach.contact union all select edition from reach.exposure`,
      );
      expect(rows.map(({ edition }) => edition)).toEqual([2, 2]);
    }
  });
});

describe('leaflets by list', () => {
  it('count as delivered where somebody reads the language', async () => {
    const list = [
      ['Mã hộ', 'Đã nhận'],
      ['H01', 'x'],
      ['H02', 'x'],
      ['H03', 'x'],
      ['0007', 'x'],
    ];
    const report = await leaflets(list, { language: 'vi', proof: 'photo-list' });
    expect(await ledger()).toEqual(['0007', 'H01', 'H02', 'H03'].map((code) => `${code} 2 vi leaflet`));
    expect(report.outcome?.counts).toEqual({
      stages: { 2: 1 },
      short: { 'language-unknown': 1, 'other-language': 1, 'not-read': 1 },
      voided: 0,
    });
  });
});

describe('the households of a village, to be ticked or printed', () => {
  it('those first whom the line is meant for', async () => {
    const list = async (parts: object = {}) => {
      const { households } = await world.execute(listVillageHouseholds, actorOf('agent', one), {
        lineId,
        villageId: one,
        ...parts,
      });
      return households.map(({ code, aimed }) => `${code} ${aimed}`);
    };
    expect(await list()).toEqual(['H01 true', 'H04 true', 'H02 true', '0007 true', 'H03 false']);
    expect(await list({ aimedOnly: true })).toHaveLength(4);
    expect(await list({ on: '2025-11-29' })).toEqual([]);
    const { rows } = await world.database.pool.query(
      `select 1 from platform.audit where name = 'delivery.list-village-households'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    const other = await addLine(world, { messageId, placeIds: [two] });
    await expect(list({ lineId: other })).rejects.toMatchObject({ code: 'evidence.village-outside' });
    const outside = world.execute(listVillageHouseholds, actorOf('officer', paHu), { lineId, villageId: one });
    await expect(outside).rejects.toMatchObject({ code: 'outside-area' });
  });
});

describe('who may', () => {
  it('officer and agent of the village record; leader, editor, administrator and other areas do not', async () => {
    for (const record of [meeting, leaflets]) {
      for (const actor of [actorOf('officer', paHu), actorOf('agent', two), actorOf('agent', paHu)])
        await expect(record([HEAD, x('H01')], {}, actor)).rejects.toMatchObject({
          kind: 'forbidden',
          code: 'outside-area',
        });
      for (const role of ['leader', 'editor', 'admin'] as const)
        await expect(record([HEAD, x('H01')], {}, actorOf(role, taXiLang))).rejects.toMatchObject({
          kind: 'forbidden',
        });
      expect(await evidenceRows(world)).toBe(0);
      for (const actor of [actorOf('agent', one), actorOf('officer', one), systemActor]) {
        await record([HEAD, x('H01')], {}, actor);
        await clearEvidence(world);
      }
    }
  });
});

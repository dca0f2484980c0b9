import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  importLog,
  recordBulletin,
  recordLoudspeaker,
  recordPoster,
  recordZaloPost,
} from '../../src/modules/broadcast/index.ts';
import { getLineForm, listLines, listRecent, recordLeafletsLeft } from '../../src/modules/delivery/index.ts';
import { voidActivity } from '../../src/modules/plans/index.ts';
import { getOutcome } from '../../src/modules/reach/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
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
} from '../support/evidence.ts';
import { paHu, taXiLang } from '../support/lists.ts';
import type { World } from '../support/world.ts';

let world: World;
let lineId: string;
let messageId: string;
let one: string;
let two: string;
let far: string;
const officer = actorOf('officer', taXiLang, 'Lò Thị Ghi');

beforeAll(async () => {
  ({ world, one, two, far } = await evidenceWorld());
});
afterAll(() => world.close());

beforeEach(async () => {
  await clearEvidence(world);
  await world.database.pool.query('truncate plans.plan cascade');
  messageId = await addMessage(world);
  lineId = await addLine(world, { messageId, code: 'ke-hoach-2026' });
});

const input = (parts: object = {}) => ({
  lineId,
  villageIds: [one, two],
  happenedOn: '2026-03-10',
  language: 'hmn' as const,
  proof: 'signed-list' as const,
  ...parts,
});

type Recorded = Awaited<ReturnType<typeof recordPoster.run>>;
const records: Readonly<Record<string, (parts?: object, actor?: Actor) => Promise<Recorded>>> = {
  loudspeaker: (parts, actor = officer) => world.execute(recordLoudspeaker, actor, input(parts)),
  zalo: (parts, actor = officer) => world.execute(recordZaloPost, actor, input(parts)),
  poster: (parts, actor = officer) => world.execute(recordPoster, actor, input(parts)),
  bulletin: (parts, actor = officer) => world.execute(recordBulletin, actor, input(parts)),
  'leaflet-left': (parts, actor = officer) => world.execute(recordLeafletsLeft, actor, input(parts)),
};
const COUNTED: Readonly<Record<string, string>> = { loudspeaker: 'times', zalo: 'members' };

const exposures = async (): Promise<string[]> => {
  const { rows } =
    await world.database.pool.query(`select v.name, e.channel, e.language, e.happened_on from reach.exposure_in_force e
    join territory.place_version v on v.place_id = e.place_id and v.valid_to is null order by e.happened_on, v.name, e.channel`);
  return rows.map((row) => `${row.happened_on} ${row.name} ${row.channel} ${row.language}`);
};

describe.each(Object.keys(records))('%s', (kind) => {
  const record = records[kind]!;
  const counted = COUNTED[kind] ?? 'copies';

  it('is an exposure of each village and reaches no household by itself', async () => {
    const { activityId, outcome } = await record({ [counted]: 3, villageIds: [one, two, one] });
    expect(await exposures()).toEqual([`2026-03-10 Thôn Hai ${kind} hmn`, `2026-03-10 Thôn Một ${kind} hmn`]);
    // Of five households in the first village two understand, of two nothing is known.
    expect(outcome.villages).toMatchObject([
      { village: 'Thôn Hai, xã Tà Xi Láng', households: 1, understanding: 1, unknown: 0 },
      { village: 'Thôn Một, xã Tà Xi Láng', households: 5, understanding: 2, unknown: 2 },
    ]);
    const { rows } = await world.database.pool.query('select kind, details from plans.activity');
    expect(rows).toEqual([{ kind, details: { [counted]: 3 } }]);
    expect((await world.database.pool.query('select 1 from reach.state')).rowCount).toBe(0);
    expect((await world.execute(getOutcome, officer, { activityId: activityId! })).households).toEqual([]);
  });

  it('is not recorded twice, until the first was voided; another language or day is something else', async () => {
    const { activityId } = await record({ villageIds: [one] });
    const refusal = {
      kind: 'conflict',
      code: 'evidence.already-there',
      params: { name: 'Lò Thị Ghi', at: '09:00 15/06/2026', villages: 'Thôn Một, xã Tà Xi Láng' },
    };
    await expect(record({ proof: 'declared' })).rejects.toMatchObject(refusal);
    expect(await exposures()).toHaveLength(1);
    await record({ villageIds: [one], language: 'vi' });
    await record({ villageIds: [two] });
    await record({ villageIds: [one], happenedOn: '2026-03-11' });
    await world.execute(voidActivity, officer, { activityId: activityId!, reason: 'nhầm ngày' });
    await record({ villageIds: [one] });
    const twice = await Promise.allSettled([1, 2].map(() => record({ happenedOn: '2026-04-01' })));
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is refused without villages, tomorrow, outside the line, for a commune, without a number; nothing is written', async () => {
    const refused = (parts: object, expected: object) => expect(record(parts)).rejects.toMatchObject(expected);
    await refused({ villageIds: [] }, { fields: [{ path: 'villageIds', code: 'evidence.villages' }] });
    await refused({ happenedOn: '2026-06-16' }, { fields: [{ path: 'happenedOn', code: 'activity.day-ahead' }] });
    await refused({ lineId: await addLine(world, { messageId, placeIds: [two] }) }, { code: 'activity.outside-line' });
    await refused({ villageIds: [taXiLang] }, { code: 'reach.no-village' });
    await refused({ [counted]: 0 }, { kind: 'invalid', fields: [{ path: counted }] });
    await refused({ proof: 'network' }, { fields: [{ path: 'proof', code: 'evidence.proof' }] });
    await refused({ lineId: newId() }, { kind: 'not-found', code: 'line' });
    expect(await evidenceRows(world)).toBe(0);
    await expect(record({ commit: false })).resolves.toMatchObject({ committed: false, activityId: null });
    expect(await evidenceRows(world)).toBe(0);
  });

  it('is recorded by officers and agents of all its villages, by nobody else', async () => {
    for (const actor of [actorOf('officer', paHu), actorOf('agent', one), actorOf('agent', two)])
      await expect(record({}, actor)).rejects.toMatchObject({ kind: 'forbidden', code: 'outside-area' });
    for (const role of ['leader', 'editor', 'admin'] as const)
      await expect(record({}, actorOf(role, taXiLang))).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(record({ villageIds: [one, far] })).rejects.toMatchObject({ code: 'outside-area' });
    expect(await evidenceRows(world)).toBe(0);
    await record({ villageIds: [one] }, actorOf('agent', one));
    await record({ villageIds: [two] }, systemActor);
  });
});

describe('a log of many days', () => {
  const HEAD = ['STT', 'Ngày', 'Thôn', 'Hình thức', 'Tiếng', 'Số lần', 'Minh chứng', 'Dòng kế hoạch', 'Ghi chú'];
  const row = (day: string, village: string, kind: string, parts: Partial<Record<'language' | 'count' | 'proof' | 'line', string>> = {}) =>
    ['1', day, village, kind, parts.language ?? 'Mông', parts.count ?? '', parts.proof ?? 'sổ nhật ký có ký', parts.line ?? 'ke-hoach-2026:1', '']; // biome-ignore format: one line
  const bring = (cells: readonly (readonly string[])[], parts: { commit?: boolean } = {}, actor = officer) =>
    world.execute(importLog, actor, { rows: sheet([['SỔ PHÁT LOA NĂM 2026'], HEAD, ...cells]), ...parts });

  const good = [
    row('10/03/2026', 'Thôn Một', 'Phát loa', { count: '2' }),
    row('11/03/2026', 'thon mot', 'loa truyền thanh', { language: 'tiếng Kinh', proof: 'tự khai' }),
    row('2026-03-12', 'Thôn Hai, xã Tà Xi Láng', 'Nhóm Zalo', { count: '40', proof: 'ảnh chụp màn hình' }),
    row('12/03/2026', 'Thôn Hai', 'Áp phích', { proof: 'người thứ hai xác nhận' }),
    row('12/03/2026', 'Thôn Hai', 'bảng tin'),
    row('12/03/2026', 'Thôn Hai', 'để tờ rơi ở nhà văn hóa', { proof: 'thiết bị' }),
  ];

  it('is taken in row by row, each an activity', async () => {
    const report = await bring([...good, ['', '', 'Người lập sổ']]);
    expect(report).toMatchObject({ rows: 6, committed: true, faults: [] });
    expect(report.activityIds).toHaveLength(6);
    expect(await exposures()).toEqual([
      '2026-03-10 Thôn Một loudspeaker hmn',
      '2026-03-11 Thôn Một loudspeaker vi',
      '2026-03-12 Thôn Hai bulletin hmn',
      '2026-03-12 Thôn Hai leaflet-left hmn',
      '2026-03-12 Thôn Hai poster hmn',
      '2026-03-12 Thôn Hai zalo hmn',
    ]);
    const { rows } = await world.database.pool.query(
      'select details, proof from plans.activity order by happened_on, kind',
    );
    expect(rows.map(({ details }) => details)).toEqual([{ times: 2 }, {}, {}, {}, {}, { members: 40 }]);
    expect(rows.map(({ proof }) => proof)).toEqual([
      'signed-list',
      'declared',
      'signed-list',
      'device',
      'second-person',
      'photo-list',
    ]);
  });

  it.each(['không có ảnh', 'chưa ký', 'không ký', 'chưa có người thứ hai xác nhận', 'thiết bị hỏng', 'ảnh mờ, ký sau'])(
    'a proof is the whole cell, never a word in it: “%s” is none',
    async (proof) => {
      const report = await bring([row('10/03/2026', 'Thôn Một', 'loa', { proof })]);
      expect(report).toMatchObject({ committed: false, faults: [{ value: proof, code: 'evidence.proof' }] });
      expect(await evidenceRows(world)).toBe(0);
    },
  );

  it.each([
    ['danh sách, sổ có ký', 'signed-list'],
    ['sổ nhật ký', 'signed-list'],
    ['Ảnh chụp', 'photo-list'],
    ['có ảnh', 'photo-list'],
    ['thiết bị ghi lại', 'device'],
    ['người thứ hai xác nhận', 'second-person'],
    ['tự khai', 'declared'],
  ])('“%s” is %s', async (text, proof) => {
    await bring([row('10/03/2026', 'Thôn Một', 'loa', { proof: text })]);
    expect((await world.database.pool.query('select proof from plans.activity')).rows).toEqual([{ proof }]);
  });

  it('every row that is wrong is told, and then nothing is written', async () => {
    const draft = await addLine(world, { messageId, code: 'du-thao', state: 'draft' });
    expect(draft).toBeTruthy();
    const report = await bring([
      good[0]!,
      row('31/02/2026', 'Thôn Một', 'loa'),
      row('10/03/2026', 'Thôn Lạ', 'loa'),
      row('10/03/2026', 'Thôn Một', 'kịch'),
      row('10/03/2026', 'Thôn Một', 'Zalo', { language: 'Lào' }),
      row('10/03/2026', 'Thôn Một', 'Zalo', { proof: 'chắc chắn' }),
      row('10/03/2026', 'Thôn Một', 'Zalo', { line: 'ke-hoach-2026:9' }),
      row('10/03/2026', 'Thôn Một', 'Zalo', { count: 'nhiều' }),
      row('10/03/2026', 'Bản Xa', 'Zalo'),
      row('16/06/2026', 'Thôn Một', 'Zalo'),
      row('10/03/2026', 'Thôn Một', 'Zalo', { line: 'du-thao:1' }),
      good[0]!,
    ]);
    expect(report.faults.map(({ row: at, column, value, code }) => `${at} ${column}=${value} ${code}`)).toEqual([
      '4 Ngày=31/02/2026 not-a-day',
      '5 Thôn=Thôn Lạ evidence.village',
      '6 Hình thức=kịch evidence.log-kind',
      '7 Tiếng=Lào evidence.language',
      '8 Minh chứng=chắc chắn evidence.proof',
      '9 Dòng kế hoạch=ke-hoach-2026:9 evidence.log-line',
      '10 Số lần=nhiều evidence.number',
      '11 Thôn=Bản Xa evidence.village-outside',
      '12 Ngày=16/06/2026 activity.day-ahead',
      '13 Dòng kế hoạch=du-thao:1 plan.not-issued',
      '14 Thôn=Thôn Một evidence.already-there',
    ]);
    expect(report).toMatchObject({ committed: false, activityIds: [] });
    expect(await evidenceRows(world)).toBe(0);
    for (const language of ['vi', 'en'] as const)
      for (const { code, params } of report.faults)
        expect(say(language, `error.${code}`, params)).not.toMatch(/^error\./u);
  });

  it('a fault names the cell it is about: the day, or the line', async () => {
    const open = await addMessage(world, { code: 'chua-duyet', state: 'draft' });
    await addLine(world, { messageId: open, code: 'chua-duyet' });
    await addLine(world, { messageId, code: 'da-dong', state: 'closed' });
    const report = await bring([
      row('31/12/2025', 'Thôn Một', 'loa'),
      row('10/03/2026', 'Thôn Một', 'loa', { line: 'chua-duyet: 1' }),
      row('10/03/2026', 'Thôn Một', 'loa', { line: 'da-dong:1' }),
    ]);
    expect(report.faults.map(({ row: at, column, value, code }) => `${at} ${column}=${value} ${code}`)).toEqual([
      '3 Ngày=31/12/2025 activity.before-plan',
      '4 Dòng kế hoạch=chua-duyet: 1 reach.not-approved',
      '5 Dòng kế hoạch=da-dong:1 evidence.log-line',
    ]);
    expect(await evidenceRows(world)).toBe(0);
  });

  it('the same log again adds nothing; a dry run writes nothing; a village of others is refused', async () => {
    expect(await bring(good, { commit: false })).toMatchObject({ rows: 6, committed: false, faults: [] });
    expect(await evidenceRows(world)).toBe(0);
    await bring(good);
    const before = await evidenceRows(world);
    const again = await bring(good);
    expect(again.faults.map(({ code }) => code)).toEqual(good.map(() => 'evidence.already-there'));
    expect(await evidenceRows(world)).toBe(before);
    const agent = await bring(
      [row('20/03/2026', 'Thôn Một', 'loa'), row('20/03/2026', 'Thôn Hai', 'loa')],
      {},
      actorOf('agent', one),
    );
    expect(agent.faults).toMatchObject([{ row: 4, code: 'outside-area' }]);
    expect(await evidenceRows(world)).toBe(before);
    await bring([row('20/03/2026', 'Thôn Một', 'loa')], {}, actorOf('agent', one));
    await expect(bring(good, {}, actorOf('leader', taXiLang))).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(
      world.execute(importLog, officer, {
        rows: sheet([
          ['a', 'b'],
          ['c', 'd'],
        ]),
      }),
    ).rejects.toMatchObject({ code: 'evidence.log-heading' });
    await expect(bring([])).rejects.toMatchObject({ code: 'evidence.log-empty' });
  });
});

describe('what can be recorded, and what was', () => {
  it('lines of issued plans in the own villages, with what a form needs', async () => {
    await addLine(world, { messageId, code: 'khac', placeIds: [paHu] });
    await addLine(world, { messageId, code: 'chua-ban-hanh', state: 'draft' });
    const lines = await world.execute(listLines, officer, {});
    expect(lines.map(({ planCode, position, villages }) => [planCode, position, villages])).toEqual([
      ['ke-hoach-2026', 1, 3],
    ]);
    expect(await world.execute(listLines, actorOf('agent', one), {})).toMatchObject([
      { planCode: 'ke-hoach-2026', villages: 1 },
    ]);
    expect((await world.execute(listLines, systemActor, {})).map(({ planCode }) => planCode)).toEqual([
      'ke-hoach-2026',
      'khac',
    ]);
    const form = await world.execute(getLineForm, actorOf('agent', one), { lineId });
    expect(form.villages).toEqual([{ placeId: one, name: 'Thôn Một, xã Tà Xi Láng' }]);
    expect(form.questions.map(({ language }) => language)).toEqual(['hmn', 'vi']);
    await expect(world.execute(getLineForm, actorOf('officer', paHu), { lineId })).rejects.toMatchObject({
      code: 'line',
    });
  });

  it('the newest entries of the own villages, voided ones marked', async () => {
    const first = await records.loudspeaker!({ villageIds: [one] });
    world.clock.set(new Date('2026-06-15T03:00:00Z'));
    await records.poster!({ villageIds: [one, two] });
    await world.execute(voidActivity, officer, { activityId: first.activityId!, reason: 'nhầm ngày' });
    const { rows: recent } = await world.execute(listRecent, officer, {});
    expect(recent.map(({ kind, villages, voidReason }) => [kind, villages.length, voidReason])).toEqual([
      ['poster', 2, null],
      ['loudspeaker', 1, 'nhầm ngày'],
    ]);
    expect((await world.execute(listRecent, actorOf('agent', two), {})).rows).toMatchObject([
      { kind: 'poster', villages: ['Thôn Hai, xã Tà Xi Láng'] },
    ]);
    expect(await world.execute(listRecent, actorOf('officer', paHu), {})).toEqual({ rows: [], total: 0 });
    const newest = await world.execute(listRecent, systemActor, { limit: 1 });
    expect([newest.rows.length, newest.total]).toEqual([1, 2]);
  });
});

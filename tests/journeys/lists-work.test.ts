import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMessages, listedStates, listMessages, topics } from '../../src/modules/content/index.ts';
import { listRecent, recordedKinds } from '../../src/modules/delivery/index.ts';
import { findPlans, listPlans, planStates, voidActivity } from '../../src/modules/plans/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { proofs } from '../../src/shared/channels.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages, type Walker } from '../support/browserless.ts';
import { LATE_PLAN, signedIn } from '../support/day.ts';
import { actorOf, addLine, addMessage } from '../support/evidence.ts';
import { disorder, rankIn } from '../support/list-orders.ts';
import { paHu, taXiLang } from '../support/lists.ts';
import { DRAFT_PLAN, openWholeCommune, SENT_PLAN, type WholeCommune } from '../support/whole-commune.ts';

const OLD_PLAN = 'ke-hoach-2025';

let commune: WholeCommune;
let world: WholeCommune['world'];
let web: Web;
let walker: Walker;

const officer = actorOf('officer', taXiLang, 'Cán bộ');
const stranger = actorOf('officer', paHu);
/** Who has no part in plans, messages and evidence of this place. */
const editor = actorOf('editor', taXiLang);

const csv = async (path: string): Promise<string[]> => {
  const response = await walker.get(path);
  expect(response.status, path).toBe(200);
  expect(response.headers.get('content-disposition')).toMatch(/filename="?[a-z-]+-\d{4}-\d\d-\d\d\.csv/u);
  return (await response.text()).replace('\uFEFF', '').trim().split('\r\n');
};

beforeAll(async () => {
  commune = await openWholeCommune();
  ({ world } = commune);
  const messageId = await addMessage(world, { code: 'nam-ngoai' });
  await addLine(world, { messageId, code: OLD_PLAN, from: '2025-01-01', to: '2025-12-31' });
  const { pool } = world.database;
  await pool.query(`update content.message set topic = 'housing' where topic = 'bhyt'`);
  for (const [code, title] of [['chua-xong', 'Đường dây nóng'], ['cho-duyet', 'Ấm no'], ['dang-dung', 'Dạy nghề 10'], ['co-lan-moi', 'Dạy nghề 2']]) await pool.query('update content.message set title = $2 where code = $1', [code, title]); // biome-ignore format: a table
  await pool.query(`update plans.plan set title = 'Đợt cuối năm' where code = $1`, [DRAFT_PLAN]);
  await world.execute(voidActivity, officer, { activityId: commune.loudspeakerId, reason: 'ghi nhầm' });
  web = await startPages(world);
  ({ walker } = await signedIn(world, web, 'officer'));
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

describe('messages', () => {
  it('come in every order both ways, in pages without overlap or loss', async () => {
    const states: readonly string[] = listedStates;
    const { rows } = await world.execute(findMessages, officer, { limit: 500 });
    const titles = rows.map(({ title }) => title);
    const found = await disorder({
      ask: (asked) => world.execute(findMessages, officer, asked),
      idOf: ({ messageId }) => messageId,
      keys: {
        // Of the same title, the one made first comes first.
        title: ({ title, messageId }) =>
          rankIn(titles, title)! as number * 100 + rows.map((row) => row.messageId).sort().indexOf(messageId),
        code: ({ code }) => code,
        topic: ({ topic }) => topics.indexOf(topic),
        place: () => 0,
        state: ({ latestState }) => states.indexOf(latestState),
        changed: ({ changedAt }) => changedAt?.getTime() ?? null,
      },
    }); // biome-ignore format: a table
    expect(found.wrong).toEqual([]);
    expect(found.moving).toEqual(expect.arrayContaining(['title', '-title', 'code', 'topic', 'state']));
    expect(titles.length).toBeGreaterThan(4);
    // What other systems ask stays as it was.
    expect(await world.execute(listMessages, officer, {})).toEqual(rows);
  });

  it('are counted as they are narrowed down, and are a file of just what is shown', async () => {
    const waiting = await world.execute(findMessages, officer, { state: 'waiting', limit: 1 });
    expect([waiting.rows.length, waiting.total]).toEqual([1, 2]);
    expect((await world.execute(findMessages, officer, { text: 'không có chữ này' })).total).toBe(0);
    const lines = await csv('/messages.csv?sort=-title&topic=policy');
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['Đường dây nóng', 'Dạy nghề 10', 'Dạy nghề 2', 'Ấm no']); // biome-ignore format: a row
    expect((await world.execute(findMessages, stranger, {})).total).toBe(0);
    const agent = actorOf('agent', taXiLang);
    await expect(world.execute(findMessages, agent, {})).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await walker.get('/messages.xlsx')).status).toBe(200);
  });
});

describe('plans', () => {
  it('come in every order both ways, in pages without overlap or loss', async () => {
    const { rows } = await world.execute(findPlans, officer, { limit: 500 });
    const found = await disorder({
      ask: (asked) => world.execute(findPlans, officer, asked),
      idOf: ({ code }) => code,
      keys: {
        title: ({ title }) => rankIn(rows.map((row) => row.title), title), // biome-ignore format: a row
        place: () => 0,
        from: ({ periodFrom }) => periodFrom,
        to: ({ periodTo }) => periodTo,
        state: ({ state }) => planStates.indexOf(state),
        lines: ({ lines }) => lines,
        begun: ({ begun }) => begun,
        late: ({ late }) => late,
      },
    });
    expect(found.wrong).toEqual([]);
    expect(found.moving).toEqual(expect.arrayContaining(['-title', 'from', 'to', 'state', '-lines', '-late']));
    expect((await world.execute(listPlans, officer, {})).map(({ code }) => code)).toEqual(rows.map(({ code }) => code));
  });

  it('whose period is over are asked for, and told of; a file holds just what is shown', async () => {
    const codes = async (asked: object) =>
      (await world.execute(findPlans, officer, asked)).rows.map(({ code }) => code).sort();
    expect(await codes({ phase: 'over' })).toEqual([OLD_PLAN]);
    expect(await codes({ phase: 'open' })).toEqual([SENT_PLAN, DRAFT_PLAN, LATE_PLAN].sort());
    expect(await codes({ state: 'draft' })).toEqual([DRAFT_PLAN]);
    expect(await codes({ text: 'dot cuoi' })).toEqual([DRAFT_PLAN]);
    for (const text of ['%', '…']) expect(await codes({ text }), text).toEqual([]);
    expect((await codes({ text: '  ' })).length).toBe(4);
    expect((await world.execute(findPlans, officer, { phase: 'open' })).others).toBe(1);
    expect((await csv('/plans.csv')).length).toBe(4);
    const lines = await csv('/plans.csv?phase=all&sort=-late&state=issued');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('01/01/2026,31/12/2026');
    expect((await world.execute(findPlans, stranger, {})).total).toBe(0);
  });

  it('show their lines in every order, and as a file', async () => {
    const order = async (sort: string) =>
      (await csv(`/plans/${LATE_PLAN}.csv${sort && `?sort=${sort}`}`))
        .slice(1)
        .map((line) => Number(line.split(',')[0]));
    expect(await order('')).toEqual([1, 2, 3, 4]);
    expect(await order('-position')).toEqual([4, 3, 2, 1]);
    expect(await order('what')).toEqual([2, 1, 3, 4]);
    expect(await order('-what')).toEqual([4, 3, 1, 2]);
    expect(await order('to')).toEqual([1, 3, 2, 4]);
    expect(await order('-to')).toEqual([4, 2, 1, 3]);
    expect(await order('head')).toEqual([2, 1, 4, 3]);
    expect(await order('from')).toEqual([1, 2, 3, 4]);
    const standing = await order('standing');
    expect((await order('-standing')).toSorted()).toEqual(standing.toSorted());
    for (const sort of ['audience', 'target', 'activities', '-activities']) expect((await order(sort)).toSorted()).toEqual([1, 2, 3, 4]); // biome-ignore format: a row
    const whole = await (await walker.get(`/plans/${LATE_PLAN}?sort=-position`)).text();
    const html = whole.slice(whole.indexOf('data-list="plan-lines"'));
    const at = [4, 3, 2, 1].map((position) => html.indexOf(`href="/plans/${LATE_PLAN}/lines/${position}">`));
    expect(at.includes(-1) || at.join() !== at.toSorted((a, b) => a - b).join()).toBe(false);
    await walker.send('/account', '/columns', { list: 'plan-lines', column: 'target', next: '/' });
    expect((await csv(`/plans/${LATE_PLAN}.csv`))[0]).toMatch(/^STT,Việc,Chỉ tiêu/u);
    expect((await walker.get(`/plans/${LATE_PLAN}.xlsx`)).headers.get('content-type')).toContain('spreadsheet');
  });
});

describe('what was recorded', () => {
  it('comes in every order both ways, in pages without overlap or loss', async () => {
    const { rows } = await world.execute(listRecent, officer, { limit: 500 });
    const found = await disorder({
      ask: (asked) => world.execute(listRecent, officer, asked),
      idOf: ({ activityId }) => activityId,
      keys: {
        what: ({ kind }) => recordedKinds.indexOf(kind),
        day: ({ happenedOn }) => happenedOn,
        message: ({ message }) => rankIn(rows.map((row) => row.message), message), // biome-ignore format: a row
        language: ({ language }) => language,
        proof: ({ proof }) => proofs.indexOf(proof),
        by: ({ recordedByName }) => rankIn(rows.map((row) => row.recordedByName), recordedByName), // biome-ignore format: a row
        recorded: ({ recordedAt }) => recordedAt.getTime(),
      },
    });
    expect(found.wrong).toEqual([]);
    expect(found.moving).toEqual(expect.arrayContaining(['-what', 'day', 'proof']));
  });

  it('is narrowed down by kind, place and whether it counts, and is a file of just that', async () => {
    const kinds = async (asked: object) =>
      (await world.execute(listRecent, officer, asked)).rows.map(({ kind }) => kind).sort();
    expect(await kinds({ kind: 'meeting' })).toEqual(['meeting']);
    expect(await kinds({ counts: false })).toEqual(['loudspeaker']);
    expect(await kinds({ placeId: paHu })).toEqual([]);
    expect((await kinds({ placeId: commune.villageId })).length).toBe((await kinds({})).length);
    const lines = await csv('/evidence.csv?counts=no');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('ghi nhầm');
    expect((await csv('/evidence.csv?sort=day')).length).toBe(1 + (await kinds({})).length);
    expect(await world.execute(listRecent, stranger, {})).toEqual({ rows: [], total: 0 });
    await expect(world.execute(listRecent, editor, {})).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await world.execute(listRecent, systemActor, { limit: 1 })).rows).toHaveLength(1);
  });
});

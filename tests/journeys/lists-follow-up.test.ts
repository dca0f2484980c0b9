import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  assignFollowUp,
  exportLeftBehind,
  exportReached,
  listLeftBehind,
  listReached,
  reasons,
} from '../../src/modules/coverage/index.ts';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { exportVisits, listVisits, recordVisit, visitStates } from '../../src/modules/visits/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { actorOf } from '../support/evidence.ts';
import { addPerson } from '../support/follow-up.ts';
import { type LeftBehindStory, openLeftBehind } from '../support/left-behind.ts';
import { disorder, named, rankIn } from '../support/list-orders.ts';
import { paHu, taXiLang } from '../support/lists.ts';
import { sheetOf } from '../support/office-files.ts';
import type { World } from '../support/world.ts';

let story: LeftBehindStory;
let world: World;
let web: Web;
let officer: Actor & { readonly username: string };
let pages: Walker;
let line: string;

const states: readonly string[] = visitStates;
const why: readonly string[] = reasons;
const place = (name: string) => rankIn(['thôn một', 'thôn hai', 'thôn ba'], name.toLowerCase().split(',')[0]!);

const rename = async (code: string, head: string): Promise<void> => {
  const { pool } = world.database;
  await pool.query('update registry.subject_now set head_name = $2, head_folded = $3 where subject_id = $1', [
    story.id(code),
    head,
    named(head),
  ]);
};

beforeAll(async () => {
  story = await openLeftBehind();
  ({ world } = story);
  [line] = story.lines;
  officer = await addPerson(world, 'officer', taXiLang, 'Lò Thị Cán Bộ');
  for (const [code, head] of [['H-REF', 'Đinh A Sua'], ['H-WEAK', 'Ân Thị Mỷ'], ['H-DEV', 'Giàng A Bé'], ['H-ABS', 'Ấu A Chu']] as const) await rename(code, head); // biome-ignore format: a table
  const give = async (codes: string[], ownerName: string, dueOn: string) => {
    world.clock.set(new Date(world.clock.now().getTime() + 60_000));
    const subjectIds = codes.map(story.id);
    await world.execute(assignFollowUp, officer, { lineIds: [line], subjectIds, ownerName, dueOn, step: 'visit-read-aloud' }); // biome-ignore format: a row
  };
  await give(['H-REF', 'H-DEV'], 'Đặng Văn Ba', '2026-06-30');
  await give(['H-WEAK', 'H-ABS'], 'Ân Thị Tư', '2026-06-20');
  await give(['H-READ'], 'Bàn A Năm', '2026-06-25');
  const { visits } = await world.execute(listVisits, officer, { subjectId: story.id('H-READ'), states: ['open'] });
  await world.execute(recordVisit, officer, { visitId: visits[0]!.visitId, outcome: 'not-met', note: '' });
  await world.database.pool.query(`update visits.visit set due_on = '2026-06-10' where subject_id = $1`, [
    story.id('H-ABS'),
  ]);
  web = await startPages(world);
  pages = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username: officer.username });
  await pages.send(path, path, {});
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

const audits = async (useCase: string) =>
  (
    await world.database.pool.query(
      `select user_id as "userId", refs from platform.audit where name = $1 order by audit_id`,
      [useCase],
    )
  ).rows;

describe('those not reached', () => {
  it('come in every order both ways, in pages without overlap or loss', async () => {
    const found = await disorder({
      ask: (asked) => world.execute(listLeftBehind, officer, { lineId: line, ...asked }),
      idOf: ({ code }) => code,
      keys: {
        head: ({ head }) => named(head),
        code: ({ code }) => code,
        place: (row) => place(row.place),
        class: () => 0,
        reached: ({ reached }) => reached,
        why: ({ missing }) => why.indexOf(missing[0].reason),
        owner: ({ followUp }) =>
          followUp && rankIn(['Đặng Văn Ba', 'Ân Thị Tư', 'Bàn A Năm', 'Trưởng thôn'], followUp.ownerName),
        due: ({ followUp }) => followUp?.dueOn ?? null,
      },
      size: 3,
    });
    expect(found.wrong).toEqual([]);
    expect(found.moving).toEqual(expect.arrayContaining(['head', '-head', '-place', 'why', '-why', 'owner', 'due']));
  });

  it('are found by name or code, and all of a plan in order too', async () => {
    const codes = async (text: string) =>
      (await world.execute(listLeftBehind, officer, { lineId: line, text })).rows.map(({ code }) => code);
    expect(await codes('dinh')).toEqual(['H-REF']);
    expect(await codes('sua')).toEqual(['H-REF']);
    expect(await codes('H-DE')).toEqual(['H-DEV']);
    expect(await codes('%')).toEqual([]);
    const plan = await world.execute(listLeftBehind, officer, { planCode: 'kh-xa-2026', sort: 'head', limit: 500 });
    const heads = plan.rows.map(({ head }) => named(head));
    expect(heads).toEqual(heads.toSorted());
  });

  it('leave the house as a file of just what is shown, known to the audit, by officers and leaders', async () => {
    const address = `?line=${line}&place=${story.villages[1]}&sort=-head`;
    const csv = await (await pages.get(`/left-behind.csv${address}`)).text();
    const lines = csv.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\uFEFF?Chủ hộ,Mã hộ,Địa bàn,Tiếng,/u);
    expect(lines[1]).toContain('H-THAI');
    expect(lines[2]).toContain('Ấu A Chu,H-ABS');
    await pages.send('/account', '/columns', { list: 'left-behind', column: 'code', next: '/' });
    const chosen = (await (await pages.get(`/left-behind.csv${address}`)).text()).trim().split('\r\n');
    expect(chosen.map((each) => each.replace('\uFEFF', ''))).toEqual([
      'Chủ hộ,Mã hộ',
      'Hộ H-THAI,H-THAI',
      'Ấu A Chu,H-ABS',
    ]);
    const xlsx = await (await pages.get(`/left-behind.xlsx${address}`)).arrayBuffer();
    expect(JSON.stringify(await sheetOf(Buffer.from(xlsx), 'Chủ hộ'))).toContain('Ấu A Chu');
    expect((await audits('coverage.export-left-behind')).at(-1)).toMatchObject({
      userId: officer.userId,
      refs: { lineId: line, placeId: story.villages[1], rows: 2 },
    });
    const file = { lineId: line };
    await expect(world.execute(exportLeftBehind, story.agent, file)).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await world.execute(exportLeftBehind, actorOf('leader', taXiLang), file)).total).toBe(10);
  });
});

describe('visits', () => {
  it('come in every order both ways, in pages without overlap or loss', async () => {
    const found = await disorder({
      ask: async (asked) => {
        const { visits, total } = await world.execute(listVisits, officer, asked);
        return { rows: visits, total };
      },
      idOf: ({ visitId }) => visitId,
      keys: {
        head: ({ head }) => named(head),
        code: ({ code }) => code,
        village: ({ village }) => place(village),
        agent: ({ agentName }) => rankIn(['Đặng Văn Ba', 'Ân Thị Tư', 'Bàn A Năm', 'Trưởng thôn'], agentName),
        due: ({ dueOn }) => dueOn,
        state: ({ state }) => states.indexOf(state),
        assigned: ({ assignedAt }) => assignedAt.getTime(),
        closed: ({ closedAt }) => closedAt?.getTime() ?? null,
      },
      size: 3,
    });
    expect(found.wrong).toEqual([]);
    expect(found.moving).toEqual(expect.arrayContaining(['head', 'village', 'agent', '-due', '-state', 'closed']));
  });

  it('are found by name, by being late, and as one’s own', async () => {
    const codes = async (asked: object) =>
      (await world.execute(listVisits, officer, asked)).visits.map(({ code }) => code).sort();
    expect(await codes({ text: 'au' })).toEqual(['H-ABS']);
    expect(await codes({ text: 'H-W', states: ['open'] })).toEqual(['H-WEAK']);
    expect(await codes({ states: ['open'], dueBefore: '2026-06-14' })).toEqual(['H-ABS']);
    expect(await codes({ mine: true })).toEqual([]);
    const html = await (await pages.get('/visits?state=late')).text();
    expect([html.includes('H-ABS'), html.includes('H-WEAK')]).toEqual([true, false]);
  });

  it('leave the house as a file of just what is shown, known to the audit, by officers and leaders', async () => {
    const csv = await (await pages.get('/visits.csv?state=open&sort=agent')).text();
    const lines = csv.trim().split('\r\n').slice(1);
    expect(lines.map((each) => /H-[A-Z]+/u.exec(each)![0])).toEqual(['H-ABS', 'H-WEAK', 'H-REF', 'H-DEV']);
    expect((await audits('visits.export-visits')).at(-1)).toMatchObject({ refs: { rows: 4 } });
    await expect(world.execute(exportVisits, story.agent, {})).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await world.execute(exportVisits, actorOf('officer', paHu), {})).total).toBe(0);
    await expect(world.execute(exportVisits, officer, { placeId: paHu })).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('the households behind a figure', () => {
  it('come in every order both ways, in pages without overlap or loss', async () => {
    const found = await disorder({
      ask: (asked) => world.execute(listReached, officer, { lineId: line, placeId: taXiLang, what: 'n', ...asked }),
      idOf: ({ code }) => code,
      keys: {
        head: ({ headName }) => named(headName),
        code: ({ code }) => code,
        place: (row) => place(row.place),
        class: () => 0,
        language: ({ languages }) => languages?.join(' ') || null,
        stage: ({ stage, couldHear }) => stage ?? (couldHear ? 1 : 0),
        since: ({ since }) => since,
      },
      size: 4,
    });
    expect(found.wrong).toEqual([]);
    expect(found.moving).toEqual(expect.arrayContaining(['head', 'place', 'language', '-stage', 'since']));
  });

  it('are told how many they are beyond the last page, found by name, and leave the house as others do', async () => {
    const asked = { lineId: line, placeId: taXiLang, what: 'n' } as const;
    expect(await world.execute(listReached, officer, { ...asked, offset: 100 })).toMatchObject({ rows: [], total: 11 });
    const { rows } = await world.execute(listReached, officer, { ...asked, text: 'mỷ' });
    expect(rows.map(({ code }) => code)).toEqual(['H-WEAK']);
    const address = `plan=kh-xa-2026&line=kh-xa-2026:1&place=${taXiLang}&what=n&text=H-&sort=-code`;
    const csv = await (await pages.get(`/coverage/rows.csv?${address}`)).text();
    const codes = csv.trim().split('\r\n').slice(1).map((each) => each.split(',')[1]!); // biome-ignore format: a chain
    expect([codes.length, codes.join()]).toEqual([11, codes.toSorted().toReversed().join()]);
    expect((await audits('coverage.export-reached')).at(-1)).toMatchObject({ refs: { lineId: line, rows: 11 } });
    await expect(world.execute(exportReached, story.agent, asked)).rejects.toMatchObject({ kind: 'forbidden' });
    const elsewhere = actorOf('officer', paHu);
    await expect(world.execute(exportReached, elsewhere, asked)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignFollowUp, previewFollowUp, undoFollowUp } from '../../src/modules/coverage/index.ts';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import {
  cancelVisit,
  cancelVisits,
  giveVisits,
  listVisits,
  previewCancelVisits,
  previewGiveVisits,
  recordVisit,
} from '../../src/modules/visits/index.ts';
import type { Actor } from '../../src/platform/command.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { textOf } from '../support/dispatch-pages.ts';
import { actorOf } from '../support/evidence.ts';
import { addPerson } from '../support/follow-up.ts';
import { type LeftBehindStory, openLeftBehind } from '../support/left-behind.ts';
import { paHu, taXiLang } from '../support/lists.ts';
import { bodyOf, formTo } from '../support/shown-forms.ts';
import type { World } from '../support/world.ts';

const DUE = '2026-06-30';

let story: LeftBehindStory;
let world: World;
let web: Web;
let officer: Actor & { readonly userId: string; readonly username: string };
let pages: Walker;
let line: string;
let other: string;
let id: LeftBehindStory['id'];

beforeAll(async () => {
  story = await openLeftBehind();
  ({ world, id } = story);
  [line, other] = story.lines;
  officer = await addPerson(world, 'officer', taXiLang, 'Lò Thị Cán Bộ');
  web = await startPages(world);
  pages = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username: officer.username });
  await pages.send(path, path, {});
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});
beforeEach(async () => {
  await world.database.pool.query(`delete from visits.visit where state in ('open', 'cancelled')`);
  await world.database.pool.query('delete from coverage.follow_up');
});

const assign = (more: object, who: Actor = officer) =>
  world.execute(assignFollowUp, who, { lineIds: [line], ownerName: 'Trưởng thôn', dueOn: DUE, ...more });
const preview = (more: object, who: Actor = officer) =>
  world.execute(previewFollowUp, who, { lineIds: [line], ownerName: 'Trưởng thôn', dueOn: DUE, ...more });

const open = async () => (await world.execute(listVisits, officer, { states: ['open'] })).visits;
const openCodes = async () => (await open()).map(({ code }) => code).sort();
const idsOf = async (...codes: string[]) =>
  (await open()).filter(({ code }) => codes.includes(code)).map(({ visitId }) => visitId);
const nobodys = async () => (await story.list({ owner: 'none' })).total;

const audits = async (name: string) =>
  (
    await world.database.pool.query(
      `select user_id as "userId", refs from platform.audit where name = $1 order by audit_id`,
      [name],
    )
  ).rows;

describe('giving out those not reached', () => {
  it('is summed up first: how many, where, what, and whom somebody goes to already', async () => {
    await assign({ subjectIds: [id('H-THAI')], ownerName: 'Bí thư' });
    const subjectIds = ['H-THAI', 'H-READ', 'H-DEV', 'H-MET'].map(id);
    const before = await world.database.pool.query('select * from visits.visit order by 1');
    expect(await preview({ subjectIds, existing: 'keep' })).toEqual({
      ...{ households: 2, villages: 2, ownerName: 'Trưởng thôn', visits: 2, open: 1, reached: 1, unit: 'household' },
      steps: [{ step: 'visit-read-aloud', count: 2 }],
    });
    expect(await preview({ subjectIds })).toMatchObject({ households: 3, open: 1, reached: 1 });
    expect((await world.database.pool.query('select * from visits.visit order by 1')).rows).toEqual(before.rows);
    const outside = { subjectIds, ownerId: story.agent.userId };
    for (const ask of [preview, assign])
      await expect(ask({ ...outside, step: 'visit-read-aloud' })).rejects.toMatchObject({ code: 'visit.agent-area' });
    await expect(preview({ subjectIds }, actorOf('officer', paHu))).rejects.toMatchObject({ kind: 'not-found' });
    await expect(preview({ subjectIds }, story.agent)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('leaves those to whom somebody goes as they are, unless asked to', async () => {
    const kept = { subjectIds: ['H-THAI', 'H-READ'].map(id) };
    await assign({ subjectIds: [id('H-THAI')], ownerName: 'Bí thư', dueOn: '2026-06-20' });
    const keep = { ...kept, lineIds: [line, other], existing: 'keep' };
    expect(await assign(keep)).toMatchObject({ households: 1, visits: 1, kept: 1, undo: { made: 1 } });
    const thai = (await open()).find(({ code }) => code === 'H-THAI')!;
    expect(thai).toMatchObject({ agentName: 'Bí thư', dueOn: '2026-06-20', lineIds: [line] });
    await expect(assign(keep)).rejects.toMatchObject({ code: 'left-behind.all-kept' });
    expect(await assign({ ...keep, existing: 'replace' })).toMatchObject({ households: 2, kept: 0, undo: null });
    const given = (await open()).find(({ code }) => code === 'H-THAI')!;
    expect(given).toMatchObject({ agentName: 'Trưởng thôn', dueOn: DUE });
    expect(new Set(given.lineIds)).toEqual(new Set([line, other]));
  });

  it('takes all that the list shows, and nothing when that has become others', async () => {
    const all = { placeId: story.villages[1], owner: 'none' };
    const { households } = await preview({ all });
    expect(households).toBe(2);
    const why = { all: { ...all, reason: 'other-language', text: 'hộ' } };
    expect((await preview(why)).households).toBe((await story.list(why.all)).total);
    await expect(assign({ all, expected: households + 1 })).rejects.toMatchObject({ code: 'left-behind.others-now' });
    expect(await openCodes()).toEqual([]);
    expect(await assign({ all, expected: households })).toMatchObject({ households, visits: households });
    expect((await story.list(all)).total).toBe(0);
    expect(await assign({ all: {} })).toMatchObject({ households: (await story.list()).total });
    await expect(assign({ all: { placeId: paHu } })).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('is undone as far as nobody went, called off or gave on; what was there before stays', async () => {
    await assign({ subjectIds: [id('H-THAI')], ownerName: 'Bí thư' });
    const before = await nobodys();
    const subjectIds = ['H-THAI', 'H-READ', 'H-DEV', 'H-NONE', 'H-ABS', 'H-HEAR'].map(id);
    const { undo } = await assign({ subjectIds, step: 'visit-read-aloud' });
    expect(undo).toMatchObject({ made: 5 });
    const of = async (code: string) => (await idsOf(code))[0]!;
    await world.execute(recordVisit, officer, { visitId: await of('H-READ'), outcome: 'not-met', note: '' });
    await world.execute(cancelVisit, officer, { visitId: await of('H-DEV'), reason: 'giao nhầm' });
    world.clock.set(new Date(world.clock.now().getTime() + 1_000));
    await world.execute(giveVisits, officer, { visitIds: [await of('H-NONE')], agentName: 'Bà Mỷ' });
    // Somebody else undoes nothing of it.
    const stranger = await addPerson(world, 'officer', taXiLang, 'Cán bộ khác');
    expect(await world.execute(undoFollowUp, stranger, undo!)).toEqual({ visits: 0, left: 5 });
    expect(await world.execute(undoFollowUp, officer, undo!)).toEqual({ visits: 2, left: 3 });
    expect(await openCodes()).toEqual(['H-NONE', 'H-THAI']);
    const { visits } = await world.execute(listVisits, officer, { subjectId: id('H-ABS') });
    expect(visits).toMatchObject([{ state: 'cancelled', closedByName: officer.name }]);
    expect(await nobodys()).toBe(before - 3);
    expect(await world.execute(undoFollowUp, officer, undo!)).toEqual({ visits: 0, left: 5 });
    expect((await audits('coverage.undo-follow-up')).map(({ refs }) => refs.visits)).toEqual([0, 2, 0]);
    await expect(world.execute(undoFollowUp, story.agent, undo!)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('several visits at once', () => {
  beforeEach(async () => {
    const subjectIds = ['H-THAI', 'H-READ', 'H-DEV', 'H-HEAR'].map(id);
    await assign({ subjectIds, step: 'visit-read-aloud' });
  });

  it('go to somebody else: by the days they have or another, those that cannot are passed over and told', async () => {
    const visitIds = (await open()).map(({ visitId }) => visitId);
    const wanted = { visitIds, agentId: story.agent.userId };
    const told = {
      visits: 2,
      villages: 1,
      agentName: story.agent.name,
      late: 0,
      same: 0,
      outside: 2,
      gone: 0,
      closed: 0,
    };
    expect(await world.execute(previewGiveVisits, officer, wanted)).toEqual(told);
    expect((await open()).every(({ agentName }) => agentName === 'Trưởng thôn')).toBe(true);
    await expect(world.execute(giveVisits, officer, { ...wanted, expected: 4 })).rejects.toMatchObject({
      code: 'visit.others-now',
    });
    expect(await world.execute(giveVisits, officer, { ...wanted, expected: 2 })).toEqual(told);
    const mine = await world.execute(listVisits, story.agent, { mine: true, states: ['open'] });
    expect(mine.visits.map(({ code, dueOn }) => [code, dueOn]).sort()).toEqual([['H-HEAR', DUE], ['H-READ', DUE]]); // biome-ignore format: a table
    expect(await world.execute(previewGiveVisits, officer, wanted)).toMatchObject({ visits: 0, same: 2 });
    const later = { visitIds, agentName: 'Bà Mỷ', dueOn: '2026-07-10' };
    expect(await world.execute(giveVisits, officer, later)).toMatchObject({ visits: 4, villages: 3 });
    expect(new Set((await open()).map(({ dueOn }) => dueOn))).toEqual(new Set(['2026-07-10']));
    expect((await audits('visits.give-visits')).at(-1)).toMatchObject({
      ...{ userId: officer.userId, refs: { visits: 4, dueOn: '2026-07-10' } },
    });
  });

  it('are called off with one reason, all of a list too; those over by then stay as they are', async () => {
    const visitIds = await idsOf('H-THAI', 'H-READ');
    await world.execute(cancelVisit, officer, { visitId: visitIds[0]!, reason: 'đã đi' });
    const asked = { visitIds, reason: 'Họp thôn thay' };
    expect(await world.execute(previewCancelVisits, officer, asked)).toEqual({ visits: 1, villages: 1, closed: 1 });
    expect(await world.execute(cancelVisits, officer, asked)).toEqual({ visits: 1, villages: 1, closed: 1 });
    expect(await openCodes()).toEqual(['H-DEV', 'H-HEAR']);
    const all = { placeId: story.villages[0] };
    expect(await world.execute(cancelVisits, officer, { all, reason: 'mưa lũ', expected: 1 })).toMatchObject({
      visits: 1,
    });
    expect(await openCodes()).toEqual(['H-DEV']);
    const { visits } = await world.execute(listVisits, officer, { subjectId: id('H-HEAR') });
    expect(visits[0]).toMatchObject({ state: 'cancelled', outcomeNote: 'mưa lũ', closedByName: officer.name });
    expect((await audits('visits.cancel-visits')).map(({ refs }) => refs)).toEqual([{ visits: 1 }, { visits: 1 }]);
  });

  it('are nobody else’s to change, and never without a choice, a name, a reason, a day to come', async () => {
    const visitIds = (await open()).map(({ visitId }) => visitId);
    const give = (more: object, who: Actor = officer) =>
      world.execute(giveVisits, who, { visitIds, agentName: 'Bà Mỷ', ...more });
    await expect(give({}, actorOf('officer', paHu))).rejects.toMatchObject({ kind: 'not-found', code: 'visit' });
    await expect(give({}, story.agent)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(give({ visitIds: [] })).rejects.toMatchObject({ code: 'visit.none-chosen' });
    await expect(give({ agentName: '' })).rejects.toMatchObject({ code: 'visit.no-agent' });
    await expect(give({ dueOn: '2026-06-01' })).rejects.toMatchObject({ code: 'visit.due-past' });
    const cancel = { visitIds, reason: ' ' };
    await expect(world.execute(cancelVisits, officer, cancel)).rejects.toMatchObject({ code: 'input' });
    const elsewhere = actorOf('leader', paHu);
    const theirs = world.execute(cancelVisits, elsewhere, { visitIds, reason: 'x' });
    await expect(theirs).rejects.toMatchObject({ code: 'visit' });
    expect((await open()).map(({ agentName }) => agentName)).toEqual(Array(4).fill('Trưởng thôn'));
  });
});

describe('on the pages', () => {
  const send = async (html: string, to: string, more: Record<string, string | readonly string[]> = {}) => {
    const { csrf, ...fields } = formTo(html, to)!;
    return pages.post(to, bodyOf(csrf![0]!, { ...fields, ...more }));
  };
  const followed = async (response: Response) => {
    expect(response.status).toBe(303);
    return (await pages.get(response.headers.get('location')!)).text();
  };

  it('what is given out is shown before it is done, can be put right, and undone', async () => {
    await assign({ subjectIds: [id('H-THAI')], ownerName: 'Bí thư' });
    const list = await (await pages.get(`/left-behind?line=${line}`)).text();
    const chosen = { subject: ['H-THAI', 'H-READ', 'H-DEV'].map(id), ownerName: 'Bà Mỷ', dueOn: '30/06/2026' };
    const summary = await send(list, '/left-behind/assign', chosen);
    const html = await summary.text();
    expect(textOf(html)).toContain('Sẽ giao 2 hộ ở 2 thôn cho Bà Mỷ, hạn 30/06/2026.');
    expect(textOf(html)).toContain('1 hộ, giữ nguyên');
    expect(await openCodes()).toEqual(['H-THAI']);
    const again = await (await send(html, '/left-behind/assign', { back: 'yes' })).text();
    expect(formTo(again, '/left-behind/assign')).toMatchObject({ ownerName: ['Bà Mỷ'], dueOn: ['30/06/2026'] });
    expect(formTo(again, '/left-behind/assign')!.subject!.toSorted()).toEqual(chosen.subject.toSorted());
    const done = await followed(await send(html, '/left-behind/assign'));
    expect(textOf(done)).toContain('Đã giao 2 hộ, 2 lượt đến hộ.');
    expect(await openCodes()).toEqual(['H-DEV', 'H-READ', 'H-THAI']);
    const undone = await followed(await send(done, '/left-behind/undo'));
    expect(textOf(undone)).toContain('Đã hoàn tác: hủy 2 lượt vừa tạo.');
    const twice = textOf(await followed(await send(done, '/left-behind/undo')));
    expect(twice).toContain('Không còn lượt nào để hoàn tác.');
    expect(twice).not.toContain('giữ nguyên vì đã có người đi');
    expect(await openCodes()).toEqual(['H-THAI']);
    const all = await (await send(list, '/left-behind/assign', { ...chosen, subject: [], all: 'list' })).text();
    const total = (await story.list()).total;
    expect(textOf(all)).toContain(`Sẽ giao ${total - 1} hộ ở 3 thôn cho Bà Mỷ`);
    // Those to whom somebody goes already are given on as well when that is asked for.
    const given = await followed(await send(all, '/left-behind/assign', { again: 'yes' }));
    expect(textOf(given)).toContain(`Đã giao ${total} hộ`);
    expect((await open()).every(({ agentName }) => agentName === 'Bà Mỷ')).toBe(true);
  });

  it('visits are given on and called off after a summary that says it cannot be undone', async () => {
    await assign({ subjectIds: ['H-THAI', 'H-READ', 'H-DEV'].map(id), step: 'visit-read-aloud' });
    const list = async () => (await pages.get('/visits')).text();
    const nobody = await send(await list(), '/visits/many', { do: 'give' });
    expect([nobody.status, textOf(await nobody.text())]).toEqual([422, expect.stringContaining('Hãy chọn người đến')]);
    const visit = await idsOf('H-THAI', 'H-READ');
    const give = await (await send(await list(), '/visits/many', { visit, ownerName: 'Bà Mỷ', do: 'give' })).text();
    expect(textOf(give)).toContain('Sẽ giao 2 lượt ở 2 thôn cho Bà Mỷ, hạn: mỗi lượt giữ hạn của nó.');
    expect(textOf(give)).toContain('Không hoàn tác được');
    expect(textOf(await followed(await send(give, '/visits/many')))).toContain('Đã giao 2 lượt cho người khác.');
    const cancel = await (await send(await list(), '/visits/many', { all: 'list', reason: 'mưa lũ', do: 'cancel' })).text(); // biome-ignore format: a row
    expect(textOf(cancel)).toContain('Sẽ hủy 3 lượt ở 3 thôn, lý do: mưa lũ.');
    expect((await open()).length).toBe(3);
    expect(textOf(await followed(await send(cancel, '/visits/many')))).toContain('Đã hủy 3 lượt.');
    expect(await openCodes()).toEqual([]);
  });
});

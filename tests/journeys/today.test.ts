import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { returnMessage, submitMessage } from '../../src/modules/content/index.ts';
import {
  assignFollowUp,
  closeMonths,
  listMarkedLines,
  notReachedTrend,
  recomputeLine,
} from '../../src/modules/coverage/index.ts';
import { listUnfinished, stopDispatch } from '../../src/modules/delivery/index.ts';
import { getPlan, listDueLines } from '../../src/modules/plans/index.ts';
import { countVisits, listVisits, recordVisit } from '../../src/modules/visits/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { capital } from '../../src/web/show.ts';
import type { Walker } from '../support/browserless.ts';
import { startPages } from '../support/browserless.ts';
import { type Day, LATE_PLAN, openDay, signedIn } from '../support/day.ts';
import { actorOf, putContacts, subjectOf } from '../support/evidence.ts';
import { putActivity } from '../support/follow-up.ts';
import { check, paHu, taXiLang } from '../support/lists.ts';
import { draftMessage, person } from '../support/messages.ts';
import { fakeChannel, householdNo, receiverOf, submit, work } from '../support/sending.ts';
import type { World } from '../support/world.ts';

let day: Day;
let world: World;
let web: Web;

beforeAll(async () => {
  day = await openDay();
  ({ world } = day);
  web = await startPages(world);
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

/** A key shown in place of its sentence. */
const HOLE = />[^<]*\b(?:today|page|send-fault|send-todo|content\.kind)\.[a-z][\w.-]*[^<]*</u;

/** What the page says between its greeting and the other pages. */
const tasksOf = async (walker: Walker): Promise<string> => {
  const html = await (await walker.get('/')).text();
  expect(html).not.toMatch(HOLE);
  return html.slice(html.indexOf('<main'), html.indexOf(say('vi', 'today.elsewhere')));
};

const officer = actorOf('officer', taXiLang);
const leader = actorOf('leader', taXiLang);
const stranger = actorOf('officer', paHu);

const subjects = (...numbers: number[]): Promise<string[]> =>
  Promise.all(numbers.map((no) => subjectOf(world, householdNo(no).code!)));

const give = async (
  numbers: number[],
  more: Partial<Parameters<typeof assignFollowUp.run>[1]> = {},
  who: Actor = officer,
) =>
  world.execute(assignFollowUp, who, {
    lineIds: [day.lineId],
    subjectIds: await subjects(...numbers),
    step: 'visit-read-aloud',
    ownerName: 'Trưởng thôn',
    dueOn: '2026-06-20',
    ...more,
  });

describe('an officer', () => {
  it('sees whom a sending did not reach, in groups with the next step, until somebody is sent there', async () => {
    const { walker } = await signedIn(world, web, 'officer');
    const html = await tasksOf(walker);
    expect(html).toContain(say('vi', 'today.sending.failed', { count: 5 }));
    expect(html).toContain(say('vi', 'today.sending.group', { count: 3, why: say('vi', 'send-fault.bad-number') }));
    expect(html).toContain(say('vi', 'send-todo.bad-number'));
    expect(html).toContain(say('vi', 'today.sending.group', { count: 2, why: say('vi', 'send-fault.no-answer') }));
    expect(html).toContain(`/left-behind?what=line:${day.lineId}&amp;reason=delivery-failed`);
    const listed = await (await walker.get(`/left-behind?what=line:${day.lineId}&reason=delivery-failed`)).text();
    for (const no of [1, 2, 3]) expect(listed).toContain(householdNo(no).code);
    expect(listed).not.toContain(householdNo(4).code);

    await give([1, 2]);
    const { failed } = await world.execute(listUnfinished, officer, {});
    expect(failed.map(({ groups }) => groups.map(({ fault, count }) => [fault, count]))).toEqual([
      [
        ['no-answer', 2],
        ['bad-number', 1],
      ],
    ]);
    // Whoever was reached by whatever way needs nobody any more.
    const [third] = await subjects(3);
    await putContacts(world, [
      {
        ...{ subjectId: third!, messageId: day.messageId, edition: 1, stage: 3, language: 'vi', channel: 'meeting' },
        ...{ proof: 'photo-list', happenedOn: '2026-06-15', activityId: null },
      },
    ]);
    const { failed: left } = await world.execute(listUnfinished, officer, {});
    expect(left[0]!.count).toBe(2);
    // Of another run the newest try counts: one arrives now, the other does not.
    const again = { retryOf: left[0]!.dispatchId, alsoUncertain: true };
    const { dispatchId, recipients } = await submit(day, again);
    expect(recipients).toBe(2);
    const channel = fakeChannel();
    channel.answer = ({ deliveryId, to }) =>
      to.endsWith('4') ? { deliveryId, kind: 'refused', code: 'blocked', retry: false } : undefined;
    await work(day, channel);
    expect((await world.execute(listUnfinished, officer, {})).failed).toMatchObject([
      { dispatchId, count: 1, groups: [{ state: 'failed', fault: 'blocked', count: 1 }] },
    ]);
  });

  it('sees what is late and what ends soon by the name of the head, not what cannot be written down here', async () => {
    const heads = await world.execute(listDueLines, officer, {});
    expect(heads.map(({ name, late, lines }) => [name, late, lines.map(({ position }) => position)])).toEqual([
      ['Lò Văn Mẫu', 1, [1]],
      ['Giàng Thị Mẫu', 0, [2]],
    ]);
    const { walker } = await signedIn(world, web, 'officer');
    const html = await tasksOf(walker);
    expect(html).toContain(`href="/plans/${LATE_PLAN}/lines/1"`);
    expect(html).toContain(`href="/plans/${LATE_PLAN}/lines/2"`);
    for (const position of [3, 4]) expect(html).not.toContain(`/plans/${LATE_PLAN}/lines/${position}`);
    const { lines, late } = await world.execute(getPlan, systemActor, { code: LATE_PLAN });
    expect(lines.map(({ standing }) => standing)).toEqual(['late', 'open', 'unkept', 'open']);
    expect(late.flatMap((head) => head.lines.map(({ position }) => position))).toEqual([1]);
    const plan = await (await walker.get(`/plans/${LATE_PLAN}`)).text();
    expect(plan).toContain(capital(say('vi', 'plan.standing.unkept')));

    await putActivity(world, { lineId: lines[0]!.lineId, placeIds: [day.villageId], happenedOn: '2026-04-10' });
    expect((await world.execute(listDueLines, officer, {})).map(({ name }) => name)).toEqual(['Giàng Thị Mẫu']);
    // Something recorded for a line makes it known, whatever its channels.
    await putActivity(world, { lineId: lines[2]!.lineId, placeIds: [day.villageId], happenedOn: '2026-04-10' });
    const after = await world.execute(getPlan, systemActor, { code: LATE_PLAN });
    expect(after.lines.map(({ standing }) => standing)).toEqual(['over', 'open', 'over', 'open']);
  });

  it('sees visits by how they stand', async () => {
    await give([4], { dueOn: '2026-06-15' });
    const visits = (await world.execute(listVisits, officer, {})).visits;
    const [first] = await subjects(1);
    const [visit] = visits.filter(({ subjectId }) => subjectId === first);
    await world.execute(recordVisit, officer, {
      visitId: visit!.visitId,
      outcome: 'not-met',
      happenedOn: '2026-06-15',
    });
    expect(await world.execute(countVisits, officer, {})).toEqual({
      ...{ open: 2, overdue: 0, today: 1, done: 0, notMet: 1, refused: 0 },
    });
    world.clock.set(new Date('2026-06-18T02:00:00Z'));
    expect(await world.execute(countVisits, officer, {})).toMatchObject({ open: 2, overdue: 1, today: 0, notMet: 1 });
    const { walker } = await signedIn(world, web, 'officer');
    const html = await tasksOf(walker);
    expect(html).toContain(say('vi', 'today.visits.overdue', { count: 1 }));
    expect(html).toContain(say('vi', 'today.visits.not-met', { count: 1 }));
    world.clock.set(new Date('2026-06-23T02:00:00Z'));
    expect(await world.execute(countVisits, officer, {})).toMatchObject({ open: 2, overdue: 2, notMet: 0 });
    world.clock.set(new Date('2026-06-15T02:00:00Z'));
  });

  it('sees lists that wait, replies unread, and what stands still', async () => {
    const { walker } = await signedIn(world, web, 'officer');
    expect(await tasksOf(walker)).not.toContain(say('vi', 'today.lists'));
    const { importId } = await check(world, {
      rows: [householdNo(1)],
      asOf: '2026-05-30',
      complete: null,
      synthetic: true,
    });
    // One with an error cannot be decided on: it has to be corrected first.
    const faulty = await check(world, {
      rows: [{ ...householdNo(2), class: 'Hộ gì đó' }],
      asOf: '2026-05-30',
      complete: null,
      synthetic: true,
    });
    expect(faulty.counts.errors).toBe(1);
    await receiverOf(day).inbound('thu', [
      { from: '+84540000006', text: 'Thẻ của con tôi đâu?' },
      { from: '+84540000007', text: 'TC' },
    ]);
    const { dispatchId } = await submit(day, { onlyMissing: false, urgentReason: 'thử' });
    await world.execute(stopDispatch, officer, { dispatchId });
    const html = await tasksOf(walker);
    expect(html).toContain(`href="/imports/${importId}"`);
    expect(html).toContain(`href="/imports/${faulty.importId}"`);
    expect(html).toContain('đã kiểm tra, chờ quyết định');
    expect(html).toContain('còn 1 lỗi phải sửa trong tệp');
    expect(html).toContain(say('vi', 'today.replies-unread', { count: 1 }));
    expect(html).toContain(`href="/dispatches/${dispatchId}"`);
    expect(html).toContain(say('vi', 'today.sending.stopped', { name: officer.name, count: 12 }).slice(0, 20));
  });

  it('is led by every link to a page that is there', async () => {
    const { walker } = await signedIn(world, web, 'officer');
    const html = await tasksOf(walker);
    const links = new Set([...html.matchAll(/href="([^"]+)"/gu)].map(([, href]) => href!.replaceAll('&amp;', '&')));
    expect(links.size).toBeGreaterThan(8);
    for (const href of links) expect([href, (await walker.get(href)).status]).toEqual([href, 200]);
  });
});

describe('how many are not reached', () => {
  it('stands against the last closed month end, line by line', async () => {
    const compute = async () => {
      for (const lineId of await world.execute(listMarkedLines, systemActor, {}))
        await world.execute(recomputeLine, systemActor, { lineId });
    };
    await compute();
    const ofLine = async (who: Actor = officer) =>
      (await world.execute(notReachedTrend, who, { limit: 100 })).lines.find(({ lineId }) => lineId === day.lineId);
    expect(await ofLine()).toMatchObject({ notReached: 11, of: 12, before: null });
    world.clock.set(new Date('2026-07-03T02:00:00Z'));
    await world.database.pool.query(`update registry.subject_now set as_of = '2026-07-03'`);
    await world.execute(closeMonths, systemActor, { lineId: day.lineId });
    await putContacts(
      world,
      (await subjects(8, 9)).map((subjectId) => ({
        ...{ subjectId, messageId: day.messageId, edition: 1, stage: 3 as const, language: 'vi' as const },
        ...{ channel: 'meeting' as const, proof: 'photo-list' as const, happenedOn: '2026-07-02', activityId: null },
      })),
    );
    await compute();
    expect(await ofLine()).toMatchObject({ notReached: 9, of: 12, before: { on: '2026-06-30', notReached: 11 } });
    // The agent of the village and the officer of the commune see the same twelve households.
    expect(await ofLine(actorOf('agent', day.villageId))).toMatchObject({ notReached: 9, of: 12 });
    const both: Actor = { ...officer, grants: [...officer.grants, { role: 'officer', placeId: day.villageId }] };
    expect(await ofLine(both)).toMatchObject({ notReached: 9, of: 12, before: { notReached: 11 } });
    expect(await ofLine(stranger)).toBeUndefined();
    const { walker } = await signedIn(world, web, 'leader');
    expect(await tasksOf(walker)).toContain(say('vi', 'today.trend.falling', { count: 2, day: '30/06/2026' }));
    // A month end of another edition is another figure.
    await world.database.pool.query(`update coverage.closing set edition = 2 where line_id = $1`, [day.lineId]);
    expect(await ofLine()).toMatchObject({ notReached: 9, before: null });
  });
});

describe('messages', () => {
  it('wait for a leader who did not write them, and come back to who writes', async () => {
    const writer = person('editor', taXiLang);
    const messageId = await draftMessage(world, writer, taXiLang, 'tin-cho-duyet');
    await world.execute(submitMessage, writer, { messageId });
    const href = `href="/messages/${messageId}/editions/1/approve"`;
    const boss = await signedIn(world, web, 'leader');
    const html = await tasksOf(boss.walker);
    expect(html).toContain(href);
    // First of all.
    expect(html.indexOf(href)).toBeLessThan(html.indexOf('/plans/'));
    expect((await boss.walker.get(`/messages/${messageId}/editions/1/approve`)).status).toBe(200);
    const editor = await signedIn(world, web, 'editor');
    expect(await tasksOf(editor.walker)).not.toContain(messageId);
    expect(await tasksOf((await signedIn(world, web, 'leader', paHu)).walker)).not.toContain(messageId);

    await world.execute(returnMessage, leader, { messageId, edition: 1, note: 'thiếu số văn bản' });
    expect(await tasksOf(boss.walker)).not.toContain(messageId);
    const back = await tasksOf(editor.walker);
    expect(back).toContain(`href="/messages/${messageId}/editions/1"`);
    expect(back).toContain(leader.name);
  });

  it('not handed in yet are their writer’s alone', async () => {
    const { walker, userId, name } = await signedIn(world, web, 'editor');
    const me: Actor = { userId, name, grants: [{ role: 'editor', placeId: taXiLang }], via: 'web' };
    const messageId = await draftMessage(world, me, taXiLang, 'tin-nhap');
    expect(await tasksOf(walker)).toContain(messageId);
    expect(await tasksOf((await signedIn(world, web, 'editor')).walker)).not.toContain(messageId);
  });
});

describe('an agent', () => {
  it('sees whom to visit, the longest overdue first, and nothing else', async () => {
    const { walker, userId } = await signedIn(world, web, 'agent', day.villageId);
    expect(await tasksOf(walker)).toContain(say('vi', 'today.nothing'));
    await give([10], { ownerId: userId, ownerName: '', dueOn: '2026-07-20' });
    await give([11], { ownerId: userId, ownerName: '', dueOn: '2026-07-05' });
    await world.database.pool.query(`update visits.visit set due_on = '2026-07-01' where due_on = '2026-07-05'`);
    const html = await tasksOf(walker);
    expect(html).toContain(say('vi', 'today.own-visits', { count: 2 }));
    expect(html.indexOf(householdNo(11).head)).toBeLessThan(html.indexOf(`${householdNo(10).head}<`));
    expect(html).toContain(say('vi', 'today.visit-overdue', { place: 'Thôn Một', day: '01/07/2026' }).slice(-18));
    expect(html).not.toContain('/plans/');
    expect(html).not.toContain('/dispatches');
    const [visit] = /\/visits\/[0-9a-f-]{36}/u.exec(html)!;
    expect((await walker.get(visit)).status).toBe(200);
  });
});

describe('who has nothing to do', () => {
  it.each([
    ['leader', paHu],
    ['admin', taXiLang],
  ] as const)('is told so kindly, and sees nothing of others: %s', async (role, placeId) => {
    const { walker } = await signedIn(world, web, role, placeId);
    const html = await tasksOf(walker);
    expect(html).toContain(say('vi', 'today.nothing'));
    expect(html).not.toContain('class="tasks"');
  });

  it('gets the same from every read behind the page', async () => {
    expect(await world.execute(listDueLines, stranger, {})).toEqual([]);
    expect(await world.execute(listUnfinished, stranger, {})).toEqual({ running: [], more: 0, failed: [] });
    expect(await world.execute(countVisits, stranger, {})).toEqual({
      ...{ open: 0, overdue: 0, today: 0, done: 0, notMet: 0, refused: 0 },
    });
  });
});

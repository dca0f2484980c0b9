import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignFollowUp } from '../../src/modules/coverage/index.ts';
import { voidActivity } from '../../src/modules/plans/index.ts';
import { addOfficer } from '../../src/modules/registry/index.ts';
import { cancelVisit, listVisits, recordVisit } from '../../src/modules/visits/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { actorOf, addLine, addMessage, putContacts } from '../support/evidence.ts';
import { type LeftBehindStory, lineOf, openLeftBehind, TODAY } from '../support/left-behind.ts';
import { paHu, taXiLang } from '../support/lists.ts';
import type { World } from '../support/world.ts';

const DUE = '2026-06-30';

let story: LeftBehindStory;
let world: World;
let [line, other, third] = ['', '', ''];
let [one, two, three] = ['', '', ''];
let officer: Actor;
let agent: LeftBehindStory['agent'];
let id: LeftBehindStory['id'];
let list: LeftBehindStory['list'];

beforeAll(async () => {
  story = await openLeftBehind();
  ({ world, officer, agent, id, list } = story);
  [line, other, third] = story.lines;
  [one, two, three] = story.villages;
});
afterAll(() => world.close());

const isMissing = async (code: string): Promise<boolean> => code in (await story.reasonsOf());

const assign = (more: object, who: Actor = officer) =>
  world.execute(assignFollowUp, who, { lineIds: [line], ownerName: 'Trưởng thôn Hai', dueOn: DUE, ...more });

const refuses = (more: object, code: string) => expect(assign(more)).rejects.toMatchObject({ code });

describe('following up', () => {
  it('makes visits, says who sees to it, and is the same when done again', async () => {
    const wanted = { subjectIds: [id('H-THAI'), id('H-MET')], step: 'visit-read-aloud' as const };
    const given = { households: 1, visits: 1, reached: 1, kept: 0, unit: 'household' };
    expect(await assign(wanted)).toMatchObject({ ...given, undo: { made: 1 } });
    expect(await assign(wanted)).toEqual({ ...given, undo: null });
    expect((await world.execute(listVisits, officer, { subjectId: id('H-THAI') })).total).toBe(1);
    const { rows } = await list({ owner: 'Trưởng thôn Hai' });
    expect(rows).toMatchObject([
      { code: 'H-THAI', followUp: { ownerName: 'Trưởng thôn Hai', dueOn: DUE, visitState: 'open', overdue: false } },
    ]);
    expect((await list({ owner: 'none' })).total).toBe(9);
  });

  it('takes a whole village and a reason, each household with what is proposed for it', async () => {
    expect(await assign({ villageId: one, reason: 'language-unknown', ownerId: agent.userId })).toMatchObject({
      households: 1,
      visits: 1,
    });
    expect(await assign({ villageId: three })).toMatchObject({
      households: 2,
      visits: 2,
      reached: 0,
      unit: 'household',
    });
    const steps = Object.fromEntries((await list()).rows.map(({ code, followUp }) => [code, followUp?.step]));
    expect(steps).toMatchObject({
      'H-LANG': 'ask-language',
      'H-DEV': 'visit-read-aloud',
      'H-NONE': 'visit-read-aloud',
    });
    const mine = await world.execute(listVisits, agent, { mine: true });
    expect(mine.visits.map(({ code }) => code)).toEqual(['H-LANG']);
    // Something for the whole village sends nobody to the household; what was open stays open.
    expect(await assign({ villageId: two, step: 'loudspeaker-language' })).toMatchObject({ households: 2, visits: 0 });
    expect((await world.execute(listVisits, officer, { subjectId: id('H-ABS') })).total).toBe(0);
  });

  it('for several lines sends once to each household, for just the lines it misses', async () => {
    await putContacts(world, [
      {
        ...story.contact('H-READ'),
        messageId: (await world.execute(lineOf, systemActor, other)).messageId,
        channel: 'visit',
      },
    ]);
    await assign({ lineIds: [line, other, third], subjectIds: [id('H-READ'), id('H-HEAR')] });
    const linesOf = async (code: string) =>
      (await world.execute(listVisits, officer, { subjectId: id(code) })).visits[0]!.lineIds;
    expect(new Set(await linesOf('H-READ'))).toEqual(new Set([line, third]));
    expect(new Set(await linesOf('H-HEAR'))).toEqual(new Set([line, other, third]));
  });

  it('refuses nobody, a day that has passed, no owner, a plan not in force, too many', async () => {
    await refuses({}, 'left-behind.nobody');
    await refuses({ subjectIds: [id('H-MET')] }, 'left-behind.nobody');
    await refuses({ subjectIds: [id('H-THAI')], dueOn: '2026-06-14' }, 'visit.due-past');
    await refuses({ subjectIds: [id('H-THAI')], ownerName: ' ' }, 'visit.no-agent');
    await refuses(
      { subjectIds: [id('H-THAI')], ownerId: agent.userId, ownerName: '', step: 'visit-other-hour' },
      'visit.agent-area',
    );
    await refuses({ subjectIds: Array.from({ length: 5_001 }, () => id('H-THAI')) }, 'input');
    const draft = await addLine(world, { messageId: story.message, state: 'draft' });
    await refuses({ lineIds: [draft], villageId: one }, 'left-behind.plan');
  });

  it('of officers is noted, and nobody is sent to their door', async () => {
    await world.execute(addOfficer, systemActor, {
      name: 'Giàng A Cán',
      body: 'UBND xã',
      post: 'Công chức',
      placeId: taXiLang,
    });
    const lineId = await addLine(world, {
      messageId: await addMessage(world),
      rule: { subject: 'officer', where: { all: [] } },
    });
    const [found] = (await list({ lineId }, officer)).rows;
    expect(found).toMatchObject({
      kind: 'officer',
      head: 'Giàng A Cán',
      class: null,
      missing: [{ reason: 'nothing-done', next: 'send-mail' }],
    });
    expect(await assign({ lineIds: [lineId], subjectIds: [found!.subjectId] })).toEqual({
      households: 1,
      visits: 0,
      reached: 0,
      kept: 0,
      undo: null,
      unit: 'officer',
    });
    expect((await list({ lineId })).rows[0]).toMatchObject({
      followUp: { ownerName: 'Trưởng thôn Hai', visitId: null, step: 'send-mail' },
    });
    // What is done with households is not done with officers, nor the other way round.
    const only = { lineIds: [lineId], subjectIds: [found!.subjectId] };
    for (const step of ['hold-meeting', 'visit-read-aloud']) await refuses({ ...only, step }, 'left-behind.step-other');
    await refuses({ subjectIds: [id('H-DEV')], step: 'hand-over' }, 'left-behind.step-other');
    expect((await list({ lineId })).rows[0]).toMatchObject({ followUp: { step: 'send-mail' } });
    await assign({ ...only, step: 'hand-over' });
    expect((await list({ lineId })).rows[0]).toMatchObject({ followUp: { step: 'hand-over', visitId: null } });
  });

  it('takes nobody off the list but by evidence, and a void brings them back', async () => {
    const [visit] = (await world.execute(listVisits, officer, { subjectId: id('H-HEAR'), states: ['open'] })).visits;
    expect(await isMissing('H-HEAR')).toBe(true);
    await world.execute(cancelVisit, officer, { visitId: visit!.visitId, reason: 'giao lại' });
    expect(await isMissing('H-HEAR')).toBe(true);
    await story.visited('H-HEAR', 'not-met', TODAY);
    expect((await story.reasonsOf())['H-HEAR']).toBe('not-met');
    await assign({ subjectIds: [id('H-HEAR')] });
    expect(await isMissing('H-HEAR')).toBe(true);
    const [open] = (await world.execute(listVisits, officer, { subjectId: id('H-HEAR'), states: ['open'] })).visits;
    const { activityIds } = await world.execute(recordVisit, officer, {
      visitId: open!.visitId,
      outcome: 'met',
      results: [{ lineId: line, language: 'hmn', readAloud: true }],
    });
    expect(await isMissing('H-HEAR')).toBe(false);
    await world.execute(voidActivity, officer, { activityId: activityIds[0]!, reason: 'chưa đến thật' });
    const back = (await list()).rows.find(({ code }) => code === 'H-HEAR')!;
    expect(back).toMatchObject({ missing: [{ reason: 'heard-only' }], followUp: { visitState: 'done' } });
  });

  it('does not count what was told in a language that is not understood there', async () => {
    const [visit] = (await world.execute(listVisits, officer, { subjectId: id('H-LANG') })).visits;
    await world.execute(recordVisit, agent, {
      visitId: visit!.visitId,
      outcome: 'met',
      results: [{ lineId: line, language: 'hmn', readAloud: true }],
    });
    expect((await story.reasonsOf())['H-LANG']).toBe('language-unknown');
  });
});

it('is given out by officers and leaders of the place, to households of theirs', async () => {
  const elsewhere = actorOf('officer', paHu);
  await expect(assign({ subjectIds: [id('H-THAI')] }, elsewhere)).rejects.toMatchObject({
    kind: 'not-found',
    code: 'household',
  });
  await expect(assign({ villageId: two }, elsewhere)).rejects.toMatchObject({ kind: 'forbidden' });
  await expect(assign({ subjectIds: [id('H-READ')] }, agent)).rejects.toMatchObject({ kind: 'forbidden' });
  expect(await assign({ subjectIds: [id('H-READ')] }, actorOf('leader', taXiLang))).toMatchObject({ households: 1 });
});

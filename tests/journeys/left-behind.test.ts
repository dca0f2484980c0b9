import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportLeftBehind, listLeftBehind, sheetDocument, villageSheet } from '../../src/modules/coverage/index.ts';
import { voidActivity } from '../../src/modules/plans/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import { sayIn } from '../../src/shared/words/index.ts';
import { actorOf, addLine, addMessage, putContacts, voidEvidence } from '../support/evidence.ts';
import { putActivity } from '../support/follow-up.ts';
import { cellsOf, type LeftBehindStory, lineOf, openLeftBehind, TODAY } from '../support/left-behind.ts';
import { paHu } from '../support/lists.ts';
import type { World } from '../support/world.ts';

let story: LeftBehindStory;
let world: World;
let line = '';
let [one, two, three] = ['', '', ''];
let officer: Actor;
let agent: LeftBehindStory['agent'];
let list: LeftBehindStory['list'];

beforeAll(async () => {
  story = await openLeftBehind();
  ({ world, officer, agent, list } = story);
  [line] = story.lines;
  [one, two, three] = story.villages;
});
afterAll(() => world.close());

const isMissing = async (code: string): Promise<boolean> => code in (await story.reasonsOf());

describe('the reason', () => {
  it('comes from what is written down of each household', async () => {
    expect(await story.reasonsOf()).toEqual({
      'H-REF': 'refused',
      'H-OUT': 'not-met',
      'H-WEAK': 'too-weak',
      'H-LANG': 'language-unknown',
      'H-READ': 'not-understood',
      'H-HEAR': 'heard-only',
      'H-THAI': 'other-language',
      'H-ABS': 'other-language',
      'H-DEV': 'no-device',
      'H-NONE': 'nothing-done',
    });
  });

  it('is that of the day asked for', async () => {
    // The day before the poster and the first visit.
    const then = await story.reasonsOf({ on: '2026-06-01' });
    expect(then).toMatchObject({
      'H-REF': 'heard-only',
      'H-OUT': 'heard-only',
      'H-THAI': 'no-device',
      'H-ABS': 'nothing-done',
    });
    // Before everything: nobody was reached, the one who was at the meeting either.
    const before = await story.reasonsOf({ on: '2026-05-01' });
    expect(before).toMatchObject({ 'H-MET': 'no-device', 'H-WEAK': 'no-device', 'H-NONE': 'nothing-done' });
    await expect(list({ on: '2026-06-16' })).rejects.toMatchObject({ code: 'left-behind.future' });
  });

  it('may be that the village has met without it, or that its turn has not come', async () => {
    const lineId = await addLine(world, { messageId: await addMessage(world) });
    await putActivity(world, { lineId, placeIds: [two] });
    await putActivity(world, { lineId, placeIds: [three], kind: 'visit' });
    const { rows } = await list({ lineId });
    const found = Object.fromEntries(rows.map(({ code, missing }) => [code, missing[0].reason]));
    expect(found).toMatchObject({ 'H-ABS': 'meeting-absent', 'H-NONE': 'not-yet', 'H-DEV': 'no-device' });
  });

  it('ends with a contact that is stronger than what went before, and comes back when that is voided', async () => {
    // Refused in June, reached weakly since: the refusal is told no longer.
    await putContacts(world, [
      story.contact('H-REF', { stage: 3, channel: 'visit', language: 'vi', happenedOn: '2026-06-06' }),
    ]);
    expect((await story.reasonsOf())['H-REF']).toBe('refused');
    const activityId = await putActivity(world, { lineId: line, placeIds: [one], happenedOn: '2026-06-10' });
    await putContacts(world, [story.contact('H-REF', { happenedOn: '2026-06-10', activityId })]);
    expect(await isMissing('H-REF')).toBe(false);
    await world.execute(voidActivity, officer, { activityId, reason: 'ghi nhầm buổi' });
    expect((await story.reasonsOf())['H-REF']).toBe('refused');
  });
});

describe('a refusal', () => {
  it('is told no longer once something has reached the household since, also when that is not the first time', async () => {
    const activityId = newId();
    const weak = (happenedOn: string) =>
      putContacts(world, [
        story.contact('H-REF', { stage: 2, channel: 'visit', language: 'hmn', happenedOn, activityId }),
      ]);
    await weak('2026-05-25');
    expect((await story.reasonsOf())['H-REF']).toBe('refused');
    await weak('2026-06-08');
    expect((await story.reasonsOf())['H-REF']).toBe('too-weak');
    expect((await story.reasonsOf({ on: '2026-06-07' }))['H-REF']).toBe('refused');
    await voidEvidence(world, activityId);
    expect((await story.reasonsOf())['H-REF']).toBe('refused');
  });
});

describe('the list', () => {
  it('is what the figure leaves, village by village', async () => {
    const asked = await world.execute(lineOf, systemActor, line);
    for (const on of [TODAY, '2026-06-01', '2026-05-20']) {
      const cells = await world.execute(cellsOf, systemActor, { lineId: line, on });
      const left = cells
        .filter(({ facet }) => facet === 'all')
        .map((cell) => [cell.placeId, cell.n - cell.s3] as const);
      const { places, total } = await list({ on });
      expect(asked.threshold).toBe(3);
      expect(Object.fromEntries(places.map(({ placeId, missing }) => [placeId, missing]))).toEqual(
        Object.fromEntries(left.filter(([, count]) => count > 0)),
      );
      expect(total).toBe(left.reduce((sum, [, count]) => sum + count, 0));
    }
  });

  it('tells what is needed of each household, and counts reasons by village', async () => {
    const { rows, places, reasons, total } = await list();
    expect(total).toBe(10);
    expect(rows.find(({ code }) => code === 'H-NONE')).toMatchObject({
      head: 'Hộ H-NONE',
      class: 'poor',
      place: expect.stringContaining('Thôn Ba'),
      languages: ['hmn'],
      phones: ['+84541000001'],
      missing: [{ reason: 'nothing-done', next: 'hold-meeting', couldHear: false }],
    });
    expect(rows.find(({ code }) => code === 'H-HEAR')!.missing[0].couldHear).toBe(true);
    expect(places.map(({ place, missing }) => [place.split(',')[0], missing])).toEqual([
      ['Thôn Ba', 2],
      ['Thôn Hai', 2],
      ['Thôn Một', 6],
    ]);
    expect(places.at(-1)!.reasons).toEqual({
      refused: 1,
      'not-met': 1,
      'too-weak': 1,
      'language-unknown': 1,
      'not-understood': 1,
      'heard-only': 1,
    });
    expect(reasons).toMatchObject({ 'other-language': 2, 'no-device': 1 });
  });

  it('can be cut by reason, place, page; its counts stay those of the place', async () => {
    expect(Object.keys(await story.reasonsOf({ reason: 'other-language' }))).toEqual(['H-ABS', 'H-THAI']);
    const page = await list({ limit: 3, offset: 3 });
    expect(page.rows).toHaveLength(3);
    expect([page.total, page.places.length]).toEqual([10, 3]);
    const village = await list({ placeId: two, reason: 'refused' });
    expect([village.total, village.places.map(({ placeId }) => placeId)]).toEqual([0, [two]]);
  });

  it('of a plan says on how many lines each was reached, none first', async () => {
    const found = await world.execute(listLeftBehind, officer, { planCode: 'kh-xa-2026' });
    expect(found.total).toBe(11);
    const met = found.rows.at(-1)!;
    expect(met).toMatchObject({ code: 'H-MET', reached: 1, lines: 3, missing: [{ position: 2 }, { position: 3 }] });
    expect(found.rows[0]).toMatchObject({ reached: 0, lines: 3 });
    expect(found.places.reduce((sum, { none }) => sum + none, 0)).toBe(10);
    await expect(world.execute(listLeftBehind, officer, { planCode: 'khong-co' })).rejects.toMatchObject({
      code: 'plan',
    });
    await expect(world.execute(listLeftBehind, officer, {})).rejects.toMatchObject({
      code: 'left-behind.line-or-plan',
    });
  });
});

describe('the sheet of a village', () => {
  it('holds every household there that is missing, and what is read to them', async () => {
    const sheet = await world.execute(villageSheet, agent, { lineId: line, villageId: one });
    const here = (await list({ placeId: one })).rows.map(({ code }) => code);
    expect(here.length).toBeGreaterThan(4);
    expect(sheet.households.map(({ code }) => code)).toEqual(here);
    const html = sheetDocument(sheet, sayIn('vi'), 'vi');
    for (const code of here) expect(html).toContain(`<td>${code}</td>`);
    expect(html.match(/class="sheet-box"/gu)).toHaveLength(here.length * 2);
    expect(html).toContain('Kính mời hộ ……………… ở Thôn Một.');
    expect(html).toContain('[Nếu hộ có trẻ em dưới 16 tuổi: Trẻ em &lt;dưới 16&gt; tuổi được cấp thẻ.]');
    expect(html).not.toContain('<dưới');
    expect(html).not.toMatch(/sheet\.[a-z]/u);
    const plan = await world.execute(villageSheet, officer, { planCode: 'kh-xa-2026', villageId: one });
    expect(plan.households.map(({ code }) => code)).toContain('H-MET');
    expect(plan.lines.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('is written to the audit with its number of rows, and so is a file', async () => {
    const { rows: sheets } = await world.database.pool.query(
      `select refs from platform.audit where name = 'coverage.village-sheet' order by at desc limit 1`,
    );
    expect(sheets[0].refs.rows).toBeGreaterThan(4);
    const { rows } = await world.execute(exportLeftBehind, officer, { lineId: line });
    const { rows: files } = await world.database.pool.query(
      `select refs from platform.audit where name = 'coverage.export-left-behind'`,
    );
    expect(files.at(-1).refs.rows).toBe(rows.length);
  });
});

describe('who may', () => {
  it('see what is told by their areas', async () => {
    const elsewhere = actorOf('officer', paHu);
    // The plan belongs to another commune: there is no such line for them.
    await expect(list({}, elsewhere)).rejects.toMatchObject({ kind: 'not-found', code: 'line' });
    await expect(list({ placeId: paHu }, officer)).rejects.toMatchObject({ code: 'outside-area' });
    await expect(world.execute(exportLeftBehind, officer, { lineId: line, placeId: paHu })).rejects.toMatchObject({
      code: 'outside-area',
    });
    await expect(world.execute(villageSheet, elsewhere, { lineId: line, villageId: two })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(world.execute(villageSheet, agent, { lineId: line, villageId: two })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(world.execute(exportLeftBehind, agent, { lineId: line })).rejects.toMatchObject({ kind: 'forbidden' });
    // An agent sees the own village, whatever is asked for.
    const own = await list({}, agent);
    expect(new Set(own.rows.map(({ placeId }) => placeId))).toEqual(new Set([one]));
    expect(own.places.map(({ placeId }) => placeId)).toEqual([one]);
    await expect(list({ placeId: two }, agent)).rejects.toMatchObject({ code: 'outside-area' });
  });
});

describe('nothing done', () => {
  it('means nothing from the first day of the line on', async () => {
    const lineId = story.lines[1];
    await world.database.pool.query(`update plans.plan_line set starts_on = '2026-06-01' where line_id = $1`, [lineId]);
    const reason = async () => (await story.reasonsOf({ lineId }))['H-NONE'];
    const leaflets = { lineId, placeIds: [three], kind: 'leaflet' } as const;
    await putActivity(world, { ...leaflets, happenedOn: '2026-05-31' });
    expect(await reason()).toBe('nothing-done');
    await putActivity(world, { ...leaflets, happenedOn: '2026-06-01' });
    expect(await reason()).toBe('not-yet');
  });
});

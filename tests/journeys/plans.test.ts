import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newEdition, submitMessage } from '../../src/modules/content/index.ts';
import {
  closePlan,
  dropPlanFiles,
  followEdition,
  getActivity,
  getPlan,
  getSignedFile,
  importPlan,
  issuePlan,
  listActivities,
  listPlans,
  nameHead,
  raiseThreshold,
  voidActivity,
} from '../../src/modules/plans/index.ts';
import { dropFiles } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { subjectOf, villageOf } from '../support/evidence.ts';
import { bringIn, importVillages, since2025, taXiLang } from '../support/lists.ts';
import { approve, approvedMessage, person } from '../support/messages.ts';
import { attend, inForce, issue, lineText, PDF, planText, record, signed } from '../support/plans.ts';
import { openWork, untilWaiting } from '../support/waiting.ts';
import { createWorld, type World } from '../support/world.ts';

const CODE = 'ta-xi-lang-2026';

let world: World;
let messageId: string;
let village: string;

const plan = () => world.execute(getPlan, systemActor, { code: CODE });
const firstLine = async () => (await plan()).lines[0]!;

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  messageId = await approvedMessage(world, taXiLang, 'bhyt-ho-ngheo');
  village = await villageOf(world, 'Thôn Một');
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.pool.query('truncate plans.plan cascade');
  world.clock.set(new Date('2026-06-15T02:00:00Z'));
});

describe('a plan that is issued', () => {
  it('needs a number, a day, a signer and the signed document itself', async () => {
    await world.execute(importPlan, systemActor, { text: planText() });
    const whole = { code: CODE, number: '12/KH-UBND', issuedOn: '2026-01-05', signer: 'Giàng A Mẫu' };
    const file = await signed(world);
    const refused = async (more: object, code: string) =>
      expect(world.execute(issuePlan, systemActor, { ...whole, file, ...more }), code).rejects.toMatchObject({
        fields: [{ code }],
      });
    await refused({ number: ' ' }, 'field.too_small');
    await refused({ signer: '' }, 'field.too_small');
    await refused({ issuedOn: '31/02/2026' }, 'not-a-day');
    await refused({ issuedOn: '2026-06-16' }, 'plan.day-ahead');
    await refused({ file: undefined }, 'plan.no-signed');
    await refused({ file: await signed(world, 'Kính gửi', 'thu.pdf') }, 'plan.signed-not-pdf');
    await refused({ file: await signed(world, PDF.slice(0, -10), 'cut.pdf') }, 'plan.signed-not-pdf');
    await refused({ file: await signed(world, `\n\nx${PDF}`, 'shifted.pdf') }, 'plan.signed-not-pdf');
    const large = Buffer.concat([Buffer.from(PDF), Buffer.alloc(30 * 1_048_576, ' '), Buffer.from('\n%%EOF')]);
    await refused({ file: await signed(world, large, 'to.pdf') }, 'plan.signed-too-large');
    expect((await plan()).state).toBe('draft');
    await world.execute(issuePlan, systemActor, { ...whole, file });
    expect(await plan()).toMatchObject({ ...whole, state: 'issued', signedName: 'ke-hoach.pdf' });
    const { path, name } = await world.execute(getSignedFile, systemActor, { code: CODE });
    expect([name, await readFile(path, 'utf8')]).toEqual(['ke-hoach.pdf', PDF]);
  });

  it('is not signed on a day after its end, however late that is entered', async () => {
    await world.execute(importPlan, systemActor, { text: planText() });
    world.clock.set(new Date('2027-03-01T02:00:00Z'));
    const input = { code: CODE, number: '1', signer: 'A', file: await signed(world) };
    await expect(world.execute(issuePlan, systemActor, { ...input, issuedOn: '2027-01-01' })).rejects.toMatchObject({
      fields: [{ code: 'plan.issued-after' }],
    });
    await world.execute(issuePlan, systemActor, { ...input, issuedOn: '2026-12-31' });
  });

  it('tells only what is approved on that day', async () => {
    await approvedMessage(world, taXiLang, 'sap-bo');
    await world.execute(importPlan, systemActor, { text: planText({}, [lineText(), lineText({ message: 'sap-bo' })]) });
    await world.database.pool.query(`update content.message_edition e set state = 'retired' from content.message m
      where m.message_id = e.message_id and m.code = 'sap-bo'`);
    await expect(issue(world, CODE)).rejects.toMatchObject({ code: 'plan.not-approved', params: { lines: '2' } });
  });

  it('is not replaced by a file, nor issued again; a draft is, and its lines keep their ids', async () => {
    const text = planText({}, [lineText(), lineText({ what: 'Phát loa' })]);
    await world.execute(importPlan, systemActor, { text });
    const [one, two] = (await plan()).lines;
    const dry = await world.execute(importPlan, systemActor, { text: planText({ title: 'Tên khác' }), dryRun: true });
    expect(dry).toMatchObject({ lines: 1, replaced: true, written: false });
    expect((await plan()).lines).toHaveLength(2);
    await world.execute(importPlan, systemActor, {
      text: planText({}, [lineText({ position: '2', what: 'Dán áp phích' }), lineText({ position: '7' })]),
    });
    const after = (await plan()).lines;
    expect(after.map(({ position, what }) => [position, what])).toEqual([
      [2, 'Dán áp phích'],
      [7, 'Họp thôn'],
    ]);
    expect(after[0]!.lineId).toBe(two!.lineId);
    expect(after.map(({ lineId }) => lineId)).not.toContain(one!.lineId);
    await issue(world, CODE);
    await expect(world.execute(importPlan, systemActor, { text })).rejects.toMatchObject({ code: 'plan.not-draft' });
    await expect(issue(world, CODE)).rejects.toMatchObject({ code: 'plan.not-draft' });
  });

  it('keeps its signed document, whatever form the same file comes with by mistake', async () => {
    await inForce(world, planText());
    const { sha256 } = await signed(world);
    const { sha256: other } = await signed(world, `${PDF}\n`, 'khac.pdf');
    const hashes = [sha256, other];
    expect(await world.execute(dropFiles, systemActor, { hashes })).toEqual({ dropped: [other] });
    expect(await world.execute(dropPlanFiles, systemActor, { hashes: [sha256] })).toEqual({ dropped: [] });
    expect((await world.execute(getSignedFile, systemActor, { code: CODE })).path).toContain(sha256);
  });
});

describe('a signed document', () => {
  it('is not let go while a plan is being issued with it', async () => {
    await world.execute(importPlan, systemActor, { text: planText() });
    const file = await signed(world);
    const parts = { code: CODE, number: '12/KH-UBND', issuedOn: '2026-01-05', signer: 'Giàng A Mẫu', file };
    const issuing = await openWork(world, (ctx) => issuePlan.run(ctx, parts));
    const dropping = world.execute(dropPlanFiles, systemActor, { hashes: [file.sha256] });
    await untilWaiting(world, dropping);
    await issuing.end();
    expect(await dropping).toEqual({ dropped: [] });
    expect((await world.execute(getSignedFile, systemActor, { code: CODE })).path).toContain(file.sha256);
  });
});

describe('a line of an issued plan', () => {
  it('asks more, never less', async () => {
    await world.execute(importPlan, systemActor, { text: planText() });
    const { lineId } = await firstLine();
    await expect(world.execute(raiseThreshold, systemActor, { lineId, threshold: 4 })).rejects.toMatchObject({
      code: 'line.draft',
    });
    await issue(world, CODE);
    for (const [threshold, code] of [
      [2, 'threshold-lower'],
      [3, 'line.same-threshold'],
      [6, 'input'],
    ] as const)
      await expect(world.execute(raiseThreshold, systemActor, { lineId, threshold })).rejects.toMatchObject({ code });
    await world.execute(raiseThreshold, systemActor, { lineId, threshold: 4, note: 'Họp giao ban' });
    expect(await firstLine()).toMatchObject({ threshold: 4 });
    expect((await plan()).changes).toMatchObject([
      { what: 'threshold', before: '3', after: '4', note: 'Họp giao ban' },
    ]);
  });

  it('follows its message to a new approved edition; what was done keeps the edition it was about', async () => {
    const own = await approvedMessage(world, taXiLang, 'doi-moi');
    await inForce(world, planText({}, [lineText({ message: 'doi-moi' })]));
    const { lineId } = await firstLine();
    const activityId = await record(world, { lineId, placeIds: [village] });
    await expect(world.execute(followEdition, systemActor, { lineId })).rejects.toMatchObject({
      code: 'line.edition-newest',
    });
    const writer = person('officer', taXiLang);
    await world.execute(newEdition, writer, { messageId: own, change: 'Mức mới' });
    expect((await firstLine()).message.newerEdition).toBeNull();
    await world.execute(submitMessage, writer, { messageId: own });
    await approve(world, person('leader', taXiLang), own);
    expect((await firstLine()).message.newerEdition).toBe(2);
    expect(await world.execute(followEdition, systemActor, { lineId })).toEqual({ before: 1, edition: 2 });
    expect(await firstLine()).toMatchObject({ edition: 2, message: { newerEdition: null } });
    expect((await world.execute(getActivity, systemActor, { activityId })).edition).toBe(1);
  });

  it('gets another head by name, with the reason', async () => {
    await inForce(world, planText());
    const { lineId } = await firstLine();
    const input = { lineId, name: 'Mùa Thị Mẫu', post: 'Phó Chủ tịch UBND xã' };
    await expect(world.execute(nameHead, systemActor, { ...input, note: '' })).rejects.toMatchObject({ code: 'input' });
    await world.execute(nameHead, systemActor, { ...input, note: 'Ông Mẫu nghỉ hưu' });
    await expect(world.execute(nameHead, systemActor, { ...input, note: 'nữa' })).rejects.toMatchObject({
      code: 'line.same-head',
    });
    expect(await plan()).toMatchObject({
      lines: [{ headName: 'Mùa Thị Mẫu', headPost: 'Phó Chủ tịch UBND xã' }],
      changes: [
        {
          what: 'head',
          before: 'Lò Văn Mẫu, Trưởng phòng',
          after: 'Mùa Thị Mẫu, Phó Chủ tịch UBND xã',
          note: 'Ông Mẫu nghỉ hưu',
        },
      ],
    });
  });

  it('is late when its last day has passed and nothing was done, told by the name of the head', async () => {
    const past = { from: '01/01/2026', to: '28/02/2026' };
    await world.execute(importPlan, systemActor, {
      text: planText({}, [
        lineText({ ...past, what: 'Làm rồi' }),
        lineText({ ...past, what: 'Chưa làm', head: 'Hờ A Chậm, Trưởng trạm' }),
        lineText({ ...past, to: '31/03/2026', what: 'Cũng chưa', head: 'Hờ A Chậm, Trưởng trạm' }),
        lineText({ to: '15/06/2026', what: 'Hết hạn hôm nay' }),
        lineText({ from: '16/06/2026', to: '31/12/2026', what: 'Chưa tới' }),
        lineText({ to: '14/06/2026', what: 'Hết hạn hôm qua' }),
      ]),
    });
    const standings = async () => (await plan()).lines.map(({ standing }) => standing);
    expect(await standings()).toEqual([null, null, null, null, null, null]);
    expect((await plan()).late).toEqual([]);
    await issue(world, CODE);
    const [done] = (await plan()).lines;
    const activityId = await record(world, { lineId: done!.lineId, placeIds: [village], happenedOn: '2026-02-10' });
    expect(await standings()).toEqual(['over', 'late', 'late', 'open', 'ahead', 'late']);
    const { late, lines } = await plan();
    expect(late.map(({ name, lines: own }) => [name, own.map(({ position }) => position)])).toEqual([
      ['Hờ A Chậm', [2, 3]],
      ['Lò Văn Mẫu', [6]],
    ]);
    expect(lines[0]!.done).toEqual({ activities: 1, first: '2026-02-10', last: '2026-02-10', places: 1 });
    const [listed] = await world.execute(listPlans, systemActor, {});
    expect(listed).toMatchObject({ code: CODE, lines: 6, begun: 1, activities: 1, late: 3 });
    await world.execute(voidActivity, systemActor, { activityId, reason: 'Ghi nhầm thôn' });
    expect((await standings())[0]).toBe('late');
  });
});

describe('what is done for a line', () => {
  it('is recorded for an issued plan only, within its period, not ahead, in its places', async () => {
    await world.execute(importPlan, systemActor, {
      text: planText({ period: '{ from: 01/03/2026, to: 31/05/2026 }' }, [
        lineText({ from: '01/03/2026', to: '30/04/2026', places: '["Thôn Một, xã Tà Xi Láng"]' }),
      ]),
    });
    const { lineId } = await firstLine();
    const refused = (more: object, code: string) =>
      expect(record(world, { lineId, placeIds: [village], ...more }), code).rejects.toMatchObject({ code });
    await refused({}, 'plan.not-issued');
    await world.execute(issuePlan, systemActor, {
      ...{ code: CODE, number: '1', issuedOn: '2026-03-01', signer: 'A' },
      file: await signed(world),
    });
    await refused({ happenedOn: '2026-02-28' }, 'activity.before-plan');
    await refused({ happenedOn: '2026-06-01' }, 'activity.after-plan');
    await refused({ happenedOn: '2026-06-16' }, 'activity.day-ahead');
    await refused({ placeIds: [await villageOf(world, 'Thôn Hai')] }, 'activity.outside-line');
    await refused({ placeIds: [village, taXiLang] }, 'activity.outside-line');
    await refused({ placeIds: [] }, 'activity.outside-line');
    await refused({ lineId: messageId }, 'line');
    // After the line's own days but within the plan's: late, and done all the same.
    for (const happenedOn of ['2026-03-01', '2026-05-31'])
      await record(world, { lineId, placeIds: [village], happenedOn });
    world.clock.set(new Date('2026-07-01T02:00:00Z'));
    await world.execute(closePlan, systemActor, { code: CODE });
    await refused({}, 'plan.closed');
    expect(await world.execute(listActivities, systemActor, { code: CODE })).toHaveLength(2);
  });

  it('of a line whose place has ended happens where that lay on its last day', async () => {
    const old = planText(
      { code: 'huyen-cu', place: '139@30/06/2025', period: '{ from: 01/01/2021, to: 31/12/2025 }' },
      [lineText({ from: '01/01/2021', to: '31/12/2025' })],
    );
    await world.execute(importPlan, systemActor, { text: old });
    await world.execute(issuePlan, systemActor, {
      ...{ code: 'huyen-cu', number: '1', issuedOn: '2021-01-05', signer: 'A' },
      file: await signed(world),
    });
    const [line] = (await world.execute(getPlan, systemActor, { code: 'huyen-cu' })).lines;
    const { lineId } = line!;
    for (const happenedOn of ['2024-03-01', '2025-11-01'])
      await record(world, { lineId, placeIds: [village], happenedOn });
    await expect(
      record(world, { lineId, placeIds: [since2025('04606')], happenedOn: '2025-11-01' }),
    ).rejects.toMatchObject({ code: 'activity.outside-line' });
  });

  it('is taken back with a reason, once, and with it what it proved', async () => {
    await bringIn(world, {
      asOf: '2025-11-30',
      rows: [{ code: '04603.01.0001', head: 'Giàng A Chu', village: 'Thôn Một', class: 'Hộ nghèo', ethnicity: 'Mông' }],
    });
    await inForce(world, planText());
    const { lineId } = await firstLine();
    const activityId = await record(world, { lineId, placeIds: [village] });
    const evidence = {
      messageId,
      edition: 1,
      stage: 3,
      language: 'vi',
      channel: 'meeting',
      proof: 'signed-list',
    } as const;
    await attend(world, {
      ...{ subjectId: await subjectOf(world, '04603.01.0001'), ...evidence, happenedOn: '2026-03-01', activityId },
    });
    const inForceRows = async () =>
      (await world.database.pool.query('select 1 from reach.contact_in_force where activity_id = $1', [activityId]))
        .rows;
    expect(await inForceRows()).toHaveLength(1);
    await expect(world.execute(voidActivity, systemActor, { activityId, reason: ' ' })).rejects.toMatchObject({
      fields: [{ code: 'activity.no-reason' }],
    });
    expect(await world.execute(voidActivity, systemActor, { activityId, reason: 'Ghi nhầm ngày' })).toMatchObject({
      evidence: 1,
    });
    expect(await inForceRows()).toEqual([]);
    const [shown] = await world.execute(listActivities, systemActor, { code: CODE, position: 1 });
    expect(shown).toMatchObject({ activityId, voidReason: 'Ghi nhầm ngày', places: ['Thôn Một, xã Tà Xi Láng'] });
    await expect(world.execute(voidActivity, systemActor, { activityId, reason: 'nữa' })).rejects.toMatchObject({
      code: 'activity.voided',
    });
  });
});

describe('a plan that is closed', () => {
  it('ends after its last day, before that only with a reason; then nothing of it changes', async () => {
    await world.execute(importPlan, systemActor, { text: planText() });
    await expect(world.execute(closePlan, systemActor, { code: CODE })).rejects.toMatchObject({
      code: 'plan.not-issued',
    });
    await issue(world, CODE);
    world.clock.set(new Date('2026-12-31T02:00:00Z'));
    await expect(world.execute(closePlan, systemActor, { code: CODE })).rejects.toMatchObject({
      code: 'plan.close-early',
    });
    world.clock.set(new Date('2027-01-01T02:00:00Z'));
    await world.execute(closePlan, systemActor, { code: CODE });
    const { state, lines } = await plan();
    expect([state, lines[0]!.standing]).toEqual(['closed', 'late']);
    const { lineId } = lines[0]!;
    await expect(world.execute(closePlan, systemActor, { code: CODE })).rejects.toMatchObject({ code: 'plan.closed' });
    for (const change of [
      () => world.execute(raiseThreshold, systemActor, { lineId, threshold: 5 }),
      () => world.execute(followEdition, systemActor, { lineId }),
      () => world.execute(nameHead, systemActor, { lineId, name: 'A B', post: 'C', note: 'D' }),
    ])
      await expect(change()).rejects.toMatchObject({ code: 'plan.closed' });
  });

  it('ends early with a reason', async () => {
    await inForce(world, planText());
    await world.execute(closePlan, systemActor, { code: CODE, note: 'Thay bằng kế hoạch mới' });
    expect(await plan()).toMatchObject({ state: 'closed', closedNote: 'Thay bằng kế hoạch mới' });
  });
});

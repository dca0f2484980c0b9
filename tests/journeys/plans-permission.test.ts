import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closePlan,
  dropPlanFiles,
  exportPlan,
  findPlans,
  followEdition,
  getActivity,
  getPlan,
  getSignedFile,
  importPlan,
  issuePlan,
  listActivities,
  listDueLines,
  listPlans,
  nameHead,
  plansUseCases,
  raiseThreshold,
  voidActivity,
} from '../../src/modules/plans/index.ts';
import { loadReferenceUnits, referenceId } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor, type UseCase } from '../../src/platform/command.ts';
import type { Role } from '../../src/shared/roles.ts';
import { villageOf } from '../support/evidence.ts';
import { importVillages, since2025, taXiLang } from '../support/lists.ts';
import { meanwhile } from '../support/meanwhile.ts';
import { approvedMessage, person } from '../support/messages.ts';
import { inForce, issue, lineText, planText, record, signed } from '../support/plans.ts';
import { createWorld, type World } from '../support/world.ts';

const A = taXiLang;
const B = since2025('04606');
const PROVINCE = referenceId('2025:province:15');
const DISTRICT = referenceId('old:district:139');
const CODE = 'ta-xi-lang-2026';

let world: World;
let village: string;
let other: string;
let lineId: string;
let activityId: string;
let districtLine: string;

const codes = async (actor: Actor) => (await world.execute(listPlans, actor, {})).map(({ code }) => code).sort();
const refused = async (asked: Promise<unknown>, kind: string) => expect(asked).rejects.toMatchObject({ kind });

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await approvedMessage(world, PROVINCE, 'bhyt-ho-ngheo');
  [village, other] = [await villageOf(world, 'Thôn Một'), await villageOf(world, 'Bản Cao', B)];
  await inForce(world, planText(), CODE, person('officer', A));
  await world.execute(importPlan, systemActor, {
    text: planText({ code: 'huyen', place: '139@30/06/2025', period: '{ from: 01/01/2021, to: 31/12/2025 }' }, [
      lineText({ from: undefined, to: undefined }),
    ]),
  });
  await world.execute(issuePlan, systemActor, {
    ...{ code: 'huyen', number: '1', issuedOn: '2021-01-05', signer: 'A' },
    file: await signed(world),
  });
  lineId = (await world.execute(getPlan, systemActor, { code: CODE })).lines[0]!.lineId;
  districtLine = (await world.execute(getPlan, systemActor, { code: 'huyen' })).lines[0]!.lineId;
  activityId = await record(world, { lineId, placeIds: [village] });
});
afterAll(() => world.close());

describe('whose plan it is', () => {
  it('is read above, in and below its place, also by way of places that are no more', async () => {
    const both = [CODE, 'huyen'].sort();
    for (const [role, place] of [
      ['officer', A],
      ['leader', PROVINCE],
      ['agent', village],
      ['editor', A],
      ['officer', DISTRICT],
    ] as const)
      expect(await codes(person(role, place)), `${role} ${place}`).toEqual(both);
    // A commune of the old district reads the district's plan, and not its neighbour's.
    expect(await codes(person('officer', B))).toEqual(['huyen']);
    expect(await codes(person('officer', referenceId('2025:province:08')))).toEqual([]);
  });

  it('somebody else is told that there is none, whatever is asked of it', async () => {
    const stranger = person('officer', B);
    const input = { code: CODE };
    const file = await signed(world);
    const asked: [UseCase, () => Promise<unknown>][] = [
      [getPlan, () => world.execute(getPlan, stranger, input)],
      [getSignedFile, () => world.execute(getSignedFile, stranger, input)],
      [exportPlan, () => world.execute(exportPlan, stranger, input)],
      [listActivities, () => world.execute(listActivities, stranger, input)],
      [getActivity, () => world.execute(getActivity, stranger, { activityId })],
      [voidActivity, () => world.execute(voidActivity, stranger, { activityId, reason: 'x' })],
      [issuePlan, () => world.execute(issuePlan, stranger, { ...input, number: '1', issuedOn: '2026-01-05', signer: 'A', file })],
      [closePlan, () => world.execute(closePlan, stranger, { ...input, note: 'x' })],
      [raiseThreshold, () => world.execute(raiseThreshold, stranger, { lineId, threshold: 5 })],
      [followEdition, () => world.execute(followEdition, stranger, { lineId })],
      [nameHead, () => world.execute(nameHead, stranger, { lineId, name: 'A', post: 'B', note: 'C' })],
    ]; // biome-ignore format: a table
    for (const [useCase, ask] of asked) await expect(ask(), useCase.name).rejects.toMatchObject({ kind: 'not-found' });
    // The rest: a file for another place is refused by its place, the list shows nothing of it, dropped files are nobody's.
    await refused(world.execute(importPlan, stranger, { text: planText() }), 'forbidden');
    await refused(world.execute(importPlan, stranger, { text: planText({ place: '04606' }) }), 'forbidden');
    expect(await codes(stranger)).not.toContain(CODE);
    const found = await world.execute(findPlans, stranger, {});
    expect(found.rows.map(({ code }) => code)).not.toContain(CODE);
    expect(found.total).toBe(found.rows.length);
    const due = async (who: Actor) => {
      const heads = await world.execute(listDueLines, who, {});
      return heads.flatMap(({ lines }) => lines.map(({ planCode }) => planCode));
    };
    expect(await due(stranger)).not.toContain(CODE);
    const rest = [importPlan, listPlans, findPlans, listDueLines, dropPlanFiles] as UseCase[];
    const covered = new Set([...asked.map(([useCase]) => useCase), ...rest]);
    expect(plansUseCases.filter((useCase) => !covered.has(useCase)).map(({ name }) => name)).toEqual([]);
  });

  it('who reads it from below does not change it', async () => {
    for (const actor of [person('officer', A), person('officer', B)]) {
      const input = { code: 'huyen' };
      expect((await world.execute(getPlan, actor, input)).mayChange).toBe(false);
      await refused(world.execute(closePlan, actor, { ...input, note: 'x' }), 'forbidden');
      await refused(world.execute(raiseThreshold, actor, { lineId: districtLine, threshold: 5 }), 'forbidden');
      await refused(
        world.execute(nameHead, actor, { lineId: districtLine, name: 'A', post: 'B', note: 'C' }),
        'forbidden',
      );
      await refused(world.execute(followEdition, actor, { lineId: districtLine }), 'forbidden');
    }
    // The district became part of the province, whose officer may.
    const above = person('officer', PROVINCE);
    expect((await world.execute(getPlan, above, { code: 'huyen' })).mayChange).toBe(true);
    await world.execute(raiseThreshold, above, { lineId: districtLine, threshold: 4 });
  });

  it('who holds no role for it is refused by role', async () => {
    const file = await signed(world);
    const whole = { code: CODE, number: '1', issuedOn: '2026-01-05', signer: 'A', file };
    const by = (role: Role) => person(role, A);
    for (const role of ['agent', 'editor', 'admin', 'leader'] as const) {
      await refused(world.execute(importPlan, by(role), { text: planText({ code: 'moi' }) }), 'forbidden');
      await refused(world.execute(voidActivity, by(role), { activityId, reason: 'x' }), 'forbidden');
    }
    for (const role of ['agent', 'editor', 'admin'] as const) {
      await refused(world.execute(issuePlan, by(role), whole), 'forbidden');
      await refused(world.execute(closePlan, by(role), { code: CODE, note: 'x' }), 'forbidden');
      await refused(world.execute(raiseThreshold, by(role), { lineId, threshold: 5 }), 'forbidden');
    }
  });

  it('a leader issues and closes what an officer brought in', async () => {
    await world.execute(importPlan, person('officer', A), { text: planText({ code: 'hai' }) });
    await issue(world, 'hai', person('leader', A));
    await world.execute(closePlan, person('leader', A), { code: 'hai', note: 'Thử' });
  });

  it('a draft of one commune is not replaced by a file of another', async () => {
    await world.execute(importPlan, person('officer', A), { text: planText({ code: 'nhap' }) });
    const theirs = planText({ code: 'nhap', place: '04606' });
    await refused(world.execute(importPlan, person('officer', B), { text: theirs }), 'forbidden');
    expect((await world.execute(getPlan, systemActor, { code: 'nhap' })).placeId).toBe(A);
  });
});

it('a draft that becomes somebody else’s at that very moment is not replaced', async () => {
  const text = planText({ code: 'doi-chu' });
  await world.execute(importPlan, systemActor, { text });
  const moved = { text: 'update plans.plan set place_id = $1 where code = $2', values: [B, 'doi-chu'] };
  const again = () =>
    world.execute(importPlan, person('officer', A), { text: planText({ code: 'doi-chu', title: 'Của A' }) });
  await refused(meanwhile(world, moved, again), 'forbidden');
  expect(await world.execute(getPlan, systemActor, { code: 'doi-chu' })).toMatchObject({
    placeId: B,
    title: 'Kế hoạch truyền thông năm 2026',
  });
});

it('what goes wrong while it is looked whose something is, is not told as if there were nothing', async () => {
  const rename = (from: string, to: string) =>
    world.database.pool.query(`alter table territory.${from} rename to ${to}`);
  await rename('place_succession', 'away');
  try {
    for (const ask of [
      () => world.execute(getActivity, person('officer', A), { activityId }),
      () => world.execute(raiseThreshold, person('officer', A), { lineId, threshold: 5 }),
    ])
      await expect(ask()).rejects.toMatchObject({ code: '42P01' });
  } finally {
    await rename('away', 'place_succession');
  }
});

describe('what was done', () => {
  it('is seen where it happened, and by who answers for the plan', async () => {
    const ids = {
      here: await record(world, { lineId: districtLine, placeIds: [village], happenedOn: '2025-03-01' }),
      there: await record(world, { lineId: districtLine, placeIds: [other], happenedOn: '2025-03-02' }),
    };
    const seen = async (actor: Actor) =>
      (await world.execute(listActivities, actor, { code: 'huyen' })).map((each) => each.activityId).sort();
    expect(await seen(person('officer', A))).toEqual([ids.here]);
    expect(await seen(person('agent', village))).toEqual([ids.here]);
    expect(await seen(person('officer', B))).toEqual([ids.there]);
    expect(await seen(person('leader', PROVINCE))).toEqual([ids.here, ids.there].sort());
    await refused(world.execute(getActivity, person('officer', B), { activityId: ids.here }), 'not-found');
    expect((await world.execute(getActivity, person('agent', village), { activityId: ids.here })).position).toBe(1);
    await refused(
      world.execute(voidActivity, person('officer', B), { activityId: ids.here, reason: 'x' }),
      'not-found',
    );
    // In several communes at once: seen by each, taken back by who holds all of them.
    const both = await record(world, { lineId: districtLine, placeIds: [village, other], happenedOn: '2025-03-03' });
    await refused(world.execute(voidActivity, person('officer', A), { activityId: both, reason: 'x' }), 'forbidden');
    await world.execute(voidActivity, person('officer', PROVINCE), { activityId: both, reason: 'Ghi nhầm' });
    await world.execute(voidActivity, person('officer', A), { activityId: ids.here, reason: 'Ghi nhầm' });
  });
});

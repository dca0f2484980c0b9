import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drawSample, getOutcome, listContacts, type NewContact, voidContact } from '../../src/modules/reach/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import {
  actorOf,
  addMessage,
  putContacts,
  putExposures,
  setProfile,
  subjectOf,
  villageOf,
} from '../support/evidence.ts';
import { paHu, taXiLang } from '../support/lists.ts';
import { reachWorld } from '../support/reach.ts';
import type { World } from '../support/world.ts';

let world: World;
let messageId: string;
let one: string;
let two: string;
let known: Awaited<ReturnType<typeof reachWorld>>;

beforeAll(async () => {
  known = await reachWorld();
  ({ world, one, two } = known);
});
afterAll(() => world.close());

beforeEach(async () => {
  await known.clear();
  messageId = await addMessage(world);
});

const contact = (parts: Partial<NewContact> = {}): NewContact => known.contact(messageId, parts);

describe('looking', () => {
  it('at a household: what, when, how it counts, why not, who voided it; and what was played where it lived', async () => {
    await setProfile(world, one, ['hmn'], null);
    const placeId = await villageOf(world, 'Thôn Một');
    const area = { messageId, edition: 1, placeId, channel: 'loudspeaker', proof: 'device', happenedOn: '2026-03-10', activityId: null } as const; // biome-ignore format: one line
    await putContacts(world, [contact(), contact({ channel: 'leaflet', stage: 2, happenedOn: '2026-03-01' })]);
    await putExposures(world, [
      { ...area, language: 'hmn' },
      { ...area, language: 'vi' },
      { ...area, language: 'hmn', placeId: await villageOf(world, 'Thôn Hai') },
    ]);
    const officer = actorOf('officer', taXiLang);
    const looked = await world.execute(listContacts, officer, { subjectId: one });
    expect(looked.contacts).toMatchObject([
      { stage: 3, effective: 3, why: null, message: { title: 'Thẻ BHYT của hộ nghèo' }, voidedAt: null },
      { stage: 2, effective: 1, why: 'reading-unknown', channel: 'leaflet' },
    ]);
    expect(looked.heard.map(({ language, understood, village }) => [language, understood, village]).sort()).toEqual([
      ['hmn', true, 'Thôn Một, xã Tà Xi Láng'],
      ['vi', false, 'Thôn Một, xã Tà Xi Láng'],
    ]);
    await world.execute(voidContact, officer, { contactId: looked.contacts[0]!.contactId, reason: 'Không có mặt' });
    const again = await world.execute(listContacts, officer, { subjectId: one });
    expect(again.contacts[0]).toMatchObject({ voidedByName: 'Người thử', voidReason: 'Không có mặt' });
    const { rows: audit } = await world.database.pool.query(
      `select 1 from platform.audit where name = 'reach.list-contacts'`,
    );
    expect(audit).toHaveLength(2);
    await expect(world.execute(listContacts, actorOf('officer', paHu), { subjectId: one })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(world.execute(listContacts, officer, { subjectId: newId() })).rejects.toMatchObject({
      code: 'household',
    });
    await expect(world.execute(listContacts, actorOf('editor', taXiLang), { subjectId: one })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it('at an activity: what counted and what did not; only in the own areas', async () => {
    await setProfile(world, one, ['hmn'], null);
    await setProfile(world, two, null, null);
    const far = await subjectOf(world, 'H05');
    await setProfile(world, far, ['vi'], null);
    const activityId = newId();
    await putContacts(world, [
      ...([3, 4] as const).map((stage) => contact({ activityId, stage })),
      contact({ activityId, subjectId: two }),
      contact({ activityId, subjectId: far }),
    ]);
    const found = await world.execute(getOutcome, systemActor, { activityId });
    expect(found.households.map(({ code, stage, effective, why }) => [code, stage, effective, why])).toEqual([
      ['H05', 3, 1, 'other-language'],
      ['H01', 4, 4, null],
      ['H02', 3, 1, 'language-unknown'],
    ]);
    const agent = actorOf('agent', await villageOf(world, 'Thôn Một'));
    const own = await world.execute(getOutcome, agent, { activityId });
    expect(own.households.map(({ code }) => code)).toEqual(['H01', 'H02']);
    await expect(world.execute(getOutcome, actorOf('officer', paHu), { activityId })).rejects.toMatchObject({
      code: 'activity',
    });
  });

  it('a call-back sample is drawn by chance and the same again, whoever draws it', async () => {
    const activityId = newId();
    const subjects = await Promise.all(
      ['H01', 'H02', 'H03', 'H04', 'H05', 'H06'].map((code) => subjectOf(world, code)),
    );
    await putContacts(
      world,
      subjects.map((subjectId) => contact({ activityId, subjectId })),
    );
    const draw = (input: { count?: number; seed?: string }, actor = actorOf('officer', taXiLang)) =>
      world.execute(drawSample, actor, { activityId, ...input });
    const codes = async (input: { count?: number; seed?: string }) => (await draw(input)).rows.map(({ code }) => code);
    const three = await codes({ count: 3 });
    expect(three).toHaveLength(3);
    expect(await codes({ count: 3, seed: activityId })).toEqual(three);
    expect((await codes({ count: 6 })).slice(0, 3)).toEqual(three);
    // Drawn again by the rule as written down, without the program.
    const byRule = subjects
      .map((id) => ({ id, hash: createHash('sha256').update(`${activityId}:${activityId}:${id}`).digest('hex') }))
      .sort((a, b) => (a.hash < b.hash ? -1 : 1));
    expect((await draw({ count: 6 }, actorOf('leader', taXiLang))).rows.map(({ subjectId }) => subjectId)).toEqual(
      byRule.map(({ id }) => id),
    );
    // Of a seed that somebody chose nobody knows how many were tried: that is said.
    expect([(await draw({})).chosen, (await draw({ seed: activityId })).chosen]).toEqual([false, false]);
    expect(await draw({ seed: 'a' })).toMatchObject({ chosen: true, seed: 'a' });
    const orders = new Set<string>();
    for (const seed of ['a', 'b', 'c', 'd', 'e']) orders.add((await codes({ seed })).join());
    expect(orders.size).toBeGreaterThan(1);
    // A contact that turns out to be none stays in the sample, marked.
    await world.execute(voidContact, systemActor, {
      contactId: (await listOf(subjects[0]!))[0]!.contactId,
      reason: 'không có mặt',
    });
    const again = await draw({ count: 6 });
    expect(again).toMatchObject({ total: 6, seed: activityId });
    expect(again.rows.find(({ code }) => code === 'H01')).toMatchObject({
      voided: true,
      village: 'Thôn Một, xã Tà Xi Láng',
      phones: [{ value: '+84386123456', doNotContact: false }],
    });
    expect(
      (await world.database.pool.query(`select 1 from platform.audit where name = 'reach.draw-sample'`)).rowCount,
    ).toBeGreaterThan(5);
    await expect(draw({}, actorOf('officer', paHu))).rejects.toMatchObject({ code: 'outside-area' });
    await expect(draw({}, actorOf('agent', taXiLang))).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(world.execute(drawSample, systemActor, { activityId: newId() })).rejects.toMatchObject({
      code: 'activity',
    });
  });

  const listOf = async (subjectId: string) => (await world.execute(listContacts, systemActor, { subjectId })).contacts;
});

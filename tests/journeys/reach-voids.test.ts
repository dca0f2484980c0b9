import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NewContact, recordContacts, voidContact } from '../../src/modules/reach/index.ts';
import { undoList } from '../../src/modules/registry/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { type Channel, type Stage, stages } from '../../src/shared/channels.ts';
import { newId } from '../../src/shared/ids.ts';
import {
  actorOf,
  addMessage,
  putContacts,
  putExposures,
  setProfile,
  subjectOf,
  villageOf,
  voidEvidence,
} from '../support/evidence.ts';
import { bringIn, paHu, taXiLang } from '../support/lists.ts';
import { reachedRows, reachWorld, watch } from '../support/reach.ts';
import { openWork, untilWaiting } from '../support/waiting.ts';
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
  world.clock.set(new Date('2026-06-15T02:00:00Z'));
  messageId = await addMessage(world);
});

const contact = (parts: Partial<NewContact> = {}): NewContact => known.contact(messageId, parts);
const states = () => known.states();
const stateOf = (subjectId?: string) => known.stateOf(messageId, subjectId);

describe('voiding', () => {
  const contactIds = async (): Promise<string[]> =>
    (
      await world.database.pool.query('select contact_id from reach.contact where voids is null order by contact_id')
    ).rows.map((row) => row.contact_id);
  const officer = actorOf('officer', taXiLang, 'Cán bộ Tà Xi Láng');

  it('is a row of its own, once, with a reason, and takes the state back', async () => {
    await setProfile(world, one, ['hmn'], null);
    await putContacts(world, [contact({ stage: 4 }), contact({ happenedOn: '2026-04-01' })]);
    const [first = '', second = ''] = await contactIds();
    const before = (await world.database.pool.query('select * from reach.contact order by contact_id')).rows;
    await world.execute(voidContact, officer, { contactId: first, reason: 'Ghi nhầm hộ' });
    expect(await stateOf()).toMatchObject({ first_3: '2026-04-01', first_4: null });
    await expect(world.execute(voidContact, officer, { contactId: first, reason: 'lần nữa' })).rejects.toMatchObject({
      code: 'reach.voided',
    });
    const { rows: voids } = await world.database.pool.query(
      'select contact_id, voids, reason, recorded_by_name from reach.contact where voids is not null',
    );
    expect(voids).toMatchObject([{ voids: first, reason: 'Ghi nhầm hộ', recorded_by_name: 'Cán bộ Tà Xi Láng' }]);
    const voidOfVoid = world.execute(voidContact, officer, { contactId: voids[0].contact_id, reason: 'hủy dòng hủy' });
    await expect(voidOfVoid).rejects.toMatchObject({ code: 'reach.void-of-void' });
    await world.execute(voidContact, officer, { contactId: second, reason: 'Ghi nhầm ngày' });
    expect(await stateOf()).toBeUndefined();
    // What was written stays as it was written.
    const after = await world.database.pool.query(
      'select * from reach.contact where voids is null order by contact_id',
    );
    expect(after.rows).toEqual(before);
  });

  it('asks for a reason, and for a role over the village where it was', async () => {
    await putContacts(world, [contact()]);
    const [contactId = ''] = await contactIds();
    const attempt = (actor: typeof officer, reason = 'Ghi nhầm hộ') =>
      world.execute(voidContact, actor, { contactId, reason });
    await expect(attempt(officer, ' ')).rejects.toMatchObject({
      kind: 'invalid',
      fields: [{ path: 'reason', code: 'reach.reason' }],
    });
    await expect(attempt(actorOf('officer', paHu))).rejects.toMatchObject({ kind: 'not-found', code: 'contact' });
    for (const role of ['agent', 'leader', 'admin', 'editor'] as const)
      await expect(attempt(actorOf(role, taXiLang)), role).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(
      world.execute(voidContact, officer, { contactId: newId(), reason: 'Ghi nhầm hộ' }),
    ).rejects.toMatchObject({ code: 'contact' });
    await attempt(actorOf('officer', await villageOf(world, 'Thôn Một')));
  });

  it('of an activity takes back all of it that still counts, contacts and exposures', async () => {
    await setProfile(world, one, ['hmn'], null);
    await setProfile(world, two, ['hmn'], null);
    const [activityId, other] = [newId(), newId()];
    const placeId = await villageOf(world, 'Thôn Một');
    await putContacts(world, [
      contact({ activityId }),
      contact({ activityId, subjectId: two }),
      contact({ activityId: other, stage: 2 }),
    ]);
    await putExposures(world, [
      {
        messageId,
        edition: 1,
        placeId,
        language: 'hmn',
        channel: 'poster',
        proof: 'declared',
        happenedOn: '2026-03-10',
        activityId,
      },
    ]);
    await world.execute(voidContact, systemActor, { contactId: (await contactIds())[0]!, reason: 'Ghi nhầm hộ' });
    const heard = await watch(world, (listening) => voidEvidence(listening, activityId));
    expect(heard).toEqual([
      { messageId, edition: 1, subjectIds: [two], placeIds: [] },
      { messageId, edition: 1, subjectIds: [], placeIds: [placeId] },
    ]);
    expect(await stateOf(two)).toBeUndefined();
    expect(await stateOf(one)).toMatchObject({ first_2: '2026-03-10', first_3: null });
    expect((await world.database.pool.query('select 1 from reach.exposure_in_force')).rowCount).toBe(0);
    expect(await voidEvidence(world, activityId)).toBe(0);
    expect(await voidEvidence(world, newId())).toBe(0);
  });

  it('nothing but adding is ever done to the ledger', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => /\.ts$/u.test(path));
    expect(files.length).toBeGreaterThan(100);
    const changes = /(?:update|delete\s+from|truncate)\s+(?:table\s+)?reach\.(?:contact|exposure)\b/iu;
    expect('delete from reach.contact c').toMatch(changes);
    expect(files.filter((path) => changes.test(readFileSync(`src/${path}`, 'utf8')))).toEqual([]);
  });
});

describe('any sequence of contacts and voids', () => {
  it('gives the state that a recount of what is left gives', async () => {
    const profiles = [
      [['hmn', 'vi'], ['vi']],
      [['hmn'], []],
      [null, null],
      [['vi'], null],
    ] as const;
    const subjects = await Promise.all(['H01', 'H02', 'H03', 'H04'].map((code) => subjectOf(world, code)));
    for (const [at, subjectId] of subjects.entries()) {
      const [languages, read] = profiles[at]!;
      await setProfile(world, subjectId, languages && [...languages], read && [...read]);
    }
    const step = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('contact' as const),
          who: fc.nat(3),
          stage: fc.constantFrom(...stages),
          language: fc.constantFrom('hmn', 'vi', 'blt'),
          channel: fc.constantFrom('meeting', 'visit', 'leaflet', 'sms'),
          proof: fc.constantFrom('declared', 'signed-list', 'network'),
          day: fc.integer({ min: 1, max: 28 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat(30) }) },
    );
    type Kept = Extract<typeof step extends fc.Arbitrary<infer T> ? T : never, { kind: 'contact' }> & {
      contactId: string;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        await world.database.pool.query('truncate reach.contact, reach.state');
        let kept: Kept[] = [];
        for (const next of steps) {
          if (next.kind === 'contact') {
            const happenedOn = `2026-02-${String(next.day).padStart(2, '0')}`;
            const { stage, language, channel, proof } = next;
            await putContacts(world, [
              contact({
                subjectId: subjects[next.who]!,
                stage,
                language,
                channel: channel as Channel,
                proof: proof as NewContact['proof'],
                happenedOn,
              }),
            ]);
            const { rows } = await world.database.pool.query(
              'select contact_id from reach.contact where voids is null order by contact_id desc limit 1',
            );
            kept.push({ ...next, contactId: rows[0].contact_id });
          } else if (kept.length > 0) {
            const gone = kept[next.which % kept.length]!;
            await world.execute(voidContact, systemActor, { contactId: gone.contactId, reason: 'ghi nhầm' });
            kept = kept.filter((each) => each !== gone);
          }
        }
        const expected: object[] = [];
        for (const [at, subjectId] of subjects.entries()) {
          const own = kept.filter(({ who }) => who === at);
          if (own.length === 0) continue;
          const [languages, read] = profiles[at]!;
          const counts = ({ language, channel }: Kept) =>
            (languages ?? []).some((each) => each === language) &&
            (['meeting', 'visit'].includes(channel) || (read ?? []).some((each) => each === language));
          const first = (rows: readonly Kept[]) =>
            rows.length === 0 ? null : `2026-02-${String(Math.min(...rows.map(({ day }) => day))).padStart(2, '0')}`;
          const best = (stage: Stage, proven: boolean) =>
            first(own.filter((row) => counts(row) && row.stage >= stage && !(proven && row.proof === 'declared')));
          expected.push({
            subject_id: subjectId, message_id: messageId, edition: 1,
            exposed_on: first(own.filter((row) => !counts(row))),
            first_2: best(2, false), first_3: best(3, false), first_4: best(4, false), first_5: best(5, false),
            proven_2: best(2, true), proven_3: best(3, true), proven_4: best(4, true), proven_5: best(5, true),
          }); // biome-ignore format: a table
        }
        expect(await states()).toEqual(
          expected.sort((a, b) =>
            (a as { subject_id: string }).subject_id < (b as { subject_id: string }).subject_id ? -1 : 1,
          ),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('two at once about one household lose nothing', async () => {
    await setProfile(world, one, ['hmn'], null);
    for (let round = 0; round < 5; round += 1) {
      await world.database.pool.query('truncate reach.contact, reach.state');
      await Promise.all([
        putContacts(world, [contact({ stage: 5, happenedOn: '2026-04-04' })]),
        putContacts(world, [contact({ stage: 3, happenedOn: '2026-02-02' })]),
        putContacts(world, [contact({ stage: 4, happenedOn: '2026-03-03' })]),
      ]);
      expect(await stateOf()).toMatchObject({ first_3: '2026-02-02', first_4: '2026-03-03', first_5: '2026-04-04' });
    }
  });
});

describe('undoing a list', () => {
  it('is refused as long as somebody whom it brought in was reached, and goes on once that was voided', async () => {
    const added = ['11', '12', '13'].map((number) => ({
      ...reachedRows[0]!,
      code: `H${number}`,
      head: `Sùng A ${number}`,
      village: 'Thôn Ba',
      phones: [],
    }));
    const importId = await bringIn(world, { rows: added, asOf: '2026-01-10', complete: null });
    const [eleven, twelve] = [await subjectOf(world, 'H11'), await subjectOf(world, 'H12')];
    const activityId = newId();
    await putContacts(world, [
      contact({ subjectId: eleven, activityId }),
      contact({ subjectId: twelve, activityId }),
      contact({ subjectId: eleven, stage: 2, activityId }),
      contact(),
    ]);
    const before = await states();
    await expect(world.execute(undoList, systemActor, { importId })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'import.undo-contacts',
      params: { count: 2 },
    });
    expect(await states()).toEqual(before);
    expect(await subjectOf(world, 'H11')).toBe(eleven);
    await voidEvidence(world, activityId);
    await world.execute(undoList, systemActor, { importId });
    expect((await states()).map(({ subject_id }) => subject_id)).toEqual([one]);
  });

  const relist = () => bringIn(world, { rows: [{ ...reachedRows[0]!, size: 9 }], asOf: '2026-01-15', complete: null });
  const refused = { kind: 'conflict', code: 'import.undo-contacts', params: { count: 1 } };

  it('of a list that brought nobody in goes on, and the states follow the facts', async () => {
    await setProfile(world, one, ['hmn'], null);
    await putContacts(world, [contact()]);
    world.clock.set(new Date('2026-06-15T03:00:00Z'));
    const later = await relist();
    await world.execute(undoList, systemActor, { importId: later });
    expect(await stateOf()).toMatchObject({ first_3: '2026-03-10' });
  });

  it('is refused when a contact was recorded since then of somebody it wrote about: it rests on what the list said', async () => {
    await setProfile(world, one, ['hmn'], null);
    const importId = await relist();
    world.clock.set(new Date('2026-06-15T04:00:00Z'));
    const activityId = newId();
    await putContacts(world, [contact({ activityId })]);
    await expect(world.execute(undoList, systemActor, { importId })).rejects.toMatchObject(refused);
    await voidEvidence(world, activityId);
    await world.execute(undoList, systemActor, { importId });
  });

  it('waits for a contact that is just being recorded, and a contact for the undoing', async () => {
    const fresh = { ...reachedRows[0]!, code: 'H31', head: 'Sùng A Mới', village: 'Thôn Ba', phones: [] };
    const importId = await bringIn(world, { rows: [fresh], asOf: '2026-01-20', complete: null });
    const subjectId = await subjectOf(world, 'H31');
    const activityId = newId();
    const recording = await openWork(world, (ctx) => recordContacts(ctx, [contact({ subjectId, activityId })]));
    const undoing = world.execute(undoList, systemActor, { importId });
    const undone = expect(undoing).rejects.toMatchObject(refused);
    await untilWaiting(world, undoing);
    await recording.end();
    await undone;
    await voidEvidence(world, activityId);
    const taking = await openWork(world, ({ tx }) =>
      sql`delete from registry.subject where subject_id = ${subjectId}`.execute(tx),
    );
    const late = putContacts(world, [contact({ subjectId })]);
    const told = expect(late).rejects.toMatchObject({ code: 'reach.no-subject' });
    await untilWaiting(world, late);
    await taking.end();
    await told;
  });
});

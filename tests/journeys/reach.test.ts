import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { effectiveStage, type NewContact } from '../../src/modules/reach/index.ts';
import { type Channel, channels, stages } from '../../src/shared/channels.ts';
import { newId } from '../../src/shared/ids.ts';
import { addMessage, putContacts, putExposures, setProfile, villageOf } from '../support/evidence.ts';
import { bringIn, taXiLang } from '../support/lists.ts';
import { reachedRows, reachWorld, watch } from '../support/reach.ts';
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
const states = () => known.states();
const stateOf = (subjectId?: string) => known.stateOf(messageId, subjectId);

describe('the law of the ladder', () => {
  const KNOWN = { yes: ['hmn', 'vi'], no: ['blt'], unknown: null } as const;
  const individual = channels.filter(
    (channel) => !['loudspeaker', 'zalo', 'poster', 'bulletin', 'leaflet-left'].includes(channel),
  );
  // What is read counts only where somebody reads; written out here, not taken from the code.
  const isRead = (channel: Channel) => ['leaflet', 'sms', 'email'].includes(channel);
  const cells = (['yes', 'no', 'unknown'] as const).flatMap((language) =>
    (['yes', 'no', 'unknown'] as const).flatMap((reading) =>
      individual.flatMap((channel) => stages.map((stage) => ({ language, reading, channel, stage }))),
    ),
  );

  it('each cell: language × reading × channel × stage → effective stage', async () => {
    expect(cells.length).toBe(9 * 11 * 4);
    for (const { language, reading, channel, stage } of cells) {
      const counts = language === 'yes' && (!isRead(channel) || reading === 'yes');
      const told = effectiveStage(
        { stage, language: 'hmn', channel },
        { languages: KNOWN[language], languagesRead: KNOWN[reading] },
      );
      expect(told.stage, `${language} ${reading} ${channel} ${stage}`).toBe(counts ? stage : 1);
      const why =
        language === 'unknown'
          ? 'language-unknown'
          : language === 'no'
            ? 'other-language'
            : reading === 'unknown'
              ? 'reading-unknown'
              : 'not-read';
      expect(told.why).toBe(counts ? null : why);
    }
  });

  it('the states say the same, for each profile', async () => {
    // A message for each channel, so that each has a state of its own; four contacts of falling stage on four days.
    const messages = new Map<string, Channel>();
    for (const channel of individual) messages.set(await addMessage(world), channel);
    const rows = [...messages].flatMap(([id, channel]) =>
      stages.map((stage, at) => contact({ messageId: id, channel, stage, happenedOn: `2026-03-1${4 - at}` })),
    );
    for (const language of ['yes', 'no', 'unknown'] as const)
      for (const reading of ['yes', 'no', 'unknown'] as const) {
        await known.clear();
        await setProfile(world, one, KNOWN[language] && [...KNOWN[language]], KNOWN[reading] && [...KNOWN[reading]]);
        await putContacts(world, rows);
        const found = await states();
        expect(found).toHaveLength(individual.length);
        for (const state of found) {
          const channel = messages.get(String(state.message_id))!;
          const counts = language === 'yes' && (!isRead(channel) || reading === 'yes');
          const [first, exposed] = counts ? ['2026-03-11', null] : [null, '2026-03-11'];
          expect(state, `${language} ${reading} ${channel}`).toMatchObject({
            ...{ exposed_on: exposed, first_2: first, first_3: first, first_4: first, first_5: first },
          });
        }
      }
    await setProfile(world, one, ['hmn'], ['hmn']);
  });

  it('a household without any profile is not reached, an officer understands and reads the office language', async () => {
    await world.database.pool.query('delete from registry.profile where subject_id = $1', [two]);
    const officer = newId();
    await world.database.pool.query(
      `insert into registry.subject (subject_id, kind, code, exists_from, recorded_at) values ($1, 'officer', 'CB-1', '2026-01-01', now())`,
      [officer],
    );
    await world.database.pool.query(
      `insert into registry.officer_post (subject_id, valid_from, body, function, place_id, recorded_at) values ($1, '2026-01-01', 'UBND xã', 'Trưởng thôn', $2, now())`,
      [officer, taXiLang],
    );
    await putContacts(world, [
      contact({ subjectId: two, language: 'vi' }),
      contact({ subjectId: officer, language: 'vi', channel: 'email', stage: 2 }),
      contact({ subjectId: officer, language: 'hmn', channel: 'email', stage: 4, happenedOn: '2026-02-01' }),
    ]);
    expect(await stateOf(two)).toMatchObject({ exposed_on: '2026-03-10', first_2: null });
    expect(await stateOf(officer)).toMatchObject({ first_2: '2026-03-10', first_3: null, exposed_on: '2026-02-01' });
  });

  it('a better stage is also every stage below; what is only declared proves nothing more', async () => {
    await setProfile(world, one, ['hmn'], null);
    await putContacts(world, [contact({ stage: 5, proof: 'declared', happenedOn: '2026-02-01' })]);
    await putContacts(world, [contact({ stage: 3, happenedOn: '2026-04-01' })]);
    expect(await stateOf()).toMatchObject({
      first_2: '2026-02-01', first_3: '2026-02-01', first_4: '2026-02-01', first_5: '2026-02-01',
      proven_2: '2026-04-01', proven_3: '2026-04-01', proven_4: null, proven_5: null,
    }); // biome-ignore format: two lines side by side
  });

  it('counts by the profile of the day, also when a list says so later', async () => {
    await setProfile(world, one, null, null);
    await putContacts(world, [contact({ channel: 'leaflet', stage: 2 })]);
    expect(await stateOf()).toMatchObject({ exposed_on: '2026-03-10', first_2: null });
    // The next list of the village comes in; meanwhile somebody found out what is understood and read there.
    await setProfile(world, one, ['hmn'], ['hmn']);
    await bringIn(world, { rows: [{ ...reachedRows[0]!, size: 5 }], asOf: '2025-12-15', complete: null });
    expect(await stateOf()).toMatchObject({ exposed_on: null, first_2: '2026-03-10' });
  });
});

describe('the ledger', () => {
  it('takes no contact of tomorrow, of who was not there, of what was never approved, by a channel of areas', async () => {
    const refused = (parts: Partial<NewContact>) => expect(putContacts(world, [contact(), contact(parts)])).rejects;
    await refused({ happenedOn: '2026-06-16' }).toMatchObject({ code: 'reach.future' });
    await refused({ happenedOn: '2025-11-29' }).toMatchObject({
      code: 'reach.no-subject',
      params: { count: 1, codes: 'H01' },
    });
    await refused({ subjectId: newId() }).toMatchObject({ code: 'reach.no-subject', params: { codes: '?' } });
    await refused({ channel: 'loudspeaker' }).toMatchObject({ code: 'reach.area-channel' });
    await refused({ edition: 2 }).toMatchObject({ code: 'reach.not-approved' });
    for (const state of ['draft', 'submitted'] as const)
      await refused({ messageId: await addMessage(world, { state }) }).toMatchObject({ code: 'reach.not-approved' });
    expect(await states()).toEqual([]);
    // Both ends: today, the first day, and what was retired since.
    await putContacts(world, [
      contact({ happenedOn: '2026-06-15' }),
      contact({ happenedOn: '2025-11-30' }),
      contact({ messageId: await addMessage(world, { state: 'retired' }) }),
    ]);
    expect(await states()).toHaveLength(2);
  });

  it('takes no exposure of a commune, of tomorrow, of a household channel', async () => {
    const village = await villageOf(world, 'Thôn Một');
    const exposure = { messageId, edition: 1, placeId: village, language: 'vi', channel: 'loudspeaker', proof: 'device', happenedOn: '2026-03-10', activityId: null } as const; // biome-ignore format: one line
    const refused = (parts: object) => expect(putExposures(world, [exposure, { ...exposure, ...parts }])).rejects;
    await refused({ placeId: taXiLang }).toMatchObject({ code: 'reach.no-village' });
    await refused({ happenedOn: '2026-06-16' }).toMatchObject({ code: 'reach.future' });
    await refused({ channel: 'meeting' }).toMatchObject({ code: 'reach.not-area-channel' });
    await refused({ messageId: await addMessage(world, { state: 'draft' }) }).toMatchObject({
      code: 'reach.not-approved',
    });
    expect((await world.database.pool.query('select 1 from reach.exposure')).rowCount).toBe(0);
    await putExposures(world, [exposure]);
    expect(await states()).toEqual([]);
  });

  it('tells those below whose state changed, and nobody else', async () => {
    await setProfile(world, one, ['hmn'], null);
    await setProfile(world, two, ['hmn'], null);
    const heard = await watch(world, (listening) => putContacts(listening, [contact(), contact({ subjectId: two })]));
    expect(heard).toEqual([{ messageId, edition: 1, subjectIds: [one, two].sort(), placeIds: [] }]);
    // The same once more, later: recorded, but nothing that was known changes.
    expect(await watch(world, (listening) => putContacts(listening, [contact({ happenedOn: '2026-04-01' })]))).toEqual(
      [],
    );
  });
});

import { z } from 'zod';
import { addUser } from '../../src/modules/identity/index.ts';
import { type NewActivity, recordActivity } from '../../src/modules/plans/index.ts';
import { createVisits, type Sending } from '../../src/modules/visits/index.ts';
import { type Actor, command, systemActor } from '../../src/platform/command.ts';
import { setProfile, subjectOf } from './evidence.ts';
import type { World } from './world.ts';

const sendCommand = command({
  name: 'test.send',
  input: z.custom<Sending>(),
  allow: 'signed-in',
  area: 'none',
  run: async (ctx, input) => {
    const { visits } = await createVisits(ctx, input);
    return [...new Set(input.subjectIds)].map((subjectId) => visits.get(subjectId)!);
  },
  audit: () => ({}),
});

/** The door that sends people, in a transaction of its own; the visits' ids, one for each household in the order given. */
export const send = (world: World, sending: Sending, actor: Actor = systemActor): Promise<string[]> =>
  world.execute(sendCommand, actor, sending);

/** What a household understands and reads, since always, and what it has to listen with. */
export const know = async (
  world: World,
  code: string,
  languages: readonly string[] | null,
  more: { reads?: readonly string[] | null; devices?: readonly string[] | null } = {},
): Promise<string> => {
  const subjectId = await subjectOf(world, code);
  await setProfile(world, subjectId, languages, more.reads ?? null);
  await world.database.pool.query(`update registry.profile set devices = $2 where subject_id = $1`, [
    subjectId,
    more.devices ?? null,
  ]);
  await world.database.pool.query(
    `update registry.subject_now set languages = $2, languages_read = $3, devices = $4 where subject_id = $1`,
    [subjectId, languages, more.reads ?? null, more.devices ?? null],
  );
  return subjectId;
};

/** A user of the program with a role, as the actor they are. */
export const addPerson = async (
  world: World,
  role: 'agent' | 'officer' | 'leader',
  placeId: string,
  name: string,
): Promise<Actor & { readonly userId: string; readonly username: string }> => {
  people += 1;
  const username = `${role}-${people}`;
  const { userId } = await world.execute(addUser, systemActor, { username, name, role, placeId });
  return { userId, username, name, grants: [{ role, placeId }], via: 'web' };
};

let people = 0;

/** Which columns of the ledger hold something of a household: stage, channel, language, proof. */
export const ledgerOf = async (world: World, subjectId: string) =>
  (
    await world.database.pool.query(
      `select stage, channel, language, proof, happened_on as on from reach.contact_in_force where subject_id = $1 order by contact_id`,
      [subjectId],
    )
  ).rows;

const activityCommand = command({
  name: 'test.activity',
  input: z.custom<NewActivity>(),
  allow: 'signed-in',
  area: 'none',
  run: (ctx, input) => recordActivity(ctx, input),
  audit: () => ({}),
});

/** Something done for a line in a village, without any evidence yet. */
export const putActivity = (world: World, activity: Partial<NewActivity> & Pick<NewActivity, 'lineId' | 'placeIds'>) =>
  world.execute(activityCommand, systemActor, {
    kind: 'meeting',
    happenedOn: '2026-05-20',
    language: 'hmn',
    proof: 'photo-list',
    details: {},
    note: '',
    ...activity,
  });

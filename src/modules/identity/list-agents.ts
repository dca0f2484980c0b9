import { z } from 'zod';
import { type Grant, read } from '../../platform/command.ts';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import type { Role } from '../../shared/roles.ts';
import { coveredPlaces, coversPlaces, daysThen, relatedPlaces } from '../territory/index.ts';
import { grantsOf, listUserRows, userById } from './store.ts';

/** Whom one can send to somebody's door: who works in the village, and who works for it. */
const SENT: readonly Role[] = ['agent', 'officer', 'leader'];

const inForce = ({ from, to }: { from: Date; to: Date | null }, at: Date): boolean => from <= at && (!to || to > at);

/** The places in which this user may be sent to households now; empty for an unknown or a shut account. */
export const sendableIn = async (tx: Db, userId: string, at: Date): Promise<string[]> => {
  const user = await userById(tx, userId);
  if (!user || user.disabled) return [];
  const grants: readonly (Grant & { from: Date; to: Date | null })[] = await grantsOf(tx, [userId]);
  return grants.filter((grant) => SENT.includes(grant.role) && inForce(grant, at)).map(({ placeId }) => placeId);
};

export const userName = async (tx: Db, userId: string): Promise<string | undefined> =>
  (await userById(tx, userId))?.name;

/**
 * Of the places, those that lie within this one or over it. What lies within is asked in one go; over it can only be what it
 * has to do with, or what has ended and stands for what it became: a few of the many in which people have roles.
 */
const near = async (tx: Db, placeId: string, others: readonly string[], today: Day): Promise<Set<string>> => {
  const found = await coveredPlaces(tx, [placeId], others, today);
  const related = new Set(await relatedPlaces(tx, [placeId], others));
  const days = await daysThen(tx, [placeId, ...others], today);
  const ended = (id: string) => days.get(id) !== today;
  for (const other of others)
    if (!found.has(other) && (related.has(other) || ended(other) || ended(placeId)))
      if (await coversPlaces(tx, [other], [placeId], today)) found.add(other);
  return found;
};

export interface Sendable {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly { readonly role: Role; readonly placeId: string }[];
}

/** Who can be sent to households of a place: users with a role over it, or within it. Agents first. */
export const listAgents = read({
  name: 'identity.list-agents',
  input: z.object({ placeId: z.uuid({ error: 'place' }) }),
  allow: ['officer', 'leader'],
  area: async (_, { placeId }) => [placeId],
  run: async ({ tx, today, at }, { placeId }): Promise<Sendable[]> => {
    const grants = (await grantsOf(tx, null)).filter((grant) => SENT.includes(grant.role) && inForce(grant, at));
    const places = await near(tx, placeId, [...new Set(grants.map((grant) => grant.placeId))], today);
    const users = (await listUserRows(tx)).filter((user) => !user.disabled);
    const found = users.map(({ userId, username, name }) => ({
      userId,
      username,
      name,
      roles: grants
        .filter((grant) => grant.userId === userId && places.has(grant.placeId))
        .map(({ role, placeId }) => ({ role, placeId })),
    }));
    const rank = ({ roles }: Sendable) => Math.min(...roles.map(({ role }) => SENT.indexOf(role)));
    return found.filter(({ roles }) => roles.length > 0).sort((a, b) => rank(a) - rank(b));
  },
});

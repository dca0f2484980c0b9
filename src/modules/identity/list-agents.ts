import { z } from 'zod';
import { type Grant, read } from '../../platform/command.ts';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import type { Role } from '../../shared/roles.ts';
import { coversPlaces } from '../territory/index.ts';
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

const touches = async (tx: Db, placeId: string, other: string, today: Day): Promise<boolean> =>
  (await coversPlaces(tx, [other], [placeId], today)) || (await coversPlaces(tx, [placeId], [other], today));

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
    const near = new Set<string>();
    for (const other of new Set(grants.map((grant) => grant.placeId)))
      if (await touches(tx, placeId, other, today)) near.add(other);
    const users = (await listUserRows(tx)).filter((user) => !user.disabled);
    const found = users.map(({ userId, username, name }) => ({
      userId,
      username,
      name,
      roles: grants
        .filter((grant) => grant.userId === userId && near.has(grant.placeId))
        .map(({ role, placeId }) => ({ role, placeId })),
    }));
    const rank = ({ roles }: Sendable) => Math.min(...roles.map(({ role }) => SENT.indexOf(role)));
    return found.filter(({ roles }) => roles.length > 0).sort((a, b) => rank(a) - rank(b));
  },
});

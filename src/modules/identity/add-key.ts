import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { forbidden } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import type { Role } from '../../shared/roles.ts';
import { coversPlaces, getPlace } from '../territory/index.ts';
import { hashOf } from './auth.ts';
import { keyNameInput, keyRoles, MAX_KEY_DAYS, newKeySecret } from './key.ts';
import { saveKey } from './store-keys.ts';

/** Nobody hands on what they do not hold: by a key of their own making they would be more than they are. */
const refuseMore = async ({ tx, actor, areas, today }: Context, role: Role, placeId: string): Promise<void> => {
  if (areas === null) return;
  const held = actor.grants.filter((grant) => grant.role === role).map((grant) => grant.placeId);
  if (held.length === 0 || !(await coversPlaces(tx, held, [placeId], today)))
    throw forbidden('key.role-not-held', { role: `@role.${role}` });
};

/**
 * A key for another system: one role in one place, for a time. Its secret is in the answer and nowhere else.
 * Errors: place (not found), key.role-not-held.
 */
export const addKey = command({
  name: 'identity.add-key',
  input: z.object({
    name: keyNameInput,
    role: z.enum(keyRoles, { error: 'key.role' }),
    placeId: z.uuid({ error: 'place' }),
    days: z.number().int().min(1, 'key.days').max(MAX_KEY_DAYS, 'key.days'),
  }),
  allow: ['admin'],
  area: async (_, { placeId }) => [placeId],
  run: async (context, { name, role, placeId, days }) => {
    const { tx, at, actor } = context;
    await getPlace.run(context, { placeId });
    await refuseMore(context, role, placeId);
    const [keyId, secret] = [newId(), newKeySecret()];
    const expiresAt = new Date(at.getTime() + days * 86_400_000);
    const hash = hashOf(secret);
    await saveKey(tx, { keyId, name, hash, role, placeId, createdBy: actor.userId, at, expiresAt });
    return { keyId, secret, expiresAt };
  },
  audit: ({ role, placeId, days }, { keyId }) => ({ keyId, role, placeId, days }),
});

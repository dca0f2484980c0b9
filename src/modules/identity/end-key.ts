import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { keyById, setKeyEnded } from './store-keys.ts';

/** Ends a key now: the next request that carries it is refused. Errors: key (not found), key.ended. */
export const endKey = command({
  name: 'identity.end-key',
  input: z.object({ keyId: z.uuid({ error: 'key' }) }),
  allow: ['admin'],
  area: async ({ tx }, { keyId }) => {
    const key = await keyById(tx, keyId);
    if (!key) throw notFound('key');
    return [key.placeId];
  },
  run: async ({ tx, at, actor }, { keyId }) => {
    const key = await keyById(tx, keyId);
    if (!key) throw notFound('key');
    if (key.endedAt !== null) throw conflict('key.ended');
    await setKeyEnded(tx, keyId, at, actor.userId);
    return { name: key.name, role: key.role, placeId: key.placeId };
  },
  audit: ({ keyId }, { role, placeId }) => ({ keyId, role, placeId }),
});

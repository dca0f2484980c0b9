import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { placesOfUser, refuseOwn, requireUser } from './own-places.ts';
import { setDisabled } from './store.ts';

/** Shuts an account: its sessions and links are gone at once. What the person did stays under their name. */
export const disableUser = command({
  name: 'identity.disable-user',
  input: z.object({ userId: z.uuid() }),
  allow: ['admin'],
  area: (context, { userId }) => placesOfUser(context, userId),
  run: async (context, { userId }) => {
    refuseOwn(context, userId);
    await requireUser(context, userId);
    await setDisabled(context.tx, userId, context.at);
  },
  audit: ({ userId }) => ({ userId }),
});

/** Opens an account again that was shut; whoever had it signs in anew. */
export const enableUser = command({
  name: 'identity.enable-user',
  input: z.object({ userId: z.uuid() }),
  allow: ['admin'],
  area: (context, { userId }) => placesOfUser(context, userId),
  run: async (context, { userId }) => {
    refuseOwn(context, userId);
    await requireUser(context, userId);
    await setDisabled(context.tx, userId, null);
  },
  audit: ({ userId }) => ({ userId }),
});

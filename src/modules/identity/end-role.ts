import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { refuseOwn } from './own-places.ts';
import { endGrant, grantById } from './store.ts';

/** Ends a role now; it holds no more at the person's next request. */
export const endRole = command({
  name: 'identity.end-role',
  input: z.object({ grantId: z.uuid() }),
  allow: ['admin'],
  area: async ({ tx }, { grantId }) => {
    const grant = await grantById(tx, grantId);
    if (!grant) throw notFound('role-grant');
    return [grant.placeId];
  },
  run: async (context, { grantId }) => {
    const grant = await grantById(context.tx, grantId);
    if (!grant) throw notFound('role-grant');
    refuseOwn(context, grant.userId);
    if (grant.to !== null) throw conflict('role-ended');
    await endGrant(context.tx, grantId, context.at);
    return { userId: grant.userId, role: grant.role, placeId: grant.placeId };
  },
  audit: ({ grantId }, ended) => ({ grantId, ...ended }),
});

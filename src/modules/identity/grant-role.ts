import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict } from '../../shared/errors.ts';
import { roles } from '../../shared/roles.ts';
import { giveRole } from './add-user.ts';
import { refuseOwn, requireUser } from './own-places.ts';
import { grantsOf } from './store.ts';

/** A further role, or the same role in another area. */
export const grantRole = command({
  name: 'identity.grant-role',
  input: z.object({ userId: z.uuid(), role: z.enum(roles), placeId: z.uuid() }),
  allow: ['admin'],
  area: async (_, { placeId }) => [placeId],
  run: async (context, grant) => {
    refuseOwn(context, grant.userId);
    await requireUser(context, grant.userId);
    const held = (await grantsOf(context.tx, [grant.userId])).some(
      (known) => known.to === null && known.role === grant.role && known.placeId === grant.placeId,
    );
    if (held) throw conflict('role-held');
    return { grantId: await giveRole(context, grant) };
  },
  audit: (grant, { grantId }) => ({ ...grant, grantId }),
});

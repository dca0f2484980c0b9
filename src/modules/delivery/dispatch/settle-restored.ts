import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { settleRestored } from './store.ts';
import { endDispatches, lockHandingOut } from './store-sending.ts';

/**
 * The data were put back from a backup: what was still to be sent then may have been sent since, and nobody here knows. It is
 * shown as not known, and never sent by itself.
 */
export const settleAfterRestore = command({
  name: 'delivery.settle-after-restore',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async (ctx) => {
    await lockHandingOut(ctx.tx);
    const uncertain = await settleRestored(ctx.tx, ctx.at);
    await endDispatches(ctx.tx, null, ctx.at);
    return { uncertain };
  },
  audit: (_, { uncertain }) => ({ uncertain }),
});

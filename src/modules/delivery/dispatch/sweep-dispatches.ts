import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { giveUpRest } from './store.ts';
import { endDispatches, lockHandingOut, overdueDispatches } from './store-sending.ts';
import { markUncertain, orphanBatches } from './store-workers.ts';

/**
 * Clears up after workers that ended in the middle (what they had in hand becomes uncertain, and is shown, never sent again
 * by itself) and after sendings whose time is up.
 */
export const sweepDispatches = command({
  name: 'delivery.sweep-dispatches',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async (ctx) => {
    await lockHandingOut(ctx.tx);
    const uncertain = await markUncertain(ctx.tx, await orphanBatches(ctx.tx), ctx.at);
    let late = 0;
    for (const { dispatchId, fault } of await overdueDispatches(ctx.tx, ctx.at))
      late += await giveUpRest(ctx.tx, dispatchId, fault, ctx.at);
    const done = await endDispatches(ctx.tx, null, ctx.at);
    return { uncertain, late, done: done.length };
  },
  audit: (_, result) => result,
});

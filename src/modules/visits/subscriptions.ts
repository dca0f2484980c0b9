import type { Subscription } from '../../platform/work.ts';
import { say } from '../../shared/words/index.ts';
import type { RegistryWithdrawing } from '../registry/index.ts';
import { cancelVisitsOfImport } from './store.ts';

/** Nobody is sent to a household that a list brought in by mistake. */
const onWithdrawing: Subscription<RegistryWithdrawing> = {
  event: 'registry.withdrawing',
  react: async (ctx, { importId }) => {
    await cancelVisitsOfImport(ctx.tx, importId, {
      note: say('vi', 'visit.list-withdrawn'),
      by: ctx.actor,
      at: ctx.at,
    });
  },
};

export const visitsSubscriptions: readonly Subscription<never>[] = [onWithdrawing];

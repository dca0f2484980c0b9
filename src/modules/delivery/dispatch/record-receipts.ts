import { z } from 'zod';
import { receiptCodes } from '../../../channels/contract.ts';
import { type Context, command } from '../../../platform/command.ts';
import { byKeys } from '../../../platform/db/by-keys.ts';
import { recordContacts } from '../../reach/index.ts';
import { KEPT, keepable } from './dispatch.ts';
import { type Applied, applyReceipts, applyWaiting } from './store-receipts.ts';

/** A handset has it: that is proved by the network. It counts as delivered where somebody in the household reads the language. */
const intoLedger = async (ctx: Context, { arrived }: Applied): Promise<void> => {
  await recordContacts(
    ctx,
    arrived.map((row) => ({ ...row, stage: 2, channel: 'sms', proof: 'network', happenedOn: ctx.today })),
  );
};

/** At most so many waiting receipts are looked at in one go. */
const AT_ONCE = 500;

/**
 * Keeps receipts, and applies those whose delivery is known. The same may come again, and one may come before the delivery
 * it is for was written down: it waits, and `applyLateReceipts` finds it.
 */
export const recordReceipts = command({
  name: 'delivery.record-receipts',
  input: z.object({
    provider: z.string(),
    receipts: z
      .array(
        z.object({
          ref: z.string().transform((text) => keepable(text, KEPT.ref)),
          code: z.enum(receiptCodes),
          detail: z
            .string()
            .default('')
            .transform((text) => keepable(text, KEPT.detail)),
        }),
      )
      .max(500),
  }),
  allow: 'system',
  area: 'none',
  run: async (ctx, { provider, receipts }) => {
    await byKeys(ctx.tx);
    const applied = await applyReceipts(ctx.tx, provider, receipts, ctx);
    await intoLedger(ctx, applied);
    return { received: receipts.length, applied: applied.receipts, arrived: applied.arrived.length };
  },
  audit: ({ provider }, result) => ({ provider, ...result }),
});

/** Receipts that came before their delivery was written down. @returns how many were applied; fewer than asked = none left */
export const applyLateReceipts = command({
  name: 'delivery.apply-late-receipts',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async (ctx) => {
    await byKeys(ctx.tx);
    const applied = await applyWaiting(ctx.tx, AT_ONCE, ctx);
    await intoLedger(ctx, applied);
    return { applied: applied.receipts, arrived: applied.arrived.length };
  },
  audit: (_, result) => result,
});

import { z } from 'zod';
import { type Context, command } from '../../../platform/command.ts';
import { recordContacts } from '../../reach/index.ts';
import { BODY_DAYS, BOUNCE_DAYS, RECEIPT_DAYS } from './dispatch.ts';
import { settleMails } from './store-mail.ts';
import { dropBodies, dropUnknownReceipts, giveUpReceipts } from './store-receipts.ts';

const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * 86_400_000);

const AT_ONCE = 500;

/** Mails that did not come back within three days: of officers they count as delivered, on the day they were sent. */
const settle = async (ctx: Context): Promise<number> => {
  let mails = 0;
  for (;;) {
    const { count, arrived } = await settleMails(ctx.tx, {
      ...{ before: daysBefore(ctx.at, BOUNCE_DAYS), at: ctx.at, limit: AT_ONCE },
    });
    mails += count;
    await recordContacts(
      ctx,
      arrived.map(({ subjectKind: _, sentOn, ...row }) => ({
        ...row,
        ...{ stage: 2, channel: 'email', proof: 'network', happenedOn: sentOn },
      })),
    );
    if (count < AT_ONCE) return mails;
  }
};

/** Every hour: no receipt after three days is none; texts are taken away after 90 days. */
export const tidyDeliveries = command({
  name: 'delivery.tidy-deliveries',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async (ctx) => {
    const mails = await settle(ctx);
    const silent = await giveUpReceipts(ctx.tx, daysBefore(ctx.at, RECEIPT_DAYS), ctx.at);
    const bodies = await dropBodies(ctx.tx, daysBefore(ctx.at, BODY_DAYS));
    await dropUnknownReceipts(ctx.tx, daysBefore(ctx.at, 30));
    return { mails, silent, bodies };
  },
  audit: (_, result) => result,
});

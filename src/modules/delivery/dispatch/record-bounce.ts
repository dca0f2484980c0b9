import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { notFound } from '../../../shared/errors.ts';
import { voidContactOf } from '../../reach/index.ts';
import { findMail, markBounced } from './store-mail.ts';

/**
 * A mail came back: its delivery has failed. When it had counted as delivered already, because nothing had been heard for
 * three days, that stops counting. The same bounce again changes nothing.
 */
export const recordBounce = command({
  name: 'delivery.record-bounce',
  input: z.object({ deliveryId: z.uuid(), detail: z.string().max(300).default('') }),
  allow: 'system',
  area: 'none',
  run: async (ctx, { deliveryId, detail }) => {
    const mail = await findMail(ctx.tx, deliveryId);
    if (!mail) throw notFound('delivery');
    const { subjectId, activityId, state } = mail;
    if (state === 'failed') return { fresh: false };
    await markBounced(ctx.tx, { subjectId, deliveryId, detail, at: ctx.at });
    if (state === 'delivered') await voidContactOf(ctx, { activityId, subjectId }, 'bounced');
    return { fresh: true };
  },
  audit: ({ deliveryId }, { fresh }) => ({ deliveryId, fresh }),
});

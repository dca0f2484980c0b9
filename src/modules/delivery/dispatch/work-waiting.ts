import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { isQuiet } from './dispatch.ts';
import { lookForWork } from './store-sending.ts';

/** Is there anything for a worker to do: a batch that is due, receipts that found their delivery, batches left lying, time that is up? */
export const workWaiting = read({
  name: 'delivery.work-waiting',
  input: z.object({ channels: z.array(z.enum(['sms', 'email'])) }),
  allow: 'system',
  area: 'none',
  run: (ctx, { channels }) => lookForWork(ctx.tx, { at: ctx.at, quiet: isQuiet(ctx.at), channels }),
});

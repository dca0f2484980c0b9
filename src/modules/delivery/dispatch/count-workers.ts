import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { countLocks } from './store-workers.ts';

/** How many workers live that would send what waits. Without one, whoever sends and waits for the end works it alone. */
export const countWorkers = read({
  name: 'delivery.count-workers',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async (ctx) => ({ workers: await countLocks(ctx.tx) }),
});

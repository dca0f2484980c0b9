import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { announceDay } from './events.ts';
import { refreshAll } from './facts/store.ts';

/** Brings today's flat rows to today: what the calendar ends (36 months after an escape) or begins. Runs every night. */
export const refreshNow = command({
  name: 'registry.refresh-now',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async (ctx) => {
    await refreshAll(ctx.tx, ctx.today);
    await announceDay(ctx);
    return { on: ctx.today };
  },
  audit: (_, { on }) => ({ on }),
});

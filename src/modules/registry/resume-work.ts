import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { isNowStale, unfinishedLists } from './store-start.ts';

/**
 * What a start takes up again: lists that a killed process left half-read (or a backup, which holds no queue), and the
 * nightly refresh that an office PC slept through. The steps are made to be taken twice, so a second job does no harm.
 */
export const resumeWork = command({
  name: 'registry.resume-work',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async (ctx) => {
    const lists = await unfinishedLists(ctx.tx);
    for (const { importId, step } of lists) await ctx.enqueue(`registry.${step}-list`, { importId });
    const stale = await isNowStale(ctx.tx, ctx.today);
    if (stale) await ctx.enqueue('registry.refresh-now', {});
    return { lists: lists.length, stale };
  },
  audit: (_, { lists, stale }) => ({ lists, stale }),
});

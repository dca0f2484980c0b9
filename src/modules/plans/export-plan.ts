import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { writePlan } from './file/write-plan.ts';
import { knownPlan } from './known-plan.ts';
import { linesOf } from './store-lines.ts';

/** A plan as its file (YAML): to be kept, changed while it is a draft, or taken as the beginning of the next one. */
export const exportPlan = read({
  name: 'plans.export-plan',
  input: z.object({ code: z.string() }),
  allow: 'signed-in',
  area: 'own',
  run: async (ctx, { code }) => {
    const plan = await knownPlan(ctx, code);
    const text = await writePlan(ctx, plan, await linesOf(ctx.tx, plan.planId));
    return { text, fileName: `${plan.code}.yaml` };
  },
});

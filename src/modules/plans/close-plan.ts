import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { showDay } from '../../shared/dates.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';
import { announceChanged } from './events.ts';
import { placeOfPlan } from './known-plan.ts';
import { findPlanByCode, setClosed } from './store.ts';
import { linesOf } from './store-lines.ts';

/** Ends a plan: nothing more is recorded for it. Before its last day only with a reason. */
export const closePlan = command({
  name: 'plans.close-plan',
  input: z.object({ code: z.string(), note: z.string().max(1_000).transform(clean).nullish() }),
  allow: ['officer', 'leader'],
  area: placeOfPlan,
  run: async (ctx, { code, note }) => {
    const plan = await findPlanByCode(ctx.tx, code, 'update');
    if (plan?.state === 'closed') throw conflict('plan.closed', { plan: code });
    if (plan?.state !== 'issued') throw conflict('plan.not-issued', { plan: code });
    if (ctx.today <= plan.periodTo && !note) {
      const params = { day: showDay(plan.periodTo) };
      throw invalid('plan.close-early', params, [{ path: 'note', code: 'plan.close-early', params }]);
    }
    await setClosed(ctx.tx, plan.planId, note || null, ctx.at);
    const lines = await linesOf(ctx.tx, plan.planId);
    await announceChanged(
      ctx,
      lines.map(({ lineId }) => lineId),
    );
    return { planId: plan.planId, code };
  },
  audit: (_, { planId, code }) => ({ planId, code }),
});

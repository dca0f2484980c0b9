import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { namesThen, relatedPlaces } from '../territory/index.ts';
import { planStates } from './line.ts';
import { byPhase, phaseOf } from './plan.ts';
import { lateHeads, standingOf } from './progress.ts';
import { allPlans } from './store.ts';
import { doneOf, linesOfPlans } from './store-lines.ts';

/** The plans that concern one's areas: above, in and below them; those under way first, those over last; with what was done. */
export const listPlans = read({
  name: 'plans.list-plans',
  input: z.object({ state: z.enum(planStates).nullish() }),
  allow: 'signed-in',
  area: 'own',
  run: async (ctx, { state }) => {
    const all = (await allPlans(ctx.tx)).filter((plan) => !state || plan.state === state);
    const places = [...new Set(all.map(({ placeId }) => placeId))];
    const related = new Set(await relatedPlaces(ctx.tx, ctx.areas, places));
    const plans = all
      .filter(({ placeId }) => related.has(placeId))
      .map((plan) => ({ ...plan, phase: phaseOf(plan, ctx.today) }))
      .sort(byPhase);
    const ids = plans.map(({ planId }) => planId);
    const done = await doneOf(ctx.tx, ids);
    const lines = Map.groupBy(await linesOfPlans(ctx.tx, ids), ({ planId }) => planId);
    const names = await namesThen(ctx.tx, [...related], ctx.today);
    return plans.map((plan) => {
      const own = (lines.get(plan.planId) ?? []).map((line) => {
        const activities = done.get(line.lineId)?.activities ?? 0;
        return { ...line, activities, standing: standingOf(plan.state, line, activities, ctx.today) };
      });
      return {
        ...plan,
        place: names.get(plan.placeId) ?? '',
        lines: own.length,
        /** Lines for which something was done. */
        begun: own.filter(({ activities }) => activities > 0).length,
        activities: own.reduce((sum, { activities }) => sum + activities, 0),
        late: own.filter(({ standing }) => standing === 'late').length,
        lateHeads: lateHeads(own).map(({ name, post, lines: late }) => ({ name, post, lines: late.length })),
      };
    });
  },
});

import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { MOST_IN_FILE, orderInput, pageInput } from '../../platform/list.ts';
import { sortedBy } from '../../shared/order.ts';
import { fold } from '../../shared/text.ts';
import { namesThen, relatedPlaces } from '../territory/index.ts';
import { planStates } from './line.ts';
import { byPhase, phaseOf } from './plan.ts';
import { lateHeads, standingOf } from './progress.ts';
import { allPlans } from './store.ts';
import { doneOf, linesOfPlans } from './store-lines.ts';

/** The plans that concern one's areas: above, in and below them; those under way first, those over last; with what was done. */
const plansSeen = async (ctx: Context, state: (typeof planStates)[number] | null) => {
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
};

export const listPlans = read({
  name: 'plans.list-plans',
  input: z.object({ state: z.enum(planStates).nullish() }),
  allow: 'signed-in',
  area: 'own',
  run: (ctx, { state }) => plansSeen(ctx, state ?? null),
});

/** What a list of plans may be narrowed to: those under way and ahead, or those whose period is over. */
export const planPhases = ['open', 'over'] as const;

/** The orders plans may be asked for. */
export const planSorts = ['title', 'place', 'from', 'to', 'state', 'lines', 'begun', 'late'] as const;

type Listed = Awaited<ReturnType<typeof plansSeen>>[number];

const keys = {
  title: ({ title }: Listed) => title,
  place: ({ place }: Listed) => place,
  from: ({ periodFrom }: Listed) => periodFrom,
  to: ({ periodTo }: Listed) => periodTo,
  state: ({ state }: Listed) => planStates.indexOf(state),
  lines: ({ lines }: Listed) => lines,
  begun: ({ begun }: Listed) => begun,
  late: ({ late }: Listed) => late,
};

/** The same plans page by page, in any of their orders. `others` are those that only the phase leaves out. */
export const findPlans = read({
  name: 'plans.find-plans',
  input: z.object({
    /** In the title, without diacritics will do, or in the code. */
    text: z.string().max(100).nullish(),
    state: z.enum(planStates).nullish(),
    phase: z.enum(planPhases).nullish(),
    ...orderInput(planSorts),
    ...pageInput(MOST_IN_FILE),
  }),
  allow: 'signed-in',
  area: 'own',
  run: async (ctx, { text, state, phase, limit, offset, ...order }) => {
    const sought = fold(text ?? '');
    // Of what has neither letter nor digit ("%") nothing is found, as in every list.
    const called = ({ title, code }: Listed): boolean =>
      !text?.trim() || (sought !== '' && `${fold(title)} ${fold(code)}`.includes(sought));
    const all = (await plansSeen(ctx, state ?? null)).filter(called);
    const asked = all.filter((plan) => !phase || (plan.phase === 'over') === (phase === 'over'));
    const rows = sortedBy(asked, order, keys).slice(offset, offset + limit);
    return { rows, total: asked.length, others: all.length - asked.length };
  },
});

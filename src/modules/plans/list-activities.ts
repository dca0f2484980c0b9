import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { notFound } from '../../shared/errors.ts';
import { coveredPlaces, coversPlaces, namesThen } from '../territory/index.ts';
import type { Activity } from './activity.ts';
import { hiddenAs, knownLine, knownPlan } from './known-plan.ts';
import { activitiesOf, getActivityRow } from './store-activities.ts';

/** With the names of the villages, as they are or were last called. */
const named = async (ctx: Context, activities: readonly Activity[]) => {
  const ids = [...new Set(activities.flatMap(({ placeIds }) => placeIds))];
  const names = await namesThen(ctx.tx, ids, ctx.today);
  return activities.map((activity) => ({
    ...activity,
    places: activity.placeIds.map((placeId) => names.get(placeId) ?? ''),
  }));
};

/** What happened in one's own villages; all of it for who holds a role over the plan's place. */
const ownOf = async (
  ctx: Context,
  planPlaceId: string,
  activities: readonly Activity[],
): Promise<readonly Activity[]> => {
  if (ctx.areas === null || (await coversPlaces(ctx.tx, ctx.areas, [planPlaceId], ctx.today))) return activities;
  const ids = activities.flatMap(({ placeIds }) => placeIds);
  const own = await coveredPlaces(ctx.tx, ctx.areas, ids, ctx.today);
  return activities.filter(({ placeIds }) => placeIds.some((placeId) => own.has(placeId)));
};

/** What was done for a plan, or for one line of it, the newest first; voided activities stay, with the reason. */
export const listActivities = read({
  name: 'plans.list-activities',
  input: z.object({ code: z.string(), position: z.coerce.number().int().nullish() }),
  allow: 'signed-in',
  area: 'own',
  run: async (ctx, { code, position }) => {
    const plan = await knownPlan(ctx, code);
    const all = await activitiesOf(ctx.tx, { planId: plan.planId });
    const asked = all.filter((activity) => position == null || activity.position === position);
    return named(ctx, await ownOf(ctx, plan.placeId, asked));
  },
});

/** One activity; one that happened elsewhere is not found, whether there is one or not. */
export const knownActivity = async (ctx: Context, activityId: string): Promise<Activity> => {
  const activity = await getActivityRow(ctx.tx, activityId);
  const { plan } = await knownLine(ctx, activity.lineId).catch(hiddenAs('activity'));
  if ((await ownOf(ctx, plan.placeId, [activity])).length === 0) throw notFound('activity');
  return activity;
};

export const getActivity = read({
  name: 'plans.get-activity',
  input: z.object({ activityId: z.string() }),
  allow: 'signed-in',
  area: 'own',
  run: async (ctx, { activityId }) => (await named(ctx, [await knownActivity(ctx, activityId)]))[0]!,
});

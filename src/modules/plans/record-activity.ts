import type { Context } from '../../platform/command.ts';
import { showDay } from '../../shared/dates.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { placesUnder } from '../territory/index.ts';
import type { NewActivity } from './activity.ts';
import { getPlanRow } from './store.ts';
import { insertActivity } from './store-activities.ts';
import { getLine } from './store-lines.ts';

/**
 * Writes down what was done for a line, for whoever keeps the evidence of it (they look at who may, by the villages). Only
 * an issued plan is carried out, within its period, in the line's places. The plan is held until the end of the transaction:
 * read the line after this, not before, for the edition its evidence carries. @returns the id that evidence refers to.
 */
export const recordActivity = async (ctx: Context, activity: NewActivity): Promise<string> => {
  const { planId } = await getLine(ctx.tx, activity.lineId);
  const plan = await getPlanRow(ctx.tx, planId, 'share');
  // Looked at again once the plan is held: its edition may have changed meanwhile.
  const line = await getLine(ctx.tx, activity.lineId);
  if (plan.state === 'closed') throw conflict('plan.closed', { plan: plan.code });
  if (plan.state !== 'issued') throw conflict('plan.not-issued', { plan: plan.code });
  const refuseDay = (code: string, params = {}): never => {
    throw invalid(code, params, [{ path: 'happenedOn', code, params }]);
  };
  if (activity.happenedOn > ctx.today) refuseDay('activity.day-ahead');
  if (activity.happenedOn < plan.periodFrom) refuseDay('activity.before-plan', { day: showDay(plan.periodFrom) });
  if (activity.happenedOn > plan.periodTo) refuseDay('activity.after-plan', { day: showDay(plan.periodTo) });
  const inside = new Set(await placesUnder(ctx.tx, line.placeIds, activity.happenedOn));
  if (activity.placeIds.length === 0 || activity.placeIds.some((placeId) => !inside.has(placeId)))
    throw invalid('activity.outside-line', {}, [{ path: 'placeIds', code: 'activity.outside-line' }]);
  const activityId = newId();
  await insertActivity(ctx.tx, {
    ...activity,
    placeIds: [...new Set(activity.placeIds)],
    activityId,
    edition: line.edition,
    recordedBy: ctx.actor.userId,
    recordedByName: ctx.actor.name,
    at: ctx.at,
  });
  return activityId;
};

import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';
import { voidActivityEvidence } from '../reach/index.ts';
import { knownActivity } from './list-activities.ts';
import { markVoided } from './store-activities.ts';

/**
 * Takes back an activity that was entered wrongly: with it everything it proved stops counting. The rows stay, with the
 * reason; a void cannot be voided, what really happened is recorded anew.
 */
export const voidActivity = command({
  name: 'plans.void-activity',
  input: z.object({
    activityId: z.string(),
    reason: z.string().transform(clean).pipe(z.string().min(1, 'activity.no-reason').max(1_000)),
  }),
  allow: ['officer'],
  area: async (ctx, { activityId }) => (await knownActivity(ctx, activityId)).placeIds,
  run: async (ctx, { activityId, reason }) => {
    const activity = await knownActivity(ctx, activityId);
    const { userId } = ctx.actor;
    if (!(await markVoided(ctx.tx, { activityId, by: userId, reason, at: ctx.at }))) throw conflict('activity.voided');
    return { lineId: activity.lineId, evidence: await voidActivityEvidence(ctx, activityId, reason) };
  },
  audit: ({ activityId }, { lineId, evidence }) => ({ activityId, lineId, evidence }),
});

import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { notFound } from '../../shared/errors.ts';
import { coversPlaces } from '../territory/index.ts';
import { closeVisitRow, findVisitRow, lockVisit } from './store.ts';
import { closeAs } from './visit.ts';

/** The village a visit goes to; somebody else's visit is not found, whether there is one or not. */
export const placesOfVisit = async (ctx: Context, { visitId }: { visitId: string }): Promise<string[]> => {
  const village = (await findVisitRow(ctx.tx, visitId))?.villageId;
  if (!village || !(ctx.areas === null || (await coversPlaces(ctx.tx, ctx.areas, [village], ctx.today))))
    throw notFound('visit');
  return [village];
};

/** Calls a visit off. The household stays where it was: what is not evidence changes nothing of its reach. */
export const cancelVisit = command({
  name: 'visits.cancel-visit',
  input: z.object({
    visitId: z.uuid({ error: 'visit' }),
    reason: z.string().trim().min(1, { error: 'visit.reason-missing' }).max(500),
  }),
  allow: ['officer', 'leader'],
  area: placesOfVisit,
  run: async (ctx, { visitId, reason }) => {
    const visit = await lockVisit(ctx.tx, visitId);
    if (!visit) throw notFound('visit');
    const state = closeAs(visit.state, 'cancel');
    const closing = { visitId, state, happenedOn: null, note: reason, activityIds: [] };
    await closeVisitRow(ctx.tx, { ...closing, by: ctx.actor, at: ctx.at });
    return { state };
  },
  audit: ({ visitId }) => ({ visitId }),
});

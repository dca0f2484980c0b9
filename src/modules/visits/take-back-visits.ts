import type { Context } from '../../platform/command.ts';
import { notFound } from '../../shared/errors.ts';
import { say } from '../../shared/words/index.ts';
import { coversPlaces } from '../territory/index.ts';
import { villagesOn } from './store.ts';
import { cancelOpenVisits, lockAsMade, type MadeTogether } from './store-many.ts';

/**
 * Calls off the visits that the asker made together, as far as they are still as they were made: not made since, not called
 * off, not given to somebody else. Not-found `visit` when one of them lies outside the asker's areas.
 * @returns the ids of those called off
 */
export const takeBackVisits = async (ctx: Context, together: MadeTogether): Promise<string[]> => {
  const made = await lockAsMade(ctx.tx, together, ctx.actor.userId);
  const subjectIds = made.map(({ subjectId }) => subjectId);
  const villages = [...new Set((await villagesOn(ctx.tx, subjectIds, ctx.today)).values())];
  if (ctx.areas !== null && villages.length > 0 && !(await coversPlaces(ctx.tx, ctx.areas, villages, ctx.today)))
    throw notFound('visit');
  const visitIds = made.map(({ visitId }) => visitId);
  await cancelOpenVisits(ctx.tx, visitIds, { note: say('vi', 'visit.taken-back'), by: ctx.actor, at: ctx.at });
  return visitIds;
};

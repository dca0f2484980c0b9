import type { Context } from '../../../platform/command.ts';
import { coveredPlaces } from '../../territory/index.ts';
import type { Holder } from './store.ts';

/** Those who are, or were last, in the areas of who asks. */
export const ownHolders = async (ctx: Context, holders: readonly Holder[]): Promise<readonly Holder[]> => {
  if (ctx.areas === null) return holders;
  const places = holders.map(({ placeId }) => placeId);
  const covered = await coveredPlaces(ctx.tx, ctx.areas, places, ctx.today);
  return holders.filter(({ placeId }) => covered.has(placeId));
};

/** Officers look after numbers of nobody too; the product itself is everywhere. */
export const isOfficer = ({ actor }: Pick<Context, 'actor'>): boolean =>
  actor.userId === null || actor.grants.some(({ role }) => role === 'officer');

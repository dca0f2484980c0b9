import type { Context } from '../../platform/command.ts';
import type { Day } from '../../shared/dates.ts';
import { withinAreas } from '../reach/index.ts';
import { placesUnder } from '../territory/index.ts';
import { villagesAmong } from './store.ts';

/** The villages of a line's places on a day that lie in the areas of who asks. */
export const ownVillages = async (ctx: Context, placeIds: readonly string[], on: Day): Promise<string[]> => {
  const villages = await villagesAmong(ctx.tx, await placesUnder(ctx.tx, [...placeIds], on), on);
  return [...(await withinAreas(ctx, villages))];
};

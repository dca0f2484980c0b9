import type { Context } from '../../platform/command.ts';
import { forbidden } from '../../shared/errors.ts';
import { coversPlaces, relatedPlaces } from '../territory/index.ts';

/** May somebody with roles in these areas read what belongs to a place? Everybody reads what is built in. */
export const inSight = async ({ areas, tx }: Context, placeId: string | null): Promise<boolean> =>
  areas === null || placeId === null || (await relatedPlaces(tx, areas, [placeId])).length > 0;

/** May somebody with roles in these areas change what belongs to a place? */
export const isOwn = async ({ areas, tx, today }: Context, placeId: string): Promise<boolean> =>
  areas === null || coversPlaces(tx, areas, [placeId], today);

/** Where subjects are looked for: in the place asked for, which must lie in the actor's areas, or in all of these. */
export const scopeOf = async (
  ctx: Context,
  placeId: string | null | undefined,
  what: string,
): Promise<readonly string[] | null> => {
  if (!placeId) return ctx.areas;
  if (!(await isOwn(ctx, placeId))) throw forbidden('outside-area', { what });
  return [placeId];
};

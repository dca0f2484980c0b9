import type { Context } from '../../../platform/command.ts';
import { forbidden, notFound } from '../../../shared/errors.ts';
import { withinAreas } from '../../reach/index.ts';
import { type Dispatch, getDispatchRow } from './store.ts';

/** A dispatch that went to somebody in the own areas, with those places; another one is not found, whether there is one or not. */
export const knownDispatch = async (
  ctx: Context,
  dispatchId: string,
): Promise<Dispatch & { readonly own: readonly string[] }> => {
  const row = await getDispatchRow(ctx.tx, dispatchId);
  const own = [...(await withinAreas(ctx, row.placeIds))];
  if (own.length === 0) throw notFound('dispatch');
  return { ...row, own };
};

/** The same to change its course: all of it must lie in the own areas. */
export const steeredDispatch = async (ctx: Context, dispatchId: string): Promise<Dispatch> => {
  const { own, ...row } = await knownDispatch(ctx, dispatchId);
  if (own.length < new Set(row.placeIds).size) throw forbidden('dispatch.partly-yours');
  return row;
};

import type { Context } from '../../../platform/command.ts';
import { newId } from '../../../shared/ids.ts';
import { announceChanged } from '../events.ts';
import type { HowRefused } from './refusal.ts';
import { type Holder, holdersOf, insertRefusals } from './store.ts';

export interface NumberRefused {
  /** E.164. */
  readonly value: string;
  readonly how: HowRefused;
  /** What was said, word for word where it was written. */
  readonly note: string;
}

/** Everybody whose number it is may now belong to another audience. */
export const announceHolders = (ctx: Context, holders: readonly Holder[]): Promise<void> =>
  announceChanged(
    ctx,
    holders.map(({ placeId }) => placeId),
  );

/**
 * Notes from today on that numbers want no messages and calls, in whatever household they are or will be. For whoever
 * learns it in the middle of something else, such as a reply that comes by network; permission is theirs to check.
 * @returns how many were not refused before
 */
export const refuseNumbers = async (ctx: Context, refused: readonly NumberRefused[]): Promise<number> => {
  if (refused.length === 0) return 0;
  const refusals = refused.map((each) => ({ ...each, refusalId: newId() }));
  const { actor, at, today } = ctx;
  const fresh = await insertRefusals(ctx.tx, refusals, { by: actor, at, today });
  const values = refusals.filter(({ refusalId }) => fresh.has(refusalId)).map(({ value }) => value);
  if (values.length > 0) await announceHolders(ctx, await holdersOf(ctx.tx, values));
  return fresh.size;
};

import type { Context } from '../../platform/command.ts';

/** Facts about subjects who live, or lived, in these places have changed (an import, an undo, an officer). */
export interface RegistryChanged {
  readonly placeIds: readonly string[];
}

export const announceChanged = (ctx: Context, placeIds: readonly string[]): Promise<void> =>
  ctx.announce('registry.changed', { placeIds: [...new Set(placeIds)] } satisfies RegistryChanged);

/** A new day has begun: what the calendar ends has ended, ages have changed. */
export const announceDay = (ctx: Context): Promise<void> => ctx.announce('registry.day', {});

/** The subjects that an import brought in are about to be withdrawn; who holds something of them refuses by throwing. */
export interface RegistryWithdrawing {
  readonly importId: string;
}

export const announceWithdrawing = (ctx: Context, importId: string): Promise<void> =>
  ctx.announce('registry.withdrawing', { importId } satisfies RegistryWithdrawing);

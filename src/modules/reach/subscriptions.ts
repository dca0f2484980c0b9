import type { Context } from '../../platform/command.ts';
import type { Subscription } from '../../platform/work.ts';
import { conflict } from '../../shared/errors.ts';
import type { RegistryChanged, RegistryWithdrawing } from '../registry/index.ts';
import { announceRecorded } from './events.ts';
import { countReachedOfImport, lockSubjectsOfImport } from './store.ts';
import { recomputeStates, type Touched, touchedByPlaces, touchedSince } from './store-states.ts';

const TWO_DAYS = 2 * 24 * 3_600_000;

const recompute = async (ctx: Context, touched: Touched): Promise<void> =>
  announceRecorded(ctx, await recomputeStates(ctx.tx, touched), []);

/** What a contact proves depends on what the registry says of its day, which a list may come to say later. */
const onChanged: Subscription<RegistryChanged> = {
  event: 'registry.changed',
  react: (ctx, { placeIds }) => recompute(ctx, touchedByPlaces(placeIds)),
};

/** A list and a contact that were written at the same moment did not see each other: they do the day after. */
const onDay: Subscription = {
  event: 'registry.day',
  react: (ctx) => recompute(ctx, touchedSince(new Date(ctx.at.getTime() - TWO_DAYS))),
};

/**
 * The ledger's households stay: what somebody said they were told is not undone with the list they came from, nor are the
 * facts (village, languages, class) that were there to be seen when it was recorded.
 */
const onWithdrawing: Subscription<RegistryWithdrawing> = {
  event: 'registry.withdrawing',
  react: async (ctx, { importId }) => {
    await lockSubjectsOfImport(ctx.tx, importId);
    const count = await countReachedOfImport(ctx.tx, importId);
    if (count > 0) throw conflict('import.undo-contacts', { count });
  },
};

export const reachSubscriptions: readonly Subscription<never>[] = [onChanged, onDay, onWithdrawing];

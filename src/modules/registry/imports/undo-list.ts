import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { showDay } from '../../../shared/dates.ts';
import { conflict } from '../../../shared/errors.ts';
import { clearStaging } from '../check/store.ts';
import { announceChanged, announceWithdrawing } from '../events.ts';
import { disturbed, laterImports, undoWrites } from '../facts/undo/store.ts';
import { areaOfImport } from './area.ts';
import { getImportRow, lockCommits, nextWrite, setDiscarded, setUndone } from './store.ts';

/**
 * Takes back everything a committed list wrote. Refused, with the reason, when a later list speaks of the same households
 * or somebody changed what the list wrote: then the later one is undone first, or nothing.
 */
export const undoList = command({
  name: 'registry.undo-list',
  input: z.object({ importId: z.uuid() }),
  allow: ['officer'],
  area: areaOfImport,
  run: async (ctx, { importId }) => {
    await lockCommits(ctx.tx);
    const list = await getImportRow(ctx.tx, importId, true);
    if (list.state !== 'committed') throw conflict('import.state', { state: list.state });
    const later = await laterImports(ctx.tx, importId);
    if (later.length > 0) {
      const lists = later.map(({ fileName, asOf }) => `${fileName} (${showDay(asOf)})`).join('; ');
      throw conflict('import.undo-later', { count: later.length, lists });
    }
    const changed = await disturbed(ctx.tx, importId);
    if (changed > 0) throw conflict('import.undo-changed', { count: changed });
    await announceWithdrawing(ctx, importId);
    await announceChanged(ctx, await undoWrites(ctx.tx, importId, ctx.today));
    // Whatever was checked before this undo has to be checked again.
    await nextWrite(ctx.tx, importId);
    await setUndone(ctx.tx, importId, ctx.actor.userId, ctx.at);
  },
  audit: ({ importId }) => ({ importId }),
});

/** Puts a list aside that was never committed; what was read of its people is deleted. */
export const discardList = command({
  name: 'registry.discard-list',
  input: z.object({ importId: z.uuid() }),
  allow: ['officer'],
  area: areaOfImport,
  run: async (ctx, { importId }) => {
    const list = await getImportRow(ctx.tx, importId, true);
    if (list.state === 'committed' || list.state === 'undone') throw conflict('import.state', { state: list.state });
    await clearStaging(ctx.tx, importId);
    await setDiscarded(ctx.tx, importId);
  },
  audit: ({ importId }) => ({ importId }),
});

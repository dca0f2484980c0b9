import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { conflict } from '../../../shared/errors.ts';
import { areaOfImport } from './area.ts';
import { getImportRow, setState } from './store.ts';

/** Checks a list once more under the same mapping: others have been imported meanwhile, or villages added. */
export const checkAgain = command({
  name: 'registry.check-again',
  input: z.object({ importId: z.uuid() }),
  allow: ['officer'],
  area: areaOfImport,
  run: async (ctx, { importId }) => {
    const list = await getImportRow(ctx.tx, importId, true);
    if (list.state !== 'checked' || list.busy) throw conflict('import.state', { state: list.state });
    await setState(ctx.tx, importId, 'checking');
    await ctx.enqueue('registry.check-list', { importId });
  },
  audit: ({ importId }) => ({ importId }),
});

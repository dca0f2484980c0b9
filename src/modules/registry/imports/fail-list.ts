import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { clearStaging } from '../check/store.ts';
import { getImportRow, setFailed } from './store.ts';

/** Notes why a list could not be opened or read; shown to the officer in place of its report. */
export const failList = command({
  name: 'registry.fail-list',
  input: z.object({
    importId: z.uuid(),
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  allow: 'system',
  area: 'none',
  run: async (ctx, { importId, code, params }) => {
    const list = await getImportRow(ctx.tx, importId, true);
    if (['committed', 'undone', 'discarded'].includes(list.state)) return;
    // An earlier check of the same list may have left what it read of people.
    await clearStaging(ctx.tx, importId);
    await setFailed(ctx.tx, importId, { code, params });
  },
  audit: ({ importId, code }) => ({ importId, code }),
});

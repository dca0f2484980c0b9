import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { setFailed } from './store.ts';

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
    await setFailed(ctx.tx, importId, { code, params });
  },
  audit: ({ importId, code }) => ({ importId, code }),
});

import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { entriesFor, entriesInput } from './entries.ts';

/** The most that one file may hold. */
const MOST = 10_000;

/** The same as a file, from the newest on; taking it away is itself written to the audit, with the number of rows. */
export const exportEntries = read({
  name: 'audit.export-entries',
  input: z.object(entriesInput),
  allow: ['leader', 'admin'],
  area: 'own',
  run: async (ctx, asked) => {
    const { entries, next } = await entriesFor(ctx, asked, { before: null, limit: MOST });
    return { entries, more: next !== null, on: ctx.today };
  },
  sensitive: (_, { entries }) => ({ rows: entries.length }),
});

import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { MOST_IN_FILE } from '../../platform/list.ts';
import { entriesFor, entriesInput } from './entries.ts';

/** Rows are counted no further than this: the audit has millions, and the file says that there are more. */
const MOST_COUNTED = MOST_IN_FILE * 2;

/** The same as a file, from the newest on; taking it away is itself written to the audit, with the number of rows. */
export const exportEntries = read({
  name: 'audit.export-entries',
  input: z.object(entriesInput),
  allow: ['leader', 'admin'],
  area: 'own',
  run: async (ctx, asked) => {
    const whole = { before: null, limit: MOST_IN_FILE, mostCounted: MOST_COUNTED + 1 };
    const { entries, total } = await entriesFor(ctx, asked, whole);
    return { entries, total: Math.min(total, MOST_COUNTED), more: total > MOST_COUNTED };
  },
  sensitive: (_, { entries }) => ({ rows: entries.length }),
});

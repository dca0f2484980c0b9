import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { readTexts, SHORT_LIST } from '../../platform/sheets/texts.ts';
import { invalid } from '../../shared/errors.ts';

/** Bytes of the rows as JSON: they travel in a field of the form while somebody looks at the trial. */
const MOST_BYTES = 900_000;

/** The rows of a list of villages that came with a form, as texts for `import-places`; the file itself is let go afterwards. */
export const readPlacesFile = read({
  name: 'territory.read-places-file',
  input: z.object({ name: z.string().max(300), sha256: z.string().regex(/^[0-9a-f]{64}$/u) }),
  allow: ['admin', 'officer'],
  area: 'none',
  run: async ({ files }, { name, sha256 }) => {
    const rows = await readTexts(await files.path(sha256), { name, limits: SHORT_LIST });
    const filled = rows.map(({ row, cells }) => ({ row, cells: cells.slice(0, cells.findLastIndex(Boolean) + 1) }));
    if (Buffer.byteLength(JSON.stringify(filled)) > MOST_BYTES) throw invalid('places.too-many');
    return filled;
  },
  // Who knows a file's hash may read it: how much was read is written down, not which file.
  sensitive: (_, rows) => ({ rows: rows.length }),
});

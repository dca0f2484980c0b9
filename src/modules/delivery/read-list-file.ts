import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { readTexts, SHORT_LIST } from '../../platform/sheets/texts.ts';

/** The rows of a list that came with a form, as texts; the file itself is let go afterwards (`dropLists`). */
export const readListFile = read({
  name: 'delivery.read-list-file',
  input: z.object({ name: z.string().max(300), sha256: z.string().regex(/^[0-9a-f]{64}$/u) }),
  allow: ['officer', 'agent'],
  area: 'none',
  run: async ({ files }, { name, sha256 }) => readTexts(await files.path(sha256), { name, limits: SHORT_LIST }),
  // Lists name people, and who knows a file's hash may read it: how much was read is written down, not which file.
  sensitive: (_, rows) => ({ rows: rows.length }),
});

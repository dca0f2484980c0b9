import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { invalid } from '../../../shared/errors.ts';
import { readShapes, SHAPE_LIMITS } from './read-shapes.ts';

/** The text of a file; another encoding than UTF-8 is not guessed, for the names of villages would be lost. */
const textOf = async (path: string): Promise<string> => {
  const params = { limit: SHAPE_LIMITS.bytes / 1_048_576 };
  if ((await stat(path)).size > SHAPE_LIMITS.bytes)
    throw invalid('file.too-large', params, [{ path: 'file', code: 'file.too-large', params }]);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch {
    throw invalid('map.not-utf8', {}, [{ path: 'file', code: 'map.not-utf8' }]);
  }
};

/** The shapes of a GeoJSON file that came with a form, for `load-shapes`; the file itself is let go afterwards. */
export const readShapesFile = read({
  name: 'territory.read-shapes-file',
  input: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/u) }),
  allow: ['admin', 'officer'],
  area: 'none',
  run: async ({ files }, { sha256 }) => readShapes(await textOf(await files.path(sha256))),
  // Who knows a file's hash may read it: how much was read is written down, not which file.
  sensitive: (_, { features }) => ({ features }),
});

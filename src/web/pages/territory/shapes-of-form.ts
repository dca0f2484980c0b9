import { z } from 'zod';
import { type FileShape, fileShape, type ReadShapes, readShapesFile } from '../../../modules/territory/index.ts';
import { invalid } from '../../../shared/errors.ts';
import type { Form, PageRequest } from '../../page.ts';
import { textOf } from '../../typed.ts';
import { releaseFiles } from '../villages/may-bring.ts';

/** Bytes of the shapes as JSON: they travel in a field of the form while somebody looks at the trial. */
const MOST_BYTES = 900_000;

const held = z.object({ source: z.string(), shapes: z.array(fileShape) });

/** The shapes that are villages, as the trial found them, and the name of their file. */
export type HeldShapes = z.output<typeof held>;

/**
 * What the trial put into its form, so that the file need not be chosen again and nothing of it is kept meanwhile; undefined
 * where there is none. It is judged anew when it comes back.
 */
export const shapesOfForm = (form: Form): HeldShapes | undefined => {
  const text = textOf(form, 'map');
  if (text === '') return undefined;
  try {
    return held.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** The field's text. Throws `map.too-heavy` when it is more than a form takes. */
export const heldText = (source: string, shapes: readonly FileShape[]): string => {
  const text = JSON.stringify({ source, shapes });
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw invalid('map.too-heavy', {}, [{ path: 'file', code: 'map.too-heavy' }]);
  return text;
};

/** The shapes of the file that came with the form; the file itself is let go at once. */
export const shapesOfUpload = async (request: PageRequest): Promise<{ source: string; read: ReadShapes }> => {
  const file = request.uploads.find(({ field, size }) => field === 'file' && size > 0);
  if (!file) throw invalid('map.no-file', {}, [{ path: 'file', code: 'map.no-file' }]);
  const read = await request.execute(readShapesFile, { sha256: file.sha256 });
  await releaseFiles(request, request.uploads);
  return { source: file.fileName, read };
};

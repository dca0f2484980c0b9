import { z } from 'zod';
import { readPlacesFile } from '../../../modules/territory/index.ts';
import { invalid } from '../../../shared/errors.ts';
import type { Form, PageRequest } from '../../page.ts';
import { textOf } from '../../typed.ts';
import { releaseFiles } from './may-bring.ts';

const textRows = z.array(z.object({ row: z.number().int(), cells: z.array(z.string()) }));

export type TextRows = z.infer<typeof textRows>;

/**
 * The rows that the trial put into its form, so that the file need not be chosen again and nothing of it is kept meanwhile;
 * undefined where there are none. They are judged anew when they come back: whoever changed them is told the same.
 */
export const rowsOfForm = (form: Form): TextRows | undefined => {
  const text = textOf(form, 'rows');
  if (text === '') return undefined;
  try {
    return textRows.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** The rows of the file that came with the form; the file itself is let go at once. */
export const rowsOfUpload = async (request: PageRequest): Promise<TextRows> => {
  const file = request.uploads.find(({ field, size }) => field === 'file' && size > 0);
  if (!file) throw invalid('places.no-file', {}, [{ path: 'file', code: 'places.no-file' }]);
  const rows = await request.execute(readPlacesFile, { name: file.fileName, sha256: file.sha256 });
  await releaseFiles(request, request.uploads);
  return rows;
};

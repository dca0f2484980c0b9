import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { installationKind } from '../../../platform/installation.ts';
import { conflict, invalid } from '../../../shared/errors.ts';
import { type ListShape, recogniseList, type SheetShape } from '../list/index.ts';
import { openListFile } from './open-file.ts';
import { getImportRow, recallMapping, setShape } from './store.ts';

/** Opens a received list and says what its sheets and columns are; headings seen before are mapped as accepted then. */
export const openList = command({
  name: 'registry.open-list',
  input: z.object({ importId: z.uuid() }),
  allow: 'system',
  area: 'none',
  run: async (ctx, { importId }) => {
    const list = await getImportRow(ctx.tx, importId, true);
    if (list.state !== 'uploaded') return { opened: false };
    const workbook = await openListFile(ctx.files, list);
    const guessed = await recogniseList(workbook, Number(list.asOf.slice(0, 4)));
    if (!guessed.sheets.some(({ role }) => role === 'households'))
      throw invalid(guessed.lettersLost ? 'import.letters-lost' : 'import.no-list');
    const kind = await installationKind(ctx.tx);
    if (kind === 'example' && !guessed.synthetic) throw conflict('import.real-beside-example');
    if (kind === 'real' && guessed.synthetic) throw conflict('import.example-beside-real');
    const sheets: SheetShape[] = [];
    for (const sheet of guessed.sheets) {
      const known = sheet.role === 'other' ? undefined : await recallMapping(ctx.tx, list.sender, sheet.signature);
      sheets.push(
        known
          ? { ...sheet, columns: sheet.columns.map((column) => ({ ...column, field: known[column.index] ?? null })) }
          : sheet,
      );
    }
    const shape: ListShape = { ...guessed, sheets };
    await setShape(ctx.tx, importId, shape, 'read');
    return { opened: true };
  },
  audit: ({ importId }, { opened }) => ({ importId, opened }),
});

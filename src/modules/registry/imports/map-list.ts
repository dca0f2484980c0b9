import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { conflict, type FieldFault, invalid } from '../../../shared/errors.ts';
import { type Field, fieldsOf, type ListShape, missingFields, type SheetShape } from '../list/index.ts';
import { areaOfImport } from './area.ts';
import { getImportRow, rememberMapping, setShape } from './store.ts';

const sheetChoice = z.object({
  role: z.enum(['households', 'members', 'other']),
  /** Column index → field name, or empty for a column that is left out. */
  fields: z.record(z.string(), z.string().nullable()),
});

/** Accepts or changes the mapping of a list; remembered for the sender's next list with the same headings. */
export const mapList = command({
  name: 'registry.map-list',
  input: z.object({
    importId: z.uuid(),
    /** By position of the sheet in the file; sheets not named stay as guessed. */
    sheets: z.record(z.string(), sheetChoice).default({}),
    /** The caller takes the next step itself; otherwise a job does. */
    stepwise: z.boolean().default(false),
  }),
  allow: ['officer'],
  area: areaOfImport,
  run: async (ctx, { importId, sheets, stepwise }) => {
    const list = await getImportRow(ctx.tx, importId, true);
    if (!list.shape || (list.state !== 'read' && list.state !== 'checked') || list.busy)
      throw conflict('import.state', { state: list.state });
    const chosen = list.shape.sheets.map((sheet, at) => (sheets[at] ? choose(sheet, sheets[at]) : sheet));
    const faults = chosen.flatMap((sheet, at): FieldFault[] => [
      ...missingFields(sheet).map((field) => ({
        path: `sheets.${at}`,
        code: 'import.missing-field',
        params: { field: `@list.field.${field}`, sheet: sheet.name },
      })),
      ...twice(sheet).map((field) => ({
        path: `sheets.${at}`,
        code: 'import.field-twice',
        params: { field: `@list.field.${field}`, sheet: sheet.name },
      })),
    ]);
    if (!chosen.some(({ role }) => role === 'households')) faults.push({ path: 'sheets', code: 'import.no-list' });
    if (faults.length > 0) throw invalid('import.mapping', {}, faults);
    const shape: ListShape = { ...list.shape, sheets: chosen };
    for (const sheet of chosen) if (sheet.role !== 'other') await rememberMapping(ctx.tx, list.sender, sheet, ctx.at);
    await setShape(ctx.tx, importId, shape, 'checking');
    if (!stepwise) await ctx.enqueue('registry.check-list', { importId });
    return { shape };
  },
  audit: ({ importId }) => ({ importId }),
});

const choose = (sheet: SheetShape, { role, fields }: z.output<typeof sheetChoice>): SheetShape => {
  // A sheet without a header has no columns to read; saying otherwise does not give it any.
  if (sheet.columns.length === 0) return sheet;
  const known = fieldsOf(role) as readonly string[];
  return {
    ...sheet,
    role,
    reason: role === 'other' ? 'chosen' : null,
    columns: sheet.columns.map((column) => {
      const field = column.index in fields ? fields[column.index] : column.field;
      return { ...column, field: field && known.includes(field) ? (field as Field) : null };
    }),
  };
};

const twice = (sheet: SheetShape): string[] => {
  const fields = sheet.columns.map(({ field }) => field).filter((field) => field !== null);
  return [...new Set(fields.filter((field, at) => fields.indexOf(field) !== at))];
};

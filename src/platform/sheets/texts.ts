import { type OpenOptions, openSheets } from './index.ts';

/** The rows of a file's first sheet as texts, with the number each has in the file; for short lists only. */
export const readTexts = async (
  path: string,
  options: OpenOptions = {},
): Promise<{ row: number; cells: string[] }[]> => {
  const workbook = await openSheets(path, options);
  const rows: { row: number; cells: string[] }[] = [];
  for await (const row of workbook.sheets[0]!.rows())
    rows.push({ row: row.number, cells: row.cells.map(({ text }) => text) });
  return rows;
};

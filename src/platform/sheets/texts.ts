import { type OpenOptions, openSheets } from './index.ts';

/** What a short list may cost: a village has some hundred households, a log of a year or a province's villages some thousand rows. */
export const SHORT_LIST = {
  fileBytes: 8 * 1_048_576,
  unpackedBytes: 64 * 1_048_576,
  rows: 5_000,
  columns: 60,
  recordChars: 20_000,
};

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

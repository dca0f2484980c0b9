import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';

/** A share between 0 and 1, shown in per cent. */
interface Share {
  readonly share: number;
}

export type FileCell = string | number | Share | null;

/** A table as it leaves the house: sentences that say what it is, names of columns, rows. */
export interface TableFile {
  /** Name of the sheet. */
  readonly name: string;
  readonly about: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly FileCell[])[];
  /** Widths of columns in signs. */
  readonly widths?: readonly number[];
}

/** Rows written before others get their turn. */
const BREATH = 250;
const NARROW = 14;
/** What Excel takes as the name of a sheet. */
const MOST_NAME = 31;

const isShare = (cell: FileCell): cell is Share => cell !== null && typeof cell === 'object';

/**
 * CSV as office programs open it: UTF-8 with its mark, and no cell that a program would run as a formula.
 * `percent` writes a share as the language does.
 */
export const csvOf = ({ about, head, rows }: TableFile, percent: (share: number) => string): string => {
  const text = (cell: FileCell) => (cell === null ? '' : isShare(cell) ? percent(cell.share) : cell);
  const above = about.length > 0 ? [...about.map((line) => [line]), []] : [];
  return stringify([...above, head, ...rows.map((row) => row.map(text))], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
};

/** XLSX row by row into the stream, which is closed at the end. Texts stay texts: what begins with "=" is no formula. */
export const writeXlsx = async (file: TableFile, stream: Writable): Promise<void> => {
  const { name, about, head, rows, widths } = file;
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  const above = about.length > 0 ? about.length + 2 : 1;
  const safe = name.replace(/[*?:\\/[\]]/gu, ' ').slice(0, MOST_NAME);
  const sheet = book.addWorksheet(safe, { views: [{ state: 'frozen', ySplit: above }] });
  sheet.columns = head.map((_, at) => ({ width: widths?.[at] ?? NARROW }));
  about.forEach((line, at) => {
    const row = sheet.addRow([line]);
    if (at === 0) row.font = { bold: true, size: 14 };
    row.commit();
  });
  if (about.length > 0) sheet.addRow([]).commit();
  const heading = sheet.addRow([...head]);
  heading.font = { bold: true };
  heading.alignment = { wrapText: true, vertical: 'top' };
  heading.commit();
  for (const [at, cells] of rows.entries()) {
    // Others are answered in between; who went away needs no more rows.
    if (at % BREATH === BREATH - 1) await setImmediate();
    if (stream.destroyed) return;
    const row = sheet.addRow(cells.map((cell) => (isShare(cell) ? cell.share : cell)));
    cells.forEach((cell, column) => {
      if (isShare(cell)) row.getCell(column + 1).numFmt = '0.0%';
    });
    row.commit();
  }
  await book.commit();
};

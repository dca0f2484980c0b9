/**
 * A file of rows and columns as a person sees it, whatever wrote it: XLSX and CSV look alike from here on.
 * Nothing here knows what the columns mean.
 */

/** `formula` = a formula that was saved without its result; a formula with a result has the kind of the result. */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error' | 'empty' | 'formula';

export interface Cell {
  /** As typed. A date is the day at 00:00 UTC (plus the time, when one was typed). */
  readonly value: string | number | boolean | Date | null;
  /** As a person sees it: the number 123 under the format `000000` is `000123`; days are dd/mm/yyyy. NFC. */
  readonly text: string;
  readonly kind: CellKind;
  /** The value is the result a formula had when the file was saved. Formulas are never evaluated. */
  readonly formula?: true;
  /** Address of the upper left cell of the merged range whose value this cell shows. */
  readonly mergedFrom?: string;
  /** Name of an old 8-bit font (`.VnTime`, `VNI-Times`), when the cell was written in one. */
  readonly font?: string;
  /** The letters make no sense in any encoding known here; the text must not be used. */
  readonly unreadable?: true;
}

export interface SheetRow {
  /** As Excel numbers it; in a CSV the line on which the record starts. From 1. */
  readonly number: number;
  readonly hidden: boolean;
  /** By column index from 0, up to the last cell that holds something. Missing cells are `emptyCell`. */
  readonly cells: readonly Cell[];
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** The rows that hold something, in order. May be asked for more than once; each time the file is read anew. */
  rows(): AsyncIterable<SheetRow>;
}

export interface Workbook {
  readonly format: 'xlsx' | 'csv';
  readonly sheets: readonly Sheet[];
  /** How the bytes of a CSV were read, and what parts its columns. */
  readonly csv?: { readonly encoding: string; readonly delimiter: string };
}

/** What a file may cost before it is refused. Sizes in bytes. */
export interface Limits {
  readonly fileBytes: number;
  /** Sum of the unpacked sizes of all parts of an XLSX. */
  readonly unpackedBytes: number;
  /** Unpacked size of the table of shared strings, which is the one part kept in memory. */
  readonly stringBytes: number;
  readonly entries: number;
  /** Unpacked to packed size of one part above 1 MB; a list of people stays below 100, a bomb is near 1,000. */
  readonly ratio: number;
  /** Rows with content in one sheet. */
  readonly rows: number;
  readonly columns: number;
  /** Characters of one CSV record; a quote that is never closed ends here. */
  readonly recordChars: number;
}

const MB = 1_048_576;

export const defaultLimits: Limits = {
  fileBytes: 512 * MB,
  unpackedBytes: 768 * MB,
  stringBytes: 64 * MB,
  entries: 5_000,
  ratio: 250,
  rows: 1_048_576,
  columns: 400,
  recordChars: 200_000,
};

export const emptyCell: Cell = { value: null, text: '', kind: 'empty' };

/** 0 → A, 27 → AB. */
export const columnLetters = (index: number): string =>
  index < 0 ? '' : columnLetters(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26));

export const cellAddress = (column: number, row: number): string => `${columnLetters(column)}${row}`;

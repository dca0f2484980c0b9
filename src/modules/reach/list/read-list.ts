import type { Params } from '../../../shared/errors.ts';
import { clean, fold } from '../../../shared/text.ts';
import { findHeader, type ListField, type ListHeader } from './columns.ts';

/** A row of a file as texts, with the number Excel gives it. */
export interface TextRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** What is wrong with one row, and what to do: `error.<code>` says it. A warning is taken in all the same. */
export interface ListFault {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly params?: Params;
}

/** One household of a list that is marked as having been there, or as having received. */
export interface ListedHousehold {
  readonly row: number;
  readonly code: string;
  readonly head: string;
  readonly answered: boolean;
  readonly acted: boolean;
  /** Of another village, and known to be so by who kept the list. */
  readonly guest: boolean;
}

export interface ReadList {
  readonly households: readonly ListedHousehold[];
  readonly faults: readonly ListFault[];
  /** Rows of households that are not marked: not there. */
  readonly unmarked: number;
  /** How the columns are headed that say which household is meant. */
  readonly headings: { readonly code: string; readonly head: string };
}

const YES = new Set([
  'x',
  '1',
  'co',
  'roi',
  'dung',
  'da ky',
  'ky',
  'da nhan',
  'yes',
  'co mat',
  'da dang ky',
  'cam ket',
  'dang ky',
]);
// `v` is a tick to some and "vắng" (absent) to others, so it is neither.
const NO = new Set(['0', 'khong', 'vang', 'sai', 'no', 'chua', 'khong co mat', 'vang mat', 'k']);

/** A mark: yes, no, or something that is neither. */
const readMark = (text: string): boolean | undefined => {
  const plain = clean(text);
  if (/^[✓✔☑√+]$/u.test(plain)) return true;
  if (/^[-–—]?$/u.test(plain)) return false;
  const folded = fold(text);
  if (YES.has(folded)) return true;
  return NO.has(folded) ? false : undefined;
};

/** Whether somebody may have meant it as a mark: also one that is not understood here, a sign or a `v`. */
const maybeMark = (text: string): boolean => {
  const folded = fold(text);
  return folded === '' || folded === 'v' || readMark(text) !== undefined;
};

/** Columns of numbers, not of marks: 1 is the first row's number, or one person. */
const COUNTED = /^(stt|tt|so|thu tu)\b/u;

/**
 * A list without a column of who was there says that all on it were. So a column of nothing but marks, headed by words that
 * are not understood, must not be passed over: it may say who was.
 */
const unknownMarks = (header: ListHeader, rows: readonly TextRow[], at: TextRow): ListFault[] => {
  if (header.columns.has('present')) return [];
  const mapped = new Set([...header.columns.values()].map(({ index }) => index));
  const widest = Math.max(at.cells.length, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: widest }, (_, index) => index).flatMap((index) => {
    const column = clean(at.cells[index] ?? '');
    const filled = rows.map(({ cells }) => clean(cells[index] ?? '')).filter(Boolean);
    if (mapped.has(index) || COUNTED.test(fold(column)) || filled.length === 0 || !filled.every(maybeMark)) return [];
    return [{ row: at.row, column, value: filled[0]!, severity: 'error', code: 'evidence.unknown-marks' }];
  });
};

const heading = ({ columns }: ListHeader, field: ListField): string => columns.get(field)?.heading ?? '';

const cellOf = ({ columns }: ListHeader, { cells }: TextRow, field: ListField): string =>
  clean(cells[columns.get(field)?.index ?? -1] ?? '');

/** The marks of a row, or what is wrong with them. */
const readMarks = (header: ListHeader, row: TextRow, faults: ListFault[]) => {
  const mark = (field: ListField): boolean => {
    const value = cellOf(header, row, field);
    const marked = readMark(value);
    if (marked === undefined)
      faults.push({ row: row.row, column: heading(header, field), value, severity: 'error', code: 'evidence.mark' });
    return marked ?? false;
  };
  const answered = mark('answered');
  const acted = mark('acted');
  const guest = mark('guest');
  // Who is on a list without such a column was there: that is what the list is of.
  const present = header.columns.has('present') ? mark('present') : true;
  return { present, answered, acted, guest };
};

const MARKS = ['present', 'answered', 'acted', 'guest'] as const;

/** Words under a list (totals, who made it out, signatures) stand in one cell, without a code and without a mark. */
const isFoot = (header: ListHeader, row: TextRow): boolean =>
  !cellOf(header, row, 'code') &&
  row.cells.filter((cell) => clean(cell)).length <= 1 &&
  MARKS.every((field) => !cellOf(header, row, field));

/**
 * Reads who of a list was there: columns by their headings in any order, one household a row. Nothing is looked up here.
 * @returns undefined when no row heads a column of codes or of names
 */
export const readHouseholdList = (rows: readonly TextRow[]): ReadList | undefined => {
  const header = findHeader(rows);
  if (!header) return undefined;
  const faults: ListFault[] = unknownMarks(header, rows.slice(header.at + 1), rows[header.at]!);
  const households: ListedHousehold[] = [];
  const seen = new Map<string, number>();
  let unmarked = 0;
  for (const row of rows.slice(header.at + 1)) {
    const [code, head] = [cellOf(header, row, 'code'), cellOf(header, row, 'head')];
    if (isFoot(header, row) && (header.columns.has('present') || !head)) continue;
    const fault = (field: ListField, value: string, why: string, params: Params = {}) =>
      faults.push({ row: row.row, column: heading(header, field), value, severity: 'error', code: why, params });
    const marks = readMarks(header, row, faults);
    if (!marks.present) {
      if (marks.answered || marks.acted) fault('present', cellOf(header, row, 'present'), 'evidence.absent-but-marked');
      else if (code || head) unmarked += 1;
      continue;
    }
    if (!code && !head) {
      fault(header.columns.has('code') ? 'code' : 'head', '', 'evidence.no-household');
      continue;
    }
    const key = code ? `code ${fold(code)}` : `head ${fold(head)}`;
    const before = seen.get(key);
    if (before !== undefined && code) fault('code', code, 'evidence.twice', { row: before });
    else
      households.push({ row: row.row, code, head, answered: marks.answered, acted: marks.acted, guest: marks.guest });
    seen.set(key, before ?? row.row);
  }
  const headings = { code: heading(header, 'code'), head: heading(header, 'head') };
  return { households, faults, unmarked, headings };
};

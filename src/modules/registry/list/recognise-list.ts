import { createHash } from 'node:crypto';
import { columnLetters, type Sheet, type SheetRow, type Workbook } from '../../../platform/sheets/index.ts';
import { clean, fold } from '../../../shared/text.ts';
import { type Field, fieldFor, type SheetRole } from './fields.ts';
import type { Column, ListShape, SheetShape } from './shape.ts';

const LOOK_ROWS = 80;
const SAMPLES = 3;
// Fewer recognised headings than this are a coincidence, not the header of a list.
const ENOUGH = 3;

/** Says what each sheet of a file is and what its columns hold. `year` is the review's, to tell this year's list from last year's. */
export const recogniseList = async (workbook: Workbook, year: number): Promise<ListShape> => {
  const sheets: SheetShape[] = [];
  let synthetic = false;
  for (const sheet of workbook.sheets) {
    const rows = await firstRows(sheet);
    synthetic ||= rows.some((row) => row.cells.some((cell) => fold(cell.text).includes('mo phong')));
    sheets.push(recogniseSheet(sheet, rows));
  }
  return {
    format: workbook.format,
    encoding: workbook.csv?.encoding ?? null,
    sheets: chooseSheets(sheets, year),
    synthetic: synthetic || workbook.sheets.some((sheet) => fold(sheet.name).includes('mo phong')),
  };
};

const firstRows = async (sheet: Sheet): Promise<SheetRow[]> => {
  const rows: SheetRow[] = [];
  for await (const row of sheet.rows()) {
    rows.push(row);
    if (rows.length === LOOK_ROWS) break;
  }
  return rows;
};

interface Header {
  readonly role: SheetRole;
  readonly first: number;
  readonly last: number;
  readonly columns: readonly { index: number; heading: string; field: Field | null }[];
  readonly found: number;
}

const recogniseSheet = (sheet: Sheet, rows: readonly SheetRow[]): SheetShape => {
  const header = findHeader(rows);
  const above = rows.slice(0, header?.first ?? 3).flatMap((row) => row.cells.map((cell) => clean(cell.text)));
  const titles = [...new Set(above.filter(Boolean))];
  const base = {
    name: sheet.name,
    hidden: sheet.hidden,
    year: yearIn([sheet.name, ...titles]),
    title: titleOf(titles),
  };
  if (!header)
    return { ...base, role: 'other', reason: 'no-header', headerFrom: 0, headerTo: 0, signature: '', columns: [] };
  const body = rows.slice(header.last + 1).filter((row) => !isNumberRow(row));
  const columns: Column[] = header.columns.map(({ index, heading, field }) => ({
    index,
    letter: columnLetters(index),
    heading,
    field,
    samples: [...new Set(body.map((row) => clean(row.cells[index]?.text ?? '')).filter(Boolean))].slice(0, SAMPLES),
  }));
  return {
    ...base,
    role: header.role,
    reason: null,
    headerFrom: rows[header.first]!.number,
    headerTo: rows[header.last]!.number,
    signature: signatureOf(columns),
    columns,
  };
};

const titleOf = (titles: readonly string[]): string =>
  titles.find((title) => /danh sach|tong hop|bieu/u.test(fold(title))) ?? titles[0] ?? '';

const yearIn = (texts: readonly string[]): number | null => {
  for (const text of texts) {
    const named =
      /\bnam (20\d{2})\b/u.exec(fold(text)) ?? /\b(20\d{2})\b/u.exec(fold(text).replace(/\b\d+ 20\d{2}\b/gu, ' '));
    if (named) return Number(named[1]);
  }
  return null;
};

const signatureOf = (columns: readonly Column[]): string =>
  createHash('sha256')
    .update(columns.map((column) => `${column.index}:${fold(column.heading)}`).join('|'))
    .digest('hex')
    .slice(0, 24);

/** The block of one to three rows in which most columns are headed with something known. */
const findHeader = (rows: readonly SheetRow[]): Header | undefined => {
  let best: Header | undefined;
  for (let first = 0; first < Math.min(rows.length, LOOK_ROWS - 1); first += 1) {
    if (isTitle(rows[first]!)) continue;
    for (let last = first; last < Math.min(first + 3, rows.length); last += 1) {
      if (last > first && !continuesHeader(rows[last - 1]!, rows[last]!)) break;
      const header = headerOver(rows, first, last);
      if (header && (!best || header.found > best.found)) best = header;
    }
  }
  return best && best.found >= ENOUGH ? best : undefined;
};

const headerOver = (rows: readonly SheetRow[], first: number, last: number): Header | undefined => {
  const block = rows.slice(first, last + 1);
  const width = Math.max(...block.map((row) => row.cells.length));
  const paths = Array.from({ length: width }, (_, index) => {
    const texts = block.map((row) => clean(row.cells[index]?.text ?? '')).filter((text) => text && text.length <= 120);
    return texts.filter((text, at) => text !== texts[at - 1]);
  });
  // Without a heading of their own, nothing under a merged title above a header counts as headed.
  const candidates = (['members', 'households'] as const).map((role) => {
    const taken = new Set<Field>();
    const columns = paths.flatMap((path, index) => {
      if (path.length === 0) return [];
      const group = fold(path.slice(0, -1).join(' '));
      const field = fieldFor(role, group, fold(path.at(-1)!)) ?? null;
      const free = field !== null && !taken.has(field);
      if (free) taken.add(field);
      return [{ index, heading: path.join(' / '), field: free ? field : null }];
    });
    return { role, first, last, columns, found: taken.size, taken };
  });
  const [members, households] = candidates as [(typeof candidates)[number], (typeof candidates)[number]];
  const people =
    members.taken.has('relation') ||
    (members.taken.has('householdCode') && !households.taken.has('class') && !looksClassed(households.taken));
  return people && members.taken.has('name') ? members : households.taken.has('headName') ? households : undefined;
};

const looksClassed = (taken: ReadonlySet<Field>): boolean =>
  taken.has('classPoor') || taken.has('classNearPoor') || taken.has('village');

/** One or two texts from the first column on, merged over others: a letterhead or a title, not a line of headings. */
const isTitle = (row: SheetRow): boolean => {
  const texts = row.cells.filter((cell) => cell.text.trim());
  const distinct = new Set(texts.map((cell) => clean(cell.text)));
  return (
    distinct.size <= 2 &&
    (texts.length > distinct.size ? Boolean(row.cells[0]?.text.trim()) : true) &&
    !isGroupLine(row)
  );
};

// The heading of a group alone on its line, above columns that are headed on the next.
const isGroupLine = (row: SheetRow): boolean =>
  !row.cells[0]?.text.trim() && row.cells.some((cell) => /thieu hut|phan loai|nam sinh/u.test(fold(cell.text)));

/** A second header line has words under headings: no numbers, no dates, and not a row of data. */
const continuesHeader = (above: SheetRow, row: SheetRow): boolean => {
  const own = row.cells.filter(
    (cell, index) => cell.text.trim() && clean(cell.text) !== clean(above.cells[index]?.text ?? ''),
  );
  if (own.length === 0 || isNumberRow(row)) return false;
  const wordy = own.filter((cell) => cell.kind === 'text' && !/\d{3,}|^[x✓]$/iu.test(cell.text.trim()));
  const short = own.filter((cell) => /^(?:[bB]?\d{1,2})$/u.test(cell.text.trim()));
  return wordy.length + short.length === own.length && (wordy.length > 0 || short.length >= 2);
};

/** (1) (2) (3) …: printed forms number their columns under the header. */
export const isNumberRow = (row: SheetRow): boolean => {
  const numbers = row.cells
    .map((cell) => cell.text.trim())
    .filter(Boolean)
    .map((text) => /^\(?(\d{1,3})\)?$/u.exec(text)?.[1]);
  if (numbers.length < 4 || numbers.some((number) => number === undefined)) return false;
  return numbers.every((number, at) => at === 0 || Number(number) - Number(numbers[at - 1]) === 1);
};

/** Of several lists in one file, that of the review's year is read; sheets without a year (one per village) are read all. */
const chooseSheets = (sheets: readonly SheetShape[], year: number): SheetShape[] =>
  sheets.map((sheet) => {
    if (sheet.role === 'other') return sheet;
    const kin = sheets.filter(({ role }) => role === sheet.role);
    const thisYear = kin.some((other) => other.year === year);
    if (kin.length > 1 && sheet.year !== null && sheet.year !== year && thisYear)
      return { ...sheet, role: 'other', reason: 'other-year' };
    if (kin.length > 1 && sheet.year === null && thisYear && sheet.hidden)
      return { ...sheet, role: 'other', reason: 'other-year' };
    return sheet;
  });

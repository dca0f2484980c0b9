import { createHash } from 'node:crypto';
import { columnLetters, type Sheet, type SheetRow, type Workbook } from '../../../platform/sheets/index.ts';
import { fold } from '../../../shared/text.ts';
import { lettersLost, tidy } from './cells.ts';
import { classInTitle } from './classes.ts';
import { classFields, type Field } from './fields.ts';
import { findHeader, type Header, isNumberRow } from './header.ts';
import { leftOut } from './row-kind.ts';
import { columnsOf, openRow } from './row-reader.ts';
import type { Column, ListShape, SheetShape } from './shape.ts';
import { villageInName, villageNamed } from './village-line.ts';

const LOOK_ROWS = 80;
const SAMPLES = 3;
// Fewer rows with lost letters are slips of single cells.
const MANY_LOST = 2;

/** Says what each sheet of a file is and what its columns hold. `year` is the review's, to tell this year's list from last year's. */
export const recogniseList = async (workbook: Workbook, year: number): Promise<ListShape> => {
  const found: Recognised[] = [];
  let synthetic = false;
  let lost = 0;
  for (const sheet of workbook.sheets) {
    const rows = await firstRows(sheet);
    synthetic ||= rows.some((row) => row.cells.some((cell) => fold(cell.text).includes('mo phong')));
    lost += rows.filter((row) => row.cells.some(({ text, unreadable }) => unreadable || lettersLost(text))).length;
    found.push(recogniseSheet(sheet, rows, year));
  }
  // Members below their heads in one sheet are read as such only where no sheet of households stands beside them.
  const apart = found.some(({ shape }) => shape.role === 'households');
  const sheets = found.map(({ shape, inline }) => (apart ? shape : (inline ?? shape)));
  return {
    format: workbook.format,
    encoding: workbook.csv?.encoding ?? null,
    sheets: nameVillages(leaveOlder(chooseSheets(sheets, year))),
    synthetic: synthetic || workbook.sheets.some((sheet) => fold(sheet.name).includes('mo phong')),
    ...(lost >= MANY_LOST && { lettersLost: true }),
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

interface Recognised {
  readonly shape: SheetShape;
  /** Taken instead when the file has no list of households. */
  readonly inline?: SheetShape;
}

const recogniseSheet = (sheet: Sheet, rows: readonly SheetRow[], year: number): Recognised => {
  const header = findHeader(rows, year);
  const above = rows.slice(0, header?.first ?? 3).flatMap((row) => row.cells.map((cell) => tidy(cell.text)));
  const titles = [...new Set(above.filter(Boolean))];
  const title = titleOf(titles);
  const base = { name: sheet.name, hidden: sheet.hidden, year: yearIn([sheet.name, title, ...titles]), title };
  if (!header)
    return {
      shape: { ...base, role: 'other', reason: 'no-header', headerFrom: 0, headerTo: 0, signature: '', columns: [] },
    };
  const under = (over: Header): SheetShape => shapeUnder(over, rows, titles, base);
  return { shape: under(header), ...(header.inline && { inline: under(header.inline) }) };
};

const shapeUnder = (
  header: Header,
  rows: readonly SheetRow[],
  titles: readonly string[],
  base: Pick<SheetShape, 'name' | 'hidden' | 'year' | 'title'>,
): SheetShape => {
  const body = rows.slice(header.last + 1);
  const columns = columnsUnder(header, body);
  const has = (...fields: readonly Field[]) => columns.some(({ field }) => field && fields.includes(field));
  const households = header.role === 'households';
  const shape: SheetShape = {
    ...base,
    role: header.role,
    reason: null,
    headerFrom: rows[header.first]!.number,
    headerTo: rows[header.last]!.number,
    village: households && !has('village') ? (titles.map(villageNamed).find(Boolean) ?? null) : null,
    class: households && !has(...classFields) ? (classInTitle(base.title) ?? classInTitle(base.name)) : null,
    signature: signatureOf(columns),
    columns,
  };
  return households ? { ...shape, lines: linesAbove(shape, body) } : shape;
};

/** What lines between the rows name; one with nothing below it is a sum. */
const linesAbove = (shape: SheetShape, body: readonly SheetRow[]): SheetShape['lines'] => {
  const columns = columnsOf(shape);
  const kinds = body.map((row) => leftOut(row, openRow(shape, columns, row), shape, false));
  const last = kinds.lastIndexOf(undefined);
  const groups = kinds.slice(0, Math.max(last, 0)).flatMap((kind) => kind?.group ?? []);
  return {
    village: groups.some(({ village }) => village !== null),
    class: groups.some(({ standing }) => standing !== null),
  };
};

/** The columns with a heading, and those that hold something without one: they are shown, so that nothing is lost unseen. */
const columnsUnder = (header: Header, below: readonly SheetRow[]): Column[] => {
  const body = below.filter((row) => !isNumberRow(row));
  const headed = new Map(header.columns.map((column) => [column.index, column]));
  const width = Math.max(...headed.keys(), ...body.map((row) => row.cells.length - 1)) + 1;
  return Array.from({ length: width }, (_, index) => index).flatMap((index) => {
    const own = body.map((row) =>
      headed.has(index) || !row.cells[index]?.mergedFrom ? tidy(row.cells[index]?.text ?? '') : '',
    );
    const samples = [...new Set(own.filter(Boolean))].slice(0, SAMPLES).map(maskNumbers);
    const { heading, field, rival } = headed.get(index) ?? { heading: '', field: null, rival: null };
    if (!heading && samples.length === 0) return [];
    const column = { index, letter: columnLetters(index), heading, field, ...(rival && { rival }), samples };
    return [!heading && isName(headed.get(index - 1)?.field) ? { ...column, besideName: true } : column];
  });
};

const isName = (field: Field | null | undefined): boolean => field === 'headName' || field === 'name';

/** Nine to twelve digits, grouped or not: an identity number, also one that lost its leading zero in Excel, or a telephone. */
const PERSONAL_NUMBER = /(?<!\d)\d(?:[ .-]?\d){8,11}(?!\d)/gu;

/** Samples only show what a column is, and are kept with the import: the last four digits are enough for that. */
const maskNumbers = (sample: string): string =>
  sample.replace(PERSONAL_NUMBER, (digits) => `•••• ${digits.replace(/\D/gu, '').slice(-4)}`);

const titleOf = (titles: readonly string[]): string =>
  titles.find((title) => /danh sach|tong hop|bieu/u.test(fold(title))) ?? titles[0] ?? '';

const yearIn = (texts: readonly string[]): number | null => {
  for (const text of texts) {
    // The day a paper was signed is not the year of the list.
    const folded = fold(text).replace(/ngay \d* ?thang \d* ?nam 20\d\d/gu, ' ');
    const named =
      /\bnam (20\d{2})\b/u.exec(folded) ?? /(?<!\d)(20\d{2})\b/u.exec(folded.replace(/\b\d+ 20\d{2}\b/gu, ' '));
    if (named) return Number(named[1]);
  }
  return null;
};

const signatureOf = (columns: readonly Column[]): string =>
  createHash('sha256')
    .update(
      columns
        .filter(({ heading }) => heading)
        .map((column) => `${column.index}:${fold(column.heading)}`)
        // The same headings read as members only hold other fields.
        .concat(
          columns.some(({ field }) => field === 'relation') && columns.some(({ field }) => field === 'headName')
            ? 'inline'
            : [],
        )
        .join('|'),
    )
    .digest('hex')
    .slice(0, 24);

/**
 * Of several lists in one file, that of the review's year is read, else the newest; sheets without a year (one per
 * village) are read all, but for hidden ones beside shown ones.
 */
const chooseSheets = (sheets: readonly SheetShape[], year: number): SheetShape[] =>
  sheets.map((sheet) => {
    if (sheet.role === 'other') return sheet;
    const kin = sheets.filter(({ role }) => role === sheet.role);
    const years = kin.flatMap((other) => other.year ?? []);
    const undated = kin.some((other) => other.year === null && !other.hidden);
    const wanted = years.includes(year) ? year : undated ? null : Math.max(...years);
    if (sheet.year !== null && sheet.year !== wanted) return { ...sheet, role: 'other', reason: 'other-year' };
    if (sheet.hidden && kin.some((other) => !other.hidden)) return { ...sheet, role: 'other', reason: 'hidden' };
    return sheet;
  });

const OLD = /\b(?:cu|truoc|nhap|sao luu|backup|copy)\b/u;
const NEW = /\b(?:moi|chinh thuc|hien nay|chot)\b/u;
// Names that say nothing but that it is a list.
const ANY_LIST = /^(?:(?:ds|danh sach|list|sheet\d*|trang tinh|data|du lieu|bang|ban|ho|ngheo|can|nam)\b ?)*$/u;

// "Bản Cũ" is a village, "bản cũ" and "Bản nháp" are copies.
const callsVillage = (name: string): boolean => villageNamed(name) !== null && !/^[Bb]ản \p{Ll}/u.test(name);

const stemOf = (name: string): string =>
  fold(name)
    .replace(OLD, ' ')
    .replace(NEW, ' ')
    .replace(/\b\d{1,2}\b/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** "DS cũ" beside "DS mới": a sheet that calls itself old is left out where another one of its name does not. */
const leaveOlder = (sheets: readonly SheetShape[]): SheetShape[] =>
  sheets.map((sheet) => {
    if (sheet.role === 'other' || !OLD.test(fold(sheet.name)) || callsVillage(sheet.name)) return sheet;
    const stem = stemOf(sheet.name);
    const newer = sheets.some(
      (other) =>
        other.role === sheet.role &&
        !OLD.test(fold(other.name)) &&
        (stemOf(other.name) === stem || (ANY_LIST.test(stem) && ANY_LIST.test(stemOf(other.name)))),
    );
    return newer ? { ...sheet, role: 'other', reason: 'older' } : sheet;
  });

/** Sheets named after their villages, when nothing else names them. */
const nameVillages = (sheets: readonly SheetShape[]): SheetShape[] => {
  const lists = sheets.filter(({ role }) => role === 'households');
  return sheets.map((sheet) => {
    const named =
      sheet.role === 'households' && !sheet.village && !sheet.columns.some(({ field }) => field === 'village');
    return named ? { ...sheet, village: villageInName(sheet.name, lists.length > 1) } : sheet;
  });
};

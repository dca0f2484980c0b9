import { columnLetters, type SheetRow } from '../../../platform/sheets/index.ts';
import { fold } from '../../../shared/text.ts';
import { tidy } from './cells.ts';
import { chooseColumns, type Headed } from './choose-columns.ts';
import { classFields, type Field, type SheetRole } from './fields.ts';
import { foldHeading, type Meaning, meaningOf } from './headings.ts';

// Fewer recognised headings than this are a coincidence, not the header of a list.
const ENOUGH = 3;
const LINES = 3;
// Explanations in brackets make headings long; paragraphs are none.
const HEADING = 300;

interface HeadedColumn {
  readonly index: number;
  readonly heading: string;
  readonly field: Field | null;
  /** What it holds too, though another column was taken for it. */
  readonly rival: Field | null;
}

export interface Header {
  readonly role: SheetRole;
  /** Positions among the rows looked at. */
  readonly first: number;
  readonly last: number;
  readonly columns: readonly HeadedColumn[];
  readonly found: number;
  /** The same lines read as a list of households, where a list of members says their class too. */
  readonly inline?: Header;
}

const TITLE =
  /danh sach|cong hoa xa hoi|doc lap tu do|uy ban nhan dan|^ubnd|kem theo|^(phu luc|bieu|mau so)\b|^(tinh|huyen|xa|thon|ban) .*\d/u;
const GROUP = /thieu hut|chi so|^phan loai|sinh$|^thong tin|^(so )?quyet dinh|^chu ho|^dia chi|^ket qua/u;

const textAt = (row: SheetRow | undefined, index: number): string => tidy(row?.cells[index]?.text ?? '');

/**
 * The block of one to three rows in which most columns are headed with something known. `year` is the review's: of two
 * columns for one thing that of the review is meant.
 */
export const findHeader = (rows: readonly SheetRow[], year: number): Header | undefined => {
  let best: Header | undefined;
  for (let first = 0; first < rows.length; first += 1) {
    if (isTitle(rows[first]!)) continue;
    for (let last = first; last < Math.min(first + LINES, rows.length); last += 1) {
      if (last > first && !continuesHeader(rows[last - 1]!, rows[last]!)) break;
      const header = headerOver(rows, first, last, year);
      if (header && (!best || betters(header, best, rows))) best = header;
    }
  }
  return best && best.found >= ENOUGH ? best : undefined;
};

/** Of two blocks with as many known columns: the one with all its lines, but without a line of "Xã: … Huyện: …" above. */
const betters = (one: Header, other: Header, rows: readonly SheetRow[]): boolean => {
  if (one.found !== other.found) return one.found > other.found;
  if (one.first === other.first) return one.last > other.last;
  return one.last === other.last && !mergesDown(rows[other.first]!, rows[other.first + 1]!);
};

const mergedRow = (address: string | undefined): number => Number(/\d+$/u.exec(address ?? '')?.[0] ?? Number.NaN);

const mergesDown = (row: SheetRow, below: SheetRow): boolean =>
  below.cells.some((cell) => mergedRow(cell.mergedFrom) <= row.number);

/** One or two texts over others: a letterhead or a title, not a line of headings. */
const isTitle = (row: SheetRow): boolean => {
  const distinct = new Set(row.cells.map((cell) => tidy(cell.text)).filter(Boolean));
  if (distinct.size > 2) return false;
  const folded = [...distinct].map(fold);
  return folded.some((text) => TITLE.test(text)) || !folded.some((text) => text.length <= 80 && GROUP.test(text));
};

const isMark = (text: string): boolean => /^[xX✓✔]$|\d{3,}[\d.,\s/-]*$|^\d{1,2}[/.-]\d{1,2}/u.test(text);

/** A second header line has words (or the numbers of the twelve) under groups, and no data. */
const continuesHeader = (above: SheetRow, row: SheetRow): boolean => {
  const own = row.cells.flatMap((cell, index) => {
    const text = tidy(cell.text);
    return text && text !== textAt(above, index) && !(mergedRow(cell.mergedFrom) < row.number)
      ? [{ cell, index, text }]
      : [];
  });
  if (own.length === 0 || numbersColumns(row)) return false;
  const short = own.filter(({ text }) => /^\(?[bBdD]?\d{1,2}\)?$/u.test(text));
  const wordy = own.filter(({ cell, text }) => cell.kind === 'text' && text.length <= HEADING && !isMark(text));
  if (new Set([...short, ...wordy]).size < own.length || (wordy.length === short.length && short.length < 2))
    return false;
  const under = own.filter(({ index }) => isGrouped(above, row, index));
  return under.length * 2 >= own.length;
};

/** Below a merged heading, or below a heading with nothing beside it, or below nothing. */
const isGrouped = (above: SheetRow, row: SheetRow, index: number): boolean => {
  const [cell, next] = [above.cells[index], above.cells[index + 1]];
  if (!tidy(cell?.text ?? '')) return true;
  if (cell?.mergedFrom)
    return (
      mergedRow(cell.mergedFrom) === above.number ||
      Boolean(above.cells[index - 1]?.mergedFrom === cell.mergedFrom || next?.mergedFrom === cell.mergedFrom)
    );
  if (next?.mergedFrom !== undefined && textAt(above, index + 1) === tidy(cell!.text)) return true;
  return !textAt(above, index + 1) && Boolean(textAt(row, index + 1));
};

/** The texts above each other per column, groups that are typed in their first column only laid over the others. */
const pathsOver = (block: readonly SheetRow[]): string[][] => {
  const width = Math.max(...block.map((row) => row.cells.length));
  const grid = block.map((row, line) =>
    Array.from({ length: width }, (_, index) => {
      const text = textAt(row, index);
      return text.length > HEADING || (line < block.length - 1 && TITLE.test(fold(text))) ? '' : text;
    }),
  );
  const below = (line: number, index: number): boolean =>
    grid.slice(line + 1).some((texts) => texts[index] && texts[index] !== grid[line]![index]);
  for (let line = 0; line < grid.length - 1; line += 1)
    for (let index = 1; index < width; index += 1) {
      const merged = block[line]!.cells[index - 1]?.mergedFrom !== undefined;
      if (!grid[line]![index] && grid[line]![index - 1] && !merged && below(line, index) && below(line, index - 1))
        grid[line]![index] = grid[line]![index - 1]!;
    }
  return Array.from({ length: width }, (_, index) =>
    grid.map((texts) => texts[index]!).filter((text, line, all) => text && text !== all[line - 1]),
  );
};

interface Candidate extends Pick<Header, 'role' | 'columns' | 'found'> {
  readonly taken: ReadonlySet<Field>;
}

const candidateFor = (role: SheetRole, block: readonly SheetRow[], year: number): Candidate => {
  const headed = pathsOver(block).flatMap((path, index): Headed[] => {
    if (path.length === 0) return [];
    const meaning = meaningOf(role, foldHeading(path.slice(0, -1).join(' ')), foldHeading(path.at(-1)!));
    const { mergedFrom } = block.at(-1)!.cells[index] ?? {};
    const spanned = mergedFrom !== undefined && mergedFrom.replace(/\d+$/u, '') !== columnLetters(index);
    return [{ index, path, meaning: partOfBirth(path, meaning), spanned }];
  });
  const { fields, rivals } = chooseColumns(role, headed, year);
  const columns = headed.map(({ index, path }) => ({
    index,
    heading: path.join(' / '),
    field: fields.get(index) ?? null,
    rival: rivals.get(index) ?? null,
  }));
  const taken = new Set(fields.values());
  return { role, columns, found: taken.size, taken };
};

// "Năm" and "Nam" fold alike: beside "Ngày" and "Tháng", or with its mark, it is the year.
const partOfBirth = (path: readonly string[], meaning: Meaning | undefined): Meaning | undefined =>
  meaning?.field === 'birthMale' && path.length > 1 && /^năm$/iu.test(path.at(-1)!)
    ? { field: 'birthYear', weak: false }
    : meaning;

const headerOver = (rows: readonly SheetRow[], first: number, last: number, year: number): Header | undefined => {
  const block = rows.slice(first, last + 1);
  const members = candidateFor('members', block, year);
  const households = candidateFor('households', block, year);
  const classed = ['class', 'classPoor', 'classNearPoor', 'village'].some((field) =>
    households.taken.has(field as Field),
  );
  const namesHead = households.columns.some(
    ({ field, heading }) => field === 'headName' && /chu ho/u.test(fold(heading)),
  );
  const people = members.taken.has('relation') || (members.taken.has('householdCode') && !classed && !namesHead);
  const inline = classFields.some((field) => households.taken.has(field)) && households.taken.has('headName');
  if (people && members.taken.has('name'))
    return { ...members, first, last, ...(inline && { inline: { ...households, first, last } }) };
  return households.taken.has('headName') ? { ...households, first, last } : undefined;
};

interface Numbers {
  /** Column of the first of them. */
  readonly from: number;
  readonly first: number;
  readonly lettered: boolean;
}

const numbersIn = (row: SheetRow): Numbers | undefined => {
  const matches: string[] = [];
  let from = -1;
  for (const [index, cell] of row.cells.entries()) {
    const text = tidy(cell.text);
    if (!text || cell.mergedFrom) continue;
    const match = /^\(?([A-Z]|\d{1,3})\)?(?:\s*=[\s\d()+-]*)?$/u.exec(text)?.[1];
    if (match === undefined) return undefined;
    if (from < 0) from = index;
    matches.push(match);
  }
  if (matches.length < 4) return undefined;
  const numbers = matches.filter((match) => /\d/u.test(match)).map(Number);
  const running = numbers.every((number, at) => at === 0 || number - numbers[at - 1]! === 1);
  if (numbers.length < 2 || !running) return undefined;
  return { from, first: numbers[0]!, lettered: numbers.length < matches.length };
};

/** (1) (2) (3) …, A B 1 2 …: printed forms number their columns under the header. */
export const isNumberRow = (row: SheetRow): boolean => numbersIn(row) !== undefined;

// The numbers of the columns begin with the first column; 1 to 12 under "Chỉ số thiếu hụt" begin under it.
const numbersColumns = (row: SheetRow): boolean => {
  const numbers = numbersIn(row);
  return numbers !== undefined && (numbers.from === 0 || numbers.lettered || numbers.first !== 1);
};

import { invalid } from '../../shared/errors.ts';
import { dateOfSerial, showDate } from './number-format.ts';
import { type Cell, cellAddress, emptyCell, type Limits, type Sheet, type SheetRow, type Workbook } from './sheet.ts';
import { type Book, grow, readBook, type SharedString, stringItem } from './xlsx-parts.ts';
import { attribute, type XmlListener } from './xml.ts';
import { openZip, readPart, type Zip } from './zip.ts';

interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  /** Its value, as the cells show it that are merged into its first one. */
  shown: Cell | undefined;
}

interface RawCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  formula: boolean;
  value: string | undefined;
  inline: SharedString | undefined;
}

const columnOf = (address: string): number => {
  let column = 0;
  for (const char of address) {
    const letter = char.charCodeAt(0) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
};

const rangeOf = (reference: string): Range | undefined => {
  const [from, to = from] = reference.split(':');
  const [rows, columns] = [[from!, to!].map((end) => Number(/\d+/u.exec(end)?.[0])), [from!, to!].map(columnOf)];
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  const range = { top, left, bottom: Math.max(...rows), right: Math.max(...columns), shown: undefined };
  return top > 0 && left >= 0 ? range : undefined;
};

/**
 * Merged ranges that lie over one another, which no spreadsheet makes, are refused: a few thousand of them over the same
 * cells would be laid over every row, one after the other. As it is, no row costs more than it has columns.
 */
const refuseOverlaps = (ranges: readonly Range[], columns: number): void => {
  const takenTo = new Array<number>(columns).fill(0);
  for (const { top, left, bottom, right } of ranges)
    for (let column = left; column <= Math.min(right, columns - 1); column += 1) {
      if (takenTo[column]! >= top) throw invalid('file.damaged');
      takenTo[column] = bottom;
    }
};

// More merged ranges than this are in no list.
const MOST_MERGES = 100_000;

// Merged ranges stand behind the rows in the file, but are needed with them: they are read in a pass of their own.
const readMerges = async (zip: Zip, part: string, columns: number): Promise<Range[]> => {
  const ranges: Range[] = [];
  await readPart(zip, part, {
    open: (name, attributes) => {
      if (name !== 'mergeCell') return;
      const range = rangeOf(attribute(attributes, 'ref') ?? '');
      // Behind the last column that is read nothing can be shown.
      if (range && range.left < columns) ranges.push(range);
      if (ranges.length > MOST_MERGES) throw invalid('file.too-many-rows', { limit: MOST_MERGES });
    },
  });
  ranges.sort((one, other) => one.top - other.top);
  refuseOverlaps(ranges, columns);
  return ranges;
};

const textCell = (text: string, font: string | undefined): Cell => {
  const value = text.normalize('NFC');
  if (value === '') return emptyCell;
  return font ? { value, text: value, kind: 'text', font } : { value, text: value, kind: 'text' };
};

const numberCell = (value: number, raw: RawCell, book: Book): Cell => {
  const format = book.styles[raw.style]?.format;
  const date = format?.date ? dateOfSerial(value, book.date1904) : undefined;
  if (date) return { value: date, text: showDate(date, format?.shows), kind: 'date' };
  return { value, text: format?.show(value) ?? String(value), kind: 'number' };
};

const toCell = (raw: RawCell, book: Book): Cell => {
  const font = book.styles[raw.style]?.font;
  if (raw.type === 'inlineStr') return textCell(raw.inline?.text ?? '', raw.inline?.font ?? font);
  if (raw.value === undefined || raw.value === '') {
    if (raw.formula && raw.value === undefined) return { value: null, text: '', kind: 'formula' };
    return emptyCell;
  }
  if (raw.type === 's') {
    const shared = book.strings[Number(raw.value)];
    if (!shared) throw invalid('file.damaged');
    return textCell(shared.text, shared.font ?? font);
  }
  if (raw.type === 'str') return textCell(raw.value, font);
  if (raw.type === 'e') return { value: raw.value, text: raw.value, kind: 'error' };
  if (raw.type === 'b') {
    const value = raw.value === '1';
    return { value, text: value ? 'TRUE' : 'FALSE', kind: 'boolean' };
  }
  if (raw.type === 'd') {
    const date = new Date(/T/u.test(raw.value) ? `${raw.value.replace(/Z$/u, '')}Z` : `${raw.value}T00:00:00Z`);
    if (Number.isNaN(date.getTime())) return textCell(raw.value, font);
    return { value: date, text: showDate(date), kind: 'date' };
  }
  const value = Number(raw.value);
  return Number.isFinite(value) ? numberCell(value, raw, book) : textCell(raw.value, font);
};

/** Lays merged values over a row; ranges that begin here learn their value. */
const layMerges = (row: number, cells: Cell[], active: readonly Range[], limit: number): void => {
  for (const range of active) {
    const begins = range.top === row;
    const first = begins ? cells[range.left] : undefined;
    if (first && first.kind !== 'empty') range.shown = { ...first, mergedFrom: cellAddress(range.left, range.top) };
    if (!range.shown) continue;
    while (cells.length < range.left) cells.push(emptyCell);
    const until = Math.min(range.right, limit - 1);
    for (let column = begins ? range.left + 1 : range.left; column <= until; column += 1) cells[column] = range.shown;
  }
};

interface Collected {
  readonly rows: SheetRow[];
  readonly listener: XmlListener;
}

/** Turns the events of a sheet's XML into rows with content. */
const collectRows = (book: Book, limits: Limits, merges: readonly Range[]): Collected => {
  const rows: SheetRow[] = [];
  const item = stringItem();
  let count = 0;
  let number = 0;
  let hidden = false;
  let cells: Cell[] = [];
  let column = -1;
  let raw: RawCell | undefined;
  let text: 'v' | 'is' | undefined;
  let nextMerge = 0;
  let active: Range[] = [];
  const endCell = (done: RawCell): void => {
    const cell = toCell(done, book);
    if (cell.kind === 'empty') return;
    if (done.column >= limits.columns) throw invalid('file.too-many-columns', { limit: limits.columns });
    while (cells.length < done.column) cells.push(emptyCell);
    cells[done.column] = done.formula && cell.kind !== 'formula' ? { ...cell, formula: true } : cell;
  };
  const endRow = (): void => {
    // A row that only shows what is merged into it from above is no row of the list.
    if (cells.length === 0) return;
    if (merges.length > 0) {
      // A row may stand behind one that comes later in the sheet: what is merged there is not merged here.
      active = active.filter((range) => range.top <= number && range.bottom >= number);
      for (; merges[nextMerge] && merges[nextMerge]!.top <= number; nextMerge += 1)
        if (merges[nextMerge]!.bottom >= number) active.push(merges[nextMerge]!);
      layMerges(number, cells, active, limits.columns);
    }
    count += 1;
    if (count > limits.rows) throw invalid('file.too-many-rows', { limit: limits.rows });
    rows.push({ number, hidden, cells });
    cells = [];
  };
  const listener: XmlListener = {
    open: (name, attributes) => {
      if (name === 'row') {
        number = Number(attribute(attributes, 'r') ?? number + 1);
        hidden = ['1', 'true'].includes(attribute(attributes, 'hidden') ?? '');
        column = -1;
      } else if (name === 'c') {
        const address = attribute(attributes, 'r');
        column = address === undefined ? column + 1 : columnOf(address);
        const type = attribute(attributes, 't') ?? 'n';
        const style = Number(attribute(attributes, 's') ?? 0);
        raw = { column, type, style, formula: false, value: undefined, inline: undefined };
      } else if (name === 'f' && raw) raw.formula = true;
      else if (name === 'v' || name === 'is') {
        text = name;
        // An empty `v` is the result of a formula that gives an empty text; no `v` at all is a formula without result.
        if (name === 'v' && raw) raw.value = '';
      } else if (text === 'is') item.open?.(name, attributes);
    },
    text: (piece) => {
      if (text === 'v' && raw) raw.value = grow(raw.value ?? '', piece);
      else if (text === 'is') item.text?.(piece);
    },
    close: (name) => {
      if (name === 'c' && raw) {
        endCell(raw);
        raw = undefined;
      } else if (name === 'is' && raw) raw.inline = item.take();
      else if (name === 'row') endRow();
      if (name === text) text = undefined;
      else if (text === 'is') item.close?.(name);
    },
  };
  return { rows, listener };
};

async function* readRows(path: string, part: string, book: Book, limits: Limits): AsyncGenerator<SheetRow> {
  const zip = await openZip(path, limits);
  try {
    const merges = await readMerges(zip, part, limits.columns);
    const { rows, listener } = collectRows(book, limits, merges);
    for await (const _ of zip.readXml(part, listener)) {
      yield* rows;
      rows.length = 0;
    }
  } finally {
    zip.close();
  }
}

/** Opens an XLSX: everything but the rows is read at once, the rows of a sheet stream when they are asked for. */
export const openXlsx = async (path: string, limits: Limits): Promise<Workbook> => {
  const zip = await openZip(path, limits);
  try {
    const names = zip.names();
    if (names.includes('xl/workbook.bin')) throw invalid('file.xlsb');
    if (names.includes('mimetype') && names.includes('content.xml')) throw invalid('file.ods');
    if (!names.some((name) => name.startsWith('xl/'))) throw invalid('file.not-a-table');
    const book = await readBook(zip, limits.stringBytes);
    const sheets = book.sheets.map(
      ({ name, hidden, part }): Sheet => ({ name, hidden, rows: () => readRows(path, part, book, limits) }),
    );
    return { format: 'xlsx', sheets };
  } finally {
    zip.close();
  }
};

import { type Cell, cellAddress, emptyCell, type SheetRow } from '../../../platform/sheets/index.ts';
import type { Params } from '../../../shared/errors.ts';
import { cut, empty, isTick, lettersLost, type Reading, textOf, tidy } from './cells.ts';
import type { Field } from './fields.ts';
import type { RowFault } from './rows.ts';
import type { SheetShape } from './shape.ts';

/** One row under its mapping: cells by field, and the faults found while reading them. */
export interface RowReader {
  readonly number: number;
  readonly faults: readonly RowFault[];
  has(field: Field): boolean;
  cell(field: Field): Cell;
  /** The text of a cell, at most `limit` characters of it; '' for "-" and its like. */
  text(field: Field, limit?: number): string;
  /** Reads a cell; what could not be read becomes a warning and null. */
  take<T>(field: Field, read: (cell: Cell) => Reading<T>): T | null;
  fault(field: Field | null, severity: RowFault['severity'], code: string, params?: Params): void;
}

export const columnsOf = (shape: SheetShape): ReadonlyMap<Field, { index: number; heading: string }> =>
  new Map(shape.columns.flatMap(({ field, index, heading }) => (field ? [[field, { index, heading }]] : [])));

// Long values are cut in the report: it names the cell anyway.
const VALUE_LENGTH = 60;
// A name, a village, a number of a paper; longer ones are paragraphs that slipped into the wrong cell.
const TEXT_LENGTH = 200;

// Identity numbers are kept by their last four digits only, in the report too.
const shown = (field: Field, text: string): string =>
  field === 'idNumber' ? text.replace(/[\d\s.]{5,}(?=\d{4}(?!\d))/gu, '…') : text;

// What a household or a person is found by again: with letters missing it would be somebody else's.
const IDENTIFYING: ReadonlySet<Field> = new Set(['headName', 'headGiven', 'name', 'given', 'village', 'commune']);

const noResult = (cell: Cell): boolean => cell.kind === 'error' || cell.kind === 'formula';

export const openRow = (shape: SheetShape, columns: ReturnType<typeof columnsOf>, row: SheetRow): RowReader => {
  const faults: RowFault[] = [];
  const cell = (field: Field): Cell => row.cells[columns.get(field)?.index ?? -1] ?? emptyCell;
  const fault: RowReader['fault'] = (field, severity, code, params = {}) => {
    const column = field ? columns.get(field) : undefined;
    faults.push({
      sheet: shape.name,
      row: row.number,
      column: column?.heading ?? null,
      cell: column ? cellAddress(column.index, row.number) : null,
      value: column ? cut(shown(field!, tidy(cell(field!).text)), VALUE_LENGTH) : '',
      severity,
      code,
      params,
    });
  };
  const text: RowReader['text'] = (field, limit = TEXT_LENGTH) => {
    const found = cell(field);
    if (found.unreadable) fault(field, 'error', 'list.unreadable');
    if (noResult(found)) fault(field, 'warning', 'list.no-result');
    const whole = noResult(found) ? '' : textOf(found);
    if (empty(whole)) return '';
    const identifying = IDENTIFYING.has(field);
    if (!found.unreadable && (lettersLost(whole) || (identifying && whole.includes('?')))) {
      fault(field, identifying ? 'error' : 'warning', 'list.letters-lost');
      return '';
    }
    if (whole.length > limit) fault(field, 'warning', 'list.long', { limit });
    return cut(whole, limit);
  };
  const take: RowReader['take'] = (field, read) => {
    const found = cell(field);
    if (noResult(found)) {
      fault(field, 'warning', 'list.no-result');
      return null;
    }
    const reading = read(found);
    if (found.unreadable && !(isTick(found) && reading.value === true)) {
      fault(field, 'error', 'list.unreadable');
      return null;
    }
    if (!reading.fault && reading.value !== null && lettersLost(found.text)) {
      fault(field, 'warning', 'list.letters-lost');
      return null;
    }
    const code = reading.fault ?? reading.note;
    if (code) fault(field, 'warning', code, reading.params);
    return reading.value;
  };
  return { number: row.number, faults, has: (field) => columns.has(field), cell, text, take, fault };
};

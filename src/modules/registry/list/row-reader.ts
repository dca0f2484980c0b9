import { type Cell, cellAddress, emptyCell, type SheetRow } from '../../../platform/sheets/index.ts';
import type { Params } from '../../../shared/errors.ts';
import { type Reading, textOf } from './cells.ts';
import type { Field } from './fields.ts';
import type { RowFault } from './rows.ts';
import type { SheetShape } from './shape.ts';

/** One row under its mapping: cells by field, and the faults found while reading them. */
export interface RowReader {
  readonly number: number;
  readonly faults: readonly RowFault[];
  has(field: Field): boolean;
  cell(field: Field): Cell;
  text(field: Field): string;
  /** Reads a cell; what could not be read becomes a warning and null. */
  take<T>(field: Field, read: (cell: Cell) => Reading<T>): T | null;
  fault(field: Field | null, severity: RowFault['severity'], code: string, params?: Params): void;
}

export const columnsOf = (shape: SheetShape): ReadonlyMap<Field, { index: number; heading: string }> =>
  new Map(shape.columns.flatMap(({ field, index, heading }) => (field ? [[field, { index, heading }]] : [])));

// Long values are cut in the report: it names the cell anyway.
const VALUE_LENGTH = 60;

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
      value: column ? cell(field!).text.slice(0, VALUE_LENGTH) : '',
      severity,
      code,
      params,
    });
  };
  return {
    number: row.number,
    faults,
    has: (field) => columns.has(field),
    cell,
    text: (field) => {
      const found = cell(field);
      if (found.unreadable) fault(field, 'error', 'list.unreadable');
      else if (found.kind === 'error' || found.kind === 'formula') {
        fault(field, 'warning', 'list.no-result');
        return '';
      }
      return textOf(found);
    },
    take: (field, read) => {
      const found = cell(field);
      if (found.kind === 'error' || found.kind === 'formula') {
        fault(field, 'warning', 'list.no-result');
        return null;
      }
      const reading = read(found);
      if (reading.fault) fault(field, 'warning', reading.fault);
      else if (reading.note) fault(field, 'warning', reading.note);
      return reading.value;
    },
    fault,
  };
};

import { cellAddress } from '../../../platform/sheets/index.ts';
import type { RowFault } from './rows.ts';
import type { Column, SheetShape } from './shape.ts';

/** What has to be said once of a sheet: a column left out that another one was taken for, or that may be half of the names. */
export const columnFaults = (shape: SheetShape): RowFault[] => {
  const faultOf = (column: Column, code: string, params: RowFault['params']): RowFault => ({
    sheet: shape.name,
    row: shape.headerTo,
    column: column.heading,
    cell: cellAddress(column.index, shape.headerTo),
    value: column.heading.slice(0, 60).toWellFormed(),
    severity: 'warning',
    code,
    params,
  });
  return shape.columns.flatMap((column): RowFault[] => {
    if (column.field !== null) return [];
    if (column.besideName && column.samples.length > 0)
      return [faultOf(column, 'list.column-unheaded', { sample: column.samples[0]! })];
    const taken = column.rival ? takenFor(shape, column) : undefined;
    return taken
      ? [faultOf(column, 'list.column-twice', { field: `@list.field.${column.rival}`, taken: taken.letter })]
      : [];
  });
};

/** The class may stand in a column of words or in columns of marks. */
const takenFor = ({ columns }: SheetShape, { rival }: Column): Column | undefined =>
  columns.find(({ field }) => field === rival) ??
  (rival === 'class' ? columns.find(({ field }) => field?.startsWith('class')) : undefined);

import type { Field, SheetRole } from './fields.ts';

/** One column as recognised: what it is headed with, what field it holds, and a few of its values to show. */
export interface Column {
  readonly index: number;
  /** A, B, … AA, as Excel names it. */
  readonly letter: string;
  /** Group and own heading, "Chỉ số thiếu hụt / Việc làm". */
  readonly heading: string;
  /** null = left out. */
  readonly field: Field | null;
  readonly samples: readonly string[];
}

export interface SheetShape {
  readonly name: string;
  readonly hidden: boolean;
  readonly role: SheetRole;
  /** Why a sheet is left out: no header found, the list of another year, of no use. */
  readonly reason: 'no-header' | 'other-year' | 'chosen' | null;
  /** Rows of the header as Excel numbers them; data begins below. */
  readonly headerFrom: number;
  readonly headerTo: number;
  /** A year named in the sheet's name or title. */
  readonly year: number | null;
  readonly title: string;
  /** Same headings, same signature: finds the mapping an officer once accepted. */
  readonly signature: string;
  readonly columns: readonly Column[];
}

/** What a file is taken to be, as shown to the officer and changed by them before anything is read. */
export interface ListShape {
  readonly format: 'xlsx' | 'csv';
  readonly encoding: string | null;
  readonly sheets: readonly SheetShape[];
  /** The file says of itself that its people are invented ("mô phỏng"). */
  readonly synthetic: boolean;
}

/** Fields without which a sheet cannot be read, by its role. */
export const missingFields = (sheet: SheetShape): string[] => {
  const has = (...fields: Field[]) => fields.some((field) => sheet.columns.some((column) => column.field === field));
  if (sheet.role === 'households') {
    return [
      ...(has('headName') ? [] : ['headName']),
      ...(has('class', 'classPoor', 'classNearPoor', 'classNewlyEscaped') ? [] : ['class']),
    ];
  }
  if (sheet.role === 'members')
    return [...(has('name') ? [] : ['name']), ...(has('householdCode') ? [] : ['householdCode'])];
  return [];
};

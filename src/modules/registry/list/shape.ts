import type { HouseholdClass } from './classes.ts';
import { classFields, type Field, type SheetRole } from './fields.ts';

/** One column as recognised: what it is headed with, what field it holds, and a few of its values to show. */
export interface Column {
  readonly index: number;
  /** A, B, … AA, as Excel names it. */
  readonly letter: string;
  /** Group and own heading, "Chỉ số thiếu hụt / Việc làm"; empty for a column that holds values under no heading. */
  readonly heading: string;
  /** null = left out. */
  readonly field: Field | null;
  /** What it holds too, though another column was taken for it; said in the report as long as it is left out. */
  readonly rival?: Field | null;
  /** It stands without a heading beside the names: perhaps the second half of them. */
  readonly besideName?: true;
  /** Long numbers masked; emptied once the import has ended, for they are of real people. */
  readonly samples: readonly string[];
}

export interface SheetShape {
  readonly name: string;
  readonly hidden: boolean;
  readonly role: SheetRole;
  /** Why a sheet is left out: no header found, the list of another year, an older one by its name, hidden beside a shown list, of no use. */
  readonly reason: 'no-header' | 'other-year' | 'older' | 'hidden' | 'chosen' | null;
  /** Rows of the header as Excel numbers them; data begins below. */
  readonly headerFrom: number;
  readonly headerTo: number;
  /** A year named in the sheet's name or title. */
  readonly year: number | null;
  readonly title: string;
  /** Village of the whole sheet, from its title or name, for lists kept in one sheet per village without such a column. */
  readonly village?: string | null;
  /** Class of the whole sheet, from its title or name ("DANH SÁCH HỘ NGHÈO"), for lists without such a column. */
  readonly class?: HouseholdClass | null;
  /** What lines of their own name for the rows below them ("I. Thôn Tấu Trên", "B. Hộ cận nghèo"), as far as was looked. */
  readonly lines?: { readonly village: boolean; readonly class: boolean };
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
  /** Letters are lost where headings should be, so that there may be a list which cannot be recognised. */
  readonly lettersLost?: true;
}

/** Fields without which a sheet cannot be read, by its role. */
export const missingFields = (sheet: SheetShape): string[] => {
  const has = (...fields: readonly Field[]) =>
    fields.some((field) => sheet.columns.some((column) => column.field === field));
  if (sheet.role === 'households') {
    return [
      ...(has('headName') ? [] : ['headName']),
      ...(has(...classFields) || sheet.class || sheet.lines?.class ? [] : ['class']),
      ...(has('village') || sheet.village || sheet.lines?.village ? [] : ['village']),
    ];
  }
  if (sheet.role === 'members')
    return [...(has('name') ? [] : ['name']), ...(has('householdCode') ? [] : ['householdCode'])];
  return [];
};

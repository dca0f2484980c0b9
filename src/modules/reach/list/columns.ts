import { fold } from '../../../shared/text.ts';

/** What a list of households says about each of them. */
export type ListField = 'code' | 'head' | 'present' | 'answered' | 'acted' | 'guest' | 'note';

/** Headings folded; the first that fits wins, so what is narrower stands first. */
const PATTERNS: readonly (readonly [ListField, RegExp])[] = [
  ['answered', /tra loi|cau hoi/u],
  ['acted', /dang ky|cam ket|da lam/u],
  ['guest', /khach|thon khac|ngoai thon/u],
  [
    'present',
    /co mat|hien dien|tham (du|gia)|(di|den|toi|du) (hop|du|nghe)|^(co|da) (di|den|toi|du|hop|nhan|phat|ky)$|^(di|den|du|hop|nhan|phat)$|ky (nhan|ten)|chu ky|^ky$|(da|duoc) (nhan|phat)|(nhan|phat) to|diem danh/u,
  ],
  ['code', /^ma( so| dinh danh)?( ho| hgd| ho gia dinh| ho dan)?$|^so ho so$/u],
  ['head', /chu ho|^ho (va )?ten|^ten$|^ten ho$|dai dien/u],
  ['note', /ghi chu|luu y/u],
];

export interface ListHeader {
  /** Position among the rows. */
  readonly at: number;
  /** Column by field, with its heading as written. */
  readonly columns: ReadonlyMap<ListField, { readonly index: number; readonly heading: string }>;
}

const columnsOf = (cells: readonly string[]): ListHeader['columns'] => {
  const columns = new Map<ListField, { index: number; heading: string }>();
  for (const [index, heading] of cells.entries()) {
    const folded = fold(heading);
    // A title or a sentence is no heading.
    if (!folded || folded.length > 60) continue;
    const field = PATTERNS.find(([candidate, pattern]) => !columns.has(candidate) && pattern.test(folded))?.[0];
    if (field) columns.set(field, { index, heading });
  }
  return columns;
};

// Letterhead and title above the header of a list that was printed.
const LOOKED_AT = 30;

/** The first row that heads a column of codes or of names, and another column beside it; a list of codes needs only that. */
export const findHeader = (rows: readonly { readonly cells: readonly string[] }[]): ListHeader | undefined => {
  for (const [at, { cells }] of rows.slice(0, LOOKED_AT).entries()) {
    const columns = columnsOf(cells);
    const named = columns.has('code') || columns.has('head');
    const filled = cells.filter((cell) => fold(cell)).length;
    if (named && (columns.size > 1 || (columns.has('code') && filled === 1))) return { at, columns };
  }
  return undefined;
};

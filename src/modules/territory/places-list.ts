import { addDays, type Day, day } from '../../shared/dates.ts';
import { clean, fold } from '../../shared/text.ts';
import { statusCode } from './status.ts';

/** One row of a commune's list of villages, as read; texts are cleaned, nothing is resolved yet. */
export interface PlaceRow {
  readonly row: number;
  readonly name: string;
  readonly unitType: string;
  readonly otherNames: readonly string[];
  /** Code of the commune it lay in until 30/06/2025, and of the one since; one of them may be missing. */
  readonly codeBefore: string | null;
  readonly codeAfter: string | null;
  readonly validFrom: Day | null;
  readonly validTo: Day | null;
  readonly statuses: readonly string[];
  readonly households: number | null;
  readonly people: number | null;
  readonly countedOn: Day | null;
  readonly source: string | null;
}

/** What is wrong with one cell of the list; the sentence is made from the code when it is shown. */
export interface PlaceFault {
  readonly row: number;
  readonly column: string | null;
  readonly value: string;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

// More people than this live in no village: a phone number or a code in the wrong column.
const MOST = 1_000_000;

type Field = keyof Omit<PlaceRow, 'row'>;

const HEADINGS: Readonly<Record<Field, readonly string[]>> = {
  name: ['ten thon', 'thon', 'thon ban', 'ten thon ban', 'ten', 'thon to dan pho', 'ten thon to dan pho', 'name'],
  unitType: ['loai', 'loai don vi', 'unit type'],
  otherNames: ['ten khac', 'ten goi khac', 'other names'],
  codeBefore: ['ma xa cu', 'ma xa truoc 01 07 2025', 'old commune code'],
  codeAfter: ['ma xa', 'ma xa moi', 'ma xa tu 01 07 2025', 'commune code'],
  validFrom: ['tu ngay', 'co tu ngay', 'valid from'],
  validTo: ['den ngay', 'het ngay', 'valid to'],
  statuses: ['dien dac biet', 'tinh trang', 'dien', 'status'],
  households: ['so ho', 'tong so ho', 'households'],
  people: ['so khau', 'so nhan khau', 'people'],
  countedOn: ['ngay dem', 'ngay thong ke', 'counted on'],
  source: ['nguon', 'nguon so lieu', 'source'],
};

/** What each column is called where a list is begun anew, and in the report of faults. */
export const placeColumns: Readonly<Record<Field, string>> = {
  name: 'Tên thôn',
  codeBefore: 'Mã xã trước 01/07/2025',
  codeAfter: 'Mã xã từ 01/07/2025',
  unitType: 'Loại',
  otherNames: 'Tên khác',
  validFrom: 'Từ ngày',
  validTo: 'Đến ngày',
  statuses: 'Diện đặc biệt',
  households: 'Số hộ',
  people: 'Số khẩu',
  countedOn: 'Ngày đếm',
  source: 'Nguồn',
};

/** Which column holds what, by the headings people use; undefined when this row is no heading of such a list. */
export const placeHeadings = (cells: readonly string[]): Map<Field, number> | undefined => {
  const found = new Map<Field, number>();
  cells.forEach((cell, index) => {
    const folded = fold(cell);
    for (const [field, names] of Object.entries(HEADINGS) as [Field, readonly string[]][]) {
      if (names.includes(folded) && !found.has(field)) found.set(field, index);
    }
  });
  return found.has('name') && (found.has('codeBefore') || found.has('codeAfter')) ? found : undefined;
};

const UNIT_TYPES = ['tổ dân phố', 'khu phố', 'thôn', 'bản', 'buôn', 'làng', 'xóm', 'ấp', 'khu', 'tổ'];

const unitTypeOf = (name: string, given: string): string =>
  given.toLowerCase() || (UNIT_TYPES.find((word) => name.toLowerCase().startsWith(`${word} `)) ?? 'thôn');

const parseDay = (text: string): Day | undefined => {
  const vn = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u.exec(text);
  if (vn) return day(Number(vn[3]), Number(vn[2]), Number(vn[1]));
  const iso = /^(\d{4})-(\d{2})-(\d{2})/u.exec(text);
  return iso ? day(Number(iso[1]), Number(iso[2]), Number(iso[3])) : undefined;
};

/** Reads one row under known headings; undefined for a blank row. Nobody has counted after `today`. */
export const readPlaceRow = (
  row: number,
  cells: readonly string[],
  headings: ReadonlyMap<Field, number>,
  today: Day,
  faults: PlaceFault[],
): PlaceRow | undefined => {
  const text = (field: Field): string => clean(cells[headings.get(field) ?? -1] ?? '');
  const fault = (field: Field, code: string): null => {
    faults.push({ row, column: placeColumns[field], value: text(field), severity: 'error', code, params: {} });
    return null;
  };
  const number = (field: Field): number | null => {
    if (!text(field)) return null;
    const value = Number(text(field).replace(/[.\s](?=\d{3}\b)/gu, ''));
    return Number.isInteger(value) && value >= 0 && value <= MOST ? value : fault(field, 'place.number');
  };
  const date = (field: Field): Day | null =>
    text(field) ? (parseDay(text(field)) ?? fault(field, 'place.date')) : null;
  const code = (field: Field): string | null => (text(field) ? text(field).padStart(5, '0') : null);
  const name = text('name');
  if (cells.every((cell) => !clean(cell ?? ''))) return undefined;
  if (!name) {
    // A total below the list has no name of a village and no code: it is left out; anything else without a name is a fault.
    if (text('codeBefore') || text('codeAfter')) fault('name', 'place.no-name');
    return undefined;
  }
  const lastDay = date('validTo');
  const countedOn = date('countedOn');
  return {
    row,
    name,
    unitType: unitTypeOf(name, text('unitType')),
    otherNames: text('otherNames').split(/[;|]/u).map(clean).filter(Boolean),
    codeBefore: code('codeBefore'),
    codeAfter: code('codeAfter'),
    validFrom: date('validFrom'),
    validTo: lastDay && addDays(lastDay, 1),
    statuses: text('statuses').split(/[;|]/u).map(clean).filter(Boolean).map(statusCode),
    households: number('households'),
    people: number('people'),
    countedOn: countedOn && countedOn > today ? fault('countedOn', 'place.counted-ahead') : countedOn,
    source: text('source') || null,
  };
};

import {
  HEADINGS,
  type Headings,
  type HouseholdField,
  householdFields,
  LONG,
  type MemberField,
  memberFields,
  oldOf,
  SHORT,
} from './list-headings.ts';
import type { ListedClass, Relation, Sex } from './model.ts';

/** How one commune office lays out its list; the same every year, so that a mapping once accepted fits again. */
export interface Layout {
  readonly fields: readonly HouseholdField[];
  readonly memberFields: readonly MemberField[];
  readonly headings: Headings;
  readonly indicatorGroup: string;
  readonly indicators: readonly string[];
  readonly oldIndicators: readonly string[];
  readonly classWords: Readonly<Record<ListedClass | 'relapsed' | 'newly_arising', string>>;
  readonly mark: string | number;
  /** True Excel dates, or text as dd/mm/yyyy. */
  readonly excelDates: boolean;
  /** Identity numbers kept as numbers, so that Excel dropped the leading zero. */
  readonly idAsNumber: boolean;
  readonly vietnamese: string;
  readonly separator: string;
  readonly sheetName: string;
  readonly memberSheetName: string;
  /** A row (1) (2) (3) ... under the header, as printed forms have. */
  readonly numberedColumns: boolean;
  readonly blankRowsAboveTitle: number;
  /** Letters and their marks apart (NFD), as texts come out of some phones and Macs. */
  readonly decomposed: boolean;
}

const without = (
  moved: readonly HouseholdField[],
  dropped: readonly HouseholdField[] = ['commune'],
): HouseholdField[] => householdFields.filter((field) => !moved.includes(field) && !dropped.includes(field));

const after = (anchor: HouseholdField, moved: readonly HouseholdField[]): HouseholdField[] =>
  without(moved).flatMap((field) => (field === anchor ? [field, ...moved] : [field]));

const ORDERS: readonly (readonly HouseholdField[])[] = [
  without([]),
  after('stt', ['village']),
  after('head', ['sex', 'birth', 'ethnicity', 'phones']),
  after('size', ['languages', 'reads', 'b1', 'b2', 'class']),
];

const MEMBER_ORDERS: readonly (readonly MemberField[])[] = [
  memberFields,
  [
    'stt',
    'code',
    'relation',
    'name',
    'sex',
    'birth',
    'idNumber',
    'ethnicity',
    'reads',
    'school',
    'job',
    'disabled',
    'insured',
    'notes',
  ],
];

const CLASS_WORDS: readonly Layout['classWords'][] = [
  {
    poor: 'Hộ nghèo',
    near_poor: 'Hộ cận nghèo',
    newly_escaped: 'Hộ mới thoát nghèo',
    relapsed: 'Hộ tái nghèo',
    newly_arising: 'Hộ nghèo phát sinh',
  },
  {
    poor: 'Nghèo',
    near_poor: 'Cận nghèo',
    newly_escaped: 'Mới thoát nghèo',
    relapsed: 'Tái nghèo',
    newly_arising: 'Phát sinh nghèo',
  },
  {
    poor: 'HỘ NGHÈO',
    near_poor: 'HỘ CẬN NGHÈO',
    newly_escaped: 'MỚI THOÁT NGHÈO',
    relapsed: 'TÁI NGHÈO',
    newly_arising: 'NGHÈO PHÁT SINH',
  },
];

const SHEET_NAMES: readonly (readonly [string, string])[] = [
  ['Danh sách hộ', 'Thành viên'],
  ['DS hộ nghèo, cận nghèo', 'DS thành viên'],
  ['Ho ngheo', 'Thanh vien'],
];

/** The layout of a commune, by its code alone. */
export const layoutOf = (communeCode: string): Layout => {
  const n = Math.floor(Number(communeCode) / 3);
  const [sheetName, memberSheetName] = SHEET_NAMES[n % 3]!;
  const long = n % 2 === 0;
  return {
    fields: ORDERS[n % 4]!,
    memberFields: MEMBER_ORDERS[n % 2]!,
    headings: HEADINGS[n % 3]!,
    indicatorGroup: long ? 'Chỉ số thiếu hụt' : 'Các chỉ số thiếu hụt dịch vụ xã hội cơ bản',
    indicators: long ? LONG : SHORT,
    oldIndicators: oldOf(long ? LONG : SHORT),
    classWords: CLASS_WORDS[Math.floor(n / 2) % 3]!,
    mark: (['x', 'X', 1, 'có', 'x'] as const)[n % 5]!,
    excelDates: n % 3 === 1,
    idAsNumber: n % 6 === 2,
    vietnamese: long ? 'tiếng Việt' : 'tiếng phổ thông',
    separator: n % 2 === 0 ? ', ' : '; ',
    sheetName,
    memberSheetName,
    numberedColumns: n % 6 === 3,
    blankRowsAboveTitle: n % 2,
    decomposed: n % 7 === 3,
  };
};

/** The layout of the CSV variant: one header line, the commune in a column, nothing else left out. */
export const csvLayout: Layout = {
  ...layoutOf('0'),
  fields: householdFields,
  mark: 'x',
  excelDates: false,
  idAsNumber: false,
};

export const relationWord = (relation: Relation, sex: Sex): string => {
  const male = sex === 'male';
  switch (relation) {
    case 'head':
      return 'Chủ hộ';
    case 'wife':
      return 'Vợ';
    case 'husband':
      return 'Chồng';
    case 'child':
      return 'Con';
    case 'child-in-law':
      return male ? 'Con rể' : 'Con dâu';
    case 'grandchild':
      return 'Cháu';
    case 'parent':
      return male ? 'Bố' : 'Mẹ';
    case 'other':
      return 'Khác';
  }
};

/** What a column is headed with, for one field of the household sheet or the members sheet. */
export const indicatorNames = (layout: Layout, old: boolean): readonly string[] =>
  old ? layout.oldIndicators : layout.indicators;

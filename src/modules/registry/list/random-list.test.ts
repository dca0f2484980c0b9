import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSheets } from '../../../platform/sheets/index.ts';
import { addDays, type PartialDate, showDay } from '../../../shared/dates.ts';
import type { HouseholdClass, Origin } from './classes.ts';
import type { HouseholdRow } from './rows.ts';
import { csv, csvOf, outcomes, readBack, xlsx } from './test-files.ts';

/** Random lists written in random layouts must be read back as they were; whatever is in a file must come out once. */

type Value = string | number | null;

const word = fc.constantFrom(
  'Giàng',
  'Sùng',
  'Tổng',
  'Cộng',
  'Công',
  'Bàn',
  'Lang',
  'Khu',
  'Lò',
  'Hoàng',
  'Kỳ',
  'Thị',
  'Văn',
  'A',
  'Mua',
  'Dủ',
  'Chủ',
  'Hộ',
  'Bản',
  'Nghèo',
);
const name = fc.tuple(word, word, word).map((words) => words.join(' '));
const birth = fc
  .tuple(fc.integer({ min: 10_000, max: 45_000 }), fc.constantFrom('day', 'month', 'year'))
  .map(([days, precision]): PartialDate => {
    const date = addDays('1899-12-30', days);
    return {
      date: precision === 'day' ? date : precision === 'month' ? `${date.slice(0, 7)}-01` : `${date.slice(0, 4)}-01-01`,
      precision: precision as PartialDate['precision'],
    };
  });
const standing = fc.constantFrom<[HouseholdClass, Origin | null]>(
  ['poor', null],
  ['near_poor', null],
  ['newly_escaped', null],
  ['poor', 'relapsed'],
  ['poor', 'newly_arising'],
);

const household = fc.record({
  name,
  birth,
  standing,
  sex: fc.constantFrom('male' as const, 'female' as const),
  village: fc.constantFrom('Tấu Trên', 'Tà Chử', 'Thôn 3', 'Bản Mù', 'Háng Thồ'),
  size: fc.integer({ min: 1, max: 25 }),
  indicators: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  phones: fc.uniqueArray(fc.integer({ min: 900_000_000, max: 999_999_999 }), { maxLength: 2 }),
});
type Household = typeof household extends fc.Arbitrary<infer T> ? T : never;

const LEAVES = [
  'Việc làm',
  'Người phụ thuộc',
  'Dinh dưỡng',
  'BHYT',
  'Trình độ GD người lớn',
  'Trẻ em đi học',
  'Chất lượng nhà ở',
  'Diện tích nhà ở',
  'Nguồn nước sinh hoạt',
  'Nhà tiêu HVS',
  'Dịch vụ viễn thông',
  'Phương tiện thông tin',
];

const layout = fc.record({
  order: fc.shuffledSubarray(['code', 'birth', 'sex', 'village', 'size', 'class', 'indicators', 'phones'] as const, {
    minLength: 8,
  }),
  headings: fc.record({
    code: fc.constantFrom('Mã hộ', 'MÃ SỐ HỘ', 'Ma ho'),
    name: fc.constantFrom('Họ và tên chủ hộ', 'HỌ TÊN\nCHỦ HỘ', 'Chủ hộ', 'Ho ten chu ho', 'Họ và tên'),
    birth: fc.constantFrom('Năm sinh', 'Ngày, tháng, năm sinh', 'NGÀY SINH'),
    sex: fc.constantFrom('Giới tính', 'Nam/Nữ', 'Phái'),
    village: fc.constantFrom('Thôn', 'Thôn/bản', 'Địa chỉ', 'THON BAN'),
    size: fc.constantFrom('Số khẩu', 'Nhân khẩu', 'Số nhân khẩu'),
    class: fc.constantFrom('Phân loại hộ', 'Phân loại', 'Kết quả rà soát'),
    phones: fc.constantFrom('SĐT', 'Số điện thoại', 'ĐT liên hệ'),
  }),
  splitSex: fc.boolean(),
  markedClasses: fc.boolean(),
  inlineIndicators: fc.boolean(),
  numberedIndicators: fc.boolean(),
  mark: fc.constantFrom<Value>('x', 'X', 1, 'có', '✓', 10),
  noMark: fc.constantFrom<Value>(null, 0, 'không', '-'),
  format: fc.constantFrom('xlsx' as const, ';', ',', '\t'),
  decomposed: fc.boolean(),
  titles: fc.constantFrom<Value[][]>(
    [],
    [['DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025']],
    [
      ['ỦY BAN NHÂN DÂN', null, null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
      ['Danh sách hộ'],
      ['Tỉnh: Lào Cai', null, 'Xã: Phình Hồ', null, 'Thôn: tất cả'],
    ],
  ),
  between: fc.array(fc.constantFrom('empty', 'header', 'total', 'title'), { maxLength: 4 }),
  phoneStyle: fc.constantFrom('plain', 'dotted', '+84', 'number'),
  bareYear: fc.boolean(),
});
type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never;

interface Column {
  readonly path: readonly string[];
  readonly cell: (one: Household, at: number) => Value;
}

const CLASS_WORDS: Record<string, string> = {
  poor: 'Hộ nghèo',
  near_poor: 'Cận nghèo',
  newly_escaped: 'Mới thoát nghèo',
  relapsed: 'Hộ tái nghèo',
  newly_arising: 'Nghèo phát sinh',
};

const phoneCell = ({ phones }: Household, style: string): Value => {
  const typed = phones.map((number) => {
    const text = String(number);
    if (style === '+84') return `+84 ${text}`;
    return style === 'dotted' ? `0${text.slice(0, 2)}.${text.slice(2, 5)}.${text.slice(5)}` : `0${text}`;
  });
  return style === 'number' && phones.length === 1 ? phones[0]! : typed.join(', ') || null;
};

const birthCell = ({ birth: { date, precision } }: Household, numbers: boolean): Value =>
  precision === 'year' && numbers ? Number(date.slice(0, 4)) : showDay(date, precision);

const columnsOf = (by: Layout): Column[] => {
  const marks = (yes: boolean): Value => (yes ? by.mark : by.noMark);
  const columns: Record<Layout['order'][number], Column[]> = {
    code: [
      { path: [by.headings.code], cell: (_, at) => `0${at + 1}` },
      { path: [by.headings.name], cell: (one) => one.name },
    ],
    birth: by.splitSex
      ? (['male', 'female'] as const).map((sex) => ({
          path: [by.headings.birth, sex === 'male' ? 'Nam' : 'Nữ'],
          cell: (one) => (one.sex === sex ? birthCell(one, by.bareYear) : null),
        }))
      : [{ path: [by.headings.birth], cell: (one) => birthCell(one, by.bareYear) }],
    sex: by.splitSex ? [] : [{ path: [by.headings.sex], cell: (one) => (one.sex === 'male' ? 'Nam' : 'Nữ') }],
    village: [{ path: [by.headings.village], cell: (one) => one.village }],
    size: [{ path: [by.headings.size], cell: (one) => one.size }],
    class: by.markedClasses
      ? [
          ...(['poor', 'near_poor', 'newly_escaped'] as const).map((value) => ({
            path: [by.headings.class, CLASS_WORDS[value]!],
            cell: (one: Household) => marks(one.standing[0] === value),
          })),
          ...(['relapsed', 'newly_arising'] as const).map((value) => ({
            path: [by.headings.class, value === 'relapsed' ? 'Tái nghèo' : 'Phát sinh'],
            cell: (one: Household) => marks(one.standing[1] === value),
          })),
        ]
      : [{ path: [by.headings.class], cell: ({ standing: [value, origin] }) => CLASS_WORDS[origin ?? value]! }],
    indicators: LEAVES.map((leaf, at) => ({
      path: by.inlineIndicators
        ? [`Thiếu hụt: ${leaf}`]
        : ['Chỉ số thiếu hụt', by.numberedIndicators ? String(at + 1) : leaf],
      cell: (one) => marks(one.indicators[at]!),
    })),
    phones: [
      { path: [by.headings.phones], cell: (one) => phoneCell(one, by.format === 'xlsx' ? by.phoneStyle : 'plain') },
    ],
  };
  return [{ path: ['STT'], cell: (_, at) => at + 1 }, ...by.order.flatMap((field) => columns[field])];
};

/** The lines of the header, and the ranges merged in them when they begin at `row`. */
const headerOf = (columns: readonly Column[], row: number): { lines: Value[][]; merges: string[] } => {
  const depth = Math.max(...columns.map(({ path }) => path.length));
  const letter = (index: number) =>
    index < 26 ? String.fromCharCode(65 + index) : `A${String.fromCharCode(39 + index)}`;
  const merges: string[] = [];
  const lines = Array.from({ length: depth }, (_, line) =>
    columns.map(
      ({ path }, at): Value =>
        line === 0 && path.length > 1 && columns[at - 1]?.path[0] === path[0] ? null : (path[line] ?? null),
    ),
  );
  columns.forEach(({ path }, at) => {
    if (depth === 2 && path.length === 1) merges.push(`${letter(at)}${row}:${letter(at)}${row + 1}`);
    if (path.length < 2 || columns[at - 1]?.path[0] === path[0]) return;
    const last = columns.findLastIndex((column) => column.path[0] === path[0]);
    if (last > at) merges.push(`${letter(at)}${row}:${letter(last)}${row}`);
  });
  return { lines, merges };
};

const write = async (
  by: Layout,
  people: readonly Household[],
): Promise<{ path: string; filled: number; first: number }> => {
  const columns = columnsOf(by);
  const rows: Value[][] = [...by.titles.map((title) => [...title])];
  const header = headerOf(columns, rows.length + 1);
  rows.push(...header.lines);
  const first = rows.length + 1;
  const merges = [...header.merges];
  people.forEach((one, at) => {
    rows.push(columns.map(({ cell }) => cell(one, at)));
    const extra = by.between[at];
    if (extra === 'empty') rows.push([]);
    if (extra === 'title') rows.push(['DANH SÁCH HỘ NGHÈO (tiếp theo)']);
    if (extra === 'total') rows.push(['Cộng', ...columns.slice(1).map(() => null), at + 1]);
    if (extra === 'header') {
      const again = headerOf(columns, rows.length + 1);
      rows.push(...again.lines);
      merges.push(...again.merges);
    }
  });
  rows.push(
    ['Tổng cộng', `${people.length} hộ`],
    [],
    ['Người lập', null, null, 'Chủ tịch'],
    ['Lò Văn Quyết', null, null, 'Hoàng Thị Cần'],
  );
  const typed = rows.map((cells) =>
    cells.map((cell) => (by.decomposed && typeof cell === 'string' ? cell.normalize('NFD') : cell)),
  );
  const filled = rows.slice(first - 1).filter((cells) => cells.some((cell) => cell !== null)).length;
  return {
    path: by.format === 'xlsx' ? await xlsx({ rows: typed, merges }) : csv(csvOf(typed, by.format)),
    filled,
    first,
  };
};

const asWritten = (one: Household, at: number) => ({
  code: `0${at + 1}`,
  headName: one.name,
  headBirth: one.birth,
  headSex: one.sex,
  village: one.village,
  size: one.size,
  class: one.standing[0],
  origin: one.standing[1],
  indicators: one.indicators,
  phones: one.phones.map((number) => `+84${number}`),
});

const asRead = ({
  code,
  headName,
  headBirth,
  headSex,
  village,
  size,
  class: value,
  origin,
  indicators,
  phones,
}: HouseholdRow) => ({ code, headName, headBirth, headSex, village, size, class: value, origin, indicators, phones });

describe('random lists', () => {
  it('are read as they were written, and every row comes out once', async () => {
    await fc.assert(
      fc.asyncProperty(layout, fc.array(household, { minLength: 1, maxLength: 6 }), async (by, people) => {
        const { path, filled, first } = await write(by, people);
        const read = await readBack(path);
        // In a CSV a row has the number of its line, and a heading may take two.
        if (by.format === 'xlsx') expect(read.shape.sheets[0]!.headerTo).toBe(first - 1);
        expect(read.errors).toEqual([]);
        expect(read.households.map(asRead)).toEqual(people.map(asWritten));
        const came = outcomes(read.items);
        expect(came.size).toBe(filled);
        expect([...came.values()].every((times) => times === 1)).toBe(true);
      }),
      { numRuns: 250 },
    );
  });

  it('with anything in their cells lose no row', async () => {
    const cell = fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
      fc.constantFrom<Value>(
        'x',
        'Tổng cộng',
        'Hộ nghèo',
        'Thôn Tà Chử',
        'STT',
        'Chủ hộ',
        'I',
        'ngày 12 tháng 12 năm 2025',
        'Người lập',
        '1.23E+11',
        '-',
        '?',
        '01/05/1960',
        'Giàng A Mua',
        '0912345678',
        0,
        1,
        5,
        1960,
        21916,
      ),
    );
    const head = ['STT', 'Mã hộ', 'Chủ hộ', 'Năm sinh', 'Giới tính', 'CCCD', 'Thôn', 'Phân loại', 'SĐT', 'Số khẩu'];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 10, maxLength: 11 }), { maxLength: 8 }), async (rows) => {
        const path = csv(csvOf([head, [1, 'H', 'Giàng A Mua', 1960, 'Nam', '', 'Tà Chử', 'N', '', 4], ...rows]));
        const workbook = await openSheets(path);
        const numbers: number[] = [];
        for await (const row of workbook.sheets[0]!.rows()) numbers.push(row.number);
        const read = await readBack(path);
        const came = outcomes(read.items);
        expect([...came.keys()]).toHaveLength(numbers.length - 1);
        for (const number of numbers.slice(1))
          expect(came.get(`${workbook.sheets[0]!.name}!${number}`), `row ${number}`).toBe(1);
      }),
      { numRuns: 400 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { outcomes, readBack, xlsx } from './test-files.ts';

const HEAD = [
  'STT',
  'Mã hộ',
  'Họ và tên chủ hộ',
  'Năm sinh',
  'Giới tính',
  'Thôn',
  'Số khẩu',
  'Phân loại hộ',
  'Ghi chú',
];
const person = (stt: number, name: string, village = 'Tấu Trên', rest: (string | number | null)[] = []) => [
  stt,
  `H-${stt}`,
  name,
  1970 + stt,
  'Nam',
  village,
  4,
  'Hộ nghèo',
  ...rest,
];
const names = (read: Awaited<ReturnType<typeof readBack>>) => read.households.map(({ headName }) => headName);

describe('rows that are no households', () => {
  it('totals, subtotals, signatures, remarks, empty rows, headers of the next page, numbers of columns', async () => {
    const read = await readBack(
      await xlsx({
        rows: [
          HEAD,
          ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)', '(9)'],
          person(1, 'Giàng A Mua'),
          person(2, 'Tổng Thị Cộng'),
          [null, null, 'Cộng thôn Tấu Trên', null, null, null, 8],
          [],
          ['DANH SÁCH HỘ NGHÈO NĂM 2025 (tiếp theo)'],
          HEAD,
          ['A', 'B', '1', '2', '3', '4', '5', '6', '7'],
          person(3, 'Tống Hợp', 'Tà Chử'),
          person(4, 'Công Văn Tổng', 'Tà Chử'),
          [5],
          [6, null, null, null, null, null, 0],
          [null, null, null, null, null, null, 8],
          ['Tổng cộng', null, '4 hộ', null, null, null, 16],
          ['III. TỔNG SỐ HỘ NGHÈO: 4'],
          ['Ghi chú: danh sách này đã niêm yết tại nhà văn hóa thôn'],
          [null, null, null, null, null, null, 'Phình Hồ, ngày 14 tháng 12 năm 2025'],
          ['NGƯỜI LẬP BIỂU', null, null, null, null, null, 'TM. ỦY BAN NHÂN DÂN'],
          ['(ký, ghi rõ họ tên)', null, null, null, null, null, 'CHỦ TỊCH'],
          [null, null, 'Lò Văn Quyết', null, null, null, 'Hoàng Thị Cần'],
        ],
        merges: ['A7:I7', 'A16:I16', 'A17:I17', 'A19:C19', 'G19:I19'],
      }),
    );
    expect(names(read)).toEqual(['Giàng A Mua', 'Tổng Thị Cộng', 'Tống Hợp', 'Công Văn Tổng']);
    expect(read.leftOut).toEqual([
      '2 numbers', '5 total', '7 remark', '8 header', '9 numbers', '12 remark', '13 remark', '14 remark', '15 total', '16 total', '17 remark',
      '18 signature', '19 signature', '20 signature', '21 signature',
    ]); // biome-ignore format: short
    expect(read.faults).toEqual([]);
  });

  it('totals with counts under the columns of the classes', async () => {
    const read = await readBack(
      await xlsx({
        rows: [
          ['STT', 'Họ tên chủ hộ', 'Thôn', 'Phân loại hộ', null, null, null, null],
          [null, null, null, 'Hộ nghèo', 'Hộ cận nghèo', 'Hộ mới thoát nghèo', 'Tái nghèo', 'Phát sinh'],
          [1, 'Vàng A Sử', 'Tà Chử', 'x', null, null, 'x', null],
          [2, 'Vàng A Lử', 'Tà Chử', null, 1, null, null, 'X'],
          [3, 'Vàng A Tủa', 'Tà Chử', null, null, '✓', null, null],
          [4, 'Vàng A Dê', 'Tà Chử', null, null, null, null, 'có'],
          [null, 'Cộng', null, 1, 1, 1, 1, 2],
          ['Tổng', null, null, 1, 1, 1, 1, 2],
          ['STT', 'Họ tên chủ hộ', 'Thôn', 'Phân loại hộ', null, null, null, null],
          [null, null, null, 'Hộ nghèo', 'Hộ cận nghèo', 'Hộ mới thoát nghèo', 'Tái nghèo', 'Phát sinh'],
          [5, 'Lường Thị Tổng', 'Tà Chử', 'Hộ nghèo', null, null, null, null],
        ],
        merges: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:H1', 'A9:A10', 'B9:B10', 'C9:C10', 'D9:H9'],
      }),
    );
    expect(read.households.map((row) => [row.row, row.class, row.origin])).toEqual([
      [3, 'poor', 'relapsed'],
      [4, 'near_poor', 'newly_arising'],
      [5, 'newly_escaped', null],
      [6, 'poor', 'newly_arising'],
      [11, 'poor', null],
    ]);
    expect(read.leftOut).toEqual(['7 total', '8 total', '9 header', '10 header']);
    expect(read.faults).toEqual([]);
  });

  it('lines of villages and classes that stand for the rows below them', async () => {
    const head = ['STT', 'Họ tên chủ hộ', 'Năm sinh', 'Số khẩu'];
    const read = await readBack(
      await xlsx({
        rows: [
          ['DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO'],
          head,
          ['A', 'HỘ NGHÈO'],
          ['I', 'Thôn Tấu Trên', null, 12],
          [1, 'Lang Văn Bản', 1970, 4],
          [2, 'Bàn Thị Khu', 1971, 4],
          ['II. Bản Tà Chử: 2 hộ'],
          [3, 'Giàng A Mua', 1972, 4],
          ['Cộng bản Tà Chử', null, null, 4],
          ['B. HỘ CẬN NGHÈO'],
          ['III', 'Pá Hu'],
          [4, 'Vàng A Sử', 1973, 4],
          ['Hộ cận nghèo thôn Háng Thồ (1 hộ)'],
          [5, 'Vàng A Lử', 1974, 4],
        ],
        merges: ['A1:D1', 'A7:D7', 'A10:D10', 'A13:D13'],
      }),
    );
    expect(read.errors).toEqual([]);
    expect(read.households.map((row) => [row.headName, row.village, row.class])).toEqual([
      ['Lang Văn Bản', 'Thôn Tấu Trên', 'poor'],
      ['Bàn Thị Khu', 'Thôn Tấu Trên', 'poor'],
      ['Giàng A Mua', 'Bản Tà Chử', 'poor'],
      ['Vàng A Sử', 'Pá Hu', 'near_poor'],
      ['Vàng A Lử', 'thôn Háng Thồ', 'near_poor'],
    ]);
    expect(read.leftOut.map((line) => line.split(' ')[1])).toEqual([
      'group',
      'group',
      'group',
      'total',
      'group',
      'group',
      'group',
    ]);
  });

  it('further lines of a household merged down', async () => {
    const read = await readBack(
      await xlsx({
        rows: [
          ['STT', 'Chủ hộ', 'Thôn', 'Phân loại', 'Nguyên nhân'],
          [1, 'Giàng A Mua', 'Tà Chử', 'N', 'thiếu đất'],
          [null, null, null, null, 'thiếu vốn'],
          [2, 'Giàng A Lử', 'Tà Chử', 'N', null],
        ],
        merges: ['A2:A3', 'B2:B3', 'C2:C3', 'D2:D3'],
      }),
    );
    expect(names(read)).toEqual(['Giàng A Mua', 'Giàng A Lử']);
    expect(read.leftOut).toEqual(['3 continued']);
    expect(read.warnings).toEqual(['B3 list.continued']);
  });

  it('a village merged over its rows, hidden rows, hidden columns', async () => {
    const read = await readBack(
      await xlsx({
        rows: [
          ['Thôn', 'Mã hộ', 'Chủ hộ', 'Phân loại'],
          ['Tà Chử', '01', 'Giàng A Mua', 'N'],
          [null, '02', 'Giàng A Lử', 'CN'],
          [null, '03', 'Giàng A Sử', 'MTN'],
          ['Tổng cộng', '3 hộ'],
        ],
        merges: ['A2:A4'],
        hiddenRows: [3],
        hiddenColumns: [2],
      }),
    );
    expect(read.households.map((row) => [row.code, row.village, row.class])).toEqual([
      ['01', 'Tà Chử', 'poor'],
      ['02', 'Tà Chử', 'near_poor'],
      ['03', 'Tà Chử', 'newly_escaped'],
    ]);
    expect(read.warnings).toEqual(['3 list.hidden']);
    expect(read.leftOut).toEqual(['5 total']);
  });

  it('a person among the signatures’ look-alikes stays a household, a broken row becomes an error', async () => {
    const read = await readBack(
      await xlsx({
        rows: [
          ['STT', 'Họ tên chủ hộ', 'Thôn', 'Phân loại'],
          [1, 'Giàng A Mua', 'Tà Chử', 'N'],
          [null, 'NGƯỜI LẬP'],
          [2, 'Thu Kỳ', 'Tà Chử', 'N'],
          [3, 'Vàng A Sử', 'Tà Chử'],
          [4, 'Vàng A Lử', null, 'N'],
          [5, null, 'Tà Chử', 'N'],
          ['Vàng A Dê'],
          [null, 'Vàng A Dê'],
          [6, 'Vàng A Páo', 'Tà Chử', 'hộ khó khăn'],
          [7, '?', 'Tà Chử', 'TN'],
        ],
      }),
    );
    expect(names(read)).toEqual(['Giàng A Mua', 'Thu Kỳ']);
    expect(read.errors).toEqual([
      'D5 list.no-class',
      'C6 list.no-village',
      'B7 list.no-head',
      'D9 list.no-class',
      'C9 list.no-village',
      'D10 list.class',
      'B11 list.no-head',
      'D11 list.class',
    ]);
    expect(read.leftOut).toEqual(['3 signature', '8 remark']);
    expect(Math.max(...outcomes(read.items).values())).toBe(1);
  });
});

describe('sheets', () => {
  const list = (name: string, ...people: string[]) => ({
    name,
    rows: [
      ['STT', 'Mã hộ', 'Chủ hộ', 'Thôn', 'Phân loại'],
      ...people.map((who, at) => [at + 1, `${name}-${at}`, who, 'Tà Chử', 'N']),
    ],
  });
  const roles = (read: Awaited<ReturnType<typeof readBack>>) =>
    read.shape.sheets.map(({ role, reason }) => reason ?? role);

  it('of another year, of sums, hidden', async () => {
    const sums = {
      name: 'Tổng hợp',
      rows: [
        ['STT', 'Thôn', 'Tổng số hộ', 'Hộ nghèo', 'Hộ cận nghèo', 'Số khẩu'],
        [1, 'Tà Chử', 40, 12, 3, 200],
        ['Tổng', null, 40, 12, 3, 200],
      ],
    };
    const read = await readBack(await xlsx(list('DS 2024', 'Vàng A Cũ'), list('DS 2025', 'Vàng A Mới'), sums));
    expect(roles(read)).toEqual(['other-year', 'households', 'no-header']);
    expect(names(read)).toEqual(['Vàng A Mới']);
    expect(roles(await readBack(await xlsx(list('Nam 2024', 'A Cũ'), list('Danh sách', 'A Mới'))))).toEqual([
      'other-year',
      'households',
    ]);
    expect(roles(await readBack(await xlsx(list('2023', 'A Cũ'), list('2024', 'A Mới'))))).toEqual([
      'other-year',
      'households',
    ]);
    expect(
      roles(await readBack(await xlsx({ ...list('Nháp', 'A Cũ'), hidden: true }, list('Danh sách', 'A Mới')))),
    ).toEqual(['hidden', 'households']);
  });

  it('called old beside one that is not', async () => {
    const of = async (...names: string[]) =>
      roles(await readBack(await xlsx(...names.map((name) => list(name, 'A Mua')))));
    expect(await of('DS cũ', 'DS mới')).toEqual(['older', 'households']);
    expect(await of('DS mới', 'DS cu')).toEqual(['households', 'older']);
    expect(await of('Sheet1', 'Danh sách cũ')).toEqual(['households', 'older']);
    expect(await of('Hộ nghèo', 'Hộ nghèo (nháp)')).toEqual(['households', 'older']);
    expect(await of('Danh sách', 'Bản nháp')).toEqual(['households', 'older']);
    expect(await of('DS cũ')).toEqual(['households']);
    expect(await of('Bản Cũ', 'Bản Mới', 'Mái Đá')).toEqual(['households', 'households', 'households']);
    expect(await of('Thôn Cũ', 'Mái Đá')).toEqual(['households', 'households']);
    expect(await of('DS cũ 2025', 'DS mới 2024')).toEqual(['households', 'other-year']);
  });

  it('one per village, named by title or by sheet', async () => {
    const head = ['STT', 'Mã hộ', 'Họ và tên chủ hộ', 'Năm sinh', 'Phân loại'];
    const sheet = (name: string, title: string, code: string) => ({
      name,
      rows: [[title], head, [1, code, 'Giàng A Mua', 1970, 'N']],
      merges: ['A1:E1'],
    });
    const read = await readBack(
      await xlsx(
        sheet('Sheet1', 'Thôn: Tấu Trên, xã Phình Hồ', '1'),
        sheet('Tà Chử', 'DANH SÁCH HỘ NGHÈO', '2'),
        sheet('Thôn 3', 'DANH SÁCH', '3'),
      ),
    );
    expect(read.households.map(({ village, sheet: name }) => [name, village])).toEqual([
      ['Sheet1', 'Thôn Tấu Trên'],
      ['Tà Chử', 'Tà Chử'],
      ['Thôn 3', 'Thôn 3'],
    ]);
    expect((await readBack(await xlsx(sheet('Danh sách', 'DANH SÁCH HỘ NGHÈO', '1')))).errors).toEqual([
      '3 list.no-village',
    ]);
  });

  it('of one class, named by title', async () => {
    const sheet = (name: string, title: string) => ({
      name,
      rows: [
        [title],
        ['STT', 'Mã hộ', 'Họ và tên chủ hộ', 'Năm sinh', 'Thôn'],
        [1, name, 'Giàng A Mua', 1970, 'Tà Chử'],
      ],
      merges: ['A1:E1'],
    });
    const read = await readBack(
      await xlsx(
        sheet('HN', 'DANH SÁCH HỘ NGHÈO NĂM 2025 THEO CHUẨN NGHÈO 2022-2025'),
        sheet('HCN', 'Danh sách hộ cận nghèo'),
        sheet('Thoát nghèo', 'Danh sách'),
      ),
    );
    expect(read.households.map((row) => row.class)).toEqual(['poor', 'near_poor', 'newly_escaped']);
    const both = await readBack(await xlsx(sheet('Sheet1', 'DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO')));
    expect(both.errors).toEqual(['3 list.no-class']);
  });

  it('of members, whose household stands in their first row only', async () => {
    const read = await readBack(
      await xlsx(list('Hộ', 'Giàng A Mua'), {
        name: 'Thành viên',
        rows: [
          [
            'STT',
            'Mã hộ',
            'Họ tên chủ hộ',
            'Họ và tên thành viên',
            'Quan hệ với chủ hộ',
            'Ngày sinh',
            'Giới tính',
            'Dân tộc',
            'Học vấn',
            'Việc làm',
            'BHYT',
            'Khuyết tật',
            'Biết chữ',
            'Điện thoại',
          ],
          [
            1,
            '01',
            'Giàng A Mua',
            'Giàng A Mua',
            'Chủ hộ',
            '01/05/1970',
            'Nam',
            'Mông',
            '5/12',
            'làm nương, làm thuê',
            'HN2151234567890',
            'Nặng',
            'không biết',
            '0912345678; 0987654321',
          ],
          [2, null, null, 'Tổng Thị Cộng', 'Vợ', '5/1972', 'Nữ', 'Mông', null, null, 'chưa', null, 'có', null],
          [3, '02', null, 'Vàng A Sử', 'Chủ hộ', 1980, 'Nam', null, null, null, 'x', 'x', '?', null],
          [4, null, null, 'Vàng Thị Mỷ', 'Chủ hộ'],
          [5, '03', null, null, 'Con', 2010],
          [6, '1.23E+11', null, 'Vàng A Lử', 'Con', 2010],
          ['Tổng cộng', null, null, '6 người'],
        ],
        merges: ['B3:C3'],
      }),
    );
    expect(read.members).toMatchObject([
      {
        householdCode: '01',
        name: 'Giàng A Mua',
        birth: { date: '1970-05-01', precision: 'day' },
        job: 'làm nương, làm thuê',
        insured: true,
        disabled: true,
        reads: false,
        phone: '+84912345678',
      },
      {
        householdCode: '01',
        name: 'Tổng Thị Cộng',
        birth: { date: '1972-05-01', precision: 'month' },
        sex: 'female',
        insured: false,
        disabled: false,
        reads: true,
        phone: null,
      },
      { householdCode: '02', insured: true, disabled: true, reads: null },
    ]);
    expect(read.warnings).toEqual(['N2 list.phone-first', 'B3 list.code-above']);
    expect(read.errors).toEqual(['B5 list.no-household-code', 'D6 list.no-name', 'B7 list.code-lost']);
    expect(read.leftOut).toEqual(['8 total']);
  });
});

import { describe, expect, it } from 'vitest';
import { encodeOld } from '../../../platform/sheets/old-encodings.ts';
import { say } from '../../../shared/words/index.ts';
import { csv, csvOf, readBack, xlsx } from './test-files.ts';

const HEAD = [
  'Mã hộ',
  'Họ tên chủ hộ',
  'Ngày sinh',
  'Giới tính',
  'CCCD',
  'Dân tộc',
  'Thôn',
  'Số khẩu',
  'Phân loại hộ',
  'Điểm B1',
  'Điểm B2',
  'Số QĐ công nhận',
  'Ngày QĐ',
  'SĐT',
  'Tiếng',
  'Phương tiện nghe nhìn',
  'Nguyên nhân',
  'Ghi chú',
];
type Cells = Parameters<typeof xlsx>[0]['rows'][number];

/** One household from its cells by heading. */
const one = async (cells: Record<string, Cells[number]>, formats: Record<string, string> = {}) => {
  const base: Record<string, Cells[number]> = {
    'Mã hộ': 'H-1',
    'Họ tên chủ hộ': 'Giàng A Mua',
    Thôn: 'Tà Chử',
    'Phân loại hộ': 'Hộ nghèo',
    ...cells,
  };
  const read = await readBack(await xlsx({ rows: [HEAD, HEAD.map((heading) => base[heading] ?? null)], formats }));
  return { ...read, row: read.households[0] };
};

const DECIDED: Readonly<Record<string, string>> = {
  'Họ tên chủ hộ': 'Giàng A Mua',
  Thôn: 'Tà Chử',
  'Phân loại hộ': 'Hộ nghèo',
  'Số QĐ công nhận': '12/QĐ-UBND',
};

describe('a household', () => {
  it('whose class is a word of no decree is read, with a remark that names the word', async () => {
    const { row, warnings, errors, faults } = await one({ 'Phân loại hộ': 'giàu' });
    expect([row?.class, warnings, errors]).toEqual(['not_poor', ['I2 list.class-unofficial'], []]);
    const [fault] = faults;
    expect(say('vi', `fault.${fault!.code}`, fault!.params)).toMatch(/^“giàu” không phải .* Không nghèo\./u);
  });

  it('whose numbers were text and whose texts were numbers', async () => {
    const { row, warnings, errors } = await one({
      'Mã hộ': 12345678,
      'Ngày sinh': '1960',
      CCCD: 15060001234,
      'Số khẩu': '4',
      SĐT: 912345678,
      'Điểm B1': '120',
    });
    expect(row).toMatchObject({
      code: '12345678',
      headBirth: { date: '1960-01-01', precision: 'year' },
      headIdNumber: '015060001234',
      size: 4,
      phones: ['+84912345678'],
      b1: 120,
    });
    expect([warnings, errors]).toEqual([['E2 list.id-zero'], []]);
    expect((await one({ CCCD: 15060001234 }, { E2: '000000000000' })).warnings).toEqual([]);
    expect((await one({ 'Mã hộ': 7 }, { A2: '"H-"000' })).row?.code).toBe('H-007');
    expect((await one({ 'Mã hộ': '015 060 001 234' })).row?.code).toBe('015060001234');
    expect((await one({ 'Mã hộ': '-' })).row?.code).toBeNull();
  });

  it('whose numbers lost their digits', async () => {
    const { row, warnings } = await one({ 'Mã hộ': '1.23E+11', CCCD: '1.23E+11', SĐT: '9.12E+08' });
    expect(row).toMatchObject({ code: null, headIdNumber: null, phones: [] });
    expect(warnings).toEqual(['E2 list.id-lost', 'A2 list.code-lost', 'N2 list.phone-lost']);
    expect((await one({ 'Mã hộ': new Date('2026-01-02T00:00:00Z') }, { A2: 'dd/mm/yyyy' })).warnings).toEqual([
      'A2 list.code-lost',
    ]);
  });

  it('with dates of every kind', async () => {
    const date = new Date('1960-05-01T00:00:00Z');
    const born = async (value: Cells[number], format?: string) => {
      const { row, warnings } = await one({ 'Ngày sinh': value }, format ? { C2: format } : {});
      return [row?.headBirth && `${row.headBirth.date} ${row.headBirth.precision}`, ...warnings];
    };
    expect(await born(date, 'dd/mm/yyyy')).toEqual(['1960-05-01 day']);
    expect(await born(date, 'mm/yyyy')).toEqual(['1960-05-01 month']);
    expect(await born(date, 'yyyy')).toEqual(['1960-01-01 year']);
    expect(await born(22037)).toEqual(['1960-05-01 day', 'C2 list.date-serial']);
    expect(await born(1960)).toEqual(['1960-01-01 year']);
    expect(await born(1960, 'dd/mm/yyyy')).toEqual([null, 'C2 list.date-year']);
    expect(await born('01/05/60')).toEqual([null, 'C2 list.date']);
    expect(await born('01/05/2026')).toEqual([null, 'C2 list.date-ahead']);
    expect((await one({ 'Ngày QĐ': '12/2025' })).warnings).toEqual(['M2 list.date-partial']);
    expect((await one({ 'Ngày QĐ': '05/01/2026' })).row?.decisionDate).toBe('2026-01-05');
    expect((await one({ 'Ngày QĐ': '05/01/2062' })).warnings).toEqual(['M2 list.decision-ahead']);
  });

  it.each([
    // The list of 14/12/2025, read on the day at the end of the row.
    ['today', '10/01/2026', '2026-01-10', '2026-01-10'],
    ['tomorrow', '11/01/2026', null, '2026-01-10'],
    ['before the review', '01/12/2025', '2025-12-01', '2026-01-10'],
    ['a year after the review', '15/12/2026', '2026-12-15', '2028-03-01'],
    ['later than that, though it has been', '16/12/2026', null, '2028-03-01'],
  ] as const)('with a decision of %s', async (_, written, date, today) => {
    const apart = [HEAD, HEAD.map((heading) => DECIDED[heading] ?? (heading === 'Ngày QĐ' ? written : null))];
    const together = [
      ['Chủ hộ', 'Thôn', 'Phân loại', 'Số, ngày quyết định'],
      ['Giàng A Mua', 'Tà Chử', 'N', `12/QĐ-UBND ngày ${written}`],
    ];
    for (const [rows, cell] of [[apart, 'M2'], [together, 'D2']] as const) {
      const read = await readBack(await xlsx({ rows }), '2025-12-14', today);
      expect(read.households.map(({ decisionNumber, decisionDate }) => [decisionNumber, decisionDate])).toEqual([['12/QĐ-UBND', date]]);
      expect(read.warnings).toEqual(date ? [] : [`${cell} list.decision-ahead`]);
    } // biome-ignore format: short lines
  });

  it('number and day of the decision in one cell', async () => {
    const rows = [
      ['Chủ hộ', 'Thôn', 'Phân loại', 'Số, ngày quyết định'],
      ['A Mua', 'Tà Chử', 'N', '12/QĐ-UBND, ngày 5/1/2026'],
      ['A Lử', 'Tà Chử', 'N', '12/QĐ-UBND'],
    ];
    const read = await readBack(await xlsx({ rows }));
    expect(read.households.map((row) => [row.decisionNumber, row.decisionDate])).toEqual([
      ['12/QĐ-UBND', '2026-01-05'],
      ['12/QĐ-UBND', null],
    ]);
  });

  it('with formulas, with and without results', async () => {
    const { row, warnings, errors } = await one({
      'Số khẩu': { formula: '2+2', result: 4 }, 'Điểm B2': { formula: 'SUM(A9:A10)' }, 'Ghi chú': { error: '#REF!' }, 'Điểm B1': { formula: 'A1/0', result: { error: '#DIV/0!' } },
    }); // biome-ignore format: cells
    expect(row).toMatchObject({ size: 4, b1: null, b2: null, notes: null });
    expect([warnings, errors]).toEqual([['J2 list.no-result', 'K2 list.no-result', 'R2 list.no-result'], []]);
    expect((await one({ 'Phân loại hộ': { error: '#REF!' } })).errors).toEqual(['I2 list.class']);
  });

  it('with invisible characters, apart marks, and very long cells', async () => {
    const { row, warnings } = await one({
      'Họ tên chủ hộ': `\u200BGiàng\u00A0 A\tMua\u0001 `.normalize('NFD'),
      Thôn: 'Tà\u00ADChử',
      'Phân loại hộ': 'Hô\u0323 nghe\u0300o',
      'Ghi chú': `${'a'.repeat(1999)}😀${'b'.repeat(30_000)}`,
      'Dân tộc': 'x'.repeat(500),
    });
    expect(row).toMatchObject({ headName: 'Giàng A Mua', village: 'TàChử', class: 'poor' });
    expect([row?.notes?.length, row?.notes?.isWellFormed(), row?.ethnicity?.length]).toEqual([2000, true, 200]);
    expect(warnings).toEqual(['F2 list.long', 'R2 list.long']);
  });

  it('with what cannot be read in a single cell is still taken', async () => {
    const { row, errors, warnings, faults } = await one({
      'Giới tính': 'khác',
      CCCD: '01234567890123',
      'Số khẩu': 'bốn',
      SĐT: '0912345678, hỏi trưởng thôn',
      Tiếng: 'Klingon',
      'Phương tiện nghe nhìn': 'tivi, tủ lạnh',
    });
    expect(row).toMatchObject({
      headSex: null,
      headIdNumber: null,
      size: null,
      phones: ['+84912345678'],
      languages: null,
      devices: ['tv'],
    });
    expect(errors).toEqual([]);
    expect(warnings).toEqual([
      'D2 list.sex',
      'E2 list.id',
      'H2 list.number',
      'N2 list.phone',
      'O2 list.language',
      'P2 list.device',
    ]);
    expect(faults.find(({ code }) => code === 'list.id')).toMatchObject({ column: 'CCCD', value: '…0123' });
    expect(faults.find(({ code }) => code === 'list.phone')?.params).toEqual({ phones: 'hỏi trưởng thôn' });
  });

  it('that contradicts itself is taken and warned about', async () => {
    expect((await one({ CCCD: '015160001234', 'Giới tính': 'Nam', 'Ngày sinh': '1961' })).warnings).toEqual([
      'E2 list.id-sex',
      'E2 list.id-birth',
    ]);
    const { faults } = await one({ CCCD: '015160001234', 'Ngày sinh': '1961' });
    expect(faults.map(({ code, params }) => say('vi', `fault.${code}`, params))).toEqual([
      'Số CCCD cho biết năm sinh 1960, khác với cột ngày sinh. Hãy xem lại.',
    ]);
    expect((await one({ 'Số khẩu': 0 })).warnings).toEqual(['H2 list.size-none']);
    expect((await one({ 'Số khẩu': 26 })).warnings).toEqual(['H2 list.size-many']);
    const head = ['Chủ hộ', 'Thôn', 'Phân loại', 'B2', ...Array.from({ length: 12 }, (_, at) => `Thiếu hụt ${at + 1}`)];
    const marks = (count: number, ...rest: string[]) => [...Array(count).fill('x'), ...rest];
    const read = await readBack(
      await xlsx({
        rows: [
          head,
          ['A Mua', 'Tà Chử', 'N', 20, ...marks(2)],
          ['A Lử', 'Tà Chử', 'CN', 30, ...marks(4)],
          ['A Sử', 'Tà Chử', 'N', 30, ...marks(3)],
          ['A Dê', 'Tà Chử', 'N', 30, ...marks(3, '?')],
        ],
      }),
    );
    expect(read.warnings).toEqual(['C2 list.poor-few', 'C3 list.near-poor-many', 'D3 list.b2', 'H5 list.mark']);
    expect(read.households).toHaveLength(4);
    expect(read.households[3]!.indicators[3]).toBeNull();
  });

  it('with two sexes, two births, two classes, two origins', async () => {
    const rows = [
      ['Chủ hộ', 'Thôn', 'Năm sinh', null, 'Phân loại hộ', null, null, null],
      [null, null, 'Nam', 'Nữ', 'Nghèo', 'Cận nghèo', 'Tái nghèo', 'Phát sinh'],
      ['A Mua', 'Tà Chử', 1960, 1962, 'x'],
      ['A Lử', 'Tà Chử', null, 1962, 'x', 'x'],
      ['A Sử', 'Tà Chử', 'x', null, 'x', null, 'x', 'x'],
    ];
    const read = await readBack(await xlsx({ rows, merges: ['A1:A2', 'B1:B2', 'C1:D1', 'E1:H1'] }));
    expect(read.warnings).toEqual(['D3 list.sex-twice', 'D3 list.birth-twice', 'H5 list.origin-twice']);
    expect(read.errors).toEqual(['F4 list.class-twice']);
    expect(read.households.map((row) => [row.headSex, row.headBirth, row.origin])).toEqual([
      [null, null, null],
      ['male', null, 'relapsed'],
    ]);
  });
});

describe('files', () => {
  const rows = [
    ['DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025', '', '', '', ''],
    ['STT', 'Mã hộ', 'Họ và tên chủ hộ', 'Thôn', 'Phân loại hộ'],
    [1, '01', 'Giàng A Mua', 'Tấu Trên', 'Hộ nghèo'],
    [2, '02', 'Nguyễn Thị Hường', 'Tà Chử', 'Hộ cận nghèo'],
    [3, '03', 'Hoàng Thị Cần', 'Háng Thồ; Pá, "Hu"', 'Hộ mới thoát nghèo'],
  ];
  const wanted = [
    ['01', 'Giàng A Mua', 'Tấu Trên', 'poor'],
    ['02', 'Nguyễn Thị Hường', 'Tà Chử', 'near_poor'],
    ['03', 'Hoàng Thị Cần', 'Háng Thồ; Pá, "Hu"', 'newly_escaped'],
  ];
  const read = async (content: string | Buffer) =>
    (await readBack(csv(content))).households.map((row) => [row.code, row.headName, row.village, row.class]);

  it('CSV with any separator, with and without a mark of its encoding', async () => {
    for (const separator of [';', ',', '\t'])
      for (const text of [
        csvOf(rows, separator),
        `\uFEFF${csvOf(rows, separator)}`,
        csvOf(rows, separator).normalize('NFD'),
        csvOf(rows, separator).replaceAll('\r\n', '\n'),
      ])
        expect(await read(text)).toEqual(wanted);
    expect(await read(`sep=;\r\n${csvOf(rows)}`)).toEqual(wanted);
    expect(await read(Buffer.from(`\uFEFF${csvOf(rows, '\t')}`, 'utf16le'))).toEqual(wanted);
    expect(await read(csvOf(rows).replaceAll(/(?<=;)0(\d)(?=;)/gu, '="0$1"'))).toEqual(wanted);
  });

  it('in TCVN3 and VNI', async () => {
    // TCVN3 has no capitals with tones: such texts are typed in small letters.
    const small = rows.map((cells, at) =>
      at === 0 ? ['Danh sách hộ nghèo, hộ cận nghèo năm 2025', '', '', '', ''] : cells,
    );
    expect(await read(Buffer.from(encodeOld('tcvn3', csvOf(small))!, 'latin1'))).toEqual(wanted);
    expect(await read(Buffer.from(encodeOld('vni', csvOf(rows))!, 'latin1'))).toEqual(wanted);
    for (const [encoding, font] of [
      ['tcvn3', '.VnTime'],
      ['vni', 'VNI-Times'],
    ] as const) {
      const path = await xlsx({
        rows: small.map((cells) => cells.map((cell) => (typeof cell === 'string' ? encodeOld(encoding, cell)! : cell))),
        font,
      });
      expect((await readBack(path)).households.map((row) => [row.code, row.headName, row.village, row.class])).toEqual(
        wanted,
      );
    }
  });

  it('with letters that no encoding explains keep the row out', async () => {
    const path = await xlsx({
      rows: [
        ['Mã hộ', 'Chủ hộ', 'Thôn', 'Phân loại', 'Nguyên nhân', 'Ghi chú'],
        ['01', 'Ngþ×n Ð§ßÿ', 'Tà Chử', 'N', null, null],
        ['02', 'A Mua', 'Tà Chử', 'N', 'Ngþ×n Ð§ßÿ', null],
        ['03', 'A Lử', 'Tà Chử', 'Ngþ×n Ð§ßÿ', null, null],
      ],
    });
    const result = await readBack(path);
    expect(result.errors).toEqual(['B2 list.unreadable', 'E3 list.unreadable', 'D4 list.unreadable']);
    expect(result.households).toEqual([]);
  });
});

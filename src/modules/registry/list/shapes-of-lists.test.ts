import { describe, expect, it } from 'vitest';
import { missingFields } from './index.ts';
import { type Read, readBack, xlsx } from './test-files.ts';

const missing = (read: Read): string[] => missingFields(read.shape.sheets[0]!);
const said = (read: Read) => read.households.map((row) => [row.headName, row.village, row.class]);

describe('classes and villages in lines of their own', () => {
  const body = [
    ['A', 'HỘ NGHÈO'],
    [1, 'Mùa A Bê', 1970, 'Thôn Nương Cao', 3],
    ['B', 'HỘ CẬN NGHÈO'],
    [1, 'Mùa A Xê', 1971, 'Thôn Nương Cao', 3],
    ['C', 'Hộ mới thoát nghèo năm 2025'],
    [1, 'Mùa A Dê', 1972, 'Thôn Nương Cao', 3],
  ];

  it('a list of sections lacks no column of classes', async () => {
    const head = ['STT', 'Họ và tên chủ hộ', 'Năm sinh', 'Thôn', 'Số khẩu', 'Ghi chú'];
    for (const title of ['DANH SÁCH HỘ NGHÈO, CẬN NGHÈO NĂM 2025', 'DANH SÁCH HỘ NGHÈO NĂM 2025']) {
      const read = await readBack(await xlsx({ rows: [[title], [], head, ...body] }));
      expect([missing(read), read.errors]).toEqual([[], []]);
      expect(said(read).map(([, , standing]) => standing)).toEqual(['poor', 'near_poor', 'newly_escaped']);
    }
  });

  it('villages too; a household above the first line still says what it lacks', async () => {
    const head = ['STT', 'Họ và tên chủ hộ', 'Năm sinh', 'Số khẩu', 'Diện hộ'];
    const household = (name: string) => [1, name, 1970, 3, 'N'];
    const read = await readBack(
      await xlsx({ rows: [head, household('A Sớm'), ['I', 'Thôn Tà Chử'], household('A Mua'), ['II', 'Bản Mù'], household('A Dê')] }),
    ); // biome-ignore format: rows
    expect([missing(read), read.errors]).toEqual([[], ['2 list.no-village']]);
    expect(said(read).map(([, village]) => village)).toEqual(['Thôn Tà Chử', 'Bản Mù']);
  });

  it('without any, the mapping lacks them', async () => {
    const read = await readBack(
      await xlsx({ rows: [['STT', 'Họ và tên chủ hộ', 'Năm sinh', 'Số khẩu'], [1, 'Mùa A Bê', 1970, 3]] }),
    ); // biome-ignore format: rows
    expect(missing(read)).toEqual(['headName', 'class', 'village'].slice(1));
    const titled = await readBack(
      await xlsx({ rows: [['HỘ NGHÈO THÔN TÀ CHỬ'], ['Thôn: Tà Chử'], ['STT', 'Họ và tên chủ hộ', 'Năm sinh', 'Số khẩu'], [1, 'Mùa A Bê', 1970, 3]] }),
    ); // biome-ignore format: rows
    expect([missing(titled), said(titled)]).toEqual([[], [['Mùa A Bê', 'Thôn Tà Chử', 'poor']]]);
  });
});

describe('the village of a household', () => {
  it.each([
    ['Thôn Nương Cao, xã Hạnh Phúc', 'Thôn Nương Cao', 'xã Hạnh Phúc'],
    ['Nương Cao - xã Hạnh Phúc - tỉnh Lào Cai', 'Nương Cao', 'xã Hạnh Phúc'],
    ['Bản Mù, Xã Pá Hu, huyện Trạm Tấu', 'Bản Mù', 'Xã Pá Hu'],
    ['Tổ 3, phường Nghĩa Lộ', 'Tổ 3', 'phường Nghĩa Lộ'],
    ['Thon Nuong Cao, xa Hanh Phuc', 'Thon Nuong Cao', 'xa Hanh Phuc'],
    ['Thôn Nương-Cao', 'Thôn Nương-Cao', null],
    ['Thôn Xã Hồ', 'Thôn Xã Hồ', null],
  ])('%s', async (typed, village, commune) => {
    const rows = [['Chủ hộ', 'Nơi ở hiện nay', 'Diện hộ'], ['Lò Văn Chủ', typed, 'N']]; // biome-ignore format: rows
    expect((await readBack(await xlsx({ rows }))).households).toMatchObject([{ village, commune }]);
  });

  it('keeps the commune of a column of its own', async () => {
    const rows = [['Chủ hộ', 'Thôn', 'Xã', 'Diện hộ'], ['Lò Văn Chủ', 'Bản Mù, xã Pá Hu', 'Phình Hồ', 'N']]; // biome-ignore format: rows
    expect((await readBack(await xlsx({ rows }))).households).toMatchObject([
      { village: 'Bản Mù', commune: 'Phình Hồ' },
    ]);
  });
});

it('a class that is a formula without a result says so', async () => {
  const rows = [['Chủ hộ', 'Thôn', 'Phân loại hộ'], ['Hảng A Dê', 'Tà Chử', { formula: '"Hộ "&"nghèo"' }]]; // biome-ignore format: rows
  expect((await readBack(await xlsx({ rows }))).errors).toEqual(['C2 list.no-result']);
});

describe('members below their heads in one sheet', () => {
  const head = ['STT hộ', 'STT khẩu', 'Họ và tên', 'Quan hệ với chủ hộ', 'Ngày sinh', 'Thôn', 'Phân loại hộ'];

  it('with a code are read as households and members', async () => {
    const read = await readBack(
      await xlsx({
        rows: [
          ['Mã hộ', ...head],
          ['H-1', 1, 1, 'Giàng A Lềnh', 'Chủ hộ', '01/01/1980', 'Mái Đá', 'Hộ nghèo'],
          [null, null, 2, 'Mùa Thị Say', 'Vợ', '02/03/1982', 'Mái Đá', null],
          ['H-1', null, 3, 'Giàng Thị Của', 'Con', 2010, 'Mái Đá', 'Hộ nghèo'],
          ['H-2', 2, 1, 'Lù Thị Dua', 'chủ hộ', 1975, 'Mái Đá', 'Cận nghèo'],
          ['Tổng cộng', null, null, '4 khẩu'],
        ],
      }),
    );
    expect([missing(read), read.errors]).toEqual([[], []]);
    expect(said(read)).toEqual([
      ['Giàng A Lềnh', 'Mái Đá', 'poor'],
      ['Lù Thị Dua', 'Mái Đá', 'near_poor'],
    ]);
    expect(read.members.map(({ householdCode, name, relation }) => [householdCode, name, relation])).toEqual([
      ['H-1', 'Giàng A Lềnh', 'Chủ hộ'],
      ['H-1', 'Mùa Thị Say', 'Vợ'],
      ['H-1', 'Giàng Thị Của', 'Con'],
      ['H-2', 'Lù Thị Dua', 'chủ hộ'],
    ]);
    expect(read.leftOut).toEqual(['6 total']);
  });

  it('without a code only the heads are read, and every other row says why', async () => {
    for (const again of [null, 'Hộ nghèo']) {
      const read = await readBack(
        await xlsx({
          rows: [
            head,
            [1, 1, 'Giàng A Lềnh', 'Chủ hộ', '01/01/1980', 'Mái Đá', 'Hộ nghèo'],
            [again && 1, 2, 'Mùa Thị Say', 'Vợ', '02/03/1982', 'Mái Đá', again],
            [again && 1, 3, 'Giàng Thị Của', null, 2010, 'Mái Đá', again],
          ],
        }),
      );
      expect([read.errors, said(read)]).toEqual([['D4 list.no-relation'], [['Giàng A Lềnh', 'Mái Đá', 'poor']]]);
      expect(read.warnings).toEqual(['D3 list.member-without-code']);
      expect(read.leftOut).toEqual(['3 member']);
    }
  });

  it('beside a sheet of households such a sheet is one of members', async () => {
    const read = await readBack(
      await xlsx(
        { rows: [['Mã hộ', 'Chủ hộ', 'Thôn', 'Phân loại'], ['H-1', 'Giàng A Lềnh', 'Mái Đá', 'N']] },
        { rows: [['Mã hộ', ...head], ['H-1', 1, 1, 'Giàng A Lềnh', 'Chủ hộ', 1980, 'Mái Đá', 'Hộ nghèo']] },
      ),
    ); // biome-ignore format: rows
    expect(read.shape.sheets.map(({ role }) => role)).toEqual(['households', 'members']);
    expect([read.households.length, read.members.length]).toEqual([1, 1]);
  });
});

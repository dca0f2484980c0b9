import { expect, it } from 'vitest';
import { readBack, xlsx } from './test-files.ts';

const HEAD = ['STT', 'Mã hộ', 'Họ và tên chủ hộ', 'Ngày sinh', 'Giới tính', 'CCCD', 'Dân tộc', 'Thôn', 'Số khẩu', 'Phân loại hộ', 'Điện thoại']; // biome-ignore format: headings
const one = [1, 'HB-1', 'Giàng Thị Ánh', '1970', 'Nữ', null, 'Mông', 'Thôn Hoa Ban', 4, 'Hộ nghèo', '0912345101'];
const outcome = async (...rows: (string | number | null)[][]) => {
  const read = await readBack(await xlsx({ rows: [HEAD, one, ...rows] }));
  return { households: read.households.length, leftOut: read.leftOut, faults: read.faults.map(({ code }) => code) };
};
const under = (name: string | null, people: string | null, last: string | null = null) => [
  null, null, name, null, null, null, people, null, null, last,
]; // biome-ignore format: a row

it('signatures under the columns of the list are no households', async () => {
  expect(
    await outcome(
      [null, null, 'Cộng', null, null, null, null, null, 4],
      [null, null, 'Trong đó: hộ nghèo: 1 hộ'],
      [null, null, 'Hộ cận nghèo: 0 hộ'],
      ['Danh sách có 01 hộ./.'],
      [],
      under('TRƯỞNG THÔN', 'CÁN BỘ GIẢM NGHÈO', 'CHỦ TỊCH UBND XÃ'),
      under('(Ký, ghi rõ họ tên)', '(Ký, ghi rõ họ tên)', '(Ký tên, đóng dấu)'),
      under('Vàng A Tủa', 'Lò Thị Hoa', 'Giàng A Páo'),
    ),
  ).toEqual({
    households: 1,
    leftOut: ['3 total', '4 remark', '5 group', '6 remark', '8 signature', '9 signature', '10 signature'],
    faults: [],
  });
});

it('names of signers alone, below empty numbered lines, are no household either', async () => {
  const lines = [2, 3, 4].map((number) => [number]);
  const remarks = ['3 remark', '4 remark', '5 remark'];
  for (const names of [
    under('Vàng A Tủa', 'Lò Thị Hoa', 'Giàng A Páo'),
    under('Vàng A Tủa', 'Lò Thị Hoa'),
    under(null, 'Lò Thị Hoa', 'Giàng A Páo'),
    under('VÀNG A TỦA', 'Lò Thị Hoa'),
  ])
    expect(await outcome(...lines, names)).toEqual({ households: 1, leftOut: [...remarks, '6 signature'], faults: [] });
});

it('a household that says little of itself stays one', async () => {
  const row = (people: string | null, village: string | null, standing: string | null, number: number | null = null) => [
    number, null, 'Vàng A Tủa', null, null, null, people, village, null, standing,
  ]; // biome-ignore format: a row
  expect(await outcome(row('Mông', 'Hoa Ban', 'N'))).toMatchObject({ households: 2, leftOut: [] });
  // With something wrong it is told, never left out.
  for (const doubtful of [
    row('Mông', null, 'N'),
    row('Hà Nhì', 'Hoa Ban', null),
    row('Thái', null, 'Nghèo Lắm'),
    row('La Hủ Đen', 'Hoa Ban', null),
    row('Lò Thị Hoa', null, 'Giàng A Páo', 7),
  ]) {
    const { leftOut, faults } = await outcome(doubtful);
    expect([leftOut, faults.length > 0]).toEqual([[], true]);
  }
});

import { expect, it } from 'vitest';
import { csv, csvOf, readBack, xlsx } from './test-files.ts';

const HEAD = ['STT', 'Mã hộ', 'Họ và tên chủ hộ', 'Dân tộc', 'Thôn', 'Phân loại hộ', 'Ghi chú'];
const row = (name: string | number, more: Partial<Record<'people' | 'village' | 'class' | 'notes', string>> = {}) => [
  1, 'H-1', name, more.people ?? 'Mông', more.village ?? 'Tà Chử', more.class ?? 'Hộ nghèo', more.notes ?? null,
]; // biome-ignore format: a row

it.each([
  ['question marks for letters', 'Nguy?n Th? H??ng', 'list.letters-lost'],
  ['a mark of replacement', 'Nguy\uFFFDn V\uFFFDn A', 'list.unreadable'],
  ['bytes for letters', 'Nguyá»…n Thá»‹ HÆ°á»ng', 'list.unreadable'],
  ['a number', '12345', 'list.not-a-name'],
  ['a number typed as one', 12345, 'list.not-a-name'],
  ['a formula as a text', '=HYPERLINK("x")', 'list.not-a-name'],
  ['one letter', 'x', 'list.not-a-name'],
])('%s is no name of a head', async (_, name, code) => {
  for (const path of [await xlsx({ rows: [HEAD, row(name), row('Giàng A Mua')] }), csv(csvOf([HEAD, row(name)]))]) {
    const read = await readBack(path);
    expect(read.errors).toEqual([`C2 ${code}`]);
    expect(read.households.map(({ headName }) => headName)).not.toContain(String(name));
  }
});

it('names as people write them are names', async () => {
  const names = ['Lý Ý', 'Nguyễn Văn A 2', 'Tráng A Mười (đã mất)', "H'Mai Niê", 'Y-Thu', 'GIÀNG A MUA', 'Giang A Mua'];
  const read = await readBack(await xlsx({ rows: [HEAD, ...names.map((name) => row(name))] }));
  expect([read.errors, read.households.map(({ headName }) => headName)]).toEqual([[], names]);
});

it('a village, a class, a member with lost letters is an error, a remark only loses itself', async () => {
  const read = await readBack(
    await xlsx(
      {
        rows: [
          HEAD,
          row('Giàng A Mua', { village: 'Thôn Ru?ng Tr?i' }),
          row('Giàng A Lử', { class: 'H? nghèo' }),
          row('Giàng A Sử', { people: 'M?ng', notes: 'ch?ng m?t' }),
          row('Giàng A Dê', { notes: 'đã đi làm xa?' }),
          row('Giàng A Páo', { notes: 'm\uFFFDt' }),
        ],
      },
      { name: 'TV', rows: [['Mã hộ', 'Họ và tên', 'Quan hệ với chủ hộ'], ['H-1', 'Mùa Th? Say', 'Vợ'], ['H-1', '7', 'Con']] },
    ),
  ); // biome-ignore format: rows
  expect(read.errors).toEqual([
    'E2 list.letters-lost',
    'F3 list.class',
    'G6 list.unreadable',
    'B2 list.letters-lost',
    'B3 list.not-a-name',
  ]);
  expect(read.warnings).toEqual(['D4 list.letters-lost', 'G4 list.letters-lost']);
  expect(read.households.map(({ headName, ethnicity, notes }) => [headName, ethnicity, notes])).toEqual([
    ['Giàng A Sử', null, null],
    ['Giàng A Dê', 'Mông', 'đã đi làm xa?'],
  ]);
});

import { expect, it } from 'vitest';
import { legible } from './legible.ts';
import { encodeOld } from './old-encodings.ts';
import type { Cell, SheetRow } from './sheet.ts';

const cell = (text: string, font?: string): Cell => ({ value: text, text, kind: 'text', ...(font && { font }) });

/** Texts as they come out, unreadable ones in brackets. */
const read = async (...rows: (string | Cell)[][]): Promise<string[][]> => {
  async function* source(): AsyncGenerator<SheetRow> {
    for (const [at, cells] of rows.entries())
      yield {
        number: at + 1,
        hidden: false,
        cells: cells.map((typed) => (typeof typed === 'string' ? cell(typed) : typed)),
      };
  }
  const out: string[][] = [];
  for await (const { cells } of legible(source()))
    out.push(cells.map(({ text, unreadable }) => (unreadable ? `[${text}]` : text)));
  return out;
};
const old = (text: string): string => encodeOld('tcvn3', text)!;
const HEAD = ['Họ và tên chủ hộ', 'Thôn'];

it('one name pasted in TCVN3 does not make the rest of a Unicode list TCVN3', async () => {
  const rows = [HEAD, ['Mùa Thị Dợ', 'Thôn Nương Cao'], [old('Nguyễn Văn Bốn'), 'Thôn Nương Cao'], ['Lò A Páo', 'Thôn Nương Cao']]; // biome-ignore format: rows
  expect(await read(...rows)).toEqual([
    HEAD,
    ['Mùa Thị Dợ', 'Thôn Nương Cao'],
    ['Nguyễn Văn Bốn', 'Thôn Nương Cao'],
    ['Lò A Páo', 'Thôn Nương Cao'],
  ]);
});

it('a list wholly in TCVN3 without its fonts is read, short columns too', async () => {
  const rows = [
    ['Họ và tên chủ hộ', 'Thôn', 'Dân tộc'],
    ['Nguyễn Văn Bốn', 'Nương Cao', 'Thái'],
    ['Trần Thị Hường', 'Nương Cao', 'Mông'],
  ];
  expect(await read(...rows.map((cells) => cells.map(old)))).toEqual(rows);
});

it('what reads both ways in a column of both kinds is as it stands among Unicode, and nothing among TCVN3', async () => {
  const among = async (...names: string[]) =>
    (await read(HEAD, ...names.map((name) => [name, 'Thôn Nương Cao']))).slice(1).map(([name]) => name);
  expect(await among(old('Nguyễn Văn Bốn'), 'Lô A Ké', 'Phạm Thị Ngọc', 'Mùa Thị Dợ')).toEqual([
    'Nguyễn Văn Bốn',
    'Lô A Ké',
    'Phạm Thị Ngọc',
    'Mùa Thị Dợ',
  ]);
  expect(await among(old('Nguyễn Văn Bốn'), old('Trần Thị Nga'), 'Lô A Ké', 'Phạm Thị Ngọc')).toEqual([
    'Nguyễn Văn Bốn',
    'Trần Thị Nga',
    '[Lô A Ké]',
    'Phạm Thị Ngọc',
  ]);
});

it('letters that are gone, or that are the bytes of other letters, are not taken', async () => {
  expect(await read(HEAD, ['Nguy\uFFFDn V\uFFFDn A', 'Th\uFFFDn'])).toEqual([
    HEAD,
    ['[Nguy\uFFFDn V\uFFFDn A]', '[Th\uFFFDn]'],
  ]);
  expect(await read(HEAD, ['Nguyá»…n Thá»‹ HÆ°á»ng', 'TÃ  Chá»­'], ['Giàng Thá»™', 'Äáº·ng VÄƒn'])).toEqual([
    HEAD,
    ['[Nguyá»…n Thá»‹ HÆ°á»ng]', '[TÃ  Chá»­]'],
    ['[Giàng Thá»™]', '[Äáº·ng VÄƒn]'],
  ]);
});

it('Ð that was typed for Đ is a letter of Vietnamese', async () => {
  expect(await read(HEAD, ['Ðinh Văn Ðô', 'Ðồi'], ['Ðinh', 'Thôn'])).toEqual([
    HEAD,
    ['Ðinh Văn Ðô', 'Ðồi'],
    ['Ðinh', 'Thôn'],
  ]);
});

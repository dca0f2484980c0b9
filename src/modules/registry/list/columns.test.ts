import { describe, expect, it } from 'vitest';
import { csv, csvOf, fieldsRead, type Read, readBack, xlsx } from './test-files.ts';

const NAME = 'Họ và tên chủ hộ';
const classes = (read: Read) => read.households.map((row) => row.class);
/** "G1 list.column-twice F" */
const doubts = (read: Read): string[] =>
  read.faults.map(({ cell, code, params }) => [cell, code, params.taken].filter(Boolean).join(' '));

describe('of two columns for one thing', () => {
  const list = async (first: string, second: string, asOf?: string) => {
    const rows = [
      ['STT', NAME, 'Thôn', first, 'Ghi chú', second],
      [1, 'Giàng A Mua', 'Tà Chử', 'Hộ nghèo', null, 'Hộ cận nghèo'],
    ];
    const read = await readBack(await xlsx({ rows }), asOf);
    return [...classes(read), ...doubts(read)];
  };

  it('that of the review is taken, and the report says so', async () => {
    const second = ['near_poor', 'D1 list.column-twice F'];
    const first = ['poor', 'F1 list.column-twice D'];
    expect(await list('Phân loại hộ năm 2024', 'Phân loại hộ năm 2025')).toEqual(second);
    expect(await list('Phân loại hộ năm 2025', 'Phân loại hộ năm 2024')).toEqual(first);
    expect(await list('Phân loại hộ năm 2024', 'Phân loại hộ năm 2025', '2024-12-14')).toEqual(first);
    expect(await list('Phân loại hộ năm 2024', 'Phân loại hộ năm 2025', '2026-01-15')).toEqual(second);
    expect(await list('Phân loại hộ năm 2024', 'Phân loại hộ')).toEqual(second);
    expect(await list('Kết quả rà soát đầu năm', 'Kết quả rà soát cuối năm')).toEqual(second);
    expect(await list('Kết quả rà soát cuối năm', 'Kết quả rà soát đầu năm')).toEqual(first);
    expect(await list('Phân loại cũ', 'Phân loại mới')).toEqual(second);
    expect(await list('Phân loại hộ', 'Kết quả rà soát')).toEqual(second);
  });

  it('marks under a year go before words of another, either way', async () => {
    const rows = [
      [NAME, 'Thôn', 'Phân loại năm 2024', 'Phân loại năm 2025', null],
      [null, null, null, 'Hộ nghèo', 'Hộ cận nghèo'],
      ['Giàng A Mua', 'Tà Chử', 'Hộ nghèo', null, 'x'],
    ];
    const sheet = { rows, merges: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:E1'] };
    expect(classes(await readBack(await xlsx(sheet)))).toEqual(['near_poor']);
    const before = await readBack(await xlsx(sheet), '2024-12-14');
    expect([classes(before), doubts(before)]).toEqual([['poor'], ['D2 list.column-twice C', 'E2 list.column-twice C']]);
  });

  it('under one heading merged over both the first is meant', async () => {
    const rows = [
      ['STT', NAME, 'Thôn', 'Hộ nghèo', null, 'Hộ cận nghèo', null],
      [1, 'Khang A Một', 'Tà Chử', 1, 4, null, null],
      [2, 'Khang A Hai', 'Tà Chử', null, null, 1, 5],
    ];
    const read = await readBack(await xlsx({ rows, merges: ['D1:E1', 'F1:G1'] }));
    expect([classes(read), doubts(read)]).toEqual([
      ['poor', 'near_poor'],
      ['E1 list.column-twice D', 'G1 list.column-twice F'],
    ]);
  });

  it('of a person the first, for the second is of another person; of numbers the new one', async () => {
    const rows = [
      [NAME, 'Năm sinh', 'Số CMND cũ', 'Số CCCD mới', 'Thôn', 'Phân loại', 'Năm sinh', 'Số điện thoại', 'Số điện thoại'],
      ['Tráng A Hai', 1970, '060123456', '015070004444', 'Tà Chử', 'N', 1999, '0912345678', '0912345679'],
    ]; // biome-ignore format: rows
    const read = await readBack(await xlsx({ rows }));
    expect(read.households).toMatchObject([
      { headBirth: { date: '1970-01-01' }, headIdNumber: '015070004444', phones: ['+84912345678'] },
    ]);
    expect(doubts(read)).toEqual(['C1 list.column-twice D', 'G1 list.column-twice B', 'I1 list.column-twice H']);
    const other = rows.map((cells) => cells.with(2, cells[3]!).with(3, cells[2]!));
    expect((await readBack(await xlsx({ rows: other }))).households[0]!.headIdNumber).toBe('015070004444');
  });
});

describe('a name in two columns is one name', () => {
  const people = [
    ['Giàng A', 'Tráng'],
    ['Lù', 'Pó'],
  ];
  const wanted = ['Giàng A Tráng', 'Lù Pó'];
  const names = (read: Read) => [read.errors, read.households.map(({ headName }) => headName)];
  const body = people.map(([family, given], at) => [at + 1, family!, given!, 1980 + at, 'Tà Chử', 'Nghèo']);

  it.each([
    ['Họ và chữ đệm', 'Tên'],
    ['Họ đệm', 'Tên chủ hộ'],
    ['Họ và tên đệm', 'Tên'],
    ['Họ lót', 'TÊN'],
    ['Họ', 'Tên'],
    ['Họ, chữ đệm của chủ hộ', 'Tên chủ hộ'],
  ])('%s | %s', async (family, given) => {
    const rows = [['STT', family, given, 'Năm sinh', 'Thôn', 'Diện hộ'], ...body];
    for (const path of [await xlsx({ rows }), csv(csvOf(rows))]) {
      const read = await readBack(path);
      expect(fieldsRead(read)).toEqual([null, 'headName', 'headGiven', 'birth', 'village', 'class']);
      expect(names(read)).toEqual([[], wanted]);
    }
  });

  it('under one heading merged over both, or with headings of their own below it', async () => {
    const head = ['STT', NAME, null, 'Năm sinh', 'Thôn', 'Diện hộ'];
    const merged = await readBack(await xlsx({ rows: [['DANH SÁCH HỘ NGHÈO'], head, ...body], merges: ['B2:C2'] }));
    expect(names(merged)).toEqual([[], wanted]);
    const below = await readBack(
      await xlsx({
        rows: [head, [null, 'Họ đệm', 'Tên', null, null, null], ...body],
        merges: ['A1:A2', 'B1:C1', 'D1:D2', 'E1:E2', 'F1:F2'],
      }),
    );
    expect(names(below)).toEqual([[], wanted]);
  });

  it('but not when the cells below are merged too, or the second column is empty', async () => {
    const head = ['STT', NAME, null, 'Năm sinh', 'Thôn', 'Diện hộ'];
    const whole = wanted.map((name, at) => [at + 1, name, null, 1980, 'Tà Chử', 'Nghèo']);
    for (const merges of [['B1:C1', 'B2:C2', 'B3:C3'], ['B1:C1']])
      expect(names(await readBack(await xlsx({ rows: [head, ...whole], merges })))).toEqual([[], wanted]);
  });

  it('of members too', async () => {
    const read = await readBack(
      await xlsx(
        { rows: [['Mã hộ', NAME, 'Thôn', 'Phân loại'], ['H-1', 'Giàng A Mua', 'Tà Chử', 'N']] },
        { rows: [['Mã hộ', 'Họ đệm', 'Tên', 'Quan hệ với chủ hộ'], ['H-1', 'Mùa Thị', 'Say', 'Vợ']] },
      ),
    ); // biome-ignore format: rows
    expect(read.members.map(({ name }) => name)).toEqual(['Mùa Thị Say']);
  });

  it('a filled column without a heading beside the names is told', async () => {
    const rows = [['STT', NAME, '', 'Năm sinh', 'Thôn', 'Diện hộ'], ...body];
    const read = await readBack(csv(csvOf(rows)));
    expect(doubts(read)).toEqual(['C1 list.column-unheaded']);
    expect(read.faults[0]!.params).toEqual({ sample: 'Tráng' });
  });

  it('a column of households called "Hộ" is no part of a name', async () => {
    const rows = [['Hộ', 'Tên', 'Năm sinh', 'Thôn', 'Diện hộ'], [1, 'Giàng A Mua', 1970, 'Tà Chử', 'N']]; // biome-ignore format: rows
    expect(names(await readBack(await xlsx({ rows })))).toEqual([[], ['Giàng A Mua']]);
  });
});

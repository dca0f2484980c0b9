import { expect, it } from 'vitest';
import { openSheets } from '../../../platform/sheets/index.ts';
import { recogniseList } from './index.ts';
import { xlsx } from './test-files.ts';

it('samples show what a column is, and of long numbers no more than the last four digits', async () => {
  const path = await xlsx({
    rows: [
      ['TT', 'Mã hộ', 'Họ và tên chủ hộ', 'Ngày sinh', 'Số CCCD', 'Thôn', 'Phân loại hộ', 'Ghi chú'],
      [1, '04603.01', 'Giàng A Thử', '02/03/1980', '015080001234', 'Thôn Một', 'Hộ nghèo', 'vợ: CMND 060 123 456.'],
      [2, '04603.02', 'Mùa Thị Dê', '30/11/1975', '060987654', 'Thôn Hai', 'Hộ nghèo', 'ĐT 0912.345.678'],
    ],
  });
  const { sheets } = await recogniseList(await openSheets(path), 2025);
  const samples = sheets[0]!.columns.map((column) => column.samples);
  expect(samples.slice(1)).toEqual([
    ['04603.01', '04603.02'],
    ['Giàng A Thử', 'Mùa Thị Dê'],
    ['02/03/1980', '30/11/1975'],
    ['•••• 1234', '•••• 7654'],
    ['Thôn Một', 'Thôn Hai'],
    ['Hộ nghèo'],
    ['vợ: CMND •••• 3456.', 'ĐT •••• 5678'],
  ]);
});

import { expect, it } from 'vitest';
import { byName } from './order.ts';

it('names stand in the order of Vietnamese readers: by number, and Đ after D', () => {
  const names = ['Thôn 10', 'Đồi Mây', 'Thôn 2', 'Giang Cao', 'Ấp Thượng', 'Dốc Lim', 'Bản Mù', 'thôn 1'];
  expect(names.sort(byName)).toEqual([
    ...['Ấp Thượng', 'Bản Mù', 'Dốc Lim', 'Đồi Mây', 'Giang Cao', 'thôn 1', 'Thôn 2', 'Thôn 10'],
  ]);
});

it('names that read alike stand in one order, however they came', () => {
  expect(['Thôn 1', 'Thôn 01'].sort(byName)).toEqual(['Thôn 01', 'Thôn 1']);
  expect(['Thôn 01', 'Thôn 1'].sort(byName)).toEqual(['Thôn 01', 'Thôn 1']);
  expect(byName('Bản Mù', 'Bản Mù')).toBe(0);
});

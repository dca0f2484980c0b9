import { describe, expect, it } from 'vitest';
import { barePlace, foldPlace, fullName, sameName } from './place.ts';

describe('the full name of a place', () => {
  it.each([
    ['xã', 'Xà Hồ', 'xã Xà Hồ'],
    ['xã', 'Xã Lở', 'Xã Lở'],
    ['xã', 'Bản Mù', 'xã Bản Mù'],
    ['bản', 'Bán Công', 'bản Bán Công'],
    ['bản', 'Bản Công', 'Bản Công'],
    ['thôn', 'thôn 1', 'thôn 1'],
    ['phường', '1', 'phường 1'],
  ])('%s, %s: %s', (unitType, name, full) => {
    expect(fullName(unitType, name)).toBe(full);
  });
});

describe('a shortened unit word', () => {
  it.each([
    ['P. Bến Nghé', 'phuong ben nghe', 'ben nghe'],
    ['Q.Hoàn Kiếm', 'quan hoan kiem', 'hoan kiem'],
    ['TX. Nghĩa Lộ', 'thi xa nghia lo', 'nghia lo'],
    ['X. Pá Hu', 'xa pa hu', 'pa hu'],
    ['P. 1', 'phuong 1', '1'],
    // Not a unit word: a name may begin with the letter.
    ['Phình Hồ', 'phinh ho', 'phinh ho'],
    ['P', 'p', 'p'],
  ])('%s', (text, folded, bare) => {
    expect([foldPlace(text), barePlace(text)]).toEqual([folded, bare]);
  });

  it('is the same name as the whole word', () => {
    expect(sameName('P. Bến Nghé', 'Phường Bến Nghé')).toBe(true);
    expect(sameName('P. Bến Nghé', 'Phường Bến Thành')).toBe(false);
  });
});

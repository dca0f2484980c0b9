import { expect, it } from 'vitest';
import { placesText, shortPlaces } from './short-places.ts';

it('says a commune once where all lie in one', () => {
  const places = ['thôn Một, xã Mẫu', 'thôn Hai, xã Mẫu', ''];
  expect(places.map(shortPlaces(places))).toEqual(['Thôn Một', 'Thôn Hai', '']);
  expect(placesText(['thôn Một, xã Mẫu', 'bản Cao, xã Mẫu'])).toBe('Thôn Một, Bản Cao, xã Mẫu');
});

it('keeps every name whole where they lie in several', () => {
  const several = ['thôn Một, xã Mẫu', 'thôn Một, xã Khác'];
  expect(several.map(shortPlaces(several))).toEqual(['Thôn Một, xã Mẫu', 'Thôn Một, xã Khác']);
  expect(placesText(several)).toBe('Thôn Một, xã Mẫu; Thôn Một, xã Khác');
  expect(placesText(['thôn Một, xã Mẫu'])).toBe('Thôn Một, xã Mẫu');
  expect(placesText(['xã Mẫu', 'xã Khác'])).toBe('Xã Mẫu; Xã Khác');
  expect(placesText([])).toBe('');
});

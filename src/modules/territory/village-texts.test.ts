import { describe, expect, it } from 'vitest';
import { barePlace, distance, foldPlace, fullName, type PlaceVersion, searchKeys } from './place.ts';
import { matchVillages } from './village-texts.ts';

const village = (placeId: string, name: string, unitType = 'thôn', otherNames: string[] = []): PlaceVersion => ({
  placeId,
  validFrom: '2025-07-01',
  validTo: null,
  name,
  otherNames,
  kind: 'village',
  unitType,
  officialCode: null,
  parentId: null,
  urban: false,
});

const villages = [
  village('mu', 'Bản Mù', 'bản'),
  village('khau-ly', 'Khấu Ly'),
  village('one', 'Thôn 1'),
  village('ten', 'Thôn 10'),
  village('street-2', 'Tổ dân phố 2', 'tổ dân phố'),
  village('luu', 'Lừu 2', 'bản', ['Lìu 2']),
  village('da', 'Đề Chơ'),
];

const match = (text: string) => matchVillages(villages, [text]).get(text);

describe('the village of a text', () => {
  it.each([
    ['Bản Mù', 'mu'],
    ['ban mu', 'mu'],
    ['BẢN  MÙ', 'mu'],
    ['Ba\u0309n Mu\u0300', 'mu'],
    ['Thôn Bản Mù', 'mu'],
    ['thôn Mù', 'mu'],
    ['Mù', 'mu'],
    ['Khấu Ly', 'khau-ly'],
    ['Thôn Khấu Ly', 'khau-ly'],
    ['bản khau ly', 'khau-ly'],
    ['Thôn 1', 'one'],
    ['Thôn 01', 'one'],
    ['thôn số 1', 'one'],
    ['1', 'one'],
    ['Bản 1', 'one'],
    ['Thôn 10', 'ten'],
    ['Tổ dân phố 2', 'street-2'],
    ['Tổ dân phố số 02', 'street-2'],
    ['TDP 2', 'street-2'],
    ['Tổ 2', 'street-2'],
    ['Lìu 2', 'luu'],
    ['Bản Lừu 2', 'luu'],
    ['de cho', 'da'],
  ])('%j', (text, placeId) => {
    expect(match(text)).toEqual({ placeId });
  });

  it('is not guessed when several fit', () => {
    const several = [village('a', 'Bản Lềnh', 'bản'), village('b', 'Làng Lềnh', 'làng')];
    expect(matchVillages(several, ['Bản Lềnh', 'Lềnh'])).toEqual(
      new Map([
        ['Bản Lềnh', { placeId: 'a' }],
        ['Lềnh', { placeId: null, why: 'several', nearest: ['Bản Lềnh', 'Làng Lềnh'] }],
      ]),
    );
  });

  it('is not guessed from a name that is nearly right: the nearest are told', () => {
    expect(match('Khấu Li')).toEqual({ placeId: null, why: 'none', nearest: ['Khấu Ly'] });
    expect(match('Thôn Sơn Lâm Thượng')).toEqual({ placeId: null, why: 'none', nearest: [] });
    expect(match('')).toMatchObject({ placeId: null, why: 'none' });
  });
});

describe('names of places', () => {
  it('fold diacritics, case, đ, leading zeros and "số"', () => {
    expect(foldPlace(' Tổ dân phố số 007, Đắk  Đoa')).toBe('to dan pho 7 dak doa');
    expect(foldPlace('Phường 10')).toBe('phuong 10');
    expect(foldPlace('Số Không')).toBe('so khong');
  });

  it('lose their unit word, but not their only word', () => {
    expect(['Thôn Khấu Ly', 'TT Trạm Tấu', 'tp. Huế', 'Đặc khu Côn Đảo', 'Bản'].map(barePlace)).toEqual([
      'khau ly',
      'tram tau',
      'hue',
      'con dao',
      'ban',
    ]);
  });

  it('are written with their unit word once', () => {
    expect(fullName('xã', 'Bản Mù')).toBe('xã Bản Mù');
    expect(fullName('thôn', 'Thôn 1')).toBe('Thôn 1');
    expect(fullName('bản', 'Bản Mù')).toBe('Bản Mù');
  });

  it('are looked for by every way of writing them, the plainest first', () => {
    expect(Object.fromEntries(searchKeys({ name: 'Bản Mù', otherNames: ['Mù Cao'], unitType: 'xã' }))).toEqual({
      'ban mu': 0,
      'xa mu': 1,
      'xa ban mu': 1,
      mu: 1,
      'mu cao': 2,
      'xa mu cao': 2,
      cao: 3,
    });
  });

  it('are as far apart as letters must change', () => {
    expect([distance('', ''), distance('', 'abc'), distance('khau ly', 'khau li'), distance('luu', 'liu')]).toEqual([
      0, 3, 1, 1,
    ]);
  });
});

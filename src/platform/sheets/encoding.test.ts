import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessEightBit } from './encoding.ts';
import { decodeOld, encodeOld } from './old-encodings.ts';
import { isSyllable, plausibility } from './vietnamese.ts';

const SMALL = [...'áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ'];
const PLAIN = [...'abcdeghiklmnopqrstuvxy 0123456789'];
const NAMES =
  'Giàng A Mua, Sùng Thị Dủ, Lò Văn Quyết, Hoàng Thị Cần, Thào A Tủa, Nguyễn Thị Hường, Vàng A Sử, xã Phình Hồ';

const bytes = (latin: string): Uint8Array => Buffer.from(latin, 'latin1');

describe('old encodings', () => {
  it('reads the letters that are known from print', () => {
    expect(decodeOld('tcvn3', 'NguyÔn ThÞ H\u00ADêng')).toBe('Nguyễn Thị Hường');
    expect(decodeOld('tcvn3', 'Céng hoµ x· héi chñ nghÜa ViÖt Nam')).toBe('Cộng hoà xã hội chủ nghĩa Việt Nam');
    expect(decodeOld('tcvn3', '§éc lËp - Tù do - H¹nh phóc')).toBe('Độc lập - Tự do - Hạnh phúc');
    expect(decodeOld('vni', 'Nguyeãn Thò Höôøng')).toBe('Nguyễn Thị Hường');
    expect(decodeOld('vni', 'Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam')).toBe('Cộng hòa xã hội chủ nghĩa Việt Nam');
    expect(decodeOld('vni', 'ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC')).toBe('ĐỘC LẬP - TỰ DO - HẠNH PHÚC');
  });

  it('reads capitals typed for a font of capitals', () => {
    expect(decodeOld('tcvn3', 'NGUYÔN A Tó', '.VnTimeH')).toBe('NGUYỄN A TÚ');
    expect(decodeOld('tcvn3', 'NGUYÔN V¡N TÌ')).toBe('NGUYỄN VĂN Tè');
    expect(decodeOld('tcvn3', 'Tè')).toBe('Tố');
  });

  it('comes back as it went, for every small letter and for the capitals VNI has', () => {
    const small = fc.string({ unit: fc.constantFrom(...SMALL, ...PLAIN) });
    const large = fc.string({ unit: fc.constantFrom(...SMALL.map((letter) => letter.toUpperCase()), 'A', 'E', 'N') });
    fc.assert(
      fc.property(small, (text) => {
        expect(decodeOld('tcvn3', encodeOld('tcvn3', text)!)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(small, (text) => {
        expect(decodeOld('vni', encodeOld('vni', text)!)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(large, (text) => {
        expect(decodeOld('vni', encodeOld('vni', text)!)).toBe(text);
      }),
    );
    for (const letter of SMALL) {
      expect(decodeOld('tcvn3', encodeOld('tcvn3', letter)!)).toBe(letter);
      expect(encodeOld('tcvn3', letter)).toHaveLength(1);
    }
    expect(new Set(SMALL.map((letter) => encodeOld('tcvn3', letter))).size).toBe(SMALL.length);
    expect(encodeOld('vni', '中')).toBeUndefined();
  });
});

describe('guessing', () => {
  it('tells the encodings apart by what they make of the same names', () => {
    expect(guessEightBit(bytes(encodeOld('tcvn3', NAMES)!))?.name).toBe('tcvn3');
    expect(guessEightBit(bytes(encodeOld('vni', NAMES)!))?.name).toBe('vni');
    // windows-1258: base letter, then the tone as a combining byte.
    expect(
      guessEightBit(bytes('Gi\xe0ng A Mua, S\xf9ng Th\xf2i D\xf2u, Nguy\xea\xden Th\xf2i H\xfd\xf5\xccng, L\xea\xec'))
        ?.name,
    ).toBe('windows-1258');
  });

  it('refuses what no encoding explains, and what more than one explains', () => {
    expect(guessEightBit(bytes('\x82\x83\x84 \x90\x91\x92 \xc0\xc1\xc2x'))).toBeUndefined();
    expect(guessEightBit(bytes('L\xf2'))).toBeUndefined();
  });
});

it('knows syllables', () => {
  for (const word of [
    'Nguyễn',
    'Giàng',
    'nghiêng',
    'khuỷu',
    'quốc',
    'Đăk',
    'chuyện',
    'ĐƯỜNG',
    'thuở',
    'gì',
    'Xà',
    'Phình',
  ])
    expect(isSyllable(word), word).toBe(true);
  for (const word of ['NguyÔn', 'Giµng', 'Müller', 'Vieät', 'cáà', 'hòc', 'xyz'])
    expect(isSyllable(word), word).toBe(false);
  expect(plausibility('Sùng Thị Dủ (12 m²) ®Æc')).toEqual({ words: 4, good: 3 });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPhone, readPhones, showPhone } from './phone.ts';

// Eleven digits until 2018, ten since.
const CHANGED: Readonly<Record<string, string>> = {
  '0120': '070', '0121': '079', '0122': '077', '0126': '076', '0128': '078', '0123': '083', '0124': '084', '0125': '085',
  '0127': '081', '0129': '082', '0162': '032', '0163': '033', '0164': '034', '0165': '035', '0166': '036', '0167': '037',
  '0168': '038', '0169': '039', '0186': '056', '0188': '058', '0199': '059',
}; // biome-ignore format: a table

const e164 = (text: string) => readPhone(text)?.e164;

describe('phone numbers', () => {
  it.each(Object.entries(CHANGED))('of %s are of %s now', (before, now) => {
    const wanted = `+84${now.slice(1)}1234567`;
    for (const typed of [
      `${before}1234567`,
      `${before}.123.4567`,
      `${before.slice(1)}1234567`,
      `+84${before.slice(1)}1234567`,
      `84${before.slice(1)}1234567`,
      `0084 ${before.slice(1)} 123 4567`,
    ])
      expect(e164(typed), typed).toBe(wanted);
  });

  it('in all the ways people write them', () => {
    for (const typed of [
      '0912345678',
      '0912.345.678',
      '0912 345 678',
      '091-234-5678',
      '(091) 2345678',
      '+84912345678',
      '+84 912 345 678',
      '+84(0)912345678',
      '84912345678',
      '840912345678',
      '0084912345678',
      '912345678',
      '+840912345678',
    ])
      expect(readPhone(typed), typed).toEqual({ e164: '+84912345678', kind: 'mobile' });
    expect(e164('841234567')).toBe('+84841234567');
    for (const typed of [
      '02163852345',
      '0216 385 2345',
      '(0216) 3852345',
      '+84 216 385 2345',
      '2163852345',
      '842163852345',
    ])
      expect(readPhone(typed), typed).toEqual({ e164: '+842163852345', kind: 'landline' });
  });

  it('or no numbers at all', () => {
    for (const typed of [
      '',
      '0',
      '12345',
      '0123456789',
      '0000000000',
      '091234567',
      '09123456789',
      '9.12346E+08',
      'không',
      '+1 650 253 0000',
      '1900 1234',
      '0712345',
      '01101234567',
      '113',
      '015192001234',
      '٠٩١٢٣٤٥٦٧٨',
    ])
      expect(readPhone(typed), typed).toBeUndefined();
  });

  it('several in one cell', () => {
    const of = (text: string) => {
      const { phones, unreadable } = readPhones(text);
      return [...phones.map(showPhone1), ...unreadable.map((part) => `!${part}`)];
    };
    const showPhone1 = (phone: { e164: string }) => showPhone(phone.e164);
    const both = ['0912 345 678', '0987 654 321'];
    for (const typed of [
      '0912345678, 0987654321',
      '0912345678/0987654321',
      '0912345678;0987654321',
      '0912345678\n0987654321',
      '0912345678 0987654321',
      '0912 345 678 0987 654 321',
      '0912.345.678 - 0987.654.321',
      '0912345678 và 0987654321',
      'Mua: 0912345678; vợ: 0987654321',
      '0912345678, 0987654321, 0912345678',
    ])
      expect(of(typed), typed).toEqual(both);
    expect(of('ĐT: 0912345678 (con trai)')).toEqual(['0912 345 678']);
    expect(of('0912345678/9')).toEqual(['0912 345 678', '!9']);
    expect(of('hỏi trưởng thôn')).toEqual(['!hỏi trưởng thôn']);
    expect(of('  ')).toEqual([]);
    expect(showPhone('+842163852345')).toBe('02163852345');
  });

  it('never throws, and reads again what it showed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 .+-()/;,x') }), (text) => {
        for (const phone of readPhones(text).phones) expect(readPhone(showPhone(phone.e164))).toEqual(phone);
      }),
      { numRuns: 2_000 },
    );
  });
});

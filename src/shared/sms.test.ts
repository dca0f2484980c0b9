import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { countBothWays, smsParts, withoutDiacritics } from './sms.ts';

describe('parts of an SMS', () => {
  it('knows the two alphabets and their limits', () => {
    expect(smsParts('a'.repeat(160))).toMatchObject({ encoding: 'gsm-7', units: 160, left: 0 });
    expect(smsParts('a'.repeat(160)).parts).toHaveLength(1);
    expect(smsParts('a'.repeat(161)).parts.map(({ length }) => length)).toEqual([153, 8]);
    expect(smsParts('ư'.repeat(70))).toMatchObject({ encoding: 'ucs-2', left: 0 });
    expect(smsParts('ư'.repeat(71)).parts.map(({ length }) => length)).toEqual([67, 4]);
    expect(smsParts('Xã Hạnh Phúc').encoding).toBe('ucs-2');
    expect(smsParts('Xa Hanh Phuc').encoding).toBe('gsm-7');
    expect(smsParts('')).toEqual({ encoding: 'gsm-7', parts: [''], units: 0, left: 160 });
  });

  it('counts an escaped letter twice and does not cut it', () => {
    expect(smsParts('€'.repeat(80))).toMatchObject({ units: 160, left: 0 });
    expect(smsParts(`${'a'.repeat(152)}€${'a'.repeat(20)}`).parts[0]).toBe('a'.repeat(152));
  });

  it('does not cut a pair of halves', () => {
    const { parts } = smsParts(`${'ư'.repeat(66)}🙂${'ư'.repeat(10)}`);
    expect(parts.map(({ length }) => length)).toEqual([66, 12]);
  });

  it('counts as others count: a random text has as many parts, in the same alphabet', () => {
    const letter = fc.constantFrom(...'abc XYZ 09.,?ưởễđĐâ€[]|\nèéàñ', 'ể');
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 500 }), (text) => {
        const theirs = new SegmentedMessage(text, 'auto', false);
        const ours = smsParts(text);
        expect(ours.parts.join('')).toBe(text);
        expect(ours.encoding).toBe(theirs.encodingName === 'GSM-7' ? 'gsm-7' : 'ucs-2');
        expect(ours.parts).toHaveLength(Math.max(1, theirs.segmentsCount));
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts what is typed with its marks and without, whatever the keyboard made of them', () => {
    expect(countBothWays('')).toEqual({ marked: { parts: 0, left: 160 }, plain: { parts: 0, left: 160 } });
    expect(countBothWays('ư'.repeat(71))).toEqual({ marked: { parts: 2, left: 63 }, plain: { parts: 1, left: 89 } });
    // Letters and marks apart, lines as a form sends them.
    expect(countBothWays(' Mời ((tên))\r\nđi họp… '.normalize('NFD'))).toEqual(countBothWays('Mời ((tên))\nđi họp…'));
    expect(countBothWays('Mời ((tên))').plain.left).toBe(160 - 11);
    expect(withoutDiacritics('Đường ĐI\nkhó ạ…')).toBe('Duong DI\nkho a...');
  });
});

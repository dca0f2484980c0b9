import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillText, namesUsed, parseTemplate, plainName } from './template.ts';

const faultOf = (text: string): string | undefined => {
  const parsed = parseTemplate(text);
  return 'fault' in parsed ? parsed.fault.code : undefined;
};
const piecesOf = (text: string) => {
  const parsed = parseTemplate(text);
  if ('fault' in parsed) throw new Error(parsed.fault.code);
  return parsed.pieces;
};

// Letters of the language, composed and not, punctuation, line breaks; no brackets.
const words = fc
  .array(fc.constantFrom('tên', 'nơi', 'đ', 'Ấp', 'e\u0302\u0301', ' ', '\n', '?', '??', '.', '20/11', '🙂', 'x'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));
const name = fc.constantFrom('tên', 'thôn', 'đọc_được', 'có_trẻ_em', 'Tên', ' NGÀY ');
const gap = fc.oneof(
  name.map((each) => `((${each}))`),
  // What follows the first ?? may hold more of them; a name may not.
  fc.tuple(name, words, name).map(([condition, text, value]) => `((${condition}??${text}((${value}))${text}))`),
);
const template = fc.array(fc.oneof(words, gap), { maxLength: 8 }).map((parts) => parts.join(''));
const everything = { tên: 'Mẫu', thôn: 'Ví Dụ', đọc_được: 'a', có_trẻ_em: 'b', ngày: '1/1' };

describe('a text with gaps', () => {
  it('without brackets comes out as it went in', () => {
    fc.assert(fc.property(words, (text) => fillText(text, {}, {}) === text));
  });

  it('leaves no bracket once filled, whatever holds, and asks only for names it shows', () => {
    fc.assert(
      fc.property(template, fc.boolean(), fc.boolean(), (text, one, two) => {
        const said = fillText(text, everything, { tên: one, thôn: one, đọc_được: two, có_trẻ_em: one, ngày: two });
        expect(said).not.toMatch(/[()]/u);
        const { values, conditions } = namesUsed(piecesOf(text));
        for (const used of [...values, ...conditions]) expect(Object.keys(everything)).toContain(used);
      }),
    );
  });

  it('puts values in as they are: one that looks like a gap is not filled again', () => {
    expect(fillText('Chào ((tên))!', { tên: '((thôn))' }, {})).toBe('Chào ((thôn))!');
  });

  it('knows names whatever the case, the spaces and the composition', () => {
    const decomposed = 'đọc_được'.normalize('NFD');
    expect(plainName(` ${decomposed.toUpperCase()} `)).toBe('đọc_được');
    expect(fillText(`((${decomposed}??Đọc))((Đọc Được?? đi))`, {}, { đọc_được: true })).toBe('Đọc đi');
    expect(fillText('((TÊN))', { Tên: 'Mẫu' }, {})).toBe('Mẫu');
  });

  it('a condition stands only when it is known to hold', () => {
    const text = 'Mời ((tên))((có_trẻ_em?? và các cháu (ai đi học), nhà ((tên)))).';
    expect(fillText(text, { tên: 'ông Mẫu' }, { có_trẻ_em: true })).toBe(
      'Mời ông Mẫu và các cháu (ai đi học), nhà ông Mẫu.',
    );
    expect(fillText(text, { tên: 'ông Mẫu' }, { có_trẻ_em: false })).toBe('Mời ông Mẫu.');
    expect(fillText(text, { tên: 'ông Mẫu' }, {})).toBe('Mời ông Mẫu.');
    expect(() => fillText(text, {}, {})).toThrow('template.no-value');
  });

  it('leaves ordinary brackets alone', () => {
    for (const text of ['(xem bảng tin)', 'a) b', 'a ( b', '(xem (bảng tin))', '1) 2) 3)'])
      expect(fillText(text, {}, {})).toBe(text);
    expect(fillText('(((tên)))', { tên: 'Mẫu' }, {})).toBe('(Mẫu)');
  });

  it('says what is wrong with its brackets', () => {
    expect(faultOf('Chào ((tên, mời họp')).toBe('template.unclosed');
    expect(faultOf('Chào ((tên, mời ((ngày))')).toBe('template.unclosed');
    expect(faultOf('((có_trẻ_em??mời ((tên)) họp')).toBe('template.unclosed');
    expect(faultOf('((có_trẻ_em??mời (họp))')).toBe('template.unclosed');
    expect(faultOf('Chào tên)) họp')).toBe('template.unopened');
    expect(faultOf('((a??b)) c))')).toBe('template.unopened');
    expect(faultOf('((a??x ((b??y)) z))')).toBe('template.nested');
    expect(faultOf('(( ))')).toBe('template.unnamed');
    expect(faultOf('((??chữ))')).toBe('template.unnamed');
    expect(() => fillText('((tên', { tên: 'x' }, {})).toThrow('template.unclosed');
  });
});

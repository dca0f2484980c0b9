/**
 * The two 8-bit encodings of Vietnamese that are still met in lists: TCVN 5712:1993 VN3 ("ABC", fonts `.VnTime` …) and
 * VNI-Windows (fonts `VNI-Times` …). Both put Vietnamese where Latin-1 has other letters, so a text in them looks like
 * "NguyÔn" or "Nguyeãn". Tables: letters in the order of their codes.
 */

const LETTERS = 'áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ';

// TCVN3 has one code for each small letter; of the capitals only those without a tone (Ă Â Ê Ô Ơ Ư Đ).
const TCVN3_SMALL =
  '\u00B8\u00B5\u00B6\u00B7\u00B9\u00A8\u00BE\u00BB\u00BC\u00BD\u00C6\u00A9\u00CA\u00C7\u00C8\u00C9\u00CB' +
  '\u00D0\u00CC\u00CE\u00CF\u00D1\u00AA\u00D5\u00D2\u00D3\u00D4\u00D6\u00DD\u00D7\u00D8\u00DC\u00DE' +
  '\u00E3\u00DF\u00E1\u00E2\u00E4\u00AB\u00E8\u00E5\u00E6\u00E7\u00E9\u00AC\u00ED\u00EA\u00EB\u00EC\u00EE' +
  '\u00F3\u00EF\u00F1\u00F2\u00F4\u00AD\u00F8\u00F5\u00F6\u00F7\u00F9\u00FD\u00FA\u00FB\u00FC\u00FE\u00AE';
const TCVN3_CAPITAL: Readonly<Record<string, string>> = {
  '\u00A1': 'Ă',
  '\u00A2': 'Â',
  '\u00A3': 'Ê',
  '\u00A4': 'Ô',
  '\u00A5': 'Ơ',
  '\u00A6': 'Ư',
  '\u00A7': 'Đ',
};

const tcvn3 = new Map<string, string>([
  ...[...TCVN3_SMALL].map((code, at): [string, string] => [code, [...LETTERS][at]!]),
  ...Object.entries(TCVN3_CAPITAL),
]);

// VNI writes the letter, then a code for what stands on it; a few letters are codes of their own.
const VNI_MARKS: Readonly<Record<string, string>> = {
  ù: '\u0301',
  ø: '\u0300',
  û: '\u0309',
  õ: '\u0303',
  ï: '\u0323',
  â: '\u0302',
  á: '\u0302\u0301',
  à: '\u0302\u0300',
  å: '\u0302\u0309',
  ã: '\u0302\u0303',
  ä: '\u0302\u0323',
  ê: '\u0306',
  é: '\u0306\u0301',
  è: '\u0306\u0300',
  ú: '\u0306\u0309',
  ü: '\u0306\u0303',
  ë: '\u0306\u0323',
};
const VNI_OWN: Readonly<Record<string, string>> = {
  í: 'í',
  ì: 'ì',
  æ: 'ỉ',
  ó: 'ĩ',
  ò: 'ị',
  î: 'ỵ',
  ñ: 'đ',
  ô: 'ơ',
  ö: 'ư',
};

// Which marks stand on which letter: the circumflex on a e o, the breve on a, tones on all vowels but VNI's own i letters.
const mayCarry = (letter: string, mark: string): boolean => {
  const base = letter.toLowerCase();
  if (mark.startsWith('\u0302')) return 'aeo'.includes(base);
  if (mark.startsWith('\u0306')) return base === 'a';
  return 'aeouy\u00F4\u00F6'.includes(base);
};

const vni = (): { pairs: Map<string, string>; own: Map<string, string> } => {
  const pairs = new Map<string, string>();
  const own = new Map<string, string>();
  for (const [code, letter] of Object.entries(VNI_OWN)) {
    own.set(code, letter);
    own.set(code.toUpperCase(), letter.toUpperCase());
  }
  for (const letter of 'aeouyôöAEOUYÔÖ')
    for (const [code, mark] of Object.entries(VNI_MARKS)) {
      if (!mayCarry(letter, mark)) continue;
      const made = ((own.get(letter) ?? letter) + mark).normalize('NFC');
      pairs.set(letter + code, made);
      pairs.set(letter + code.toUpperCase(), made);
    }
  return { pairs, own };
};

const vniTable = vni();

export const oldEncodings = ['tcvn3', 'vni'] as const;

export type OldEncoding = (typeof oldEncodings)[number];

// In a font for capitals (.VnTimeH) small accented letters look like capitals, so "NGUYÔN" is how NGUYỄN was typed.
const mendCase = (text: string): string =>
  text.replace(/\p{L}+/gu, (word) => {
    const plain = word.replace(/[^A-Za-z]/gu, '');
    const typedLarge = word.length > 1 && plain.length > 0 && plain === plain.toUpperCase() && /\P{ASCII}/u.test(word);
    // "Tố" has one large letter, its first; only a word whose other plain letters are large too was meant large.
    return typedLarge && (plain.length > 1 || !/^[A-Z]/u.test(word)) ? word.toUpperCase() : word;
  });

const fromTcvn3 = (text: string, capitals: boolean): string => {
  const decoded = [...text].map((code) => tcvn3.get(code) ?? code).join('');
  return capitals ? decoded.toUpperCase() : mendCase(decoded);
};

const fromVni = (text: string): string => {
  let decoded = '';
  for (let at = 0; at < text.length; at += 1) {
    const pair = vniTable.pairs.get(text.slice(at, at + 2));
    decoded += pair ?? vniTable.own.get(text[at]!) ?? text[at]!;
    if (pair) at += 1;
  }
  return decoded;
};

/**
 * A text whose bytes were read as Latin-1, read as what they are. `font` with a final H (`.VnTimeH`) is a font of
 * capitals. What stands in no table stays as it is.
 */
export const decodeOld = (encoding: OldEncoding, text: string, font = ''): string =>
  encoding === 'vni' ? fromVni(text) : fromTcvn3(text, /h$/iu.test(font) && /^\.vn/iu.test(font));

const isSmall = (letter: string): boolean => letter === letter.toLowerCase();

// Pairs of a large letter and a small mark are read, never written; a letter with a code of its own is written with it.
const inverse = (encoding: OldEncoding): Map<string, string> =>
  new Map(
    [...(encoding === 'tcvn3' ? tcvn3 : vniTable.pairs), ...(encoding === 'tcvn3' ? [] : vniTable.own)]
      .filter(([code]) => code.length === 1 || isSmall(code[0]!) === isSmall(code[1]!))
      .map(([code, letter]) => [letter, code]),
  );

const inverses = { tcvn3: inverse('tcvn3'), vni: inverse('vni') };

/**
 * The other way, as Latin-1 text (one character = one byte); undefined when a letter has no code. Capitals with a tone
 * become small letters in TCVN3, as they were typed for a font of capitals.
 */
export const encodeOld = (encoding: OldEncoding, text: string): string | undefined => {
  let encoded = '';
  for (const letter of text.normalize('NFC')) {
    const code =
      letter <= '\u007F'
        ? letter
        : (inverses[encoding].get(letter) ??
          (encoding === 'tcvn3' ? inverses.tcvn3.get(letter.toLowerCase()) : undefined));
    if (code === undefined) return undefined;
    encoded += code;
  }
  return encoded;
};

import { fold } from '../../shared/text.ts';

/**
 * An SMS is read by whoever holds the phone. It never names a household's class, a disability, an illness or an amount of
 * money (design, section 7; ethnic origin, health and the like are sensitive data by NĐ 356/2025/NĐ-CP).
 */

// Without diacritics each of these still means only this.
const PHRASES = ['ho ngheo', 'can ngheo', 'thoat ngheo', 'tai ngheo', 'khuyet tat', 'tan tat', 'hiv', 'aids'];

// "2 đồng chí" are people, not money.
const MONEY =
  /(?<![\p{L}\p{N}])\d[\d.,]*\s*(?:đồng(?!\s+(?:chí|bào|đội))|dong(?!\s+(?:chi|bao|doi))|đ|triệu|tr|nghìn|ngàn|tỷ|tỉ|k|vnđ|vnd|trieu|nghin|ngan|ty|d)(?![\p{L}\p{M}\p{N}])/iu;
// A text typed with diacritics: "5 dòng" is no money and "bênh" no illness, so these are looked for as they are written.
const ILLNESS = /(?<![\p{L}])bệnh(?!\s+viện)(?![\p{L}])/iu;
const ILLNESS_PLAIN = /(?<![\p{L}])benh(?!\s+vien)(?![\p{L}])/iu;

const phraseIn = (text: string): string | undefined => {
  const folded = ` ${fold(text)} `;
  const found = PHRASES.find((phrase) => folded.includes(` ${phrase} `));
  return found && asWritten(text, found);
};

/** The phrase as it stands in the text, so that it is found again by eye. */
const asWritten = (text: string, phrase: string): string => {
  const words = text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const length = phrase.split(' ').length;
  const at = words.findIndex((_, index) => fold(words.slice(index, index + length).join(' ')) === phrase);
  return at < 0 ? phrase : words.slice(at, at + length).join(' ');
};

/** The word an SMS must not carry, as it stands there; undefined when there is none. */
export const forbiddenWord = (raw: string): string | undefined => {
  const text = raw.normalize('NFC');
  const plain = !/[^\p{ASCII}]/u.test(text);
  return phraseIn(text) ?? (plain ? ILLNESS_PLAIN : ILLNESS).exec(text)?.[0] ?? MONEY.exec(text)?.[0];
};

/** Nothing in it but plain letters, digits and signs. */
export const isPlain = (text: string): boolean => /^[\n\r\u0020-\u007E]*$/u.test(text);

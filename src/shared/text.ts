/**
 * Vietnamese text as the product keeps and searches it: NFC, no invisible characters, one space between words;
 * searched without diacritics and without case, đ as d.
 */

// Soft hyphen, zero-width characters, direction marks, word joiner, byte order mark: pasted along, never meant.
const INVISIBLE = /[\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;
const WHITE = /[\s\u00A0\u2000-\u200A\u202F\u205F\u3000]+/gu;

/** NFC, without invisible characters, white space folded to single spaces and trimmed. */
export const clean = (text: string): string => text.normalize('NFC').replace(INVISIBLE, '').replace(WHITE, ' ').trim();

/** For comparing and searching only: cleaned, lower case, no diacritics (đ → d), punctuation as spaces. */
export const fold = (text: string): string =>
  clean(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/gu, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

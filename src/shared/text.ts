import { remember } from './remember.ts';

/**
 * Vietnamese text as the product keeps and searches it: NFC, no invisible characters, one space between words;
 * searched without diacritics and without case, đ as d.
 */

// Soft hyphen, zero-width characters, direction marks, word joiner, byte order mark: pasted along, never meant.
const INVISIBLE = /[\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;
// Ð and ð of Icelandic, Ɖ and ɖ of Ewe: some keyboards and old converters give them for Đ and đ, which they look like.
const LIKE_D = /[\u00D0\u0189\u00F0\u0256]/gu;
const toD = (letter: string): string => (letter === '\u00D0' || letter === '\u0189' ? 'Đ' : 'đ');
const WHITE = /[\s\u00A0\u2000-\u200A\u202F\u205F\u3000]+/gu;

// Nothing to clean in it: printable ASCII with single spaces, as most cells of a list are.
const PLAIN = /^[\u0021-\u007E]+(?: [\u0021-\u007E]+)*$/u;

// Something of what `clean` takes away or puts in order, in a text that is NFC.
const UNCLEAN = new RegExp(`^\\s|\\s$|\\s\\s|[^\\S ]|${INVISIBLE.source}|${LIKE_D.source}`, 'u');

/** Printable ASCII with single spaces: there is nothing to put in order. */
export const isPlain = (text: string): boolean => PLAIN.test(text);

/** NFC, without invisible characters, look-alikes of Đ as Đ, white space folded to single spaces and trimmed. */
export const clean = (text: string): string => {
  if (isPlain(text)) return text;
  const composed = text.normalize('NFC');
  if (!UNCLEAN.test(composed)) return composed;
  return composed.replace(INVISIBLE, '').replace(LIKE_D, toD).replace(WHITE, ' ').trim();
};

const foldMarked = remember(
  (text) =>
    clean(text)
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .replace(/đ/gu, 'd')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  20_000,
);

/** For comparing and searching only: cleaned, lower case, no diacritics (đ → d), punctuation as spaces. */
export const fold = (text: string): string => {
  if (!isPlain(text)) return foldMarked(text);
  // Numbers and codes: quickly done, and too many to be remembered.
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim();
};

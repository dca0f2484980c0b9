import { remember } from '../../shared/remember.ts';

/**
 * Is a run of letters Vietnamese? Syllables are built from few initials, vowels and finals, with at most one tone; that is
 * enough to tell an encoding read rightly from one read wrongly.
 */

const INITIAL = '(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?';
const NUCLEUS =
  '(?:uyê|uya|uây|uyu|oai|oay|oao|oeo|iêu|yêu|uôi|ươi|ươu|iê|yê|ia|ua|uô|ưa|ươ|oa|oă|oe|oo|uy|uê|uâ|uơ|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy])';
const SYLLABLE = new RegExp(`^${INITIAL}${NUCLEUS}(ch|nh|ng|[ckmnpt])?$`, 'u');
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const STOPPED_TONES = /[\u0300\u0303\u0309]/u;

const judge = (word: string): boolean => {
  // Ð of Icelandic and Ɖ of Ewe look like Đ, and some keyboards give them for it.
  const apart = word
    .replace(/^[\u00D0\u0189]/u, 'Đ')
    .toLowerCase()
    .normalize('NFD');
  const tones = apart.match(TONES)?.length ?? 0;
  if (tones > 1) return false;
  const parts = SYLLABLE.exec(apart.replace(TONES, '').normalize('NFC'));
  if (!parts) return false;
  return !(/^(?:ch|[ckpt])$/u.test(parts[1] ?? '') && STOPPED_TONES.test(apart));
};

/** One syllable, any case, NFC or NFD. Checked syllables (-c, -ch, -p, -t) carry only the tones sắc and nặng. */
export const isSyllable = remember(judge, 20_000);

export interface Plausibility {
  /** Words with a letter beyond ASCII. */
  readonly words: number;
  /** How many of them are Vietnamese syllables. */
  readonly good: number;
}

// Everything of ASCII that is no letter parts words; so do the quotes, dashes and signs that Unicode adds.
const APART =
  /[\u0000-\u0040\u005B-\u0060\u007B-\u007F\u00A0\u00B0\u00B2\u00B3\u2000-\u206F\u20AB\u2190-\u2BFF\u3000\uFEFF]+/u;
const BEYOND = /[^\u0000-\u007F]/u;

export const plausibility = remember((text): Plausibility => {
  let words = 0;
  let good = 0;
  for (const word of text.normalize('NFC').split(APART)) {
    if (!BEYOND.test(word)) continue;
    words += 1;
    if (isSyllable(word)) good += 1;
  }
  return { words, good };
}, 20_000);

export const addPlausibility = (one: Plausibility, other: Plausibility): Plausibility => ({
  words: one.words + other.words,
  good: one.good + other.good,
});

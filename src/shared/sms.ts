/**
 * How a text becomes the parts of an SMS (3GPP TS 23.038 alphabets, TS 23.040 9.2.3.24.1 concatenation with an 8-bit
 * reference). Pure: the same for the page that counts, the confirmation and the wire.
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** These cost two septets: an escape goes before them. */
const EXTENDED = '^{}\\[~]|€\f';

const basic = new Set(BASIC);
const extended = new Set(EXTENDED);

export interface SmsParts {
  readonly encoding: 'gsm-7' | 'ucs-2';
  /** The text cut into what travels separately; an empty text is one empty part. */
  readonly parts: readonly string[];
  /** Septets (gsm-7) or 16-bit units (ucs-2) of the whole. */
  readonly units: number;
  /** How many more units fit before another part begins. */
  readonly left: number;
}

const ROOM = { 'gsm-7': { single: 160, chained: 153 }, 'ucs-2': { single: 70, chained: 67 } } as const;

/** Letters that must not be cut in two: a surrogate pair, or a letter and the marks upon it. */
const letters = (text: string): string[] => text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];

/** Cuts a text (NFC) into parts. A letter outside GSM 03.38, as nearly all with Vietnamese marks are, makes all of it UCS-2. */
export const smsParts = (text: string): SmsParts => {
  const plain = [...text].every((letter) => basic.has(letter) || extended.has(letter));
  const encoding = plain ? 'gsm-7' : 'ucs-2';
  const { single, chained } = ROOM[encoding];
  const pieces = plain ? [...text] : letters(text);
  const costOf = (piece: string) => (plain ? (extended.has(piece) ? 2 : 1) : piece.length);
  const units = pieces.reduce((sum, piece) => sum + costOf(piece), 0);
  if (units <= single) return { encoding, parts: [text], units, left: single - units };
  const parts: string[] = [];
  let [part, used] = ['', 0];
  for (const piece of pieces) {
    const cost = costOf(piece);
    if (used + cost > chained) {
      parts.push(part);
      [part, used] = ['', 0];
    }
    part += piece;
    used += cost;
  }
  return { encoding, parts: [...parts, part], units, left: chained - used };
};

const TYPOGRAPHY: Readonly<Record<string, string>> = { '“': '"', '”': '"', '‘': "'", '’': "'", '–': '-', '—': '-', '…': '...', đ: 'd', Đ: 'D' }; // biome-ignore format: a table

/** The same text in plain letters, case and lines kept: what the cheaper SMS carries. */
export const withoutDiacritics = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[“”‘’–—…đĐ]/gu, (letter) => TYPOGRAPHY[letter]!)
    .replace(/\u00A0/gu, ' ');

interface Count {
  readonly parts: number;
  /** Letters that still fit into the last of them. */
  readonly left: number;
}

const countOf = (text: string): Count => {
  const { parts, left } = smsParts(text);
  return { parts: text === '' ? 0 : parts.length, left };
};

/** What a text comes to as it is typed, with its marks and without; gaps count as they are written. */
export const countBothWays = (typed: string): { readonly marked: Count; readonly plain: Count } => {
  const text = typed.replaceAll('\r\n', '\n').trim().normalize('NFC');
  return { marked: countOf(text), plain: countOf(withoutDiacritics(text)) };
};

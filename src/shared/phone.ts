import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * Vietnamese phone numbers as people write them: with dots and spaces, +84, 84 or 0084, without the leading zero that a
 * spreadsheet dropped, and mobiles with the eleven digits they had until 2018.
 */
export interface Phone {
  /** +84… (ITU-T E.164). */
  readonly e164: string;
  readonly kind: 'mobile' | 'landline';
}

// 11 to 10 digits, 15/09 to 14/11/2018 (plan of the Ministry of Information and Communications).
const NEW_PREFIX: Readonly<Record<string, string>> = {
  120: '70', 121: '79', 122: '77', 126: '76', 128: '78',
  123: '83', 124: '84', 125: '85', 127: '81', 129: '82',
  162: '32', 163: '33', 164: '34', 165: '35', 166: '36', 167: '37', 168: '38', 169: '39',
  186: '56', 188: '58', 199: '59',
}; // biome-ignore format: one line per network

/** The national number without its leading zero; undefined for what cannot be one. */
const national = (text: string): string | undefined => {
  const compact = text.replace(/[\s.()\u2010-\u2015-]+/gu, '').replace(/^(?:\+|00)84(?:\(0\))?/u, '+84');
  if (!/^\+?\d+$/u.test(compact)) return undefined;
  if (compact.startsWith('+84')) return compact.slice(3).replace(/^0/u, '');
  if (compact.startsWith('+')) return undefined;
  if (compact.startsWith('0')) return compact.slice(1);
  // 84 before nine digits is the country; nine digits that begin with 84 are a mobile without its zero.
  return /^840?\d{9,10}$/u.test(compact) ? compact.slice(2).replace(/^0/u, '') : compact;
};

/** Reads one number; undefined when it is no Vietnamese mobile or landline number. */
export const readPhone = (text: string): Phone | undefined => {
  let digits = national(text);
  if (digits === undefined) return undefined;
  const old = /^1\d{9}$/u.test(digits) ? NEW_PREFIX[digits.slice(0, 3)] : undefined;
  if (old) digits = old + digits.slice(3);
  const mobile = /^[35789]\d{8}$/u.test(digits);
  const landline = /^2\d{9}$/u.test(digits);
  if (!mobile && !landline) return undefined;
  const parsed = parsePhoneNumberFromString(`+84${digits}`);
  return parsed?.isPossible() ? { e164: parsed.number, kind: mobile ? 'mobile' : 'landline' } : undefined;
};

/** Digits only from where the number begins to where it ends: "ĐT: 0912 345 678 (con trai)". */
const bare = (text: string): string => text.replace(/^[^\d+]+|[^\d]+$/gu, '');

/** Numbers parted by nothing but spaces: the only way to cut the row of digits into whole numbers, if there is one. */
const readRow = (text: string): Phone[] | undefined => {
  const pieces = bare(text).split(/\s+/u);
  if (pieces.length > 12) return undefined;
  const from = (start: number): Phone[][] => {
    if (start === pieces.length) return [[]];
    return pieces.flatMap((_, at) => {
      const phone = at < start ? undefined : readPhone(pieces.slice(start, at + 1).join(''));
      return phone ? from(at + 1).map((rest) => [phone, ...rest]) : [];
    });
  };
  const ways = from(0);
  return ways.length === 1 ? ways[0] : undefined;
};

/** All numbers in one cell, parted by comma, semicolon, slash, line or space; what is unreadable comes back as it was typed. */
export const readPhones = (text: string): { phones: Phone[]; unreadable: string[] } => {
  const phones: Phone[] = [];
  const unreadable: string[] = [];
  for (const part of text.split(/[,;/\n|]|\s[-–]\s|\s(?:và|hoặc)\s/u).map((piece) => piece.trim())) {
    if (!part) continue;
    const phone = readPhone(bare(part));
    const found = phone ? [phone] : readRow(part);
    if (!found) unreadable.push(part);
    else phones.push(...found.filter(({ e164 }) => !phones.some((known) => known.e164 === e164)));
  }
  return { phones, unreadable };
};

/** 0912 345 678: as people say it in the country. */
export const showPhone = (e164: string): string => {
  const digits = `0${e164.replace(/^\+84/u, '')}`;
  return digits.length === 10 ? `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}` : digits;
};

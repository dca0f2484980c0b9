import type { PartialDate } from '../shared/dates.ts';
import { SYNTHETIC_ID_PREFIX, SYNTHETIC_MOBILE, SYNTHETIC_OLD_MOBILE } from '../shared/synthetic.ts';
import type { Sex } from './model.ts';

/** Hands out identity and phone numbers, each once. */
export interface NumberBook {
  idNumber(born: PartialDate, sex: Sex): string;
  mobile(): string;
  /** A number that was given out with eleven digits, before 2018. */
  oldMobile(): string;
}

// n -> a*n + b mod 10^k goes through all numbers once, for an a without the factors 2 and 5.
const scattered = (n: number, modulus: number, shift: number): number =>
  Number((BigInt(n) * 7_368_787n + BigInt(shift)) % BigInt(modulus));

/** Runs in bounded memory: a counter per sex and year of birth, and two for phones. */
export const openNumbers = (seed: number): NumberBook => {
  const issued = new Map<string, number>();
  let mobiles = 0;
  let oldMobiles = 0;
  const shift = (seed >>> 0) % 1_000_000;
  const digits = (n: number, length: number): string => {
    if (n >= 10 ** length) throw new RangeError('more invented people than there are invented numbers');
    return String(scattered(n, 10 ** length, shift)).padStart(length, '0');
  };
  return {
    idNumber: (born, sex) => {
      const year = Number(born.date.slice(0, 4));
      // Digit of century and sex: 0 and 1 for births in 1900-1999, 2 and 3 for 2000-2099.
      const century = (year >= 2000 ? 2 : 0) + (sex === 'female' ? 1 : 0);
      const block = `${century}${String(year % 100).padStart(2, '0')}`;
      const n = issued.get(block) ?? 0;
      issued.set(block, n + 1);
      return `${SYNTHETIC_ID_PREFIX}${block}${digits(n, 6)}`;
    },
    mobile: () => SYNTHETIC_MOBILE + digits(mobiles++, 7),
    oldMobile: () => SYNTHETIC_OLD_MOBILE + digits(oldMobiles++, 6),
  };
};

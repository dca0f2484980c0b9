/** What a network does to a message, told by its number alone: the same number always fares the same. */
export const profiles = ['plain', 'example'] as const;

export type Profile = (typeof profiles)[number];

/** The word of a receipt (SMPP 3.4, appendix B). */
export type Stat = 'DELIVRD' | 'EXPIRED' | 'UNDELIV' | 'UNKNOWN';

export interface Fate {
  /** The status a submit is answered with: 0 = accepted; null = accepted, yet never answered. */
  readonly status: number | null;
  /** The receipt that follows; null = none ever comes. */
  readonly stat: Stat | null;
  /** The receipt overtakes the answer. */
  readonly early: boolean;
}

export const THROTTLED = 0x58;
const BAD_NUMBER = 0x0b;
const SUBMIT_FAILED = 0x45;

const accepted = (stat: Stat | null): Fate => ({ status: 0, stat, early: false });
const refused = (status: number): Fate => ({ status, stat: null, early: false });

/** By the last two digits. Number 04 is throttled on its first two tries. */
const plain = (ending: string, tries: number): Fate => {
  switch (ending) {
    case '01':
      return accepted('UNDELIV');
    case '02':
      return accepted('EXPIRED');
    case '03':
      return refused(BAD_NUMBER);
    case '04':
      return tries <= 2 ? refused(THROTTLED) : accepted('DELIVRD');
    case '05':
      return { status: null, stat: 'DELIVRD', early: false };
    case '06':
      return accepted(null);
    case '07':
      return accepted('UNKNOWN');
    case '08':
      return refused(SUBMIT_FAILED);
    case '09':
      return { status: 0, stat: 'DELIVRD', early: true };
    default:
      return accepted('DELIVRD');
  }
};

/** FNV-1a, 32 bits: spreads neighbouring numbers evenly. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  // The low bits alone would follow the last digit.
  return (hash ^ (hash >>> 15)) >>> 0;
};

/** Of a hundred numbers about 88 are reached; shares invented, to show every outcome on the pages of the example. */
const example = (number: string): Fate => {
  const share = hashOf(number) % 100;
  if (share < 88) return accepted('DELIVRD');
  if (share < 94) return accepted('UNDELIV');
  if (share < 97) return accepted('EXPIRED');
  return share < 99 ? accepted(null) : refused(BAD_NUMBER);
};

/** @param tries how often this number has been tried so far, this time included */
export const fateOf = (profile: Profile, number: string, tries: number): Fate => {
  const digits = number.replace(/\D/gu, '');
  return profile === 'plain' ? plain(digits.slice(-2), tries) : example(digits);
};

/** The network's number of a fault; invented, but one for each word. */
const FAULTS: Readonly<Record<Stat, string>> = { DELIVRD: '000', EXPIRED: '034', UNDELIV: '027', UNKNOWN: '255' };

/** State of a message as a TLV says it (SMPP 3.4, 5.2.28). */
export const STATES: Readonly<Record<Stat, number>> = { DELIVRD: 2, EXPIRED: 3, UNDELIV: 5, UNKNOWN: 7 };

/** A receipt as networks write it (SMPP 3.4, appendix B). @param at ISO time */
export const receiptText = (ref: string, stat: Stat, at: string): string => {
  const minute = at.slice(2, 16).replace(/\D/gu, '');
  const delivered = stat === 'DELIVRD' ? '001' : '000';
  return `id:${ref} sub:001 dlvrd:${delivered} submit date:${minute} done date:${minute} stat:${stat} err:${FAULTS[stat]} text:`;
};

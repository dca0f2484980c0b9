import type { Day } from '../../../shared/dates.ts';
import type { SentBy } from './dispatch.ts';

/** Who of a line's audience is sent to, by which number, in which language, and who is left out and why. Pure. */

export interface Phone {
  readonly contactPointId: string;
  /** E.164, or an e-mail address. */
  readonly value: string;
  readonly kind: 'mobile' | 'landline' | 'email';
}

/** A subject in the audience, with all that choosing needs. */
export interface Candidate {
  readonly subjectId: string;
  readonly code: string;
  readonly name: string | null;
  readonly placeId: string;
  readonly languages: readonly string[] | null;
  readonly languagesRead: readonly string[] | null;
  /** The head's own first, then those of nobody in particular, then other members'. */
  readonly phones: readonly Phone[];
  /** First day on which this edition counted as delivered or more; null = not yet. */
  readonly reachedOn: Day | null;
  /**
   * This edition is on its way to it, came to it (though nobody there may read it), or nobody knows whether it did. For another
   * run of an earlier sending: by any sending but that one.
   */
  readonly sentBefore: boolean;
  /** Messages handed over to it within the days of the cap. */
  readonly recent: number;
  readonly children: boolean;
  readonly elderly: boolean;
}

export interface WrittenForm {
  readonly formId: string;
  readonly language: string;
  readonly text: string;
}

/** How sure it must be that somebody in the household reads what is sent. */
export const readingRules = ['known', 'maybe', 'anybody'] as const;

export type ReadingRule = (typeof readingRules)[number];

export const leftOutCodes = [
  /** This edition reached it already, and only the others are addressed. */
  'reached',
  /** This edition was sent to it before and did not surely fail: nobody gets it twice unasked. */
  'sent-before',
  /** Nobody there reads a language the message is written in. */
  'cannot-read',
  /** Nobody knows who reads what. */
  'reading-unknown',
  /** A landline alone: it can be called. */
  'landline',
  'no-phone',
  /** No e-mail address; it may have a phone. */
  'no-email',
  /** All its numbers refuse. */
  'refused',
  /** All its numbers failed before. */
  'number-failed',
  /** The number is that of another household, which is sent to. */
  'same-number',
  'cap',
] as const;

export type LeftOut = (typeof leftOutCodes)[number];

export const otherWays = ['done', 'call', 'visit'] as const;

export type OtherWay = (typeof otherWays)[number];

/** By what a subject that no message goes to can still be told: somebody calls, or somebody goes there. */
export const otherWayOf = (why: LeftOut): OtherWay => {
  if (why === 'reached' || why === 'sent-before' || why === 'cap') return 'done';
  return why === 'landline' || why === 'no-email' || why === 'cannot-read' || why === 'reading-unknown'
    ? 'call'
    : 'visit';
};

export interface Chosen {
  readonly candidate: Candidate;
  readonly phone: Phone;
  readonly form: WrittenForm;
  /** Somebody there reads the language; only then a receipt counts as delivered. */
  readonly reads: boolean;
}

export interface Asked {
  readonly forms: readonly WrittenForm[];
  readonly onlyMissing: boolean;
  readonly reading: ReadingRule;
  readonly urgent: boolean;
  readonly cap: number;
  readonly refused: ReadonlySet<string>;
  /** Numbers by subject that failed in an earlier run of the same sending: another is taken where there is one. */
  readonly channel: SentBy;
  /** Numbers that this edition was sent to before, for whatever household. */
  readonly sentNumbers: ReadonlySet<string>;
  readonly failed: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Choice {
  readonly chosen: readonly Chosen[];
  readonly leftOut: readonly { readonly candidate: Candidate; readonly why: LeftOut }[];
}

/** The form in a language that is read there; else one that is understood, else Vietnamese, else any. */
const formFor = ({ languages, languagesRead }: Candidate, forms: readonly WrittenForm[]): WrittenForm => {
  const among = (known: readonly string[] | null) => forms.find(({ language }) => known?.includes(language));
  return among(languagesRead) ?? among(languages) ?? among(['vi']) ?? forms[0]!;
};

const phoneFor = (candidate: Candidate, asked: Asked): Phone | LeftOut => {
  const mail = asked.channel === 'email';
  const own = candidate.phones.filter(({ kind }) => (kind === 'email') === mail);
  if (own.length === 0) return mail ? 'no-email' : 'no-phone';
  const open = own.filter(({ value }) => !asked.refused.has(value));
  if (open.length === 0) return 'refused';
  const willing = open.filter(({ kind }) => kind !== 'landline');
  if (willing.length === 0) return 'landline';
  const before = asked.failed.get(candidate.subjectId);
  return willing.find(({ value }) => !before?.has(value)) ?? (before ? 'number-failed' : willing[0]!);
};

const choiceFor = (candidate: Candidate, asked: Asked): Omit<Chosen, 'candidate'> | LeftOut => {
  if (asked.onlyMissing && candidate.reachedOn !== null) return 'reached';
  if (asked.onlyMissing && candidate.sentBefore) return 'sent-before';
  const phone = phoneFor(candidate, asked);
  if (typeof phone === 'string') return phone;
  const form = formFor(candidate, asked.forms);
  const { languagesRead } = candidate;
  const reads = languagesRead?.includes(form.language) ?? false;
  if (!reads && languagesRead !== null && asked.reading !== 'anybody') return 'cannot-read';
  if (!reads && languagesRead === null && asked.reading === 'known') return 'reading-unknown';
  if (asked.channel === 'sms' && !asked.urgent && candidate.recent >= asked.cap) return 'cap';
  return { phone, form, reads };
};

/** Goes through the audience in the order given; the first household with a number is the one that number is used for. */
export const choose = (candidates: Iterable<Candidate>, asked: Asked): Choice => {
  const chosen: Chosen[] = [];
  const leftOut: Choice['leftOut'][number][] = [];
  const taken = new Set<string>(asked.onlyMissing ? asked.sentNumbers : []);
  for (const candidate of candidates) {
    const choice = choiceFor(candidate, asked);
    if (typeof choice === 'string') leftOut.push({ candidate, why: choice });
    else if (taken.has(choice.phone.value)) leftOut.push({ candidate, why: 'same-number' });
    else {
      taken.add(choice.phone.value);
      chosen.push({ candidate, ...choice });
    }
  }
  return { chosen, leftOut };
};

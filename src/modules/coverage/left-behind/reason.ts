/**
 * Why a household in the line's audience is not reached yet, and what to do next. The table stands in words in
 * `docs/how-figures-are-made.*.md`; a test holds the two together. Pure.
 */

/** What is asked of each household; the query answers each with yes or no, in this order (bit 0, bit 1 …). */
export const factNames = [
  /** The last visit for this line ended with a refusal, and nothing has reached the household since. */
  'refused',
  /** The last visit for this line met nobody, and nothing has reached the household since. */
  'notMet',
  /** It was reached, but less strongly than the line asks for. */
  'tooWeak',
  /** Nobody knows which languages it understands. */
  'languageUnknown',
  /** Something came to it by name that nobody there reads, or in a language not understood there. */
  'notUnderstood',
  /** What was sent to it last did not arrive: failed, no receipt within three days, or its number refuses or has ended. */
  'sendingFailed',
  /** What was sent to it within the last three days may have arrived or not: nobody knows. */
  'sendingUncertain',
  /** Something sent to it within the last three days is still on its way. */
  'sendingUnderWay',
  /** A loudspeaker, a poster or the like was there in a language it understood then, while it lived there. */
  'couldHear',
  /** The same, but in no language that it understood. */
  'otherLanguage',
  /** A meeting for this line was held in its village while it lived there. */
  'meetingHeld',
  /** No phone on the list, and no radio, television or the like in the house. */
  'noDevice',
  /** Nothing has been done for this line in its village. */
  'nothingDone',
] as const;

export type FactName = (typeof factNames)[number];

export type Facts = Readonly<Record<FactName, boolean>>;

/** What can be proposed; `visit` = somebody goes to the household for it. */
export const steps = [
  'leader-talks',
  'visit-other-hour',
  'visit-ask-question',
  'ask-language',
  'visit-read-aloud',
  'call-household',
  'wait-receipt',
  'invite-meeting',
  'loudspeaker-language',
  'hold-meeting',
] as const;

export type Step = (typeof steps)[number];

/** For a whole village, by phone, or nothing yet: noted with who sees to it, and nobody is sent to the household. */
const FROM_AFAR: readonly Step[] = ['call-household', 'wait-receipt', 'loudspeaker-language', 'hold-meeting'];

export const isVisit = (step: Step): boolean => !FROM_AFAR.includes(step);

interface ReasonRow {
  readonly code: string;
  /** The fact that must be so; the last reason needs none. */
  readonly when: FactName | null;
  readonly next: Step;
}

/**
 * The first that fits is the reason. What was sent stands below what no sending could mend (the language is not known, what
 * came is not understood), and above what merely sounded in the village.
 */
export const reasonTable = [
  { code: 'refused', when: 'refused', next: 'leader-talks' },
  { code: 'not-met', when: 'notMet', next: 'visit-other-hour' },
  { code: 'too-weak', when: 'tooWeak', next: 'visit-ask-question' },
  { code: 'language-unknown', when: 'languageUnknown', next: 'ask-language' },
  { code: 'not-understood', when: 'notUnderstood', next: 'visit-read-aloud' },
  { code: 'delivery-failed', when: 'sendingFailed', next: 'visit-read-aloud' },
  { code: 'delivery-uncertain', when: 'sendingUncertain', next: 'call-household' },
  { code: 'delivery-waiting', when: 'sendingUnderWay', next: 'wait-receipt' },
  { code: 'heard-only', when: 'couldHear', next: 'invite-meeting' },
  { code: 'other-language', when: 'otherLanguage', next: 'loudspeaker-language' },
  { code: 'meeting-absent', when: 'meetingHeld', next: 'visit-read-aloud' },
  { code: 'no-device', when: 'noDevice', next: 'visit-read-aloud' },
  { code: 'nothing-done', when: 'nothingDone', next: 'hold-meeting' },
  { code: 'not-yet', when: null, next: 'visit-read-aloud' },
] as const satisfies readonly ReasonRow[];

export type Reason = (typeof reasonTable)[number]['code'];

export const reasons = reasonTable.map(({ code }) => code) as [Reason, ...Reason[]];

export const reasonOf = (facts: Facts): Reason => reasonTable.find(({ when }) => when === null || facts[when])!.code;

export const nextStep = (reason: Reason): Step => reasonTable.find(({ code }) => code === reason)!.next;

/** The step for a visit to one household: the proposed one, unless nobody goes there for that. */
export const visitStep = (reason: Reason): Step => (isVisit(nextStep(reason)) ? nextStep(reason) : 'visit-read-aloud');

/** The answers of the query as one number, bit by bit. */
export const factsOf = (mask: number): Facts =>
  Object.fromEntries(factNames.map((name, bit) => [name, ((mask >> bit) & 1) === 1])) as Facts;

const ALL = 2 ** factNames.length;

/** Every combination of answers that comes to this reason: so the database can pick by it without knowing the table. */
export const masksOf = (reason: Reason): number[] =>
  Array.from({ length: ALL }, (_, mask) => mask).filter((mask) => reasonOf(factsOf(mask)) === reason);

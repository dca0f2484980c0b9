/**
 * Why a household or an officer in the line's audience is not reached yet, and what to do next. The table stands in words in
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
  /** Nobody knows which languages it understands; an officer reads Vietnamese. */
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
  /** Nothing has been done for this line in its village from the first day of the line on to its last. */
  'nothingDone',
] as const;

export type FactName = (typeof factNames)[number];

export type Facts = Readonly<Record<FactName, boolean>>;

/** What can be proposed for a household, then what can be for an officer, whom nobody visits at home. */
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
  'send-mail',
  'mail-again',
  'call-officer',
  'hand-over',
  'invite-training',
] as const;

export type Step = (typeof steps)[number];

const FOR_OFFICERS: readonly Step[] = ['send-mail', 'mail-again', 'call-officer', 'hand-over', 'invite-training'];

/** Is this step for an officer, or for a household? To wait is for both. */
export const isFor = (step: Step, kind: 'household' | 'officer'): boolean =>
  step === 'wait-receipt' || FOR_OFFICERS.includes(step) === (kind === 'officer');

/** For a whole village, by phone, or nothing yet: noted with who sees to it, and nobody is sent to the household. */
const FROM_AFAR: readonly Step[] = ['call-household', 'wait-receipt', 'loudspeaker-language', 'hold-meeting'];

/** Somebody goes to the household for it. */
export const isVisit = (step: Step): boolean => !FROM_AFAR.includes(step) && isFor(step, 'household');

interface ReasonRow {
  readonly code: string;
  /** The fact that must be so; the last reason needs none. */
  readonly when: FactName | null;
  /** What is proposed for a household, and for an officer. */
  readonly next: Step;
  readonly officer: Step;
}

/**
 * The first that fits is the reason. What was sent stands below what no sending could mend (the language is not known, what
 * came is not understood), and above what merely sounded in the village.
 */
export const reasonTable = [
  { code: 'refused', when: 'refused', next: 'leader-talks', officer: 'hand-over' },
  { code: 'not-met', when: 'notMet', next: 'visit-other-hour', officer: 'call-officer' },
  { code: 'too-weak', when: 'tooWeak', next: 'visit-ask-question', officer: 'invite-training' },
  { code: 'language-unknown', when: 'languageUnknown', next: 'ask-language', officer: 'call-officer' },
  { code: 'not-understood', when: 'notUnderstood', next: 'visit-read-aloud', officer: 'hand-over' },
  { code: 'delivery-failed', when: 'sendingFailed', next: 'visit-read-aloud', officer: 'mail-again' },
  { code: 'delivery-uncertain', when: 'sendingUncertain', next: 'call-household', officer: 'call-officer' },
  { code: 'delivery-waiting', when: 'sendingUnderWay', next: 'wait-receipt', officer: 'wait-receipt' },
  { code: 'heard-only', when: 'couldHear', next: 'invite-meeting', officer: 'call-officer' },
  { code: 'other-language', when: 'otherLanguage', next: 'loudspeaker-language', officer: 'call-officer' },
  { code: 'meeting-absent', when: 'meetingHeld', next: 'visit-read-aloud', officer: 'hand-over' },
  { code: 'no-device', when: 'noDevice', next: 'visit-read-aloud', officer: 'hand-over' },
  { code: 'nothing-done', when: 'nothingDone', next: 'hold-meeting', officer: 'send-mail' },
  { code: 'not-yet', when: null, next: 'visit-read-aloud', officer: 'send-mail' },
] as const satisfies readonly ReasonRow[];

export type Reason = (typeof reasonTable)[number]['code'];

export const reasons = reasonTable.map(({ code }) => code) as [Reason, ...Reason[]];

export const reasonOf = (facts: Facts): Reason => reasonTable.find(({ when }) => when === null || facts[when])!.code;

export const nextStep = (reason: Reason, kind: 'household' | 'officer'): Step => {
  const { next, officer } = reasonTable.find(({ code }) => code === reason)!;
  return kind === 'officer' ? officer : next;
};

/** The step for one of them: the proposed one; for a household somebody goes there, whatever is proposed for its village. */
export const ownStep = (reason: Reason, kind: 'household' | 'officer'): Step => {
  const step = nextStep(reason, kind);
  return kind === 'officer' || isVisit(step) ? step : 'visit-read-aloud';
};

/** The answers of the query as one number, bit by bit. */
export const factsOf = (mask: number): Facts =>
  Object.fromEntries(factNames.map((name, bit) => [name, ((mask >> bit) & 1) === 1])) as Facts;

const ALL = 2 ** factNames.length;

/** Every combination of answers that comes to this reason: so the database can pick by it without knowing the table. */
export const masksOf = (reason: Reason): number[] =>
  Array.from({ length: ALL }, (_, mask) => mask).filter((mask) => reasonOf(factsOf(mask)) === reason);

/** By answers as a number, where the reason stands in the table: so the database can put rows in its order. */
export const ranksOfMasks = (): number[] =>
  Array.from({ length: ALL }, (_, mask) => reasons.indexOf(reasonOf(factsOf(mask))));

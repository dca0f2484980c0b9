import type { listedStates } from '../modules/content/index.ts';
import type { DeliveryState, dispatchStates, replyStates } from '../modules/delivery/index.ts';
import type { PlanState, Standing } from '../modules/plans/index.ts';
import type { ImportView, severities } from '../modules/registry/index.ts';
import type { VisitState } from '../modules/visits/index.ts';
import { type Say, words } from '../shared/words/index.ts';
import type { Tone } from '../ui/index.ts';

/** How a state looks, and whether it asks for something: then its sentences stand in the words under `next.<kind>.<state>`. */
interface Look {
  readonly tone: Tone;
  readonly asks: boolean;
}

/** Somebody has to do something, or it goes on by itself: the page says which. */
const asks = (tone: Tone): Look => ({ tone, asks: true });

/** On purpose nothing is asked of anybody. */
const rests = (tone: Tone): Look => ({ tone, asks: false });

const kind = <S extends string>(word: string, states: Readonly<Record<S, Look>>) => ({ word, states });

/**
 * Every state of the product. Tones mean the same everywhere: plain = nothing (more) happens; info = goes on by itself;
 * good = holds, or went well; warning = waits for somebody; danger = went wrong, or is late.
 */
export const looks = {
  plan: kind<PlanState>('plan.state', { draft: asks('warning'), issued: rests('good'), closed: rests('plain') }),
  /** A line of a plan; `none` while the plan is a draft. */
  line: kind<Standing | 'none'>('plan.standing', {
    ...{ none: rests('plain'), ahead: rests('plain'), begun: rests('info'), over: rests('good') },
    ...{ open: asks('warning'), late: asks('danger'), unkept: asks('info') },
  }),
  /** Something that was done for a line. */
  activity: kind<'yes' | 'no'>('page.evidence.counts', { yes: rests('good'), no: asks('plain') }),
  import: kind<ImportView['state'] | 'busy'>('page.imports.state', {
    ...{ uploaded: asks('info'), busy: asks('info'), read: asks('warning'), checked: asks('warning') },
    ...{ failed: asks('danger'), committed: asks('good'), undone: asks('plain'), discarded: asks('plain') },
  }),
  /** One thing wrong in a list; what to do stands beside it. */
  fault: kind<(typeof severities)[number]>('page.imports.severity', {
    error: rests('danger'),
    warning: rests('warning'),
  }),
  /** An edition of a message; `waiting` = in use, and something of it waits for approval. */
  edition: kind<(typeof listedStates)[number]>('content.state', {
    ...{ draft: asks('warning'), submitted: asks('warning'), waiting: asks('warning') },
    ...{ approved: rests('good'), retired: asks('plain') },
  }),
  /** A legal basis, held against its document or not. */
  basis: kind<'verified' | 'unconfirmed'>('content.mark', { verified: rests('plain'), unconfirmed: rests('warning') }),
  /** A sending; `morning` = nothing goes out before 7. */
  dispatch: kind<(typeof dispatchStates)[number] | 'morning'>('page.dispatches.state', {
    ...{ open: asks('info'), morning: asks('info'), stopped: asks('warning'), done: asks('good') },
  }),
  delivery: kind<DeliveryState>('delivery.state', {
    ...{ created: asks('plain'), sending: asks('info'), accepted: asks('info'), delivered: rests('good') },
    ...{ failed: asks('danger'), 'no-receipt': asks('warning'), uncertain: asks('warning'), withheld: asks('warning') },
  }),
  reply: kind<(typeof replyStates)[number]>('page.dispatches.reply', {
    ...{ unread: asks('warning'), read: rests('plain'), stop: rests('danger') },
  }),
  visit: kind<VisitState>('visit-state', {
    ...{ open: asks('info'), done: rests('good'), 'not-met': asks('warning'), refused: asks('warning') },
    cancelled: rests('plain'),
  }),
  /** A number: nobody writes to it and calls it, or may again. */
  refusal: kind<'refused' | 'lifted'>('page.refusals.state', { refused: rests('danger'), lifted: rests('plain') }),
} as const;

export type StateKind = keyof typeof looks;

export type StateOf<K extends StateKind> = keyof (typeof looks)[K]['states'] & string;

/** One state of one kind of thing. */
export interface Stands<K extends StateKind> {
  readonly kind: K;
  readonly state: StateOf<K>;
}

const lookOf = (kind: StateKind, state: string): Look | undefined =>
  (looks[kind].states as Readonly<Record<string, Look>>)[state];

/** The tone of a state. */
export const toneOf = <K extends StateKind>({ kind, state }: Stands<K>): Tone => lookOf(kind, state)?.tone ?? 'plain';

/** A state in a word or two. */
export const stateText = <K extends StateKind>(say: Say, { kind, state }: Stands<K>): string =>
  say(`${looks[kind].word}.${state}`);

export interface Next {
  /** What the same state asks for in this case, such as `faulty`; left out, the sentence of the state alone. */
  readonly how?: string | undefined;
  /** The reader may do it; otherwise it is said who does. */
  readonly may?: boolean;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** What happens next, and who does it, in a sentence; undefined where nothing is asked of anybody. */
export const nextText = <K extends StateKind>(
  say: Say,
  { kind, state }: Stands<K>,
  { how, may = true, params = {} }: Next = {},
): string | undefined => {
  if (!lookOf(kind, state)?.asks) return undefined;
  const key = ['next', kind, state, ...(how ? [how] : [])].join('.');
  return say(!may && `${key}.others` in words.vi ? `${key}.others` : key, params);
};

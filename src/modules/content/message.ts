/** A message is one core statement bound to its legal basis, in editions, each with its forms. Pure rules, no I/O. */

export const states = ['draft', 'submitted', 'approved', 'retired'] as const;

export type State = (typeof states)[number];

/**
 * How a message is said: SMS with and without diacritics, a text to read aloud, a question that shows whether it was
 * understood, an e-mail (its first line is the subject).
 */
export const formKinds = ['sms', 'sms-plain', 'script', 'question', 'email'] as const;

export type FormKind = (typeof formKinds)[number];

/** What a message is about: the contents of the source plan (S3-S15) and the policies behind them. */
export const topics = [
  'policy',
  'review',
  'health-insurance',
  'education',
  'housing',
  'credit',
  'work',
  'livelihood',
  'farming',
  'leaving-poverty',
  'movement',
  'role-models',
  'legal-aid',
  'water',
  'social-protection',
  'nutrition',
  'information',
  'responsibility',
] as const;

export type Topic = (typeof topics)[number];

export const CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

export type StepKind = 'written' | 'submitted' | 'returned' | 'approved' | 'retired';

/** What can be done with an edition, or with one correction of a form, in which state, and what it becomes. */
const MOVES = {
  submit: { from: ['draft'], to: 'submitted' },
  return: { from: ['submitted'], to: 'draft' },
  approve: { from: ['submitted'], to: 'approved' },
  retire: { from: ['approved'], to: 'retired' },
} as const satisfies Record<string, { from: readonly State[]; to: State }>;

export type Move = keyof typeof MOVES;

/** The state after a move; undefined when it is not to be made in this state. */
export const stateAfter = (state: State, move: Move): State | undefined =>
  MOVES[move].from.some((from) => from === state) ? MOVES[move].to : undefined;

interface Step {
  readonly what: StepKind;
  readonly userId: string | null;
}

/**
 * Why this person may not approve: nobody approves what they wrote or submitted, and an approval needs a person (the
 * product itself, or the owner of the data folder at a terminal, is nobody by name). Undefined = may.
 */
export const approvalFault = (history: readonly Step[], userId: string | null): 'nobody' | 'own-work' | undefined => {
  if (userId === null) return 'nobody';
  const own = history.some((step) => ['written', 'submitted'].includes(step.what) && step.userId === userId);
  return own ? 'own-work' : undefined;
};

interface Content {
  readonly core: string;
  readonly bases: readonly unknown[];
  readonly forms: readonly { readonly kind: FormKind }[];
}

/** What an edition still lacks before it may be submitted. */
export const lacking = ({ core, bases, forms }: Content): ('core' | 'bases' | 'forms')[] => [
  ...(core.trim() === '' ? (['core'] as const) : []),
  ...(bases.length === 0 ? (['bases'] as const) : []),
  ...(forms.some(({ kind }) => kind !== 'question') ? [] : (['forms'] as const)),
];

export interface Standing {
  readonly state: State;
  /** The newest edition of its message. */
  readonly newest: boolean;
  readonly history: readonly Step[];
}

export interface Rights {
  readonly userId: string | null;
  /** Has a role that writes (officer, editor) over the place. */
  readonly writes: boolean;
  /** Has a role that decides (leader) over the place. */
  readonly decides: boolean;
}

export type Act = 'write' | 'revise' | 'new-edition' | Move;

/** What this person can do with the edition now: the page offers this and nothing else. */
export const actsOf = ({ state, newest, history }: Standing, { userId, writes, decides }: Rights): Act[] => {
  const acts: [Act, boolean][] = [
    ['write', writes && state === 'draft'],
    ['submit', writes && state === 'draft'],
    ['revise', writes && state === 'approved'],
    ['new-edition', writes && newest && (state === 'approved' || state === 'retired')],
    ['approve', decides && state === 'submitted' && approvalFault(history, userId) === undefined],
    ['return', decides && state === 'submitted'],
    ['retire', decides && state === 'approved'],
  ];
  return acts.flatMap(([act, may]) => (may ? [act] : []));
};

import type { Proof, SpokenLanguage, Stage } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';
import { conflict } from '../../shared/errors.ts';

/** Open until somebody was there, or until it is called off; what happened then is never rewritten. */
export const visitStates = ['open', 'done', 'not-met', 'refused', 'cancelled'] as const;

export type VisitState = (typeof visitStates)[number];

/** What may come of going there. Only "met" brings evidence; the two others are notes. */
export const visitOutcomes = ['met', 'not-met', 'refused'] as const;

export type VisitOutcome = (typeof visitOutcomes)[number];

/** What can prove what happened at somebody's door; the mere word of who was there is the weakest. */
export const visitProofs = ['declared', 'second-person', 'photo-list', 'device'] as const satisfies readonly Proof[];

export type VisitProof = (typeof visitProofs)[number];

const after: Readonly<Record<VisitOutcome | 'cancel', VisitState>> = {
  met: 'done',
  'not-met': 'not-met',
  refused: 'refused',
  cancel: 'cancelled',
};

/** The state that follows; only what is open can end. What was recorded wrongly is put right by voiding its evidence. */
export const closeAs = (state: VisitState, what: VisitOutcome | 'cancel'): VisitState => {
  if (state !== 'open') throw conflict('visit.closed', { state: `@visit-state.${state}` });
  return after[what];
};

/** What was told of one line's message at the door. */
export interface LineResult {
  readonly lineId: string;
  /** In which it was read aloud and answered. */
  readonly language: SpokenLanguage;
  readonly readAloud: boolean;
  /** The check question was answered rightly; null = not asked. */
  readonly right: boolean | null;
  /** The household asked, applied, enrolled or pledged. */
  readonly acted: boolean;
  /** The question's form, when it is known which one was asked. */
  readonly formId?: string | null;
}

/** How strong the evidence of a line's result is: done, understood, heard; null = nothing was told of this line. */
export const stageOf = ({
  readAloud,
  right,
  acted,
}: Pick<LineResult, 'readAloud' | 'right' | 'acted'>): Stage | null =>
  acted ? 5 : right === true ? 4 : readAloud ? 3 : null;

/** Somebody goes to a household for some lines' messages by a day. */
export interface Visit {
  readonly visitId: string;
  readonly subjectId: string;
  readonly lineIds: readonly string[];
  readonly agentId: string | null;
  readonly agentName: string;
  /** Users to whom it was given before. */
  readonly agentsBefore: readonly string[];
  readonly dueOn: Day;
  readonly note: string;
  readonly state: VisitState;
  readonly assignedBy: string | null;
  readonly assignedByName: string;
  readonly assignedAt: Date;
  readonly happenedOn: Day | null;
  readonly outcomeNote: string;
  readonly activityIds: readonly string[];
  readonly closedByName: string | null;
  readonly closedAt: Date | null;
}

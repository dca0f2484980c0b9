import type { Channel } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';
import { type Rule, ruleSchema } from '../audiences/index.ts';

/**
 * A line of a plan as those below in the river see it: which edition of which message is to reach whom, where, when, how
 * strongly. The rule is the one copied in when the plan was imported; changing the audience later does not change it.
 */
export interface Line {
  readonly lineId: string;
  readonly planId: string;
  readonly planCode: string;
  readonly planTitle: string;
  readonly planPlaceId: string;
  readonly planState: PlanState;
  /** When it was entered that the plan was issued; null = a draft. */
  readonly planIssuedAt: Date | null;
  readonly planClosedAt: Date | null;
  readonly planPeriodFrom: Day;
  readonly planPeriodTo: Day;
  readonly position: number;
  readonly what: string;
  readonly messageId: string;
  readonly edition: number;
  readonly audienceCode: string;
  readonly audienceName: string;
  /** Shaped by the audiences module; parse with its `ruleSchema`. */
  readonly rule: unknown;
  readonly channels: readonly Channel[];
  readonly placeIds: readonly string[];
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly body: string;
  readonly headName: string;
  readonly headPost: string;
  /** From this stage on a subject counts as reached, 2 to 5. */
  readonly threshold: number;
  /** Per cent of the audience to be reached. */
  readonly targetPercent: number;
  readonly synthetic: boolean;
}

/** What the line is for: households, or officers. */
export const subjectOf = ({ rule }: Pick<Line, 'rule'>): Rule['subject'] => ruleSchema.parse(rule).subject;

/** What a line says of work and money, beside what others need of it. */
export interface LineTerms {
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly partners: readonly string[];
  /** VND. */
  readonly budget: number | null;
  readonly budgetSource: string | null;
}

export const planStates = ['draft', 'issued', 'closed'] as const;

export type PlanState = (typeof planStates)[number];

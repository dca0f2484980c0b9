import type { Day } from '../../shared/dates.ts';
import type { PlanState } from './line.ts';

/** A document a plan stands on, as its heading names it. */
export interface Basis {
  readonly number: string;
  readonly date: Day | null;
  readonly issuer: string;
  readonly title: string;
}

/** A plan is a signed document: it is a draft until its number, date, signer and the signed file are there. */
export interface Plan {
  readonly planId: string;
  readonly code: string;
  readonly placeId: string;
  readonly title: string;
  readonly programme: string;
  readonly issuer: string;
  readonly number: string | null;
  readonly issuedOn: Day | null;
  readonly signer: string | null;
  readonly signedSha256: string | null;
  readonly signedName: string | null;
  readonly periodFrom: Day;
  readonly periodTo: Day;
  readonly parentPlanId: string | null;
  readonly parentCode: string | null;
  readonly objectives: readonly string[];
  readonly bases: readonly Basis[];
  readonly state: PlanState;
  readonly synthetic: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly closedAt: Date | null;
  readonly closedNote: string | null;
}

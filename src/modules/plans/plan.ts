import type { Day } from '../../shared/dates.ts';
import type { PlanState } from './line.ts';

/** A document a plan stands on, as its heading names it. */
export interface Basis {
  readonly number: string;
  readonly date: Day | null;
  readonly issuer: string;
  readonly title: string;
}

/** Within its period, before it, or after it; what was closed is over. */
export type Phase = 'now' | 'coming' | 'over';

interface Dated {
  readonly state: PlanState;
  readonly periodFrom: Day;
  readonly periodTo: Day;
}

export const phaseOf = ({ state, periodFrom, periodTo }: Dated, today: Day): Phase => {
  if (state === 'closed' || periodTo < today) return 'over';
  return periodFrom > today ? 'coming' : 'now';
};

const ORDER: readonly Phase[] = ['now', 'coming', 'over'];

/** The order in which people look for plans: those under way, then what comes, each by its first day; then what is over, the newest first. */
export const byPhase = <P extends { readonly phase: Phase; readonly periodFrom: Day; readonly code: string }>(
  a: P,
  b: P,
): number =>
  ORDER.indexOf(a.phase) - ORDER.indexOf(b.phase) ||
  a.periodFrom.localeCompare(b.periodFrom) * (a.phase === 'over' ? -1 : 1) ||
  a.code.localeCompare(b.code);

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

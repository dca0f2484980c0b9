import type { Day } from '../../shared/dates.ts';
import type { Coverage, LineCoverage, Reason } from '../coverage/index.ts';
import type { Activity, LateHead, LineTerms, Plan, PlanView, Standing } from '../plans/index.ts';

/** The results of a plan as a paper tells them: what the writers of files lay out. Pure; names no household. */

export interface Sendings {
  readonly channel: 'sms' | 'email';
  /** How many times something was sent. */
  readonly times: number;
  readonly recipients: number;
  /** The handset, or the mail server of whom it was for, said so. */
  readonly delivered: number;
  readonly failed: number;
  /** Held back at the last moment: refused, moved away, too many messages already. */
  readonly withheld: number;
  /** Nobody knows whether it arrived. */
  readonly unknown: number;
  readonly underWay: number;
}

export interface ActivityCount {
  readonly kind: Activity['kind'];
  readonly count: number;
}

export interface ReasonCount {
  readonly reason: Reason;
  readonly count: number;
}

export interface ReportLine {
  /** The figures, as the page of coverage shows them for the same day. */
  readonly coverage: LineCoverage;
  readonly message: { readonly code: string; readonly title: string };
  readonly head: { readonly name: string; readonly post: string };
  readonly terms: Pick<LineTerms, 'quantity' | 'unit'>;
  /** How many subjects the target of the line comes to. */
  readonly targetCount: number;
  /** null = nobody is meant. */
  readonly met: boolean | null;
  readonly notReached: number;
  /** Of those reached, how many rest only on evidence from before the line's first day. */
  readonly earlier: number;
  readonly activities: readonly ActivityCount[];
  readonly sendings: readonly Sendings[];
  /** The most frequent first. */
  readonly reasons: readonly ReasonCount[];
  readonly standing: Standing | null;
}

/** Subjects by how many of the lines that mean them have reached them. */
export interface Overall {
  readonly subject: 'household' | 'officer';
  readonly subjects: number;
  /** Reached by every line that means them; by none. */
  readonly all: number;
  readonly none: number;
}

export type LateLine = Pick<PlanView['lines'][number], 'position' | 'what' | 'headName' | 'headPost' | 'endsOn'> & {
  readonly standing: Standing | null;
};

export interface PlanReport {
  readonly plan: Plan;
  readonly on: Day;
  /** The day on which it was made. */
  readonly madeOn: Day;
  /** Whose paper it is; null = for the office to write. */
  readonly issuer: string | null;
  /** Where it is signed (Hạnh Phúc); null = for the office to write. */
  readonly locality: string | null;
  /** Places whose figures these are, when they are only a part of the plan's. */
  readonly part: readonly string[] | null;
  readonly coverage: Coverage;
  readonly lines: readonly ReportLine[];
  readonly overall: readonly Overall[];
  readonly late: readonly LateHead<LateLine>[];
}

/** So many subjects the target comes to; a part of one is one more. */
export const targetOf = ({ sum, targetPercent }: LineCoverage): number =>
  // Rounded first: 7 per cent of 100 is 7.000000000000001 here.
  Math.ceil(Math.round(sum.n * targetPercent * 1_000) / 100_000);

interface Reachedness {
  readonly of: number;
  readonly reached: number;
  readonly subjects: number;
}

export const overallOf = (subject: Overall['subject'], rows: readonly Reachedness[]): Overall[] => {
  const sum = (some: readonly Reachedness[]) => some.reduce((total, { subjects }) => total + subjects, 0);
  if (rows.length === 0) return [];
  return [
    {
      subject,
      subjects: sum(rows),
      all: sum(rows.filter(({ of, reached }) => reached === of)),
      none: sum(rows.filter(({ reached }) => reached === 0)),
    },
  ];
};

/** How many reasons a line of the table names. */
const REASONS = 3;

export const topReasons = (counts: Readonly<Partial<Record<Reason, number>>>): ReasonCount[] =>
  Object.entries(counts)
    .map(([reason, count]) => ({ reason: reason as Reason, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
    .slice(0, REASONS);

export const countKinds = (activities: readonly Pick<Activity, 'kind'>[]): ActivityCount[] =>
  [...Map.groupBy(activities, ({ kind }) => kind)]
    .map(([kind, own]) => ({ kind, count: own.length }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));

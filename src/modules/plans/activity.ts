import type { ActivityKind, Proof } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';

/** What was really done for a line: one meeting, one broadcast log, one batch of leaflets, one visit. Carries the evidence. */
export interface Activity {
  readonly activityId: string;
  readonly lineId: string;
  readonly planId: string;
  readonly planCode: string;
  readonly position: number;
  readonly messageId: string;
  readonly edition: number;
  readonly kind: ActivityKind;
  readonly placeIds: readonly string[];
  readonly happenedOn: Day;
  readonly language: string;
  readonly proof: Proof;
  /** Numbers of what it took: times played, copies, people present … */
  readonly details: Readonly<Record<string, string | number>>;
  readonly note: string;
  readonly recordedByName: string;
  readonly recordedAt: Date;
  readonly voidedAt: Date | null;
  readonly voidReason: string | null;
}

export interface NewActivity {
  readonly lineId: string;
  readonly kind: ActivityKind;
  readonly placeIds: readonly string[];
  readonly happenedOn: Day;
  readonly language: string;
  readonly proof: Proof;
  readonly details: Readonly<Record<string, string | number>>;
  readonly note: string;
}

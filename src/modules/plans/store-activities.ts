import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { ActivityKind } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';
import { notFound } from '../../shared/errors.ts';
import { isId } from '../../shared/ids.ts';
import type { Activity, NewActivity } from './activity.ts';

interface Recorded extends NewActivity {
  readonly activityId: string;
  readonly edition: number;
  readonly recordedBy: string | null;
  readonly recordedByName: string;
  readonly at: Date;
}

export const insertActivity = async (tx: Db, activity: Recorded): Promise<void> => {
  await sql`insert into plans.activity (activity_id, line_id, edition, kind, place_ids, happened_on, language, proof, details, note,
      recorded_by, recorded_by_name, recorded_at)
    values (${activity.activityId}, ${activity.lineId}, ${activity.edition}, ${activity.kind}, ${[...activity.placeIds]}::uuid[], ${activity.happenedOn},
      ${activity.language}, ${activity.proof}, ${JSON.stringify(activity.details)}::jsonb, ${activity.note},
      ${activity.recordedBy}, ${activity.recordedByName}, ${activity.at})`.execute(tx);
};

const selectActivities = (where: RawBuilder<unknown>) => sql<Activity>`
  select a.activity_id as "activityId", a.line_id as "lineId", l.plan_id as "planId", p.code as "planCode", l.position,
    l.message_id as "messageId", a.edition, a.kind, a.place_ids as "placeIds", a.happened_on as "happenedOn", a.language, a.proof,
    a.details, a.note, a.recorded_by_name as "recordedByName", a.recorded_at as "recordedAt", a.voided_at as "voidedAt",
    a.void_reason as "voidReason"
  from plans.activity a join plans.plan_line l on l.line_id = a.line_id join plans.plan p on p.plan_id = l.plan_id
  where ${where} order by a.happened_on desc, a.recorded_at desc, a.activity_id`;

export interface ActivityQuery {
  readonly lineId?: string;
  readonly planId?: string;
  /** Activities in at least one of these places. */
  readonly placeIds?: readonly string[];
  readonly kind?: ActivityKind;
  readonly happenedOn?: Day;
  /** Only those that were not voided. */
  readonly standing?: boolean;
}

/** What was done, the newest first; voided ones included, with the reason. */
export const activitiesOf = async (tx: Db, query: ActivityQuery): Promise<Activity[]> => {
  const { lineId, planId, placeIds, kind, happenedOn, standing } = query;
  const { rows } = await selectActivities(
    sql`${lineId === undefined ? sql`true` : sql`a.line_id = ${lineId}`}
      and ${planId === undefined ? sql`true` : sql`l.plan_id = ${planId}`}
      and ${placeIds === undefined ? sql`true` : sql`a.place_ids && ${[...placeIds]}::uuid[]`}
      and ${kind === undefined ? sql`true` : sql`a.kind = ${kind}`}
      and ${happenedOn === undefined ? sql`true` : sql`a.happened_on = ${happenedOn}::date`}
      and ${standing ? sql`a.voided_at is null` : sql`true`}`,
  ).execute(tx);
  return rows;
};

export const getActivityRow = async (tx: Db, activityId: string): Promise<Activity> => {
  const [activity] = isId(activityId)
    ? (await selectActivities(sql`a.activity_id = ${activityId}`).execute(tx)).rows
    : [];
  if (!activity) throw notFound('activity');
  return activity;
};

/** @returns false when it was voided before. */
export const markVoided = async (
  tx: Db,
  { activityId, by, reason, at }: { activityId: string; by: string | null; reason: string; at: Date },
): Promise<boolean> => {
  const { rows } = await sql<{
    activity_id: string;
  }>`update plans.activity set voided_at = ${at}, voided_by = ${by}, void_reason = ${reason}
    where activity_id = ${activityId} and voided_at is null returning activity_id`.execute(tx);
  return rows.length > 0;
};

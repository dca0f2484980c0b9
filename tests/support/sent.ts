import { newId } from '../../src/shared/ids.ts';
import type { World } from './world.ts';

export interface Sent {
  readonly subjectId: string;
  readonly lineId: string;
  readonly messageId: string;
  readonly edition?: number;
  readonly state: string;
  readonly fault: string | null;
  /** When the sending was confirmed, and (unless it still waits) handed over. */
  readonly at: string;
  readonly finalAt: string | null;
  readonly placeId?: string;
  readonly activityId?: string;
  readonly dispatchState?: 'open' | 'stopped' | 'done';
}

/** What is done for the line by the sending: without it nothing of it counts as sent. */
const putActivity = async (pool: World['database']['pool'], sent: Sent, placeId: string): Promise<string> => {
  const activityId = newId();
  await pool.query(
    `insert into plans.activity (activity_id, line_id, edition, kind, place_ids, happened_on, language, proof, recorded_by_name, recorded_at)
     values ($1, $2, $3, 'sms', $4::uuid[], $5::timestamptz::date, 'vi', 'network', 'Cán bộ xã', $5)`,
    [activityId, sent.lineId, sent.edition ?? 1, [placeId], sent.at],
  );
  return activityId;
};

/** A sending to one household as the tables hold it, in whatever state; the sending itself is not at stake. */
export const putDelivery = async ({ database: { pool } }: World, sent: Sent): Promise<string> => {
  const [dispatchId, batchId, deliveryId] = [newId(), newId(), newId()];
  const placeId = sent.placeId ?? newId();
  const activityId = sent.activityId ?? (await putActivity(pool, sent, placeId));
  await pool.query(
    `insert into delivery.dispatch (dispatch_id, activity_id, line_id, run, message_id, edition, channel, form_kind, priority, place_ids,
       recipients, parts, left_out, synthetic, state, deadline, created_by_name, created_at)
     values ($1, $2, $3, (select coalesce(max(run), 0) + 1 from delivery.dispatch where line_id = $3), $4, $5, 'sms', 'sms', 2, $6::uuid[],
       1, 1, '{}', true, $7, $8::timestamptz + interval '2 days', 'Cán bộ xã', $8)`,
    [
      ...[dispatchId, activityId, sent.lineId, sent.messageId, sent.edition ?? 1, [placeId]],
      ...[sent.dispatchState ?? 'done', sent.at],
    ],
  );
  await pool.query(
    `insert into delivery.batch (batch_id, dispatch_id, commune_id, priority, due_at, state) values ($1, $2, $3, 2, $4, 'done')`,
    [batchId, dispatchId, newId(), sent.at],
  );
  await pool.query(
    `insert into delivery.delivery (subject_id, delivery_id, dispatch_id, batch_id, place_id, contact_point_id, address, form_id, language, body,
       parts, state, fault, sent_at, final_at)
     values ($1, $2, $3, $4, $5, $6, '+84541000001', $6, 'vi', 'x', 1, $7, $8, $9, $10)`,
    [
      ...[sent.subjectId, deliveryId, dispatchId, batchId, placeId, newId(), sent.state, sent.fault],
      ...[['created', 'withheld'].includes(sent.state) ? null : sent.at, sent.finalAt],
    ],
  );
  return dispatchId;
};

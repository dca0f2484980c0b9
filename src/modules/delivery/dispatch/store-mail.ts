import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { type Day, ZONE } from '../../../shared/dates.ts';
import type { Arrived } from './store-receipts.ts';

/** A mail of which nothing bad was heard, with what the ledger needs; `subjectKind` says whether it may stand there. */
export interface Settled extends Arrived {
  readonly subjectKind: 'household' | 'officer';
  readonly sentOn: Day;
}

/**
 * Mails that have not come back by now: an officer's counts as delivered, a household's proves nothing.
 * @returns those of officers, for the ledger, unless what was done was taken back
 */
export const settleMails = async (
  tx: Db,
  { before, at, limit }: { before: Date; at: Date; limit: number },
): Promise<{ count: number; arrived: Settled[] }> => {
  const { rows } = await sql<{ count: number; arrived: Settled[] | null }>`
    with due as materialized (
      select d.subject_id, d.delivery_id, s.message_id, s.edition, s.activity_id, u.kind
      from delivery.dispatch s join delivery.delivery d on d.dispatch_id = s.dispatch_id and d.state = 'accepted' and d.sent_at < ${before}
      join registry.subject u on u.subject_id = d.subject_id
      where s.channel = 'email' and s.created_at < ${before} limit ${limit} for update of d skip locked
    ), settled as (
      update delivery.delivery d set state = case when e.kind = 'officer' then 'delivered' else 'no-receipt' end, final_at = ${at}
      from due e where d.subject_id = e.subject_id and d.delivery_id = e.delivery_id
      returning d.subject_id, d.language, d.form_id, d.sent_at, e.message_id, e.edition, e.activity_id, e.kind)
    select (select count(*)::int from settled) as count, (
      select jsonb_agg(jsonb_build_object('subjectId', t.subject_id, 'messageId', t.message_id, 'edition', t.edition, 'language', t.language,
        'formId', t.form_id, 'activityId', t.activity_id, 'subjectKind', t.kind, 'sentOn', (t.sent_at at time zone ${ZONE})::date))
      from settled t join plans.activity_in_force a on a.activity_id = t.activity_id
      join registry.subject u on u.subject_id = t.subject_id and u.exists_from <= (t.sent_at at time zone ${ZONE})::date
        and (u.exists_to is null or u.exists_to > (t.sent_at at time zone ${ZONE})::date)
      where t.kind = 'officer') as arrived`.execute(tx);
  return { count: rows[0]!.count, arrived: rows[0]!.arrived ?? [] };
};

interface Mail {
  readonly subjectId: string;
  readonly address: string;
  readonly activityId: string;
  readonly state: string;
}

const MAIL = sql`d.subject_id as "subjectId", d.address, s.activity_id as "activityId", d.state`;

/** The mail of a delivery, held. One of which nobody knows whether it was taken may have come, too: it is looked for longer. */
export const findMail = async (tx: Db, deliveryId: string): Promise<Mail | undefined> => {
  const { rows } = await sql<Mail>`select ${MAIL} from delivery.lookup l
    join delivery.delivery d on d.subject_id = l.subject_id and d.delivery_id = l.delivery_id
    join delivery.dispatch s on s.dispatch_id = d.dispatch_id and s.channel = 'email'
    where l.delivery_id = ${deliveryId} for update of d limit 1`.execute(tx);
  if (rows[0]) return rows[0];
  const { rows: more } = await sql<Mail>`select ${MAIL} from delivery.dispatch s
    join delivery.delivery d on d.dispatch_id = s.dispatch_id and d.delivery_id = ${deliveryId}
    where s.channel = 'email' and d.state in ('sending', 'uncertain') for update of d limit 1`.execute(tx);
  return more[0];
};

export const markBounced = async (
  tx: Db,
  { subjectId, deliveryId, detail, at }: { subjectId: string; deliveryId: string; detail: string; at: Date },
): Promise<void> => {
  await sql`update delivery.delivery set state = 'failed', fault = 'bounced', detail = ${detail}, final_at = ${at}
    where subject_id = ${subjectId} and delivery_id = ${deliveryId}`.execute(tx);
};

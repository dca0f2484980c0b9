import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';
import { CAP, type SentBy } from './dispatch.ts';

export interface ToSend {
  readonly subjectId: string;
  readonly deliveryId: string;
  readonly to: string;
  readonly body: string;
  readonly synthetic: boolean;
}

export interface ClaimedBatch {
  readonly batchId: string;
  readonly dispatchId: string;
  readonly channel: SentBy;
  /** What goes out, `sending` from now on; empty when all of it was withheld. */
  readonly rows: readonly ToSend[];
}

/** The provider tried first by each channel that is connected. */
export type Open = Readonly<Partial<Record<SentBy, string>>>;

interface Moment {
  readonly at: Date;
  readonly today: Day;
  /** Only what is urgent, and mail. */
  readonly quiet: boolean;
}

/**
 * The next batch that is due. Urgent before replies before small before large; among equals the commune with the fewest
 * batches under way, then the one that waited longest: so none has more than half while another waits.
 * `pair` goes from one commune that waits to the next by the index, however many batches each of them has.
 */
const nextDue = (channels: readonly string[], { at, quiet }: Moment) => sql`
    pair as (
      (select b.priority, b.commune_id from delivery.batch b where b.state = 'waiting' order by b.priority, b.commune_id limit 1)
      union all
      select next.* from pair p cross join lateral (select b.priority, b.commune_id from delivery.batch b
        where b.state = 'waiting' and (b.priority, b.commune_id) > (p.priority, p.commune_id) order by b.priority, b.commune_id limit 1) next
    ), waiting as (
      select first.* from pair p cross join lateral (
        select b.batch_id, b.priority, b.commune_id, b.due_at from delivery.batch b
        join delivery.dispatch s on s.dispatch_id = b.dispatch_id and s.state = 'open' and s.deadline > ${at}
        where b.state = 'waiting' and b.priority = p.priority and b.commune_id = p.commune_id
          and b.due_at <= ${at} and s.channel = any(${channels}::text[])
          and (not ${quiet}::boolean or s.urgent_reason is not null or s.channel = 'email')
        order by b.due_at, b.batch_id limit 1) first
    ), busy as (select commune_id, count(*) as batches from delivery.batch where state = 'claimed' group by 1),
    next as (
      select w.batch_id from waiting w left join busy c on c.commune_id = w.commune_id left join delivery.turn t on t.commune_id = w.commune_id
      order by w.priority, coalesce(c.batches, 0), t.served_at nulls first, w.due_at, w.batch_id limit 1
    )`;

/** Why delivery `d` of subject `s` in batch `b` may not go out any more: the first reason that holds; null = it may. */
const faultNow = ({ at, today }: Moment) => {
  const since = new Date(at.getTime() - CAP.days * 86_400_000);
  return sql`case when b.bar is not null then b.bar
        when s.exists_from > ${today}::date or s.exists_to <= ${today}::date then 'gone'
        when not exists (select 1 from registry.contact_point c where c.subject_id = d.subject_id and c.value = d.address
          and c.valid_from <= ${today}::date and (c.valid_to is null or c.valid_to > ${today}::date)) then 'number-ended'
        when exists (select 1 from registry.refused_number r where r.value = d.address and r.valid_from <= ${today}::date
          and (r.valid_to is null or r.valid_to > ${today}::date)) then 'refused'
        when not exists (select 1 from content.form f where f.form_id = d.form_id and f.state = 'approved') then 'not-approved'
        when b.capped and (select count(*) from delivery.delivery o where o.subject_id = d.subject_id and o.sent_at > ${since}
          and o.state not in ('created', 'withheld', 'failed')) >= ${CAP.messages} then 'cap' end`;
};

/**
 * Takes the next batch that is due, for a worker; looks at each of its deliveries once more, marks what goes out as `sending`
 * and withholds the rest: the number refuses, is no longer the subject's, the subject is no more, message or wording are no
 * longer approved, the plan is over, it was taken back, the week is full. One statement: two workers wait for each other
 * while it runs.
 */
export const claimBatch = async (
  tx: Db,
  worker: number,
  open: Open,
  moment: Moment,
): Promise<ClaimedBatch | undefined> => {
  const { at } = moment;
  const channels = Object.keys(open);
  const { rows } = await sql<Omit<ClaimedBatch, 'rows'> & ToSend & { deliveryId: string | null; fault: string | null }>`
    with recursive ${nextDue(channels, moment)},
    taken as (
      update delivery.batch b set state = 'claimed', worker = ${worker}, claimed_at = ${at} from next where b.batch_id = next.batch_id
      returning b.batch_id, b.dispatch_id, b.commune_id
    ), turn as (
      insert into delivery.turn (commune_id, served_at) select commune_id, clock_timestamp() from taken
      on conflict (commune_id) do update set served_at = excluded.served_at
    ), batch as materialized (
      select t.batch_id, t.dispatch_id, s.channel, s.channel = 'sms' and s.urgent_reason is null as capped,
        (${Object.values(open)}::text[])[array_position(${channels}::text[], s.channel)] as provider, case
          when not exists (select 1 from content.message_edition e where e.message_id = s.message_id and e.edition = s.edition
            and e.state = 'approved') then 'not-approved'
          when not exists (select 1 from plans.plan_line l join plans.plan p on p.plan_id = l.plan_id
            where l.line_id = s.line_id and p.state = 'issued') then 'plan-closed'
          when not exists (select 1 from plans.activity_in_force a where a.activity_id = s.activity_id) then 'taken-back' end as bar
      from taken t join delivery.dispatch s on s.dispatch_id = t.dispatch_id
    ), looked as materialized (
      select d.subject_id, d.delivery_id, s.synthetic, b.provider, ${faultNow(moment)} as fault
      from batch b join delivery.delivery d on d.batch_id = b.batch_id and d.state = 'created'
      join registry.subject s on s.subject_id = d.subject_id
    ), marked as (
      update delivery.delivery d set state = case when l.fault is null then 'sending' else 'withheld' end, fault = l.fault,
        tries = d.tries + (l.fault is null)::int, sent_at = case when l.fault is null then ${at}::timestamptz end,
        provider = case when l.fault is null then l.provider end,
        final_at = case when l.fault is not null then ${at}::timestamptz end
      from looked l where d.subject_id = l.subject_id and d.delivery_id = l.delivery_id
      returning d.subject_id, d.delivery_id, d.address, d.body, l.synthetic, l.fault
    )
    select b.batch_id as "batchId", b.dispatch_id as "dispatchId", b.channel, m.subject_id as "subjectId", m.delivery_id as "deliveryId",
      m.address as "to", m.body, m.synthetic, m.fault
    from batch b left join marked m on true`.execute(tx);
  const [first] = rows;
  if (!first) return undefined;
  const out = rows.filter(({ deliveryId, fault }) => deliveryId !== null && fault === null);
  return {
    ...{ batchId: first.batchId, dispatchId: first.dispatchId, channel: first.channel },
    rows: out.map(({ subjectId, deliveryId, to, body, synthetic }) => ({ subjectId, deliveryId, to, body, synthetic })),
  };
};

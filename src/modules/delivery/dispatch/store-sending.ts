import { sql } from 'kysely';
import type pg from 'pg';
import { ahead } from '../../../platform/db/by-keys.ts';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';
import { CAP, DEADLINE_HOURS, type SentBy } from './dispatch.ts';
import { isLate } from './store-receipts.ts';

/** Class of the advisory locks by which a worker shows that it lives; the second number is the worker's own. */
const WORKER_LOCK = 7_235_010;
/** Batches are handed out one at a time: so turns, caps and stops are seen by whoever comes next. */
const HANDING_OUT = 7_235_011;
/** Sendings are written one at a time, however long that takes: each sees to whom the one before goes. */
const CREATING = 7_235_012;

export interface Worker {
  readonly no: number;
  /** Its connection broke, and with it the lock: what it holds may be taken for left lying. */
  lost(): boolean;
  /** Gives the number back; whatever it still held counts as left lying. */
  end(): Promise<void>;
}

/** Takes a number for this worker, and a connection whose lock ends with it, however it ends. */
export const signOn = async (pool: pg.Pool): Promise<Worker> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  let ended = false;
  const onBroken = (error: Error) => {
    broken = error;
  };
  const release = () => {
    client.off('error', onBroken);
    client.release(broken);
  };
  client.on('error', onBroken);
  try {
    const { rows } = await client.query<{ no: number }>(`select nextval('delivery.worker')::int as no`);
    const { no } = rows[0]!;
    await client.query('select pg_advisory_lock($1, $2)', [WORKER_LOCK, no]);
    return {
      no,
      lost: () => ended || broken !== undefined,
      end: async () => {
        // A second time when no new number could be had after the first: the database was still away.
        if (ended) return;
        ended = true;
        if (!broken) await client.query('select pg_advisory_unlock($1, $2)', [WORKER_LOCK, no]).catch(onBroken);
        release();
      },
    };
  } catch (error) {
    onBroken(error as Error);
    release();
    throw error;
  }
};

/** How many workers live, in whatever process: those whose lock is held. */
export const countLocks = async (tx: Db): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_locks l
    where l.locktype = 'advisory' and l.classid = ${WORKER_LOCK}::oid and l.objsubid = 2 and l.granted
      and l.database = (select oid from pg_database where datname = current_database())`.execute(tx);
  return rows[0]!.count;
};

export const lockHandingOut = async (tx: Db): Promise<void> => {
  await sql`${ahead}select pg_advisory_xact_lock(${HANDING_OUT}::bigint)`.execute(tx);
};

export const lockCreating = async (tx: Db): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${CREATING}::bigint)`.execute(tx);
};

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

export const endBatch = async (tx: Db, batchId: string): Promise<void> => {
  await sql`${ahead}update delivery.batch set state = 'done' where batch_id = ${batchId}`.execute(tx);
};

export interface Became {
  readonly subjectId: string;
  readonly deliveryId: string;
  readonly state: 'accepted' | 'failed' | 'uncertain' | 'no-receipt';
  readonly fault: string | null;
  readonly detail: string;
  readonly provider: string;
}

/**
 * Writes down what became of deliveries that were handed over. Also of one that was taken for uncertain meanwhile, because
 * its worker seemed dead: now it is known. Anything else stays as it is.
 */
export const writeOutcomes = async (tx: Db, rows: readonly Became[], at: Date): Promise<void> => {
  if (rows.length === 0) return;
  const column = <K extends keyof Became>(key: K) => rows.map((row) => row[key]);
  await sql`${ahead}update delivery.delivery d set state = n.state, fault = n.fault, detail = n.detail, provider = n.provider,
      final_at = case when n.state = 'accepted' then null else ${at}::timestamptz end
    from unnest(${column('subjectId')}::uuid[], ${column('deliveryId')}::uuid[], ${column('state')}::text[], ${column('fault')}::text[],
      ${column('detail')}::text[], ${column('provider')}::text[]) as n (subject_id, delivery_id, state, fault, detail, provider)
    where d.subject_id = n.subject_id and d.delivery_id = n.delivery_id and (d.state = 'sending' or d.state = 'uncertain')`.execute(
    tx,
  );
};

export interface PartRef {
  readonly provider: string;
  readonly ref: string;
  readonly subjectId: string;
  readonly deliveryId: string;
  readonly part: number;
}

export const insertRefs = async (tx: Db, rows: readonly PartRef[]): Promise<void> => {
  if (rows.length === 0) return;
  const column = <K extends keyof PartRef>(key: K) => rows.map((row) => row[key]);
  await sql`${ahead}insert into delivery.lookup (provider, ref, subject_id, delivery_id, part)
    select * from unnest(${column('provider')}::text[], ${column('ref')}::text[], ${column('subjectId')}::uuid[], ${column('deliveryId')}::uuid[],
      ${column('part')}::smallint[]) n on conflict do nothing`.execute(tx);
};

/** Deliveries that surely were not taken wait for another try, in a batch of their own; those of the same wait together. */
export const putBack = async (
  tx: Db,
  {
    batchId,
    newBatchId,
    dueAt,
    rows,
    fault,
  }: {
    batchId: string;
    newBatchId: string;
    dueAt: Date;
    rows: readonly { subjectId: string; deliveryId: string }[];
    fault: string;
  },
): Promise<void> => {
  await sql`insert into delivery.batch (batch_id, dispatch_id, commune_id, priority, due_at, state)
    select ${newBatchId}::uuid, dispatch_id, commune_id, priority, ${dueAt}, 'waiting' from delivery.batch where batch_id = ${batchId}`.execute(
    tx,
  );
  await sql`update delivery.delivery d set state = 'created', fault = ${fault}, batch_id = ${newBatchId}::uuid, sent_at = null, final_at = null
    from unnest(${rows.map((row) => row.subjectId)}::uuid[], ${rows.map((row) => row.deliveryId)}::uuid[]) as n (subject_id, delivery_id)
    where d.subject_id = n.subject_id and d.delivery_id = n.delivery_id and d.state in ('sending', 'uncertain')`.execute(
    tx,
  );
  // Its worker was taken for dead meanwhile, and nothing else was left: now something is.
  await sql`update delivery.dispatch s set state = case when s.stopped_at is null then 'open' else 'stopped' end, done_at = null
    from delivery.batch b where b.batch_id = ${newBatchId}::uuid and s.dispatch_id = b.dispatch_id and s.state = 'done'`.execute(
    tx,
  );
};

/** How often the deliveries of a batch were tried so far, at most. */
export const triesOf = async (tx: Db, batchId: string): Promise<number> => {
  const { rows } = await sql<{
    tries: number;
  }>`select coalesce(max(tries), 0)::int as tries from delivery.delivery where batch_id = ${batchId}`.execute(tx);
  return rows[0]!.tries;
};

/** The worker of batch `b` is no more: nobody holds its lock. */
const noWorker = sql`not exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.classid = ${WORKER_LOCK}::oid
  and l.objid = b.worker::oid and l.objsubid = 2 and l.database = (select oid from pg_database where datname = current_database()))`;

/** Batches whose worker is no more. */
export const orphanBatches = async (tx: Db): Promise<string[]> => {
  const { rows } = await sql<{ batchId: string }>`select b.batch_id as "batchId" from delivery.batch b
    where b.state = 'claimed' and ${noWorker} for update skip locked`.execute(tx);
  return rows.map(({ batchId }) => batchId);
};

/** What was under way when its worker ended: nobody knows whether it was handed over. Never sent again by itself. */
export const markUncertain = async (tx: Db, batchIds: readonly string[], at: Date): Promise<number> => {
  const { rows } = await sql<{ count: number }>`with lost as (
      update delivery.delivery set state = 'uncertain', fault = 'crash', final_at = ${at}
      where batch_id = any(${[...batchIds]}::uuid[]) and state = 'sending' returning 1)
    select count(*)::int as count from lost`.execute(tx);
  await sql`update delivery.batch set state = 'done' where batch_id = any(${[...batchIds]}::uuid[])`.execute(tx);
  return rows[0]!.count;
};

/** Dispatches of which nothing is left to hand out or under way are done. @returns them */
export const endDispatches = async (tx: Db, dispatchIds: readonly string[] | null, at: Date): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`update delivery.dispatch s set state = 'done', done_at = ${at}
    where s.state <> 'done' and ${dispatchIds === null ? sql`true` : sql`s.dispatch_id = any(${[...dispatchIds]}::uuid[])`}
      and not exists (select 1 from delivery.batch b where b.dispatch_id = s.dispatch_id and b.state in ('waiting', 'claimed'))
    returning s.dispatch_id as id`.execute(tx);
  return rows.map(({ id }) => id);
};

/** The time of dispatch `s` is up, and something can be done about it: not all that is left of it is in a worker's hand. */
const isOverdue = (at: Date) => sql`s.state <> 'done' and s.deadline <= ${at}
  and (exists (select 1 from delivery.batch b where b.dispatch_id = s.dispatch_id and b.state = 'waiting')
    or not exists (select 1 from delivery.batch b where b.dispatch_id = s.dispatch_id and b.state = 'claimed'))`;

/** Nothing of it is handed out any more, also not what comes back from a worker's hand to be tried again. */
export const cutShort = async (tx: Db, dispatchId: string, at: Date): Promise<void> => {
  await sql`update delivery.dispatch set deadline = least(deadline, ${at}) where dispatch_id = ${dispatchId} and state <> 'done'`.execute(
    tx,
  );
};

/** Open or stopped dispatches whose time is up, and whether somebody had cut it short by giving up the rest. */
export const overdueDispatches = async (
  tx: Db,
  at: Date,
): Promise<{ dispatchId: string; fault: 'deadline' | 'given-up' }[]> => {
  const { rows } = await sql<{
    dispatchId: string;
    fault: 'deadline' | 'given-up';
  }>`select s.dispatch_id as "dispatchId",
      case when s.deadline < s.created_at + make_interval(hours => ${DEADLINE_HOURS}) then 'given-up' else 'deadline' end as fault
    from delivery.dispatch s where ${isOverdue(at)}`.execute(tx);
  return rows;
};

export interface Work {
  readonly batches: boolean;
  readonly receipts: boolean;
  readonly orphans: boolean;
  readonly overdue: boolean;
}

/** What waits for a worker; cheap, for it is asked all the time. */
export const lookForWork = async (
  tx: Db,
  { at, quiet, channels }: { at: Date; quiet: boolean; channels: readonly SentBy[] },
): Promise<Work> => {
  const { rows } = await sql<Work>`select
    exists (select 1 from delivery.dispatch s join delivery.batch b on b.dispatch_id = s.dispatch_id and b.state = 'waiting' and b.due_at <= ${at}
      where s.state = 'open' and s.deadline > ${at} and s.channel = any(${[...channels]}::text[])
        and (not ${quiet}::boolean or s.urgent_reason is not null or s.channel = 'email')) as batches,
    exists (select 1 from delivery.receipt r join delivery.lookup l on l.provider = r.provider and l.ref = r.ref where ${isLate(at)}) as receipts,
    exists (select 1 from delivery.batch b where b.state = 'claimed' and ${noWorker}) as orphans,
    exists (select 1 from delivery.dispatch s where ${isOverdue(at)}) as overdue`.execute(tx);
  return rows[0]!;
};

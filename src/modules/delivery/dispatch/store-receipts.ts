import { type RawBuilder, sql } from 'kysely';
import type { Receipt } from '../../../channels/contract.ts';
import { ahead } from '../../../platform/db/by-keys.ts';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';

/** A delivery whose handset has it now, with what the ledger needs. */
export interface Arrived {
  readonly subjectId: string;
  readonly messageId: string;
  readonly edition: number;
  readonly language: string;
  readonly formId: string;
  readonly activityId: string;
}

export interface Applied {
  /** Receipts that found what they are for. */
  readonly receipts: number;
  readonly arrived: readonly Arrived[];
}

interface Found {
  readonly provider: string;
  readonly ref: string;
  readonly code: string;
  readonly detail: string;
  readonly subjectId: string;
  readonly deliveryId: string;
  readonly dispatchId: string;
  /** Of how many parts the delivery is, all told. */
  readonly parts: number;
}

/**
 * The delivery that a receipt is for, with how many parts it has: looked up one by one, however many the planner believes
 * there are; while a large sending goes out, what it believes is long out of date.
 */
const whatFor = (provider: RawBuilder<unknown>, ref: RawBuilder<unknown>) => sql`(
  select l.subject_id, l.delivery_id, d.dispatch_id, d.parts from delivery.lookup l
  join delivery.delivery d on d.subject_id = l.subject_id and d.delivery_id = l.delivery_id
  where l.provider = ${provider} and l.ref = ${ref} offset 0)`;

/**
 * Writes receipts down as they came; one that came before is known already.
 * @returns those that are new and whose delivery is known: they count as applied
 */
const takeIn = async (tx: Db, provider: string, receipts: readonly Receipt[], at: Date): Promise<Found[]> => {
  const column = <K extends keyof Receipt>(key: K) => receipts.map((receipt) => receipt[key]);
  // Two answers in one: which are new, and which deliveries are known. No index leads from one to the other, so they meet here.
  const { rows } = await sql<Pick<Found, 'ref' | 'code' | 'detail'> & (Found | { deliveryId: null })>`
    with come as materialized (
      select n.ref, n.code, n.detail, l.* from unnest(${column('ref')}::text[], ${column('code')}::text[], ${column('detail')}::text[]) n (ref, code, detail)
      left join lateral ${whatFor(sql`${provider}::text`, sql`n.ref`)} l on true),
    fresh as (
      insert into delivery.receipt (provider, ref, code, detail, received_at, applied_at)
      select ${provider}, ref, code, detail, ${at}::timestamptz, case when delivery_id is not null then ${at}::timestamptz end from come
      on conflict do nothing returning ref, code, detail)
    select ref, code, detail, null::uuid as "subjectId", null::uuid as "deliveryId", null::uuid as "dispatchId", null::smallint as parts from fresh
    union all select ref, null, null, subject_id, delivery_id, dispatch_id, parts from come where delivery_id is not null`.execute(
    tx,
  );
  const known = new Map<string, Found>();
  for (const row of rows) if (row.deliveryId !== null) known.set(row.ref, row);
  return rows.flatMap(({ deliveryId, ref, code, detail }) => {
    const delivery = deliveryId === null ? known.get(ref) : undefined;
    return delivery ? [{ ...delivery, provider, code, detail }] : [];
  });
};

/** Receipt `r` may still find its delivery: that is written down within moments. Older ones are for nothing of ours. */
export const isLate = (at: Date) => sql`r.applied_at is null and r.received_at > ${at}::timestamptz - interval '1 day'`;

/** Receipts that waited and have found their delivery meanwhile; they count as applied. */
const takeLate = async (tx: Db, limit: number, at: Date): Promise<Found[]> => {
  const { rows } = await sql<Found>`
    with found as materialized (
      select r.provider, r.ref, r.code, r.detail, l.*
      from delivery.receipt r join lateral ${whatFor(sql`r.provider`, sql`r.ref`)} l on true
      where ${isLate(at)} limit ${limit} for update of r skip locked)
    update delivery.receipt r set applied_at = ${at} from found f
    where r.provider = f.provider and r.ref = f.ref and r.code = f.code
    returning f.provider, f.ref, f.code, f.detail, f.subject_id as "subjectId", f.delivery_id as "deliveryId",
      f.dispatch_id as "dispatchId", f.parts`.execute(tx);
  return rows;
};

const weightOf = ({ code }: Found): number => (code === 'delivered' ? 0 : code === 'unknown' ? 2 : 1);

/** What was said of each, once: that it arrived, where that was said too; else the first that is final. */
const wordOf = (found: readonly Found[], of: (row: Found) => string): Found[] => {
  const sorted = found.toSorted((a, b) => weightOf(a) - weightOf(b));
  return [...new Map(sorted.toReversed().map((row) => [of(row), row])).values()];
};

/** The first final word about a part stays; that nobody knows is none. */
const keepOutcomes = async (tx: Db, found: readonly Found[]): Promise<void> => {
  const said = wordOf(found, ({ provider, ref }) => `${provider}|${ref}`);
  const column = <K extends keyof Found>(key: K) => said.map((row) => row[key]);
  await sql`${ahead}update delivery.lookup l set outcome = s.code
    from unnest(${column('provider')}::text[], ${column('ref')}::text[], ${column('code')}::text[]) s (provider, ref, code)
    where l.provider = s.provider and l.ref = s.ref and (l.outcome is null or l.outcome = 'unknown')`.execute(tx);
};

/** Of deliveries of one part, the word about it is the word about all. */
const verdictOfWhole = (said: readonly Found[]) => {
  const column = <K extends keyof Found>(key: K) => said.map((row) => row[key]);
  return sql`select n.subject_id, n.delivery_id, n.detail, n.code = 'delivered' as arrived, nullif(n.code, 'delivered') as fault
    from unnest(${column('subjectId')}::uuid[], ${column('deliveryId')}::uuid[], ${column('detail')}::text[], ${column('code')}::text[])
      n (subject_id, delivery_id, detail, code)`;
};

/**
 * A delivery arrived when every part has, and failed when one surely will not. The detail is that of a part which did not
 * arrive; null = it was told before.
 */
const verdictOfParts = (said: readonly Found[]) => {
  const column = <K extends keyof Found>(key: K) => said.map((row) => row[key]);
  return sql`
  select l.subject_id, l.delivery_id, max(n.detail) filter (where n.code <> 'delivered') as detail,
    bool_and(coalesce(l.outcome = 'delivered', false)) as arrived, min(l.outcome) filter (where l.outcome <> 'delivered') as fault
  from unnest(${column('subjectId')}::uuid[], ${column('deliveryId')}::uuid[], ${column('detail')}::text[], ${column('code')}::text[])
    n (subject_id, delivery_id, detail, code)
  join delivery.lookup l on l.subject_id = n.subject_id and l.delivery_id = n.delivery_id group by 1, 2`;
};

/** @returns those whose handset has it now */
const judge = async (tx: Db, verdict: RawBuilder<unknown>, { at, today }: Moment): Promise<Arrived[]> => {
  const { rows } = await sql<Arrived>`
    with verdict as (${verdict}), changed as (
      update delivery.delivery d set final_at = ${at},
        state = case when v.arrived then 'delivered' when v.fault = 'unknown' then 'uncertain' else 'failed' end,
        fault = case when v.arrived then null else 'receipt.' || v.fault end, detail = case when v.arrived then '' else coalesce(v.detail, d.detail) end
      from verdict v where d.subject_id = v.subject_id and d.delivery_id = v.delivery_id
        and (v.arrived or v.fault is not null) and d.state in ('accepted', 'no-receipt', 'uncertain')
      returning d.subject_id, d.dispatch_id, d.language, d.form_id, d.state
    )
    select c.subject_id as "subjectId", s.message_id as "messageId", s.edition, c.language, c.form_id as "formId", s.activity_id as "activityId"
    from changed c join delivery.dispatch s on s.dispatch_id = c.dispatch_id
    join plans.activity_in_force a on a.activity_id = s.activity_id
    join registry.subject u on u.subject_id = c.subject_id and u.exists_from <= ${today}::date and (u.exists_to is null or u.exists_to > ${today}::date)
    where c.state = 'delivered'`.execute(tx);
  return rows;
};

/** Two who are told of two parts of one message at once take turns: else neither would see what the other was told. */
const holdChained = async (tx: Db, found: readonly Found[]): Promise<void> => {
  await sql`${ahead}select from delivery.delivery d
    join unnest(${found.map((row) => row.subjectId)}::uuid[], ${found.map((row) => row.deliveryId)}::uuid[]) n (subject_id, delivery_id)
      on d.subject_id = n.subject_id and d.delivery_id = n.delivery_id
    order by d.subject_id, d.delivery_id for update of d`.execute(tx);
};

/** Nobody takes back what was done until this is written; one who is at it is waited for, and then nothing of it counts. */
const holdActivities = async (tx: Db, found: readonly Found[]): Promise<void> => {
  await sql`${ahead}select from plans.activity_in_force a where a.activity_id in (
      select s.activity_id from delivery.dispatch s where s.dispatch_id = any(${[...new Set(found.map((row) => row.dispatchId))]}::uuid[]))
    order by a.activity_id for share of a`.execute(tx);
};

const apply = async (tx: Db, found: readonly Found[], moment: Moment): Promise<Applied> => {
  const [chained = [], whole = []] = [true, false].map((many) => found.filter(({ parts }) => parts > 1 === many));
  const arrived: Arrived[] = [];
  if (chained.length > 0) await holdChained(tx, chained);
  if (found.length > 0) await holdActivities(tx, found);
  const each = (rows: readonly Found[]) => wordOf(rows, ({ deliveryId }) => deliveryId);
  if (chained.length > 0) {
    await keepOutcomes(tx, chained);
    arrived.push(...(await judge(tx, verdictOfParts(chained), moment)));
  }
  if (whole.length > 0) arrived.push(...(await judge(tx, verdictOfWhole(each(whole)), moment)));
  return { receipts: found.length, arrived };
};

interface Moment {
  readonly at: Date;
  readonly today: Day;
}

/**
 * Keeps receipts and applies them to their deliveries; one given up for want of a receipt, or uncertain, takes a late one.
 * An arrival is for the ledger unless what was done was taken back, or the subject was not there that day.
 */
export const applyReceipts = async (
  tx: Db,
  provider: string,
  receipts: readonly Receipt[],
  moment: Moment,
): Promise<Applied> => apply(tx, await takeIn(tx, provider, receipts, moment.at), moment);

/** The same for receipts that had come before their delivery was written down. */
export const applyWaiting = async (tx: Db, limit: number, moment: Moment): Promise<Applied> =>
  apply(tx, await takeLate(tx, limit, moment.at), moment);

/** Messages accepted long ago, and no receipt: nobody knows, and nothing is proved. @returns how many */
export const giveUpReceipts = async (tx: Db, before: Date, at: Date): Promise<number> => {
  const { rows } = await sql<{ count: number }>`with late as (
      update delivery.delivery set state = 'no-receipt', final_at = ${at}
      where state = 'accepted' and sent_at < ${before}
        and dispatch_id in (select dispatch_id from delivery.dispatch where created_at < ${before} and channel = 'sms') returning 1)
    select count(*)::int as count from late`.execute(tx);
  return rows[0]!.count;
};

/** Takes away what was written, on both sides. @returns how many texts */
export const dropBodies = async (tx: Db, before: Date): Promise<number> => {
  const { rows } = await sql<{
    count: number;
  }>`with sent as (update delivery.delivery d set body = null from delivery.dispatch s
      where s.dispatch_id = d.dispatch_id and s.created_at < ${before} and d.body is not null and d.state not in ('created', 'sending') returning 1),
    received as (update delivery.inbound set body = null where received_at < ${before} and body is not null returning 1)
    select (select count(*) from sent)::int + (select count(*) from received)::int as count`.execute(tx);
  return rows[0]!.count;
};

/** Receipts for nothing of ours are kept for a month, for whoever looks for them. */
export const dropUnknownReceipts = async (tx: Db, before: Date): Promise<void> => {
  await sql`delete from delivery.receipt where applied_at is null and received_at < ${before}`.execute(tx);
};

import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { notFound } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import type { LeftOut } from './choose.ts';
import type { DeliveryState, Fault, SentBy, SentKind } from './dispatch.ts';

export interface Dispatch {
  readonly dispatchId: string;
  readonly activityId: string;
  readonly lineId: string;
  readonly run: number;
  readonly retryOf: string | null;
  readonly messageId: string;
  readonly edition: number;
  readonly channel: SentBy;
  readonly formKind: SentKind;
  readonly priority: number;
  readonly urgentReason: string | null;
  readonly placeIds: readonly string[];
  readonly recipients: number;
  readonly parts: number;
  /** VND; null = the price is not known. */
  readonly cost: number | null;
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>;
  readonly synthetic: boolean;
  readonly state: 'open' | 'stopped' | 'done';
  readonly deadline: Date;
  readonly createdByName: string;
  readonly createdAt: Date;
  readonly stoppedByName: string | null;
  readonly stoppedAt: Date | null;
  readonly doneAt: Date | null;
}

export const selectDispatches = (where: RawBuilder<unknown>, rest: RawBuilder<unknown> = sql``) => sql<Dispatch>`
  select s.dispatch_id as "dispatchId", s.activity_id as "activityId", s.line_id as "lineId", s.run, s.retry_of as "retryOf",
    s.message_id as "messageId", s.edition, s.channel, s.form_kind as "formKind", s.priority, s.urgent_reason as "urgentReason",
    s.place_ids as "placeIds", s.recipients, s.parts, s.cost, s.left_out as "leftOut", s.synthetic, s.state, s.deadline,
    s.created_by_name as "createdByName", s.created_at as "createdAt", s.stopped_by_name as "stoppedByName", s.stopped_at as "stoppedAt",
    s.done_at as "doneAt"
  from delivery.dispatch s where ${where} ${rest}`;

export const getDispatchRow = async (tx: Db, dispatchId: string): Promise<Dispatch> => {
  const [row] = isId(dispatchId) ? (await selectDispatches(sql`s.dispatch_id = ${dispatchId}`).execute(tx)).rows : [];
  if (!row) throw notFound('dispatch');
  return row;
};

/** Every place that a sending went to; for whoever asks which of them they may see. */
export const placesSentTo = async (tx: Db): Promise<string[]> => {
  const { rows } = await sql<{
    placeId: string;
  }>`select distinct unnest(place_ids) as "placeId" from delivery.dispatch`.execute(tx);
  return rows.map(({ placeId }) => placeId);
};

/** The number the next sending of a line will have; until the end of the transaction nobody else takes it. */
export const nextRun = async (tx: Db, lineId: string): Promise<number> => {
  const { rows } = await sql<{
    run: number;
  }>`select coalesce(max(run), 0)::int + 1 as run from delivery.dispatch where line_id = ${lineId}`.execute(tx);
  return rows[0]!.run;
};

export const findRun = async (tx: Db, lineId: string, run: number): Promise<Dispatch | undefined> =>
  (await selectDispatches(sql`s.line_id = ${lineId} and s.run = ${run}`).execute(tx)).rows[0];

export type NewDispatch = Omit<Dispatch, 'state' | 'stoppedByName' | 'stoppedAt' | 'doneAt'> & {
  readonly createdBy: string | null;
};

export const insertDispatch = async (tx: Db, row: NewDispatch): Promise<void> => {
  await sql`insert into delivery.dispatch (dispatch_id, activity_id, line_id, run, retry_of, message_id, edition, channel, form_kind, priority,
      urgent_reason, place_ids, recipients, parts, cost, left_out, synthetic, state, deadline, created_by, created_by_name, created_at)
    values (${row.dispatchId}, ${row.activityId}, ${row.lineId}, ${row.run}, ${row.retryOf}, ${row.messageId}, ${row.edition}, ${row.channel},
      ${row.formKind}, ${row.priority}, ${row.urgentReason}, ${[...row.placeIds]}::uuid[], ${row.recipients}, ${row.parts}, ${row.cost},
      ${JSON.stringify(row.leftOut)}::jsonb, ${row.synthetic}, 'open', ${row.deadline}, ${row.createdBy}, ${row.createdByName}, ${row.createdAt})`.execute(
    tx,
  );
};

export interface NewBatch {
  readonly batchId: string;
  readonly communeId: string;
  readonly dueAt: Date;
}

export const insertBatches = async (
  tx: Db,
  { dispatchId, priority }: { dispatchId: string; priority: number },
  batches: readonly NewBatch[],
): Promise<void> => {
  const column = <K extends keyof NewBatch>(key: K) => batches.map((batch) => batch[key]);
  await sql`insert into delivery.batch (batch_id, dispatch_id, commune_id, priority, due_at, state)
    select b.batch_id, ${dispatchId}::uuid, b.commune_id, ${priority}::smallint, b.due_at, 'waiting'
    from unnest(${column('batchId')}::uuid[], ${column('communeId')}::uuid[], ${column('dueAt')}::timestamptz[]) b (batch_id, commune_id, due_at)`.execute(
    tx,
  );
};

export interface NewDelivery {
  readonly subjectId: string;
  readonly deliveryId: string;
  readonly batchId: string;
  readonly placeId: string;
  readonly contactPointId: string;
  readonly address: string;
  readonly formId: string;
  readonly language: string;
  readonly body: string;
  readonly parts: number;
}

const AT_ONCE = 5_000;

/** Writes every delivery of a dispatch as `created`. */
export const insertDeliveries = async (tx: Db, dispatchId: string, rows: readonly NewDelivery[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    const column = <K extends keyof NewDelivery>(key: K) => some.map((row) => row[key]);
    await sql`insert into delivery.delivery (subject_id, delivery_id, dispatch_id, batch_id, place_id, contact_point_id, address, form_id, language, body, parts, state)
      select n.subject_id, n.delivery_id, ${dispatchId}::uuid, n.batch_id, n.place_id, n.contact_point_id, n.address, n.form_id, n.language, n.body, n.parts, 'created'
      from unnest(${column('subjectId')}::uuid[], ${column('deliveryId')}::uuid[], ${column('batchId')}::uuid[], ${column('placeId')}::uuid[],
        ${column('contactPointId')}::uuid[], ${column('address')}::text[], ${column('formId')}::uuid[], ${column('language')}::text[],
        ${column('body')}::text[], ${column('parts')}::smallint[])
        as n (subject_id, delivery_id, batch_id, place_id, contact_point_id, address, form_id, language, body, parts)`.execute(
      tx,
    );
  }
};

/** Was what is done not taken back? */
export const isInForce = async (tx: Db, activityId: string): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`select activity_id as id from plans.activity_in_force
    where activity_id = ${activityId}`.execute(tx);
  return rows.length > 0;
};

/**
 * Whom another run of an activity addresses: subjects whose newest delivery of it surely did not arrive (and, when asked,
 * those of whom nobody knows). Their fault may go away, or another number may do.
 */
export const addressedBefore = async (tx: Db, activityId: string, alsoUncertain: boolean): Promise<string[]> => {
  const { rows } = await sql<{ subjectId: string }>`
    select subject_id as "subjectId" from (
      select distinct on (d.subject_id) d.subject_id, d.state, d.fault from delivery.delivery d
      join delivery.dispatch s on s.dispatch_id = d.dispatch_id and s.activity_id = ${activityId}
      order by d.subject_id, s.run desc) newest
    where (state = 'failed' and fault not in ('partly', 'synthetic')) or (state = 'withheld' and fault in ('given-up', 'deadline'))
      or (${alsoUncertain} and state in ('uncertain', 'no-receipt'))`.execute(tx);
  return rows.map(({ subjectId }) => subjectId);
};

export interface StateCount {
  readonly dispatchId: string;
  readonly state: DeliveryState;
  readonly fault: Fault | null;
  readonly count: number;
  readonly parts: number;
}

/** How many deliveries of each dispatch, of those in some places (null = all), stand where, and why. */
export const countStates = async (
  tx: Db,
  dispatchIds: readonly string[],
  placeIds: readonly string[] | null,
): Promise<StateCount[]> => {
  const { rows } =
    await sql<StateCount>`select d.dispatch_id as "dispatchId", d.state, d.fault, count(*)::int as count, sum(d.parts)::int as parts
    from delivery.delivery d where d.dispatch_id = any(${[...dispatchIds]}::uuid[])
      and ${placeIds === null ? sql`true` : sql`d.place_id = any(${[...placeIds]}::uuid[])`} group by 1, 2, 3 order by 1, 2, 4 desc, 3`.execute(
      tx,
    );
  return rows;
};

/** Nothing more of it is handed out until it goes on; what is under way ends as it ends. @returns false when it was not open. */
export const stopRow = async (tx: Db, dispatchId: string, name: string, at: Date): Promise<boolean> => {
  const { rows } = await sql<{
    id: string;
  }>`update delivery.dispatch set state = 'stopped', stopped_at = ${at}, stopped_by_name = ${name}
    where dispatch_id = ${dispatchId} and state = 'open' returning dispatch_id as id`.execute(tx);
  return rows.length > 0;
};

export const resumeRow = async (tx: Db, dispatchId: string): Promise<boolean> => {
  const { rows } = await sql<{
    id: string;
  }>`update delivery.dispatch set state = 'open', stopped_at = null, stopped_by_name = null
    where dispatch_id = ${dispatchId} and state = 'stopped' returning dispatch_id as id`.execute(tx);
  return rows.length > 0;
};

/** What was not handed out is not sent any more. @returns how many deliveries that is. */
export const giveUpRest = async (
  tx: Db,
  dispatchId: string,
  fault: 'given-up' | 'deadline',
  at: Date,
): Promise<number> => {
  await sql`update delivery.batch set state = 'done' where dispatch_id = ${dispatchId} and state = 'waiting'`.execute(
    tx,
  );
  const { rows } = await sql<{ count: number }>`with given as (
      update delivery.delivery d set state = 'withheld', fault = ${fault}, final_at = ${at}
      where d.dispatch_id = ${dispatchId} and d.state = 'created'
        and not exists (select 1 from delivery.batch b where b.batch_id = d.batch_id and b.state = 'claimed') returning 1)
    select count(*)::int as count from given`.execute(tx);
  return rows[0]!.count;
};

/** What was not over when a backup was made is uncertain once it is put back. @returns how many deliveries that is */
export const settleRestored = async (tx: Db, at: Date): Promise<number> => {
  await sql`update delivery.batch set state = 'done' where state <> 'done'`.execute(tx);
  const { rows } = await sql<{ count: number }>`with lost as (
      update delivery.delivery d set state = 'uncertain', fault = 'restored', final_at = ${at} from delivery.dispatch s
      where s.dispatch_id = d.dispatch_id and s.state <> 'done' and d.state in ('created', 'sending') returning 1)
    select count(*)::int as count from lost`.execute(tx);
  return rows[0]!.count;
};

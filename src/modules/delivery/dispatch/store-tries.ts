import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { DeliveryState, Fault } from './dispatch.ts';
import type { Dispatch } from './store.ts';

/** A sending in a word: enough to name it and to lead there. */
export interface NamedRun {
  readonly dispatchId: string;
  readonly run: number;
  readonly createdAt: Date;
}

/** The sending that this one repeats, and those that repeat it and went to at least one of these places; the first first. */
export const runsAround = async (
  tx: Db,
  { dispatchId, retryOf }: Pick<Dispatch, 'dispatchId' | 'retryOf'>,
  placeIds: readonly string[],
): Promise<{ origin: NamedRun | null; retries: NamedRun[] }> => {
  const { rows } =
    await sql<NamedRun>`select s.dispatch_id as "dispatchId", s.run, s.created_at as "createdAt" from delivery.dispatch s
    where s.dispatch_id = ${retryOf}::uuid or (s.retry_of = ${dispatchId}::uuid and s.place_ids && ${[...placeIds]}::uuid[])
    order by s.run`.execute(tx);
  return {
    origin: rows.find((row) => row.dispatchId === retryOf) ?? null,
    retries: rows.filter((row) => row.dispatchId !== retryOf),
  };
};

export interface TryCount {
  readonly state: DeliveryState;
  readonly fault: Fault | null;
  /** Of these, an earlier sending of the same activity failed too. */
  readonly failedBefore: number;
  /** Of these, a later sending of the same activity was made. */
  readonly sentAgain: number;
}

/** Of the deliveries of a sending in some places that did not go well: how many failed before, and how many were sent again. */
export const countTries = async (
  tx: Db,
  { dispatchId, activityId, run }: Pick<Dispatch, 'dispatchId' | 'activityId' | 'run'>,
  placeIds: readonly string[],
): Promise<TryCount[]> => {
  const { rows } = await sql<TryCount>`
    with around as materialized (
      select dispatch_id, run from delivery.dispatch where activity_id = ${activityId} and dispatch_id <> ${dispatchId}::uuid
    ), other as materialized (
      select o.subject_id, bool_or(a.run < ${run} and o.state = 'failed') as failed_before, bool_or(a.run > ${run}) as sent_again
      from around a join delivery.delivery o on o.dispatch_id = a.dispatch_id group by 1
    )
    select d.state, d.fault, count(*) filter (where o.failed_before)::int as "failedBefore",
      count(*) filter (where o.sent_again)::int as "sentAgain"
    from delivery.delivery d join other o on o.subject_id = d.subject_id
    where d.dispatch_id = ${dispatchId}::uuid and d.place_id = any(${[...placeIds]}::uuid[])
      and d.state in ('failed', 'uncertain', 'no-receipt', 'withheld') group by 1, 2`.execute(tx);
  return rows;
};

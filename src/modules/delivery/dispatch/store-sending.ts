import { sql } from 'kysely';
import { ahead } from '../../../platform/db/by-keys.ts';
import type { Db } from '../../../platform/db/connect.ts';
import { DEADLINE_HOURS, type SentBy } from './dispatch.ts';
import { isLate } from './store-receipts.ts';
import { noWorker } from './store-workers.ts';

/** Batches are handed out one at a time: so turns, caps and stops are seen by whoever comes next. */
const HANDING_OUT = 7_235_011;
/** Sendings are written one at a time, however long that takes: each sees to whom the one before goes. */
const CREATING = 7_235_012;

export const lockHandingOut = async (tx: Db): Promise<void> => {
  await sql`${ahead}select pg_advisory_xact_lock(${HANDING_OUT}::bigint)`.execute(tx);
};

export const lockCreating = async (tx: Db): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${CREATING}::bigint)`.execute(tx);
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

import { sql } from 'kysely';
import type pg from 'pg';
import type { Db } from '../../../platform/db/connect.ts';

/** Class of the advisory locks by which a worker shows that it lives; the second number is the worker's own. */
const WORKER_LOCK = 7_235_010;

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

/** The worker of batch `b` is no more: nobody holds its lock. */
export const noWorker = sql`not exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.classid = ${WORKER_LOCK}::oid
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

import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { type Db as BossDb, PgBoss } from 'pg-boss';
import { ZONE } from '../shared/dates.ts';
import type { Db } from './db/connect.ts';
import { AHEAD } from './db/keeping-client.ts';
import type { Log } from './log.ts';

/** Puts a job into the queue inside the caller's transaction: it exists if and only if the transaction commits. */
export type Enqueue = (job: string, data: object) => Promise<void>;

/** A piece of work done later: its input is plain JSON, its body one call to a use case. */
export interface Job<D extends object = object> {
  readonly name: string;
  /** How often it is tried again after it threw. */
  readonly retries: number;
  readonly timeLimitSeconds: number;
  /** All that wait are done by one run: they ask for the same, and their data say nothing. */
  readonly together?: boolean;
  readonly run: (data: D) => Promise<void>;
}

/** A job that recurs: cron in Asia/Ho_Chi_Minh. */
export interface Schedule {
  readonly job: string;
  readonly cron: string;
  readonly why: string;
}

export interface Jobs {
  enqueue(tx: Db): Enqueue;
  /** Begins to work: every job of the list, and the recurring ones. */
  work(jobs: readonly Job[], schedules: readonly Schedule[]): Promise<void>;
  stop(): Promise<void>;
}

const overPool = (pool: pg.Pool): BossDb => ({
  executeSql: (text, values) => pool.query(text, values as unknown[]),
});

/** Within the caller's transaction, and not waited for: under which number the job waits is nobody's question. */
const within = (tx: Db): BossDb => ({
  executeSql: async (text, values) => {
    const { rows } = await tx.executeQuery(CompiledQuery.raw(`${AHEAD} ${text}`, values));
    return { rows };
  },
});

/** Starts the queue (its own schema, made and migrated by itself). `names` are all jobs that may be enqueued. */
export const startJobs = async (pool: pg.Pool, names: readonly string[], log: Log): Promise<Jobs> => {
  const boss = new PgBoss({ db: overPool(pool), schema: 'pgboss' });
  boss.on('error', (error) => log.error({ error: String(error) }, 'queue'));
  await boss.start();
  for (const name of names) await boss.createQueue(name);
  return {
    enqueue: (tx) => async (job, data) => {
      await boss.send(job, data, { db: within(tx) });
    },
    work: async (jobs, schedules) => {
      for (const job of jobs) {
        await boss.updateQueue(job.name, { retryLimit: job.retries, expireInSeconds: job.timeLimitSeconds });
        await boss.work(
          job.name,
          { pollingIntervalSeconds: 0.5, batchSize: job.together ? 1_000 : 1 },
          async ([taken]) => {
            await job.run((taken?.data ?? {}) as object);
          },
        );
      }
      for (const { job, cron } of schedules) await boss.schedule(job, cron, {}, { tz: ZONE });
    },
    stop: () => boss.stop({ graceful: true, close: false, timeout: 5_000 }),
  };
};

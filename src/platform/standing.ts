import type pg from 'pg';
import { readMigrations } from './db/migrate.ts';

export interface JobCount {
  readonly job: string;
  readonly state: 'created' | 'retry' | 'active' | 'failed';
  readonly count: number;
}

/** How the database and the queue stand, for whoever keeps the machine. */
export interface Standing {
  /** As the server says it, e.g. `18.4`. */
  readonly databaseVersion: string;
  readonly migrations: { readonly applied: number; readonly known: number };
  readonly jobs: readonly JobCount[];
  /** How long the oldest job waits that could have begun; null = none does. */
  readonly oldestJobSeconds: number | null;
}

// Only what waits, runs or has failed: what is done stays in the table for a while and is never counted.
const JOBS = `
  select name as job, state::text as state, count(*)::int as count,
    extract(epoch from now() - min(start_after) filter (where state < 'active' and start_after <= now()))::float8 as waits
  from pgboss.job where state in ('created', 'retry', 'active', 'failed') group by name, state order by name, state`;

/** A few statements that answer at once whatever the tables hold. Throws when the database is away. */
export const standingOf = async (pool: pg.Pool): Promise<Standing> => {
  const { rows: about } = await pool.query<{ version: string; applied: number; queue: boolean }>(
    `select current_setting('server_version') as version, (select count(*)::int from platform.migration) as applied,
       to_regclass('pgboss.job') is not null as queue`,
  );
  const { version, applied, queue } = about[0]!;
  const { rows } = queue ? await pool.query<JobCount & { waits: number | null }>(JOBS) : { rows: [] };
  const waits = rows.flatMap((row) => row.waits ?? []);
  return {
    databaseVersion: version,
    migrations: { applied, known: (await readMigrations()).length },
    jobs: rows.map(({ job, state, count }) => ({ job, state, count })),
    oldestJobSeconds: waits.length > 0 ? Math.round(Math.max(...waits)) : null,
  };
};

/** Does the database answer? Never throws. */
export const answers = (pool: pg.Pool): Promise<boolean> =>
  pool.query('select 1').then(
    () => true,
    () => false,
  );

/** What `work` comes to within so many milliseconds; else, and when it fails, `otherwise`. */
export const within = async <T>(milliseconds: number, work: Promise<T>, otherwise: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), milliseconds);
  });
  try {
    return await Promise.race([work.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
};

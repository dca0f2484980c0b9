import { randomBytes } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { ZONE } from '../../shared/dates.ts';
import type { Params } from '../../shared/errors.ts';
import { type Clock, systemClock } from '../clock.ts';
import { readMigrations } from '../db/migrate.ts';

/** One thing looked at. `code` is a key of the translations (`doctor.<code>`, and `doctor.<code>.fail` with what to do). */
export interface Fact {
  readonly code: string;
  readonly ok: boolean;
  /** False = the product works without it; a recommendation. */
  readonly required: boolean;
  readonly params: Params;
}

const MIB = 1_048_576;
const ROOM_MIB = 1024;
const CLOCK_SECONDS = 5;
const OLDEST_SERVER = 150_000;

interface ServerRow {
  version: string;
  number: number;
  encoding: string;
  checksums: string;
  offset: number;
  applied: boolean;
  at: Date;
}

/** Looks at the database and the data folder and says, for `lantoa doctor`, what is well and what is not. */
export const checkDatabase = async (pool: pg.Pool, dataDir: string, clock: Clock = systemClock): Promise<Fact[]> => {
  const { rows } = await pool.query<ServerRow>(SERVER);
  const server = rows[0]!;
  return [
    fact('server-version', server.number >= OLDEST_SERVER, { version: server.version }),
    fact('encoding', server.encoding === 'UTF8', { encoding: server.encoding }),
    fact('checksums', server.checksums === 'on', { state: server.checksums }, false),
    await migrationFact(pool, server.applied),
    ...(await clockFacts(pool, server, clock.now())),
    await roomFact(dataDir),
    await writeFact(dataDir),
  ];
};

const fact = (code: string, ok: boolean, params: Params, required = true): Fact => ({ code, ok, required, params });

const migrationFact = async (pool: pg.Pool, applied: boolean): Promise<Fact> => {
  const ours = await readMigrations();
  const rows = applied
    ? (
        await pool.query<{ number: number; hash: string }>(
          'select number, hash from platform.migration order by number',
        )
      ).rows
    : [];
  const strange = rows.filter((row) => ours[row.number - 1]?.hash !== row.hash).length;
  const pending = Math.max(0, ours.length - rows.length);
  return fact('migrations', strange === 0 && pending === 0, { applied: rows.length, pending, strange });
};

const clockFacts = async (pool: pg.Pool, server: ServerRow, now: Date): Promise<Fact[]> => {
  const apart = Math.round(Math.abs(server.at.getTime() - now.getTime()) / 1000);
  // A clock set back (an empty battery starts in 1970 or 2000) would date new facts before old ones.
  const newest = server.applied
    ? (
        await pool.query<{ at: Date | null }>(
          'select max(at) as at from (select max(applied_at) as at from platform.migration union all select max(at) from platform.audit) seen',
        )
      ).rows[0]!.at
    : null;
  const behind = newest ? Math.max(0, Math.round((newest.getTime() - now.getTime()) / 1000)) : 0;
  const local = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' }).format(now);
  return [
    fact('clock-agrees', apart <= CLOCK_SECONDS, { seconds: apart }),
    fact('clock-forward', behind <= CLOCK_SECONDS, { seconds: behind }),
    fact('time-zone', server.offset === 7 && local.includes('GMT+07:00'), { zone: ZONE }),
  ];
};

const roomFact = async (dataDir: string): Promise<Fact> => {
  const disk = await statfs(dataDir);
  const free = Math.floor((disk.bavail * disk.bsize) / MIB);
  return fact('free-disk', free >= ROOM_MIB, { free, needed: ROOM_MIB, folder: dataDir });
};

const writeFact = async (dataDir: string): Promise<Fact> => {
  const path = join(dataDir, `.try-${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(path, 'x');
    return fact('folder-writable', true, { folder: dataDir });
  } catch {
    return fact('folder-writable', false, { folder: dataDir });
  } finally {
    await rm(path, { force: true });
  }
};

const SERVER = `
  select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
    pg_encoding_to_char(encoding) as encoding, current_setting('data_checksums') as checksums,
    extract(epoch from timestamp '2026-01-01 00:00' at time zone 'UTC' - timestamp '2026-01-01 00:00' at time zone '${ZONE}')::int / 3600 as offset,
    to_regclass('platform.migration') is not null and to_regclass('platform.audit') is not null as applied,
    clock_timestamp() as at
  from pg_database where datname = current_database()`;

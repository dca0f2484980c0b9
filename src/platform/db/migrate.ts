import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';
import { conflict } from '../../shared/errors.ts';

const FOLDER = new URL('../../../migrations/', import.meta.url);

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly hash: string;
}

/** The numbered files of `migrations/`, in order; throws when a number is missing or used twice. */
export const readMigrations = async (): Promise<Migration[]> => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(name.slice(0, 4));
      if (number !== index + 1) throw conflict('migration.order', { name, expected: index + 1 });
      const sql = await readFile(new URL(name, FOLDER), 'utf8');
      return { number, name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};

const BOOKKEEPING = `
  create schema if not exists platform;
  create table if not exists platform.migration (
    number int primary key, name text not null, hash text not null, applied_at timestamptz not null default now()
  )`;

/** Key of the advisory lock held while the schema changes: two processes that start together must not both migrate. */
export const MIGRATION_LOCK = 7_235_001;

export interface MigrateOptions {
  /** Stop after this number; a backup of an older schema is loaded at its own level. */
  readonly upTo?: number;
  /** Instead of the files of `migrations/`. */
  readonly migrations?: readonly Migration[];
}

/**
 * How many of `migrations` a database has: 0 when it has none of our schema. Refuses a database that is newer than
 * this build, and one whose applied files differ from ours.
 */
export const countApplied = async (client: pg.ClientBase, migrations: readonly Migration[]): Promise<number> => {
  const known = await client.query<{ there: boolean }>(`select to_regclass('platform.migration') is not null as there`);
  if (!known.rows[0]?.there) return 0;
  const { rows } = await client.query<{ number: number; name: string; hash: string }>(
    'select number, name, hash from platform.migration order by number',
  );
  for (const row of rows) {
    const ours = migrations[row.number - 1];
    if (!ours) throw conflict('migration.newer', { name: row.name });
    if (ours.hash !== row.hash) throw conflict('migration.changed', { name: row.name });
  }
  return rows.length;
};

const apply = async (client: pg.ClientBase, migration: Migration): Promise<void> => {
  await client.query(migration.sql);
  await client.query('insert into platform.migration (number, name, hash) values ($1, $2, $3)', [
    migration.number,
    migration.name,
    migration.hash,
  ]);
};

/** Migrates within the caller's transaction, who holds `MIGRATION_LOCK`: all of it happens, or nothing. */
export const migrateInside = async (
  client: pg.ClientBase,
  migrations: readonly Migration[],
  upTo = migrations.length,
): Promise<void> => {
  await client.query(BOOKKEEPING);
  const applied = await countApplied(client, migrations);
  for (const migration of migrations.slice(applied, upTo)) await apply(client, migration);
};

/**
 * Brings the database to this build's schema, each file in its own transaction. Forward only: refuses a database that
 * is newer than this build, and one whose applied files differ from ours.
 * @returns the names applied now.
 */
export const migrate = async (pool: pg.Pool, options: MigrateOptions = {}): Promise<string[]> => {
  const migrations = options.migrations ?? (await readMigrations());
  const client = await pool.connect();
  const names: string[] = [];
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(BOOKKEEPING);
    const applied = await countApplied(client, migrations);
    for (const migration of migrations.slice(applied, options.upTo)) {
      await client.query('begin');
      await apply(client, migration);
      await client.query('commit');
      names.push(migration.name);
    }
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
    client.release();
  }
  return names;
};

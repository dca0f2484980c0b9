import pg from 'pg';
import type { Migration } from '../db/migrate.ts';

/** A table of ours with the columns that are stored as given (generated ones are computed again). */
export interface TableShape {
  /** `schema.table`, unquoted. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly partitioned: boolean;
}

export const quoteName = (name: string): string => name.split('.').map(pg.escapeIdentifier).join('.');

export const quoteColumns = (columns: readonly string[]): string => columns.map(pg.escapeIdentifier).join(', ');

/**
 * The schemas that our migrations make. Asked of the migrations rather than of the database, because a server that
 * somebody else runs may hold schemas that are not ours to save, and still less to empty.
 */
export const ownSchemas = (migrations: readonly Migration[]): string[] => {
  const made = migrations.flatMap(({ sql }) =>
    [...sql.matchAll(/create\s+schema\s+(?:if\s+not\s+exists\s+)?"?([a-z_][a-z0-9_]*)"?/giu)].map((found) => found[1]!),
  );
  return [...new Set(['platform', ...made])].sort();
};

/** Every ordinary and partitioned table of `schemas`; the record of migrations is told in the manifest instead. */
export const listTables = async (client: pg.ClientBase, schemas: readonly string[]): Promise<TableShape[]> =>
  (await client.query<TableShape>(TABLES, [schemas])).rows;

const TABLES = `
  select n.nspname || '.' || c.relname as name, c.relkind = 'p' as partitioned,
    array(
      select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by a.attnum
    ) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition
    and (n.nspname, c.relname) <> ('platform', 'migration')
  order by (n.nspname || '.' || c.relname) collate "C"`;

/** What each sequence would give next. Sequences stand outside of snapshots: never behind the rows of ours, maybe ahead. */
export const listSequences = async (
  client: pg.ClientBase,
  schemas: readonly string[],
): Promise<{ name: string; next: string }[]> => {
  const { rows } = await client.query<{ name: string; step: string }>(SEQUENCES, [schemas]);
  const sequences: { name: string; next: string }[] = [];
  for (const { name, step } of rows) {
    const state = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${quoteName(name)}`,
    );
    const { last, called } = state.rows[0]!;
    sequences.push({ name, next: called ? String(BigInt(last) + BigInt(step)) : last });
  }
  return sequences;
};

const SEQUENCES = `
  select n.nspname || '.' || c.relname as name, s.seqincrement::text as step
  from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1)
  order by (n.nspname || '.' || c.relname) collate "C"`;

/** Foreign keys as the statements that take them away and put them back. */
export const listForeignKeys = async (
  client: pg.ClientBase,
  schemas: readonly string[],
): Promise<{ drop: string; add: string }[]> =>
  (await client.query<{ drop: string; add: string }>(KEYS, [schemas])).rows;

const KEYS = `
  select format('alter table %I.%I drop constraint %I', n.nspname, c.relname, k.conname) as drop,
    format('alter table %I.%I add constraint %I %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) as add
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1) and k.contype = 'f' and k.conparentid = 0
  order by n.nspname, c.relname, k.conname`;

/** Stored views, in the order they were made, so that one that reads another comes after it. */
export const listStoredViews = async (client: pg.ClientBase, schemas: readonly string[]): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'm' and c.relispopulated order by c.oid`,
    [schemas],
  );
  return rows.map((row) => row.name);
};

/** Jobs that wait or run in the queue, by name. */
export const countWaitingJobs = async (client: pg.ClientBase): Promise<{ name: string; count: number }[]> => {
  const queue = await client.query<{ there: boolean }>(`select to_regclass('pgboss.job') is not null as there`);
  if (!queue.rows[0]?.there) return [];
  const { rows } = await client.query<{ name: string; count: number }>(
    `select name, count(*)::int as count from pgboss.job
     where state::text in ('created', 'retry', 'active') and name not like '\\_\\_pgboss%' group by name order by name`,
  );
  return rows;
};

/** So that COPY writes and reads the same text on every server, whatever its settings. */
export const PORTABLE_TEXT = `
  set local client_encoding = 'UTF8'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601';
  set local timezone = 'UTC'; set local bytea_output = 'hex'; set local extra_float_digits = 1;
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;

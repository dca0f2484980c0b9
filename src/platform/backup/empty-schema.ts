import type pg from 'pg';
import { conflict } from '../../shared/errors.ts';
import { countApplied, type Migration, migrateInside } from '../db/migrate.ts';
import { listTables, ownSchemas, quoteName, type TableShape } from './catalog.ts';

/**
 * Brings a database without data to the schema of migration `level`, within the caller's transaction: one that has no
 * schema yet, one behind, or one ahead (then its empty schemas are made anew). Refuses with `restore.not-empty` when
 * any of our tables holds rows other than those a migration itself inserts. @returns its tables, all of them empty.
 */
export const emptySchema = async (
  client: pg.PoolClient,
  migrations: readonly Migration[],
  level: number,
): Promise<TableShape[]> => {
  const schemas = ownSchemas(migrations);
  const applied = await countApplied(client, migrations);
  const tables = await listTables(client, schemas);
  if (tables.length > 0) {
    const names = tables.map((table) => quoteName(table.name)).join(', ');
    await client.query(`lock table ${names} in access exclusive mode`);
  }
  await refuseRows(client, migrations, applied, tables);
  if (applied > level) await dropSchemas(client, schemas);
  await migrateInside(client, migrations, level);
  return listTables(client, schemas);
};

const refuseRows = async (
  client: pg.PoolClient,
  migrations: readonly Migration[],
  applied: number,
  tables: readonly TableShape[],
): Promise<void> => {
  const filled: TableShape[] = [];
  for (const table of tables) {
    const { rows } = await client.query<{ there: boolean }>(
      `select exists (select from ${quoteName(table.name)}) as there`,
    );
    if (rows[0]!.there) filled.push(table);
  }
  const stranger = filled.find((table) => !isSeeded(migrations, table));
  if (stranger) throw conflict('restore.not-empty', { what: stranger.name });
  if (filled.length === 0) return;
  // What the migrations insert is counted by running them once more, and forgetting that.
  const now = await countRows(client, filled);
  await client.query('savepoint seeds');
  await dropSchemas(client, ownSchemas(migrations));
  await migrateInside(client, migrations, applied);
  const seeded = await countRows(client, filled);
  await client.query('rollback to savepoint seeds');
  const more = filled.find((table) => now.get(table.name) !== seeded.get(table.name));
  if (more) throw conflict('restore.not-empty', { what: more.name });
};

/** Does a migration insert into it at all? Asked first, so that a database in use is never touched further. */
const isSeeded = (migrations: readonly Migration[], table: TableShape): boolean => {
  const [schema, name] = table.name.split('.');
  const insert = new RegExp(`(insert\\s+into|copy)\\s+"?${schema}"?\\."?${name}"?[\\s(]`, 'iu');
  return migrations.some((migration) => insert.test(migration.sql));
};

const countRows = async (client: pg.PoolClient, tables: readonly TableShape[]): Promise<Map<string, string>> => {
  const counts = new Map<string, string>();
  for (const table of tables) {
    const { rows } = await client.query<{ count: string }>(`select count(*)::text from ${quoteName(table.name)}`);
    counts.set(table.name, rows[0]!.count);
  }
  return counts;
};

const dropSchemas = async (client: pg.PoolClient, schemas: readonly string[]): Promise<void> => {
  await client.query(`drop schema if exists ${schemas.map(quoteName).join(', ')} cascade`);
};

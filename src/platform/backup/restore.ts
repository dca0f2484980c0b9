import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { AppError, conflict, unavailable } from '../../shared/errors.ts';
import { MIGRATION_LOCK, type Migration, migrateInside, readMigrations } from '../db/migrate.ts';
import type { Log } from '../log.ts';
import { type BackupSummary, summarize } from './backup.ts';
import {
  listForeignKeys,
  listSequences,
  listStoredViews,
  ownSchemas,
  PORTABLE_TEXT,
  quoteColumns,
  quoteName,
  type TableShape,
} from './catalog.ts';
import { emptySchema } from './empty-schema.ts';
import { type EntryNote, kindOf, type Manifest } from './format.ts';
import { type FileReturn, returnFiles } from './kept-files.ts';
import { type ArchiveEntry, damaged, readArchive, verified, verifyArchive } from './read-archive.ts';
import { forgetRestored, markRestored } from './restored.ts';

export interface RestoreParts {
  readonly pool: pg.Pool;
  readonly dataDir: string;
  readonly path: string;
  readonly log: Log;
  /** Instead of the files of `migrations/`. */
  readonly migrations?: readonly Migration[];
}

/**
 * Puts a backup back into a database without data (with or without our schema) and into `dataDir`. The file is read
 * through and verified before anything begins; then everything happens in one transaction, at the schema the backup
 * was made with, and the later migrations run over it. Whatever fails, database and folder stay as they were.
 * Refuses with `restore.no-file`, `not-a-backup`, `damaged`, `newer`, `version`, `not-empty`, `busy`.
 */
export const restore = async (parts: RestoreParts): Promise<BackupSummary> => {
  const migrations = parts.migrations ?? (await readMigrations());
  const manifest = await verifyArchive(parts.path);
  checkMigrations(manifest, migrations);
  const client = await parts.pool.connect();
  let files: FileReturn | undefined;
  try {
    await client.query('begin');
    await client.query(PORTABLE_TEXT);
    // Not for ever: a program that is running on this database does not end by itself.
    await client.query("set local lock_timeout = '10s'");
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const level = manifest.migrations.length;
    const tables = await emptySchema(client, migrations, level);
    files = await returnFiles(parts.dataDir);
    await load({ client, manifest, tables, files, schemas: ownSchemas(migrations.slice(0, level)), ...parts });
    await migrateInside(client, migrations);
    await files.putAll();
    // Before the commit: data without the mark would be taken for those of today.
    await markRestored(parts.dataDir);
    await client.query('commit');
    client.release();
  } catch (error) {
    // Ends the transaction with the connection: it may stand in the middle of a COPY.
    client.release(true);
    await files?.undo();
    await forgetRestored(parts.dataDir);
    throw translate(error);
  }
  await files.done();
  await parts.pool.query('analyze').catch(() => {});
  return summarize(manifest);
};

/** The backup's migrations must be the first ones of ours. */
const checkMigrations = (manifest: Manifest, migrations: readonly Migration[]): void => {
  for (const [index, theirs] of manifest.migrations.entries()) {
    const ours = migrations[index];
    if (!ours) throw conflict('restore.newer', { what: theirs.name });
    if (theirs.number !== ours.number || theirs.hash !== ours.hash)
      throw conflict('restore.version', { what: theirs.name });
  }
};

const translate = (error: unknown): unknown => {
  if (error instanceof AppError) return error;
  const { code = '', table, message } = error as { code?: string; table?: string; message?: string };
  if (code === '55P03') return conflict('restore.busy');
  if (code.startsWith('08') || code === '57P01') return unavailable('database');
  // Values that do not fit the tables they are said to come from; a file that changed since it was verified.
  if (/^(2[23]...|Z_.*)$/u.test(code)) return damaged(table ?? message ?? code);
  return error;
};

interface LoadParts {
  readonly client: pg.PoolClient;
  readonly manifest: Manifest;
  readonly tables: readonly TableShape[];
  readonly files: FileReturn;
  readonly schemas: readonly string[];
  readonly path: string;
  readonly log: Log;
}

/** Rows, files and positions of sequences. Foreign keys are away meanwhile: no order to keep, checked at once at the end. */
const load = async (parts: LoadParts): Promise<void> => {
  const { client, manifest, tables, schemas } = parts;
  compareShapes(manifest, tables);
  const keys = await listForeignKeys(client, schemas);
  for (const key of keys) await client.query(key.drop);
  if (tables.length > 0) await client.query(`truncate ${tables.map((table) => quoteName(table.name)).join(', ')}`);
  await loadEntries(parts);
  for (const key of keys) await client.query(key.add);
  const known = new Set((await listSequences(client, schemas)).map((sequence) => sequence.name));
  for (const { name, next } of manifest.sequences) {
    if (!known.has(name)) throw conflict('restore.version', { what: name });
    // Unlike setval, undone with the transaction.
    await client.query(`alter sequence ${quoteName(name)} restart with ${BigInt(next)}`);
  }
  for (const view of await listStoredViews(client, schemas)) {
    await client.query(`refresh materialized view ${quoteName(view)}`);
  }
};

/** Same migrations make the same tables, unless somebody changed them by hand. */
const compareShapes = (manifest: Manifest, tables: readonly TableShape[]): void => {
  const shape = (table: { name: string; columns: readonly string[] }) =>
    `${table.name} ${[...table.columns].sort().join()}`;
  const ours = new Set(tables.map(shape));
  const stranger = manifest.tables.find((table) => !ours.has(shape(table)));
  if (stranger) throw conflict('restore.version', { what: stranger.name });
  const theirs = new Set(manifest.tables.map((table) => table.name));
  const missing = tables.find((table) => !theirs.has(table.name));
  if (missing) throw conflict('restore.version', { what: missing.name });
};

const tableOf = (note: EntryNote): string | undefined => {
  const kind = kindOf(note.name);
  return kind?.kind === 'table' ? kind.table : undefined;
};

/** Walks the file a second time, in the order of its manifest. */
const loadEntries = async ({ client, manifest, files, path, log }: LoadParts): Promise<void> => {
  const entries = readArchive(path);
  const notes = manifest.entries;
  const expected = new Map(manifest.tables.map((table) => [table.name, table]));
  let position = 0;
  const next = async (): Promise<{ entry: ArchiveEntry; note: EntryNote }> => {
    const note = notes[position]!;
    const { value: entry } = await entries.next();
    if (entry?.name !== note.name) throw damaged(note.name);
    position += 1;
    return { entry, note };
  };
  async function* textOf(table: string): AsyncGenerator<Buffer, void, void> {
    while (notes[position] && tableOf(notes[position]!) === table) {
      const { entry, note } = await next();
      yield* verified(entry, note);
    }
  }
  try {
    while (position < notes.length) {
      const name = tableOf(notes[position]!);
      if (!name) {
        const { entry, note } = await next();
        await takeEntry(entry, note, files);
        continue;
      }
      const table = expected.get(name);
      if (!table) throw damaged(name);
      expected.delete(name);
      await copyInto(client, table, textOf(name));
      log.info({ table: name, rows: table.rows }, 'restore');
    }
  } finally {
    await entries.return();
  }
  const lost = [...expected.values()].find((table) => table.rows > 0);
  if (lost) throw damaged(lost.name);
};

const takeEntry = async (entry: ArchiveEntry, note: EntryNote, files: FileReturn): Promise<void> => {
  const bytes = verified(entry, note);
  if (entry.kind.kind === 'file') await takeFile(entry.kind.hash, note, bytes, files);
  else if (entry.kind.kind === 'secret') await files.takeSecret(bytes);
  else for await (const _ of bytes);
};

const takeFile = (hash: string, note: EntryNote, bytes: AsyncIterable<Buffer>, files: FileReturn): Promise<void> => {
  if (hash !== note.sha256) throw damaged(note.name);
  return files.takeFile(hash, bytes);
};

const copyInto = async (
  client: pg.PoolClient,
  table: Manifest['tables'][number],
  text: AsyncIterable<Buffer>,
): Promise<void> => {
  const columns = quoteColumns(table.columns);
  const into = client.query(copyStreams.from(`copy ${quoteName(table.name)} (${columns}) from stdin`));
  await pipeline(text, into);
  if (into.rowCount !== table.rows) throw damaged(table.name);
};

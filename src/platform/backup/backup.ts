import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { conflict } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { countApplied, type Migration, readMigrations } from '../db/migrate.ts';
import {
  countWaitingJobs,
  listSequences,
  listTables,
  ownSchemas,
  PORTABLE_TEXT,
  quoteColumns,
  quoteName,
  type TableShape,
} from './catalog.ts';
import { CHUNK, chunkName, FORMAT, fileName, HEADER, MANIFEST, type Manifest, PRODUCT, SECRET } from './format.ts';
import { type ArchiveWriter, createArchive } from './write-archive.ts';

export interface BackupParts {
  readonly pool: pg.Pool;
  readonly dataDir: string;
  /** The file to write; one that stands there is replaced, but only by a complete one. */
  readonly path: string;
  readonly clock: Clock;
  /** Instead of the files of `migrations/`. */
  readonly migrations?: readonly Migration[];
}

/** What a backup file holds, for the sentence that tells of it. */
export interface BackupSummary {
  readonly madeAt: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  /** Kept files found damaged on disk and left out; somebody should look after them. */
  readonly damagedFiles: readonly string[];
  /** Jobs that waited in the queue; they are not in the backup. */
  readonly waitingJobs: readonly { readonly name: string; readonly count: number }[];
}

export const summarize = (manifest: Manifest): BackupSummary => ({
  madeAt: manifest.madeAt,
  tables: manifest.tables.length,
  rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
  files: manifest.entries.filter((entry) => entry.name.startsWith('files/')).length,
  damagedFiles: manifest.damagedFiles,
  waitingJobs: manifest.waitingJobs,
});

/**
 * Saves the whole installation into one file: every table as of one moment, the kept files and the secret. People may
 * go on working meanwhile. The file holds personal data and the secret: it is written for the owner's eyes only.
 */
export const backup = async (parts: BackupParts): Promise<BackupSummary & { readonly size: number }> => {
  const migrations = parts.migrations ?? (await readMigrations());
  const client = await parts.pool.connect();
  let failed = true;
  try {
    const at = parts.clock.now();
    const tables = await openSnapshot(client, migrations);
    const archive = await createArchive(parts.path, at);
    try {
      await archive.add(HEADER, json({ product: PRODUCT, format: FORMAT }));
      const read = await writeTables(client, archive, tables);
      const manifest: Manifest = {
        product: PRODUCT,
        format: FORMAT,
        madeAt: at.toISOString(),
        ...(await describe(client, ownSchemas(migrations))),
        tables: read,
        damagedFiles: await writeFiles(archive, parts.dataDir),
        entries: archive.entries.slice(),
      };
      await client.query('commit');
      await archive.add(MANIFEST, json(manifest));
      const size = await archive.finish();
      failed = false;
      return { ...summarize(manifest), size };
    } catch (error) {
      await archive.abandon();
      throw error;
    }
  } finally {
    // After a failure the connection may stand in the middle of a COPY; it is not given to anybody else.
    client.release(failed);
  }
};

const json = (value: object): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/**
 * Begins the one moment that everything is read at. The tables are locked against changes of shape (not of rows)
 * before the snapshot is taken, so that shape and rows belong together.
 */
const openSnapshot = async (client: pg.PoolClient, migrations: readonly Migration[]): Promise<TableShape[]> => {
  const schemas = ownSchemas(migrations);
  const before = await listTables(client, schemas);
  await client.query('begin isolation level repeatable read, read only');
  await client.query(PORTABLE_TEXT);
  if (before.length > 0) {
    const names = before.map((table) => quoteName(table.name)).join(', ');
    await client.query(`lock table ${names} in access share mode`);
  }
  if ((await countApplied(client, migrations)) === 0) throw conflict('backup.nothing');
  const tables = await listTables(client, schemas);
  if (JSON.stringify(tables) !== JSON.stringify(before)) throw conflict('backup.changing');
  return tables;
};

const describe = async (client: pg.PoolClient, schemas: readonly string[]) => {
  const server = await client.query<{ server_version: string }>('show server_version');
  const applied = await client.query<Manifest['migrations'][number]>(
    'select number, name, hash from platform.migration order by number',
  );
  return {
    server: server.rows[0]!.server_version,
    migrations: applied.rows,
    sequences: await listSequences(client, schemas),
    waitingJobs: await countWaitingJobs(client),
  };
};

const writeTables = async (
  client: pg.PoolClient,
  archive: ArchiveWriter,
  tables: readonly TableShape[],
): Promise<Manifest['tables']> => {
  const written: Manifest['tables'] = [];
  for (const table of tables) {
    const columns = quoteColumns(table.columns);
    const from = `${table.partitioned ? '' : 'only '}${quoteName(table.name)}`;
    const stream = client.query(copyStreams.to(`copy (select ${columns} from ${from}) to stdout`));
    await writeChunks(archive, table.name, stream);
    written.push({ name: table.name, columns: [...table.columns], rows: stream.rowCount });
  }
  return written;
};

/** The text of one table, cut into entries of about `CHUNK` bytes: a tar entry must say its size beforehand. */
const writeChunks = async (archive: ArchiveWriter, table: string, text: AsyncIterable<Buffer>): Promise<void> => {
  let waiting: Buffer[] = [];
  let size = 0;
  let index = 0;
  const flush = async () => {
    if (size === 0) return;
    await archive.add(chunkName(table, index), Buffer.concat(waiting, size));
    waiting = [];
    size = 0;
    index += 1;
  };
  for await (const piece of text) {
    waiting.push(piece);
    size += piece.length;
    if (size >= CHUNK) await flush();
  }
  await flush();
};

/**
 * The kept files and the secret. Listed after the snapshot began: a file is kept before the row that names it, so
 * every file of the snapshot is there. @returns the names left out because their content is no longer theirs.
 */
const writeFiles = async (archive: ArchiveWriter, dataDir: string): Promise<string[]> => {
  const folder = join(dataDir, 'files');
  const names = (await readdir(folder).catch(emptyIfMissing)).filter((name) => /^[0-9a-f]{64}$/u.test(name)).sort();
  const left: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if ((await hashOf(path)) !== name) {
      left.push(name);
      continue;
    }
    const note = await archive.addPath(fileName(name), path, (await stat(path)).size);
    if (note.sha256 !== name) throw conflict('backup.changing');
  }
  const secret = await readFile(join(dataDir, 'secret')).catch(undefinedIfMissing);
  if (secret) await archive.add(SECRET, secret);
  return left;
};

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

const undefinedIfMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

const emptyIfMissing = (error: NodeJS.ErrnoException): string[] => undefinedIfMissing(error) ?? [];

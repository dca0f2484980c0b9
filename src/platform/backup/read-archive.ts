import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import { AppError, conflict, invalid, notFound } from '../../shared/errors.ts';
import {
  type EntryKind,
  type EntryNote,
  FORMAT,
  HEADER,
  headerSchema,
  kindOf,
  MANIFEST,
  MANIFEST_LIMIT,
  type Manifest,
  manifestSchema,
  PRODUCT,
} from './format.ts';
import { checkSeal } from './seal.ts';

/** One entry while it is read; `bytes` must be read to the end before the next is asked for. */
export interface ArchiveEntry {
  readonly name: string;
  readonly kind: EntryKind;
  readonly bytes: AsyncIterable<Buffer>;
}

export const damaged = (what: string): AppError => invalid('restore.damaged', { what });

const notABackup = (): AppError => invalid('restore.not-a-backup');

/** Entries as they stand in the file; names that are not ours, links and folders are refused before anything is read. */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEntry, void, void> {
  const source = createReadStream(path, { highWaterMark: 262_144 });
  const gunzip = createGunzip({ chunkSize: 262_144 });
  const extract = tar.extract();
  const fed = pipeline(
    source,
    checkSeal(() => damaged(basename(path))),
    gunzip,
    extract,
  );
  fed.catch(() => {});
  try {
    for await (const entry of extract) {
      const kind = entry.header.type === 'file' ? kindOf(entry.header.name) : undefined;
      if (!kind) throw damaged(entry.header.name);
      yield { name: entry.header.name, kind, bytes: entry as unknown as AsyncIterable<Buffer> };
    }
    await fed;
  } finally {
    source.destroy();
    gunzip.destroy();
    extract.destroy();
  }
}

/** Passes the bytes on and counts them; throws at the end when they are not what the manifest says. */
export async function* verified(entry: ArchiveEntry, note: EntryNote): AsyncGenerator<Buffer, void, void> {
  const hash = createHash('sha256');
  for await (const chunk of entry.bytes) {
    hash.update(chunk);
    yield chunk;
  }
  if (entry.name !== note.name || hash.digest('hex') !== note.sha256) throw damaged(note.name);
}

const collect = async (entry: ArchiveEntry, limit: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of entry.bytes) {
    size += chunk.length;
    if (size > limit) throw damaged(entry.name);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const parseJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
};

/**
 * Reads a backup from beginning to end without touching anything and returns its manifest. Throws
 * `restore.not-a-backup`, `restore.newer` (a format this build does not know) or `restore.damaged`.
 */
export const verifyArchive = async (path: string): Promise<Manifest> => {
  await checkGzip(path);
  const progress = { entries: 0 };
  try {
    return await readThrough(path, progress);
  } catch (error) {
    // What the disk says (a failing drive, no permission) is told as it is; what zlib and tar say is damage.
    if ((error as NodeJS.ErrnoException).syscall) throw error;
    if (progress.entries === 0) throw notABackup();
    throw error instanceof AppError ? error : damaged(basename(path));
  }
};

const readThrough = async (path: string, progress: { entries: number }): Promise<Manifest> => {
  const seen: EntryNote[] = [];
  let manifest: Manifest | undefined;
  for await (const entry of readArchive(path)) {
    if (manifest) throw damaged(entry.name);
    if (progress.entries === 0 && entry.name !== HEADER) throw notABackup();
    progress.entries += 1;
    if (entry.name === MANIFEST) {
      const parsed = manifestSchema.safeParse(parseJson(await collect(entry, MANIFEST_LIMIT)));
      if (!parsed.success) throw damaged(MANIFEST);
      manifest = parsed.data;
    } else {
      seen.push(await noteOf(entry, seen.length === 0));
    }
  }
  if (!manifest) throw progress.entries === 0 ? notABackup() : damaged(MANIFEST);
  compare(seen, manifest.entries);
  return manifest;
};

const noteOf = async (entry: ArchiveEntry, isHeader: boolean): Promise<EntryNote> => {
  const hash = createHash('sha256');
  if (isHeader) {
    const bytes = await collect(entry, 65_536);
    const header = headerSchema.safeParse(parseJson(bytes)).data;
    if (header?.product !== PRODUCT) throw notABackup();
    if (header.format > FORMAT) throw conflict('restore.newer', { what: `${HEADER} ${header.format}` });
    return { name: entry.name, size: bytes.length, sha256: hash.update(bytes).digest('hex') };
  }
  let size = 0;
  for await (const chunk of entry.bytes) {
    size += chunk.length;
    hash.update(chunk);
  }
  return { name: entry.name, size, sha256: hash.digest('hex') };
};

const compare = (seen: readonly EntryNote[], told: readonly EntryNote[]): void => {
  for (const [index, note] of told.entries()) {
    const found = seen[index];
    const same = found?.name === note.name && found.size === note.size && found.sha256 === note.sha256;
    if (!same) throw damaged(note.name);
  }
  if (seen.length > told.length) throw damaged(seen[told.length]!.name);
  if (new Set(told.map((note) => note.name)).size !== told.length) throw damaged(MANIFEST);
};

/** A gzip file at all? Asked first, so that a photo is not called damaged. */
const checkGzip = async (path: string): Promise<void> => {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? notFound('restore.no-file', { path }) : error;
  });
  try {
    if (!(await file.stat()).isFile()) throw notABackup();
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    if (!buffer.equals(Buffer.from([0x1f, 0x8b]))) throw notABackup();
  } finally {
    await file.close();
  }
};

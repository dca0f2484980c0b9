import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AppError, invalid, notFound } from '../shared/errors.ts';
import { systemClock } from './clock.ts';

/** The most bytes taken in of one file, by the pages and the terminal alike: a list of a whole province is far below. */
export const uploadLimit = 512 * 1_048_576;

/** A kept file is known by the SHA-256 of its content: the same file twice is one file. */
export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
}

export interface FileStore {
  /**
   * Takes a stream into the store; refuses more than `limit` bytes with `file.too-large` (nothing is kept then). The stream is
   * always read to its end: what follows a file in a form can only be read after it.
   */
  put(source: AsyncIterable<Uint8Array>, limit: number): Promise<StoredFile>;
  putPath(path: string, limit: number): Promise<StoredFile>;
  /** The path of a kept file, for reading only. */
  path(sha256: string): Promise<string>;
  /** Lets a kept file go; one that is gone already is none the less gone. */
  remove(sha256: string): Promise<void>;
}

/**
 * Of the event `files.dropping`: files that came with a form are about to be let go. The store knows a file by its content,
 * so the same one may be somebody's document: whoever keeps one of them puts it into `held`.
 */
export interface FilesDropping {
  readonly hashes: readonly string[];
  readonly held: Set<string>;
}

const DAY = 86_400_000;
const KEPT = /^[0-9a-f]{64}$/u;

const tooLarge = (limit: number): AppError => invalid('file.too-large', { limit: Math.floor(limit / 1_048_576) });

/** Half-written files of a process that died. Those of the last day may still be arriving at another process. */
const sweep = async (folder: string, now: Date): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.in-')) continue;
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found && now.getTime() - found.mtimeMs > DAY) await rm(join(folder, name), { force: true });
  }
};

/** Files under `<dataDir>/files/`, written beside and renamed, so that a half-written one is never seen. */
export const openFiles = async (dataDir: string): Promise<FileStore> => {
  const folder = join(dataDir, 'files');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await sweep(folder, systemClock.now());
  const put: FileStore['put'] = async (source, limit) => {
    const beside = join(folder, `.in-${randomBytes(8).toString('hex')}`);
    const hash = createHash('sha256');
    let size = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > limit) return done();
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(source, meter, createWriteStream(beside, { mode: 0o600 }));
      if (size > limit) throw tooLarge(limit);
      const sha256 = hash.digest('hex');
      await rename(beside, join(folder, sha256));
      return { sha256, size };
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  };
  return {
    put,
    putPath: async (path, limit) => {
      // Known beforehand of a file on the disk: it need not be read through to be refused.
      if ((await stat(path)).size > limit) throw tooLarge(limit);
      return put(createReadStream(path), limit);
    },
    path: async (sha256) => {
      const path = join(folder, sha256);
      if (!KEPT.test(sha256) || !(await stat(path).catch(() => undefined))) throw notFound('file.gone');
      return path;
    },
    remove: async (sha256) => {
      if (KEPT.test(sha256)) await rm(join(folder, sha256), { force: true });
    },
  };
};

/**
 * The installation's own secret (32 random bytes, made once): keys the hashes of identity numbers and signs sessions.
 * Losing it means signing in again and matching by CCCD no more, so it is part of a backup.
 */
export const readSecret = async (dataDir: string): Promise<Buffer> => {
  const path = join(dataDir, 'secret');
  const beside = `${path}.${randomBytes(6).toString('hex')}`;
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known) return Buffer.from(known.trim(), 'hex');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(beside, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  await chmod(beside, 0o600);
  // Two processes may start together: the first link wins, both read the same secret.
  await link(beside, path).catch(() => {});
  await rm(beside);
  return Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
};

import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Kept files and the secret on their way back: first in a folder beside, then all moved, then kept or taken back. */
export interface FileReturn {
  takeFile(hash: string, bytes: AsyncIterable<Buffer>): Promise<void>;
  takeSecret(bytes: AsyncIterable<Buffer>): Promise<void>;
  /** Moves everything to its place; what was there before is remembered until `done` or `undo`. */
  putAll(): Promise<void>;
  /** As if nothing had happened. */
  undo(): Promise<void>;
  done(): Promise<void>;
}

export const returnFiles = async (dataDir: string): Promise<FileReturn> => {
  const beside = join(dataDir, `.restore-${randomBytes(6).toString('hex')}`);
  const folder = join(dataDir, 'files');
  const secretPath = join(dataDir, 'secret');
  await mkdir(beside, { recursive: true, mode: 0o700 });
  const hashes: string[] = [];
  const added: string[] = [];
  let hasSecret = false;
  let moved = false;
  let formerSecret: Buffer | undefined;

  const take = (name: string, bytes: AsyncIterable<Buffer>): Promise<void> =>
    pipeline(bytes, createWriteStream(join(beside, name), { flags: 'wx', mode: 0o600, flush: true }));

  return {
    takeFile: async (hash, bytes) => {
      await take(hash, bytes);
      hashes.push(hash);
    },
    takeSecret: async (bytes) => {
      await take('secret', bytes);
      hasSecret = true;
    },
    putAll: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const hash of hashes) {
        const path = join(folder, hash);
        const known = await access(path).then(
          () => true,
          () => false,
        );
        if (!known) added.push(path);
        await rename(join(beside, hash), path);
      }
      if (!hasSecret) return;
      formerSecret = await readFile(secretPath).catch(() => undefined);
      moved = true;
      await rename(join(beside, 'secret'), secretPath);
    },
    undo: async () => {
      for (const path of added) await rm(path, { force: true });
      if (moved && formerSecret) await writeFile(secretPath, formerSecret, { mode: 0o600 });
      if (moved && !formerSecret) await rm(secretPath, { force: true });
      await rm(beside, { recursive: true, force: true });
    },
    done: () => rm(beside, { recursive: true, force: true }),
  };
};

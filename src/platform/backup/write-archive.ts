import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import tar from 'tar-stream';
import type { EntryNote } from './format.ts';
import { addSeal } from './seal.ts';

/** A tar.gz in the making: entries one after the other, seen under its name only when complete. */
export interface ArchiveWriter {
  /** What was added so far, in order. */
  readonly entries: readonly EntryNote[];
  add(name: string, content: Buffer): Promise<void>;
  /** `size` must be what the file holds; throws when it turns out to be another. */
  addPath(name: string, path: string, size: number): Promise<EntryNote>;
  /** Completes the file and gives it its name. @returns its size in bytes. */
  finish(): Promise<number>;
  abandon(): Promise<void>;
}

/** Begins `path`, written beside it, for the owner's eyes only. */
export const createArchive = async (path: string, at: Date): Promise<ArchiveWriter> => {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${randomBytes(6).toString('hex')}.part`;
  const pack = tar.pack();
  const out = createWriteStream(beside, { flags: 'wx', mode: 0o600, flush: true });
  const written = pipeline(pack as unknown as Readable, createGzip({ chunkSize: 262_144 }), addSeal(), out);
  // A full disk ends the pipeline while an entry still waits for room: whoever waits must hear of it.
  const broken = new Promise<never>((_, reject) => written.catch(reject));
  broken.catch(() => {});
  const entries: EntryNote[] = [];

  const write = async (name: string, size: number, fill: (entry: Writable) => Promise<string>): Promise<EntryNote> => {
    const ended = Promise.withResolvers<void>();
    const entry = pack.entry({ name, size, mode: 0o600, mtime: at }, (error) =>
      error ? ended.reject(error) : ended.resolve(),
    ) as unknown as Writable;
    ended.promise.catch(() => {});
    const sha256 = await Promise.race([fill(entry), broken]);
    entry.end();
    await Promise.race([ended.promise, broken]);
    const note = { name, size, sha256 };
    entries.push(note);
    return note;
  };

  return {
    entries,
    add: async (name, content) => {
      await write(name, content.length, async (entry) => {
        entry.write(content);
        return createHash('sha256').update(content).digest('hex');
      });
    },
    addPath: (name, source, size) =>
      write(name, size, async (entry) => {
        const hash = createHash('sha256');
        for await (const chunk of createReadStream(source, { highWaterMark: 262_144 })) {
          hash.update(chunk as Buffer);
          if (!entry.write(chunk)) await once(entry, 'drain');
        }
        return hash.digest('hex');
      }),
    finish: async () => {
      pack.finalize();
      await written;
      await rename(beside, path);
      return out.bytesWritten;
    },
    abandon: async () => {
      pack.destroy();
      await written.catch(() => {});
      await rm(beside, { force: true });
    },
  };
};

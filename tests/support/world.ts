import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { moduleJobs, subscriptions } from '../../src/app.ts';
import { coversPlaces } from '../../src/modules/territory/index.ts';
import { openToKeys } from '../../src/open-to-keys.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import { createExecute, type Execute } from '../../src/platform/command.ts';
import type { Database } from '../../src/platform/db/connect.ts';
import { type FileStore, openFiles } from '../../src/platform/files.ts';
import { createDatabase } from './database.ts';

/** A whole small product in a database of its own: what most tests stand on. */
export interface World {
  readonly database: Database;
  readonly execute: Execute;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly files: FileStore;
  readonly dataDir: string;
  /** Jobs that were queued, in order; `take()` empties the list. */
  readonly queued: { name: string; data: object }[];
  /** Works the queue until it is empty, as a worker would. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const createWorld = async (at = new Date('2026-06-15T02:00:00Z')): Promise<World> => {
  const database = await createDatabase(inject('server'));
  const dataDir = await mkdtemp(join(tmpdir(), 'lantoa-world-'));
  const files = await openFiles(dataDir);
  const clock = fixedClock(at);
  const queued: World['queued'] = [];
  const execute: Execute = createExecute({
    database,
    clock,
    files,
    secret: Buffer.alloc(32, 7),
    enqueue: () => async (name, data) => {
      queued.push({ name, data });
    },
    subscriptions,
    covers: coversPlaces,
    openToKeys,
  });
  return {
    database,
    execute,
    clock,
    files,
    dataDir,
    queued,
    settle: async () => {
      for (let taken = queued.shift(); taken; taken = queued.shift())
        await moduleJobs.find(({ name }) => name === taken!.name)!.run(execute, taken.data);
    },
    close: async () => {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

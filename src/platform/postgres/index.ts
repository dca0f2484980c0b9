import { rm } from 'node:fs/promises';
import type pg from 'pg';
import type { Log } from '../log.ts';
import { layoutOf } from './cluster.ts';
import { countUsers, register, withLock } from './lock.ts';
import { ensureServer, stopServer } from './server.ts';

export { checkDatabase, type Fact } from './doctor.ts';

export interface EmbeddedPostgres {
  readonly settings: pg.PoolConfig;
  /** True when this call started the server, false when it attached to a running one. */
  readonly started: boolean;
  /** Leaves; the last of our processes to leave stops the server. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Opens the PostgreSQL that lives in the data folder: makes it at the first start, starts it when it does not run,
 * attaches when it does (also to one orphaned by `kill -9`). Many processes may have one data folder open at once.
 * @throws AppError `postgres.*` with a reason a person can act on.
 */
export const openEmbedded = async ({ dataDir, log }: { dataDir: string; log: Log }): Promise<EmbeddedPostgres> => {
  const layout = await layoutOf(dataDir);
  return withLock(layout.processes, async () => {
    const { settings, started } = await ensureServer(layout, log);
    log.debug({ started }, 'embedded database');
    const entry = await register(layout.processes);
    const leave = () =>
      withLock(layout.processes, async () => {
        await rm(entry, { force: true });
        if ((await countUsers(layout.processes)) === 0) await stopServer(layout);
      });
    let leaving: Promise<void> | undefined;
    return {
      settings,
      started,
      stop: () => {
        leaving ??= leave();
        return leaving;
      },
    };
  });
};

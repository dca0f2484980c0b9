import { mkdir } from 'node:fs/promises';
import { audiencesUseCases } from './modules/audiences/index.ts';
import { broadcastUseCases } from './modules/broadcast/index.ts';
import { contentUseCases } from './modules/content/index.ts';
import { coverageJobs, coverageSubscriptions, coverageUseCases } from './modules/coverage/index.ts';
import { deliveryUseCases } from './modules/delivery/index.ts';
import { gatheringsUseCases } from './modules/gatherings/index.ts';
import { identityUseCases } from './modules/identity/index.ts';
import { plansSubscriptions, plansUseCases } from './modules/plans/index.ts';
import { reachSubscriptions, reachUseCases } from './modules/reach/index.ts';
import { registryJobs, registryUseCases, resumeWork } from './modules/registry/index.ts';
import { coversPlaces, loadReferenceUnits, territoryUseCases } from './modules/territory/index.ts';
import { visitsSubscriptions, visitsUseCases } from './modules/visits/index.ts';
import type { Clock } from './platform/clock.ts';
import { createExecute, type Execute, systemActor, type UseCase } from './platform/command.ts';
import type { Config } from './platform/config.ts';
import { type ConnectionSettings, connect, type Database } from './platform/db/connect.ts';
import { migrate } from './platform/db/migrate.ts';
import { type FileStore, openFiles, readSecret } from './platform/files.ts';
import { type Jobs, startJobs } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';
import { openEmbedded } from './platform/postgres/index.ts';
import type { ModuleJob, Subscription } from './platform/work.ts';
import { schedules } from './schedule.ts';

/** Every use case of the product: the permission matrix, the audit's words and the generated tests are made from it. */
export const useCases: readonly UseCase[] = [
  ...territoryUseCases,
  ...identityUseCases,
  ...registryUseCases,
  ...contentUseCases,
  ...reachUseCases,
  ...audiencesUseCases,
  ...plansUseCases,
  ...visitsUseCases,
  ...deliveryUseCases,
  ...broadcastUseCases,
  ...gatheringsUseCases,
  ...coverageUseCases,
];

/** Who reacts to what is announced above it, in the order of the river. */
export const subscriptions: readonly Subscription<never>[] = [
  ...reachSubscriptions,
  ...plansSubscriptions,
  ...visitsSubscriptions,
  ...coverageSubscriptions,
];

/** Everything done in the background. */
export const moduleJobs: readonly ModuleJob[] = [...registryJobs, ...coverageJobs];

/** The wired product. Whoever opened it closes it; the embedded database stops with the last of ours that used it. */
export interface App {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  readonly execute: Execute;
  readonly files: FileStore;
  readonly secret: Buffer;
  readonly jobs: Jobs;
  /** Begins to work the queue; without it this process only queues. */
  work(): Promise<void>;
  close(): Promise<void>;
}

export interface AppParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
}

/** The server that holds the data: `DATABASE_URL`, or the embedded one in the data folder (started or attached to). */
const openServer = async ({
  config,
  log,
}: AppParts): Promise<{ settings: ConnectionSettings; stop(): Promise<void> }> =>
  config.databaseUrl
    ? { settings: { connectionString: config.databaseUrl }, stop: async () => {} }
    : openEmbedded({ dataDir: config.dataDir, log });

/** Opens the data folder and the database, brings the schema to this build, and wires modules to technique. */
export const openApp = async (parts: AppParts): Promise<App> => {
  const { config, clock, log } = parts;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const server = await openServer(parts);
  const database = connect(server.settings);
  try {
    await migrate(database.pool);
    const files = await openFiles(config.dataDir);
    const secret = await readSecret(config.dataDir);
    const jobNames = moduleJobs.map((job) => job.name);
    const jobs = await startJobs(database.pool, jobNames, log);
    const execute = createExecute({
      database,
      clock,
      files,
      secret,
      enqueue: (tx) => jobs.enqueue(tx),
      subscriptions,
      covers: coversPlaces,
    });
    await execute(loadReferenceUnits, systemActor, {});
    return {
      ...parts,
      database,
      execute,
      files,
      secret,
      jobs,
      work: async () => {
        await jobs.work(
          moduleJobs.map((job) => ({ ...job, run: (data: object) => job.run(execute, data) })),
          schedules,
        );
        await execute(resumeWork, systemActor, {});
      },
      close: async () => {
        await jobs.stop();
        await database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await database.close().catch(() => {});
    await server.stop();
    throw error;
  }
};

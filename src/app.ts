import { mkdir } from 'node:fs/promises';
import type { Channel, MailChannel } from './channels/contract.ts';
import { type Offer, offersOf, openChannels } from './channels/open-channels.ts';
import { readChannels, type SmsSettings } from './channels/read-channels.ts';
import { openWebhooks, type TakeReceipts } from './channels/webhooks.ts';
import { audiencesUseCases } from './modules/audiences/index.ts';
import { auditUseCases } from './modules/audit/index.ts';
import { broadcastUseCases } from './modules/broadcast/index.ts';
import { contentUseCases } from './modules/content/index.ts';
import { coverageJobs, coverageSubscriptions, coverageUseCases } from './modules/coverage/index.ts';
import {
  createReceiver,
  createSender,
  deliveryJobs,
  deliveryUseCases,
  type MailOffer,
  type Sender,
  settleAfterRestore,
  unsubscribeToken,
} from './modules/delivery/index.ts';
import { gatheringsUseCases } from './modules/gatherings/index.ts';
import { identityUseCases } from './modules/identity/index.ts';
import { plansSubscriptions, plansUseCases } from './modules/plans/index.ts';
import { reachSubscriptions, reachUseCases } from './modules/reach/index.ts';
import { registryJobs, registryUseCases, resumeWork } from './modules/registry/index.ts';
import { reportsUseCases } from './modules/reports/index.ts';
import { coversPlaces, loadReferenceUnits, territoryUseCases } from './modules/territory/index.ts';
import { visitsSubscriptions, visitsUseCases } from './modules/visits/index.ts';
import { openToKeys } from './open-to-keys.ts';
import { forgetRestored, wasRestored } from './platform/backup/index.ts';
import type { Clock } from './platform/clock.ts';
import { createExecute, type Execute, systemActor, type UseCase } from './platform/command.ts';
import type { Config } from './platform/config.ts';
import { type ConnectionSettings, connect, type Database } from './platform/db/connect.ts';
import { migrate } from './platform/db/migrate.ts';
import { type FileStore, openFiles, readSecret } from './platform/files.ts';
import { installationKind } from './platform/installation.ts';
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
  ...reportsUseCases,
  ...auditUseCases,
];

/** Who reacts to what is announced above it, in the order of the river. */
export const subscriptions: readonly Subscription<never>[] = [
  ...reachSubscriptions,
  ...plansSubscriptions,
  ...visitsSubscriptions,
  ...coverageSubscriptions,
];

/** Everything done in the background. */
export const moduleJobs: readonly ModuleJob[] = [...registryJobs, ...deliveryJobs, ...coverageJobs];

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
  /** What other systems may ask by a key. */
  readonly openToKeys: readonly UseCase[];
  /** The provider that messages go to first; null = none is named, and nothing can be sent. */
  sms(): Promise<Offer | null>;
  /** The mail server; null = none is named. */
  mail(): Promise<MailOffer | null>;
  /** Every provider that messages go through, in the order in which they are tried; nothing is connected for it. */
  providers(): Promise<readonly Provider[]>;
  /** Where providers tell by HTTP what became of messages. */
  readonly takeReceipts: TakeReceipts;
  /** Opens the channels and a worker for sendings, which waits to be told what to do. */
  openSending(): Promise<Sending>;
  /** Begins to work the queue and to send; without it this process only queues. */
  work(): Promise<void>;
  close(): Promise<void>;
}

/** A provider as it is shown: what it offers, and where it is. Never its password. */
export interface Provider extends Offer {
  /** Who messages are from, and where it is reached; null = the simulated network that comes with the example. */
  readonly named: { readonly sender: string; readonly address: string } | null;
}

export interface Sending {
  readonly sender: Sender;
  /** In the order in which they are tried. */
  readonly channels: readonly Pick<Channel | MailChannel, 'provider' | 'state'>[];
  /** Ends what is in hand, then takes leave of the providers. */
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

/** The example sends to a simulated network unless it was given another; real people are never "sent to" that way. */
const simulates = async (database: Database): Promise<boolean> => (await installationKind(database.db)) === 'example';

const addressOf = (settings: SmsSettings): string =>
  settings.kind === 'smpp' ? `${settings.host}:${settings.port}` : new URL(settings.url).host;

/** Who may send us receipts by HTTP; those of SMPP come by its own connection. */
const receiptSenders = async (config: Config) =>
  (await readChannels(config)).sms.filter((settings) => settings.kind === 'http');

const providersOf = async ({ config, database }: Pick<App, 'config' | 'database'>): Promise<readonly Provider[]> => {
  const named = new Map((await readChannels(config)).sms.map((settings) => [settings.provider, settings]));
  const offers = await offersOf({ config, simulate: await simulates(database) });
  return offers.map(({ provider, pricePerPart, answerable, simulator }) => {
    const found = named.get(provider);
    const where = found ? { sender: found.sender, address: addressOf(found) } : null;
    return { provider, pricePerPart, answerable, simulator, named: where };
  });
};

const openSending = async (app: Pick<App, 'config' | 'log' | 'database' | 'execute' | 'secret'>): Promise<Sending> => {
  const { config, log, database, execute, secret } = app;
  const simulate = await simulates(database);
  const channels = await openChannels({ config, simulate, receiver: createReceiver(execute), log });
  const { publicUrl } = config;
  const sender = await createSender({
    ...{ execute, pool: database.pool, log, channels: [...channels.sms, ...channels.email] },
    // Only an address that others can open is put into a mail.
    ...(publicUrl && { unsubscribe: (id: string) => `${publicUrl}/unsubscribe/${unsubscribeToken(secret, id)}` }),
  });
  return {
    sender,
    channels: [...channels.sms, ...channels.email],
    close: async () => {
      await sender.stop();
      await channels.close();
    },
  };
};

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
      openToKeys,
    });
    await execute(loadReferenceUnits, systemActor, {});
    if (await wasRestored(config.dataDir)) {
      await execute(settleAfterRestore, systemActor, {});
      await forgetRestored(config.dataDir);
    }
    let sending: Sending | undefined;
    return {
      ...parts,
      database,
      execute,
      files,
      secret,
      jobs,
      openToKeys,
      sms: async () => (await offersOf({ config, simulate: await simulates(database) }))[0] ?? null,
      mail: async () => (await readChannels(config)).email[0] ?? null,
      providers: () => providersOf({ config, database }),
      takeReceipts: openWebhooks(() => receiptSenders(config), createReceiver(execute), log),
      openSending: () => openSending({ config, log, database, execute, secret }),
      work: async () => {
        await jobs.work(
          moduleJobs.map((job) => ({ ...job, run: (data: object) => job.run(execute, data) })),
          schedules,
        );
        await execute(resumeWork, systemActor, {});
        sending = await openSending({ config, log, database, execute, secret });
        sending.sender.start();
      },
      close: async () => {
        await sending?.close();
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

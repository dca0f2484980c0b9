import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { connect } from '../platform/db/connect.ts';
import { createLog, type Log } from '../platform/log.ts';
import { openEmbedded } from '../platform/postgres/index.ts';
import { conflict } from '../shared/errors.ts';
import type { Doors, OpenedApp, OpenedDatabase } from './session.ts';

const openDatabase = async (config: Config, log: Log, mayMake: boolean): Promise<OpenedDatabase> => {
  if (!config.databaseUrl && !mayMake && !existsSync(config.dataDir)) throw conflict('backup.nothing');
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const server = config.databaseUrl ? undefined : await openEmbedded({ dataDir: config.dataDir, log });
  const database = connect(server?.settings ?? { connectionString: config.databaseUrl });
  return {
    database,
    close: async () => {
      await database.close();
      await server?.stop();
    },
  };
};

export interface DoorParts {
  readonly config: Config;
  readonly keyboard: Doors['keyboard'];
  /** Opens the wired product; only `cli.ts`, on top of everything, knows it. */
  readonly openApp: (parts: Pick<Doors, 'config' | 'clock' | 'log'>) => Promise<OpenedApp>;
}

/** A folder of its own has a channels file of its own, or none. */
const apart = (config: Config, dataDir: string): Config => ({
  ...config,
  dataDir,
  databaseUrl: undefined,
  channelsFile: { path: join(dataDir, 'channels.yaml'), named: false },
});

export const makeDoors = ({ config, keyboard, openApp }: DoorParts): Doors => {
  // A person at a terminal is told what they asked for, not how the program works; LOG_LEVEL=debug tells more.
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const parts = { config, clock: systemClock, log };
  return {
    ...parts,
    keyboard,
    openApp: () => openApp(parts),
    openApart: (dataDir, clock) => openApp({ ...parts, clock, config: apart(config, dataDir) }),
    openDatabase: (mayMake) => openDatabase(config, log, mayMake),
  };
};

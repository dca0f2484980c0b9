import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { runCli } from './cli/run.ts';
import type { Doors, OpenedDatabase } from './cli/session.ts';
import { systemClock } from './platform/clock.ts';
import { type Config, readConfig } from './platform/config.ts';
import { connect } from './platform/db/connect.ts';
import { createLog, type Log } from './platform/log.ts';
import { openEmbedded } from './platform/postgres/index.ts';
import { conflict } from './shared/errors.ts';

const interruption = { requested: false };
let tellInterrupt = (): void => {};

/** The first asks to stop in order; who presses again ends at once, and the database takes back what was open. */
const interrupt = (): void => {
  if (interruption.requested) process.exit(130);
  interruption.requested = true;
  tellInterrupt();
};

/** Writes until the reader goes away (`| head`); the command itself comes to its end all the same. */
const writerTo = (stream: NodeJS.WriteStream): ((text: string) => void) => {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code !== 'EPIPE') process.exitCode = 1;
  });
  return (text) => {
    if (open) stream.write(text);
  };
};

const err = writerTo(process.stderr);
const output = { out: writerTo(process.stdout), err };

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

const openDoors = (): Doors => {
  const config = readConfig();
  // A person at a terminal is told what they asked for, not how the program works; LOG_LEVEL=debug tells more.
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  return {
    config,
    clock: systemClock,
    log,
    keyboard: { input: process.stdin.isTTY ? process.stdin : undefined, err },
    // Loaded when needed: a help or a slip of the keyboard is answered at once.
    openApp: async () => (await import('./app.ts')).openApp({ config, clock: systemClock, log }),
    openDatabase: (mayMake) => openDatabase(config, log, mayMake),
  };
};

process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
const code = await runCli(process.argv.slice(2), {
  openDoors,
  output,
  interruption,
  onInterrupt: (tell) => {
    tellInterrupt = tell;
  },
});
// What is written to a pipe may still be on its way.
await new Promise<void>((done) => process.stdout.write('', () => done()));
process.exit(process.exitCode ?? code);

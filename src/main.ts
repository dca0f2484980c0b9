import { type App, openApp } from './app.ts';
import { prepareFirstStart } from './first-start.ts';
import { createSignInLink } from './modules/identity/index.ts';
import { systemClock } from './platform/clock.ts';
import { systemActor } from './platform/command.ts';
import { readConfig } from './platform/config.ts';
import { createLog } from './platform/log.ts';
import { rememberAddress } from './platform/served.ts';
import { AppError, unavailable } from './shared/errors.ts';
import { say } from './shared/words/index.ts';
import { startWeb, type Web } from './web/server.ts';

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const openWeb = (app: App): Promise<Web> =>
  startWeb(app).catch((error: { code?: string }) => {
    throw error.code === 'EADDRINUSE' ? unavailable('start.port-taken', { port: String(app.config.port) }) : error;
  });

/** The whole product in one process: database, queue, pages (or one part of it, by ROLE). Ends in order at Ctrl-C or TERM. */
const main = async (args: readonly string[]): Promise<void> => {
  const unknown = args.find((arg) => arg !== '--empty');
  if (unknown !== undefined) throw new AppError('invalid', 'start.option', { option: unknown });
  const config = readConfig();
  const log = createLog(config.logLevel);
  const app = await openApp({ config, clock: systemClock, log });
  let closing: Promise<void> | undefined;
  const close = (web?: { close(): Promise<void> }): Promise<void> => {
    closing ??= (async () => {
      await web?.close();
      await app.close();
    })();
    return closing;
  };
  try {
    // Asked to end while the example loads: what is in stays in, and the next start goes on.
    let ended = false;
    const early = () => {
      ended = true;
    };
    process.once('SIGINT', early).once('SIGTERM', early);
    const example = await prepareFirstStart(app, { empty: args.includes('--empty'), tell, ended: () => ended });
    process.off('SIGINT', early).off('SIGTERM', early);
    if (ended) {
      await close();
      return;
    }
    const web = config.role === 'worker' ? undefined : await openWeb(app);
    if (config.role !== 'web') await app.work();
    const stop = () => {
      tell(say('vi', 'start.stopping'));
      void close(web).then(() => process.exit(0));
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
    if (!web) {
      tell(say('vi', 'start.worker'));
      return;
    }
    const address = config.publicUrl ?? web.url.replace('127.0.0.1', 'localhost');
    await rememberAddress(config.dataDir, address);
    tell(`\n${say('vi', 'start.ready', { address })}`);
    const loopback = ['127.0.0.1', '::1', 'localhost'].includes(config.host);
    if (example.length > 0 && loopback) {
      tell(say('vi', 'start.links'));
      for (const username of example) {
        const { path } = await app.execute(createSignInLink, systemActor, { username });
        tell(`  ${username.padEnd(18)} ${address}${path}`);
      }
    } else {
      tell(say('vi', 'start.add-user'));
    }
    tell(say('vi', 'start.end'));
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
};

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof AppError)) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  }
  // One sentence in both languages: at this point nobody has said which one they read.
  for (const language of ['vi', 'en'] as const)
    process.stderr.write(`${say(language, `error.${error.code}`, error.params)}\n`);
  process.exit(2);
});

import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { unavailable } from '../../shared/errors.ts';
import type { Log } from '../log.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import {
  type Address,
  chooseAddress,
  clearAddress,
  hasCluster,
  type Layout,
  lastError,
  makeCluster,
  readPassword,
  USER,
  writeConfig,
} from './cluster.ts';
import { commandLine, identify } from './process.ts';
import { chooseAccount, type RunAs } from './run-as.ts';

const DATABASE = 'lantoa';
const START_SECONDS = 300;
const STOP_MS = 60_000;
const LOG_LIMIT = 5_000_000;
// Above the largest process number of Linux and macOS, and not a multiple of four as those of Windows are.
const NO_PID = 4_194_305;

/** PostgreSQL's own note about its running server (`postmaster.pid`): pid, address, state. */
interface Note {
  readonly pid: number;
  readonly address: Address;
  readonly state: string;
}

const notePath = (layout: Layout): string => join(layout.cluster, 'postmaster.pid');

const readNote = async (layout: Layout): Promise<Note | undefined> => {
  const text = await readFile(notePath(layout), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid, , , port, socketFolder, listening, , state] = text.split('\n').map((line) => line.trim());
  return {
    pid: Number(pid),
    address: { host: socketFolder || listening || '127.0.0.1', port: Number(port) },
    state: state ?? '',
  };
};

/**
 * Is this process the server over this very folder? The note alone proves nothing: after `kill -9` or a reboot the
 * number may belong to anybody.
 */
const isServerOf = async (pid: number, layout: Layout): Promise<boolean> => {
  if ((await identify(pid)) === undefined) return false;
  const words = (await commandLine(pid)) ?? '';
  if (platform === 'win32') return words.toLowerCase() === 'postgres.exe';
  if (platform === 'linux') {
    // The server works in its data directory; device and inode hold even where one folder has two names.
    const [its, ours] = await Promise.all([
      stat(`/proc/${pid}/cwd`).catch(() => undefined),
      stat(layout.cluster).catch(() => undefined),
    ]);
    if (its && ours) return its.dev === ours.dev && its.ino === ours.ino && /postgres/u.test(words);
  }
  return /postgres/u.test(words) && words.includes(layout.cluster);
};

const settingsFor = (address: Address, password: string, database = DATABASE): pg.PoolConfig => ({
  ...address,
  user: USER,
  password,
  database,
  ssl: false,
});

/** Starting up, shutting down, recovering, or not yet listening: worth another try. */
const NOT_YET = new Set(['57P03', 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

const tryConnect = async (settings: pg.PoolConfig): Promise<{ code: string } | undefined> => {
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return undefined;
  } catch (error) {
    return { code: (error as { code?: string }).code ?? String(error) };
  } finally {
    await client.end().catch(() => {});
  }
};

/** Makes our database on the server if it has none yet (also after a death between the first start and here). */
const ensureDatabase = async (address: Address, password: string): Promise<void> => {
  const refused = await tryConnect(settingsFor(address, password));
  if (refused === undefined) return;
  if (refused.code !== '3D000') throw unavailable('postgres.not-answering', { reason: refused.code });
  const client = new pg.Client(settingsFor(address, password, 'postgres'));
  await client.connect();
  try {
    await client.query(`create database ${DATABASE} template template0 encoding 'UTF8'`);
  } finally {
    await client.end();
  }
};

/** Waits until a running server takes connections; false = it ended meanwhile, or nobody can reach it. */
const answers = async (note: Note, layout: Layout, password: string): Promise<boolean> => {
  const until = performance.now() + START_SECONDS * 1000;
  while (await isServerOf(note.pid, layout)) {
    const current = (await readNote(layout)) ?? note;
    const refused = await tryConnect(settingsFor(current.address, password, 'postgres'));
    if (refused === undefined) return true;
    if (!NOT_YET.has(refused.code)) throw unavailable('postgres.not-answering', { reason: refused.code });
    if (performance.now() > until) throw unavailable('postgres.not-answering', { reason: refused.code });
    // Ready by its own word, yet its socket is gone (a cleaned temporary folder): only a new start helps.
    if (current.state === 'ready' && refused.code === 'ENOENT') {
      await stopServer(layout);
      return false;
    }
    await sleep(50);
  }
  return false;
};

/** A server that takes connections: the one that runs, or one started now. Call within the lock of the folder. */
export const ensureServer = async (
  layout: Layout,
  log: Log,
): Promise<{ settings: pg.PoolConfig; started: boolean }> => {
  const there = await hasCluster(layout);
  const note = there ? await readNote(layout) : undefined;
  if (note && (await isServerOf(note.pid, layout))) {
    const password = await readPassword(layout);
    if (await answers(note, layout, password)) {
      const { address } = (await readNote(layout)) ?? note;
      await ensureDatabase(address, password);
      return { settings: settingsFor(address, password), started: false };
    }
  }
  return { settings: await start(layout, there, log), started: true };
};

const start = async (layout: Layout, there: boolean, log: Log): Promise<pg.PoolConfig> => {
  const binaries = await findBinaries();
  const runAs = await chooseAccount(layout.dataDir, layout.home, binaries);
  if (there) {
    await checkVersion(layout, binaries, runAs);
    await disarmNote(layout);
  } else {
    log.info({ folder: layout.cluster }, 'making the database');
    await makeCluster(layout, binaries, runAs);
  }
  const password = await readPassword(layout);
  const address = await chooseAddress(layout, runAs);
  await clearSocket(address, layout);
  await writeConfig(layout, address, runAs);
  await rotateLog(layout, runAs);
  await launch(layout, binaries, runAs);
  await ensureDatabase(address, password);
  return settingsFor(address, password);
};

const checkVersion = async (layout: Layout, binaries: Binaries, runAs: RunAs): Promise<void> => {
  const found = (await readFile(join(layout.cluster, 'PG_VERSION'), 'utf8')).trim();
  const { output } = await runAs.run(binaries.postgres, ['--version']);
  const expected = /\) (\d+)/u.exec(output)?.[1] ?? '';
  if (found !== expected) throw unavailable('postgres.version', { found, expected, folder: layout.cluster });
};

/**
 * A note left by a killed server can name a process number that somebody else has by now, and PostgreSQL would refuse to
 * start. Only the number is replaced, by one that no process can have: the rest lets PostgreSQL see whether an orphan of
 * the dead server still holds its memory, which deleting the file would hide.
 */
const disarmNote = async (layout: Layout): Promise<void> => {
  const text = await readFile(notePath(layout), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const note = await readNote(layout);
  if (note) await clearAddress(note.address);
  const lines = text.split('\n');
  // A note too short to name the memory (cut off by a power failure) protects nothing and only stands in the way.
  if (lines.length < 7) await rm(notePath(layout), { force: true });
  else await writeFile(notePath(layout), [NO_PID, ...lines.slice(1)].join('\n'));
};

const clearSocket = async (address: Address, layout: Layout): Promise<void> => {
  if (address.host === layout.home) await clearAddress(address);
};

const rotateLog = async (layout: Layout, runAs: RunAs): Promise<void> => {
  const size = (await stat(layout.log).catch(() => undefined))?.size ?? 0;
  if (size > LOG_LIMIT) await rename(layout.log, `${layout.log}.1`);
  await writeFile(layout.log, '', { flag: 'a', mode: 0o600 });
  await runAs.give(layout.log);
};

/** `pg_ctl` puts the server into a session of its own, so that a Ctrl-C at the terminal does not reach it before us. */
const launch = async (layout: Layout, binaries: Binaries, runAs: RunAs): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    const from = (await stat(layout.log)).size;
    const args = ['start', '-s', '-w', '-t', String(START_SECONDS), '-D', layout.cluster, '-l', layout.log];
    const { code, output } = await runAs.run(binaries.pgCtl, args);
    if (code === 0) return;
    const written = (await readFile(layout.log)).subarray(from).toString('utf8');
    const reason = lastError(written.trim() ? written : output);
    // Orphans of a killed server need a moment to notice and end.
    if (!/shared memory block|still in use/u.test(written) || tries === 20) {
      throw unavailable('postgres.start', { reason, log: layout.log });
    }
    await sleep(500);
  }
};

/** Stops the server in order (connections ended, everything written). Call within the lock; no server is fine. */
export const stopServer = async (layout: Layout): Promise<void> => {
  const note = await readNote(layout);
  if (!note || !(await isServerOf(note.pid, layout))) return;
  if (platform === 'win32') {
    const binaries = await findBinaries();
    const runAs = await chooseAccount(layout.dataDir, layout.home, binaries);
    await runAs.run(binaries.pgCtl, ['stop', '-s', '-w', '-m', 'fast', '-D', layout.cluster]);
    return;
  }
  const identity = await identify(note.pid);
  process.kill(note.pid, 'SIGINT');
  const until = performance.now() + STOP_MS;
  let pressed = false;
  while ((await identify(note.pid)) === identity) {
    if (!pressed && performance.now() > until) {
      // It would not end in order; ended at once it loses nothing committed and recovers at the next start.
      process.kill(note.pid, 'SIGQUIT');
      pressed = true;
    }
    await sleep(15);
  }
  await clearAddress(note.address);
};

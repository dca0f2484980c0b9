import { randomBytes } from 'node:crypto';
import {
  appendFile,
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { constrainedMemory, platform } from 'node:process';
import { unavailable } from '../../shared/errors.ts';
import type { Binaries } from './binaries.ts';
import { lastLine, type RunAs } from './run-as.ts';

/** Where the embedded database keeps what, below the data folder. */
export interface Layout {
  readonly dataDir: string;
  /** All that belongs to the account the server runs under. */
  readonly home: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly log: string;
  readonly passwordFile: string;
  /** Which processes use the server, and the lock under which it is started and stopped. */
  readonly processes: string;
}

export const USER = 'lantoa';
const SOCKET_PORT = 5432;
// 107 bytes on Linux, 103 on macOS, for the whole path of the socket.
const SOCKET_PATH_LIMIT = 103;
const SOCKET_FOLDER_PREFIX = 'lantoa-socket-';
const CONFIG_FILE = 'lantoa.conf';

export const layoutOf = async (dataDir: string): Promise<Layout> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // One name for one folder, whatever link it was reached by.
  const real = await realpath(dataDir);
  const home = join(real, 'postgres');
  const layout: Layout = {
    dataDir: real,
    home,
    cluster: join(home, 'cluster'),
    log: join(home, 'server.log'),
    passwordFile: join(real, 'postgres.password'),
    processes: join(real, 'processes'),
  };
  await mkdir(layout.processes, { recursive: true, mode: 0o700 });
  await mkdir(layout.home, { recursive: true, mode: 0o700 });
  return layout;
};

export const readPassword = async (layout: Layout): Promise<string> => {
  const text = await readFile(layout.passwordFile, 'utf8').catch(() => '');
  if (text.trim() === '') throw unavailable('postgres.password', { path: layout.passwordFile });
  return text.trim();
};

/** Is there a database already? A folder that looks like one and is not is left alone for people to look at. */
export const hasCluster = async (layout: Layout): Promise<boolean> => {
  const names = await readdir(layout.cluster).catch(() => undefined);
  if (names === undefined) return false;
  if (!names.includes('PG_VERSION') || !names.includes('global'))
    throw unavailable('postgres.damaged', { folder: layout.cluster });
  return true;
};

/**
 * Makes the database files beside their place and renames them into it, so that an interrupted making is never taken
 * for a database; what such a one left behind is removed. The password is written first: no database without one.
 */
export const makeCluster = async (layout: Layout, binaries: Binaries, runAs: RunAs): Promise<void> => {
  for (const name of await readdir(layout.home)) {
    if (name.startsWith('making-')) await rm(join(layout.home, name), { recursive: true, force: true });
  }
  const password = await ensurePassword(layout);
  const making = join(layout.home, `making-${randomBytes(6).toString('hex')}`);
  const passwordCopy = `${making}.password`;
  await mkdir(making, { mode: 0o700 });
  await runAs.give(making);
  await writeFile(passwordCopy, `${password}\n`, { mode: 0o600 });
  await runAs.give(passwordCopy);
  const made = await runAs.run(binaries.initdb, [
    `--pgdata=${making}`,
    `--username=${USER}`,
    `--pwfile=${passwordCopy}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Order and case by code point, the same on every machine and after every upgrade of its libraries.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ]);
  await rm(passwordCopy, { force: true });
  if (made.code !== 0) throw unavailable('postgres.initdb', { folder: layout.dataDir, reason: lastError(made.output) });
  await appendFile(join(making, 'postgresql.conf'), `\ninclude_if_exists = '${CONFIG_FILE}'\n`);
  await rename(making, layout.cluster);
  await syncFolder(layout.home);
};

const ensurePassword = async (layout: Layout): Promise<string> => {
  const beside = `${layout.passwordFile}.${randomBytes(6).toString('hex')}`;
  const known = await readPassword(layout).catch(() => undefined);
  if (known) return known;
  const password = randomBytes(24).toString('base64url');
  const file = await open(beside, 'wx', 0o600);
  await file.writeFile(`${password}\n`);
  await file.sync();
  await file.close();
  await rename(beside, layout.passwordFile);
  await syncFolder(layout.dataDir);
  return password;
};

// A rename survives a power cut only when its folder reached the disk; Windows does this by itself.
const syncFolder = async (folder: string): Promise<void> => {
  if (platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
};

/** The line that says why, out of what a PostgreSQL program printed. */
export const lastError = (output: string): string => {
  const lines = output.trim().split('\n');
  const telling = lines.filter((line) => /FATAL|PANIC|error:|could not/u.test(line)).at(-1);
  return (telling ?? lastLine(output)).trim();
};

/** Where the server will listen: a socket in a folder that only we may enter, or on Windows a free port of loopback. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

export const chooseAddress = async (layout: Layout, runAs: RunAs): Promise<Address> => {
  if (platform === 'win32') return { host: '127.0.0.1', port: await freePort() };
  const name = `/.s.PGSQL.${SOCKET_PORT}`;
  if (Buffer.byteLength(layout.home + name) <= SOCKET_PATH_LIMIT) return { host: layout.home, port: SOCKET_PORT };
  const folder = await mkdtemp(join(tmpdir(), SOCKET_FOLDER_PREFIX));
  if (Buffer.byteLength(folder + name) > SOCKET_PATH_LIMIT) throw unavailable('postgres.socket-path', { folder });
  await chmod(folder, 0o700);
  await runAs.give(folder);
  return { host: folder, port: SOCKET_PORT };
};

/** Removes what a server that runs no more left where it listened. */
export const clearAddress = async ({ host, port }: Address): Promise<void> => {
  if (host.includes(SOCKET_FOLDER_PREFIX) && dirname(host) === tmpdir()) {
    // Only a folder of our own account: after a reboot somebody else may hold the name.
    const found = await lstat(host).catch(() => undefined);
    if (found?.isDirectory() && (found.uid === process.getuid?.() || process.getuid?.() === 0)) {
      await rm(host, { recursive: true, force: true });
    }
    return;
  }
  for (const name of [`.s.PGSQL.${port}`, `.s.PGSQL.${port}.lock`]) await rm(join(host, name), { force: true });
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const quote = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/**
 * A sixteenth of the memory (of the machine, or of what a container allows) is PostgreSQL's own: on an office PC little, where
 * a province is kept enough for it.
 */
const sharedMegabytes = (): number => {
  const bytes = Math.min(totalmem(), constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.round(Math.min(1_024, Math.max(128, bytes / 1_048_576 / 16)));
};

/**
 * Our settings, written before every start over PostgreSQL's own: those of a small office PC, nothing that trades safety
 * for speed. The log holds neither statements nor row values, because those are personal data.
 */
export const writeConfig = async (layout: Layout, address: Address, runAs: RunAs): Promise<void> => {
  const onSocket = platform !== 'win32';
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: onSocket ? '' : address.host,
    // A list of folders: in quotes, a comma belongs to the name.
    unix_socket_directories: onSocket ? `"${address.host}"` : '',
    unix_socket_permissions: '0700',
    port: String(address.port),
    max_connections: '100',
    shared_buffers: `${sharedMegabytes()}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: '1GB',
    max_wal_size: '1GB',
    huge_pages: 'off',
    jit: 'off',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    timezone: 'UTC',
    datestyle: 'ISO, YMD',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
  };
  const path = join(layout.cluster, CONFIG_FILE);
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}`);
  await writeFile(path, `# Written anew at every start.\n${lines.join('\n')}\n`, { mode: 0o600 });
  await runAs.give(path);
};

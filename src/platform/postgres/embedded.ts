import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { unavailable } from '../../shared/errors.ts';
import type { Log } from '../log.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { enterUsers, leaveUsers, withLock } from './lock.ts';
import { findPrivilege, isServerOf, type Privilege, runProgram, startProgram, waitGone } from './process.ts';

/** The embedded server of a data folder, started or attached to. */
export interface EmbeddedPostgres {
  readonly settings: pg.PoolConfig;
  /** We started it; false = it ran already and we attached. */
  readonly started: boolean;
  /** Leaves; the last of ours to leave stops the server. */
  stop(): Promise<void>;
}

const USER = 'lantoa';
const DATABASE = 'lantoa';
const LOG_LIMIT = 10_000_000;
// The longest path of a Unix socket is 107 bytes on Linux and 103 on macOS.
const SOCKET_LIMIT = 103;

/** Where things stand in the data folder. */
const layout = (dataDir: string) => ({
  cluster: join(dataDir, 'postgres'),
  password: join(dataDir, 'postgres.password'),
  log: join(dataDir, 'postgres.log'),
  lock: join(dataDir, 'postgres.lock'),
  users: join(dataDir, 'postgres.users'),
  sockets: join(dataDir, 'run'),
});
type Layout = ReturnType<typeof layout>;

/**
 * Opens the PostgreSQL server that lives in `dataDir`: makes it at the first use, attaches when it runs, starts it when
 * it does not (also after a crash). Safe for several processes at once. Errors: `postgres.*`, kind unavailable.
 */
export const openEmbedded = async ({ dataDir, log }: { dataDir: string; log: Log }): Promise<EmbeddedPostgres> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const at = layout(dataDir);
  const binaries = await findBinaries();
  const privilege = await findPrivilege(dataDir);
  const { settings, started, user } = await withLock(at.lock, async () => {
    await makeCluster(at, binaries, privilege, log);
    const running = await findRunning(at);
    const server = running ?? (await startServer(at, binaries, privilege, log));
    const found = { ...server, user: USER, database: DATABASE, password: (await readFile(at.password, 'utf8')).trim() };
    await makeDatabase(found);
    return { settings: found, started: !running, user: await enterUsers(at.users) };
  });
  let left = false;
  return {
    settings,
    started,
    stop: () =>
      withLock(at.lock, async () => {
        if (left) return;
        left = true;
        if ((await leaveUsers(at.users, user)) === 0) await stopServer(at, binaries);
      }),
  };
};

/** initdb into a folder beside, renamed when whole, so that an interrupted one is never taken for a cluster. */
const makeCluster = async (at: Layout, binaries: Binaries, privilege: Privilege, log: Log): Promise<void> => {
  if (await stat(join(at.cluster, 'PG_VERSION')).catch(() => undefined)) return;
  const folder = join(at.cluster, '..');
  for (const name of await readdir(folder)) {
    if (name.startsWith('postgres.new-')) await rm(join(folder, name), { recursive: true, force: true });
  }
  log.info('making the database');
  const beside = join(folder, `postgres.new-${randomBytes(4).toString('hex')}`);
  await mkdir(beside, { mode: 0o700 });
  await writeFile(at.password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  await chmod(at.password, 0o600);
  if (privilege.uid !== undefined) {
    await chown(beside, privilege.uid, privilege.uid);
    await chown(at.password, privilege.uid, privilege.uid);
  }
  await runProgram(privilege, binaries.initdb, [
    `--pgdata=${beside}`,
    `--username=${USER}`,
    `--pwfile=${at.password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
  ]);
  await rename(beside, at.cluster);
};

interface Address {
  readonly host: string;
  readonly port: number;
}

/** The running server of this folder by its postmaster.pid; a stale file of a dead server is removed. */
const findRunning = async (at: Layout): Promise<Address | undefined> => {
  const path = join(at.cluster, 'postmaster.pid');
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!pid) return undefined;
  if (!(await isServerOf(pid, at.cluster))) {
    await rm(path, { force: true });
    return undefined;
  }
  return waitReady(at, () => false);
};

/** Port, socket folder and state as the server itself wrote them (lines 4, 5 and 8 of postmaster.pid). */
const waitReady = async (at: Layout, ended: () => boolean): Promise<Address> => {
  // Recovery after a crash may take long on an old disk; as long as the server lives, it is waited for.
  for (let waited = 0; waited < 600_000; waited += 20) {
    const lines = (await readFile(join(at.cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (lines[7]?.trim() === 'ready') return { host: lines[4]?.trim() || '127.0.0.1', port: Number(lines[3]) };
    if (ended()) throw unavailable('postgres.not-started', { log: at.log });
    await sleep(20);
  }
  throw unavailable('postgres.not-ready', { log: at.log });
};

const startServer = async (at: Layout, binaries: Binaries, privilege: Privilege, log: Log): Promise<Address> => {
  const { size = 0 } = (await stat(at.log).catch(() => undefined)) ?? {};
  if (size > LOG_LIMIT) await truncate(at.log);
  const address = await chooseAddress(at, privilege);
  const options = {
    ...address,
    shared_buffers: '128MB',
    max_connections: '60',
    jit: 'off',
    unix_socket_permissions: '0700',
    log_timezone: 'Asia/Ho_Chi_Minh',
  };
  const args = ['-D', at.cluster, ...Object.entries(options).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
  // After kill -9 of the server its children need a moment to notice; until then a start is refused.
  for (let tries = 1; ; tries += 1) {
    const child = await startProgram(privilege, binaries.postgres, args, at.log);
    try {
      return await waitReady(at, child.ended);
    } catch (error) {
      if (tries === 20) throw error;
      log.warn({ tries }, 'the database did not start, trying again');
      await sleep(500);
    }
  }
};

/** A socket in the data folder; where that path is too long, in a private short folder; on Windows a loopback port. */
const chooseAddress = async (at: Layout, privilege: Privilege): Promise<Record<string, string>> => {
  if (process.platform === 'win32') {
    return { listen_addresses: '127.0.0.1', port: String(await freePort()), unix_socket_directories: '' };
  }
  const long = Buffer.byteLength(at.sockets) + '/.s.PGSQL.5432'.length > SOCKET_LIMIT;
  const folder = long ? await mkdtemp(join(tmpdir(), 'lantoa-')) : at.sockets;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (privilege.uid !== undefined) await chown(folder, privilege.uid, privilege.uid);
  return { listen_addresses: '', port: '5432', unix_socket_directories: folder };
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const makeDatabase = async (settings: pg.ClientConfig): Promise<void> => {
  const client = new pg.Client({ ...settings, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
};

const stopServer = async (at: Layout, binaries: Binaries): Promise<void> => {
  const lines = (await readFile(join(at.cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!pid || !(await isServerOf(pid, at.cluster))) return;
  if (process.platform === 'win32') {
    await runProgram({ prefix: [] }, binaries.pg_ctl, ['stop', '-D', at.cluster, '-m', 'fast', '-w']);
    return;
  }
  process.kill(pid, 'SIGINT');
  if (!(await waitGone(pid, 60_000))) throw unavailable('postgres.not-stopped', { log: at.log });
  const sockets = lines[4]?.trim();
  if (sockets && sockets !== at.sockets) await rm(sockets, { recursive: true, force: true });
};

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { silentLog } from '../log.ts';
import { linkLibraries } from './binaries.ts';
import { type EmbeddedPostgres, openEmbedded } from './index.ts';
import { identify } from './process.ts';

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const remove = (path: string) => rm(path, { recursive: true, force: true, maxRetries: 5 });

// mkdtemp makes a folder that only its owner may enter: as root, the case of a data folder under /root.
const newDataDir = async (): Promise<string> => {
  const parent = await mkdtemp(join(tmpdir(), 'lantoa-pg-'));
  cleanups.push(() => remove(parent));
  return join(parent, 'data');
};

const open = async (dataDir: string): Promise<EmbeddedPostgres> => {
  const opened = await openEmbedded({ dataDir, log: silentLog() });
  cleanups.push(() => opened.stop());
  return opened;
};

const query = async (settings: pg.PoolConfig, text: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client(settings);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

const serverPid = async (dataDir: string): Promise<number> =>
  Number((await readFile(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0]);

const untilGone = async (pid: number): Promise<void> => {
  while ((await identify(pid)) !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
};

/** Another process that opens the folder, says `started`, and leaves in order when its input ends. */
const openInChild = async (
  dataDir: string,
): Promise<{ child: ChildProcess; started: boolean; leave(): Promise<void> }> => {
  const source = `
    import { openEmbedded } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    import { silentLog } from ${JSON.stringify(new URL('../log.ts', import.meta.url).href)};
    const opened = await openEmbedded({ dataDir: process.argv[1], log: silentLog() });
    console.log(JSON.stringify(opened.started));
    process.stdin.resume();
    process.stdin.on('end', async () => { await opened.stop(); process.exit(0); });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  cleanups.push(async () => child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return {
    child,
    started: JSON.parse(line) as boolean,
    leave: async () => {
      const exit = once(child, 'exit');
      child.stdin!.end();
      expect(await exit).toEqual([0, null]);
    },
  };
};

describe('the embedded database', () => {
  it('is made at the first start, keeps its rows, and is private', async () => {
    const dataDir = await newDataDir();
    const first = await open(dataDir);
    expect(first.started).toBe(true);
    await query(first.settings, `create table t as select 'Trạm Tấu' as name`);
    const [facts] = await query(
      first.settings,
      `select current_setting('listen_addresses') as addresses, current_setting('data_checksums') as checksums,
        current_setting('fsync') as fsync, current_setting('server_encoding') as encoding, 'Đ' < 'z' as bytewise`,
    );
    expect(facts).toMatchObject({ checksums: 'on', fsync: 'on', encoding: 'UTF8', bytewise: false });
    expect(facts!.addresses).toBe(process.platform === 'win32' ? '127.0.0.1' : '');
    await expect(query({ ...first.settings, password: 'wrong' }, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    if (process.platform !== 'win32') {
      expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600);
      expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
    }
    const pid = await serverPid(dataDir);
    await first.stop();
    await first.stop();
    expect(await identify(pid)).toBeUndefined();

    const second = await open(dataDir);
    expect(second.started).toBe(true);
    expect(await query(second.settings, 'select name from t')).toEqual([{ name: 'Trạm Tấu' }]);
  });

  it('writes neither statements nor values into its log', async () => {
    const dataDir = await newDataDir();
    const { settings } = await open(dataDir);
    await query(settings, 'create table t (phone text unique)');
    await query(settings, `insert into t values ('0912345678')`);
    await expect(query(settings, `insert into t values ('0912345678')`)).rejects.toThrow();
    const log = await readFile(join(dataDir, 'postgres/server.log'), 'utf8');
    expect(log).toContain('duplicate key value');
    expect(log).not.toContain('0912345678');
  });

  it('lives in a session of its own', async () => {
    const dataDir = await newDataDir();
    await open(dataDir);
    const session = (pid: number) =>
      execFileSync('ps', ['-o', 'sess=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const pid = await serverPid(dataDir);
    expect(session(pid)).not.toBe(session(process.pid));
  });

  it('serves a second process, and the last to leave stops it', async () => {
    const dataDir = await newDataDir();
    const starter = await open(dataDir);
    const pid = await serverPid(dataDir);
    const other = await openInChild(dataDir);
    expect(other.started).toBe(false);
    await starter.stop();
    expect(await identify(pid)).toBeDefined();
    expect(await query(starter.settings, 'select 1 as one')).toEqual([{ one: 1 }]);
    await other.leave();
    expect(await identify(pid)).toBeUndefined();
  });

  it('is found again after kill -9 of the process that started it', async () => {
    const dataDir = await newDataDir();
    const starter = await openInChild(dataDir);
    expect(starter.started).toBe(true);
    const pid = await serverPid(dataDir);
    starter.child.kill('SIGKILL');
    await once(starter.child, 'exit');
    expect(await identify(pid)).toBeDefined();
    const next = await open(dataDir);
    expect(next.started).toBe(false);
    expect(await query(next.settings, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.stop();
    expect(await identify(pid)).toBeUndefined();
  });

  it('recovers every committed row after kill -9 of the server', async () => {
    const dataDir = await newDataDir();
    const first = await open(dataDir);
    await query(first.settings, 'create table t (n int); insert into t select generate_series(1, 1000)');
    const pid = await serverPid(dataDir);
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);
    const next = await open(dataDir);
    expect(next.started).toBe(true);
    expect(await query(next.settings, 'select count(*) from t')).toEqual([{ count: expect.anything() }]);
    expect(Number((await query(next.settings, 'select count(*) as n from t'))[0]!.n)).toBe(1000);
  });

  it('is not fooled by a process that got the number of a killed server', async () => {
    const dataDir = await newDataDir();
    const first = await open(dataDir);
    await query(first.settings, 'create table t as select 7 as n');
    const pid = await serverPid(dataDir);
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);
    const note = join(dataDir, 'postgres/cluster/postmaster.pid');
    const stranger = spawn('sleep', ['600']);
    cleanups.push(async () => stranger.kill('SIGKILL'));
    const [, ...rest] = (await readFile(note, 'utf8')).split('\n');
    await writeFile(note, [stranger.pid, ...rest].join('\n'));
    await writeFile(join(dataDir, 'postgres/.s.PGSQL.5432.lock'), `${stranger.pid}\n`);
    const next = await open(dataDir);
    expect(next.started).toBe(true);
    expect(await query(next.settings, 'select n from t')).toEqual([{ n: 7 }]);
    await next.stop();
    expect(await identify(stranger.pid!)).toBeDefined();
  });

  it('is made once when several processes start at the same moment', async () => {
    const dataDir = await newDataDir();
    const [one, two, here] = await Promise.all([openInChild(dataDir), openInChild(dataDir), open(dataDir)]);
    expect([one.started, two.started, here.started].filter(Boolean)).toHaveLength(1);
    const pid = await serverPid(dataDir);
    expect(await query(here.settings, 'select 1 as one')).toEqual([{ one: 1 }]);
    await Promise.all([one.leave(), two.leave(), here.stop()]);
    expect(await identify(pid)).toBeUndefined();
    expect((await readdir(join(dataDir, 'processes'))).filter((name) => name.startsWith('user.'))).toEqual([]);
  });

  it('begins anew after a making that was interrupted', async () => {
    const dataDir = await newDataDir();
    await mkdir(join(dataDir, 'postgres/making-0a1b2c/base'), { recursive: true, mode: 0o700 });
    await writeFile(join(dataDir, 'postgres/making-0a1b2c/PG_VERSION'), '18\n');
    const { settings } = await open(dataDir);
    expect(await query(settings, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await readdir(join(dataDir, 'postgres'))).filter((name) => name.startsWith('making-'))).toEqual([]);
  });

  it('makes the missing database when death came between the first start and its making', async () => {
    const dataDir = await newDataDir();
    const { settings } = await open(dataDir);
    await query({ ...settings, database: 'postgres' }, 'drop database lantoa');
    const again = await open(dataDir);
    expect(again.started).toBe(false);
    expect(await query(again.settings, 'select current_database() as name')).toEqual([{ name: 'lantoa' }]);
  });

  it('works in a folder whose path is too long for a socket', async () => {
    const dataDir = join(await newDataDir(), "xã Hạnh Phúc, tỉnh Lào Cai d'x".repeat(3));
    const { settings, stop } = await open(dataDir);
    expect(await query(settings, 'select 1 as one')).toEqual([{ one: 1 }]);
    if (process.platform !== 'win32') expect(settings.host!.startsWith(tmpdir())).toBe(true);
    await stop();
    if (process.platform !== 'win32') await expect(access(settings.host!)).rejects.toThrow();
  });

  it('works in a short folder with a comma and a quote in its name', async () => {
    const dataDir = join(await newDataDir(), "a,b'c d");
    const { settings } = await open(dataDir);
    expect(await query(settings, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses a damaged folder and a lost password, and changes nothing', async () => {
    const damaged = await newDataDir();
    await mkdir(join(damaged, 'postgres/cluster'), { recursive: true });
    await writeFile(join(damaged, 'postgres/cluster/base.txt'), 'x');
    await expect(open(damaged)).rejects.toMatchObject({ code: 'postgres.damaged' });
    expect(await readdir(join(damaged, 'postgres/cluster'))).toEqual(['base.txt']);

    const dataDir = await newDataDir();
    await (await open(dataDir)).stop();
    await rm(join(dataDir, 'postgres.password'));
    const lost = await openEmbedded({ dataDir, log: silentLog() }).catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(AppError);
    expect(lost).toMatchObject({ code: 'postgres.password' });
    await expect(access(join(dataDir, 'postgres.password'))).rejects.toThrow();
  });

  it('says why the server does not start', async () => {
    const dataDir = await newDataDir();
    await (await open(dataDir)).stop();
    await writeFile(join(dataDir, 'postgres/cluster/postgresql.conf'), 'no_such_setting = 1\n');
    const refused = await openEmbedded({ dataDir, log: silentLog() }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'postgres.start' });
    expect(String((refused as AppError).params.reason)).toContain('postgresql.conf');
  });
});

describe('the libraries of the binaries', () => {
  it('get the links that an install without scripts left out, once', async () => {
    const root = await newDataDir();
    await mkdir(join(root, 'native/lib'), { recursive: true });
    await writeFile(join(root, 'native/lib/libx.so.5.18'), 'x');
    await symlink('libx.so.5.18', join(root, 'native/lib/libx.so.5'));
    const links = ['libx.so.5', 'libx.so'].map((name) => ({
      source: 'native/lib/libx.so.5.18',
      target: `native/lib/${name}`,
    }));
    await writeFile(join(root, 'native/pg-symlinks.json'), JSON.stringify(links));
    await Promise.all([linkLibraries(root), linkLibraries(root)]);
    await linkLibraries(root);
    expect(await readlink(join(root, 'native/lib/libx.so'))).toBe('libx.so.5.18');
    expect(await readFile(join(root, 'native/lib/libx.so'), 'utf8')).toBe('x');
  });
});

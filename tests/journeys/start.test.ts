import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { identify } from '../../src/platform/postgres/process.ts';
import { servedAt } from '../../src/platform/served.ts';
import { programEnv } from '../support/environment.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'build', 'main.js');
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly said: () => string;
}

/** The program as `npm start` runs it, without the example, on a data folder of its own. */
const start = (
  dataDir: string,
  args: readonly string[] = ['--empty'],
  env: Record<string, string> = {},
): Promise<Started> => {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: programEnv({ LANTOA_DATA: dataDir, PORT: '0', ...env }),
    detached: true,
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  cleanups.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
    child.stdout.on('data', () => {
      const url = /http:\/\/localhost:\d+/u.exec(said)?.[0];
      if (url && said.includes('Ctrl-C')) resolve({ child, url, said: () => said });
    });
  });
};

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-start-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
};

const serverPid = async (dataDir: string): Promise<number> =>
  Number((await readFile(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);

// A server that has ended may wait as a zombie for whoever adopted it.
const alive = async (pid: number): Promise<boolean> => (await identify(pid)) !== undefined;

describe('npm start', () => {
  it('serves pages, ends in order with its database, and starts again on the same data', async () => {
    const dataDir = await newFolder();
    const first = await start(dataDir);
    expect(first.said()).toContain('user add');
    const page = await fetch(`${first.url}/sign-in`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Lan Tỏa');
    // The terminal makes its links with it.
    expect(await servedAt(dataDir)).toBe(first.url);
    const pid = await serverPid(dataDir);
    expect(await alive(pid)).toBe(true);
    first.child.kill('SIGINT');
    const [code] = await once(first.child, 'exit');
    expect(code).toBe(0);
    expect(await alive(pid)).toBe(false);
    // Once begun without the example, it does not come in by the back door.
    const second = await start(dataDir, []);
    expect(second.said()).not.toContain('mô phỏng');
  });

  it('comes up again after kill -9 of everything', async () => {
    const dataDir = await newFolder();
    const first = await start(dataDir);
    const pid = await serverPid(dataDir);
    process.kill(-first.child.pid!, 'SIGKILL');
    process.kill(pid, 'SIGKILL');
    await once(first.child, 'exit');
    const second = await start(dataDir);
    expect((await fetch(`${second.url}/sign-in`)).status).toBe(200);
    expect(await serverPid(dataDir)).not.toBe(pid);
  });

  it('says what to do when the port is taken or an option is unknown', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    cleanups.push(async () => taken.close());
    const { port } = taken.address() as { port: number };
    const dataDir = await newFolder();
    await expect(start(dataDir, ['--empty'], { PORT: String(port) })).rejects.toThrow(
      `Cổng ${port} đang có chương trình khác dùng`,
    );
    await expect(start(dataDir, ['--emty'])).rejects.toThrow('Không có tùy chọn --emty');
  });
});

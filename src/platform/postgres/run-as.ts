import { execFile } from 'node:child_process';
import { chown, lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import { unavailable } from '../../shared/errors.ts';
import { childEnv } from '../config.ts';
import type { Binaries } from './binaries.ts';

/** The account under which PostgreSQL's programs run; it refuses to run as root. */
export interface RunAs {
  /** Runs a program to its end. */
  run(program: string, args: readonly string[]): Promise<{ code: number; output: string }>;
  /** Hands a file or folder (with what is in it) to that account. */
  give(path: string): Promise<void>;
}

interface Account {
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

const NOBODY = 65_534;

const DIRECT: Account = { prefix: [] };
// Root, seen from inside a user namespace as an ordinary account: keeps root's way into folders that only root may enter.
const NAMESPACE: Account = {
  prefix: ['unshare', '-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
};

const accountsFor = async (dataDir: string): Promise<readonly Account[]> => {
  if (platform === 'win32' || process.getuid?.() !== 0) return [DIRECT];
  const { uid, gid } = await stat(dataDir);
  // Root at work in somebody's own folder (a look with sudo) must leave it usable for its owner.
  if (uid !== 0) return [{ prefix: [], uid, gid }];
  return [NAMESPACE, { prefix: [], uid: NOBODY, gid: NOBODY }];
};

/**
 * Finds an account that can run the programs and write in `home`, a folder of ours inside the data folder.
 * @throws `postgres.as-root` when root finds none, `postgres.binaries` when the programs do not run at all.
 */
export const chooseAccount = async (dataDir: string, home: string, binaries: Binaries): Promise<RunAs> => {
  const accounts = await accountsFor(dataDir);
  let reason = '';
  for (const account of accounts) {
    const runAs = over(account);
    await runAs.give(home);
    const tried = await (platform === 'win32'
      ? runAs.run(binaries.postgres, ['--version'])
      : runAs.run('/bin/sh', ['-c', 'cd "$1" && test -w . && "$2" --version', 'sh', home, binaries.postgres]));
    if (tried.code === 0) return runAs;
    reason = lastLine(tried.output);
  }
  if (accounts[0] === DIRECT) throw unavailable('postgres.binaries', { reason });
  throw unavailable('postgres.as-root', { folder: dataDir, reason });
};

export const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';

const over = (account: Account): RunAs => ({
  run: (program, args) => {
    const [command, ...rest] = [...account.prefix, program, ...args];
    return new Promise((resolve) => {
      const options = {
        cwd: platform === 'win32' ? undefined : '/',
        env: childEnv({ LC_ALL: 'C' }),
        windowsHide: true,
        uid: account.uid,
        gid: account.gid,
      };
      execFile(command!, rest, options, (error, stdout, stderr) => {
        const code = error ? Number(error.code) || 1 : 0;
        resolve({ code, output: `${stdout}${stderr}` || (error?.message ?? '') });
      });
    });
  },
  give: async (path) => {
    if (process.getuid?.() !== 0) return;
    await chownTree(path, account.uid ?? 0, account.gid ?? 0);
  },
});

// The top goes last: when it has the right owner, all below it has.
const chownTree = async (path: string, uid: number, gid: number): Promise<void> => {
  const found = await lstat(path);
  if (found.isSymbolicLink() || found.uid === uid) return;
  if (found.isDirectory()) for (const name of await readdir(path)) await chownTree(join(path, name), uid, gid);
  await chown(path, uid, gid);
};

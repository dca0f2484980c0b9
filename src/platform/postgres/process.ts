import { execFile, spawn } from 'node:child_process';
import { access, constants, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { unavailable } from '../../shared/errors.ts';

const run = promisify(execFile);

/** How a server program is started here: PostgreSQL refuses to run as root, so root steps down first. */
export interface Privilege {
  readonly prefix: readonly string[];
  readonly uid?: number;
}

const NOBODY = 65_534;

/**
 * As an ordinary user: directly. As root: in a user namespace in which we are nobody (works even in a 0700 folder,
 * since outside it we stay root); where that is not allowed: as nobody, if nobody can reach the folder.
 */
export const findPrivilege = async (dataDir: string): Promise<Privilege> => {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const namespace = ['unshare', '-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  const works = await run(namespace[0]!, [...namespace.slice(1), 'true']).then(
    () => true,
    () => false,
  );
  if (works) return { prefix: namespace };
  for (let folder = dataDir; folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if (folder !== dataDir && (mode & 0o001) === 0) throw unavailable('postgres.root-folder', { folder });
  }
  return { prefix: [], uid: NOBODY };
};

/** Runs a program to its end; its output is the error when it fails. */
export const runProgram = async (privilege: Privilege, program: string, args: readonly string[]): Promise<void> => {
  const [first, ...rest] = [...privilege.prefix, program, ...args];
  const options = privilege.uid === undefined ? {} : { uid: privilege.uid, gid: privilege.uid };
  await run(first!, rest, options).catch((error: { stderr?: string; message: string }) => {
    throw unavailable('postgres.program', { what: (error.stderr || error.message).trim().slice(-400) });
  });
};

/** Starts a program in a session of its own (a Ctrl-C at the terminal does not reach it), its output in a file. */
export const startProgram = async (
  privilege: Privilege,
  program: string,
  args: readonly string[],
  logPath: string,
): Promise<{ readonly pid: number; ended(): boolean }> => {
  const [first, ...rest] = [...privilege.prefix, program, ...args];
  const log = await open(logPath, 'a', 0o600);
  const owner = privilege.uid === undefined ? {} : { uid: privilege.uid, gid: privilege.uid };
  const child = spawn(first!, rest, { detached: true, stdio: ['ignore', log.fd, log.fd], ...owner });
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  child.unref();
  await log.close();
  return { pid: child.pid ?? -1, ended: () => ended };
};

/**
 * What tells a process from another that later gets the same number: its start time on Linux, nothing elsewhere.
 * Undefined = no such process (a zombie is none).
 */
export const processMark = async (pid: number): Promise<string | undefined> => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : (fields[19] ?? '');
};

/** Is the process the server of this data folder? (After a reboot its number may be anybody's.) */
export const isServerOf = async (pid: number, folder: string): Promise<boolean> => {
  if ((await processMark(pid)) === undefined) return false;
  const readable = await access('/proc/self/cmdline', constants.R_OK).then(
    () => true,
    () => false,
  );
  const line = readable
    ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    : await run('ps', ['-o', 'command=', '-p', String(pid)]).then(
        ({ stdout }) => stdout,
        () => folder,
      );
  return line.includes(folder);
};

/** Waits until the process is gone; false when it still runs after the time. */
export const waitGone = async (pid: number, milliseconds: number): Promise<boolean> => {
  for (let waited = 0; waited < milliseconds; waited += 25) {
    if ((await processMark(pid)) === undefined) return true;
    await sleep(25);
  }
  return false;
};

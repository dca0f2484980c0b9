import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:process';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/**
 * What tells one run of a process from a later one that got the same number; undefined when no such process runs.
 * A zombie does not run. Windows gives only the program's name without further rights, which is weaker but enough to
 * tell a database server from something else.
 */
export const identify = async (pid: number): Promise<string | undefined> => {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (platform === 'linux') return onLinux(pid);
  if (platform === 'win32') return onWindows(pid);
  const started = await ps(pid, 'stat=,lstart=');
  return started === undefined || started.startsWith('Z') ? undefined : started.replace(/^\S+\s+/u, '');
};

/** The command line of a running process, words separated by spaces; undefined when it cannot be read. */
export const commandLine = async (pid: number): Promise<string | undefined> => {
  if (platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
    return text?.replaceAll('\0', ' ').trim();
  }
  return platform === 'win32' ? onWindows(pid) : ps(pid, 'command=');
};

// Fields of /proc/<pid>/stat after the name in brackets: state is the first, start time (ticks since boot) the twentieth.
const onLinux = async (pid: number): Promise<string | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!fields || ['Z', 'X'].includes(fields[0] ?? '')) return undefined;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${boot.trim()}/${fields[19]}`;
};

const ps = async (pid: number, format: string): Promise<string | undefined> => {
  const found = await exec('ps', ['-o', format, '-p', String(pid)]).catch(() => undefined);
  return found?.stdout.trim() || undefined;
};

const onWindows = async (pid: number): Promise<string | undefined> => {
  const found = await exec('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { windowsHide: true });
  return /^"([^"]+)","(\d+)"/u.exec(found.stdout)?.[1];
};

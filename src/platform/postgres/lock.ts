import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../../shared/errors.ts';
import { processMark } from './process.ts';

const ownMark = async (): Promise<string> => `${process.pid} ${await processMark(process.pid)}`;

const alive = async (text: string): Promise<boolean> => {
  const [pid, mark = ''] = text.trim().split(' ');
  return (await processMark(Number(pid))) === mark;
};

/** Takes a stale lock away without taking a fresh one: only the one who renames the dead holder's file may remove it. */
const breakLock = async (path: string, seen: string): Promise<void> => {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  await rename(path, aside).catch(() => {});
  const taken = await readFile(aside, 'utf8').catch(() => seen);
  if (taken !== seen) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
};

/** Runs `body` while no other process runs one under the same path; a dead holder's lock is broken. */
export const withLock = async <T>(path: string, body: () => Promise<T>): Promise<T> => {
  const mine = `${await ownMark()} ${randomBytes(6).toString('hex')}`;
  const beside = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(beside, mine, { mode: 0o600 });
  try {
    for (let tries = 0; ; tries += 1) {
      const got = await link(beside, path).then(
        () => true,
        () => false,
      );
      if (got) break;
      const holder = await readFile(path, 'utf8').catch(() => '');
      if (holder && !(await alive(holder))) await breakLock(path, holder);
      if (tries > 2_400) throw unavailable('postgres.locked', { path });
      await sleep(50);
    }
  } finally {
    await rm(beside, { force: true });
  }
  try {
    return await body();
  } finally {
    await rm(path, { force: true });
  }
};

/** The processes that use the server just now, a file each; those of dead processes do not count. */
export const enterUsers = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}`);
  await writeFile(path, await ownMark(), { mode: 0o600 });
  return path;
};

/** Leaves; says how many living users remain. */
export const leaveUsers = async (folder: string, own: string): Promise<number> => {
  await rm(own, { force: true });
  let remaining = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (await alive(await readFile(path, 'utf8').catch(() => ''))) remaining += 1;
    else await rm(path, { force: true });
  }
  return remaining;
};

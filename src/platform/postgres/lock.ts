import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { conflict } from '../../shared/errors.ts';
import { identify } from './process.ts';

/** One run of a process, as written into a file that outlives it. */
interface Stamp {
  readonly pid: number;
  readonly identity: string;
}

const PATIENCE_MS = 360_000;

const stamp = async (): Promise<string> =>
  JSON.stringify({ pid: process.pid, identity: (await identify(process.pid)) ?? '' } satisfies Stamp);

const readStamp = async (path: string): Promise<Stamp | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Stamp;
  } catch {
    return undefined;
  }
};

/** The process that wrote the file, if it still runs. */
const livingWriter = async (path: string): Promise<number | undefined> => {
  const written = await readStamp(path);
  return written && (await identify(written.pid)) === written.identity ? written.pid : undefined;
};

const ticketOf = (name: string): number => Number(/^lock\.(\d+)$/u.exec(name)?.[1] ?? 0);

const topTicket = async (folder: string): Promise<number> => Math.max(0, ...(await readdir(folder)).map(ticketOf));

/**
 * Runs `body` while no other process does, over the same folder. The lock is a file with a growing number, taken by an
 * atomic link: nobody ever deletes a lock that somebody else may just have taken, so a dead holder's can be passed over
 * without a race. Released = emptied; a holder that was killed counts as gone.
 */
export const withLock = async <T>(folder: string, body: () => Promise<T>): Promise<T> => {
  const path = await takeLock(folder);
  try {
    return await body();
  } finally {
    await truncate(path, 0).catch(() => {});
  }
};

const takeLock = async (folder: string): Promise<string> => {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const top = await topTicket(folder);
    const holder = top > 0 ? await livingWriter(join(folder, `lock.${top}`)) : undefined;
    if (holder === undefined) {
      const path = await tryTicket(folder, top + 1);
      if (path) return path;
    } else if (performance.now() > until) {
      throw conflict('postgres.busy', { folder, pid: String(holder) });
    } else {
      await sleep(25);
    }
  }
};

const tryTicket = async (folder: string, number: number): Promise<string | undefined> => {
  const path = join(folder, `lock.${number}`);
  const mine = join(folder, `ticket.${process.pid}.${randomBytes(6).toString('hex')}`);
  await writeFile(mine, await stamp());
  const won = await link(mine, path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      return false;
    },
  );
  await rm(mine, { force: true });
  if (!won) return undefined;
  // A number that was already swept can be linked once more by a late comer; the highest is the only one that counts.
  if ((await topTicket(folder)) !== number) {
    await rm(path, { force: true });
    return undefined;
  }
  await sweep(folder, number);
  return path;
};

const sweep = async (folder: string, current: number): Promise<void> => {
  for (const name of await readdir(folder)) {
    const old = ticketOf(name) > 0 && ticketOf(name) < current;
    const left = name.startsWith('ticket.') && (await identify(Number(name.split('.')[1]))) === undefined;
    if (old || left) await rm(join(folder, name), { force: true });
  }
};

/** Writes down that this process uses the folder; call within the lock. @returns the file to remove when it leaves. */
export const register = async (folder: string): Promise<string> => {
  const path = join(folder, `user.${process.pid}.${randomBytes(6).toString('hex')}`);
  await writeFile(path, await stamp());
  return path;
};

/** How many uses of the folder are still alive; forgets the dead. Call within the lock. */
export const countUsers = async (folder: string): Promise<number> => {
  let living = 0;
  for (const name of (await readdir(folder)).filter((entry) => entry.startsWith('user.'))) {
    if ((await livingWriter(join(folder, name))) === undefined) await rm(join(folder, name), { force: true });
    else living += 1;
  }
  return living;
};

import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const markIn = (dataDir: string): string => join(dataDir, 'restored');

/** Leaves a mark that what is here was put back from a backup: the world outside has gone on since it was made. */
export const markRestored = async (dataDir: string): Promise<void> => {
  await writeFile(markIn(dataDir), '', { mode: 0o600 });
};

export const wasRestored = (dataDir: string): Promise<boolean> =>
  access(markIn(dataDir)).then(
    () => true,
    () => false,
  );

export const forgetRestored = (dataDir: string): Promise<void> => rm(markIn(dataDir), { force: true });

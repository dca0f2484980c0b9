import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = 'address';

/** Notes in the data folder under which address its pages are served: the terminal, another process, makes links with it. */
export const rememberAddress = async (dataDir: string, address: string): Promise<void> => {
  await writeFile(join(dataDir, NAME), `${address}\n`, { mode: 0o600 });
};

/** The address under which the pages of this data folder are or were last served; undefined = they never were. */
export const servedAt = async (dataDir: string): Promise<string | undefined> => {
  const text = await readFile(join(dataDir, NAME), 'utf8').catch(() => '');
  return text.trim() || undefined;
};

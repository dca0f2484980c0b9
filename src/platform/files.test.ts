import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { openFiles } from './files.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lantoa-files-'));
});

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

describe('the file store', () => {
  it('lets a file go, and does not mind one that is gone', async () => {
    const files = await openFiles(dataDir);
    const { sha256 } = await files.put(Readable.from([Buffer.from('a list')]), 100);
    expect(await files.path(sha256)).toContain(sha256);
    await files.remove(sha256);
    await files.remove(sha256);
    await files.remove('../secret');
    await expect(files.path(sha256)).rejects.toMatchObject({ code: 'file.gone' });
  });

  it('clears what was left half-written more than a day ago, not what may be arriving now', async () => {
    const folder = join(dataDir, 'files');
    await mkdir(folder, { recursive: true });
    for (const name of ['.in-old', '.in-new', 'a'.repeat(64)]) await writeFile(join(folder, name), 'x');
    const before = new Date(systemClock.now().getTime() - 2 * 86_400_000);
    await utimes(join(folder, '.in-old'), before, before);
    await utimes(join(folder, 'a'.repeat(64)), before, before);
    await openFiles(dataDir);
    expect((await readdir(folder)).sort()).toEqual(['.in-new', 'a'.repeat(64)]);
  });
});

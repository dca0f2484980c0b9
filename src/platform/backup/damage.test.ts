import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gunzipSync, gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDatabase } from '../../../tests/support/database.ts';
import { fixedClock } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import { readMigrations } from '../db/migrate.ts';
import { openFiles } from '../files.ts';
import { silentLog } from '../log.ts';
import { ownSchemas } from './catalog.ts';
import { countAllRows, fillEveryTable } from './fixtures/rows.ts';
import type { Manifest } from './format.ts';
import { backup, restore } from './index.ts';
import { addSeal } from './seal.ts';

let folder: string;
let good: string;
let bytes: Buffer;
let target: Database;
let source: Database;
let schemas: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-damage-'));
  schemas = ownSchemas(await readMigrations());
  source = await createDatabase(inject('server'));
  target = await createDatabase(inject('server'));
  await fillEveryTable(source.pool);
  const dataDir = join(folder, 'source');
  const files = await openFiles(dataDir);
  await files.put(Readable.from([Buffer.from('tệp')]), 100);
  await writeFile(join(dataDir, 'secret'), `${'ab'.repeat(32)}\n`);
  good = join(folder, 'good.tar.gz');
  await backup({ pool: source.pool, dataDir, path: good, clock: fixedClock(new Date('2026-06-15T02:00:00Z')) });
  bytes = await readFile(good);
});

afterAll(async () => {
  await source.close();
  await target.close();
  await rm(folder, { recursive: true, force: true });
});

const attempt = async (path: string): Promise<string> => {
  const dataDir = join(folder, 'target');
  try {
    await restore({ pool: target.pool, dataDir, path, log: silentLog() });
    return 'restored';
  } catch (error) {
    const left = await readdir(dataDir, { recursive: true }).catch(() => []);
    expect(left).toEqual([]);
    expect(await countAllRows(target.pool, schemas)).toBe(0);
    return (error as { code?: string }).code ?? String(error);
  }
};

const attemptBytes = async (content: Uint8Array): Promise<string> => {
  const path = join(folder, 'changed.tar.gz');
  await writeFile(path, content);
  return attempt(path);
};

const flipped = (position: number, mask: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[position]! ^= mask;
  return changed;
};

interface Part {
  name: string;
  content: Buffer;
  type?: 'file' | 'symlink' | 'directory';
}

/** The entries of the good backup, to be changed and packed again as somebody with bad intent could. */
const unpack = async (): Promise<Part[]> => {
  const parts: Part[] = [];
  const extract = tar.extract();
  extract.end(gunzipSync(bytes));
  for await (const entry of extract) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
    parts.push({ name: entry.header.name, content: Buffer.concat(chunks) });
  }
  return parts;
};

const repack = async (parts: readonly Part[]): Promise<string> => {
  const path = join(folder, 'packed.tar.gz');
  const pack = tar.pack();
  for (const { name, content, type } of parts) {
    if (type === 'symlink') pack.entry({ name, type, linkname: '/etc/passwd' });
    else if (type === 'directory') pack.entry({ name, type });
    else pack.entry({ name }, content);
  }
  pack.finalize();
  await pipeline(pack as unknown as Readable, createGzip(), addSeal(), createWriteStream(path));
  return path;
};

/** Packs changed entries with a manifest that agrees with them. */
const repackConsistently = async (change: (parts: Part[], manifest: Manifest) => Part[]): Promise<string> => {
  const parts = await unpack();
  const manifest = JSON.parse(parts.pop()!.content.toString()) as Manifest;
  const changed = change(parts, manifest);
  manifest.entries = changed.map(({ name, content }) => ({
    name,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  return repack([...changed, { name: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)) }]);
};

describe('a backup file', () => {
  it('with a byte changed anywhere is refused, and nothing is there afterwards', async () => {
    const step = Math.floor(bytes.length / 60);
    const positions = [...Array(24).keys(), ...Array.from({ length: 60 }, (_, index) => index * step)];
    positions.push(...Array.from({ length: 12 }, (_, index) => bytes.length - 1 - index));
    const accepted: number[] = [];
    for (const position of positions) {
      for (const mask of [0xff, 1 << (position % 8)]) {
        const code = await attemptBytes(flipped(position, mask));
        if (!/^restore\.(damaged|not-a-backup)$/u.test(code)) accepted.push(position);
      }
    }
    expect(accepted).toEqual([]);
  });

  it('cut short anywhere is refused', async () => {
    const cuts = [
      0,
      1,
      9,
      10,
      11,
      100,
      600,
      ...Array.from({ length: 20 }, (_, index) => Math.floor((bytes.length * index) / 20)),
    ];
    for (const cut of [...cuts, bytes.length - 1, bytes.length - 8, bytes.length - 9]) {
      const path = join(folder, 'cut.tar.gz');
      await copyFile(good, path);
      await truncate(path, cut);
      expect(await attempt(path)).toMatch(/^restore\.(damaged|not-a-backup)$/u);
    }
  });

  it('with something after its end is refused', async () => {
    for (const more of [Buffer.from('x'), Buffer.alloc(16), gzipSync('more'), bytes]) {
      expect(await attemptBytes(Buffer.concat([bytes, more]))).toMatch(/^restore\.(damaged|not-a-backup)$/u);
    }
  });

  it('of another kind is recognised as such', async () => {
    for (const other of [Buffer.from('PK\u0003\u0004 something'), gzipSync('text'), Buffer.alloc(5000, 'a')]) {
      expect(await attemptBytes(other)).toBe('restore.not-a-backup');
    }
    const content = Buffer.from('hello');
    expect(await attempt(await repack([{ name: 'hello.txt', content }]))).toBe('restore.not-a-backup');
    const header = Buffer.from('{"product":"other","format":1}');
    expect(await attempt(await repack([{ name: 'lantoa-backup.json', content: header }]))).toBe('restore.not-a-backup');
    expect(await attempt(folder)).toBe('restore.not-a-backup');
    expect(await attempt(join(folder, 'nowhere.tar.gz'))).toBe('restore.no-file');
  });

  it('of a later format is told apart from a damaged one', async () => {
    const header = Buffer.from('{"product":"lantoa","format":2,"anything":["else"]}');
    const path = await repack([
      { name: 'lantoa-backup.json', content: header },
      { name: 'unheard-of', content: header },
    ]);
    expect(await attempt(path)).toBe('restore.newer');
  });

  it.each([
    ['../escaped'],
    ['/tmp/escaped'],
    ['files/../../escaped'],
    ['tables/../../escaped/000.copy'],
    ['files\\escaped'],
    ['./secret'],
    [`${'long/'.repeat(60)}../escaped`],
  ])('with an entry %s is refused before anything is written', async (name) => {
    const path = await repackConsistently((parts) => [...parts, { name, content: Buffer.from('x') }]);
    expect(await attempt(path)).toBe('restore.damaged');
  });

  it('with links, folders or the same entry twice is refused', async () => {
    const empty = Buffer.alloc(0);
    for (const type of ['symlink', 'directory'] as const) {
      const path = await repackConsistently((parts) => [
        ...parts.filter((part) => part.name !== 'secret'),
        { name: 'secret', content: empty, type },
      ]);
      expect(await attempt(path)).toBe('restore.damaged');
    }
    expect(await attempt(await repackConsistently((parts) => [...parts, parts.at(-1)!]))).toBe('restore.damaged');
    const parts = await unpack();
    expect(await attempt(await repack([...parts, parts.at(-1)!]))).toBe('restore.damaged');
    expect(await attempt(await repack(parts.slice(0, -1)))).toBe('restore.damaged');
  });

  it('whose rows do not fit their tables is refused as a whole', async () => {
    const isSetting = (part: Part) => part.name === 'tables/platform.setting/000.copy';
    const withRows = (text: string) => (parts: Part[]) =>
      parts.map((part) => (isSetting(part) ? { ...part, content: Buffer.from(text) } : part));
    for (const text of [
      'no tabs here\n',
      'key\tnot json\t2026-01-01\n',
      'a\t1\t2026-01-01\na\t1\t2026-01-01\n',
      'a\t"x"\t2026-01-01\n',
    ]) {
      expect(await attempt(await repackConsistently(withRows(text)))).toBe('restore.damaged');
    }
    expect(await attempt(await repackConsistently((parts) => parts.filter((part) => !isSetting(part))))).toBe(
      'restore.damaged',
    );
    const orphaned = (parts: Part[], manifest: Manifest) => {
      const users = manifest.tables.find((table) => table.name === 'identity.user')!;
      users.rows = 0;
      return parts.filter((part) => !part.name.startsWith('tables/identity.user/'));
    };
    expect(await attempt(await repackConsistently(orphaned))).toBe('restore.damaged');
  });

  it('that names tables, columns or sequences of its own is refused', async () => {
    const changes: ((manifest: Manifest) => void)[] = [
      (manifest) => manifest.tables.push({ name: 'pg_catalog.pg_authid', columns: ['rolname'], rows: 0 }),
      (manifest) => manifest.tables[0]!.columns.push('more'),
      (manifest) => manifest.tables.pop(),
      (manifest) => manifest.sequences.push({ name: 'platform.mine', next: '1' }),
    ];
    for (const change of changes) {
      const path = await repackConsistently((parts, manifest) => {
        change(manifest);
        return parts;
      });
      expect(await attempt(path)).toBe('restore.version');
    }
  });

  it('that is whole is restored, after all those refusals', async () => {
    expect(await attempt(good)).toBe('restored');
    expect(await countAllRows(target.pool, schemas)).toBe(await countAllRows(source.pool, schemas));
  });
});

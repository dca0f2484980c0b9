import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDatabase } from '../../../tests/support/database.ts';
import { fixedClock } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import { type Migration, migrate, readMigrations } from '../db/migrate.ts';
import { describeSchema } from '../db/schema.ts';
import { openFiles, readSecret } from '../files.ts';
import { silentLog } from '../log.ts';
import { ownSchemas } from './catalog.ts';
import { fillEveryTable, hashTables } from './fixtures/rows.ts';
import { backup, restore } from './index.ts';

const clock = fixedClock(new Date('2026-06-15T02:00:00Z'));
const log = silentLog();
const open: Database[] = [];
const folders: string[] = [];

const newDatabase = async (): Promise<Database> => {
  const database = await createDatabase(inject('server'));
  open.push(database);
  return database;
};

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-backup-'));
  folders.push(folder);
  return folder;
};

/** A database without any schema of ours. */
const blankDatabase = async (): Promise<Database> => {
  const database = await newDatabase();
  await database.pool.query(`drop schema ${ownSchemas(await readMigrations()).join(', ')} cascade`);
  return database;
};

const extra = (number: number, sql: string): Migration => ({
  number,
  name: `${String(number).padStart(4, '0')}_more.sql`,
  sql,
  hash: createHash('sha256').update(sql).digest('hex'),
});

afterAll(async () => {
  for (const database of open) await database.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('every table of ours', () => {
  let source: Database;
  let dataDir: string;
  let path: string;
  let schemas: string[];

  beforeAll(async () => {
    schemas = ownSchemas(await readMigrations());
    source = await newDatabase();
    dataDir = await newFolder();
    path = join(dataDir, 'out', 'lantoa.tar.gz');
    expect(await fillEveryTable(source.pool)).toEqual([]);
    const files = await openFiles(dataDir);
    await files.put(Readable.from([Buffer.from('Danh sách hộ nghèo')]), 1_000);
    await files.put(Readable.from([Buffer.alloc(3_000_000, 'xã ')]), 4_000_000);
    await files.put(Readable.from([]), 1_000);
    await readSecret(dataDir);
    const summary = await backup({ pool: source.pool, dataDir, path, clock });
    expect(summary).toMatchObject({ files: 3, damagedFiles: [], madeAt: '2026-06-15T02:00:00.000Z' });
    expect(summary.size).toBe((await stat(path)).size);
  });

  it('lies in a schema that the migrations name, so none is left out', async () => {
    const { rows } = await source.pool.query(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgboss')
         and n.nspname <> all ($1)`,
      [schemas],
    );
    expect(rows).toEqual([]);
  });

  it('is for the owner only, and nothing half-written lies beside it', async () => {
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(dataDir, 'out'))).toEqual(['lantoa.tar.gz']);
  });

  it.each([
    ['migrated', newDatabase],
    ['blank', blankDatabase],
  ])('comes back the same into a %s database', async (_, make) => {
    const target = await make();
    const folder = await newFolder();
    const summary = await restore({ pool: target.pool, dataDir: folder, path, log });
    expect(await hashTables(target.pool, schemas)).toEqual(await hashTables(source.pool, schemas));
    expect(await describeSchema(target.pool)).toBe(await describeSchema(source.pool));
    expect(summary.files).toBe(3);
    // With the mark by which the first start knows that the world has gone on since.
    expect(await readdir(folder)).toEqual(['files', 'restored', 'secret']);
    for (const name of await readdir(join(dataDir, 'files'))) {
      expect(await readFile(join(folder, 'files', name))).toEqual(await readFile(join(dataDir, 'files', name)));
    }
    expect(await readSecret(folder)).toEqual(await readSecret(dataDir));
    expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
  });

  it('goes on counting where it stood', async () => {
    const target = await newDatabase();
    await restore({ pool: target.pool, dataDir: await newFolder(), path, log });
    const insert = `insert into platform.audit (at, name, via, refs) values (now(), 'x', 'job', '{}') returning audit_id::text as id`;
    const [theirs, ours] = await Promise.all([target.pool.query(insert), source.pool.query(insert)]);
    expect(theirs.rows).toEqual(ours.rows);
  });

  it('is refused where there is data already, which stays', async () => {
    const target = await newDatabase();
    await target.pool.query(`insert into platform.setting (key, value) values ('kind', '"real"')`);
    const before = await hashTables(target.pool, schemas);
    const folder = await newFolder();
    await expect(restore({ pool: target.pool, dataDir: folder, path, log })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'restore.not-empty',
      params: { what: 'platform.setting' },
    });
    expect(await hashTables(target.pool, schemas)).toEqual(before);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is refused by a build whose migrations are others or fewer', async () => {
    const target = await newDatabase();
    const migrations = await readMigrations();
    const parts = { pool: target.pool, dataDir: await newFolder(), path, log };
    const fewer = migrations.slice(0, -1);
    await expect(restore({ ...parts, migrations: fewer })).rejects.toMatchObject({ code: 'restore.newer' });
    const others = [...fewer, { ...migrations.at(-1)!, hash: 'f'.repeat(64) }];
    await expect(restore({ ...parts, migrations: others })).rejects.toMatchObject({ code: 'restore.version' });
  });
});

describe('a backup', () => {
  it('of an older schema is loaded as it was and then migrated, into a database at any level', async () => {
    const migrations = await readMigrations();
    const sql = `
      create table platform.note (note_id int primary key, text text not null);
      insert into platform.note values (1, 'seeded');
      alter table platform.setting add column shouted text;
      update platform.setting set shouted = upper(key)`;
    const later = [...migrations, extra(migrations.length + 1, sql)];
    const source = await newDatabase();
    const path = join(await newFolder(), 'older.tar.gz');
    await source.pool.query(`insert into platform.setting (key, value) values ('kind', '"real"')`);
    await backup({ pool: source.pool, dataDir: await newFolder(), path, clock });
    const ahead = await newDatabase();
    await migrate(ahead.pool, { migrations: later });
    for (const target of [await newDatabase(), await blankDatabase(), ahead]) {
      await restore({ pool: target.pool, dataDir: await newFolder(), path, log, migrations: later });
      const { rows } = await target.pool.query('select key, shouted from platform.setting');
      expect(rows).toEqual([{ key: 'kind', shouted: 'KIND' }]);
      expect((await target.pool.query('select text from platform.note')).rows).toEqual([{ text: 'seeded' }]);
      const applied = await target.pool.query('select count(*)::int as count from platform.migration');
      expect(applied.rows).toEqual([{ count: later.length }]);
    }
  });

  it('replaces what a migration inserted, but nothing that was added to it', async () => {
    const migrations = await readMigrations();
    const seed = `create table platform.word (word text primary key); insert into platform.word values ('a'), ('b')`;
    const all = [...migrations, extra(migrations.length + 1, seed)];
    const [source, target, used] = [await newDatabase(), await newDatabase(), await newDatabase()];
    for (const { pool } of [source, target, used]) await migrate(pool, { migrations: all });
    await source.pool.query(`update platform.word set word = 'c' where word = 'b'`);
    await used.pool.query(`insert into platform.word values ('d')`);
    const path = join(await newFolder(), 'seeded.tar.gz');
    await backup({ pool: source.pool, dataDir: await newFolder(), path, clock, migrations: all });
    const parts = { dataDir: await newFolder(), path, log, migrations: all };
    await restore({ ...parts, pool: target.pool });
    const words = (pool: Database['pool']) => pool.query('select word from platform.word order by word');
    expect((await words(target.pool)).rows).toEqual([{ word: 'a' }, { word: 'c' }]);
    await expect(restore({ ...parts, pool: used.pool })).rejects.toMatchObject({ code: 'restore.not-empty' });
    expect((await words(used.pool)).rows).toEqual([{ word: 'a' }, { word: 'b' }, { word: 'd' }]);
  });

  it('keeps every kind of value, circles of keys, generated columns, partitions, stored views and numbering', async () => {
    const migrations = await readMigrations();
    const sql = `
      create schema sample;
      create table sample.thing (
        id bigint generated always as identity (start 100 increment 10) primary key,
        parent bigint references sample.thing, other bigint,
        t text, b bytea, j jsonb, n numeric, f double precision, ts timestamptz, plain timestamp, d date,
        i interval, ta text[], ba boolean[][], doubled text generated always as (t || t) stored);
      create table sample.other (id bigint primary key, thing bigint references sample.thing);
      alter table sample.thing add foreign key (other) references sample.other;
      create table sample.part (k int not null, v text) partition by range (k);
      create table sample.part_low partition of sample.part for values from (0) to (100);
      create table sample.part_high partition of sample.part default;
      create table sample.serial (id serial, "Odd ""name" text);
      create materialized view sample.counted as select count(*) from sample.thing`;
    const all = [...migrations, extra(migrations.length + 1, sql)];
    const [source, target] = [await newDatabase(), await newDatabase()];
    await migrate(source.pool, { migrations: all });
    await source.pool.query(`
      insert into sample.thing (parent, other, t, b, j, n, f, ts, plain, d, i, ta, ba) values
        (110, null, E'\\\\.', '\\x00ff0a5c', '{"Tên":"Ứng"}', 'NaN', 1e-300, 'infinity', '-infinity', '0044-03-15 BC', '1 year 2 mons -3 days 04:05:06.000007', array['', null, 'NULL', '{"'], '{{t,null},{f,t}}'),
        (100, null, E'\\\\N\\t\\n\\r\\\\\\b\\f\\v \\u1ED8 \\U0001F33E', '', 'null', 123456789012345678901234567890.12345, 0.1::float8 + 0.2, '2026-06-15 08:00:00.123456+07', '2026-06-15', '9999-12-31', null, '{}', '{}'),
        (null, null, null, null, null, null, '-infinity', null, null, null, null, null, null);
      insert into sample.other values (1, 100), (2, 120);
      update sample.thing set other = 1;
      insert into sample.part select n, 'v' || n from generate_series(90, 110) n;
      insert into sample.serial ("Odd ""name") values ('a'), ('b');
      refresh materialized view sample.counted`);
    const path = join(await newFolder(), 'sample.tar.gz');
    await backup({ pool: source.pool, dataDir: await newFolder(), path, clock, migrations: all });
    await restore({ pool: target.pool, dataDir: await newFolder(), path, log, migrations: all });
    const schemas = ownSchemas(all);
    expect(await hashTables(target.pool, schemas)).toEqual(await hashTables(source.pool, schemas));
    expect(await describeSchema(target.pool)).toBe(await describeSchema(source.pool));
    expect((await target.pool.query('select * from sample.counted')).rows).toEqual([{ count: 3 }]);
    const added = await target.pool.query('insert into sample.thing default values returning id');
    expect(added.rows).toEqual([{ id: 130 }]);
    expect((await target.pool.query('insert into sample.serial default values returning id')).rows).toEqual([
      { id: 3 },
    ]);
    await expect(target.pool.query('insert into sample.other values (3, 999)')).rejects.toThrow('foreign key');
  });

  it('shows one moment, while others write', async () => {
    const [source, target] = [await newDatabase(), await newDatabase()];
    const { pool } = source;
    const pair = async (n: number) => {
      const client = await pool.connect();
      await client.query('begin');
      await client.query('insert into platform.setting (key, value) values ($1, $2)', [`n${n}`, n]);
      await client.query(`insert into platform.audit (at, name, via, refs) values (now(), 'x', 'job', $1)`, [{ n }]);
      await client.query('commit');
      client.release();
    };
    await pool.query(
      `insert into platform.audit (at, name, via, refs) select now(), repeat('x', 200), 'job', '{}' from generate_series(1, 50000)`,
    );
    let writing = true;
    let written = 0;
    const writer = (async () => {
      while (writing) await pair(written++);
    })();
    while (written < 20) await new Promise((wait) => setTimeout(wait, 5));
    const path = join(await newFolder(), 'busy.tar.gz');
    await backup({ pool, dataDir: await newFolder(), path, clock });
    const after = written;
    writing = false;
    await writer;
    expect(after).toBeGreaterThan(20);
    await restore({ pool: target.pool, dataDir: await newFolder(), path, log });
    const { rows } = await target.pool.query<{ settings: number; audits: number }>(
      `select (select count(*) from platform.setting) as settings,
         (select count(*) from platform.audit where name = 'x') as audits`,
    );
    expect(rows[0]!.settings).toBe(rows[0]!.audits);
    expect(rows[0]!.settings).toBeGreaterThanOrEqual(19);
  });

  it('leaves out a kept file that is no longer what it was, and says so', async () => {
    const source = await newDatabase();
    const dataDir = await newFolder();
    const files = await openFiles(dataDir);
    const good = await files.put(Readable.from([Buffer.from('good')]), 100);
    const bad = await files.put(Readable.from([Buffer.from('bad')]), 100);
    await writeFile(join(dataDir, 'files', bad.sha256), 'worse');
    const path = join(dataDir, 'b.tar.gz');
    const summary = await backup({ pool: source.pool, dataDir, path, clock });
    expect(summary).toMatchObject({ files: 1, damagedFiles: [bad.sha256] });
    const [target, folder] = [await newDatabase(), await newFolder()];
    expect(await restore({ pool: target.pool, dataDir: folder, path, log })).toMatchObject({
      damagedFiles: [bad.sha256],
    });
    expect(await readdir(join(folder, 'files'))).toEqual([good.sha256]);
  });

  it('of nothing is not made', async () => {
    const [database, folder] = [await blankDatabase(), await newFolder()];
    const path = join(folder, 'none.tar.gz');
    await expect(backup({ pool: database.pool, dataDir: folder, path, clock })).rejects.toMatchObject({
      code: 'backup.nothing',
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, inject, it } from 'vitest';
import { readMigrations } from '../../src/platform/db/migrate.ts';
import { describeSchema } from '../../src/platform/db/schema.ts';
import { createDatabase } from '../support/database.ts';
import { writesSchema } from '../support/environment.ts';

const file = new URL('../../schema.sql', import.meta.url);
const database = await createDatabase(inject('server'));
afterAll(() => database.close());

it('schema.sql tells the database as the migrations leave it', async () => {
  const text = await describeSchema(database.pool);
  if (writesSchema) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
});

it('the description sees tables, constraints, indexes and columns that are added', async () => {
  const before = await describeSchema(database.pool);
  await database.pool.query(`create schema sample; create table sample.thing (
    id bigint generated always as identity primary key, width int not null default 3 check (width > 1), t text unique);
    create index thing_width on sample.thing (width); create view sample.seen as select id, width from sample.thing;`);
  const added = (await describeSchema(database.pool)).split('\n').filter((line) => !before.includes(line));
  expect(added.join('\n')).toMatchInlineSnapshot(`
    "create schema sample;
    create view sample.seen (
      id bigint,
      width integer
    create table sample.thing (
      id bigint generated always as identity not null,
      width integer default 3 not null,
      t text,
      constraint thing_pkey PRIMARY KEY (id),
      constraint thing_t_key UNIQUE (t),
      constraint thing_width_check CHECK ((width > 1))
    CREATE INDEX thing_width ON sample.thing USING btree (width);"
  `);
  await database.pool.query('drop schema sample cascade');
  expect(await describeSchema(database.pool)).toBe(before);
});

it('migrations are numbered without a gap', async () => {
  const migrations = await readMigrations();
  expect(migrations.map((migration) => migration.number)).toEqual(migrations.map((_, index) => index + 1));
});

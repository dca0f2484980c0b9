import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { uploadLimit } from '../../src/platform/files.ts';
import type { Params } from '../../src/shared/errors.ts';
import { type Language, say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { bringIn, householdsCsv, importVillages, type Row, taXiLang } from '../support/lists.ts';
import { withPassword, zipBomb } from '../support/workbooks.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let officer: Walker;
let folder: string;

const row = (end: string, more: Partial<Row> = {}): Row => ({
  code: `04603.01.${end}`,
  head: `Giàng A ${end}`,
  village: 'Thôn Một',
  class: 'Hộ nghèo',
  ...more,
});
const TWICE = householdsCsv([row('0001'), row('0002'), row('0001', { head: 'Mùa A Páo' })]);
const FINE = householdsCsv([row('0001', { class: 'Hộ cận nghèo' })]);
const REVIEW = '30/11/2025';
/** The day after the one the world stands at. */
const TOMORROW = '16/06/2026';
/** What the pages here take in of one file, in bytes; the product's own limit is 512 MB. */
const SMALL = 1_048_576;

beforeAll(async () => {
  world = await createWorld();
  folder = await mkdtemp(join(tmpdir(), 'lantoa-refused-'));
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, { asOf: '2024-11-30', rows: [row('0001'), row('0009')] });
  const files: World['files'] = { ...world.files, put: (source) => world.files.put(source, SMALL) };
  web = await startPages({ ...world, files });
  const password = 'một mật khẩu dài';
  await world.execute(addUser, systemActor, {
    ...{ username: 'officer', name: 'officer', password, role: 'officer', placeId: taXiLang },
  });
  officer = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username: 'officer' });
  await officer.send(path, path, {});
}, 120_000);

afterAll(async () => {
  await web?.close();
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

// What a refused list leaves: that it came, what was wrong with it, and who sent it.
const TOLD = /^(?:registry\.import\w*|platform\.audit|identity\.session)$/u;

/** A hash of every row of every table, but those that tell of the refusal itself. */
const fingerprint = async (): Promise<Record<string, string>> => {
  const { pool } = world.database;
  const { rows: tables } =
    await pool.query(`select table_schema || '.' || table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`);
  const names = tables.map(({ name }) => name as string).filter((name) => !TOLD.test(name));
  const parts = names.map(
    (name) => `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${name} t`,
  ); // biome-ignore format: one statement
  const { rows } = await pool.query(parts.join(' union all '));
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
};

/** Nothing of what the product knows is another than before. */
const unchangedBy = async <T>(work: () => Promise<T>): Promise<T> => {
  const before = await fingerprint();
  // As many tables as there are: a hash over none of them would say nothing.
  expect(Object.keys(before).length).toBeGreaterThan(30);
  expect(before['registry.subject']).toMatch(/^(?!d41d8cd98f00b204e9800998ecf8427e)[0-9a-f]{32}$/u);
  const done = await work();
  expect(await fingerprint()).toEqual(before);
  return done;
};

const shown = (html: string): string =>
  html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

describe('on the page', () => {
  const send = async (content: Buffer | string, name: string, asOf = REVIEW) => {
    const body = new FormData();
    body.set('csrf', await officer.token('/'));
    body.set('placeId', taXiLang);
    body.set('asOf', asOf);
    body.set('file', new File([content as never], name));
    return officer.post('/imports', body);
  };
  /** The list's own page, once the queue has been worked off. */
  const pageOf = async (sent: Response): Promise<{ at: string; html: string }> => {
    expect(sent.status).toBe(303);
    await world.settle();
    const at = sent.headers.get('location')!;
    return { at, html: shown(await (await officer.get(at)).text()) };
  };
  const inLanguage = (language: Language) => officer.send('/', '/language', { language, next: '/' });
  const kept = async () => (await readdir(join(world.dataDir, 'files'))).length;

  it.each([
    ['a password', withPassword, 'file.encrypted'],
    ['a zip bomb', zipBomb, 'file.zip-bomb'],
  ] as const)('%s: the list has failed, and its page says why in both languages', async (_, content, code) => {
    await unchangedBy(async () => {
      const { at, html } = await pageOf(await send(content(), 'danh-sach.xlsx'));
      expect(html).toContain(say('vi', `error.${code}`));
      expect(html).not.toContain(`${at}/commit"`);
      await inLanguage('en');
      expect(shown(await (await officer.get(at)).text())).toContain(say('en', `error.${code}`));
      await inLanguage('vi');
    });
  });

  it('more bytes than are taken: the form says so, and nothing of it is kept', async () => {
    const before = await kept();
    const sent = await unchangedBy(() => send(Buffer.alloc(SMALL + 1, 'a;b\n'), 'danh-sach.csv'));
    expect(sent.status).toBe(422);
    expect(shown(await sent.text())).toContain(say('vi', 'error.file.too-large', { limit: 1 }));
    expect(await kept()).toBe(before);
  });

  it('one code twice: the row and what to do stand there, and there is nothing to commit', async () => {
    await unchangedBy(async () => {
      const { at, html } = await pageOf(await send(TWICE, 'danh-sach.csv'));
      // Columns that were guessed are looked at by the officer first.
      expect(html).toContain(`${at}/mapping`);
      const mapping = await (await officer.get(`${at}/mapping`)).text();
      const fields = new URLSearchParams();
      for (const [, name, value] of mapping.split('<main')[1]!.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu)) fields.append(name!, value!); // biome-ignore format: one line
      for (const [, name, options] of mapping.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/gu))
        fields.append(name!, /<option value="([^"]*)" selected/u.exec(options!)?.[1] ?? '');
      expect((await officer.post(`${at}/mapping`, fields)).status).toBe(303);
      await world.settle();
      const checked = shown(await (await officer.get(at)).text());
      expect(checked).toContain(say('vi', 'fault.list.code-twice', { rows: '2' }));
      expect(checked).toContain(say('vi', 'next.import.checked.faulty', { count: 2 }));
      expect(checked).not.toContain(`${at}/commit"`);
    });
  });

  it('a review that has not been yet: the form says so beside the day, and keeps what was typed', async () => {
    const before = await kept();
    const sent = await unchangedBy(() => send(FINE, 'danh-sach.csv', TOMORROW));
    expect(sent.status).toBe(422);
    const html = shown(await sent.text());
    expect(html).toContain('href="#field-asOf"');
    expect(html).toContain(say('vi', 'error.import.day-ahead'));
    expect(html).toContain(`value="${TOMORROW}"`);
    expect(await kept()).toBe(before);
  });
});

describe('in the terminal', () => {
  const put = async (name: string, content: Buffer | string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const bring = (path: string, date: string, ...more: string[]) =>
    cliIn(world)('import', 'registry', path, '--place', `04603@30/06/2025`, '--date', date, ...more);

  /** Refused with this code in every way of asking, and with its sentence in both languages. */
  const refused = async (path: string, date: string, code: string, params: Params = {}) => {
    await unchangedBy(async () => {
      const asked = await bring(path, date, '--json');
      expect(asked.code).toBe(2);
      expect(asked.json.error).toMatchObject({ kind: 'invalid', code, message: say('vi', `error.${code}`, params) });
      for (const language of ['vi', 'en'] as const) {
        const told = await bring(path, date, '--lang', language);
        expect(told).toMatchObject({ code: 2 });
        expect(told.err).toContain(say(language, `error.${code}`, params));
      }
    });
    const { rows } = await world.database.pool.query(
      'select state, count(*)::int as lists from registry.import where file_name = $1 group by state',
      [path.split('/').at(-1)],
    );
    return Object.fromEntries(rows.map(({ state, lists }) => [state, lists]));
  };

  it('a password', async () => {
    const path = await put('mat-khau.xlsx', withPassword());
    expect(await refused(path, REVIEW, 'file.encrypted')).toEqual({ discarded: 3 });
  });

  it('a zip bomb', async () => {
    const path = await put('bom.xlsx', zipBomb());
    expect(await refused(path, REVIEW, 'file.zip-bomb')).toEqual({ discarded: 3 });
  });

  it('more bytes than are taken: nothing of it is read, and no list is begun', async () => {
    const path = await put('qua-lon.csv', FINE);
    // Blanks that take no room on the disk: the size is what counts.
    await truncate(path, uploadLimit + 1);
    const before = await readdir(join(world.dataDir, 'files'));
    expect(await refused(path, REVIEW, 'file.too-large', { limit: 512 })).toEqual({});
    expect(await readdir(join(world.dataDir, 'files'))).toEqual(before);
  });

  it('one code twice: the list is kept with its faults, to be looked at', async () => {
    const path = await put('hai-lan.csv', TWICE);
    const at = await refused(path, REVIEW, 'import.has-errors', { count: 2 });
    expect(at).toEqual({ checked: 3 });
    const { json } = await bring(path, REVIEW, '--dry-run', '--json');
    expect(json.faults.map(({ row, column, value, code, message }: Record<string, unknown>) => [row, column, value, code, message])).toEqual([
      [2, 'Mã hộ', '04603.01.0001', 'list.code-twice', say('vi', 'fault.list.code-twice', { rows: '4' })],
      [4, 'Mã hộ', '04603.01.0001', 'list.code-twice', say('vi', 'fault.list.code-twice', { rows: '2' })],
    ]); // biome-ignore format: rows
  });

  it('a review that has not been yet', async () => {
    const path = await put('ngay-mai.csv', FINE);
    expect(await refused(path, TOMORROW, 'import.day-ahead')).toEqual({});
  });
});

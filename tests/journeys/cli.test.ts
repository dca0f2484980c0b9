import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Database } from '../../src/platform/db/connect.ts';
import { silentLog } from '../../src/platform/log.ts';
import { type EmbeddedPostgres, openEmbedded } from '../../src/platform/postgres/index.ts';
import { type CommandLine, commandLine, endOf, type Said } from '../support/command-line.ts';

const COMMUNE = '04585';
const DAY = '30/11/2025';

let folder: string;
let server: EmbeddedPostgres;
let database: Database;
let start: CommandLine['start'];
let spawned: CommandLine['spawned'];
let lantoa: CommandLine['lantoa'];
let ok: CommandLine['ok'];

const file = async (name: string, lines: readonly string[]): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
};

const HEAD = 'Mã hộ;Họ tên chủ hộ;Ngày sinh;Giới tính;Thôn;Phân loại hộ';
const PAO = 'HP-001;Giàng A Páo;05/03/1987;Nam;Thôn Thử Một;Hộ nghèo';
const MY = 'HP-002;Vàng Thị Mỷ;1990;Nữ;Thôn Thử Một;Hộ cận nghèo';
const UN = 'HP-003;Lò Văn Ún;12/12/1975;Nam;Thôn Thử Hai;Hộ mới thoát nghèo';

/** What the registry holds, for comparing before and after. */
const counted = async (): Promise<object> => {
  const { rows, totals, reviews } = (await ok('count', COMMUNE, '--by', 'village', '--json')).json;
  return { rows, totals, reviews };
};

const importList = (path: string, ...more: string[]): Promise<Said> =>
  spawned(['import', 'registry', path, '--date', DAY, '--json', ...more]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-cli-'));
  const data = join(folder, 'data');
  ({ start, spawned, lantoa, ok } = commandLine(data));
  const fresh = await spawned(['doctor', '--json']);
  expect(fresh, fresh.err).toMatchObject({ code: 0, json: { healthy: true } });
  // Held open, as by a running product: every command below is a second process on the same embedded database.
  server = await openEmbedded({ dataDir: data, log: silentLog() });
  database = connect(server.settings);
  const villages = ['Tên thôn;Mã xã', `Thôn Thử Một;${COMMUNE}`, `Thôn Thử Hai;${COMMUNE}`, 'Thôn Thử Một;04606'];
  const path = await file('thon.csv', villages);
  const dry = (await ok('import', 'places', path, '--dry-run', '--json')).json;
  expect(dry).toMatchObject({ rows: 3, added: 3, errors: 0, committed: false });
  expect((await ok('import', 'places', path, '--json')).json).toMatchObject({ added: 3, committed: true });
}, 300_000);

afterAll(async () => {
  await database?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('what is typed', () => {
  it('helps in both languages', async () => {
    expect((await ok('--help')).out).toMatch(/Cách dùng: lantoa LỆNH[\s\S]*Các lệnh:[\s\S]*doctor/u);
    expect((await ok()).out).toContain('Cách dùng:');
    expect((await ok('--lang', 'en', 'import', 'registry', '--help')).out).toMatch(
      /Usage:[\s\S]*--complete-for <PLACE>/u,
    );
    expect((await ok('help', 'imports', '--lang=en')).out).toContain('Commands:');
    expect((await ok('count', '--help', '--json')).json.help).toContain('--boundaries');
  });

  it('refuses what it does not understand, in a sentence that says what to do', async () => {
    const refused: [args: string[], vi: RegExp, en: RegExp][] = [
      [
        ['place', 'find', 'x', '--onn', '1'],
        /Không có tùy chọn --onn. Có phải: --on/u,
        /no option --onn. Do you mean --on/u,
      ],
      [['plac'], /Không có lệnh “plac”. Có phải: place/u, /no command “plac”/u],
      [['place'], /Lệnh chưa đủ/u, /not complete/u],
      [['count'], /Còn thiếu PLACE/u, /PLACE is missing/u],
      [['import', 'registry', 'x.csv'], /Còn thiếu --date/u, /--date <DATE> is missing/u],
      [['place', 'find', 'Bản', 'Mù'], /dấu nháy/u, /quotes/u],
      [['count', COMMUNE, '--on', '31/02/2025'], /Ngày của --on chưa đúng/u, /date of --on is not right/u],
      [['count', COMMUNE, '--on', '2025'], /30\/11\/2025/u, /30\/11\/2025/u],
      [['count', COMMUNE, '--by', 'street'], /village, commune, total/u, /village, commune, total/u],
      [['import', 'places', '/nowhere.csv'], /Không có tệp \/nowhere.csv/u, /no file \/nowhere.csv/u],
      [['import', 'places', '/'], /không phải là tệp/u, /not a file/u],
      [['import', 'registry', process.execPath, '--date', DAY], /đúng một trong hai/u, /exactly one/u],
      [['imports', 'show', 'abc'], /không phải id/u, /no id of a list/u],
    ];
    for (const [args, vi, en] of refused) {
      const first = await lantoa(args);
      expect(first, args.join(' ')).toMatchObject({ code: 2, out: '', err: expect.stringMatching(vi) });
      expect(await lantoa([...args, '--lang', 'en'])).toMatchObject({ code: 2, err: expect.stringMatching(en) });
    }
    const { code, json } = await spawned(['count', COMMUNE, '--on', 'x', '--json']);
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'cli.date' });
    expect((await lantoa(['doctor', '--lang', 'fr'])).code).toBe(2);
    const typed = await spawned(['plac', '--lang', 'en']);
    expect(typed).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Do you mean place') });
  });
});

describe('places', () => {
  it('are found by name, with and without diacritics, old ones too', async () => {
    const { places } = (await ok('place', 'find', 'pa hu', '--json')).json;
    expect(places).toContainEqual(
      expect.objectContaining({ name: 'Pá Hu', officialCode: '04606', validTo: '2025-07-01' }),
    );
    expect((await ok('place', 'find', 'thu mot', '--within', COMMUNE, '--on', DAY, '--json')).json.places).toHaveLength(
      1,
    );
    expect((await ok('place', 'find', 'zzzz')).out).toContain('Không tìm thấy “zzzz”');
  });

  it('are meant by id, by code with or without its day, by a name that is one place', async () => {
    const nameOf = async (place: string) => (await ok('count', place, '--by', 'total', '--json')).json.rows[0].name;
    expect(await nameOf('04606')).toContain('Trạm Tấu');
    expect(await nameOf('4606')).toContain('Trạm Tấu');
    expect(await nameOf('04606@30/06/2025')).toContain('Pá Hu');
    expect(await nameOf('04606@2025-06-30')).toContain('Pá Hu');
    expect(await nameOf('15')).toContain('Lào Cai');
    expect(await nameOf('139@30/06/2025')).toContain('Trạm Tấu');
    expect(await nameOf('hanh phuc, lao cai')).toContain('Hạnh Phúc');
    expect(await nameOf('thôn thử một, trạm tấu')).toContain('Thôn Thử Một');
    const { placeId } = (await ok('count', COMMUNE, '--json')).json;
    expect(await nameOf(placeId)).toContain('Hạnh Phúc');
  });

  it('of one name are listed with their ids, and nothing is guessed', async () => {
    const two = await lantoa(['count', 'Thôn Thử Một', '--json']);
    expect(two.code).toBe(2);
    expect(two.json.error.fields.map((field: { message: string }) => field.message).join()).toMatch(
      /Hạnh Phúc, Lào Cai.*Trạm Tấu, Lào Cai|Trạm Tấu, Lào Cai.*Hạnh Phúc, Lào Cai/u,
    );
    const chosen = await ok('count', two.json.error.fields[0].path, '--by', 'total', '--json');
    expect(chosen.json.rows[0].name).toContain('Thôn Thử Một');
    expect((await lantoa(['count', 'Hạnh Phúc', '--lang', 'en'])).err).toContain('Cao Bằng');
    expect(await lantoa(['count', 'Thôn Không Có'])).toMatchObject({
      code: 4,
      err: expect.stringContaining('place find'),
    });
    expect(await lantoa(['count', '99999', '--lang', 'en'])).toMatchObject({ code: 4, out: '' });
    // "Tổ Thử Một" is another name than "Thôn Thử Một".
    expect((await lantoa(['count', 'Bản Thử Hai'])).code).toBe(4);
  });

  it('with a fault in their list are not written', async () => {
    const path = await file('thon-sai.csv', ['Tên thôn;Mã xã', 'Thôn Mới;99999']);
    const { code, json } = await lantoa(['import', 'places', path, '--json']);
    expect(code).toBe(2);
    expect(json).toMatchObject({ committed: false, errors: 1, faults: [{ row: 2, code: 'place.unknown-commune' }] });
    expect((await lantoa(['import', 'places', path])).out).toContain('Chưa ghi gì');
    expect((await ok('place', 'find', 'thon moi', '--within', COMMUNE, '--json')).json.places).toEqual([]);
  });
});

describe('lists of households', () => {
  it('a dry run tells everything and changes nothing', async () => {
    const before = await counted();
    const good = await file('ho.csv', [HEAD, PAO, MY, UN]);
    const dry = await importList(good, '--complete-for', COMMUNE, '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.json).toMatchObject({ dryRun: true, committed: false, counts: { households: 3, added: 3, errors: 0 } });
    const wrong = await file('ho-sai.csv', [
      HEAD,
      PAO.replace('Hộ nghèo', 'Hộ gì đó'),
      MY.replace('1990', '31/31/1990'),
    ]);
    const refused = await importList(wrong, '--place', COMMUNE, '--dry-run');
    expect(refused.code).toBe(2);
    expect(refused.json.faults).toEqual([
      expect.objectContaining({ row: 2, cell: 'F2', code: 'list.class', severity: 'error' }),
      expect.objectContaining({ row: 3, cell: 'C3', severity: 'warning' }),
    ]);
    expect(await counted()).toEqual(before);
    const { imports } = (await ok('imports', 'list', '--json')).json;
    expect(imports.map(({ state }: { state: string }) => state)).toEqual(['discarded', 'discarded']);
  });

  it('with errors are not written, and say so to people', async () => {
    const before = await counted();
    const said = await lantoa(['import', 'registry', join(folder, 'ho-sai.csv'), '--date', DAY, '--place', COMMUNE]);
    expect(said.code).toBe(2);
    expect(said.out).toMatch(/Từng dòng:[\s\S]*F2\s+Hộ gì đó\s+Lỗi/u);
    const id = /imports discard (\S+)/u.exec(said.err)![1]!;
    expect((await ok('imports', 'show', id)).out).toContain('Hộ gì đó');
    expect((await lantoa(['imports', 'commit', id])).code).toBe(5);
    expect((await ok('imports', 'discard', id)).out).toContain('Đã bỏ');
    expect(await counted()).toEqual(before);
  });

  it('are written, counted, looked into', async () => {
    const done = await importList(join(folder, 'ho.csv'), '--complete-for', COMMUNE, '--sender', 'Xã thử');
    expect(done).toMatchObject({
      code: 0,
      json: { committed: true, added: 3, import: { state: 'committed', sender: 'Xã thử' } },
    });
    const { json } = await ok('count', COMMUNE, '--on', DAY, '--by', 'village', '--json');
    expect(json).toMatchObject({ sum: 3, totals: { poor: 1, near_poor: 1, newly_escaped: 1 } });
    const { out } = await ok('count', COMMUNE, '--by', 'village', '--lang', 'en', '--classes', 'poor,near_poor');
    const rows = out.split('\n').filter((line) => /Thử|Sum|Poor/u.test(line));
    expect(new Set(rows.map((row) => row.length)).size, out).toBe(1);
    expect(rows.at(-1)).toMatch(/Sum\s+1\s+1\s+2$/u);
    expect((await ok('household', 'find', 'pao', '--place', COMMUNE)).out).toMatch(/HP-001 {2}Giàng A Páo/u);
    const shown = (await ok('household', 'show', 'hp-001', '--json')).json;
    expect(shown).toMatchObject({ code: 'HP-001', people: [{ name: 'Giàng A Páo', isHead: true }] });
    expect((await ok('household', 'show', shown.subjectId, '--lang', 'en')).out).toMatch(
      /Class\s+Poor\s+30\/11\/2025/u,
    );
    expect((await lantoa(['household', 'show', 'HP-999'])).code).toBe(4);
  });

  it('ask about households that are missing, and are undone', async () => {
    const before = await counted();
    const path = await file('ho-2026.csv', [HEAD, PAO, MY]);
    const on = ['--date', '15/01/2026', '--json'];
    const done = await lantoa(['import', 'registry', path, '--complete-for', COMMUNE, ...on]);
    expect(done.json).toMatchObject({
      committed: true,
      counts: { missing: 1 },
      questions: [{ code: 'HP-003', answer: null }],
    });
    const id = done.json.import.importId;
    const answer = ['imports', 'answer', id, '--kind', 'missing', '--answer'];
    expect((await lantoa([...answer, 'same', '--all'])).code).toBe(2);
    expect((await lantoa([...answer, 'moved'])).code).toBe(2);
    expect((await lantoa([...answer, 'moved', 'HP-001'])).code).toBe(2);
    expect((await ok(...answer, 'escaped', 'HP-003', '--json')).json.answered).toBe(1);
    expect((await ok('imports', 'undo', id, '--json')).json.state).toBe('undone');
    expect((await lantoa(['imports', 'undo', id])).code).toBe(5);
    expect(await counted()).toEqual(before);
    const again = await lantoa(['import', 'registry', path, '--complete-for', COMMUNE, '--missing', 'gone', ...on]);
    expect(again.json.questions).toMatchObject([{ code: 'HP-003', answer: 'gone' }]);
    expect((await ok('count', COMMUNE, '--json')).json.sum).toBe(2);
    await ok('imports', 'undo', again.json.import.importId);
  });

  it('wait for an answer about possible duplicates', async () => {
    const path = await file('ho-trung.csv', [HEAD, PAO.replace('HP-001', 'HP-101'), MY]);
    const kept = await lantoa(['import', 'registry', path, '--place', COMMUNE, '--date', '15/01/2026', '--json']);
    expect(kept).toMatchObject({ code: 5, json: { committed: false, error: { code: 'import.open-duplicates' } } });
    const id = kept.json.import.importId;
    expect((await lantoa(['imports', 'commit', id])).code).toBe(5);
    expect((await ok('imports', 'check', id)).out).toContain('1 hộ nghi trùng');
    await ok('imports', 'answer', id, '--kind', 'duplicate', '--answer', 'same', '--all');
    expect((await ok('imports', 'commit', id, '--json')).json).toMatchObject({ state: 'committed', added: 0 });
    await ok('imports', 'undo', id);
  });
});

describe('people', () => {
  it('act with their own rights only', async () => {
    const secret = await file('mat-khau', ['mot mat khau dai']);
    const added = await ok(
      'user',
      'add',
      'Can.Bo',
      '--name',
      'Cán bộ',
      '--role',
      'officer',
      '--place',
      COMMUNE,
      '--json',
    );
    expect(added.json).toMatchObject({ username: 'can.bo', password: false });
    await ok(
      'user',
      'add',
      'quan-tri',
      '--name',
      'Quản trị',
      '--role',
      'admin',
      '--place',
      '04606',
      '--password-file',
      secret,
    );
    expect((await ok('count', COMMUNE, '--as', 'can.bo', '--json')).json.sum).toBe(3);
    const outside = await spawned(['count', '04606', '--as', 'can.bo', '--json']);
    expect(outside).toMatchObject({ code: 3, json: { error: { kind: 'forbidden' } } });
    const list = ['import', 'registry', join(folder, 'ho.csv'), '--date', DAY];
    expect((await lantoa([...list, '--place', '04606', '--as', 'can.bo'])).code).toBe(3);
    expect((await lantoa([...list, '--place', COMMUNE, '--as', 'quan-tri'])).code).toBe(3);
    expect((await lantoa(['household', 'show', 'HP-001', '--as', 'quan-tri'])).code).toBe(3);
    expect((await lantoa(['user', 'link', 'can.bo', '--as', 'quan-tri'])).code).toBe(3);
    expect((await lantoa(['backup', join(folder, 'b.tgz'), '--as', 'quan-tri'])).code).toBe(3);
    expect((await lantoa(['count', COMMUNE, '--as', 'nobody'])).code).toBe(4);
    const { users } = (await ok('user', 'list', '--as', 'quan-tri', '--json')).json;
    expect(users.map(({ username }: { username: string }) => username)).toEqual(['quan-tri']);
  });

  it('are looked after: roles, passwords, accounts, links', async () => {
    const role = ['can.bo', '--role', 'leader', '--place', COMMUNE];
    await ok('user', 'grant', ...role);
    expect((await lantoa(['user', 'grant', ...role])).code).toBe(5);
    expect((await ok('user', 'list')).out).toMatch(/can\.bo .*Cán bộ: xã Hạnh Phúc; Lãnh đạo: xã Hạnh Phúc/u);
    await ok('user', 'end', ...role);
    expect((await lantoa(['user', 'end', ...role])).code).toBe(4);
    expect(await lantoa(['user', 'password', 'can.bo'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--password-file'),
    });
    expect((await lantoa(['user', 'password', 'can.bo', '--password-file', await file('ngan', ['ngan'])])).code).toBe(
      2,
    );
    await ok('user', 'password', 'can.bo', '--password-file', join(folder, 'mat-khau'));
    await ok('user', 'disable', 'can.bo');
    expect((await lantoa(['count', COMMUNE, '--as', 'can.bo'])).code).toBe(3);
    await ok('user', 'enable', 'can.bo');
    const first = (await ok('user', 'link', 'can.bo', '--json')).json;
    const second = (await lantoa(['user', 'link', 'can.bo', '--json'], { PUBLIC_URL: 'https://xa.example/' })).json;
    expect(first.url).toMatch(/^http:\/\/localhost:\d+\/sign-in\/link\/[\w-]{40,}$/u);
    expect(second.url).toMatch(/^https:\/\/xa\.example\/sign-in\/link\//u);
    expect(second.url.split('/').at(-1)).not.toBe(first.url.split('/').at(-1));
  });
});

describe('at the edges', () => {
  it('nothing from data or from the line makes the terminal do something', async () => {
    // The helper looks at every byte of every answer; here there is something to find.
    const path = await file('ho\u001b[31m.csv', [
      HEAD,
      PAO.replace('Giàng A Páo', 'Giàng \u001b]0;x\u0007A\u009b5m'),
      UN,
    ]);
    await lantoa(['import', 'registry', path, '--date', DAY, '--place', COMMUNE, '--dry-run']);
    const { out } = await ok('imports', 'list');
    expect(out).toContain('ho\\u001b[31m.csv');
    expect((await importList(path, '--place', COMMUNE, '--dry-run')).json.import.fileName).toBe('ho\u001b[31m.csv');
    expect((await ok('place', 'find', 'a\u001b[31mzzzz')).out).toContain('a\\u001b[31mzzzz');
    expect((await lantoa(['count', COMMUNE, '--by', '\u009b5m\u202e'])).err).toContain('\\u009b5m\\u202e');
  });

  it('Ctrl-C lets the step under way end and puts the list aside', async () => {
    const before = await counted();
    const blocker = await database.pool.connect();
    await blocker.query('begin; lock table registry.import in exclusive mode');
    const args = ['import', 'registry', join(folder, 'ho.csv'), '--date', DAY, '--place', COMMUNE, '--json'];
    const child = start(args);
    const said = endOf(child, args);
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%registry.import%'`;
    while ((await database.pool.query(waiting)).rows.length === 0);
    const told = new Promise((done) => child.stderr!.once('data', done));
    child.kill('SIGINT');
    await told;
    await blocker.query('rollback');
    blocker.release();
    expect(await said).toMatchObject({ code: 130, json: { error: { code: 'cli.interrupted' } } });
    const { imports } = (await ok('imports', 'list', '--limit', '1', '--json')).json;
    expect(imports).toMatchObject([{ state: 'discarded', fileName: 'ho.csv' }]);
    expect(await counted()).toEqual(before);
  });

  it('a reader that goes away is no failure', async () => {
    const child = start(['place', 'find', 'a', '--limit', '100']);
    child.stdout!.destroy();
    expect(await endOf(child, [])).toMatchObject({ code: 0, err: '' });
  });

  it('says when the database cannot be reached, and when a setting is wrong', async () => {
    const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' };
    expect(await lantoa(['count', COMMUNE], nowhere)).toMatchObject({
      code: 6,
      err: expect.stringContaining('DATABASE_URL'),
    });
    expect((await lantoa(['doctor', '--json'], nowhere)).json.error.code).toBe('cli.database');
    expect(await spawned(['doctor', '--lang', 'en'], { PORT: 'x' })).toMatchObject({ code: 2, out: '' });
  });
});

describe('upkeep', () => {
  it('doctor looks at everything and says what it found', async () => {
    expect((await spawned(['doctor'])).out).toMatch(/PostgreSQL 1\d[\s\S]*Mọi điểm cần thiết đều ổn/u);
    const { healthy, facts } = (await ok('doctor', '--json', '--lang', 'en')).json;
    expect({ healthy, codes: facts.length > 5 }).toEqual({ healthy: true, codes: true });
    await database.pool.query('update platform.migration set hash = reverse(hash) where number = 1');
    const broken = await spawned(['doctor', '--json']);
    await database.pool.query('update platform.migration set hash = reverse(hash) where number = 1');
    expect(broken).toMatchObject({ code: 1, json: { healthy: false } });
  });

  it('a backup restored elsewhere gives equal counts', async () => {
    const before = await counted();
    const saved = join(folder, 'sao-luu.tgz');
    expect((await spawned(['backup', saved, '--json'])).json).toMatchObject({ file: saved, files: expect.any(Number) });
    expect(await lantoa(['backup', saved])).toMatchObject({ code: 2, err: expect.stringContaining('--replace') });
    await ok('backup', saved, '--replace');
    expect((await lantoa(['backup', join(folder, 'no', 'b.tgz')])).code).toBe(2);
    expect((await spawned(['restore', saved])).code).toBe(5);
    const elsewhere = { LANTOA_DATA: join(folder, 'elsewhere') };
    expect((await lantoa(['backup', join(folder, 'none.tgz')], elsewhere)).code).toBe(5);
    expect(await readdir(folder)).not.toContain('elsewhere');
    expect((await lantoa(['restore', join(folder, 'ho.csv')], elsewhere)).code).toBe(2);
    const restored = await spawned(['restore', saved], elsewhere);
    expect(restored.code, restored.err).toBe(0);
    const there = await spawned(['count', COMMUNE, '--by', 'village', '--json'], elsewhere);
    expect(there.json).toMatchObject(before);
    expect((await lantoa(['count', COMMUNE, '--as', 'can.bo', '--json'], elsewhere)).json.sum).toBe(3);
    expect((await lantoa(['restore', saved], elsewhere)).code).toBe(5);
  }, 300_000);
});

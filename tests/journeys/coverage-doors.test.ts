import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run.ts';
import { markAll } from '../../src/modules/coverage/index.ts';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { readConfig } from '../../src/platform/config.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { Role } from '../../src/shared/roles.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { openedIn } from '../support/cli-in-world.ts';
import { openStory, reviewInApril, type Story, tell } from '../support/coverage.ts';
import { since2025, taXiLang } from '../support/lists.ts';

let story: Story;
let web: Web;
let folder: string;
let officer: Walker;
let stranger: Walker;

const enter = async (username: string, role: Role, placeId: string): Promise<Walker> => {
  const { world } = story;
  await world.execute(addUser, systemActor, { username, name: username, password: 'một mật khẩu dài', role, placeId });
  const walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username });
  await walker.send(path, path, {});
  return walker;
};

beforeAll(async () => {
  story = await openStory();
  await tell(story);
  await reviewInApril(story);
  // What a name may hold that a spreadsheet would take for a formula; and invented people say so.
  await story.world.database.pool.query(`update plans.plan_line set what = '=HYPERLINK("x") họp thôn'`);
  await story.world.database.pool.query(`update plans.plan set synthetic = true`);
  await story.world.execute(markAll, systemActor, {});
  story.world.queued.push({ name: 'coverage.recompute', data: {} }, { name: 'coverage.close-months', data: {} });
  await story.world.settle();
  web = await startPages(story.world);
  folder = await mkdtemp(join(tmpdir(), 'lantoa-coverage-'));
  officer = await enter('officer', 'officer', taXiLang);
  stranger = await enter('stranger', 'officer', since2025('04609'));
});
afterAll(async () => {
  await web.close();
  await story.world.close();
  await rm(folder, { recursive: true, force: true });
});

const html = async (walker: Walker, path: string, status = 200): Promise<string> => {
  const response = await walker.get(path);
  const text = await response.text();
  expect(response.status, text.slice(0, 2_000)).toBe(status);
  expect(text).not.toMatch(/(?:coverage|error|stage|class|language)\.[a-z-]+[.<]/u);
  return text;
};

/** The cells of the first table of a page, as read. */
const tableOf = (page: string): string[][] =>
  [...page.split('</table>')[0]!.matchAll(/<tr[^>]*>(.*?)<\/tr>/gsu)].map((row) =>
    [...row[1]!.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gsu)].map((cell) =>
      cell[1]!
        .replace(/<[^>]+>/gu, '')
        .replace(/&quot;/gu, '"')
        .trim(),
    ),
  );

const line = 'plan=ke-hoach&line=ke-hoach:1';

describe('pages', () => {
  it('show the plan, its line by village, and open the households behind a figure', async () => {
    const plan = await html(officer, '/coverage');
    expect(tableOf(plan)[1]).toEqual([
      ...['1. =HYPERLINK("x") họp thôn', '4', '3', '2', '1', '0', '0', '25%', '95%', '0%', '3'],
    ]);
    expect(plan).toContain('Đã tiếp cận 0 trên 1 dòng');
    expect(plan).toContain('Ngày của danh sách: 30/04/2026');
    const page = await html(officer, `/coverage?${line}&place=${taXiLang}`);
    expect(tableOf(page).map((cells) => cells.slice(0, 6))).toEqual([
      ['Địa bàn', 'Thuộc diện', 'có thể nghe/thấy', 'Đã nhận trở lên', 'Đã nghe trực tiếp trở lên', 'Đã hiểu trở lên'],
      ['Thôn Ba, xã Tà Xi Láng', '0', '0', '0', '0', '0'],
      ['Thôn Hai, xã Tà Xi Láng', '2', '2', '1', '0', '0'],
      ['Thôn Một, xã Tà Xi Láng', '2', '1', '1', '1', '0'],
      ['Cộng', '4', '3', '2', '1', '0'],
    ]);
    const links = [...page.matchAll(/href="(\/coverage\/rows[^"]+)">(\d+)</gu)];
    expect(links.length).toBeGreaterThan(8);
    for (const [, href, shown] of links) {
      const rows = await html(officer, href!.replaceAll('&amp;', '&'));
      expect(tableOf(rows).length - 1, href).toBe(Number(shown));
    }
  });

  it('say of a closed month when it was closed, and compare when asked', async () => {
    const page = await html(officer, `/coverage?${line}&on=31/03/2026&facet=language`);
    expect(page).toContain('số liệu đã chốt ngày 15/06/2026');
    const [, href] = /href="([^"]+again=1)"/u.exec(page)!;
    const compared = await html(officer, href!.replaceAll('&amp;', '&'));
    expect(tableOf(compared)[0]!.at(-1)).toBe('Tính lại hôm nay');
    expect(tableOf(compared).at(-1)!.at(-1)).toBe('2 trên 6 (0)');
    expect(await html(officer, `/coverage/rows?${line}&on=31/03/2026&what=s3`)).toContain('Số đã chốt không giữ tên');
  });

  it('keep what was typed when a day is none or has not come', async () => {
    const page = await html(officer, `/coverage?${line}&on=31/02/2026`);
    expect(page).toContain('value="31/02/2026"');
    expect(await html(officer, `/coverage?${line}&on=01/01/2030`)).toContain('Ngày 01/01/2030 chưa đến');
  });

  it('show nothing of another commune, by whatever address', async () => {
    const page = await html(stranger, `/coverage?${line}`);
    expect(page).not.toContain('HYPERLINK');
    await html(stranger, `/coverage?${line}&place=${taXiLang}`);
    for (const path of ['/coverage/rows', '/coverage.csv', '/coverage.xlsx'])
      expect([403, 404]).toContain((await stranger.get(`${path}?${line}&place=${taXiLang}&what=n`)).status);
    expect((await html(stranger, `/coverage?${line}&place=${taXiLang}`)).match(/HYPERLINK/u)).toBeNull();
  });
});

describe('files', () => {
  const csvOf = async (path: string): Promise<string> => (await officer.get(path)).text();

  it('a CSV says what is counted, escapes cells, marks invented data, and is in the audit with its rows', async () => {
    const text = await csvOf(`/coverage.csv?${line}&on=31/03/2026&again=1`);
    const rows = text.replace(/^\uFEFF/u, '').split('\r\n');
    expect(rows[0]).toBe('Độ bao phủ: Kế hoạch thử');
    expect(rows[1]).toBe('"Số liệu ngày 31/03/2026, theo địa giới ngày 31/03/2026"');
    expect(text).toContain('Ngày danh sách: 30/11/2025');
    expect(rows.some((row) => row.startsWith('Mẫu số:') || row.startsWith('"Mẫu số:'))).toBe(true);
    const mot = rows.find((row) => row.includes('Thôn Một'))!;
    expect(mot).toContain(`"'=HYPERLINK(""x"") họp thôn"`);
    expect(mot).toContain('4,2,2,1,0,0,1,25%,95%,0,0%,0,4,1,25%,dữ liệu mô phỏng');
    const { rows: audit } = await story.world.database.pool.query(
      `select refs from platform.audit where name = 'coverage.export-coverage' order by at desc, audit_id desc limit 1`,
    );
    expect(audit[0].refs).toMatchObject({ planCode: 'ke-hoach', on: '2026-03-31', rows: 3 });
  });

  it('an XLSX holds numbers as numbers, rates as per cent, and no formula', async () => {
    const response = await officer.get(`/coverage.xlsx?${line}&place=${taXiLang}`);
    expect(response.headers.get('content-disposition')).toContain('do-bao-phu-ke-hoach');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await response.arrayBuffer());
    const sheet = book.worksheets[0]!;
    const rows = sheet.getSheetValues().slice(1) as unknown[][];
    const mot = rows.find((cells) => cells?.[3] === 'Thôn Một, xã Tà Xi Láng')!;
    expect(mot.slice(1, 14)).toEqual([
      ...[1, '=HYPERLINK("x") họp thôn', 'Thôn Một, xã Tà Xi Láng', 2, 1, 1, 1, 0, 0, 1, 0.5, 0.95, 0],
    ]);
    expect(mot.at(-1)).toBe('dữ liệu mô phỏng');
    const at = rows.indexOf(mot) + 1;
    expect([sheet.getCell(at, 11).numFmt, sheet.getCell(at, 2).type]).toEqual(['0.0%', ExcelJS.ValueType.String]);
  });
});

describe('command line', () => {
  const lantoa = async (...args: string[]) => {
    let [out, err] = ['', ''];
    const { database, clock } = story.world;
    const opened = openedIn(story.world);
    const code = await runCli(args, {
      openDoors: () => ({
        ...{ config: readConfig({}), clock, log: silentLog() },
        keyboard: { input: undefined, err: () => {} },
        openApp: async () => opened,
        openApart: async () => opened,
        openDatabase: async () => ({ database, close: async () => {} }),
      }),
      output: {
        out: (text) => {
          out += text;
        },
        err: (text) => {
          err += text;
        },
      },
      interruption: { requested: false },
      onInterrupt: () => {},
    });
    const json = args.includes('--json') && out ? JSON.parse(out) : undefined;
    expect(out + err).not.toMatch(/(?:^|[^\w/."-])(?:error|cli|coverage|stage)\.[a-z]/mu);
    return { code, out, err, json };
  };

  it('shows a line, its rows, the summary of its plan', async () => {
    const shown = await lantoa('coverage', 'show', 'ke-hoach:1', '--place', taXiLang, '--json');
    expect(shown.json).toMatchObject({
      by: 'village',
      lines: [{ source: 'cells', sum: { n: 4, reached: 1, rate: 0.25 } }],
    });
    const words = await lantoa(
      'coverage',
      'show',
      'ke-hoach',
      '--on',
      '31/03/2026',
      '--facet',
      'language',
      '--recomputed',
    );
    expect(words.out).toContain('Thôn Một, xã Tà Xi Láng');
    expect(words.out).toContain('tiếng Mông');
    expect(words.out).toContain('dữ liệu mô phỏng');
    const rows = await lantoa('coverage', 'rows', 'ke-hoach:1', '--what', 'could-hear', '--json');
    expect(rows.json).toMatchObject({ total: 3, what: 'could_hear' });
    expect((await lantoa('coverage', 'rows', 'ke-hoach:1')).out).toContain('Chưa đạt mức của dòng: 3');
    expect((await lantoa('coverage', 'summary', 'ke-hoach')).out).toMatch(/Đã tiếp cận 0 trên 1 dòng +3\n/u);
  });

  it('writes files, closes months, computes again', async () => {
    const csv = join(folder, 'bao-phu.csv');
    expect((await lantoa('coverage', 'export', 'ke-hoach:1', csv, '--json')).json).toEqual({ path: csv, rows: 3 });
    expect(await readFile(csv, 'utf8')).toContain('Thôn Một');
    const xlsx = join(folder, 'bao-phu.xlsx');
    expect((await lantoa('coverage', 'export', 'ke-hoach', xlsx, '--by', 'total')).code).toBe(0);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(xlsx);
    expect(book.worksheets[0]!.getCell('A1').value).toBe('Độ bao phủ: Kế hoạch thử');
    expect((await lantoa('coverage', 'close-months', '--json')).json).toEqual({ lines: [], months: 0 });
    expect((await lantoa('coverage', 'recompute', '--json')).json).toEqual({ lines: 1 });
  });

  it('refuses with a sentence what it cannot do', async () => {
    expect(await lantoa('coverage', 'show', 'ke-hoach:9')).toMatchObject({ code: 4 });
    expect(await lantoa('coverage', 'show', 'khong-co')).toMatchObject({ code: 4 });
    expect(await lantoa('coverage', 'rows', 'ke-hoach')).toMatchObject({ code: 2 });
    expect((await lantoa('coverage', 'rows', 'ke-hoach')).err).toContain('Chọn một dòng');
    expect(await lantoa('coverage', 'export', 'ke-hoach', join(folder, 'bao-phu.doc'))).toMatchObject({ code: 2 });
    const nowhere = await lantoa('coverage', 'export', 'ke-hoach', join(folder, 'khong-co', 'bao-phu.xlsx'));
    expect(nowhere.code).toBeGreaterThan(0);
    expect(await lantoa('coverage', 'show', ':3')).toMatchObject({ code: 2 });
    expect(await lantoa('coverage', 'show', 'ke-hoach', '--as', 'stranger')).toMatchObject({ code: 4 });
    expect(await lantoa('coverage', 'recompute', '--as', 'officer')).toMatchObject({ code: 3 });
  });
});

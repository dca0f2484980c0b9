import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { listChildren, loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { clean } from '../../src/shared/text.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages, type Walker } from '../support/browserless.ts';
import { signedIn } from '../support/day.ts';
import { since2025, taXiLang } from '../support/lists.ts';
import { textCell, workbook } from '../support/workbooks.ts';
import { createWorld, type World } from '../support/world.ts';

const AT = '/villages/import';
const HEAD = ['Tên thôn', 'Mã xã cũ', 'Số hộ'];

let world: World;
let web: Web;
let officer: Walker;

const csv = (...rows: readonly (readonly string[])[]): string => rows.map((cells) => cells.join(';')).join('\r\n');
const villages = async (): Promise<string[]> =>
  (await world.execute(listChildren, systemActor, { placeId: taXiLang, on: '2025-06-30' })).map(({ name }) => name);
const kept = async (): Promise<number> => (await readdir(join(world.dataDir, 'files'))).length;

/** Sends a file as the browser does. */
const send = async (walker: Walker, content: string | Buffer, name = 'thon.csv'): Promise<[number, string]> => {
  const body = new FormData();
  body.set('csrf', await walker.token('/account'));
  body.set('file', new File([new Uint8Array(Buffer.from(content))], name));
  const response = await walker.post(AT, body);
  return [response.status, clean(await response.text())];
};

/** The rows that the page of the trial holds in its form. */
const rowsOf = (html: string): string =>
  /name="rows" value="([^"]*)"/u.exec(html)![1]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

const write = async (walker: Walker, rows: string): Promise<Response> => {
  const body = new FormData();
  body.set('csrf', await walker.token('/account'));
  body.set('rows', rows);
  return walker.post(AT, body);
};

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  web = await startPages(world);
  officer = (await signedIn(world, web, 'officer', taXiLang)).walker;
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});
beforeEach(async () => {
  for (const table of ['place_tree', 'place_name'])
    await world.database.pool.query(
      `delete from territory.${table} where place_id in (select place_id from territory.place_version where kind = 'village')`,
    );
  await world.database.pool.query(`delete from territory.place_version where kind = 'village'`);
  await world.database.pool.query('delete from territory.village_count');
});

describe('a list of villages on its page', () => {
  it('is tried first and written by a second press; no file of it stays', async () => {
    const [status, html] = await send(officer, csv(HEAD, ['Thôn 10', '04603', '31'], ['Thôn 2', '04603', '1.020']));
    expect(status).toBe(200);
    expect(html).toContain(say('vi', 'page.villages.counts', { rows: 2, added: 2, changed: 0, same: 0 }));
    expect([await villages(), await kept()]).toEqual([[], 0]);
    const written = await write(officer, rowsOf(html));
    expect([written.status, written.headers.get('location')]).toEqual([303, `${AT}?added=2&changed=0&same=0`]);
    expect(await villages()).toEqual(['Thôn 2', 'Thôn 10']);
    const after = clean(await (await officer.get(written.headers.get('location')!)).text());
    expect(after).toContain(say('vi', 'page.villages.done', { added: 2, changed: 0, same: 0 }));
    expect(after).toContain('href="/imports/new"');
  });

  it('may be an Excel file, and brought again changes nothing', async () => {
    const cells = [['DANH SÁCH THÔN'], HEAD, ['Bản Công', '04603', '55']];
    const row = (texts: readonly string[], at: number) =>
      `<row r="${at + 1}">${texts.map((text, column) => textCell(`${'ABC'[column]}${at + 1}`, text)).join('')}</row>`;
    const file = workbook({ rows: cells.map(row).join('') });
    const [status, html] = await send(officer, file, 'thon.xlsx');
    expect(status).toBe(200);
    expect((await write(officer, rowsOf(html))).status).toBe(303);
    const [, again] = await send(officer, file, 'thon.xlsx');
    expect(again).toContain(say('vi', 'page.villages.counts', { rows: 1, added: 0, changed: 0, same: 1 }));
    expect(await villages()).toEqual(['Bản Công']);
  });

  it('with errors tells every row with its column, its value and what to do, and offers no button to write', async () => {
    const [status, html] = await send(
      officer,
      csv(HEAD, ['Thôn 1', '04603', 'mười'], ['Thôn 2', '99999', '5'], ['Thôn 01', '04603', '5']),
    );
    expect(status).toBe(422);
    for (const sentence of ['place.number', 'place.unknown-commune'])
      expect(html).toContain(say('vi', `error.${sentence}`));
    expect(html).toContain(say('vi', 'error.place.twice', { other: 2 }));
    expect(html).toMatch(/>2<.*>Số hộ<.*>mười<.*>3<.*>Mã xã trước 01\/07\/2025<.*>99999</su);
    expect(html).not.toContain('name="rows"');
    expect([await villages(), await kept()]).toEqual([[], 0]);
  });

  it('that is no list, or has no villages, is told so and not kept', async () => {
    const body = new FormData();
    body.set('csrf', await officer.token(AT));
    const nothing = await officer.post(AT, body);
    expect([nothing.status, await nothing.text()]).toEqual([422, expect.stringContaining('href="#field-file"')]);
    const [strange, html] = await send(officer, 'Họ tên;Tuổi\nSùng A Mẫu;30\n');
    expect([strange, html]).toEqual([422, expect.stringContaining(say('vi', 'error.places.no-heading'))]);
    const [empty, blank] = await send(officer, csv(HEAD));
    expect([empty, blank]).toEqual([422, expect.stringContaining(say('vi', 'page.villages.nothing'))]);
    expect((await send(officer, '%PDF-1.4 không phải bảng'))[0]).toBe(422);
    expect(await kept()).toBe(0);
  });

  it('of another commune is refused, at the trial and when its rows are sent by themselves', async () => {
    const foreign = csv(HEAD, ['Bản Cao', '04606', '3']);
    expect((await send(officer, foreign))[0]).toBe(403);
    const rows = [HEAD, ['Bản Cao', '04606', '3']].map((cells, at) => ({ row: at + 1, cells }));
    expect((await write(officer, JSON.stringify(rows))).status).toBe(403);
    const { walker: theirs } = await signedIn(world, web, 'officer', since2025('04606'));
    expect((await send(theirs, foreign))[0]).toBe(200);
    expect(await kept()).toBe(0);
  });

  it('is judged anew when its rows come back changed, and rows that are none ask for the file', async () => {
    const rows = [HEAD, ['Thôn 1', '04603', 'mười']].map((cells, at) => ({ row: at + 1, cells }));
    const refused = await write(officer, JSON.stringify(rows));
    expect([refused.status, clean(await refused.text())]).toEqual([
      409,
      expect.stringContaining(say('vi', 'error.place.number')),
    ]);
    expect((await write(officer, '[{"row":')).status).toBe(422);
    expect(await villages()).toEqual([]);
  });

  it('is brought in by officers and administrators, by nobody else', async () => {
    const file = csv(HEAD, ['Thôn 1', '04603', '5']);
    const { walker: admin } = await signedIn(world, web, 'admin', taXiLang);
    expect((await send(admin, file))[0]).toBe(200);
    for (const role of ['leader', 'editor', 'agent'] as const) {
      const { walker } = await signedIn(world, web, role, taXiLang);
      expect((await walker.get(AT)).status, role).toBe(403);
      expect((await walker.get('/villages/blank.csv')).status, role).toBe(403);
      expect((await send(walker, file))[0], role).toBe(403);
    }
    expect(await kept()).toBe(0);
  });

  it('has an empty one to fill in, whose headings are understood', async () => {
    const blank = await (await officer.get('/villages/blank.csv')).text();
    const [status, html] = await send(officer, `${blank}Thôn 1;04603;04603;;;;;;12;40;31/12/2025;báo cáo của xã\r\n`);
    expect([status, html]).toEqual([200, expect.stringContaining('name="rows"')]);
    const page = clean(await (await officer.get(AT)).text());
    expect(page).toMatch(/Xã Tà Xi Láng<.*Mã xã trước 01\/07\/2025: 04603.*Mã xã từ 01\/07\/2025: 04603/su);
    for (const heading of blank.replace('\uFEFF', '').trim().split(';')) expect(page).toContain(`>${heading}<`);
  });

  it('kept over the end of a session is tried again, and still has to be written', async () => {
    const { walker, userId } = await signedIn(world, web, 'officer', taXiLang);
    const [, html] = await send(walker, csv(HEAD, ['Thôn 1', '04603', '5']));
    const body = new FormData();
    body.set('csrf', await walker.token('/account'));
    body.set('rows', rowsOf(html));
    await world.database.pool.query(`update identity.session set expires_at = '2020-01-01' where user_id = $1`, [
      userId,
    ]);
    const sent = await walker.post(AT, body);
    expect([sent.status, await villages()]).toEqual([303, []]);
    const next = new URL(sent.headers.get('location')!, web.url).searchParams.get('next')!;
    const { rows } = await world.database.pool.query(`select username from identity."user" where id = $1`, [userId]);
    const { path } = await world.execute(createSignInLink, systemActor, { username: rows[0].username });
    await walker.send(path, path, {});
    const again = clean(await (await walker.get(next)).text());
    expect(again).toContain(say('vi', 'page.form.kept'));
    expect((await write(walker, rowsOf(again))).status).toBe(303);
    expect(await villages()).toEqual(['Thôn 1']);
  });
});

describe('the order of villages', () => {
  it('is that of Vietnamese readers: in the counts, and where the place of a list is chosen', async () => {
    const names = ['Thôn 10', 'Đồi Mây', 'Thôn 2', 'Dốc Lim', 'Giang Cao'];
    const [, html] = await send(officer, csv(HEAD, ...names.map((name) => [name, '04603', ''])));
    await write(officer, rowsOf(html));
    const ordered = ['Thôn 2', 'Thôn 10', 'thôn Dốc Lim', 'thôn Đồi Mây', 'thôn Giang Cao'];
    const placesIn = (text: string): number[] =>
      ordered.map((name) => text.toLowerCase().indexOf(`>${name.toLowerCase()}`));
    for (const path of [`/counts?place=${taXiLang}&by=village`, '/imports/new']) {
      const at = placesIn(clean(await (await officer.get(path)).text()));
      expect(
        at.every((index) => index > 0),
        path,
      ).toBe(true);
      expect(at, path).toEqual(at.toSorted((a, b) => a - b));
    }
  });
});

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { listShapes, loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { clean } from '../../src/shared/text.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages, type Walker } from '../support/browserless.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { signedIn } from '../support/day.ts';
import { importVillages, since2025, taXiLang } from '../support/lists.ts';
import { geoJson, mapOf, polygonFeature } from '../support/shapes.ts';
import { createWorld, type World } from '../support/world.ts';

const AT = '/territory/map';

let world: World;
let web: Web;
let officer: Walker;
let folder: string;

const drawn = async (): Promise<number> =>
  (await world.execute(listShapes, systemActor, { placeIds: [taXiLang] })).length;
const kept = async (): Promise<number> => (await readdir(join(world.dataDir, 'files'))).length;

/** Sends a form with a file as the browser does. */
const send = async (
  walker: Walker,
  content: string | Buffer | undefined,
  fields: Readonly<Record<string, string>> = {},
): Promise<[number, string]> => {
  const body = new FormData();
  for (const [name, value] of Object.entries({ csrf: await walker.token('/account'), place: taXiLang, ...fields }))
    body.set(name, value);
  if (content !== undefined) body.set('file', new File([new Uint8Array(Buffer.from(content))], 'thon.geojson'));
  const response = await walker.post(AT, body);
  return [response.status, clean(await response.text())];
};

/** What the page of the trial holds in its form. */
const heldIn = (html: string): string =>
  /name="map" value="([^"]*)"/u.exec(html)![1]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

const write = async (walker: Walker, map: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> => {
  const body = new FormData();
  for (const [name, value] of Object.entries({ csrf: await walker.token('/account'), place: taXiLang, map, ...fields }))
    body.set(name, value);
  return walker.post(AT, body);
};

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  web = await startPages(world);
  officer = (await signedIn(world, web, 'officer', taXiLang)).walker;
  folder = await mkdtemp(join(tmpdir(), 'lantoa-map-'));
});
afterAll(async () => {
  await web?.close();
  await world?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});
beforeEach(() => world.database.pool.query('truncate territory.place_shape'));

describe('a file of boundaries on its page', () => {
  it('is tried first: what is found, what is not and why, who has none; then used, and no file of it stays', async () => {
    const features = [
      polygonFeature({ ten: 'THON MOT' }, 0),
      polygonFeature({ ten: 'Thôn Hai' }, 1),
      polygonFeature({ ten: 'Thôn Hay' }, 2),
      { type: 'Feature', properties: { ten: 'Thôn Ba' }, geometry: null },
    ];
    const [status, html] = await send(officer, geoJson(features));
    expect(status).toBe(200);
    const counts = { features: 4, villages: 2, added: 2, changed: 0, same: 0 };
    expect(html).toContain(say('vi', 'page.map.counts', counts));
    expect(html).toContain(say('vi', 'page.map.missing', { count: 1, names: 'Thôn Ba' }));
    expect(html).toMatch(/>3<.*>Thôn Hay<.*Gần giống: Thôn Hai/su);
    expect(html).toContain(say('vi', 'error.map.feature.no-geometry'));
    expect(html.match(/class="outline"/gu)).toHaveLength(2);
    expect([await drawn(), await kept()]).toEqual([0, 0]);
    const written = await write(officer, heldIn(html));
    expect([written.status, written.headers.get('location')]).toEqual([303, `${AT}?place=${taXiLang}&loaded=2`]);
    const after = clean(await (await officer.get(written.headers.get('location')!)).text());
    expect(after).toContain(say('vi', 'page.map.done', { count: 2 }));
    expect(after).toContain(say('vi', 'page.map.now-of', { drawn: 2, villages: 3 }));
    expect(after).toContain('thon.geojson');
    expect(await drawn()).toBe(2);
  });

  it('that cannot be read says so at its field, keeps the day that was typed, and is not kept', async () => {
    const files: [string | Buffer | undefined, string][] = [
      [undefined, 'map.no-file'],
      ['{"type":', 'map.not-json'],
      [Buffer.from([0xfe, 0xff, 0x00, 0x7b, 0xc3, 0x28]), 'map.not-utf8'],
      [geoJson([]), 'map.empty'],
    ];
    for (const [content, code] of files) {
      const [status, html] = await send(officer, content, { from: '01/03/2026' });
      expect([status, html], code).toEqual([422, expect.stringContaining(say('vi', `error.${code}`))]);
      expect(html, code).toContain('href="#field-file"');
      expect(html, code).toContain('value="01/03/2026"');
    }
    const metres = geoJson([
      { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [437_512, 2_376_800] } },
    ]);
    expect((await send(officer, metres))[1]).toContain('Hãy xuất lại theo WGS84 / EPSG:4326');
    expect([await drawn(), await kept()]).toEqual([0, 0]);
  });

  it('of which nothing fits offers no button to use it', async () => {
    const [status, html] = await send(officer, mapOf(['Thôn Mười', 'Thôn Chín']));
    expect([status, html]).toEqual([422, expect.stringContaining(say('vi', 'page.map.nothing'))]);
    expect(html).not.toContain('name="map"');
  });

  it('is judged anew when it comes back changed, and what is none asks for the file', async () => {
    const [, html] = await send(officer, mapOf(['Thôn Một']));
    const renamed = heldIn(html).replaceAll('Thôn Một', 'Thôn Mười');
    expect((await write(officer, renamed)).status).toBe(422);
    expect((await write(officer, heldIn(html), { from: '16/06/2026' })).status).toBe(422);
    expect((await write(officer, heldIn(html), { from: 'hôm qua' })).status).toBe(422);
    expect((await write(officer, heldIn(html).replace('"Polygon"', '"LineString"'))).status).toBe(422);
    expect((await write(officer, '{"shapes":')).status).toBe(422);
    expect(await drawn()).toBe(0);
  });

  it('of another commune is refused, at the trial and when it is sent by itself', async () => {
    const { walker: theirs } = await signedIn(world, web, 'officer', since2025('04606'));
    expect((await send(theirs, mapOf(['Thôn Một'])))[0]).toBe(403);
    const [, html] = await send(officer, mapOf(['Thôn Một']));
    expect((await write(theirs, heldIn(html))).status).toBe(403);
    await write(officer, heldIn(html));
    expect((await theirs.get(`${AT}/drop?place=${taXiLang}`)).status).toBe(404);
    expect((await theirs.send('/account', `${AT}/drop`, { place: taXiLang })).status).toBe(403);
    const page = await (await theirs.get(`${AT}?place=${taXiLang}`)).text();
    expect(page).not.toContain('thon.geojson');
    expect([await drawn(), await kept()]).toEqual([1, 0]);
  });

  it('is for officers and administrators, for nobody else', async () => {
    const { walker: admin } = await signedIn(world, web, 'admin', taXiLang);
    expect((await send(admin, mapOf(['Thôn Một'])))[0]).toBe(200);
    for (const role of ['leader', 'editor', 'agent'] as const) {
      const { walker } = await signedIn(world, web, role, taXiLang);
      for (const path of [AT, `${AT}/drop`]) expect((await walker.get(path)).status, role).toBe(403);
      expect((await send(walker, mapOf(['Thôn Một'])))[0], role).toBe(403);
    }
    expect(await kept()).toBe(0);
  });

  /** Sends the form of a trial after the session ended; what stands there once somebody has signed in again. */
  const keptOver = async (more: Readonly<Record<string, string>> = {}) => {
    const { walker, userId } = await signedIn(world, web, 'officer', taXiLang);
    const [, html] = await send(walker, mapOf(['Thôn Một']));
    const body = new FormData();
    const fields = { csrf: await walker.token('/account'), place: taXiLang, map: heldIn(html), ...more };
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    await world.database.pool.query(`update identity.session set expires_at = '2020-01-01' where user_id = $1`, [
      userId,
    ]);
    const sent = await walker.post(AT, body);
    expect([sent.status, await drawn()]).toEqual([303, 0]);
    const next = new URL(sent.headers.get('location')!, web.url).searchParams.get('next')!;
    const { rows } = await world.database.pool.query(`select username from identity."user" where id = $1`, [userId]);
    const { path } = await world.execute(createSignInLink, systemActor, { username: rows[0].username });
    await walker.send(path, path, {});
    const response = await walker.get(next);
    return { walker, status: response.status, again: clean(await response.text()) };
  };

  it('kept over the end of a session is tried again, and still has to be used', async () => {
    const { walker, again } = await keptOver();
    expect(again).toContain(say('vi', 'page.form.kept'));
    expect((await write(walker, heldIn(again))).status).toBe(303);
    expect(await drawn()).toBe(1);
  });

  it('kept with a day that is none opens all the same, and says so at the day', async () => {
    const { status, again } = await keptOver({ from: 'hôm qua' });
    expect([status, again]).toEqual([200, expect.stringContaining('href="#field-from"')]);
    expect(again).toContain(say('vi', 'error.not-a-day'));
    expect(again).toContain('value="hôm qua"');
    expect(again).not.toContain('name="map"');
  });
});

it('a map is taken away after it was asked once more, and only when there is one', async () => {
  const none = clean(await (await officer.get(`${AT}/drop?place=${taXiLang}`)).text());
  expect(none).toContain(say('vi', 'error.map.none'));
  expect(none).not.toContain('class="button danger"');
  const [, html] = await send(officer, mapOf(['Thôn Một', 'Thôn Hai']));
  await write(officer, heldIn(html));
  const asked = clean(await (await officer.get(`${AT}/drop?place=${taXiLang}`)).text());
  expect(asked).toContain(say('vi', 'page.map.drop-lead', { count: 2 }));
  expect(await drawn()).toBe(2);
  const gone = await officer.send(`${AT}/drop?place=${taXiLang}`, `${AT}/drop`, { place: taXiLang });
  expect([gone.status, await drawn()]).toEqual([303, 0]);
  const after = clean(await (await officer.get(gone.headers.get('location')!)).text());
  expect(after).toContain(say('vi', 'page.map.dropped'));
  expect(after).toContain(say('vi', 'page.map.now-none'));
  const twice = await officer.send('/account', `${AT}/drop`, { place: taXiLang });
  expect([twice.status, clean(await twice.text())]).toEqual([
    409,
    expect.stringContaining(say('vi', 'error.map.none')),
  ]);
});

it('the terminal does the same: tries, says what is left, writes', async () => {
  const cli = cliIn(world);
  const path = join(folder, 'thon.geojson');
  await writeFile(path, mapOf(['Thôn Một', 'Thôn Mười']));
  const asked = ['place', 'shapes', path, '--commune', taXiLang];
  const tried = await cli(...asked, '--dry-run');
  expect([tried.code, tried.out]).toEqual([0, expect.stringContaining(say('vi', 'cli.shapes.dry-run'))]);
  expect(tried.out).toContain('Thôn Mười');
  expect(await drawn()).toBe(0);
  const { json, code } = await cli(...asked, '--json');
  expect([code, json.committed, json.found.length, json.missing]).toEqual([0, true, 1, ['Thôn Ba', 'Thôn Hai']]);
  expect(await drawn()).toBe(1);
  await writeFile(path, mapOf(['Thôn Mười']));
  expect((await cli(...asked)).code).toBe(2);
  await writeFile(path, 'không phải JSON');
  const broken = await cli(...asked);
  expect([broken.code, broken.err]).toEqual([2, expect.stringContaining(say('vi', 'error.map.not-json'))]);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { loadShapes, readShapes } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { openStory, type Story, tell } from '../support/coverage.ts';
import { taXiLang } from '../support/lists.ts';
import { mapOf } from '../support/shapes.ts';

const LINE = `/coverage?plan=ke-hoach&line=${encodeURIComponent('ke-hoach:1')}`;

let story: Story;
let web: Web;
let browser: Browser;
let folder: string;

const load = async (names: readonly string[]) =>
  story.world.execute(loadShapes, systemActor, {
    placeId: taXiLang,
    shapes: [...(await readShapes(mapOf(names, 2))).shapes],
    ...{ source: 'thon.geojson', commit: true },
  });
const forget = () => story.world.database.pool.query('truncate territory.place_shape');

beforeAll(async () => {
  story = await openStory();
  await tell(story);
  const who = { username: 'officer', name: 'Người cán bộ', role: 'officer', placeId: taXiLang } as const;
  await story.world.execute(addUser, systemActor, who);
  web = await startPages(story.world);
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), 'lantoa-map-'));
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await story?.world.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const enter = async (width: number): Promise<Page> => {
  const context = await browser.newContext({ baseURL: web.url, viewport: { width, height: 760 } });
  const page = await context.newPage();
  await page.goto((await story.world.execute(createSignInLink, systemActor, { username: 'officer' })).path);
  await page.click('main button');
  return page;
};

/** Boxes of the tiles on the map, and of what stands in it as text. */
const drawn = (page: Page) =>
  page.evaluate(() => {
    const boxes = (which: string) =>
      [...document.querySelectorAll(which)]
        .map((each) => each.getBoundingClientRect())
        .filter(({ width }) => width > 0)
        .map(({ left, right, top, bottom }) => ({ left, right, top, bottom }));
    return {
      outlines: boxes('.map-ground .outline'),
      tiles: boxes('.map-ground svg > .empty'),
      texts: boxes('.map-labels text'),
      sheet: boxes('.map-sheet')[0]!,
    };
  });

describe.each([360, 1280])('the villages of a line at %i px', (width) => {
  it('stand on the map of the commune, each with its tile, and nothing covers another', async () => {
    await forget();
    await load(['Thôn Một', 'Thôn Hai', 'Thôn Ba']);
    const page = await enter(width);
    await page.goto(LINE);
    await look(page);
    const { outlines, tiles, texts, sheet } = await drawn(page);
    expect([outlines.length, tiles.length, texts.length]).toEqual([3, 3, 3]);
    const all = [...tiles, ...texts];
    for (const [at, a] of all.entries()) {
      expect(a.left >= sheet.left && a.right <= sheet.right && a.bottom <= sheet.bottom).toBe(true);
      for (const b of all.slice(at + 1))
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
    }
    // Each tile within its own village.
    for (const [at, tile] of tiles.entries()) {
      const outline = outlines[at]!;
      expect(tile.left > outline.left && tile.right < outline.right && tile.top > outline.top).toBe(true);
    }
    const shown = await page.locator('.map-labels text:visible').allTextContents();
    expect(shown).toEqual(width < 1100 ? ['1', '2', '3'] : ['Thôn Ba', 'Thôn Hai', 'Thôn Một']);
    expect(await page.locator('.village-grid').count()).toBe(0);
    await leave(page.context());
  });

  it('are opened by keyboard from the names below, and by a press in the map', async () => {
    const page = await enter(width);
    await page.goto(LINE);
    const name = page.locator('.map-list a').filter({ hasText: 'Thôn Một' });
    expect(await name.locator('.hidden').textContent()).toMatch(/^Thuộc diện 4: /u);
    const address = await name.getAttribute('href');
    await name.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/coverage\/rows/u);
    await page.goBack();
    const village = page.locator('.map-ground a').filter({ hasText: 'Thôn Một' });
    expect(await village.getAttribute('href')).toBe(address);
    await village.locator('.outline').click();
    await page.waitForURL(/\/coverage\/rows/u);
    await leave(page.context());
  });

  it('that the file does not draw follow as tiles, and it is said', async () => {
    await forget();
    await load(['Thôn Một']);
    const page = await enter(width);
    await page.goto(LINE);
    await look(page);
    expect(await page.locator('main').innerText()).toContain(say('vi', 'ui.map.without'));
    expect(await page.locator('.village-grid .tile-name').allTextContents()).toEqual(['Thôn Ba', 'Thôn Hai']);
    expect(await page.locator('.map-list li').count()).toBe(1);
    await leave(page.context());
  });

  it('are loaded from a file: looked through, used, and taken away again', async () => {
    await forget();
    const page = await enter(width);
    await page.goto(LINE);
    await page.click('main a[href^="/territory/map"]');
    const path = join(folder, 'thon.geojson');
    await writeFile(path, mapOf(['Thôn Một', 'Thôn Hai', 'Thôn Mười'], 2));
    await page.setInputFiles('#field-file', path);
    await page.click('main form:has(#field-file) button');
    await look(page);
    expect(await page.locator('.map-ground .outline').count()).toBe(2);
    await page.click('main form:has(input[name=map]) button');
    expect(await page.innerText('main [role=status]')).toContain(say('vi', 'page.map.done', { count: 2 }));
    await look(page);
    await page.click('main a[href^="/territory/map/drop"]');
    await look(page);
    await page.click('main form[action="/territory/map/drop"] button');
    expect(await page.innerText('main [role=status]')).toContain(say('vi', 'page.map.dropped'));
    expect(await page.locator('.map-ground').count()).toBe(0);
    await leave(page.context());
  });
});

it('on paper the map has its outlines and its names, and no way to another page', async () => {
  await forget();
  await load(['Thôn Một', 'Thôn Hai', 'Thôn Ba']);
  const page = await enter(1280);
  await page.goto(LINE);
  await page.emulateMedia({ media: 'print' });
  expect((await drawn(page)).outlines).toHaveLength(3);
  const stroke = await page
    .locator('.map-ground .outline')
    .first()
    .evaluate((path) => getComputedStyle(path).stroke);
  expect(stroke).toBe('rgb(0, 0, 0)');
  expect(await page.locator('main a[href^="/territory/map"]').isVisible()).toBe(false);
  await leave(page.context());
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAll } from '../../src/modules/coverage/index.ts';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { openStory, reviewInApril, type Story, tell } from '../support/coverage.ts';
import { taXiLang } from '../support/lists.ts';

let story: Story;
let web: Web;
let browser: Browser;

beforeAll(async () => {
  story = await openStory();
  const { world } = story;
  await tell(story);
  await reviewInApril(story);
  await world.execute(markAll, systemActor, {});
  world.queued.push({ name: 'coverage.recompute', data: {} }, { name: 'coverage.close-months', data: {} });
  await world.settle();
  const who = { username: 'leader', name: 'Người lãnh đạo', role: 'leader', placeId: taXiLang } as const;
  await world.execute(addUser, systemActor, who);
  web = await startPages(world);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await story?.world.close();
});

const enter = async (width: number): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 760 } });
  const page = await context.newPage();
  const { path } = await story.world.execute(createSignInLink, systemActor, { username: 'leader' });
  await page.goto(web.url + path);
  await page.click('main button');
  return page;
};

describe.each([360, 1280])('coverage at %i px', (width) => {
  it('shows a line as bars, tiles and months, and the same in tables', async () => {
    const page = await enter(width);
    await page.goto(`${web.url}/coverage?plan=ke-hoach&line=${encodeURIComponent('ke-hoach:1')}`);
    await look(page);
    const bars = page.locator('.ladder-chart li');
    expect(await bars.count()).toBe((await page.locator('main > section:not(#months) table tbody tr').count()) - 1);
    // Thôn Hai on the day: H02 was handed a leaflet, H06 was only there; the line asks for a meeting.
    const bar = bars.filter({ hasText: 'Thôn Hai' });
    expect(await bar.locator('svg[role=img]').getAttribute('aria-label')).toMatch(
      /^Thuộc diện 2: đã làm 0, .* từ đã nhận trở lên 1\. Chưa tiếp cận được \d/u,
    );
    const drawn = await bar.locator('svg[role=img]').evaluate((svg) => {
      const box = (each: Element) => each.getBoundingClientRect();
      const [empty, missing, hear] = ['.empty', '.missing', '.hear'].map((sign) => svg.querySelector(sign));
      return {
        framed: missing ? Math.round((box(missing).width / box(empty!).width) * 100) : 0,
        hearOutside: hear ? box(hear).top >= box(empty!).bottom : undefined,
      };
    });
    expect(drawn.framed % 50).toBe(0);
    expect(drawn.hearOutside).not.toBe(false);
    // Every fill names a pattern that is on the page.
    const fills = await page
      .locator('.ladder [fill^="url(#"]')
      .evaluateAll((all) =>
        all.map((each) => document.querySelector(each.getAttribute('fill')!.slice(4, -1)) !== null),
      );
    expect(fills.length).toBeGreaterThan(4);
    expect(fills).not.toContain(false);
    expect(await page.locator('.month-columns svg[role=img]').count()).toBe(1);
    await leave(page.context());
  });

  it('opens the rows of a village by keyboard', async () => {
    const page = await enter(width);
    await page.goto(`${web.url}/coverage?plan=ke-hoach&line=${encodeURIComponent('ke-hoach:1')}`);
    const tile = page.locator('.village-grid a').first();
    await tile.focus();
    const name = await tile.locator('.tile-name').textContent();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/coverage\/rows/u);
    expect(await page.locator('main').textContent()).toContain(name);
    expect(new URL(page.url()).searchParams.get('what')).toBe('not-reached');
    expect(await page.locator('table tbody tr').count()).toBeGreaterThan(0);
    await leave(page.context());
  });

  it('shows all lines of a plan, each as a bar', async () => {
    const page = await enter(width);
    await page.goto(`${web.url}/coverage?plan=ke-hoach`);
    await look(page);
    expect(await page.locator('.ladder-chart li').count()).toBe(1);
    expect(await page.locator('.ladder-key').count()).toBe(1);
    await page.locator('.ladder-chart a').first().click();
    expect(await page.locator('.village-grid li').count()).toBeGreaterThan(1);
    await leave(page.context());
  });

  it('the log', async () => {
    const page = await enter(width);
    await page.goto(`${web.url}/audit`);
    await look(page);
    expect(await page.locator('table tbody tr').count()).toBeGreaterThan(0);
    await page.goto(`${web.url}/audit?from=31/02/2026`);
    await look(page);
    await leave(page.context());
  });
});

it('on paper the steps are told apart without colour', async () => {
  const page = await enter(1280);
  await page.goto(`${web.url}/coverage?plan=ke-hoach&line=${encodeURIComponent('ke-hoach:1')}`);
  await page.emulateMedia({ media: 'print' });
  const grey = await page.evaluate(() =>
    [5, 4, 3, 2].map((stage) => {
      const [r, g, b] = getComputedStyle(document.querySelector(`#ladder-${stage} rect`)!)
        .fill.match(/\d+/gu)!
        .map(Number);
      return r === g && g === b ? r! : -1;
    }),
  );
  expect(grey).toEqual([...grey].sort((a, b) => a - b));
  expect(new Set(grey).size).toBe(4);
  expect(grey[0]).toBe(0);
  expect(await page.locator('.search').isVisible()).toBe(false);
  await leave(page.context());
});

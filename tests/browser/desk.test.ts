import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { addPerson } from '../support/follow-up.ts';
import { bringIn, importVillages, taXiLang } from '../support/lists.ts';
import { householdNo } from '../support/sending.ts';
import { createWorld, type World } from '../support/world.ts';

const HOUSEHOLDS = 62;

let world: World;
let web: Web;
let browser: Browser;
let cookies: Awaited<ReturnType<BrowserContext['cookies']>>;
let page: Page;

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const rows = Array.from({ length: HOUSEHOLDS }, (_, at) => householdNo(at + 1));
  await bringIn(world, { rows, asOf: '2025-11-30', complete: null, synthetic: true });
  web = await startPages(world);
  browser = await launchBrowser();
  const { username } = await addPerson(world, 'officer', taXiLang, 'Nguyễn Thị Phương Thảo');
  const context = await browser.newContext({ baseURL: web.url });
  page = await context.newPage();
  await page.goto((await world.execute(createSignInLink, systemActor, { username })).path);
  await page.click('main button');
  await page.waitForURL(`${web.url}/`);
  cookies = await context.cookies();
  await leave(context);
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await world?.close();
});

beforeEach(async () => {
  const context = await browser.newContext({ baseURL: web.url, viewport: { width: 1280, height: 800 } });
  await context.addCookies(cookies);
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto('/households');
  // A page that is loaded anew forgets it.
  await page.evaluate(() => {
    document.documentElement.dataset.same = 'yes';
  });
});
afterEach(() => leave(page.context()));

const sameDocument = () => page.evaluate(() => document.documentElement.dataset.same === 'yes');
const firstCells = () => page.locator('[data-list] tbody td:first-child').allInnerTexts();
const settled = () => page.waitForFunction(() => !document.querySelector('[data-list][aria-busy]'));

const keysAre = (state: 'on' | 'off') =>
  page.waitForFunction((wanted) => document.readyState === 'complete' && document.body.dataset.keys === wanted, state);

describe('a list', () => {
  it('comes in another order without the page being loaded anew, and the address says so', async () => {
    await page.click('th a:has-text("Mã hộ")');
    await page.waitForURL('**/households?sort=code');
    await settled();
    expect((await firstCells())[0]).toBe('Giàng A Mẫu 1');
    await page.click('th a:has-text("Mã hộ")');
    await page.waitForURL('**/households?sort=-code');
    await settled();
    expect((await firstCells())[0]).toBe(`Giàng A Mẫu ${HOUSEHOLDS}`);
    expect(await page.getAttribute('th[aria-sort]', 'aria-sort')).toBe('descending');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Mã hộ');
    expect(await sameDocument()).toBe(true);
    await page.goBack();
    await page.waitForURL('**/households?sort=code');
    await settled();
    await page.waitForFunction(() => document.querySelector('tbody td')?.textContent === 'Giàng A Mẫu 1');
  });

  it('goes on to its next page and back, and can be opened at that address by somebody else', async () => {
    await page.click('a[rel="next"]');
    await page.waitForURL('**/households?page=2');
    await settled();
    expect(await firstCells()).toHaveLength(HOUSEHOLDS - 50);
    expect(await sameDocument()).toBe(true);
    await page.goto('/households?sort=code&page=2');
    expect(await firstCells()).toHaveLength(HOUSEHOLDS - 50);
    await page.goto('/households?page=900');
    await page.click('main .empty a');
    await page.waitForURL((url) => url.search === '');
  });

  it('is narrowed down while somebody types, without taking the keyboard away', async () => {
    await page.fill('#field-text', 'mau 62');
    await page.waitForURL('**/households?text=mau+62');
    await settled();
    await page.waitForFunction(() => document.querySelectorAll('[data-list] tbody tr').length === 1);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-text');
    expect(await sameDocument()).toBe(true);
    expect(await page.innerText('.list-count')).toBe('1 hộ');
    await page.fill('#field-text', 'không ai');
    await page.waitForFunction(() => document.querySelector('.empty-title'));
    expect(await page.inputValue('#field-text')).toBe('không ai');
  });

  it('says so when there is no network, and keeps what is shown', async () => {
    await page.context().setOffline(true);
    await page.click('th a:has-text("Mã hộ")');
    await page.waitForFunction(() => document.querySelector('.list-count')?.textContent?.includes('Mất'));
    expect(await firstCells()).toHaveLength(50);
    expect(await sameDocument()).toBe(true);
  });

  it('stays as it is for a link within the page, and so does what was typed beside it', async () => {
    await page.goto('/refusals');
    await page.fill('#field-note', 'Nhờ người nhà nói');
    await page.click('#add button.primary, main form[method="post"] button.primary');
    const error = page.locator('a.to-field').first();
    await error.click();
    await page.waitForFunction(() => location.hash.startsWith('#field-'));
    expect(await page.inputValue('#field-note')).toBe('Nhờ người nhà nói');
    expect(await error.isVisible()).toBe(true);
  });

  it('tells what a script changed to who does not see it, and language and colours come back to it', async () => {
    await page.fill('#field-text', 'mau 62');
    await page.waitForFunction(() => document.querySelector('[data-told]')?.textContent === '1 hộ');
    await page.click('.top button:has-text("English")');
    await page.waitForURL('**/households?text=mau+62');
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });

  it('shows the columns that were chosen, and remembers them', async () => {
    await page.click('.tool:has-text("Cột") > summary');
    await page.uncheck('input[name="column"][value="phones"]');
    await page.check('input[name="column"][value="class-from"]');
    await page.click('.tool button');
    const heads = () => page.locator('thead th').allInnerTexts();
    expect(await heads()).toContain('Thuộc diện từ');
    expect(await heads()).not.toContain('Số máy di động');
    await page.goto('/households?sort=-code');
    expect(await heads()).toContain('Thuộc diện từ');
    await look(page);
  });
});

describe('keys', () => {
  it('lead to the search, to places, and to what they do', async () => {
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-text');
    // Within a field a letter is a letter.
    await page.keyboard.type('gk?');
    expect(await page.inputValue('#field-text')).toBe('gk?');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('?');
    expect(await page.locator('dialog#keys').evaluate((dialog) => dialog.matches(':modal'))).toBe(true);
    await look(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await page.waitForURL('**/plans');
  });

  it('do nothing for who turned them off, who finds them in the menu', async () => {
    await page.keyboard.press('?');
    await page.click('dialog#keys button:has-text("Tắt")');
    await keysAre('off');
    await page.keyboard.press('?');
    await page.keyboard.press('/');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('field-text');
    await page.click('.user summary');
    await page.click('[data-opens="keys"]');
    await page.click('dialog#keys button:has-text("Bật")');
    await keysAre('on');
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-text');
  });
});

describe('on a phone', () => {
  it('places to go are folded below the bar, the order of a list above it', async () => {
    await page.setViewportSize({ width: 360, height: 760 });
    expect(await page.locator('.side').isVisible()).toBe(false);
    await page.click('.tool:has-text("Sắp xếp") > summary');
    await page.click('.tool a:has-text("Mã hộ")');
    await page.waitForURL('**/households?sort=code');
    await settled();
    expect((await firstCells())[0]).toContain('Giàng A Mẫu 1');
    await page.click('.menu > summary');
    await look(page);
    await page.click('.menu a:has-text("Kế hoạch")');
    await page.waitForURL('**/plans');
  });
});

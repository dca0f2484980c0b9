import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Theme } from '../../src/ui/index.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { addPerson } from '../support/follow-up.ts';
import { taXiLang } from '../support/lists.ts';
import { looksAsKept } from '../support/pictures.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let browser: Browser;
let username: string;

beforeAll(async () => {
  world = await createWorld();
  web = await startPages(world);
  browser = await launchBrowser();
  ({ username } = await addPerson(world, 'officer', taXiLang, 'Nguyễn Thị Phương Thảo'));
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await world?.close();
});

const open = async (theme: Theme, width: number): Promise<Page> => {
  const context = await browser.newContext({ baseURL: web.url, viewport: { width, height: 800 } });
  await context.addCookies([{ name: 'lantoa_theme', value: theme, url: web.url }]);
  const page = await context.newPage();
  await page.goto((await world.execute(createSignInLink, systemActor, { username })).path);
  await page.click('main button');
  await page.goto('/console/style');
  return page;
};

describe.each(['light', 'dark'] as const)('the house style in %s colours', (theme) => {
  it.each([1280, 360])('looks as it is kept at %i px, and breaks no rule', async (width) => {
    const page = await open(theme, width);
    await look(page);
    await looksAsKept(page, `style-${theme}-${width}`);
    await leave(page.context());
  });
});

describe('colours', () => {
  const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  it('follow the machine until somebody chooses, and are light on paper', async () => {
    const page = await open('auto', 1280);
    const light = await paper(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await paper(page);
    expect(dark).not.toBe(light);
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await paper(page)).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
    await page.click('.user summary');
    await page.click('button[name="theme"][value="dark"]');
    expect(new URL(page.url()).pathname).toBe('/console/style');
    expect(await paper(page)).toBe(dark);
    expect(await page.getAttribute('button[name="theme"][value="dark"]', 'aria-pressed')).toBe('true');
    await leave(page.context());
  });
});

describe('Tai script', () => {
  it('is shown in the font that is sent with the page', async () => {
    const page = await open('light', 1280);
    const faces = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family);
    });
    expect(faces.join()).toContain('Noto Sans Tai Viet');
    await leave(page.context());
  });
});

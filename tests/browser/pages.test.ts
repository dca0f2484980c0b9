import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExamplePeople, createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let browser: Browser;

beforeAll(async () => {
  world = await createWorld();
  web = await startPages(world);
  const place = newId();
  await world.database.pool.query(
    `insert into territory.place_version (place_id, valid_from, name, kind, unit_type)
     values ($1, '2025-07-01', 'Nà Mẫu (mô phỏng)', 'commune', 'xã')`,
    [place],
  );
  await world.execute(addExamplePeople, systemActor, { communeId: place, villageId: place, provinceId: place });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await web?.close();
  await world?.close();
});

describe.each([360, 1280])('at %i px', (width) => {
  it('in by a link, home, account, refused, out', async () => {
    const context = await browser.newContext({ viewport: { width, height: 760 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (/policy|refused to/iu.test(message.text())) complaints.push(message.text());
    });
    await page.goto(`${web.url}/account`);
    await look(page);
    await page.fill('#field-username', 'can-bo');
    await page.fill('#field-password', 'không phải mật khẩu');
    await page.click('main button');
    await look(page);
    expect(await page.inputValue('#field-username')).toBe('can-bo');

    const { path } = await world.execute(createSignInLink, systemActor, { username: 'can-bo' });
    await page.goto(web.url + path);
    await look(page);
    await page.click('main button');
    expect(new URL(page.url()).pathname).toBe('/');
    await look(page);
    expect(await page.evaluate(() => document.fonts.check('16px "Be Vietnam Pro"', 'Tỏa'))).toBe(true);

    await page.click('.user summary');
    await page.click('.user-menu a[href="/account"]');
    await page.fill('#field-password', 'ngắn');
    await page.fill('#field-passwordAgain', 'ngắn');
    await page.click('main button');
    await look(page);
    await page.click('.alert a');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-password');

    await page.click('.top-tools > form button');
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(new URL(page.url()).pathname).toBe('/account');
    await page.click('summary');
    await look(page);
    await page.click('.user-menu form[action="/sign-out"] button');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(complaints).toEqual([]);
    await leave(context);
  });
});

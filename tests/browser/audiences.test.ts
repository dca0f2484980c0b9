import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { bringIn, importVillages, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let browser: Browser;

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, {
    asOf: '2025-11-30',
    synthetic: true,
    rows: [
      { code: 'A1', head: 'Giàng A Chu', village: 'Thôn Một', class: 'Hộ nghèo', size: 2, lacks: [4, 6, 11] },
      { code: 'A2', head: 'Giàng A Dế', village: 'Thôn Hai', class: 'Hộ cận nghèo', size: 1, lacks: [1] },
    ],
  });
  await world.execute(addUser, systemActor, {
    username: 'can-bo',
    name: 'Cán bộ',
    password: 'một mật khẩu dài',
    role: 'officer',
    placeId: taXiLang,
  });
  web = await startPages(world);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await world?.close();
});

describe.each([360, 1280])('audiences at %i px', (width) => {
  it('list, one with its people, the form tried, refused and saved, and ended', async () => {
    const context = await browser.newContext({ viewport: { width, height: 760 } });
    const page = await context.newPage();
    const { path } = await world.execute(createSignInLink, systemActor, { username: 'can-bo' });
    await page.goto(web.url + path);
    await page.click('main button');
    const seen = async (): Promise<string> => {
      await look(page);
      const text = await page.innerText('main');
      expect(text).not.toMatch(/page\.audience|rule\.|audience\.(?:note|built)|place-status|undefined/u);
      return text;
    };
    await page.goto(`${web.url}/audiences`);
    await seen();
    await page.click('a[href="/audiences/ho-tre-duoi-36-thang"]');
    expect(await seen()).toContain('Hộ có ít nhất một người dưới 3 tuổi');
    await page.click('a[href*="show=unknown"].button');
    expect(await seen()).toContain('Giàng A Chu');

    await page.goto(`${web.url}/audiences/new`);
    await seen();
    await page.click('button[value="save"]');
    expect(await seen()).toContain('Hãy chọn ít nhất một điều kiện');
    await page.fill('#field-name', `Hộ thiếu hụt ${width}`);
    await page.check('input[name="lacks"][value="4"]');
    await page.check('input[name="lacks"][value="1"]');
    await page.click('button[value="try"]');
    expect(await seen()).toContain('2 thuộc đối tượng');
    await page.click('details:has(#field-rule) summary');
    await page.fill('#field-rule', 'subject: household\nwhere: { colour: red }');
    await page.click('button[value="save"]');
    expect(await seen()).toContain('where.colour: Không có điều kiện nào tên như vậy ở đây.');
    await page.fill('#field-rule', '');
    await page.click('button[value="save"]');
    expect(new URL(page.url()).pathname).toBe(`/audiences/ho-thieu-hut-${width}`);
    await page.click('details summary >> nth=-1');
    await seen();
    await page.click('button.danger');
    expect(new URL(page.url()).pathname).toBe('/audiences');
    await leave(context);
  }, 240_000);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { addPerson } from '../support/follow-up.ts';
import { taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let browser: Browser;
let page: Page;
let folder: string;

/** Without scripts, as on an old PC. */
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  web = await startPages(world);
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), 'lantoa-villages-'));
  const { username } = await addPerson(world, 'officer', taXiLang, 'Nguyễn Thị Phương Thảo');
  const context = await browser.newContext({ baseURL: web.url, javaScriptEnabled: false });
  page = await context.newPage();
  await page.goto((await world.execute(createSignInLink, systemActor, { username })).path);
  await page.click('main button');
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await world?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The page with scripts, for the rules of axe, on a phone and on a desk. */
const seen = async (html: string): Promise<void> => {
  const context = await browser.newContext({ baseURL: web.url });
  await context.addCookies(await page.context().cookies());
  const other = await context.newPage();
  await other.route('**/as-it-stood', (route) =>
    route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }),
  );
  await other.goto('/as-it-stood');
  for (const width of [360, 1280]) {
    await other.setViewportSize({ width, height: 760 });
    await look(other);
  }
  await leave(context);
};

const choose = async (name: string, ...rows: readonly string[]): Promise<void> => {
  const path = join(folder, name);
  await writeFile(path, ['Tên thôn;Mã xã cũ;Số hộ', ...rows].join('\r\n'));
  await page.setInputFiles('#field-file', path);
  await page.click('main form:has(#field-file) button');
};

it('an officer of an empty installation is led from the page of the day to villages that are written', async () => {
  await page.goto('/');
  await seen(await page.content());
  await page.click('.first-steps a');
  expect(await page.innerText('h1')).toBe(say('vi', 'page.villages.import'));

  await choose('sai.csv', 'Thôn 1;04603;mười', 'Thôn 2;99999;5');
  expect(await page.innerText('main [role=alert]')).toBe(say('vi', 'page.villages.faults-lead', { count: 2 }));
  expect(await page.locator('main .card').first().locator('tbody tr').count()).toBe(2);
  expect(await page.locator('input[name=rows]').count()).toBe(0);
  await seen(await page.content());

  await choose('dung.csv', 'Thôn 10;04603;31', 'Thôn 2;04603;5');
  await seen(await page.content());
  await page.click('main .card form button');
  expect(await page.innerText('main [role=status]')).toBe(
    say('vi', 'page.villages.done', { added: 2, changed: 0, same: 0 }),
  );
  await seen(await page.content());

  await page.goto('/');
  const items = page.locator('.first-steps li');
  expect(await items.first().innerText()).toContain(`✓ ${say('vi', 'today.first.done')}`);
  expect(await items.filter({ hasText: '✓' }).count()).toBe(1);
  await page.goto(`/counts?place=${taXiLang}&by=village`);
  expect(await page.locator('main tbody tr td:first-child').allInnerTexts()).toEqual([
    'Thôn 2, xã Tà Xi Láng',
    'Thôn 10, xã Tà Xi Láng',
  ]);
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignFollowUp } from '../../src/modules/coverage/index.ts';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { addPerson } from '../support/follow-up.ts';
import { type LeftBehindStory, openLeftBehind, PLAN } from '../support/left-behind.ts';
import { taXiLang } from '../support/lists.ts';

let story: LeftBehindStory;
let web: Web;
let browser: Browser;
let officer: string;
let agent: string;

beforeAll(async () => {
  story = await openLeftBehind();
  const { world, lines, villages } = story;
  web = await startPages(world);
  ({ username: officer } = await addPerson(world, 'officer', taXiLang, 'Cán bộ'));
  const sent = await addPerson(world, 'agent', villages[0], 'Tuyên truyền viên');
  agent = sent.username;
  await world.execute(assignFollowUp, systemActor, {
    lineIds: [...lines],
    villageId: villages[0],
    ownerId: sent.userId,
    dueOn: '2026-06-20',
    note: 'đi buổi tối',
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await story?.world.close();
});

const enter = async (page: Page, username: string): Promise<void> => {
  const { path } = await story.world.execute(createSignInLink, systemActor, { username });
  await page.goto(web.url + path);
  await page.click('main button');
};

describe.each([360, 1280])('at %i px', (width) => {
  it('from the list to a household that was told', async () => {
    const context = await browser.newContext({ viewport: { width, height: 760 } });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await enter(page, officer);
    await page.goto(`${web.url}/left-behind?plan=${PLAN}`);
    await look(page);
    await page.selectOption('#field-what', `line:${story.lines[0]}`);
    await page.click('.search button');
    await look(page);
    // While something is ticked, typing above takes no row away; the button would.
    await page.check('input[name=subject] >> nth=0');
    await page.locator('#field-text').pressSequentially('không ai');
    await page.waitForTimeout(700);
    expect(await page.isChecked('input[name=subject] >> nth=0')).toBe(true);
    await page.fill('#field-text', '');
    await page.click('td a:has-text("Thôn Hai, xã")');
    await page.click('label:has-text("Cả 2 hộ")');
    await page.fill('#field-dueOn', '31/02/2026');
    await page.click('main form[action="/left-behind/assign"] button');
    await look(page);
    await page.fill('#field-dueOn', '30/06/2026');
    await page.fill('#field-ownerName', 'Trưởng thôn Hai');
    await page.click('main form[action="/left-behind/assign"] button');
    expect(await page.textContent('h1')).toContain('Xem lại trước khi giao');
    await look(page);
    // At the second width somebody goes there already.
    const again = page.locator('input[name=again]');
    if ((await again.count()) > 0) await again.check();
    await page.click('main form[action="/left-behind/assign"] button');
    expect(await page.textContent('.alert.success')).toContain('Đã giao 2 hộ');
    await look(page);
    await page.click('a:has-text("In phiếu Thôn Hai")');
    await look(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.side, .menu').filter({ visible: true }).count()).toBe(0);
    expect(await page.isVisible('.sheet-table')).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`${web.url}/visits`);
    await look(page);
    await page.check('input[name=visit] >> nth=0');
    await page.click('summary:has-text("Hủy nhiều lượt")');
    await page.click('button[value=cancel]');
    expect(await page.isVisible('#field-reason')).toBe(true);
    await look(page);
    await page.fill('#field-reason', 'đi rồi');
    await page.click('button[value=cancel]');
    await look(page);
    await page.click('button[name=back]');
    expect(await page.isChecked('input[name=visit] >> nth=0')).toBe(true);
    await page.goto(`${web.url}/visits/import`);
    await look(page);
    await context.clearCookies();

    await enter(page, agent);
    await page.goto(`${web.url}/visits`);
    await look(page);
    await page.click('.card .cover');
    await look(page);
    await page.click('label:has-text("Đã gặp")');
    await page.click('main form button:has-text("Ghi kết quả")');
    await look(page);
    await page.check('input[name^="told-"] >> nth=0');
    await page.check('input[name^="answer-"] >> nth=0');
    await page.selectOption('select[name^="language-"] >> nth=0', 'hmn');
    await page.click('main form button:has-text("Ghi kết quả")');
    expect(await page.textContent('.alert.success')).toContain('đã gặp');
    await look(page);
    await leave(context);
  }, 120_000);
});

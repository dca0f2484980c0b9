import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { LATE_PLAN } from '../support/day.ts';
import { taXiLang } from '../support/lists.ts';
import { DRAFT_PLAN, openWholeCommune, type WholeCommune } from '../support/whole-commune.ts';

let commune: WholeCommune;
let web: Web;
let browser: Browser;
let context: BrowserContext;
let people = 0;

const WORDS = 'Nhà bà Mỷ & con <út> nói "chưa rõ"';
const kept = say('vi', 'ui.draft.kept', { time: '09:00' });

const state = (page: Page) => page.locator('form[data-keep] [data-draft-state]');

/** Until the line below the form says so. */
const told = (page: Page, sentence: string): Promise<void> => state(page).filter({ hasText: sentence }).waitFor();

const drafts = async (): Promise<Record<string, unknown>[]> =>
  (
    await commune.world.database.pool.query<{ form: Record<string, unknown> }>(
      'select d.form from identity.form_draft d join identity."user" u on u.id = d.user_id where u.username = $1',
      [`mai-${people}`],
    )
  ).rows.map(({ form }) => form);

const stored = (page: Page) =>
  page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]);

beforeAll(async () => {
  commune = await openWholeCommune();
  web = await startPages(commune.world);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await commune?.world.close();
});

/** Every test has a person of its own, who is signed in. */
beforeEach(async () => {
  if (context) await leave(context);
  people += 1;
  const username = `mai-${people}`;
  await commune.world.execute(addUser, systemActor, {
    ...{ username, name: 'Chị Mai', password: 'một mật khẩu dài', role: 'officer', placeId: taXiLang },
  });
  context = await browser.newContext({ baseURL: web.url, viewport: { width: 360, height: 760 } });
  context.setDefaultTimeout(25_000);
  const page = await context.newPage();
  await page.goto((await commune.world.execute(createSignInLink, systemActor, { username })).path);
  await page.click('main button');
  await page.waitForURL(`${web.url}/`);
});

describe('a long form whose page is killed', () => {
  it('is offered again and has everything in it, and nothing of it is left in the browser', async () => {
    const page = await context.newPage();
    await page.goto('/audiences/new');
    await page.fill('#field-name', WORDS);
    await page.check('input[name="class"][value="poor"]');
    await page.check('input[name="class"][value="near_poor"]');
    await page.check('input[name="lacks"][value="9"]');
    await page.selectOption('select[name="reads"]', 'no-vi');
    await page.fill('#field-ethnicity', 'Mông, Dao');
    await told(page, kept);
    expect(await stored(page)).toEqual([0, 0, 0]);
    const [form] = await drafts();
    expect(form).toMatchObject({ name: WORDS, class: ['poor', 'near_poor'], lacks: '9', reads: 'no-vi' });
    expect(Object.keys(form!)).not.toContain('csrf');
    // What came after the last time that it was kept, and the page goes at once.
    await page.fill('#field-livelihood', 'nương rẫy');
    await page.close();

    const later = await context.newPage();
    await later.goto('/audiences/new');
    expect(await later.inputValue('#field-name')).toBe('');
    expect(await later.textContent('main')).toContain(
      say('vi', 'ui.draft.earlier', { time: '09:00', day: '15/06/2026' }),
    );
    await look(later);
    await later.click(`text="${say('vi', 'ui.draft.open')}"`);
    expect(await later.inputValue('#field-name')).toBe(WORDS);
    expect(await later.inputValue('#field-ethnicity')).toBe('Mông, Dao');
    expect(await later.inputValue('select[name="reads"]')).toBe('no-vi');
    expect(await later.locator('input[name="class"]:checked').evaluateAll((all) => all.length)).toBe(2);
    expect(await later.isChecked('input[name="lacks"][value="9"]')).toBe(true);
    expect(await later.isChecked('input[name="lacks"][value="4"]')).toBe(false);
    await look(later);
  });

  it('keeps what was typed a moment before one goes to another page', async () => {
    const page = await context.newPage();
    await page.goto('/messages/new');
    await page.fill('#field-core', WORDS);
    await page.goto('/messages');
    await page.goto('/messages/new');
    await page.click(`text="${say('vi', 'ui.draft.open')}"`);
    expect(await page.inputValue('#field-core')).toBe(WORDS);
    expect(await drafts()).toHaveLength(1);
  });

  it('is not offered once it was sent', async () => {
    const page = await context.newPage();
    await page.goto('/messages/new');
    await page.fill('#field-title', 'Vay vốn');
    await page.selectOption('#field-topic', 'credit');
    await told(page, kept);
    await page.fill('#field-core', WORDS);
    await page.click('button[value="save"]');
    await page.waitForURL(/\/messages\/[0-9a-f-]{36}$/u);
    expect(await drafts()).toEqual([]);
    await page.goto('/messages/new');
    expect(await page.locator('a[href*="draft="]').count()).toBe(0);
  });

  it('can be dropped while something else is typed already, and works without scripts as well', async () => {
    const page = await context.newPage();
    await page.goto('/messages/new');
    await page.fill('#field-core', 'bản trước');
    await told(page, kept);
    await page.goto('/messages/new');
    await page.fill('#field-core', WORDS);
    await page.click(`text="${say('vi', 'ui.draft.drop')}"`);
    await page.locator('a[href*="draft="]').waitFor({ state: 'detached' });
    expect(await page.inputValue('#field-core')).toBe(WORDS);
    await told(page, kept);
    expect((await drafts()).map(({ core }) => core)).toEqual([WORDS]);

    const bare = await browser.newContext({ baseURL: web.url, javaScriptEnabled: false });
    await bare.addCookies(await context.cookies());
    const still = await bare.newPage();
    await still.goto('/messages/new');
    await still.click(`text="${say('vi', 'ui.draft.open')}"`);
    expect(await still.inputValue('#field-core')).toBe(WORDS);
    await still.goto('/messages/new');
    await still.click(`text="${say('vi', 'ui.draft.drop')}"`);
    expect(await still.locator('a[href*="draft="]').count()).toBe(0);
    expect(await drafts()).toEqual([]);
    await leave(bare);
  });
});

describe('a line that is cut', () => {
  it('is told of, nothing is sent, nothing is lost; as soon as it is back all of it is kept', async () => {
    const page = await context.newPage();
    await page.goto('/messages/new');
    await page.fill('#field-title', 'Vay vốn');
    await told(page, kept);
    await context.setOffline(true);
    await page.fill('#field-core', WORDS);
    await told(page, say('vi', 'ui.draft.offline'));
    await page.click('button[value="save"]');
    await told(page, say('vi', 'ui.draft.unsent'));
    expect(new URL(page.url()).pathname).toBe('/messages/new');
    expect(await page.inputValue('#field-core')).toBe(WORDS);
    expect(await page.locator('form[data-keep] [aria-disabled]').count()).toBe(0);
    await look(page);
    await context.setOffline(false);
    await told(page, kept);
    expect(await drafts()).toMatchObject([{ title: 'Vay vốn', core: WORDS }]);
    await page.selectOption('#field-topic', 'credit');
    await page.click('button[value="save"]');
    await page.waitForURL(/\/messages\/[0-9a-f-]{36}$/u);
    expect(await page.textContent('main')).toContain(WORDS);
  });

  it('that the browser takes for whole stops a form as well, once: whoever insists sends it', async () => {
    const page = await context.newPage();
    await page.goto('/messages/new');
    await context.route('**/drafts', (route) => route.abort());
    await page.fill('#field-title', 'Vay vốn');
    await page.selectOption('#field-topic', 'credit');
    await page.fill('#field-core', WORDS);
    await told(page, say('vi', 'ui.draft.offline'));
    await page.click('button[value="save"]');
    await told(page, say('vi', 'ui.draft.unsent'));
    expect(await page.inputValue('#field-core')).toBe(WORDS);
    await page.click('button[value="save"]');
    await page.waitForURL(/\/messages\/[0-9a-f-]{36}$/u);
  });

  it('holds whoever leaves the page while nothing of it is kept', async () => {
    const page = await context.newPage();
    await page.goto('/messages/new');
    await context.setOffline(true);
    await page.fill('#field-core', WORDS);
    await told(page, say('vi', 'ui.draft.offline'));
    const asked: string[] = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.dismiss();
    });
    await page.locator('form[data-keep] a[href="/messages"]').click();
    await expect.poll(() => asked).toEqual(['beforeunload']);
    expect(await page.inputValue('#field-core')).toBe(WORDS);
  });

  it('is told from a server that fails, and from a session that ended', async () => {
    const page = await context.newPage();
    await page.goto('/messages/new');
    await context.route('**/drafts', (route) => route.fulfill({ status: 500, body: 'x' }));
    await page.fill('#field-core', WORDS);
    await told(page, say('vi', 'ui.draft.failed'));
    await context.unroute('**/drafts');
    // Tried again without anybody doing anything.
    await told(page, kept);
    await context.clearCookies({ name: 'lantoa_session' });
    await page.fill('#field-core', `${WORDS}!`);
    await told(page, say('vi', 'ui.draft.signed-out'));
    expect(await page.inputValue('#field-core')).toBe(`${WORDS}!`);
  });
});

describe('a form that is sent', () => {
  it('goes once, however often the button is pressed', async () => {
    const page = await context.newPage();
    await page.goto('/messages/new');
    await page.fill('#field-title', 'Vay vốn một lần');
    await page.selectOption('#field-topic', 'credit');
    await page.fill('#field-core', WORDS);
    const sent: string[] = [];
    await context.route('**/messages', async (route) => {
      if (route.request().method() === 'POST') sent.push(route.request().url());
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    const pressed = page.evaluate(() => {
      const button = document.querySelector<HTMLButtonElement>('button[value="save"]')!;
      for (let times = 0; times < 3; times += 1) button.click();
      return button.getAttribute('aria-disabled');
    });
    expect(await pressed).toBe('true');
    await page.waitForURL(/\/messages\/[0-9a-f-]{36}$/u);
    expect(sent).toHaveLength(1);
    // Sent before the first pause: no draft of it comes back afterwards.
    expect(await drafts()).toEqual([]);
    const { rows } = await commune.world.database.pool.query(
      'select count(*)::int as n from content.message where title = $1',
      ['Vay vốn một lần'],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('is kept without its file, and short forms are not kept at all', async () => {
    const page = await context.newPage();
    await page.goto(`/plans/${DRAFT_PLAN}/issue`);
    await page.setInputFiles('#field-file', {
      name: 'bi-mat.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF'),
    });
    await page.fill('#field-signer', WORDS);
    await told(page, kept);
    expect(Object.keys((await drafts())[0]!).sort()).toEqual(['issuedOn', 'number', 'signer']);
    for (const short of ['/account', `/plans/${LATE_PLAN}`, '/refusals', '/messages']) {
      await page.goto(short);
      expect(await page.locator('[data-keep]').count()).toBe(0);
    }
  });
});

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Role } from '../../src/shared/roles.ts';
import type { Language } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look, lookInTheDark } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { everyPage } from '../support/every-page.ts';
import { addPerson } from '../support/follow-up.ts';
import { taXiLang } from '../support/lists.ts';
import { keysIn, sentence, textsOf, untranslated } from '../support/page-words.ts';
import { openByKeys, tabWalk } from '../support/tab-walk.ts';
import { openWholeCommune, SENT_PLAN, type WholeCommune } from '../support/whole-commune.ts';

/** The keyboard walks at the last width. */
const ORDERS = [
  ['vi', [1280, 360]],
  ['en', [360, 1280]],
] as const satisfies readonly (readonly [Language, readonly number[]])[];

let commune: WholeCommune;
let web: Web;
let browser: Browser;
let vietnameseIn: Awaited<ReturnType<typeof untranslated>>;
const opened = new Map<string, Page>();
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;
const sessions = new Map<Role, Cookies>();

/** Somebody with this role, signed in; once for the whole file. */
const sessionOf = async (role: Role): Promise<Cookies> => {
  const known = sessions.get(role);
  if (known) return known;
  const { world, agentName } = commune;
  const username =
    role === 'agent'
      ? agentName
      : (await addPerson(world, role as 'officer', taXiLang, 'Nguyễn Thị Phương Thảo')).username;
  const context = await browser.newContext({ baseURL: web.url });
  const page = await context.newPage();
  await page.goto((await world.execute(createSignInLink, systemActor, { username })).path);
  await page.click('main button');
  await page.waitForURL(`${web.url}/`);
  const cookies = await context.cookies();
  await leave(context);
  sessions.set(role, cookies);
  return cookies;
};

/** A page of the browser for a role and a language, with scripts or without; kept from one test to the next. */
const pageFor = async (role: Role, language: Language, script: boolean): Promise<Page> => {
  const key = `${role} ${language} ${script}`;
  const known = opened.get(key);
  if (known) return known;
  const context = await browser.newContext({ baseURL: web.url, javaScriptEnabled: script });
  await context.addCookies(await sessionOf(role));
  await context.addCookies([{ name: 'lantoa_language', value: language, url: web.url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  opened.set(key, page);
  return page;
};

beforeAll(async () => {
  commune = await openWholeCommune();
  web = await startPages(commune.world);
  browser = await launchBrowser();
  for (const role of ['officer', 'leader', 'agent'] as const) await sessionOf(role);
  vietnameseIn = await untranslated(commune.world);
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await commune?.world.close();
});

/** Every stop by keyboard is seen, nothing is left out, and what one comes for is among them. @returns the stop of that */
const walked = async (page: Page, wanted: string): Promise<number> => {
  const { stops, missed } = await tabWalk(page, wanted);
  expect(stops[0]!.html).toContain('href="#main"');
  expect(stops.filter(({ marked }) => !marked)).toEqual([]);
  expect(missed).toEqual([]);
  const stop = stops.findIndex(({ wanted }) => wanted);
  expect(stop).toBeGreaterThan(0);
  return stop;
};

it.each(everyPage)(
  '$name: in both languages, on a phone and on a desk, light and dark, without scripts, by keyboard',
  async (sight) => {
    const at = sight.at(commune);
    for (const [language, order] of ORDERS) {
      const page = await pageFor(sight.as, language, true);
      await page.goto(at);
      for (const width of order) {
        await page.setViewportSize({ width, height: 760 });
        await look(page);
      }
      if (language === 'vi') await lookInTheDark(page);
      expect(await page.getAttribute('html', 'lang')).toBe(language);
      expect(await page.locator('h1').count()).toBe(1);
      if (sight.heading) expect(await page.innerText('h1')).toMatch(sentence(language, sight.heading));
      const texts = await textsOf(page);
      expect(keysIn(texts)).toEqual([]);
      // Words in Tai script are what they are in every language.
      const own = texts.filter((each) => !/\p{Script=Tai_Viet}/u.test(each));
      if (language === 'en') expect(vietnameseIn(own)).toEqual([]);
      const bare = await pageFor(sight.as, language, false);
      await bare.goto(at);
      expect(await bare.textContent('main')).toBe(await page.textContent('main'));
      const stop = await walked(page, sight.open);
      if (language !== 'vi') continue;
      await page.goto(at);
      // A form that is sent empty says what is missing.
      expect([200, 422]).toContain(await openByKeys(page, stop));
      expect(await page.locator('h1').count()).toBe(1);
    }
  },
);

it('the page of a line leads to the coverage of that line', async () => {
  const page = await pageFor('officer', 'vi', true);
  await page.goto(`/plans/${SENT_PLAN}/lines/1`);
  await page.click('main .actions a[href^="/coverage"]');
  expect(await page.inputValue('#field-plan')).toBe(SENT_PLAN);
  expect(await page.inputValue('#field-line')).toBe(`${SENT_PLAN}:1`);
});

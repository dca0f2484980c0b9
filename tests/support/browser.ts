import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromiumPath } from './environment.ts';

/** Letters and colours the same on every screen, so that pictures can be compared. */
const SAME_EVERYWHERE = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'];

/** The real browser; `--no-sandbox` because tests also run as root. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', ...SAME_EVERYWHERE] });

/**
 * Closes what somebody looked at, once its pages are there: closed while a page with modules is still coming, the browser now
 * and then never answers (4 times in 28).
 */
export const leave = async (context: BrowserContext): Promise<void> => {
  for (const page of context.pages()) await page.waitForLoadState();
  await context.close();
};

const BROKEN_ONLY = { resultTypes: ['violations' as const] };
/** What a change of colours can break. */
const COLOURS_ONLY = { ...BROKEN_ONLY, runOnly: ['color-contrast', 'link-in-text-block'] };

interface AxeInPage {
  readonly axe?: { run(of: Document, options: object): Promise<{ violations: Broken[] }> };
}

interface Broken {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What breaks a rule of axe. It is put into a page once, and asked again at the next width; no page of ours has frames. */
const brokenIn = async (page: Page, asked: object = BROKEN_ONLY): Promise<readonly Broken[]> => {
  const again = await page.evaluate(
    async (options) => (await (window as AxeInPage).axe?.run(document, options))?.violations,
    asked,
  );
  return again ?? (await new AxeBuilder({ page }).setLegacyMode().options(asked).analyze()).violations;
};

const sentences = (broken: readonly Broken[]): string[] =>
  broken.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);

/** Every word can be read on a dark screen, too. */
export const lookInTheDark = async (page: Page): Promise<void> => {
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(sentences(await brokenIn(page, COLOURS_ONLY))).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
};

/**
 * What must hold of every page at every width: no rule of axe broken, nothing beside the screen, room for a finger (for a
 * mouse, at a desk).
 */
export const look = async (page: Page): Promise<void> => {
  // A list that is being renewed is set back until it is there.
  await page.waitForFunction(() => document.querySelector('[data-list][aria-busy]') === null);
  expect(sentences(await brokenIn(page))).toEqual([]);
  const found = await page.evaluate(() => {
    const targets = [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')];
    const boxes = targets
      .filter((target) => !target.closest('p, li:not(nav li), .skip, .hidden, .choice') && !target.matches('.cover'))
      .map((target) => ({ html: target.outerHTML.slice(0, 80), box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0);
    const top = [...document.querySelectorAll('.top a, .top button, .top summary')].map((one) =>
      one.getBoundingClientRect(),
    );
    return {
      beside: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      small: boxes.filter(({ box }) => box.height < (innerWidth < 900 ? 44 : 36)).map(({ html }) => html),
      overlapping: top.some((a, i) =>
        top.some(
          (b, j) =>
            i < j &&
            a.left < b.right &&
            b.left < a.right &&
            a.top < b.bottom &&
            b.top < a.bottom &&
            a.height * b.height > 0,
        ),
      ),
    };
  });
  expect(found).toEqual({ beside: 0, small: [], overlapping: false });
};

import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromiumPath } from './environment.ts';

/** The real browser; `--no-sandbox` because tests also run as root. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });

const BROKEN_ONLY = { resultTypes: ['violations' as const] };

interface AxeInPage {
  readonly axe?: { run(of: Document, options: typeof BROKEN_ONLY): Promise<{ violations: Broken[] }> };
}

interface Broken {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What breaks a rule of axe. It is put into a page once, and asked again at the next width; no page of ours has frames. */
const brokenIn = async (page: Page): Promise<readonly Broken[]> => {
  const again = await page.evaluate(
    async (options) => (await (window as AxeInPage).axe?.run(document, options))?.violations,
    BROKEN_ONLY,
  );
  return again ?? (await new AxeBuilder({ page }).setLegacyMode().options(BROKEN_ONLY).analyze()).violations;
};

/** What must hold of every page at every width: no rule of axe broken, nothing beside the screen, room for a finger. */
export const look = async (page: Page): Promise<void> => {
  expect((await brokenIn(page)).map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
    [],
  );
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
      small: boxes.filter(({ box }) => box.height < 44).map(({ html }) => html),
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

import type { Page } from 'playwright-core';

/** Where the keyboard came to: what it is, whether one sees that it is there, and whether it is what was looked for. */
interface Stop {
  readonly html: string;
  readonly marked: boolean;
  readonly wanted: boolean;
}

interface Walk {
  readonly stops: readonly Stop[];
  /** What one sees and could press or fill in, and never came to. */
  readonly missed: readonly string[];
}

const MOST = 600;
const STEP = 20;

/** Notes every stop within the page, so that keys can be pressed one after the other without asking in between. */
const listen = (page: Page, wanted: string): Promise<void> =>
  page.evaluate((selector) => {
    const ring = (element: Element) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
      return `${outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`} ${boxShadow}`;
    };
    const before = new Map([...document.querySelectorAll('*')].map((each) => [each, ring(each)]));
    const walked: { element: Element; marked: boolean; wanted: boolean }[] = [];
    (window as unknown as { walked: typeof walked }).walked = walked;
    const target = document.querySelector(selector);
    document.addEventListener('focusin', ({ target: element }) => {
      if (!(element instanceof Element)) return;
      const { width, height } = element.getBoundingClientRect();
      const marked = ring(element) !== before.get(element) && width > 0 && height > 0;
      walked.push({ element, marked, wanted: element === target });
    });
  }, wanted);

/** How often the keyboard came to where it began. */
const rounds = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { walked } = window as unknown as { walked: { element: Element }[] };
    return walked.filter(({ element }) => element === walked[0]?.element).length;
  });

const found = (page: Page): Promise<Walk> =>
  page.evaluate(() => {
    const { walked } = window as unknown as { walked: { element: Element; marked: boolean; wanted: boolean }[] };
    const end = walked.findIndex(({ element }, at) => at > 0 && element === walked[0]!.element);
    const round = walked.slice(0, end < 0 ? undefined : end);
    const came = new Set(round.map(({ element }) => element));
    const pressed = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(
      (each) =>
        each.checkVisibility({ visibilityProperty: true }) &&
        !each.matches('[type=hidden], [tabindex="-1"], :disabled'),
    );
    // Of radio buttons with one name the keyboard comes to one.
    const group = (each: Element) => (each.matches('[type=radio]') ? each.getAttribute('name') : null);
    const groups = new Set(round.map(({ element }) => group(element)));
    return {
      stops: round.map(({ element, marked, wanted }) => ({ html: element.outerHTML.slice(0, 120), marked, wanted })),
      missed: pressed
        .filter((each) => !came.has(each) && !(group(each) !== null && groups.has(group(each))))
        .map((each) => each.outerHTML.slice(0, 120)),
    };
  });

/** From the top of the page by Tab until it begins again. Fails when it never does: then something holds the keyboard. */
export const tabWalk = async (page: Page, wanted: string): Promise<Walk> => {
  await listen(page, wanted);
  for (let pressed = 0; pressed < MOST; pressed += STEP) {
    for (let no = 0; no < STEP; no += 1) await page.keyboard.press('Tab');
    if ((await rounds(page)) > 1) return found(page);
  }
  throw new Error(`the keyboard is held: ${(await found(page)).stops.at(-1)?.html}`);
};

/** Goes to a stop from the top of a page that was just opened, and presses Enter. @returns the status of what it opened */
export const openByKeys = async (page: Page, stop: number): Promise<number | undefined> => {
  let status: number | undefined;
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) status = response.status();
  });
  for (let no = 0; no <= stop; no += 1) await page.keyboard.press('Tab');
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
  await page.waitForLoadState();
  page.removeAllListeners('response');
  return status;
};

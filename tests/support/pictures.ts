import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

const KEPT = new URL('../browser/pictures/', import.meta.url).pathname;

/** Another build of the browser smooths edges in its own way: so much of a picture may differ, a moved part may not. */
const MOST_DIFFERENT = 0.005;
/** How far a colour may be off before a point counts as different; 0 = not at all. */
const COLOUR = 0.2;

/** `UPDATE_PICTURES=1` keeps what is seen now; look at it before it is committed. */
const RENEW = process.env.UPDATE_PICTURES === '1';

const fail = (name: string, why: string, pictures: Readonly<Record<string, Buffer>>): never => {
  const folder = mkdtempSync(join(tmpdir(), 'lantoa-pictures-'));
  for (const [kind, content] of Object.entries(pictures)) writeFileSync(join(folder, `${name}-${kind}.png`), content);
  throw new Error(`${name} looks different: ${why}. See ${folder}; if it is meant so, UPDATE_PICTURES=1 keeps it.`);
};

/** Fails when the page looks different from the picture that is kept under this name, and leaves both and what differs. */
export const looksAsKept = async (page: Page, name: string, fullPage = true): Promise<void> => {
  await page.evaluate(() => document.fonts.ready);
  const seen = await page.screenshot({ fullPage, animations: 'disabled', caret: 'hide' });
  const path = join(KEPT, `${name}.png`);
  if (RENEW) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, seen);
    return;
  }
  if (!existsSync(path)) fail(name, 'no picture of it is kept', { seen });
  const kept = readFileSync(path);
  const [a, b] = [PNG.sync.read(kept), PNG.sync.read(seen)];
  if (a.width !== b.width || a.height !== b.height)
    fail(name, `${b.width} x ${b.height} instead of ${a.width} x ${a.height}`, { seen, kept });
  const difference = new PNG({ width: a.width, height: a.height });
  const points = pixelmatch(a.data, b.data, difference.data, a.width, a.height, { threshold: COLOUR });
  const share = points / (a.width * a.height);
  if (share > MOST_DIFFERENT)
    fail(name, `${Math.round(share * 1_000) / 10} % of it`, { seen, kept, difference: PNG.sync.write(difference) });
};

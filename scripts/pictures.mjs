// Pictures of the running program for the README: starts it on a data folder of its own, signs in, looks at pages.
// `node scripts/pictures.mjs` after `npm ci`; needs Chromium (or CHROMIUM=path).
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, ROOT } from './runtime.mjs';

const { node, env } = prepare({ build: true });
const { chromium } = await import('playwright-core');
const data = mkdtempSync(join(tmpdir(), 'lantoa-pictures-'));
const out = join(ROOT, 'docs', 'pictures');
mkdirSync(out, { recursive: true });

const program = spawn(node, [join(ROOT, 'build', 'main.js')], {
  env: { ...env, LANTOA_DATA: data, PORT: '0' },
  stdio: ['ignore', 'pipe', 2],
});
let said = '';
program.stdout.on('data', (chunk) => {
  said += chunk;
});
const linkOf = (username) =>
  new Promise((resolve, reject) => {
    program.on('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
    const timer = setInterval(() => {
      const found = new RegExp(`${username}\\s+(http\\S+)`, 'u').exec(said);
      if (!found) return;
      clearInterval(timer);
      resolve(found[1]);
    }, 200);
  });
const link = await linkOf('can-bo');

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'vi-VN' });
const page = await context.newPage();
await page.goto(link);
await page.click('main button');
const origin = new URL(link).origin;
const picture = async (name, path, width = 1280, height = 800) => {
  await page.setViewportSize({ width, height });
  await page.goto(origin + path);
  await page.screenshot({ path: join(out, `${name}.png`) });
};
const first = (selector) =>
  page
    .locator(selector)
    .first()
    .evaluate((link) => new URL(link.href).pathname + new URL(link.href).search);
await picture('coverage', '/coverage?plan=hanh-phuc-2026', 1280, 1000);
await picture('plan', '/plans/hanh-phuc-2026', 1280, 1200);
await page.goto(`${origin}/plans/hanh-phuc-2026/lines/2`);
await picture('left-behind', await first('main a[href^="/left-behind?line="]'));
await page.goto(`${origin}/plans/hanh-phuc-2026/lines/4`);
await picture('send', await first('main a[href^="/dispatches/new"]'), 1280, 1100);
await picture('today', '/');
await page.goto(`${origin}/imports`);
await picture('import', await first('main table td a'));
await page.context().addCookies([{ name: 'lantoa_theme', value: 'dark', url: origin }]);
await picture('households-dark', '/households');
await page.context().clearCookies();
await page.goto(await linkOf('tuyen-truyen-vien'));
await page.click('main button');
await page.goto(`${origin}/visits`);
await picture('visit-phone', await first('main a[href^="/visits/"]:not([href$="import"])'), 360, 740);
await browser.close();
program.removeAllListeners('exit');
program.kill('SIGTERM');
await new Promise((resolve) => program.on('exit', resolve));
rmSync(data, { recursive: true, force: true });

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { getPlan } from '../../src/modules/plans/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { villageOf } from '../support/evidence.ts';
import { importVillages, taXiLang } from '../support/lists.ts';
import { approvedMessage } from '../support/messages.ts';
import { inForce, lineText, PDF, planText, record } from '../support/plans.ts';
import { createWorld, type World } from '../support/world.ts';

const CODE = 'ta-xi-lang-2026';

let world: World;
let web: Web;
let browser: Browser;

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await approvedMessage(world, taXiLang, 'bhyt-ho-ngheo');
  web = await startPages(world);
  const person = { username: 'can-bo', name: 'Cán bộ', password: 'một mật khẩu dài' };
  await world.execute(addUser, systemActor, { ...person, role: 'officer', placeId: taXiLang });
  await inForce(
    world,
    planText({ objectives: '[Không để ai bị bỏ lại phía sau]', bases: '[{ number: 05-CT/TW, title: Giảm nghèo }]' }, [
      lineText({
        what: 'Họp thôn và đến từng hộ nghèo, trả lời câu hỏi',
        budget: '12.000.000',
        partners: '[Hội Phụ nữ xã]',
      }),
      lineText({ what: 'Phát tờ rơi', head: 'Hờ A Chậm, Trưởng trạm' }),
    ]),
  );
  const [line] = (await world.execute(getPlan, systemActor, { code: CODE })).lines;
  await record(world, { lineId: line!.lineId, placeIds: [await villageOf(world, 'Thôn Một')] });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await web?.close();
  await world?.close();
});

describe.each([360, 1280])('at %i px', (width) => {
  it('a plan comes in from its file, is issued with its paper, and is read', async () => {
    const context = await browser.newContext({ viewport: { width, height: 760 } });
    const page = await context.newPage();
    const { path } = await world.execute(createSignInLink, systemActor, { username: 'can-bo' });
    await page.goto(web.url + path);
    await page.click('main button');
    for (const at of ['/plans', `/plans/${CODE}`, `/plans/${CODE}/lines/1`, `/plans/${CODE}/lines/2`]) {
      await page.goto(web.url + at);
      for (const summary of await page.locator('main .part > summary').all()) await summary.click();
      await look(page);
    }
    await page.goto(`${web.url}/plans/${CODE}/lines/1`);
    await page.click('main table a');
    await look(page);

    await page.goto(`${web.url}/plans/import`);
    const upload = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    const code = `moi-${width}`;
    await page.setInputFiles('#field-file', upload('sai.yaml', planText({ code }, [lineText({ target: '0' })])));
    await page.click('main button.primary');
    expect(await page.textContent('main')).toContain('Dòng 17, cột 13');
    await look(page);
    await page.setInputFiles('#field-file', upload('dung.yaml', planText({ code })));
    await page.click('main button.primary');
    expect(new URL(page.url()).pathname).toBe(`/plans/${code}`);
    await look(page);
    await page.click(`main a[href="/plans/${code}/issue"]`);
    await page.fill('#field-number', '9/KH-UBND');
    await page.click('main button.primary');
    await look(page);
    expect(await page.inputValue('#field-number')).toBe('9/KH-UBND');
    await page.fill('#field-issuedOn', '05/01/2026');
    await page.fill('#field-signer', 'Giàng A Mẫu');
    await page.setInputFiles('#field-file', upload('ky.pdf', PDF));
    await page.click('main button.primary');
    expect(await page.textContent('main')).toContain('Số 9/KH-UBND, ngày 05/01/2026');
    await leave(context);
  }, 180_000);
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitMessage } from '../../src/modules/content/index.ts';
import { assignFollowUp } from '../../src/modules/coverage/index.ts';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Role } from '../../src/shared/roles.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { type Day, openDay } from '../support/day.ts';
import { actorOf, subjectOf } from '../support/evidence.ts';
import { check, taXiLang } from '../support/lists.ts';
import { draftMessage, person } from '../support/messages.ts';
import { householdNo, receiverOf } from '../support/sending.ts';

let day: Day;
let web: Web;
let browser: Browser;
const users = new Map<Role, string>();

beforeAll(async () => {
  day = await openDay();
  const { world } = day;
  web = await startPages(world);
  for (const role of ['officer', 'leader', 'agent'] as const) {
    const placeId = role === 'agent' ? day.villageId : taXiLang;
    const { userId } = await world.execute(addUser, systemActor, {
      username: role,
      name: `Người ${role}`,
      role,
      placeId,
    });
    users.set(role, userId);
  }
  await check(world, { rows: [householdNo(1)], asOf: '2026-05-30', complete: null, synthetic: true });
  await receiverOf(day).inbound('thu', [{ from: '+84540000006', text: 'Thẻ của con tôi đâu?' }]);
  const writer = person('editor', taXiLang);
  const messageId = await draftMessage(world, writer, taXiLang);
  await world.execute(submitMessage, writer, { messageId });
  await world.execute(assignFollowUp, actorOf('officer', taXiLang), {
    ...{ lineIds: [day.lineId], step: 'visit-read-aloud', ownerId: users.get('agent')!, dueOn: '2026-06-15' },
    subjectIds: [await subjectOf(world, householdNo(10).code!), await subjectOf(world, householdNo(11).code!)],
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await web?.close();
  await day?.world.close();
});

describe.each([360, 1280])('today at %i px', (width) => {
  it.each(['officer', 'leader', 'agent'] as const)('leads %s right to what waits', async (role) => {
    const context = await browser.newContext({ viewport: { width, height: 760 }, javaScriptEnabled: true });
    const page = await context.newPage();
    const { path } = await day.world.execute(createSignInLink, systemActor, { username: role });
    await page.goto(web.url + path);
    await page.click('main button');
    await look(page);
    expect(await page.locator('.tasks > li').count()).toBeGreaterThan(1);
    await page.locator('.tasks a').first().click();
    expect(new URL(page.url()).pathname).not.toBe('/');
    expect(await page.locator('h1').count()).toBe(1);
    await leave(context);
  });
});

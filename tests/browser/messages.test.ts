import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMessageByCode, importMessages, reviseForm, submitMessage } from '../../src/modules/content/index.ts';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { importVillages, taXiLang } from '../support/lists.ts';
import { approve, person } from '../support/messages.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let browser: Browser;
let used: string;
let waiting: string;

const FOLDER = new URL('../../examples/tram-tau/messages/', import.meta.url);

const bring = async (file: string): Promise<string> => {
  const text = await readFile(new URL(file, FOLDER), 'utf8');
  const { messages } = await world.execute(importMessages, person('officer', taXiLang), { text });
  const { messageId } = messages[0]!;
  await world.execute(submitMessage, systemActor, { messageId });
  return messageId;
};

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  web = await startPages(world);
  for (const role of ['officer', 'leader'] as const)
    await world.execute(addUser, systemActor, {
      username: role,
      name: `Chị ${role}`,
      password: 'một mật khẩu dài',
      role,
      placeId: taXiLang,
    });
  used = await bring('04-the-bhyt.yaml');
  waiting = await bring('05-ho-tro-hoc-tap.yaml');
  await approve(world, person('leader', taXiLang), used);
  const sms = { edition: 1, kind: 'sms', text: 'Hãy xem thẻ còn hạn không.' } as const;
  await world.execute(reviseForm, systemActor, { messageId: used, ...sms });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await web?.close();
  await world?.close();
});

describe.each([360, 1280])('messages at %i px', (width) => {
  const enter = async (username: string) => {
    const context = await browser.newContext({ viewport: { width, height: 760 }, baseURL: web.url });
    const page = await context.newPage();
    const { path } = await world.execute(createSignInLink, systemActor, { username });
    await page.goto(path);
    await page.click('main button');
    return page;
  };

  it('every page of the officer and of the leader is whole', async () => {
    const officer = await enter('officer');
    for (const path of ['', '/new', `/${used}`, `/${used}/editions/1/form`, `/${used}/new-edition`]) {
      await officer.goto(`/messages${path}`);
      await look(officer);
    }
    const leader = await enter('leader');
    for (const path of [`/${used}`, `/${used}/editions/1/retire`, `/${waiting}/editions/1/approve`]) {
      await leader.goto(`/messages${path}`);
      await look(leader);
    }
    await leader.goto(`/messages/${used}`);
    await leader.click('a[href*="/corrections/"]');
    await look(leader);
    await leave(officer.context());
    await leave(leader.context());
  }, 300_000);

  it('a message is typed in, refused, put right and saved', async () => {
    const page = await enter('officer');
    const code = `vay-von-${width}`;
    await page.goto('/messages/new');
    await page.fill('#field-title', 'Vay vốn');
    await page.selectOption('#field-topic', 'credit');
    await page.fill('#field-code', 'Vay vốn');
    await page.fill('[name="bases.0.number"]', '78/2002/NĐ-CP');
    await page.click('button[value="save"]');
    await look(page);
    expect(await page.inputValue('#field-title')).toBe('Vay vốn');
    await page.fill('#field-code', code);
    await page.fill('[name="bases.0.issuer"]', 'Chính phủ');
    await page.fill('[name="bases.0.title"]', 'Tín dụng');
    await page.click('button[value="save"]');
    await look(page);
    await page.click('a[href$="/editions/1/form"]');
    await page.selectOption('#field-kind', 'script');
    await page.fill('#field-text', 'Mời ((tên)) đến điểm giao dịch xã.');
    await page.click('button[value="preview"]');
    await look(page);
    await page.click('button[value="save"]');
    await look(page);
    expect(await page.textContent('main')).toContain('Mời ((tên)) đến điểm giao dịch xã.');
    expect(await findMessageByCode(world.database.db, code)).toMatchObject({ latestEdition: 1 });
    await leave(page.context());
  }, 300_000);
});

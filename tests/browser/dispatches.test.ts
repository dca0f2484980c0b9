import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { countBothWays } from '../../src/shared/sms.ts';
import type { Web } from '../../src/web/server.ts';
import { launchBrowser, leave, look } from '../support/browser.ts';
import { startPages } from '../support/browserless.ts';
import { setProfile, subjectOf } from '../support/evidence.ts';
import { addPerson } from '../support/follow-up.ts';
import { taXiLang } from '../support/lists.ts';
import {
  e164No,
  everybodyReads,
  fakeChannel,
  forgetSendings,
  householdNo,
  receiptsFor,
  receiverOf,
  type SendingWorld,
  sendingWorld,
  work,
} from '../support/sending.ts';

const rows = [
  ...Array.from({ length: 9 }, (_, no) => householdNo(no + 1)),
  householdNo(10, { village: 'Thôn Hai' }),
  householdNo(11, { village: 'Thôn Ba', phones: [] }),
  householdNo(12, { village: 'Thôn Hai' }),
];
const VI =
  'UBND xã mời ((tên)), ((thôn)), đến ((nơi)) lúc ((giờ)) nghe về thẻ bảo hiểm y tế. ((đọc_được??Mang theo căn cước.)) Không muốn nhận tin: soạn TC.';

let sending: SendingWorld;
let web: Web;
let browser: Browser;
let username: string;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  const forms = [
    { text: VI },
    { language: 'hmn', text: 'Xeem fuab caw ((tên)) tuaj mloog lus.' },
    { kind: 'sms-plain' as const, text: 'Moi ((tên)) den ((nơi)) luc ((giờ)) nghe ve the bao hiem y te.' },
  ];
  sending = await sendingWorld(rows, { forms, at: new Date('2026-06-15T02:00:00Z') });
  web = await startPages(sending.world);
  await everybodyReads(sending, rows.slice(0, 6));
  const { pool } = sending.world.database;
  for (const [no, reads] of [
    [9, ['hmn']],
    [11, []],
  ] as const) {
    const subjectId = await subjectOf(sending.world, rows[no]!.code!);
    await setProfile(sending.world, subjectId, ['hmn'], reads);
    await pool.query(`update registry.subject_now set languages = '{hmn}', languages_read = $2 where subject_id = $1`, [
      subjectId,
      reads,
    ]);
  }
  ({ username } = await addPerson(sending.world, 'officer', taXiLang, 'Lò Văn Cán Bộ'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await sending?.world.close();
});

describe.each([360, 1280])('sending at %i px', (width) => {
  beforeEach(async () => {
    await forgetSendings(sending, { evidence: true });
    context = await browser.newContext({ viewport: { width, height: 760 }, baseURL: web.url });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const { path } = await sending.world.execute(createSignInLink, systemActor, { username });
    await page.goto(path);
    await page.click('main button');
    return () => leave(context);
  });

  const handOver = async () => {
    const channel = fakeChannel('thu');
    channel.answer = ({ deliveryId, to }) => {
      if (to === e164No(2)) return { deliveryId, kind: 'refused', code: 'bad-number', retry: false, detail: '0x0B' };
      if (to === e164No(3)) return { deliveryId, kind: 'uncertain' };
      return to === e164No(4) ? { deliveryId, kind: 'refused', code: 'unreachable', retry: true } : undefined;
    };
    await work(sending, channel);
    const taken = channel.handed.filter(({ to }) => ![2, 3, 4].map(e164No).includes(to));
    await receiverOf(sending).receipts('thu', receiptsFor(taken.slice(0, 4)));
    await receiverOf(sending).receipts('thu', receiptsFor(taken.slice(4, 5), 'expired'));
  };

  it('from the list to the line, the check, the button, and what became of it', async () => {
    await page.goto('/dispatches');
    await look(page);
    await page.goto(`/dispatches/new?line=${sending.lineId}`);
    await look(page);
    // The text says where and when: nothing can be sent before that is filled in.
    expect(await page.locator('main form[method=post] button').count()).toBe(0);
    await page.fill('#field-hour', '8 giờ sáng mai');
    await page.fill('#field-where', 'nhà văn hóa thôn');
    await page.click('text=Chỉ gửi ở một số thôn');
    await look(page);
    await page.click('button:has-text("Xem lại số liệu")');
    expect(await page.textContent('main')).toContain('đến nhà văn hóa thôn lúc 8 giờ sáng mai nghe về thẻ');
    await page.click('text=Đổi cách gửi');
    expect(await page.inputValue('#field-hour')).toBe('8 giờ sáng mai');
    await look(page);
    await page.click('button:has-text("Gửi cho 10 hộ")');
    expect(page.url()).toMatch(/\/dispatches\/[0-9a-f-]{36}$/u);
    const own = page.url();
    await page.click('a:has-text("Thôi tự cập nhật")');
    await look(page);
    await handOver();
    await page.reload();
    expect(await page.textContent('main')).toContain('1 lượt đang chờ');
    await look(page);
    await page.click('button:has-text("Dừng gửi")');
    await page.waitForURL(own);
    await look(page);
    await page.click('a:has-text("Thôi không gửi phần còn lại")');
    await look(page);
    await page.click('main button:has-text("Thôi không gửi phần còn lại")');
    await page.waitForURL(own);
    await page.goto(`${own}?hold=1`);
    await look(page);
    await page.goto(`${own}/deliveries`);
    await look(page);
    await page.click('summary:has-text("Xem lời") >> nth=0');
    await look(page);
    await page.selectOption('#field-state', 'failed');
    await page.click('button:has-text("Xem")');
    // The list alone is fetched; its address tells that it is there.
    await page.waitForURL((address) => address.search.includes('state=failed'));
    expect(await page.locator('tbody tr').count()).toBe(2);
    await page.goto(`${own}?hold=1`);
    await page.click('a:has-text("Gửi lại cho những hộ chưa nhận")');
    await look(page);
    await page.goto('/dispatches');
    await look(page);
    await page.goto(`/dispatches/new?line=${sending.lineId}`);
    await page.click('main a:has-text("Dòng 1")');
    await look(page);
  }, 240_000);

  it('replies are read', async () => {
    await receiverOf(sending).inbound('thu', [
      { from: e164No(5), text: 'TC' },
      { from: e164No(6), text: 'Nhà tôi chưa có thẻ, phải lên xã ngày nào?' },
    ]);
    await page.goto('/dispatches');
    await page.click('a:has-text("1 tin chưa đọc")');
    await look(page);
    await page.click('button:has-text("Đánh dấu đã đọc")');
    expect(await page.textContent('main')).toContain('Lò Văn Cán Bộ đã đọc');
    await look(page);
  }, 120_000);

  it('the parts of an SMS are counted while it is typed, and without a script when the page is made', async () => {
    const { pool } = sending.world.database;
    const state = (to: string) =>
      pool.query('update content.message_edition set state = $2 where message_id = $1', [sending.messageId, to]);
    await state('draft');
    const path = `/messages/${sending.messageId}/editions/1/form`;
    const counts = async (of: Page) => {
      const text = (name: string) => of.textContent(`[data-count="${name}"]`).then(Number);
      return {
        marked: { parts: await text('marked-parts'), left: await text('marked-left') },
        plain: { parts: await text('plain-parts'), left: await text('plain-left') },
      };
    };
    await page.goto(`${path}?kind=sms&language=vi`);
    await look(page);
    expect(await counts(page)).toEqual(countBothWays(VI));
    const typed = 'Mời bà con đến nhà văn hóa thôn lúc 8 giờ. '.repeat(3);
    await page.fill('#field-text', typed);
    await expect.poll(() => counts(page)).toEqual(countBothWays(typed));
    await page.fill('#field-text', '');
    await expect.poll(() => counts(page)).toMatchObject({ marked: { parts: 0 }, plain: { parts: 0 } });

    await page.goto(path);
    await page.selectOption('#field-kind', 'script');
    expect(await page.isVisible('[data-sms-counter]')).toBe(false);
    await page.selectOption('#field-kind', 'sms');
    expect(await page.isVisible('[data-sms-counter]')).toBe(true);

    const bare = await browser.newContext({
      viewport: { width, height: 760 },
      baseURL: web.url,
      javaScriptEnabled: false,
    });
    await bare.addCookies(await context.cookies());
    const still = await bare.newPage();
    await still.goto(`${path}?kind=sms&language=vi`);
    expect(await still.textContent('[data-count="marked-parts"]')).toBe(String(countBothWays(VI).marked.parts));
    await leave(bare);
    await state('approved');
  }, 120_000);
});

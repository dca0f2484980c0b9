import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWalker, startPages } from '../support/browserless.ts';
import {
  type DispatchPages,
  dispatchOf,
  fieldsOf,
  looked,
  openDispatchPages,
  page,
  textOf,
} from '../support/dispatch-pages.ts';
import { addLine } from '../support/evidence.ts';
import { asking, makeKey } from '../support/keys.ts';
import { taXiLang } from '../support/lists.ts';
import { e164No, fakeChannel, receiverOf, work } from '../support/sending.ts';

let pages: DispatchPages;
let sending: DispatchPages['sending'];
let web: DispatchPages['web'];
let officer: DispatchPages['officer'];
let leader: DispatchPages['leader'];
let agent: DispatchPages['agent'];
let stranger: DispatchPages['stranger'];
let two: DispatchPages['two'];
let enter: DispatchPages['enter'];
let newPage: DispatchPages['newPage'];
let press: DispatchPages['press'];
let deliveries: DispatchPages['deliveries'];

beforeAll(async () => {
  pages = await openDispatchPages();
  ({ sending, web, officer, leader, agent, stranger, two, enter, newPage, press, deliveries } = pages);
});
afterAll(() => pages?.close());
beforeEach(() => pages.begin());

describe('before the button', () => {
  it('shows the words, what they cost, who gets them, and who is left out and why', async () => {
    const [status, html] = await page(officer, newPage());
    expect(status).toBe(200);
    const text = textOf(html);
    expect(text).toContain('Thẻ BHYT của hộ nghèo');
    expect(html).toContain('Nhà Giàng &lt;b>A&lt;/b> Một ở Thôn Một được cấp thẻ bảo hiểm y tế.');
    expect(html).not.toContain('<b>A</b>');
    expect(text).toContain('Nha Giang');
    // Four messages of two parts with marks and one of one, all of one without; 350 đồng each.
    expect(text).toMatch(/Tin nhắn \(có dấu\) – đang chọn 1 đến 2 phần tin 9 3\.150 đồng/u);
    expect(text).toMatch(/Tin nhắn \(không dấu\) 1 phần tin 5 1\.750 đồng/u);
    expect(text).toContain('5 sẽ nhận tin 2 có người đọc được');
    expect(text).toContain('Ai không được nhắn 1 gọi điện được 1 phải đến tận nhà 0 không cần nhắn nữa');
    expect(text).toMatch(/Có điện thoại nhưng không ai đọc được 1 gọi điện/u);
    expect(text).toMatch(/Không có số điện thoại 1 đến tận nhà/u);
    expect(text).toMatch(/Thôn Hai[^0-9]* 1 0/u);
    expect(text).toContain('Gửi cho 5 hộ · khoảng 3.150 đồng');
    expect(text).toContain('bộ mô phỏng');
    expect(text).not.toContain('chờ đến 7 giờ');
    expect(await deliveries()).toBe(0);
  });

  it('keeps every choice in the address and in the button', async () => {
    const [, plain] = await page(officer, newPage('&kind=sms-plain'));
    expect(textOf(plain)).toMatch(/Tin nhắn \(không dấu\) – đang chọn 1 phần tin 5/u);
    expect(textOf(plain)).toMatch(/Tin nhắn \(có dấu\) 1 đến 2 phần tin 9/u);
    const [, some] = await page(officer, newPage(`&placeIds=${two}&reading=anybody&who=all`));
    expect(textOf(some)).toContain('Gửi cho 1 hộ');
    expect(some).toMatch(new RegExp(`value="${two}" checked`, 'u'));
    const fields = fieldsOf(some)!;
    expect(Object.fromEntries(fields)).toMatchObject({ placeIds: two, reading: 'anybody', who: 'all', kind: 'sms' });
    const [, known] = await page(officer, newPage('&reading=known'));
    expect(textOf(known)).toContain('Gửi cho 2 hộ');
    expect(textOf(known)).toMatch(/Có điện thoại, chưa biết có ai đọc được 3 gọi điện/u);
    const dispatchId = dispatchOf(await officer.post('/dispatches/new', fields));
    const [, sent] = await page(officer, `/dispatches/${dispatchId}`);
    expect(textOf(sent)).toMatch(/Gửi đến Thôn Hai/u);
  });

  it('asks for the hour that the text names, and sends nothing before', async () => {
    const { pool } = sending.world.database;
    await pool.query(`update content.form set text = 'Mời ((tên)) họp lúc ((giờ)).' where kind = 'sms'`);
    const [, html] = await page(officer, newPage());
    expect(fieldsOf(html)).toBeUndefined();
    expect(html).toContain('href="#field-hour"');
    const token = await officer.token(newPage());
    const seen = { line: sending.lineId, run: '1', recipients: '5', parts: '5', csrf: token };
    const [status, refused] = await looked(await officer.post('/dispatches/new', new URLSearchParams(seen)));
    expect(status).toBe(422);
    expect(refused).toContain('id="field-hour-error"');
    const [, asked] = await page(officer, newPage(`&hour=${encodeURIComponent('8 giờ & 30')}`));
    expect(asked).toContain('Một họp lúc 8 giờ &amp; 30.');
    expect(fieldsOf(asked)!.get('hour')).toBe('8 giờ & 30');
    const [, long] = await page(officer, newPage(`&hour=${'x'.repeat(60)}`));
    expect(long).toContain('id="field-hour-error"');
    expect(await deliveries()).toBe(0);
  });

  it('opens just those who are left out by the way or the reason asked for, and keeps the choices', async () => {
    const links = async (walker: typeof officer, more = '') =>
      [...(await page(walker, newPage(more)))[1].matchAll(/href="(\/dispatches\/new\/left-out\?[^"]*)"/gu)].map(
        ([, href]) => href!.replaceAll('&amp;', '&'),
      );
    const codesIn = async (walker: typeof officer, path: string) =>
      (await page(walker, path))[1].match(/H\d{4}/gu) ?? [];
    const found = await links(officer);
    const [call, visit, unread, noNumber] = ['way=call', 'way=visit', 'why=cannot-read', 'why=no-phone'].map(
      (only) => found.find((href) => href.endsWith(only))!,
    );
    expect(await codesIn(officer, call!)).toEqual(['H0007']);
    expect(await codesIn(officer, visit!)).toEqual(['H0006']);
    expect(await codesIn(leader, unread!)).toEqual(['H0007']);
    expect(await codesIn(officer, noNumber!)).toEqual(['H0006']);
    const [, html] = await page(officer, visit!);
    expect(textOf(html)).toMatch(/Không được nhắn, phải đến tận nhà .* Xem 1 hộ Sắp xếp/u);
    expect(html).toContain(`href="/left-behind?line=${sending.lineId}"`);
    // Another way of choosing, other rows; the way back leads to the same choice.
    const known = (await links(officer, '&reading=known')).find((href) => href.endsWith('way=call'))!;
    expect(await codesIn(officer, known)).toHaveLength(4);
    expect((await page(officer, known))[1]).toContain(
      `href="/dispatches/new?line=${sending.lineId}&amp;kind=sms&amp;reading=known"`,
    );
    expect((await stranger.get(visit!)).status).toBe(404);
    expect((await agent.get(visit!)).status).toBe(403);
  });

  it('makes up no sum where the price is not known', async () => {
    const other = await startPages(sending.world, undefined, {}, undefined, null);
    try {
      const walker = createWalker(other.url);
      for (const [name, value] of officer.cookies) walker.cookies.set(name, value);
      const text = textOf((await page(walker, newPage()))[1]);
      expect(text).toContain('Gửi cho 5 hộ · chưa biết giá');
      expect(text).toContain('chưa khai giá');
    } finally {
      await other.close();
    }
  });

  it('says why nobody is left, and offers no button', async () => {
    const [, html] = await page(officer, newPage(`&placeIds=${two}&reading=known`));
    expect(fieldsOf(html)).toBeUndefined();
    expect(textOf(html)).toContain('Không còn ai để nhắn tin.');
    expect(textOf(html)).toMatch(/chưa biết có ai đọc được 1 gọi điện/u);
  });

  it('says when the line means nobody at all, and what to do, in both languages', async () => {
    const { world, messageId } = sending;
    const nobody = { subject: 'household', where: { class: ['newly_escaped'] } };
    const lineId = await addLine(world, { messageId, channels: ['sms'], rule: nobody });
    const at = `/dispatches/new?line=${lineId}`;
    const [, html] = await page(officer, at);
    expect(fieldsOf(html)).toBeUndefined();
    const text = textOf(html);
    expect(text).toContain('Đối tượng của dòng này hiện không có ai. Hãy nhập danh sách mới nhất, hoặc xem lại');
    // There is no table to look at, and nobody to visit.
    expect(text).not.toContain('ở trên cho biết vì sao');
    expect(html).not.toContain(`href="/left-behind?line=${lineId}"`);
    expect(html).toContain('href="/imports/new"');
    // A leader brings in no lists.
    expect((await page(leader, at))[1]).not.toContain('href="/imports/new"');
    expect(textOf((await page(officer, `${at}&placeIds=${two}`))[1])).toContain(
      'hiện không có ai ở những thôn đã chọn. Hãy chọn thôn khác',
    );
    const officers = { subject: 'officer', where: { post: { contains: ['trưởng thôn'] } } };
    const toOfficers = await addLine(world, { messageId, channels: ['sms'], rule: officers });
    expect(textOf((await page(officer, `/dispatches/new?line=${toOfficers}`))[1])).toContain(
      'Đối tượng của dòng này hiện không có cán bộ nào. Hãy nhờ người quản trị ghi thêm cán bộ',
    );
    const english = await enter('officer', taXiLang, 'Cán bộ đọc tiếng Anh');
    await english.send('/dispatches', '/language', { language: 'en' });
    const [, translated] = await page(english, at);
    expect(textOf(translated)).toContain('The line means nobody today. Bring in the newest list, or look at');
    expect(textOf((await page(english, `${at}&placeIds=${two}`))[1])).toContain(
      'The line means nobody in the villages chosen today.',
    );
  });

  it('says when an earlier sending needs no other run', async () => {
    const dispatchId = dispatchOf(await press());
    await work(sending, fakeChannel());
    const [, html] = await page(officer, newPage(`&retry=${dispatchId}`));
    expect(fieldsOf(html)).toBeUndefined();
    expect(textOf(html)).toContain('Đợt trước không còn ai cần gửi lại.');
    expect(html).toContain(`href="/left-behind?line=${sending.lineId}"`);
  });

  it('leads to the message when no wording is approved, and to plain letters when those are', async () => {
    const { pool } = sending.world.database;
    await pool.query(`update content.form set state = 'draft' where kind = 'sms'`);
    const [, plain] = await page(officer, newPage());
    expect(textOf(plain)).toMatch(/Tin nhắn \(không dấu\) – đang chọn/u);
    const [status, asked] = await page(officer, newPage('&kind=sms'));
    expect(status).toBe(200);
    expect(textOf(asked)).toContain('Thông điệp chưa có bản SMS nào được duyệt.');
    expect(asked).toContain(`href="/messages/${sending.messageId}"`);
    expect(fieldsOf(asked)).toBeUndefined();
  });

  it('says that a message waits for morning, and that an urgent one does not', async () => {
    sending.world.clock.set(new Date('2026-06-15T15:30:00Z'));
    const late = await enter('officer', taXiLang, 'Cán bộ trực đêm');
    expect(textOf((await page(late, newPage()))[1])).toContain('chờ đến 7 giờ sáng mới đi');
    const [, urgent] = await page(late, newPage('&urgentReason=Báo+lũ'));
    expect(textOf(urgent)).toContain('Gửi gấp: tin đi ngay');
    const dispatchId = dispatchOf(await press('', late));
    const [, html] = await page(late, `/dispatches/${dispatchId}`);
    expect(textOf(html)).toContain('5 lượt tự đi lúc 7 giờ sáng, không phải làm gì.');
    expect(html).not.toContain('http-equiv="refresh"');
    expect(textOf((await page(late, '/dispatches'))[1])).toContain('Chờ đến 7 giờ sáng');
  });
});

describe('the button', () => {
  it('sends once, whoever presses again', async () => {
    const fields = fieldsOf((await page(officer, newPage()))[1])!;
    const twin = fieldsOf((await page(leader, newPage()))[1])!;
    dispatchOf(await officer.post('/dispatches/new', fields));
    expect(await deliveries()).toBe(5);
    for (const [walker, sent] of [
      [officer, fields],
      [leader, twin],
    ] as const) {
      const [status, html] = await looked(await walker.post('/dispatches/new', sent));
      expect(status).toBe(409);
      expect(textOf(html)).toContain('Cán bộ Lò đã gửi đợt này lúc 09:00 15/06/2026 cho 5 người nhận.');
      expect(fieldsOf(html)).toBeUndefined();
    }
    expect(await deliveries()).toBe(5);
    expect(textOf((await page(leader, newPage()))[1])).toContain('Cán bộ Lò, 09:00 15/06/2026, 5 hộ.');
  });

  it('shows the new figures when they changed meanwhile, and loses no choice', async () => {
    const fields = fieldsOf((await page(officer, newPage('&kind=sms-plain')))[1])!;
    await receiverOf(sending).inbound('thu', [{ from: e164No(3), text: 'TC' }]);
    const [status, html] = await looked(await officer.post('/dispatches/new', fields));
    expect(status).toBe(409);
    expect(textOf(html)).toContain('vừa thay đổi so với lúc anh/chị xem');
    expect(textOf(html)).toMatch(/Đã từ chối nhận tin 1 đến tận nhà/u);
    expect(await deliveries()).toBe(0);
    const fresh = fieldsOf(html)!;
    expect(Object.fromEntries(fresh)).toMatchObject({ kind: 'sms-plain', recipients: '4', run: '1' });
    dispatchOf(await officer.post('/dispatches/new', fresh));
    expect(await deliveries()).toBe(4);
  });

  it('to nobody is refused, by the page and by a key, and nothing is written', async () => {
    const { world, messageId } = sending;
    const rule = { subject: 'household', where: { class: ['newly_escaped'] } };
    const lineId = await addLine(world, { messageId, channels: ['sms'], rule });
    const token = await officer.token('/account');
    const fields = { csrf: token, line: lineId, run: '1', recipients: '0', parts: '0' };
    const [status, html] = await looked(await officer.post('/dispatches/new', new URLSearchParams(fields)));
    expect(status).toBe(409);
    expect(textOf(html)).toContain('Không có ai để gửi, chưa ghi gì cả.');
    expect(textOf(html)).toContain('Đối tượng của dòng này hiện không có ai.');
    const { secret } = await makeKey(world, { placeId: taXiLang });
    const ask = asking(web.url, secret);
    const input = { lineId, run: 1, seen: { recipients: 0, parts: 0 } };
    for (const [language, sentence] of [
      ['vi', 'Không có ai để gửi, chưa ghi gì cả.'],
      ['en', 'There is nobody to send to, and nothing was written.'],
    ] as const) {
      const answer = await ask('delivery.create-dispatch', input, { 'accept-language': language });
      expect(answer).toMatchObject({ status: 409, body: { error: { kind: 'conflict', code: 'dispatch.nobody' } } });
      expect(answer.body.error.message).toContain(sentence);
    }
    for (const table of ['delivery.dispatch', 'delivery.batch', 'delivery.delivery', 'plans.activity'])
      expect((await world.database.pool.query(`select 1 from ${table}`)).rowCount, table).toBe(0);
  });

  it('is not there for who may not send', async () => {
    expect((await agent.get(newPage())).status).toBe(403);
    expect((await stranger.get(newPage())).status).toBe(404);
    expect((await officer.get('/dispatches/new')).headers.get('location')).toBe('/dispatches');
    expect((await createWalker(web.url).get(newPage())).status).toBe(303);
    expect((await page(agent, '/'))[1]).not.toContain('href="/dispatches"');
  });
});

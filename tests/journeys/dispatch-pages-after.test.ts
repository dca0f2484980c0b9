import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RefusalCode, SendOutcome } from '../../src/channels/contract.ts';
import { createWalker } from '../support/browserless.ts';
import {
  type DispatchPages,
  dispatchOf,
  fieldsOf,
  looked,
  NINE,
  openDispatchPages,
  page,
  rows,
  TEXT,
  textOf,
} from '../support/dispatch-pages.ts';
import { subjectOf } from '../support/evidence.ts';
import { e164No, fakeChannel, receiptsFor, receiverOf, submit, work } from '../support/sending.ts';

let pages: DispatchPages;
let sending: DispatchPages['sending'];
let officer: DispatchPages['officer'];
let leader: DispatchPages['leader'];
let agent: DispatchPages['agent'];
let stranger: DispatchPages['stranger'];
let press: DispatchPages['press'];

beforeAll(async () => {
  pages = await openDispatchPages();
  ({ sending, officer, leader, agent, stranger, press } = pages);
});
afterAll(() => pages?.close());
beforeEach(() => pages.begin());

describe('a sending', () => {
  type Answer = (deliveryId: string) => SendOutcome;
  const refused =
    (code: RefusalCode, retry = false): Answer =>
    (deliveryId) => ({ deliveryId, kind: 'refused', code, retry });
  const silent: Answer = (deliveryId) => ({ deliveryId, kind: 'uncertain' });
  /** What becomes of each number that is named; the others are accepted. */
  const answering = (answers: Record<number, Answer>) => {
    const channel = fakeChannel('thu');
    channel.answer = ({ deliveryId, to }) =>
      Object.entries(answers).find(([no]) => e164No(Number(no)) === to)?.[1](deliveryId);
    return channel;
  };

  it('is followed from the first to the last receipt, and its failures say what to do', async () => {
    const dispatchId = dispatchOf(await press());
    const own = `/dispatches/${dispatchId}`;
    const [, begun] = await page(officer, own);
    expect(begun).toContain(`http-equiv="refresh" content="3; url=${own}"`);
    expect(textOf(begun)).toMatch(/Chờ gửi: 5/u);
    expect((await page(officer, `${own}?hold=1`))[1]).not.toContain('http-equiv');
    const channel = answering({
      2: refused('bad-number'),
      3: silent,
      4: refused('unreachable', true),
    });
    await work(sending, channel);
    const [, waits] = await page(officer, own);
    expect(textOf(waits)).toContain('Chưa kết nối được nhà mạng : 1 lượt đang chờ. Tự gửi lại khi có kết nối.');
    channel.answer = () => undefined;
    sending.world.clock.set(new Date(NINE.getTime() + 61_000));
    await work(sending, channel);
    expect(textOf((await page(officer, own))[1])).toContain('Đã gửi hết 2 lượt không đến. Xem vì sao');
    const accepted = channel.handed.filter(({ to }) => [1, 4, 5].map(e164No).includes(to));
    await receiverOf(sending).receipts('thu', receiptsFor(accepted));
    const [, done] = await page(leader, own);
    const text = textOf(done);
    expect(text).toContain('Đã gửi hết 2 lượt không đến. Xem vì sao');
    expect(text).toMatch(/Máy đã nhận: 3 Chưa đến: 2/u);
    expect(text).toMatch(/Số điện thoại không có thật 1 Sửa số trong danh sách hộ/u);
    expect(text).toMatch(/Đã gửi nhưng nhà mạng không trả lời 1 Không tự gửi lại để khỏi trùng/u);
    expect(text).toMatch(/Tổng số phần tin 9 Chi phí 3\.150 đồng/u);
    expect(text).toContain('Ai không được nhắn lúc gửi (2 hộ)');
    expect(done).not.toContain('http-equiv');
    expect(done).toContain(`href="/left-behind?line=${sending.lineId}"`);
    const [, list] = await page(officer, '/dispatches');
    expect(textOf(list)).toMatch(/Đợt 1: Thẻ BHYT của hộ nghèo .* Đã gửi hết Máy đã nhận: 3 Chưa đến: 2/u);
  });

  it('lists its deliveries by state, and gives exactly those as a file', async () => {
    const dispatchId = dispatchOf(await press());
    await work(sending, answering({ 4: refused('blocked') }));
    const own = `/dispatches/${dispatchId}/deliveries`;
    const [, all] = await page(officer, own);
    expect(textOf(all)).toContain('5 lượt');
    expect(all).not.toContain('Không có lựa chọn nào');
    expect(textOf((await page(officer, `${own}?state=hong`))[1])).toContain('Không có lựa chọn nào là “hong” ở đây');
    expect(all).toContain(`href="/households/${await subjectOf(sending.world, rows[0]!.code!)}"`);
    expect(textOf(all)).toContain('0540 000 001');
    const query = '?state=failed&fault=blocked';
    const [, failed] = await page(officer, own + query);
    expect(textOf(failed)).toMatch(/=1\+1 H0004 Thôn Một[^0-9]* 0540 000 004 Không gửi được Số này chặn tin nhắn/u);
    expect(failed).toContain(`deliveries.csv${query.replace('&', '&amp;')}`);
    const file = await officer.get(`${own}.csv${query}`);
    expect(file.headers.get('content-type')).toContain('text/csv');
    const lines = (await file.text()).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    // No sheet takes a name for a formula.
    expect(lines[1]).toMatch(/^'=1\+1,H0004,/u);
    expect(lines[1]).toContain('Số này chặn tin nhắn');
    expect((await (await officer.get(`${own}.csv`)).text()).trim().split('\r\n')).toHaveLength(6);
  });

  it('is stopped, goes on, and is given up after a question', async () => {
    const dispatchId = dispatchOf(await press());
    const own = `/dispatches/${dispatchId}`;
    expect((await officer.send(own, `${own}/stop`, {})).status).toBe(303);
    const [, stopped] = await page(leader, own);
    expect(textOf(stopped)).toContain('Đã dừng Cán bộ Lò dừng lúc 09:00 15/06/2026, còn 5 lượt chưa gửi. Gửi tiếp');
    const channel = fakeChannel();
    await work(sending, channel);
    expect(channel.handed).toHaveLength(0);
    const [status, again] = await looked(await officer.send(own, `${own}/stop`, {}));
    expect([status, textOf(again)]).toEqual([409, expect.stringContaining('Đợt gửi này không đang chạy')]);
    expect((await officer.send(own, `${own}/resume`, {})).status).toBe(303);
    expect((await page(officer, own))[1]).toContain(`action="${own}/stop"`);
    const [, question] = await page(officer, `${own}/give-up`);
    expect(textOf(question)).toContain('Thôi không gửi 5 lượt còn lại?');
    expect((await officer.send(`${own}/give-up`, `${own}/give-up`, {})).status).toBe(303);
    const [, over] = await page(officer, own);
    expect(textOf(over)).toMatch(/Đã thôi không gửi phần còn lại 5 Gửi lại khi cần\./u);
    await work(sending, channel);
    expect(channel.handed).toHaveLength(0);
    expect((await officer.get(`${own}/give-up`)).status).toBe(409);
  });

  it('is sent again to those that did not get it, and to the others only when that is asked for', async () => {
    const dispatchId = dispatchOf(await press());
    await work(sending, answering({ 2: refused('rejected'), 3: silent }));
    const [, html] = await page(officer, `/dispatches/${dispatchId}`);
    const link = /href="(\/dispatches\/new\?[^"]*retry=[^"]*)"/u.exec(html)![1]!.replaceAll('&amp;', '&');
    const [, retry] = await page(officer, link);
    expect(textOf(retry)).toContain('Kiểm tra trước khi gửi lại');
    expect(textOf(retry)).toContain('Gửi lại cả những lượt không rõ (có thể có hộ nhận hai lần)');
    expect(textOf(retry)).toContain('Gửi cho 1 hộ');
    const [, both] = await page(officer, `${link}&uncertain=yes`);
    expect(textOf(both)).toContain('Gửi cho 2 hộ');
    const second = dispatchOf(await officer.post('/dispatches/new', fieldsOf(both)!));
    const [, shown] = await page(officer, `/dispatches/${second}`);
    expect(textOf(shown)).toContain('Đây là lần gửi lại của đợt 1, gửi lúc 09:00 15/06/2026');
    expect(shown).toContain(`href="/dispatches/${dispatchId}"`);
    const [, first] = await page(officer, `/dispatches/${dispatchId}`);
    expect(textOf(first)).toContain('Đã gửi lại: đợt 2, gửi lúc 09:00 15/06/2026');
    expect(textOf(first)).toContain('Đã gửi lại: xem đợt 2.');
    expect(first).toContain(`href="/dispatches/${second}"`);
    // It was sent again: there is nothing to send again from here.
    expect(first).not.toContain('retry=');
    const channel = fakeChannel();
    await work(sending, channel);
    expect(channel.handed.map(({ to }) => to).sort()).toEqual([2, 3].map(e164No));
  });

  it('is not proposed a third time to those where it failed twice: somebody goes there', async () => {
    const first = dispatchOf(await press());
    const both = answering({ 2: refused('rejected'), 3: refused('credit') });
    await work(sending, both);
    expect(textOf((await page(officer, `/dispatches/${first}`))[1])).toContain('Gửi lại một lần');
    const again = dispatchOf(await press(`&retry=${first}`));
    await work(sending, both);
    const [, html] = await page(officer, `/dispatches/${again}`);
    const text = textOf(html);
    expect(text).toContain('Nhà mạng từ chối, không nói lý do 1 Đã hai lần không đến: cử người đến tận nhà.');
    expect(text).not.toContain('Gửi lại một lần');
    // What our own contract is the cause of still goes well once that is put right.
    expect(text).toContain('1 Nạp tiền hoặc gia hạn hợp đồng, rồi gửi lại.');
    expect(html).toContain(`retry=${again}`);
    const third = dispatchOf(await press(`&retry=${again}`));
    await work(sending, answering({ 2: refused('rejected') }));
    const [, last] = await page(officer, `/dispatches/${third}`);
    const actions = last.slice(last.indexOf('/left-behind?line='));
    expect(last).toContain(`class="button primary" href="/left-behind?line=${sending.lineId}"`);
    expect(actions).toContain(`retry=${third}`);
  });

  it('is nobody else’s', async () => {
    const dispatchId = dispatchOf(await press());
    for (const path of ['', '/deliveries', '/deliveries.csv', '/give-up'])
      expect((await stranger.get(`/dispatches/${dispatchId}${path}`)).status, path).toBe(404);
    expect((await stranger.send('/dispatches', `/dispatches/${dispatchId}/stop`, {})).status).toBe(404);
    expect(textOf((await page(stranger, '/dispatches'))[1])).toContain('Chưa gửi đợt tin nhắn nào.');
    const [refused, why] = await page(agent, '/dispatches');
    expect([refused, textOf(why)]).toEqual([
      403,
      expect.stringContaining('Việc này của: Cán bộ, Lãnh đạo. Cần thì nhờ'),
    ]);
  });
});

describe('around it', () => {
  it('replies are read and said to be; one that refuses is told to hold', async () => {
    await receiverOf(sending).inbound('thu', [
      { from: e164No(2), text: 'TC' },
      { from: e164No(3), text: 'Thẻ <i>này</i> lấy ở đâu?' },
    ]);
    expect(textOf((await page(officer, '/dispatches'))[1])).toContain('Tin trả lời: 1 tin chưa đọc');
    const [, html] = await page(officer, '/dispatches/replies');
    const text = textOf(html);
    expect(text.indexOf('lấy ở đâu?')).toBeLessThan(text.indexOf('Đã ngừng nhắn số này'));
    expect(html).not.toContain('<i>');
    const action = /action="(\/dispatches\/replies\/[^"]+\/read)"/u.exec(html)![1]!;
    const asked = '/dispatches/replies?state=unread&sort=-when';
    expect((await page(officer, asked))[1]).toContain(`name="next" value="${asked.replace('&', '&amp;')}"`);
    const marked = await officer.send('/dispatches/replies', action, { next: asked });
    expect([marked.status, marked.headers.get('location')]).toEqual([303, asked]);
    const [status, again] = await looked(await leader.send('/dispatches/replies', action, {}));
    expect([status, textOf(again)]).toEqual([409, expect.stringContaining('Tin trả lời này đã có người đọc.')]);
    expect(textOf(again)).toContain('Cán bộ Lò đã đọc, 09:00 15/06/2026');
    expect(textOf((await page(officer, '/dispatches'))[1])).not.toContain('chưa đọc');
    expect((await stranger.send('/dispatches/replies', action, {})).status).toBe(404);
    expect(textOf((await page(stranger, '/dispatches/replies'))[1])).toContain('Chưa có tin trả lời nào.');
  });

  it('a reply that is marked leads back to the list, never elsewhere', async () => {
    for (const next of ['https://example.com/', '//example.com/dispatches/replies', '/account']) {
      await receiverOf(sending).inbound('thu', [{ from: e164No(3), text: `Hỏi thêm ${next.length}` }]);
      const [, html] = await page(officer, '/dispatches/replies?state=unread');
      const action = /action="(\/dispatches\/replies\/[^"]+\/read)"/u.exec(html)![1]!;
      const { status, headers } = await officer.send('/dispatches/replies', action, { next });
      expect([status, headers.get('location')], next).toEqual([303, '/dispatches/replies']);
    }
  });

  it('the line of the plan leads to it, and tells what was sent', async () => {
    const { rows: found } = await sending.world.database.pool.query(
      'select p.code from plans.plan_line l join plans.plan p using (plan_id) where l.line_id = $1',
      [sending.lineId],
    );
    const at = `/plans/${found[0].code}/lines/1`;
    const [, before] = await page(officer, at);
    expect(before).toContain(`href="/dispatches/new?line=${sending.lineId}"`);
    expect(textOf(before)).toContain('Chưa gửi đợt nào cho dòng này.');
    const { dispatchId } = await submit(sending);
    const [, after] = await page(officer, at);
    expect(after).toContain(`href="/dispatches/${dispatchId}"`);
    expect(textOf(after)).not.toContain('Chưa gửi đợt nào cho dòng này.');
    expect((await page(agent, at))[1]).not.toContain('/dispatches/');
  });

  it('the log tells of it by its plan, line and number', async () => {
    dispatchOf(await press());
    const [, html] = await page(leader, '/audit?group=delivery');
    expect(textOf(html)).toMatch(
      /Gửi một đợt tin nhắn dòng 1 của kế hoạch (\S+) · chỉ xem mã này đợt gửi \1:1:\d+ · /u,
    );
  });

  it('a page without a script of ours may run none, and the form of an SMS counts its parts', async () => {
    const closed = (await createWalker(pages.web.url).get('/sign-in')).headers.get('content-security-policy');
    expect(closed).toContain("script-src 'none'");
    const { pool } = sending.world.database;
    await pool.query(`update content.message_edition set state = 'draft' where message_id = $1`, [sending.messageId]);
    const response = await officer.get(`/messages/${sending.messageId}/editions/1/form?kind=sms&language=vi`);
    await pool.query(`update content.message_edition set state = 'approved' where message_id = $1`, [
      sending.messageId,
    ]);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    const [, html] = await looked(response);
    // 65 letters as they are written, gaps and all.
    expect(html).toContain(`data-count="marked-parts">1<`);
    expect(html).toContain(`data-count="marked-left">${70 - TEXT.length}<`);
    expect(html).toContain(`data-count="plain-left">${160 - TEXT.length}<`);
    const script = /<script type="module" src="([^"]*sms-counter[^"]+)"/u.exec(html)![1]!;
    const source = await officer.get(script);
    expect(source.headers.get('content-type')).toContain('text/javascript');
    const imported = /from '(\.\/sms\.[0-9a-f]+\.js)'/u.exec(await source.text())![1]!;
    expect((await officer.get(`/assets/${imported.slice(2)}`)).status).toBe(200);
  });
});

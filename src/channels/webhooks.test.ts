import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openKeeper } from '../../tests/support/channel-kit.ts';
import { RECEIPT_SECRET, receiptSettings } from '../../tests/support/http-bench.ts';
import { createLog, silentLog } from '../platform/log.ts';
import type { ReceiptSettings } from './http-settings.ts';
import type { Arrived } from './webhook-read.ts';
import { openWebhooks } from './webhooks.ts';

const HEADERS = { 'x-secret': RECEIPT_SECRET };

const open = (changes: Partial<ReceiptSettings> = {}) => {
  const keeper = openKeeper();
  const settings = { ...receiptSettings, ...changes };
  const read = async () => [
    { provider: 'cong', receipts: settings },
    { provider: 'im', receipts: null },
  ];
  const take = openWebhooks(read, keeper.receiver, silentLog());
  const bring = async (arrived: Partial<Omit<Arrived, 'body'>> & { body?: string }, provider = 'cong') => {
    const { body = '', headers = HEADERS, query = '' } = arrived;
    return (await take(provider, { headers, query, body: Buffer.from(body) })).status;
  };
  return { keeper, bring };
};

const BODY = JSON.stringify({ id: 'r1', status: 'DELIVRD' });

describe('a receipt that a provider sends', () => {
  it('is kept, and only then answered', async () => {
    const { keeper, bring } = open();
    const gate = Promise.withResolvers<void>();
    keeper.wait(gate.promise);
    let answered = false;
    const bringing = bring({ body: JSON.stringify({ id: 7, status: 'EXPIRED', error: 34 }) });
    void bringing.then(() => {
      answered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(answered).toBe(false);
    gate.resolve();
    expect(await bringing).toBe(200);
    expect(keeper.receipts).toEqual([{ ref: '7', code: 'expired', detail: '34' }]);
  });

  it('that could not be kept is to come again', async () => {
    const { keeper, bring } = open();
    keeper.refuse(true);
    expect(await bring({ body: BODY })).toBe(503);
    keeper.refuse(false);
    expect(await bring({ body: BODY })).toBe(200);
    expect(keeper.receipts).toHaveLength(1);
  });

  it('of nobody we know is nobody’s', async () => {
    const { keeper, bring } = open();
    for (const provider of ['khac', 'im', '__proto__', 'toString'])
      expect(await bring({ body: BODY }, provider)).toBe(404);
    expect(keeper.receipts).toEqual([]);
  });

  it('that a message is on its way is heard, and nothing kept', async () => {
    const { keeper, bring } = open();
    expect(await bring({ body: JSON.stringify({ id: 'r', status: 'ENROUTE' }) })).toBe(200);
    expect(keeper.receipts).toEqual([]);
  });

  it('its name stays as it was written, however long a number it is', async () => {
    const { keeper, bring } = open();
    expect(await bring({ body: '{"id":12345678901234567890,"status":"DELIVRD"}' })).toBe(200);
    expect(keeper.receipts[0]!.ref).toBe('12345678901234567890');
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"id":'],
    ['no name', '{"status":"DELIVRD"}'],
    ['an empty name', '{"id":"","status":"DELIVRD"}'],
    ['a name of letters that cannot be kept', '{"id":"a\\u0000b","status":"DELIVRD"}'],
    ['a name without end', JSON.stringify({ id: 'x'.repeat(201), status: 'DELIVRD' })],
    ['no status', '{"id":"r"}'],
    ['a status nobody agreed on', '{"id":"r","status":"GONE"}'],
    ['a status that everything has', '{"id":"r","status":"toString"}'],
    ['something else', '[]'],
    ['null', 'null'],
  ])('with %s cannot be read', async (_, body) => {
    const { keeper, bring } = open();
    expect(await bring({ body })).toBe(400);
    expect(keeper.receipts).toEqual([]);
  });

  it('of several, those that can be read are kept', async () => {
    const { keeper, bring } = open({ list: 'data.items' });
    const items = [
      { id: 'a', status: 'DELIVRD' },
      { id: 'b', status: 'GONE' },
      { id: 'c', status: 'UNDELIV' },
    ];
    expect(await bring({ body: JSON.stringify({ data: { items } }) })).toBe(400);
    expect(keeper.receipts.map(({ ref, code }) => `${ref} ${code}`).sort()).toEqual(['a delivered', 'c undeliverable']);
    expect(await bring({ body: JSON.stringify({ data: { items: Array(501).fill(items[0]) } }) })).toBe(400);
    expect(keeper.receipts).toHaveLength(2);
    expect(await bring({ body: JSON.stringify({ data: 1 }) })).toBe(400);
  });

  it('may be a list as a whole, a form, or stand in the address', async () => {
    const whole = open({ list: '.' });
    expect(await whole.bring({ body: `[${BODY}]` })).toBe(200);
    const form = open({ read: 'form' });
    expect(await form.bring({ body: 'id=r%201&status=DELIVRD&error=0' })).toBe(200);
    const query = open({ read: 'query' });
    expect(await query.bring({ query: 'id=r3&status=UNKNOWN' })).toBe(200);
    expect([...whole.keeper.receipts, ...form.keeper.receipts, ...query.keeper.receipts]).toEqual([
      { ref: 'r1', code: 'delivered', detail: '' },
      { ref: 'r 1', code: 'delivered', detail: '0' },
      { ref: 'r3', code: 'unknown', detail: '' },
    ]);
  });
});

describe('whose receipt it is', () => {
  const signed = (body: string, coding: 'hex' | 'base64', secret = RECEIPT_SECRET) =>
    createHmac('sha256', secret).update(body).digest(coding);

  it('is proved by the secret in a header', async () => {
    const { keeper, bring } = open();
    for (const headers of [
      {},
      { 'x-secret': '' },
      { 'x-secret': 'khac' },
      { 'x-secret': `${RECEIPT_SECRET} ` },
      { 'x-other': RECEIPT_SECRET },
    ])
      expect(await bring({ headers, body: BODY, query: `x-secret=${RECEIPT_SECRET}` })).toBe(403);
    expect(keeper.receipts).toEqual([]);
    expect(await bring({ body: BODY })).toBe(200);
  });

  it('or by its keyed hash over the bytes of the body', async () => {
    const { keeper, bring } = open({ proof: 'hmac-sha256', name: 'X-Signature' });
    const hex = signed(BODY, 'hex');
    for (const signature of [
      ...[RECEIPT_SECRET, '', 'sha256=', signed(`${BODY} `, 'hex'), signed(BODY, 'hex', 'khac')],
      ...[`${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}`, hex.slice(0, -2)],
    ])
      expect(await bring({ headers: { 'x-signature': signature }, body: BODY })).toBe(403);
    expect(await bring({ body: BODY })).toBe(403);
    expect(keeper.receipts).toEqual([]);
    const right = [hex, hex.toUpperCase(), `sha256=${hex}`, signed(BODY, 'base64')];
    for (const signature of right) expect(await bring({ headers: { 'x-signature': signature }, body: BODY })).toBe(200);
    expect(keeper.receipts).toHaveLength(right.length);
  });

  it('or by the secret in the address', async () => {
    const { keeper, bring } = open({ proof: 'query', name: 'key', read: 'query' });
    const given = `id=r&status=DELIVRD&key=${RECEIPT_SECRET}`;
    expect(await bring({ query: given, headers: {} })).toBe(200);
    for (const query of ['id=r&status=DELIVRD', 'id=r&status=DELIVRD&key=khac', `${given}&key=khac`])
      expect(await bring({ query })).toBe(403);
    expect(keeper.receipts).toHaveLength(1);
  });

  it('forged ones are counted in the log, which does not fill with them', async () => {
    const lines: { forged: number; provider: string }[] = [];
    const log = createLog('warn', { write: (line) => lines.push(JSON.parse(line)) });
    const take = openWebhooks(
      async () => [{ provider: 'cong', receipts: receiptSettings }],
      openKeeper().receiver,
      log,
    );
    for (let n = 0; n < 120; n += 1) await take('cong', { headers: {}, query: '', body: Buffer.from(BODY) });
    expect(lines.map(({ provider, forged }) => `${provider} ${forged}`)).toEqual(['cong 1', 'cong 10', 'cong 100']);
  });
});

it('who may send receipts is asked again as long as it cannot be told', async () => {
  let asked = 0;
  const read = async () => {
    asked += 1;
    if (asked === 1) throw new Error('no file');
    return [{ provider: 'cong', receipts: receiptSettings }];
  };
  const take = openWebhooks(read, openKeeper().receiver, silentLog());
  const arrived = { headers: HEADERS, query: '', body: Buffer.from(BODY) };
  expect([await take('cong', arrived), await take('cong', arrived), await take('cong', arrived)]).toEqual([
    { status: 503 },
    { status: 200 },
    { status: 200 },
  ]);
  expect(asked).toBe(2);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openChannels } from '../../src/channels/open-channels.ts';
import { readChannels } from '../../src/channels/read-channels.ts';
import { openWebhooks } from '../../src/channels/webhooks.ts';
import { readConfig } from '../../src/platform/config.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages } from '../support/browserless.ts';
import { connected } from '../support/channel-kit.ts';
import { RECEIPT_SECRET } from '../support/http-bench.ts';
import {
  everybodyReads,
  householdNo,
  receiverOf,
  type SendingWorld,
  sendingWorld,
  standings,
  submit,
  work,
} from '../support/sending.ts';
import { startGateway, until } from '../support/smsc.ts';

let folder: string;
let sending: SendingWorld;
let web: Web;
beforeEach(async () => {
  vi.stubEnv('TEST_RECEIPTS', RECEIPT_SECRET);
  folder = await mkdtemp(join(tmpdir(), 'lantoa-receipts-'));
});
afterEach(async () => {
  await web.close();
  await sending.world.close();
  await rm(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

const channelsFile = (port: number) => `sms:
  - provider: cong
    kind: http
    url: http://127.0.0.1:${port}/send
    sender: XA-THU
    simulator: true
    body: { json: { to: "{to}", text: "{text}", id: "{id}", sender: "{sender}" } }
    ref: id
    refusals: [{ path: error, equals: bad-number, code: bad-number }]
    receipts:
      secret: { env: TEST_RECEIPTS }
      proof: header
      name: x-secret
      ref: id
      status: status
      statuses: { DELIVRD: delivered, EXPIRED: expired, UNDELIV: undeliverable, UNKNOWN: unknown }
`;

/** Numbers that end in 10, 11, …: the simulated gateway delivers to all of them but the one that ends in 01. */
const rows = [10, 11, 12, 101].map((no) => householdNo(no));

const start = async () => {
  const config = readConfig({ LANTOA_DATA: folder });
  sending = await sendingWorld(rows);
  await everybodyReads(sending, rows);
  const senders = async () => (await readChannels(config)).sms.filter((settings) => settings.kind === 'http');
  const takeReceipts = openWebhooks(senders, receiverOf(sending), silentLog());
  web = await startPages(sending.world, undefined, {}, takeReceipts);
  return config;
};

const kept = async () =>
  (
    await sending.world.database.pool.query(
      'select provider, ref, code, applied_at is null as waits from delivery.receipt',
    )
  ).rows;

it('what a gateway reports comes from the wire to the ledger', async () => {
  const config = await start();
  const gateway = await startGateway(['--receipts', `${web.url}/receipts/cong`, '--receipts-secret', RECEIPT_SECRET]);
  await writeFile(join(folder, 'channels.yaml'), channelsFile(gateway.port));
  const channels = await openChannels({ config, simulate: true, receiver: receiverOf(sending), log: silentLog() });
  await connected(channels.sms[0]!);
  await submit(sending);
  await work(sending, ...channels.sms);
  await until(async () => (await gateway.lines('receipt-acked')).length === rows.length);
  // A receipt may overtake what it is for; the worker finds it.
  await work(sending, ...channels.sms);
  expect(await standings(sending)).toEqual({ delivered: 3, 'failed receipt.undeliverable': 1 });
  expect(await gateway.lines('submit')).toHaveLength(rows.length);
  const { rows: ledger } = await sending.world.database.pool.query(
    `select proof, channel, count(*)::int as n from reach.contact where stage = 2 group by 1, 2`,
  );
  expect(ledger).toEqual([{ proof: 'network', channel: 'sms', n: 3 }]);
  await channels.close();
  await gateway.remove();
});

it('only what is proved is written, before it is answered', async () => {
  await start();
  await writeFile(join(folder, 'channels.yaml'), channelsFile(1));
  const bring = async (
    path: string,
    body: unknown,
    headers: Record<string, string> = { 'x-secret': RECEIPT_SECRET },
  ) => {
    const type = { 'content-type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${web.url}${path}`, { method: 'POST', headers: { ...type, ...headers }, body: text });
    expect([await answer.text(), answer.headers.getSetCookie()]).toEqual(['', []]);
    return answer.status;
  };
  const receipt = { id: 'chua-biet', status: 'DELIVRD' };
  expect(await bring('/receipts/khac', receipt)).toBe(404);
  expect(await bring('/receipts/cong', receipt, {})).toBe(403);
  expect(await bring('/receipts/cong', receipt, { 'x-secret': 'doan-mo-doan-mo-doan' })).toBe(403);
  expect(await bring('/receipts/cong', '{"id":')).toBe(400);
  expect(await bring('/receipts/cong', { id: 'x'.repeat(200_000), status: 'DELIVRD' })).toBe(413);
  expect((await fetch(`${web.url}/receipts/cong`, { method: 'PUT', body: '{}' })).status).toBe(404);
  expect(
    (await fetch(`${web.url}/receipts/cong`, { method: 'HEAD', headers: { 'x-secret': RECEIPT_SECRET } })).status,
  ).toBe(404);
  expect(await kept()).toEqual([]);
  // For nothing of ours, yet kept: it may have overtaken what it is for.
  expect(await bring('/receipts/cong', receipt)).toBe(200);
  expect(await kept()).toEqual([{ provider: 'cong', ref: 'chua-biet', code: 'delivered', waits: true }]);
  // As plain text, as some send it, and once more.
  expect(await bring('/receipts/cong', receipt, { 'x-secret': RECEIPT_SECRET, 'content-type': 'text/plain' })).toBe(
    200,
  );
  expect(await kept()).toHaveLength(1);
});

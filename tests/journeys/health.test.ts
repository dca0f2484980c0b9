import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { endKey } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { startJobs } from '../../src/platform/jobs.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages } from '../support/browserless.ts';
import { asking, makeKey } from '../support/keys.ts';
import { taXiLang } from '../support/lists.ts';
import { everybodyReads, householdNo, sendingWorld, submit } from '../support/sending.ts';
import { createWorld, type World } from '../support/world.ts';

const rows = [1, 2].map((no) => householdNo(no));
let world: World;
let web: Web;
let secret: string;
let dispatchId: string;

beforeAll(async () => {
  const sending = await sendingWorld(rows);
  ({ world } = sending);
  await everybodyReads(sending, rows);
  ({ dispatchId } = await submit(sending));
  const { pool } = world.database;
  await pool.query(
    `insert into delivery.receipt (provider, ref, code, detail, received_at) values ('thu', 'x', 'delivered', '', now())`,
  );
  const jobs = await startJobs(pool, ['thu.nghiem'], silentLog());
  await world.database.db.transaction().execute((tx) => jobs.enqueue(tx)('thu.nghiem', {}));
  await jobs.stop();
  web = await startPages(world, undefined, { LANTOA_DATA: world.dataDir });
  ({ secret } = await makeKey(world, { placeId: taXiLang }));
});
afterAll(async () => {
  await web.close();
  await world.close();
});

const health = async (url: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${url}/health`, { headers });
  return { status: response.status, body: await response.json() };
};
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('/health', () => {
  it('tells anybody that it is well, and nothing else', async () => {
    expect(await health(web.url)).toEqual({ status: 200, body: { ok: true } });
    expect(await health(web.url, { cookie: 'lantoa_session=x' })).toEqual({ status: 200, body: { ok: true } });
  });

  it('tells a key how things stand, in numbers', async () => {
    const began = world.clock.now();
    world.clock.set(new Date(began.getTime() + 90_000));
    onTestFinished(() => world.clock.set(began));
    const { status, body } = await health(web.url, bearer(secret));
    expect([status, body.ok, body.channels]).toEqual([200, true, null]);
    expect(body.database.version).toMatch(/^\d+/u);
    expect(body.migrations).toEqual({ applied: body.migrations.known, known: body.migrations.known, current: true });
    expect(body.sending).toEqual({ batchesWaiting: 1, oldestSeconds: 90 });
    expect(body.receiptsUnmatched).toBe(1);
    expect(body.queue).toMatchObject({ waiting: 1, failed: 0 });
    expect(body.queue.oldestSeconds).toBeGreaterThanOrEqual(0);
    expect(body.disk.freeBytes).toBeGreaterThan(0);
    expect(body.disk.totalBytes).toBeGreaterThanOrEqual(body.disk.freeBytes);
  });

  it('a sending that was stopped waits for nobody', async () => {
    const { pool } = world.database;
    await pool.query(`update delivery.dispatch set state = 'stopped' where dispatch_id = $1`, [dispatchId]);
    onTestFinished(async () => {
      await pool.query(`update delivery.dispatch set state = 'open' where dispatch_id = $1`, [dispatchId]);
    });
    expect((await health(web.url, bearer(secret))).body.sending).toEqual({ batchesWaiting: 0, oldestSeconds: null });
  });

  it('a wrong key is refused rather than told less', async () => {
    const { keyId, secret: old } = await makeKey(world, { placeId: taXiLang });
    await world.execute(endKey, systemActor, { keyId });
    for (const wrong of [old, 'x']) {
      const { status, body } = await health(web.url, bearer(wrong));
      expect([status, body.error.code]).toEqual([401, 'api.bad-key']);
    }
  });

  it('says 503 when the database is away, soon, and so does the door for other systems', async () => {
    const lost = await createWorld();
    const url = await startPages(lost);
    onTestFinished(() => url.close());
    expect((await health(url.url)).status).toBe(200);
    await lost.close();
    expect(await health(url.url)).toEqual({ status: 503, body: { ok: false } });
    expect(await health(url.url, bearer(secret))).toEqual({ status: 503, body: { ok: false } });
    const { status, body } = await asking(url.url, secret)('plans.list-plans');
    expect([status, body.error]).toMatchObject([503, { kind: 'unavailable', code: 'database' }]);
    const metrics = await (await fetch(`${url.url}/metrics`)).text();
    expect(metrics).toContain('lantoa_database_up 0');
    expect(metrics).not.toContain('lantoa_batches_waiting');
  });

  it('a database that never answers is not waited for', async () => {
    const never = new Promise<never>(() => {});
    const pool = Object.assign(Object.create(world.database.pool), { query: () => never });
    const slow = await startPages({ ...world, database: { ...world.database, pool } });
    onTestFinished(() => slow.close());
    expect(await Promise.all([health(slow.url), health(slow.url)])).toEqual(
      Array(2).fill({ status: 503, body: { ok: false } }),
    );
  });
});

describe('/metrics', () => {
  const metrics = async (headers: Record<string, string> = {}, url = web.url) => {
    const response = await fetch(`${url}/metrics`, { headers });
    return { status: response.status, text: await response.text() };
  };

  it('counts by the pattern of a route, never by what was asked', async () => {
    const ask = asking(web.url, secret);
    await ask('delivery.get-dispatch', { dispatchId });
    await fetch(`${web.url}/households/0190b5a0-0000-7000-8000-000000000001?text=Gi%C3%A0ng`, { redirect: 'manual' });
    await fetch(`${web.url}/khong-co/0540000001`);
    const { status, text } = await metrics();
    expect(status).toBe(200);
    for (const line of [
      /^lantoa_http_requests_total\{method="POST",route="\/api\/delivery\.get-dispatch",status="200"\} \d+$/mu,
      /^lantoa_http_requests_total\{method="GET",route="\/households\/:[a-zA-Z]+",status="303"\} \d+$/mu,
      /^lantoa_http_requests_total\{method="GET",route="none",status="404"\} \d+$/mu,
      /^lantoa_http_request_duration_seconds_count\{method="GET",route="\/health"\} \d+$/mu,
      /^process_resident_memory_bytes \d+$/mu,
      /^lantoa_database_up 1$/mu,
      /^lantoa_jobs\{job="thu\.nghiem",state="created"\} 1$/mu,
      /^lantoa_deliveries\{state="created"\} 2$/mu,
      /^lantoa_batches_waiting 1$/mu,
      /^lantoa_receipts_unmatched 1$/mu,
    ])
      expect(text).toMatch(line);
    for (const personal of [dispatchId, '0190b5a0', '0540000001', 'Gi', 'lantoa_A', secret.slice(7, 20)])
      expect(text.split('\n').filter((line) => !line.startsWith('#') && line.includes(personal))).toEqual([]);
  });

  it('is for programs on this machine only', async () => {
    for (const headers of [
      { 'x-forwarded-for': '127.0.0.1' },
      { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' },
      { forwarded: 'for=127.0.0.1' },
      { 'x-real-ip': '127.0.0.1' },
    ] as Record<string, string>[]) {
      expect((await metrics(headers)).status, JSON.stringify(headers)).toBe(404);
      const behind = await startPages(world, undefined, { TRUST_PROXY: '1' });
      expect((await metrics(headers, behind.url)).status, JSON.stringify(headers)).toBe(404);
      expect((await metrics({}, behind.url)).status).toBe(200);
      await behind.close();
    }
    const { hostname, port } = new URL(web.url);
    const { request } = await import('node:http');
    const named = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ hostname, port, path: '/metrics', headers: { host: 'rebind.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject).end();
    });
    expect(named).toBe(404);
  });
});

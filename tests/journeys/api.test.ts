import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { saveAudience } from '../../src/modules/audiences/index.ts';
import { recordLoudspeaker } from '../../src/modules/broadcast/index.ts';
import { endKey } from '../../src/modules/identity/index.ts';
import { refuseContact } from '../../src/modules/registry/index.ts';
import { openToKeys } from '../../src/open-to-keys.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages } from '../support/browserless.ts';
import { evidenceRows, sheet, villageOf } from '../support/evidence.ts';
import { type Answer, asking, makeKey } from '../support/keys.ts';
import { paHu, taXiLang } from '../support/lists.ts';
import { everybodyReads, householdNo, phoneNo, type SendingWorld, sendingWorld, submit } from '../support/sending.ts';
import type { World } from '../support/world.ts';

const rows = [1, 2, 3].map((no) => householdNo(no));
const PLAN = 'ke-hoach-cua-xa';

let sending: SendingWorld;
let world: World;
let web: Web;
let here: string;
let there: string;
let village: string;
let dispatchId: string;
let activityId: string;

const ask = (secret: string | undefined, ...rest: Parameters<ReturnType<typeof asking>>): Promise<Answer> =>
  asking(web.url, secret)(...rest);

beforeAll(async () => {
  sending = await sendingWorld(rows);
  ({ world } = sending);
  await everybodyReads(sending, rows);
  await world.database.pool.query('update plans.plan set code = $1', [PLAN]);
  village = await villageOf(world, 'Thôn Một');
  ({ dispatchId } = await submit(sending));
  const rule = { subject: 'household', where: { class: ['poor'] } } as const;
  await world.execute(saveAudience, systemActor, {
    code: 'rieng-cua-xa',
    name: 'Riêng',
    placeId: taXiLang,
    rule,
  } as never);
  await world.execute(refuseContact, systemActor, { phone: phoneNo(3), how: 'phone' });
  ({ activityId } = (await world.execute(recordLoudspeaker, systemActor, {
    ...{ lineId: sending.lineId, happenedOn: '2026-06-10', language: 'vi', villageIds: [village], proof: 'declared' },
  } as never)) as { activityId: string });
  web = await startPages(world);
  here = (await makeKey(world, { placeId: taXiLang })).secret;
  there = (await makeKey(world, { placeId: paHu })).secret;
});
afterAll(async () => {
  await web.close();
  await world.close();
});

describe('asking', () => {
  it('a read and a command answer 200 with their result; dates are ISO strings', async () => {
    const counted = await ask(here, 'registry.count-households', { placeId: taXiLang, by: 'total' });
    expect(counted.status).toBe(200);
    expect(counted.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(counted.headers.get('cache-control')).toBe('no-store');
    expect(JSON.stringify(counted.body.result)).toContain('poor');
    const seen = await ask(here, 'delivery.get-dispatch', { dispatchId });
    expect(seen.body.result.createdAt).toBe('2026-06-15T02:00:00.000Z');
    const refused = await ask(here, 'registry.refuse-contact', { phone: phoneNo(2), how: 'reply' });
    expect(refused).toMatchObject({ status: 200, body: { result: { fresh: true } } });
  });

  it('a body may be left out where nothing has to be said', async () => {
    const response = await fetch(`${web.url}/api/plans.list-plans`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${here}` } },
    });
    expect(response.status).toBe(200);
    expect(JSON.stringify(await response.json())).toContain(PLAN);
  });

  it('a sending is looked at, submitted once, and by the key’s name', async () => {
    const { lineId } = sending;
    const { body } = await ask(here, 'delivery.preview-dispatch', { lineId, onlyMissing: false });
    const { run, recipients, parts } = body.result;
    const input = { lineId, onlyMissing: false, run, seen: { recipients, parts } };
    const first = await ask(here, 'delivery.create-dispatch', input);
    const again = await ask(here, 'delivery.create-dispatch', input);
    expect(again).toMatchObject({ status: 409, body: { error: { kind: 'conflict' } } });
    if (first.status === 200) expect(again.body.error.params.name).toBe('Hệ thống thử');
    else expect(first.body.error.kind).toBe('conflict');
  });
});

describe('refusals', () => {
  it('by kind, in the language asked for, with the fields', async () => {
    const wrong = await ask(here, 'registry.count-households', { placeId: 'x' });
    expect(wrong).toMatchObject({ status: 400, body: { error: { kind: 'invalid', code: 'input' } } });
    expect(wrong.body.error.message).toContain('Có ô chưa đúng');
    expect(wrong.body.error.fields).toEqual([
      expect.objectContaining({ path: 'placeId', message: expect.stringMatching(/\S/u), params: {} }),
    ]);
    for (const [header, text] of [
      ['en-GB,en;q=0.9,vi;q=0.8', 'fields'],
      ['fr, en;q=0.5', 'fields'],
      ['vi-VN', 'Có ô'],
      ['en;q=0.2, vi', 'Có ô'],
      ['fr', 'Có ô'],
      ['en;q=x', 'Có ô'],
    ] as const) {
      const { body } = await ask(here, 'registry.count-households', { placeId: 'x' }, { 'accept-language': header });
      expect(body.error.message, header).toContain(text);
    }
    expect(await ask(here, 'registry.count-households', { placeId: paHu })).toMatchObject({
      ...{ status: 403, body: { error: { kind: 'forbidden', code: 'outside-area' } } },
    });
    expect(await ask(here, 'plans.get-plan', { code: 'khong-co' })).toMatchObject({
      ...{ status: 404, body: { error: { kind: 'not-found' } } },
    });
  });

  it('what is not open to other systems is not there, whatever it is', async () => {
    for (const name of ['identity.add-key', 'identity.sign-in', 'content.approve-message', 'delivery.next-batch', 'x'])
      expect(await ask(here, name, {}), name).toMatchObject({ status: 404, body: { error: { code: 'api.unknown' } } });
    const got = await fetch(`${web.url}/api/plans.list-plans`, { headers: { authorization: `Bearer ${here}` } });
    expect([got.status, (await got.json()).error.code]).toEqual([404, 'api.unknown']);
  });

  it('a body that is too large, is not JSON, or means mischief', async () => {
    const name = 'territory.find-places';
    const code = async (body: string, headers = {}) => {
      const { status, body: said } = await ask(here, name, body, headers);
      return [status, said.error.code];
    };
    expect(await code(JSON.stringify({ text: 'x'.repeat(1_048_577) }))).toEqual([413, 'api.too-large']);
    expect(await code('{"text":')).toEqual([400, 'api.unreadable']);
    expect(await code('text=a', { 'content-type': 'application/x-www-form-urlencoded' })).toEqual([
      415,
      'api.json-only',
    ]);
    expect(await code('{"text":"a"}', { 'content-type': 'text/plain' })).toEqual([415, 'api.json-only']);
    expect(await code('{"text":"a","__proto__":{"x":1}}')).toEqual([400, 'api.unreadable']);
    for (const body of ['[]', '"a"', '7', 'null', 'true'])
      expect((await ask(here, name, body)).body.error, body).toMatchObject({ kind: 'invalid' });
  });

  it('a defect shows its number and nothing of what went wrong', async () => {
    const broken = { ...world, execute: (async () => { throw new Error('bí mật của hộ'); }) as never }; // biome-ignore format: short
    const other = await startPages(broken);
    try {
      const { status, body } = await asking(other.url, here)('plans.list-plans');
      expect([status, body.error.kind]).toEqual([500, 'defect']);
      expect(JSON.stringify(body)).not.toContain('bí mật');
      expect(body.error.message).toContain(body.error.params.id);
    } finally {
      await other.close();
    }
  });
});

describe('who may ask', () => {
  const code = ({ status, body, headers }: Answer) => [status, body.error.code, headers.get('www-authenticate')];

  it('nobody without a key, nobody with a wrong one', async () => {
    expect(code(await ask(undefined, 'plans.list-plans'))).toEqual([401, 'api.no-key', 'Bearer realm="lantoa"']);
    const wrong = [401, 'api.bad-key', 'Bearer realm="lantoa", error="invalid_token"'];
    expect(code(await ask(`lantoa_${'A'.repeat(43)}`, 'plans.list-plans'))).toEqual(wrong);
    expect(code(await ask('x', 'plans.list-plans'))).toEqual(wrong);
    expect(code(await ask(undefined, 'plans.list-plans', {}, { authorization: `Basic ${here}` }))[0]).toBe(401);
    expect(code(await ask(undefined, 'no.such', {}))[0]).toBe(401);
  });

  it('cookies and addresses open nothing', async () => {
    expect(code(await ask(undefined, 'plans.list-plans', {}, { cookie: `lantoa_session=${here}` }))[0]).toBe(401);
    expect(code(await ask(undefined, `plans.list-plans?key=${here}&access_token=${here}`))[0]).toBe(401);
  });

  it('a key that has ended', async () => {
    const { keyId, secret } = await makeKey(world, { placeId: taXiLang });
    expect((await ask(secret, 'plans.list-plans')).status).toBe(200);
    await world.execute(endKey, systemActor, { keyId });
    expect((await ask(secret, 'plans.list-plans')).status).toBe(401);
  });

  it('a role that may not', async () => {
    const { secret } = await makeKey(world, { placeId: taXiLang, role: 'editor' });
    expect((await ask(secret, 'content.list-messages')).status).toBe(200);
    const { body } = await ask(secret, 'coverage.list-left-behind', { lineId: sending.lineId });
    expect(body.error).toMatchObject({ kind: 'forbidden', code: 'not-allowed' });
  });
});

describe('the wire', () => {
  let other: Web | undefined;
  afterEach(async () => {
    await other?.close();
    other = undefined;
  });
  const status = async (headers: Record<string, string>, env: Record<string, string> = {}) => {
    other = await startPages(world, undefined, env);
    const answer = await asking(other.url, here)('plans.list-plans', {}, headers);
    await other.close();
    other = undefined;
    return answer.status === 200 ? 200 : [answer.status, answer.body.error.code];
  };

  it('a key goes over HTTPS, or not over a wire at all', async () => {
    const clear = [403, 'api.https'];
    expect(await status({})).toBe(200);
    // A proxy that we were not told of may have taken it in the clear.
    expect(await status({ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' })).toEqual(clear);
    const proxy = { TRUST_PROXY: '1' };
    expect(await status({ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' }, proxy)).toBe(200);
    expect(await status({ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http' }, proxy)).toEqual(clear);
    expect(await status({ 'x-forwarded-for': '203.0.113.9' }, proxy)).toBe(200);
    // Plain HTTP, knowingly, is for pages: from elsewhere a key stays refused (here: by the name it was asked under).
    const lan = { ALLOW_HTTP: '1', HOST: '0.0.0.0' };
    expect(await status({ 'x-real-ip': '192.0.2.7' }, lan)).toEqual(clear);
  });

  it('too many requests of one key, and too many wrong keys of one address, have to wait', async () => {
    other = await startPages(world, undefined, { TRUST_PROXY: '1' });
    const from = (address: string) => ({ 'x-forwarded-for': address, 'x-forwarded-proto': 'https' });
    const wrong = asking(other.url, `lantoa_${'B'.repeat(43)}`);
    const tries: number[] = [];
    for (let no = 0; no < 32; no += 1) tries.push((await wrong('plans.list-plans', {}, from('203.0.113.9'))).status);
    expect(tries).toEqual([...Array(30).fill(401), 429, 429]);
    const right = asking(other.url, here);
    const held = await right('plans.list-plans', {}, from('203.0.113.9'));
    expect(held).toMatchObject({ status: 429, body: { error: { kind: 'too-many', code: 'api.too-many' } } });
    expect(held.headers.get('retry-after')).toBe('900');
    expect((await right('plans.list-plans', {}, from('203.0.113.10'))).status).toBe(200);
    const began = world.clock.now();
    world.clock.set(new Date(began.getTime() + 901_000));
    expect((await right('plans.list-plans', {}, from('203.0.113.9'))).status).toBe(200);
    world.clock.set(began);
  });
});

/**
 * Everything that is open to keys, asked by a key of another commune about what is this commune's: refused, or answered
 * without any of it. `open` = places are public.
 */
const foreign = (run: number): Record<string, { is: 'refused' | 'silent' | 'open'; input: object }> => {
  const { lineId, messageId } = sending;
  const placeId = taXiLang;
  const seen = { recipients: 1, parts: 1 };
  const day = { lineId, happenedOn: '2026-06-11', language: 'vi', proof: 'declared' };
  const villages = { ...day, villageIds: [village] };
  const list = { ...day, villageId: village, rows: sheet([['Mã hộ'], ['H0001']]) };
  const log = sheet([
    ['Dòng kế hoạch', 'Thôn', 'Ngày', 'Hình thức', 'Ngôn ngữ', 'Minh chứng'],
    [`${PLAN}/1`, 'Thôn Một, xã Tà Xi Láng', '11/06/2026', 'Phát loa', 'vi', 'tự khai'],
  ]);
  return {
    'territory.find-places': { is: 'open', input: { text: 'Tà Xi Láng' } },
    'territory.find-by-commune-code': { is: 'open', input: { code: '04603' } },
    'territory.get-place': { is: 'open', input: { placeId } },
    'territory.list-children': { is: 'open', input: { placeId } },
    'territory.list-own-communes': { is: 'silent', input: {} },
    'plans.list-plans': { is: 'silent', input: {} },
    'plans.get-plan': { is: 'refused', input: { code: PLAN } },
    'plans.export-plan': { is: 'refused', input: { code: PLAN } },
    'plans.list-due-lines': { is: 'silent', input: {} },
    'plans.list-activities': { is: 'refused', input: { code: PLAN } },
    'plans.get-activity': { is: 'refused', input: { activityId } },
    'content.list-messages': { is: 'silent', input: {} },
    'content.get-message': { is: 'refused', input: { messageId } },
    'audiences.list-audiences': { is: 'silent', input: {} },
    'audiences.count-audience': { is: 'refused', input: { code: 'ho-ngheo', placeId } },
    'registry.count-households': { is: 'refused', input: { placeId } },
    'coverage.get-coverage': { is: 'refused', input: { lineId, placeId } },
    'coverage.summarise-plan': { is: 'refused', input: { planCode: PLAN, placeId } },
    'coverage.not-reached-trend': { is: 'silent', input: {} },
    'coverage.list-reached': { is: 'refused', input: { lineId, what: 'n', placeId } },
    'coverage.list-left-behind': { is: 'refused', input: { lineId } },
    'visits.list-visits': { is: 'refused', input: { placeId } },
    'visits.count-visits': { is: 'silent', input: {} },
    'delivery.preview-dispatch': { is: 'refused', input: { lineId } },
    'delivery.create-dispatch': { is: 'refused', input: { lineId, run, seen } },
    'delivery.stop-dispatch': { is: 'refused', input: { dispatchId } },
    'delivery.list-dispatches': { is: 'silent', input: {} },
    'delivery.get-dispatch': { is: 'refused', input: { dispatchId } },
    'delivery.list-unfinished': { is: 'silent', input: {} },
    'delivery.count-replies': { is: 'silent', input: {} },
    'registry.list-refusals': { is: 'silent', input: {} },
    // A number may be refused by whoever was told so; whose it is stays untold.
    'registry.refuse-contact': { is: 'silent', input: { phone: phoneNo(1), how: 'phone' } },
    'broadcast.record-loudspeaker': { is: 'refused', input: villages },
    'broadcast.record-zalo-post': { is: 'refused', input: villages },
    'broadcast.record-poster': { is: 'refused', input: villages },
    'broadcast.record-bulletin': { is: 'refused', input: villages },
    'broadcast.import-log': { is: 'silent', input: { rows: log } },
    'gatherings.record-meeting': { is: 'refused', input: list },
    'delivery.record-leaflets': { is: 'refused', input: list },
    'delivery.record-leaflets-left': { is: 'refused', input: villages },
  };
};

describe('what is another commune’s', () => {
  it('is refused or left out, by everything that is open', async () => {
    const { body: next } = await ask(here, 'delivery.preview-dispatch', { lineId: sending.lineId });
    const table = foreign(next.result.run);
    expect(Object.keys(table).sort()).toEqual(openToKeys.map(({ name }) => name).sort());
    const { rows: subjects } = await world.database.pool.query('select subject_id from registry.subject');
    const secrets = [sending.lineId, sending.messageId, dispatchId, activityId, 'Giàng A Mẫu', 'rieng-cua-xa'];
    const told = [...secrets, '+845400000', ...subjects.map(({ subject_id }) => subject_id)];
    const before = await evidenceRows(world);
    for (const [name, { is, input }] of Object.entries(table)) {
      const { status, body } = await ask(there, name, input);
      const text = JSON.stringify(body);
      if (is === 'refused') expect([403, 404], `${name} ${text}`).toContain(status);
      else expect(status, `${name} ${text}`).toBe(200);
      // A refused number is said back as it was sent.
      const sent = JSON.stringify(input);
      for (const secret of told.filter((each) => !sent.includes(each.replace('+84', '0'))))
        expect(text, `${name} tells ${secret}`).not.toContain(secret);
    }
    expect(await evidenceRows(world)).toBe(before);
    const { rows: dispatches } = await world.database.pool.query(
      'select state from delivery.dispatch where dispatch_id = $1',
      [dispatchId],
    );
    expect(dispatches).toEqual([{ state: 'open' }]);
  });

  it('and the commune itself is answered (so the table asks for what is there)', async () => {
    const silent = new Set([
      'registry.refuse-contact',
      'broadcast.import-log',
      'delivery.stop-dispatch',
      'delivery.create-dispatch',
    ]);
    for (const [name, { input }] of Object.entries(foreign(1)).filter(([each]) => !silent.has(each))) {
      const commit = /\.record-/u.test(name) ? { commit: false } : {};
      const { status, body } = await ask(here, name, { ...input, ...commit });
      expect(status, `${name} ${JSON.stringify(body)}`).toBe(200);
    }
  });
});

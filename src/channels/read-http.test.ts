import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failureOf, faultsIn, readIn } from '../../tests/support/channels-file.ts';
import { Secret } from './http-settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-channels-'));
  vi.stubEnv('TEST_KEY', 'khoa-bi-mat');
  vi.stubEnv('TEST_RECEIPTS', 'mot-chuoi-bi-mat-dai');
  vi.stubEnv('TEST_SHORT', 'ngan');
  vi.stubEnv('TEST_LINES', 'hai\ndòng');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const GATEWAY = `sms:
  - provider: cong
    kind: http
    url: https://sms.example.vn/send
    sender: XA-MAU
    headers:
      authorization: { env: TEST_KEY, prefix: "Bearer " }
    body:
      json: { phone: "{to}", text: "{text}", key: { file: key }, list: [1, true, "{id}"] }
    ref: data.id
    receipts:
      secret: { env: TEST_RECEIPTS }
      proof: header
      name: x-secret
      ref: id
      status: status
      statuses: { 1: delivered, 2: none }
`;

const MAIL = `email:
  - provider: thu
    kind: smtp
    host: mail.example.vn
    port: 587
    user: xa
    passwordEnv: TEST_KEY
    from: xa@example.vn
`;

describe('a gateway in the channels file', () => {
  beforeEach(() => writeFile(join(folder, 'key'), 'trong-tep\n'));

  it('gives its settings, secrets in their places and whatever holds where it says nothing', async () => {
    const { sms } = await readIn(folder, GATEWAY);
    expect(sms).toMatchObject([
      {
        ...{ kind: 'http', provider: 'cong', method: 'POST', numbers: '+84', greeting: 'OPTIONS', concurrency: 10 },
        ...{ timeoutSeconds: 30, perSecond: null, pricePerPart: null, simulator: false, answerable: false, query: {} },
        ...{ accepted: { statuses: [200, 201, 202] }, refusals: [], ref: 'data.id' },
        body: { json: { phone: '{to}', text: '{text}', key: new Secret(''), list: [1, true, '{id}'] } },
        receipts: { read: 'json', list: null, detail: null, statuses: { 1: 'delivered', 2: 'none' } },
      },
    ]);
    const [{ headers, body, receipts }] = sms as [Extract<(typeof sms)[0], { kind: 'http' }>];
    expect((headers.authorization as Secret).reveal()).toBe('Bearer khoa-bi-mat');
    expect((body.json as { key: Secret }).key.reveal()).toBe('trong-tep');
    expect(receipts!.secret.reveal()).toBe('mot-chuoi-bi-mat-dai');
  });

  const change = (line: string, to: string) => GATEWAY.replace(line, to);
  const JSON_BODY = '{ phone: "{to}", text: "{text}", key: { file: key }, list: [1, true, "{id}"] }';

  it.each([
    ['plain http', change('https:', 'http:'), ['4 url https']],
    ['another protocol', change('https:', 'ftp:'), ['4 url url']],
    ['a password in the address', change('https://', 'https://a:b@'), ['4 url password-in-file']],
    ['a simulator elsewhere', `${GATEWAY}    simulator: true\n`, ['4 url simulator-here']],
    ['a place nobody knows', change('"{id}"', '"{nhan}"'), ['9 2 place']],
    ['a text in a header', change('{ env: TEST_KEY, prefix: "Bearer " }', '"{text}"'), ['7 authorization place']],
    ['a header of two lines', change('TEST_KEY', 'TEST_LINES'), ['7 authorization header']],
    ['no place for the text', change('"{text}"', '"x"'), ['2 1 no-place'].map((each) => each.replace('1', '0'))],
    ['an empty secret', change('TEST_KEY', 'TEST_NOTHING'), ['7 env no-env']],
    ['a secret file that is not there', change('file: key', 'file: gone'), ['9 file no-file']],
    ['two bodies', change(JSON_BODY, `${JSON_BODY}\n      form: { a: "b" }`), ['8 body body']],
    ['a body with GET', change('    ref: data.id', '    method: GET'), ['8 body body-of-get']],
    ['a refusal of nothing', change('ref: data.id', 'refusals: [{ code: credit }]'), ['10 0 refusal-of-what']],
    ['a code nobody knows', change('ref: data.id', 'refusals: [{ status: 402, code: money }]'), ['10 code one-of']],
    ['a method nobody knows', change('ref: data.id', 'method: SEND'), ['10 method one-of']],
    ['an unknown key inside', change('proof: header', 'proof: header\n      tokn: x'), ['14 tokn unknown-key']],
    ['a receipt nobody can prove', change('proof: header', 'proof: none'), ['13 proof one-of']],
    [
      'a proof over nothing',
      change('proof: header', 'proof: hmac-sha256\n      read: query'),
      ['13 proof proof-of-query'],
    ],
    ['a short secret', change('TEST_RECEIPTS', 'TEST_SHORT'), ['12 secret secret-short']],
    ['a secret in the file itself', change('{ env: TEST_RECEIPTS }', 'mot-chuoi-bi-mat-dai'), ['12 secret value']],
    ['no name of a message', change('      ref: id\n', ''), ['11 ref missing-key']],
    ['a status with a word of ours that is none', change('1: delivered', '1: arrived'), ['17 1 one-of']],
  ])('with %s is refused at its line', async (_, text, faults) => {
    expect(await faultsIn(folder, text)).toEqual(faults);
  });

  it('never shows a secret in a fault', async () => {
    const error = await failureOf(readIn(folder, `${change('1: delivered', '1: arrived')}    timeoutSeconds: 0\n`));
    expect(JSON.stringify([error.message, error.params, error.fields])).not.toMatch(/bi-mat|trong-tep/u);
  });
});

describe('a mail server in the channels file', () => {
  it('gives its settings', async () => {
    const { email, sms } = await readIn(folder, MAIL);
    expect(sms).toEqual([]);
    expect(email).toEqual([
      {
        ...{ kind: 'smtp', provider: 'thu', host: 'mail.example.vn', port: 587, tls: 'starttls', user: 'xa' },
        ...{ password: 'khoa-bi-mat', from: 'xa@example.vn', fromName: '', replyTo: null, bounceDomain: null },
        ...{ poolSize: 5, perSecond: null, timeoutSeconds: 60, checkSeconds: 60, simulator: false },
      },
    ]);
  });

  const change = (line: string, to: string) => MAIL.replace(line, to);

  it.each([
    ['no TLS over a network', `${MAIL}    tls: none\n`, ['9 tls tls']],
    ['a password and no user', change('    user: xa\n', ''), ['2 0 user']],
    ['a user and no password', change('    passwordEnv: TEST_KEY\n', ''), ['2 0 password-place']],
    ['a sender that is no address', change('xa@example.vn', 'UBND'), ['8 from from']],
    ['a simulator elsewhere', `${MAIL}    simulator: true\n`, ['4 host simulator-here']],
    ['a name that a network has', `${MAIL}${GATEWAY.replace('cong', 'thu')}`, ['2 provider provider-twice']],
    ['another kind', change('kind: smtp', 'kind: smpp'), ['3 kind kind']],
  ])('with %s is refused at its line', async (_, text, faults) => {
    await writeFile(join(folder, 'key'), 'trong-tep\n');
    expect(await faultsIn(folder, text)).toEqual(faults);
  });

  it('needs no password where it lets us send without', async () => {
    const text = change('    user: xa\n    passwordEnv: TEST_KEY\n', '').replace('mail.example.vn', 'localhost');
    expect((await readIn(folder, `${text}    tls: none\n`)).email).toMatchObject([{ user: null, password: '' }]);
  });
});

describe.each(['', '.vi'])('the page for whoever sets it up (channels-http-and-mail%s.md)', (language) => {
  it('shows files that can be read', async () => {
    for (const name of ['SMS_KEY', 'SMS_RECEIPTS', 'MAIL_PASSWORD']) vi.stubEnv(name, 'mot-chuoi-bi-mat-dai');
    const page = join(import.meta.dirname, '..', '..', 'docs', 'operate', `channels-http-and-mail${language}.md`);
    const text = await readFile(page, 'utf8');
    const [gateway, receipts, mail, ...more] = [...text.matchAll(/```yaml\n(.*?)```/gsu)].map(([, block]) => block!);
    expect(more).toEqual([]);
    const { sms, email } = await readIn(folder, `${gateway}${receipts}${mail}`);
    expect(sms).toMatchObject([{ kind: 'http', receipts: { list: 'data.items', detail: 'error' } }]);
    expect(email).toMatchObject([{ kind: 'smtp', poolSize: 5 }]);
  });
});

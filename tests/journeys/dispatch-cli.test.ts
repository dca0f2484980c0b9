import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReceiver, createSender, type SmsOffer } from '../../src/modules/delivery/index.ts';
import { silentLog } from '../../src/platform/log.ts';
import { cliIn, type SaidInWorld } from '../support/cli-in-world.ts';
import { commandLine } from '../support/command-line.ts';
import { addLine } from '../support/evidence.ts';
import { addPerson } from '../support/follow-up.ts';
import { paHu, taXiLang } from '../support/lists.ts';
import { e164No, everybodyReads, householdNo, type SendingWorld, sendingWorld } from '../support/sending.ts';
import { openTo } from '../support/smpp-bench.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';

const MORNING = new Date('2026-06-15T02:00:00Z');
const NIGHT = new Date('2026-06-15T15:00:00Z');
/** By their numbers: the network cannot bring it, there is no such number, and three that are reached. */
const ROWS = [
  ...[1, 3, 10, 11, 12].map((no) => householdNo(no)),
  householdNo(20, { phones: [] }),
  householdNo(21, { village: 'Thôn Hai' }),
];

let sending: SendingWorld;
let smsc: Smsc;
let LINE: string;
let lantoa: (...args: string[]) => Promise<SaidInWorld>;

const offer: SmsOffer = { provider: 'thu', pricePerPart: 350, answerable: true, simulator: true };

/** The simulator as a terminal's own network: connected over SMPP for as long as it is open. */
const networks = (port: () => number) => ({
  sms: async () => offer,
  providers: async () => [{ ...offer, named: { sender: 'XA-THU', address: `127.0.0.1:${port()}` } }],
  openSending: async () => {
    const { execute, database } = sending.world;
    const channel = openTo(port(), createReceiver(execute));
    const sender = await createSender({ execute, pool: database.pool, channels: [channel], log: silentLog() });
    return {
      sender,
      channels: [channel],
      close: async () => {
        await sender.stop();
        await channel.close();
      },
    };
  },
});

const ok = async (...args: string[]): Promise<SaidInWorld> => {
  const said = await lantoa(...args);
  expect(said.code, `${args.join(' ')}\n${said.out}${said.err}`).toBe(0);
  // A key shown in place of its sentence, or a gap that nothing filled.
  if (!args.includes('--json'))
    expect(said.out).not.toMatch(
      /(?:^|[^\w/."-])(?:error|cli|delivery|send-fault|send-todo|left-out)\.[a-z]|\{\w+\}/mu,
    );
  return said;
};

const dispatches = async (): Promise<number> =>
  (await sending.world.database.pool.query('select count(*)::int as n from delivery.dispatch')).rows[0].n;

beforeAll(async () => {
  sending = await sendingWorld(ROWS, { at: MORNING });
  await everybodyReads(sending, ROWS.slice(0, 4));
  smsc = await startSmsc();
  LINE = `${(await sending.world.database.pool.query('select code from plans.plan')).rows[0].code}:1`;
  lantoa = cliIn(
    sending.world,
    networks(() => smsc.port),
  );
});
afterAll(async () => {
  await smsc.remove();
  await sending.world.close();
});

describe('without a network', () => {
  it('sending is refused before anything is written, and what to do is said', async () => {
    const alone = cliIn(sending.world);
    const said = await alone('dispatch', 'send', '--line', LINE, '--yes', '--json');
    expect([said.code, said.json.error.code]).toEqual([5, 'dispatch.no-channel']);
    expect(said.err).toContain('channels.yaml');
    expect(await dispatches()).toBe(0);
    expect((await alone('dispatch', 'preview', '--line', LINE, '--json')).json).toMatchObject({
      recipients: 6,
      channel: null,
    });
    expect((await alone('channels')).out).toContain('docs/operate/channels');
  });
});

describe('before the button', () => {
  it('shows who is sent to, parts and cost both ways, and who is left out', async () => {
    const { json } = await ok('dispatch', 'preview', '--line', LINE, '--json');
    expect(json).toMatchObject({
      ...{ run: 1, recipients: 6, reads: 4, parts: 12, chosen: 'sms' },
      ways: [
        { kind: 'sms', all: 12, cost: 4_200 },
        { kind: 'sms-plain', all: 6, cost: 2_100 },
      ],
      leftOut: { why: { 'no-phone': 1 }, otherwise: { visit: 1, call: 0, done: 0 } },
      channel: { provider: 'thu', simulator: true },
    });
    const plain = (await ok('dispatch', 'preview', '--line', LINE, '--plain', '--json')).json;
    expect(plain).toMatchObject({ chosen: 'sms-plain', parts: 6, ways: json.ways });
    const { out } = await ok('dispatch', 'preview', '--line', LINE);
    for (const words of [
      'Gửi cho 6 người nhận',
      'Nhà Giàng A Mẫu 1 ở',
      '4.200 đồng',
      'không có số điện thoại',
      'cử người đến',
    ])
      expect(out).toContain(words);
    expect((await ok('dispatch', 'preview', '--line', LINE, '--lang', 'en')).out).toContain('has no phone number');
  });

  it('keeps to what is chosen', async () => {
    const figures = async (...more: string[]) =>
      (await ok('dispatch', 'preview', '--line', LINE, '--json', ...more)).json.recipients;
    expect(await figures('--reading', 'known')).toBe(4);
    expect(await figures('--village', 'Thôn Hai')).toBe(1);
    expect((await lantoa('dispatch', 'preview', '--line', LINE, '--reading', 'x')).err).toContain(
      'known, maybe, anybody',
    );
    expect((await lantoa('dispatch', 'preview', '--line', LINE, '--village', 'Thôn Chín')).code).toBe(4);
    expect((await lantoa('dispatch', 'preview', '--line', 'khong-co:1')).code).toBe(4);
  });

  it('nothing is sent when nobody is there to be asked', async () => {
    const said = await lantoa('dispatch', 'send', '--line', LINE);
    expect(said).toMatchObject({ code: 2 });
    expect(said.err).toContain('--yes');
    expect((await lantoa('dispatch', 'send', '--line', LINE, '--yes', '--wait-minutes', '0')).code).toBe(2);
    expect(await dispatches()).toBe(0);
  });
});

describe('to nobody', () => {
  it('it is refused without a question, says why, and writes nothing', async () => {
    const rule = { subject: 'household', where: { class: ['newly_escaped'] } };
    await addLine(sending.world, { messageId: sending.messageId, code: 'khong-ai', channels: ['sms'], rule });
    const said = await lantoa('dispatch', 'send', '--line', 'khong-ai:1');
    expect(said.code).toBe(5);
    expect(said.out).toContain('Đối tượng của dòng này hiện không có ai. Hãy nhập danh sách mới nhất');
    expect(said.err).toContain('Không có ai để gửi, chưa ghi gì cả.');
    const { code, json } = await lantoa('dispatch', 'send', '--line', 'khong-ai:1', '--yes', '--json');
    expect([code, json.error.code]).toEqual([5, 'dispatch.nobody']);
    const english = await lantoa('dispatch', 'send', '--line', 'khong-ai:1', '--yes', '--lang', 'en');
    expect(english.out).toContain('The line means nobody today. Bring in the newest list');
    expect(english.err).toContain('There is nobody to send to, and nothing was written.');
    expect(await dispatches()).toBe(0);
    expect((await sending.world.database.pool.query('select 1 from plans.activity')).rowCount).toBe(0);
  });
});

describe('a sending from the terminal', () => {
  it('goes out with no other worker, and ends with its receipts', async () => {
    const { json } = await ok('dispatch', 'send', '--line', LINE, '--yes', '--wait', '--json');
    expect(json).toMatchObject({ sent: true, run: 1, recipients: 6, ended: 'settled' });
    expect(json.dispatch).toMatchObject({ state: 'done', counts: { delivered: 4, failed: 2, accepted: 0 } });
    expect(
      json.dispatch.groups.map(({ fault, again }: { fault: string; again: boolean }) => [fault, again]).sort(),
    ).toEqual([
      ['bad-number', true],
      ['receipt.undeliverable', true],
    ]);
    expect(new Set((await smsc.lines('submit')).map(({ to }) => to))).toEqual(new Set([1, 10, 11, 12, 21].map(e164No)));
    const { rows } = await sending.world.database.pool.query(
      'select count(*)::int as n from reach.contact where channel = $1',
      ['sms'],
    );
    expect(rows[0].n).toBe(4);
  });

  it('is found by its plan, line and run, as by its id', async () => {
    const { json } = await ok('dispatch', 'list', '--json');
    expect(json).toMatchObject({ total: 1, dispatches: [{ run: 1, state: 'done' }] });
    const { dispatchId } = json.dispatches[0];
    expect((await ok('dispatch', 'list', '--line', LINE)).out).toContain(`${LINE}:1`);
    expect((await ok('dispatch', 'list', '--open', '--json')).json.total).toBe(0);
    for (const name of [dispatchId, `${LINE}:1`])
      expect((await ok('dispatch', 'show', name, '--json')).json.dispatch.dispatchId).toBe(dispatchId);
    const { out } = await ok('dispatch', 'show', `${LINE}:1`);
    for (const words of ['máy đã nhận', 'Số điện thoại không có thật', 'cử người đến hộ']) expect(out).toContain(words);
    expect((await lantoa('dispatch', 'show', 'x')).err).toContain('KẾ-HOẠCH:DÒNG:LẦN');
    expect((await lantoa('dispatch', 'show', `${LINE}:9`)).code).toBe(4);
  });

  it('shows each delivery, and writes them to a file of the owner alone', async () => {
    const failed = await ok('dispatch', 'deliveries', `${LINE}:1`, '--state', 'failed', '--json');
    expect(failed.json.deliveries.map(({ code }: { code: string }) => code)).toEqual(['H0001', 'H0003']);
    expect((await ok('dispatch', 'deliveries', `${LINE}:1`)).out).toContain('6 lượt gửi');
    const path = join(sending.world.dataDir, 'luot.csv');
    expect((await ok('dispatch', 'deliveries', `${LINE}:1`, '--csv', path, '--json')).json).toEqual({
      file: path,
      rows: 6,
    });
    const rows = (await readFile(path, 'utf8')).trimEnd().split('\r\n');
    expect(rows).toHaveLength(7);
    for (const row of rows.slice(1)) expect(row).toContain('dữ liệu mô phỏng');
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('is sent again only to those it did not reach, by a number that may do', async () => {
    const { json } = await ok('dispatch', 'retry', `${LINE}:1`, '--yes', '--wait', '--json');
    expect(json).toMatchObject({
      run: 2,
      recipients: 1,
      ended: 'settled',
      preview: { leftOut: { why: { 'number-failed': 1 } } },
    });
    expect(json.dispatch).toMatchObject({ retryOf: expect.any(String), counts: { failed: 1 } });
  });

  it('is stopped, goes on, and is given up; nothing of it goes out without a worker', async () => {
    const before = (await smsc.lines('submit')).length;
    const { json } = await ok('dispatch', 'send', '--line', LINE, '--all', '--plain', '--yes', '--json');
    expect(json).toMatchObject({ sent: true, run: 3, workers: 0 });
    expect((await ok('dispatch', 'stop', `${LINE}:3`)).out).toContain('Đã dừng');
    expect((await lantoa('dispatch', 'stop', `${LINE}:3`)).code).toBe(5);
    expect((await ok('dispatch', 'show', `${LINE}:3`, '--wait', '--json')).json.ended).toBe('stopped');
    expect((await ok('dispatch', 'resume', `${LINE}:3`, '--json')).json.dispatch.state).toBe('open');
    expect((await ok('dispatch', 'give-up', `${LINE}:3`, '--json')).json.left).toBe(6);
    expect((await lantoa('dispatch', 'resume', `${LINE}:3`)).code).toBe(5);
    expect((await smsc.lines('submit')).length).toBe(before);
  });

  it('is refused to whoever may not send there', async () => {
    const { world } = sending;
    const { username: agent } = await addPerson(world, 'agent', taXiLang, 'Vàng Thị Tuyên');
    const { username: elsewhere } = await addPerson(world, 'officer', paHu, 'Cán bộ nơi khác');
    const { username: officer } = await addPerson(world, 'officer', taXiLang, 'Cán bộ xã');
    const { dispatchId } = (await ok('dispatch', 'show', `${LINE}:1`, '--json')).json.dispatch;
    expect((await lantoa('dispatch', 'show', dispatchId, '--as', agent)).code).toBe(3);
    expect((await lantoa('dispatch', 'show', dispatchId, '--as', elsewhere)).code).toBe(4);
    expect((await ok('dispatch', 'show', dispatchId, '--as', officer)).out).toContain(`${LINE}:1`);
  });
});

describe('at night', () => {
  it('what is not urgent waits for the morning, and the terminal does not', async () => {
    sending.world.clock.set(NIGHT);
    const { json } = await ok('dispatch', 'send', '--line', LINE, '--all', '--yes', '--wait', '--json');
    expect(json).toMatchObject({ ended: 'morning', preview: { quiet: true }, dispatch: { counts: { created: 6 } } });
    const urgent = ['--urgent', 'Lũ quét', '--village', 'Thôn Hai'];
    const now = (await ok('dispatch', 'send', '--line', LINE, '--all', ...urgent, '--yes', '--wait', '--json')).json;
    expect(now).toMatchObject({ ended: 'settled', dispatch: { counts: { delivered: 1 }, urgentReason: 'Lũ quét' } });
    sending.world.clock.set(MORNING);
  });
});

describe('beside a worker', () => {
  it('the terminal only watches how it ends', async () => {
    const worker = await networks(() => smsc.port).openSending();
    worker.sender.start();
    const watching = cliIn(sending.world, {
      ...networks(() => smsc.port),
      openSending: () => Promise.reject(new Error('a second worker')),
    });
    const said = await watching(
      'dispatch',
      'send',
      '--line',
      LINE,
      '--all',
      '--urgent',
      'Bão',
      '--yes',
      '--wait',
      '--json',
    );
    await worker.close();
    expect(said.code, said.err).toBe(0);
    expect(said.json).toMatchObject({
      ended: 'settled',
      channels: [],
      dispatch: { counts: { delivered: 4, failed: 2 } },
    });
  });
});

describe('replies', () => {
  it('are shown to whom they are for, and marked as read', async () => {
    await createReceiver(sending.world.execute).inbound('thu', [
      { from: e164No(10), text: 'Cảm ơn cán bộ' },
      { from: e164No(11), text: 'Từ chối' },
    ]);
    const { replies } = (await ok('dispatch', 'replies', '--json')).json;
    expect(replies.map(({ body, meaning }: { body: string; meaning: string }) => [body, meaning])).toEqual([
      ['Cảm ơn cán bộ', 'other'],
      ['Từ chối', 'stop'],
    ]);
    await ok('dispatch', 'replies', '--read', replies[0].inboundId);
    expect((await lantoa('dispatch', 'replies', '--read', replies[0].inboundId)).code).toBe(5);
    const { out } = await ok('dispatch', 'replies');
    for (const words of ['đã đọc', 'số này không nhận gì nữa', 'Giàng A Mẫu 10']) expect(out).toContain(words);
  });
});

describe('the networks', () => {
  it('are tried: who lets us in, and who does not and why', async () => {
    expect((await ok('channels', '--try')).out).toContain('kết nối được');
    const nowhere = cliIn(sending.world, networks(() => 1)); // biome-ignore format: one line says it
    const said = await nowhere('channels', '--try', '--json');
    expect(said).toMatchObject({
      code: 6,
      json: { providers: [{ tried: { connected: false, fault: { code: 'unreachable' } } }] },
    });
  });

  it('of an installation are those of its channels file, and no password of it is ever shown', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lantoa-channels-'));
    const locked = await startSmsc(['--password', 'mat-khau-dung']);
    const file = join(folder, 'mang.yaml');
    const entry = (password: string) => `sms:
  - provider: xa-mau
    kind: smpp
    host: 127.0.0.1
    port: ${locked.port}
    systemId: xa-mau
    passwordFile: ${password}
    sender: XA-MAU
    simulator: true
    pricePerPart: 410
`;
    await writeFile(join(folder, 'dung'), 'mat-khau-dung\n');
    await writeFile(join(folder, 'sai'), 'mat-khau-sai\n');
    const line = commandLine(join(folder, 'data'));
    const asked = async (...args: string[]) => line.lantoa(['channels', ...args], { LANTOA_CHANNELS: file });
    await writeFile(file, entry('dung'));
    const good = await asked('--try', '--json');
    expect(good.json).toMatchObject({
      ...{ file, workers: 0 },
      providers: [
        {
          ...{ provider: 'xa-mau', pricePerPart: 410, tried: { connected: true, fault: null } },
          named: { sender: 'XA-MAU', address: `127.0.0.1:${locked.port}` },
        },
      ],
    });
    await writeFile(file, entry('sai'));
    const wrong = await asked('--try');
    expect([wrong.code, wrong.out.includes('Nhà mạng không nhận tên hoặc mật khẩu')]).toEqual([6, true]);
    for (const said of [good, wrong]) expect(said.out + said.err).not.toMatch(/mat-khau-(?:dung|sai)/u);
    await writeFile(file, 'sms:\n  - provider: xa-mau\n');
    const broken = await asked();
    expect(broken.code).toBe(2);
    expect(broken.err).toContain('Dòng 2');
    await locked.remove();
    await rm(folder, { recursive: true, force: true });
  });
});

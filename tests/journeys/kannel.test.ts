import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connected, message, openKeeper } from '../support/channel-kit.ts';
import { freePort, KANNEL, needKannel, openListener, openMute, run } from '../support/kannel.ts';
import { goodNumber, numberEnding, openTo, wholes } from '../support/smpp-bench.ts';
import { startSmsc, until } from '../support/smsc.ts';

let folder: string;
const cleanups: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  await needKannel();
  folder = await mkdtemp(join(tmpdir(), 'lantoa-kannel-'));
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await rm(folder, { recursive: true, force: true });
});

/** A number of a country code that is given to nobody (ITU-T E.164: 999 is reserved). */
const nowhere = (n: number): string => `+999${String(n).padStart(8, '0')}`;

describe("our channel at Kannel's SMSC", () => {
  it('signs on with a connection for each way, hands over every part, and takes in what phones write', async () => {
    // It wants to be the box of messages of a gateway as well, on this port and no other, and ends when nobody is there.
    const gateway = await openMute(13_001);
    cleanups.push(gateway.close);
    const port = await freePort();
    const smsc = run(KANNEL.smsc, ['-v', '0', '-p', String(port), '-m', '60'], folder);
    cleanups.push(smsc.stop);
    const keeper = openKeeper();
    const channel = openTo(port, keeper.receiver, { bind: 'pair', simulator: false });
    cleanups.push(channel.close);
    await connected(channel);
    const long = 'Mời bà con đến nhà văn hóa thôn. '.repeat(6);
    const outcomes = await channel.send([
      ...Array.from({ length: 30 }, (_, n) => message(nowhere(n), 'Moi ba con den hop thon')),
      ...Array.from({ length: 10 }, (_, n) => message(nowhere(100 + n), 'Mời bà con đến họp thôn')),
      ...Array.from({ length: 5 }, (_, n) => message(nowhere(200 + n), long)),
    ]);
    expect(outcomes.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
    const refs = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? outcome.refs : []));
    expect(refs).toHaveLength(30 + 10 + 5 * 3);
    // It gives no names at all; ours are told apart all the same.
    expect(new Set(refs).size).toBe(refs.length);
    await until(() => keeper.inbound.length === 60);
    expect(new Set(keeper.inbound.map(({ text }) => text))).toEqual(
      new Set(Array.from({ length: 60 }, (_, n) => String(n + 1))),
    );
  });
});

describe('our simulator under a gateway of others', () => {
  const startKannel = async (smscPort: number) => {
    const [admin, box, http] = [await freePort(), await freePort(), await freePort()];
    const conf = `group = core
admin-port = ${admin}
admin-password = thu
admin-interface = 127.0.0.1
smsbox-port = ${box}
smsbox-interface = 127.0.0.1

group = smsc
smsc = smpp
smsc-id = thu
host = 127.0.0.1
port = ${smscPort}
transceiver-mode = true
smsc-username = kannel
smsc-password = bi-mat
system-type = ""
msg-id-type = 0

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${http}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = thu
password = thu
concatenation = true
max-messages = 10
`;
    await writeFile(join(folder, 'kannel.conf'), conf);
    const bearerbox = run(KANNEL.bearerbox, ['-v', '0', 'kannel.conf'], folder);
    cleanups.push(bearerbox.stop);
    await until(() => bearerbox.said().includes('SMPP[thu]: Sending enquire link') || smscReady(bearerbox.said()));
    const smsbox = run(KANNEL.smsbox, ['-v', '0', 'kannel.conf'], folder);
    cleanups.push(smsbox.stop);
    const send = (params: Record<string, string>) =>
      fetch(
        `http://127.0.0.1:${http}/cgi-bin/sendsms?${new URLSearchParams({ username: 'thu', password: 'thu', ...params })}`,
      );
    await until(() =>
      send({}).then(
        () => true,
        () => false,
      ),
    );
    return { send, bearerbox };
  };
  const smscReady = (said: string) => said.includes('bind_transceiver_resp');

  it('takes its messages in both alphabets and brings it what became of them', async () => {
    const smsc = await startSmsc(['--password', 'bi-mat']);
    cleanups.push(smsc.remove);
    const listener = await openListener();
    cleanups.push(listener.close);
    const { send } = await startKannel(smsc.port);
    const sendTo = async (to: string, text: string, more: Record<string, string> = {}) => {
      const url = `http://127.0.0.1:${listener.port}/dlr?to=${encodeURIComponent(to)}&s=%d`;
      const answer = await send({
        from: '8000',
        to,
        text,
        'dlr-mask': '31',
        'dlr-url': url,
        charset: 'UTF-8',
        ...more,
      });
      expect(answer.status).toBe(202);
    };
    const long = 'Mời bà con đến nhà văn hóa thôn. '.repeat(6).trim();
    await sendTo(goodNumber(1), 'Moi ba con den hop thon');
    await sendTo(goodNumber(2), long, { coding: '2' });
    await sendTo(numberEnding('01'), 'Moi ba con');
    await sendTo(numberEnding('03'), 'Moi ba con');
    /** What Kannel tells of a number: 1 delivered, 2 not delivered, 8 accepted, 16 refused. */
    const told = (to: string) =>
      listener.asked.filter((url) => url.searchParams.get('to') === to).map((url) => url.searchParams.get('s'));
    await until(() => told(goodNumber(1)).includes('1') && told(numberEnding('01')).includes('2'));
    await until(() => told(numberEnding('03')).includes('16') && told(goodNumber(2)).includes('1'));
    expect(told(goodNumber(1))).toContain('8');
    expect(told(numberEnding('03'))).not.toContain('8');
    const taken = wholes(await smsc.lines('submit'));
    expect(taken.find(({ to }) => to === goodNumber(1))?.text).toBe('Moi ba con den hop thon');
    expect(taken.find(({ to }) => to === goodNumber(2))?.text).toBe(long.normalize('NFC'));
    await until(async () => (await smsc.lines('receipt-acked')).length >= 3);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Channels, openChannels } from '../../src/channels/open-channels.ts';
import { readConfig } from '../../src/platform/config.ts';
import { silentLog } from '../../src/platform/log.ts';
import { connected } from '../support/channel-kit.ts';
import {
  householdNo,
  receiverOf,
  type SendingWorld,
  sendingWorld,
  standings,
  submit,
  work,
} from '../support/sending.ts';
import { type Smsc, startSmsc, until } from '../support/smsc.ts';

let folder: string;
let sending: SendingWorld;
let channels: Channels;
let first: Smsc;
let second: Smsc;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-failover-'));
  [first, second] = await Promise.all([startSmsc(), startSmsc()]);
  await writeFile(join(folder, 'password'), 'bi-mat\n');
});
afterEach(async () => {
  await channels.close();
  await first.remove();
  await second.remove();
  await sending.world.close();
  await rm(folder, { recursive: true, force: true });
});

const entry = (provider: string, port: number) => `  - provider: ${provider}
    kind: smpp
    host: 127.0.0.1
    port: ${port}
    systemId: xa-mau
    passwordFile: password
    sender: XA-MAU
    simulator: true
    timeoutSeconds: 2
`;

/** Households whose numbers end in these two digits: what they mean, `simulators/smsc-behaviour.ts` says. */
const start = async (...endings: number[]) => {
  sending = await sendingWorld(endings.map((ending, at) => householdNo((at + 1) * 100 + ending)));
  await writeFile(join(folder, 'channels.yaml'), `sms:\n${entry('mot', first.port)}${entry('hai', second.port)}`);
  const config = readConfig({ LANTOA_DATA: folder });
  channels = await openChannels({ config, simulate: true, receiver: receiverOf(sending), log: silentLog() });
  expect(channels.sms.map(({ provider }) => provider)).toEqual(['mot', 'hai']);
  await Promise.all(channels.sms.map(connected));
  await submit(sending);
};

/** Of the numbers that it took a message for, or the beginning of one. */
const endings = async (smsc: Smsc) => {
  const beginnings = (await smsc.lines('submit')).filter(({ part }) => part === 1);
  return beginnings.map(({ to }) => to.slice(-2)).sort();
};

/** `state provider` of each delivery, by the last two digits of its number. */
const providers = async () => {
  const { rows } = await sending.world.database.pool.query<{ ending: string; state: string; provider: string }>(
    'select right(address, 2) as ending, state, provider from delivery.delivery',
  );
  return Object.fromEntries(rows.map(({ ending, state, provider }) => [ending, `${state} ${provider}`]));
};

describe('with two providers', () => {
  it('nothing goes elsewhere that the first took, may have taken, or knows to be no number', async () => {
    await start(3, 5, 10);
    await work(sending, ...channels.sms);
    expect(await endings(first)).toEqual(['05', '10']);
    expect(await endings(second)).toEqual([]);
    expect(await second.lines('refused')).toEqual([]);
    expect(await standings(sending)).toMatchObject({ 'failed bad-number': 1 });
    // Nobody answered for the second; its receipt may have come all the same.
    expect(await providers()).toMatchObject({ '05': expect.stringMatching(/^(?:uncertain|delivered) mot$/u) });
  });

  it('what the first is too busy for goes through the second', async () => {
    await start(10, 11);
    first.order({ throttle: true });
    await work(sending, ...channels.sms);
    expect(await endings(first)).toEqual([]);
    expect(await endings(second)).toEqual(['10', '11']);
    const byTheSecond = expect.stringMatching(/ hai$/u);
    expect(await providers()).toEqual({ 10: byTheSecond, 11: byTheSecond });
  });

  it('when the first is gone, all goes through the second', async () => {
    await start(10, 11);
    await first.kill();
    await until(() => !channels.sms[0]!.state().connected);
    await work(sending, ...channels.sms);
    expect(await endings(second)).toEqual(['10', '11']);
    await first.start();
  });

  it('what the first may have taken goes nowhere else when it breaks off', async () => {
    await start(5, 5);
    const working = work(sending, ...channels.sms);
    await until(async () => (await first.lines('submit')).length === 2);
    await first.kill();
    await working;
    expect(await endings(first)).toEqual(['05', '05']);
    expect(await standings(sending)).toEqual({ 'uncertain no-answer': 2 });
    expect(await endings(second)).toEqual([]);
    await first.start();
  });
});

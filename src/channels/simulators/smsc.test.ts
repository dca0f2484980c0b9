import { afterEach, describe, expect, it } from 'vitest';
import { connected, message, openKeeper } from '../../../tests/support/channel-kit.ts';
import { goodNumber, numberEnding, openTo } from '../../../tests/support/smpp-bench.ts';
import { startSmsc, until } from '../../../tests/support/smsc.ts';
import { fateOf, receiptText } from './smsc-behaviour.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const bench = async (args: readonly string[] = []) => {
  const smsc = await startSmsc(args);
  cleanups.push(smsc.remove);
  const keeper = openKeeper();
  const channel = openTo(smsc.port, keeper.receiver, { timeoutSeconds: 2 });
  cleanups.push(channel.close);
  await connected(channel);
  return { smsc, keeper, channel };
};

describe('what becomes of a number', () => {
  it('is told by its last two digits in the plain profile', () => {
    const fate = (ending: string, tries = 1) => fateOf('plain', `+845400000${ending}`, tries);
    expect(fate('03')).toEqual({ status: 0x0b, stat: null, early: false });
    expect([1, 2, 3].map((tries) => fate('04', tries).status)).toEqual([0x58, 0x58, 0]);
    expect(fate('05').status).toBeNull();
    expect(fate('06')).toEqual({ status: 0, stat: null, early: false });
    expect(fate('08').status).toBe(0x45);
    expect(fate('09').early).toBe(true);
    expect(['00', '10', '11', '99'].map((ending) => fate(ending).stat)).toEqual(Array(4).fill('DELIVRD'));
  });

  it('is the same each time in the example, in the shares that were meant', () => {
    const numbers = Array.from({ length: 10_000 }, (_, n) => `+8454${String(n * 7).padStart(7, '0')}`);
    const fates = numbers.map((number) => fateOf('example', number, 1));
    expect(numbers.map((number) => fateOf('example', number, 5))).toEqual(fates);
    const share = (stat: string | null, status: number) =>
      fates.filter((fate) => fate.stat === stat && fate.status === status).length / 100;
    expect(Math.abs(share('DELIVRD', 0) - 88)).toBeLessThan(1);
    expect(Math.abs(share('UNDELIV', 0) - 6)).toBeLessThan(1);
    expect(Math.abs(share('EXPIRED', 0) - 3)).toBeLessThan(1);
    expect(Math.abs(share(null, 0) - 2)).toBeLessThan(1);
    expect(Math.abs(share(null, 0x0b) - 1)).toBeLessThan(1);
  });

  it('is written as networks write it', () => {
    expect(receiptText('A1', 'UNDELIV', '2026-02-03T04:05:06.000Z')).toBe(
      'id:A1 sub:001 dlvrd:000 submit date:2602030405 done date:2602030405 stat:UNDELIV err:027 text:',
    );
  });
});

describe('the log of the simulator', () => {
  it('holds what was accepted before it was answered, and what was refused', async () => {
    const { smsc, channel } = await bench();
    const [accepted, refused] = [message(goodNumber(1), 'Họp thôn'), message(numberEnding('03'), 'Họp thôn')];
    const outcomes = await channel.send([accepted, refused]);
    const lines = await smsc.lines();
    expect(lines.find(({ event }) => event === 'submit')).toMatchObject({
      ref: outcomes[0]!.kind === 'accepted' ? outcomes[0]!.refs[0] : '',
      to: accepted.to,
      from: 'XA-THU',
      text: 'Họp thôn',
      part: 1,
      of: 1,
      group: null,
      dataCoding: 8,
    });
    expect(lines.filter(({ event }) => event === 'refused')).toMatchObject([{ to: refused.to, status: 0x0b }]);
  });

  it('a receipt that was not answered when it fell is sent again by the next run, with names that are new', async () => {
    const { smsc, keeper, channel } = await bench();
    const gate = Promise.withResolvers<void>();
    keeper.wait(gate.promise);
    await channel.send([message(goodNumber(1)), message(numberEnding('06'))]);
    await until(async () => (await smsc.lines('receipt')).length === 1);
    await smsc.kill();
    await until(() => !channel.state().connected);
    gate.resolve();
    await smsc.start();
    await connected(channel);
    await until(async () => (await smsc.lines('receipt-acked')).length === 1);
    await channel.send([message(goodNumber(2))]);
    const submits = await smsc.lines('submit');
    expect(new Set(submits.map(({ ref }) => ref.slice(0, 8))).size).toBe(2);
    expect((await smsc.lines('receipt-acked'))[0]!.ref).toBe(submits[0]!.ref);
    // Answered ones do not come again.
    await until(async () => (await smsc.lines('receipt-acked')).length === 2);
    await smsc.kill();
    await smsc.start();
    await connected(channel);
    await channel.send([message(numberEnding('06'))]);
    expect(await smsc.lines('receipt')).toHaveLength(3);
  });

  it('shows the receipt before the answer where it overtakes it', async () => {
    const { smsc, keeper, channel } = await bench(['--receipt-delay', '60000']);
    const [outcome] = await channel.send([message(numberEnding('09'))]);
    expect(outcome!.kind).toBe('accepted');
    await until(() => keeper.receipts.length === 1);
    expect(await smsc.lines('receipt')).toHaveLength(1);
  });

  it('a message that could not be kept is brought again', async () => {
    const { smsc, keeper } = await bench();
    keeper.refuse(true);
    smsc.order({ inbound: { from: goodNumber(1), to: '8000', text: 'TU CHOI' } });
    await until(async () => (await smsc.lines('inbound')).length > 1);
    expect(await smsc.lines('inbound-acked')).toEqual([]);
    keeper.refuse(false);
    await until(async () => (await smsc.lines('inbound-acked')).length === 1);
    expect(keeper.inbound).toEqual([{ from: goodNumber(1), text: 'TU CHOI' }]);
  });

  it('everything is too fast while it is told so', async () => {
    const { smsc, channel } = await bench();
    const send = async () => (await channel.send([message(goodNumber(1))]))[0]!;
    smsc.order({ throttle: true });
    await until(async () => (await send()).kind === 'refused');
    smsc.order({ throttle: false });
    await until(async () => (await send()).kind === 'accepted');
    expect((await smsc.lines('refused'))[0]!.status).toBe(0x58);
  });
});

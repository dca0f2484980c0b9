import { setTimeout as pause } from 'node:timers/promises';
import type { Pdu } from 'smpp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connected, message, openKeeper } from '../../tests/support/channel-kit.ts';
import { type Answering, scriptedSmsc } from '../../tests/support/scripted-smsc.ts';
import { goodNumber, numberEnding, openTo } from '../../tests/support/smpp-bench.ts';
import { startSmsc, until } from '../../tests/support/smsc.ts';
import type { SmppSettings } from './smpp-settings.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const LONG = 'Mời bà con đến nhà văn hóa thôn. '.repeat(6);

const scripted = async (answering: Answering, changes: Partial<SmppSettings> = {}) => {
  const smsc = await scriptedSmsc(answering);
  cleanups.push(smsc.close);
  const keeper = openKeeper();
  const channel = openTo(smsc.port, keeper.receiver, { timeoutSeconds: 2, ...changes });
  cleanups.push(channel.close);
  await connected(channel);
  return { smsc, channel, keeper };
};

const simulated = async (args: readonly string[], changes: Partial<SmppSettings> = {}) => {
  const smsc = await startSmsc(args);
  cleanups.push(smsc.remove);
  const keeper = openKeeper();
  const channel = openTo(smsc.port, keeper.receiver, { timeoutSeconds: 2, ...changes });
  cleanups.push(channel.close);
  return { smsc, channel, keeper };
};

/** Number of a part in its header; the body of a submit begins with it. */
const partOf = (pdu: Pdu): number => pdu.short_message!.udh![0]![4]!;

describe('what is under way', () => {
  it('is never more than the window', async () => {
    let [open, most, names] = [0, 0, 0];
    const { channel } = await scripted(
      (_, answer) => {
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          names += 1;
          answer(`n${names}`);
        }, 5);
      },
      { window: 7 },
    );
    const batches = [0, 1, 2].map((at) => Array.from({ length: 40 }, (_, n) => message(goodNumber(at * 100 + n))));
    const outcomes = (await Promise.all(batches.map((batch) => channel.send(batch)))).flat();
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(120);
    expect(most).toBe(7);
  });

  it('goes out part by part, each after the one before was accepted', async () => {
    const story: string[] = [];
    const { channel, smsc } = await scripted((pdu, answer) => {
      story.push(`part ${partOf(pdu)}`);
      setTimeout(() => {
        story.push(`answer ${partOf(pdu)}`);
        answer(`n${partOf(pdu)}`);
      }, 20);
    });
    const [outcome] = await channel.send([message(goodNumber(1), LONG)]);
    expect(outcome).toMatchObject({ kind: 'accepted', refs: ['n1', 'n2', 'n3'] });
    expect(story).toEqual(['part 1', 'answer 1', 'part 2', 'answer 2', 'part 3', 'answer 3']);
    expect(new Set(smsc.submits.map((pdu) => pdu.short_message!.udh![0]![2])).size).toBe(1);
    expect(smsc.submits[0]).toMatchObject({
      esm_class: 0x40,
      registered_delivery: 1,
      data_coding: 8,
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      destination_addr: goodNumber(1).slice(1),
      source_addr_ton: 5,
      source_addr_npi: 0,
      source_addr: 'XA-THU',
    });
  });

  it('is refused when its turn does not come in time, and was never written then', async () => {
    const { channel, smsc } = await scripted(() => {}, { window: 1, timeoutSeconds: 1 });
    const outcomes = await channel.send([message(goodNumber(1)), message(goodNumber(2))]);
    expect(outcomes).toMatchObject([{ kind: 'uncertain' }, { kind: 'refused', code: 'throttled', retry: true }]);
    expect(smsc.submits).toHaveLength(1);
  });

  it('stays uncertain when the answer comes too late', async () => {
    const answers: ((name: string) => void)[] = [];
    const { channel } = await scripted(
      (_, answer) => {
        answers.push(answer);
      },
      { timeoutSeconds: 1 },
    );
    expect(await channel.send([message(goodNumber(1))])).toMatchObject([{ kind: 'uncertain' }]);
    answers[0]!('late');
    const next = channel.send([message(goodNumber(2))]);
    await until(() => answers.length === 2);
    answers[1]!('in time');
    expect(await next).toMatchObject([{ kind: 'accepted', refs: ['in time'] }]);
  });
});

describe('a long text whose later part is refused', () => {
  it('tries that part again while it is only too fast', async () => {
    let refusals = 0;
    const { channel } = await scripted(
      (pdu, answer) => {
        if (partOf(pdu) === 2 && refusals < 2) {
          refusals += 1;
          answer(0x58);
        } else answer(`n${partOf(pdu)}`);
      },
      { timeoutSeconds: 10 },
    );
    const [outcome] = await channel.send([message(goodNumber(1), LONG)]);
    expect(outcome).toMatchObject({ kind: 'accepted', refs: ['n1', 'n2', 'n3'] });
    expect(refusals).toBe(2);
  });

  it.each([[0x0b], [0x58]])('is told as "partly" when it stays refused (%i)', async (status) => {
    const { channel } = await scripted((pdu, answer) => answer(partOf(pdu) === 1 ? 'n1' : status));
    expect(await channel.send([message(goodNumber(1), LONG)])).toMatchObject([
      { kind: 'refused', code: 'partly', retry: false },
    ]);
  });

  it('is uncertain when nobody answers for it', async () => {
    const { channel } = await scripted((pdu, answer, session) => {
      if (partOf(pdu) === 1) answer('n1');
      else session.destroy();
    });
    expect(await channel.send([message(goodNumber(1), LONG)])).toMatchObject([{ kind: 'uncertain' }]);
  });
});

describe('names of parts', () => {
  it('are never the same for two parts, even where the network gives none', async () => {
    const { channel } = await scripted((_, answer) => answer(''));
    const outcomes = await channel.send([message(goodNumber(1)), message(goodNumber(2))]);
    const refs = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? outcome.refs : []));
    expect(new Set(refs).size).toBe(2);
    expect(refs).not.toContain('');
  });

  it('a receipt in decimal finds the name in hexadecimal', async () => {
    const { channel, smsc, keeper } = await scripted((_, answer) => answer('0001A2B'), {
      receiptIds: 'hex-of-decimal',
    });
    const [outcome] = await channel.send([message(goodNumber(1))]);
    const receipt = Buffer.from(
      'id:6699 sub:001 dlvrd:001 submit date:2601010000 done date:2601010000 stat:DELIVRD err:000',
    );
    smsc.bound[0]!.deliver_sm({ esm_class: 4, data_coding: 0, short_message: receipt });
    await until(() => keeper.receipts.length === 1);
    expect(outcome).toMatchObject({ kind: 'accepted', refs: [keeper.receipts[0]!.ref] });
  });
});

describe('the network by the number', () => {
  it('each number fares as the profile says', async () => {
    const { channel, keeper } = await simulated([]);
    await connected(channel);
    const endings = ['01', '02', '03', '06', '07', '08', '09', '10'];
    const outcomes = await channel.send(endings.map((ending) => message(numberEnding(ending))));
    expect(outcomes.map((one) => (one.kind === 'refused' ? `${one.code} ${one.retry} ${one.detail}` : one.kind))).toEqual([
      'accepted', 'accepted', 'bad-number false 0x0000000b', 'accepted', 'accepted', 'rejected false 0x00000045',
      'accepted', 'accepted',
    ]); // biome-ignore format: one for each number
    await until(() => keeper.receipts.length === 5);
    const refs = outcomes.map((one) => (one.kind === 'accepted' ? one.refs[0] : ''));
    const codes = endings.map((_, at) => keeper.receipts.find(({ ref }) => ref === refs[at])?.code);
    expect(codes).toEqual([
      'undeliverable', 'expired', undefined, undefined, 'unknown', undefined, 'delivered', 'delivered',
    ]); // biome-ignore format: one for each number
  });

  it('too fast is to be tried again, and goes well the third time', async () => {
    const { channel } = await simulated([]);
    await connected(channel);
    const send = async () => (await channel.send([message(numberEnding('04'))]))[0];
    expect(await send()).toMatchObject({ kind: 'refused', code: 'throttled', retry: true });
    expect(await send()).toMatchObject({ kind: 'refused', code: 'throttled', retry: true });
    expect(await send()).toMatchObject({ kind: 'accepted' });
  });
});

describe('who the other end is', () => {
  const faulty = async (args: readonly string[], changes: Partial<SmppSettings>) => {
    const { channel, smsc } = await simulated(args, changes);
    await until(() => channel.state().fault);
    const to = changes.simulator === false ? '+99912345678' : goodNumber(1);
    const [outcome] = await channel.send([message(to)]);
    expect(await smsc.lines('submit')).toEqual([]);
    expect(channel.state().connected).toBe(false);
    return { fault: channel.state().fault!.code, outcome };
  };

  it('a wrong password is said as such, and may be put right', async () => {
    const { fault, outcome } = await faulty(['--password', 'right'], { password: 'wrong' });
    expect(fault).toBe('sign-on');
    expect(outcome).toMatchObject({ kind: 'refused', code: 'sign-on', retry: true });
  });

  it('a simulator is believed only when the other end says so itself', async () => {
    expect((await faulty(['--name', 'SMSC-1'], { simulator: true })).fault).toBe('rejected');
  });

  it('a simulator is never taken for a network', async () => {
    expect((await faulty([], { simulator: false })).fault).toBe('rejected');
  });

  it('an other end that never answers the sign-on is not there', async () => {
    const { smsc, channel } = await simulated([], { timeoutSeconds: 1 });
    await connected(channel);
    smsc.order({ deaf: true });
    smsc.order({ drop: true });
    await until(() => channel.state().fault?.detail.includes('sign-on'));
    expect(channel.state()).toMatchObject({ connected: false, fault: { code: 'unreachable' } });
  });

  it('that it is silent is noticed, though nothing is sent', async () => {
    const { smsc, channel } = await simulated([], { timeoutSeconds: 1 });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    cleanups.push(async () => vi.useRealTimers());
    await connected(channel);
    vi.advanceTimersByTime(30_000);
    await pause(100);
    expect(channel.state().connected).toBe(true);
    smsc.order({ deaf: true });
    await until(() => {
      vi.advanceTimersByTime(30_000);
      return !channel.state().connected;
    });
    expect(channel.state().fault).toMatchObject({ code: 'unreachable' });
  });

  it('invented numbers never leave for a network, and real ones never for a simulator', async () => {
    const network = await simulated(['--name', 'SMSC-1'], { simulator: false });
    await connected(network.channel);
    const refused = { kind: 'refused', code: 'synthetic', retry: false };
    expect(await network.channel.send([message(goodNumber(1))])).toMatchObject([refused]);
    const simulator = await simulated([]);
    await connected(simulator.channel);
    expect(await simulator.channel.send([message('+99912345678')])).toMatchObject([refused]);
    expect([...(await network.smsc.lines('submit')), ...(await simulator.smsc.lines('submit'))]).toEqual([]);
  });
});

it('a letter that its alphabet has not is refused, never sent as another', async () => {
  const { channel, smsc } = await scripted((_, answer) => answer('n'));
  const wrong = { ...message(goodNumber(1)), encoding: 'gsm-7' as const };
  expect(await channel.send([wrong])).toMatchObject([{ kind: 'refused', code: 'content', retry: false }]);
  expect(smsc.submits).toEqual([]);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  Channel,
  ChannelState,
  Inbound,
  Outgoing,
  Receipt,
  Receiver,
  RefusalCode,
  SendOutcome,
} from '../../src/channels/contract.ts';
import { smsParts } from '../../src/shared/sms.ts';
import { until } from './smsc.ts';

/** The other end of a channel, as a test sees and drives it. */
export interface Sink {
  /** Whole messages it took, put together from their parts. */
  taken(): Promise<readonly { readonly to: string; readonly text: string; readonly refs: readonly string[] }[]>;
  /** Breaks off every connection. */
  drop(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** The other end of a channel that brings receipts too. */
export interface TellingSink extends Sink {
  /** Names of parts whose receipt was answered as kept. */
  acked(): Promise<readonly string[]>;
  /** How often it brought the receipt of a part. */
  brought(ref: string): Promise<number>;
}

/** The other end of a channel that phones can answer. */
export interface AnsweringSink extends TellingSink {
  /** A phone writes to us. */
  write(message: Inbound): void;
}

/** A channel, whatever it sends. */
interface Sending<M> {
  state(): ChannelState;
  send(batch: readonly M[]): Promise<readonly SendOutcome[]>;
  close(): Promise<void>;
}

interface Addressed {
  readonly deliveryId: string;
  readonly to: string;
}

export interface Bench<M extends Addressed = Outgoing, S extends Sink = AnsweringSink> {
  readonly sink: S;
  /** A channel that connects in the background and waits this long for an answer. */
  open(receiver: Receiver, timeoutSeconds: number): Sending<M>;
  message(to: string, text?: string): M;
  /** Invented addresses: any number of those that are reached, one that is refused, one whose submit is never answered. */
  readonly numbers: { good(n: number): string; readonly refused: string; readonly silent: string };
  /** What is said of the one that is refused. */
  readonly refusal: RefusalCode;
  /** How many names the other end gives a message. */
  refsOf(message: M): number;
}

/** Keeps what comes, or refuses to. */
export const openKeeper = () => {
  const receipts: Receipt[] = [];
  const inbound: Inbound[] = [];
  let gate: Promise<void> = Promise.resolve();
  let broken = false;
  const keep = async <T>(to: T[], batch: readonly T[]) => {
    await gate;
    if (broken) throw new Error('not kept');
    to.push(...batch);
  };
  return {
    receipts,
    inbound,
    receiver: {
      receipts: (_: string, batch: readonly Receipt[]) => keep(receipts, batch),
      inbound: (_: string, batch: readonly Inbound[]) => keep(inbound, batch),
    } satisfies Receiver,
    /** Lets nothing be kept until the promise resolves. */
    wait: (promise: Promise<void>) => {
      gate = promise;
    },
    refuse: (refuses: boolean) => {
      broken = refuses;
    },
  };
};

let counter = 0;
export const message = (to: string, text = 'Mời bà con đến họp thôn.'): Outgoing => {
  counter += 1;
  return { deliveryId: `d${counter}`, to, ...smsParts(text) };
};

export const connected = (channel: Pick<Channel, 'state'>) => until(() => channel.state().connected);

const refsOf = (outcomes: readonly SendOutcome[]): string[] =>
  outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? outcome.refs : []));

/** A bench, a keeper and an open channel for each test. */
const openForEach = <M extends Addressed, S extends Sink>(make: () => Promise<Bench<M, S>>) => {
  let opened: {
    readonly bench: Bench<M, S>;
    readonly keeper: ReturnType<typeof openKeeper>;
    readonly channel: Sending<M>;
  };
  beforeEach(async () => {
    const bench = await make();
    const keeper = openKeeper();
    opened = { bench, keeper, channel: bench.open(keeper.receiver, 2) };
    await connected(opened.channel);
  });
  afterEach(async () => {
    await opened.channel.close();
    await opened.bench.sink.close();
  });
  return () => opened;
};

/** What every channel promises, whatever the wire: see `src/channels/contract.ts`. */
export const keepsItsPromises = <M extends Addressed, S extends Sink>(
  name: string,
  make: () => Promise<Bench<M, S>>,
): void => {
  describe(`${name} keeps what a channel promises`, () => {
    const opened = openForEach(make);

    it('every message is answered once, and what is accepted is at the other end under its names', async () => {
      const { bench, channel } = opened();
      const { good, refused } = bench.numbers;
      const batch = [...Array.from({ length: 60 }, (_, n) => bench.message(good(n))), bench.message(refused)];
      const outcomes = await channel.send(batch);
      expect(outcomes.map(({ deliveryId }) => deliveryId).sort()).toEqual(
        batch.map(({ deliveryId }) => deliveryId).sort(),
      );
      expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(60);
      expect(outcomes.find(({ deliveryId }) => deliveryId === batch[60]!.deliveryId)).toMatchObject({
        kind: 'refused',
        code: bench.refusal,
        retry: false,
      });
      const taken = await bench.sink.taken();
      expect(taken.flatMap(({ refs }) => refs).sort()).toEqual(refsOf(outcomes).sort());
      expect(taken.map(({ to }) => to)).not.toContain(refused);
      expect(new Set(refsOf(outcomes)).size).toBe(60);
    });

    it.each([
      ['plain letters', `${'Thong bao {so 1} ~ gia 5€ @ [xa] \\ ^ | '.repeat(12)}het.`, 'gsm-7'],
      ['Vietnamese', `${'Mời bà con đến nhà văn hóa thôn 😀 lúc 8 giờ. '.repeat(8)}Hết.`, 'ucs-2'],
    ])('a long text of %s arrives whole, under its own names', async (_, text, encoding) => {
      const { bench, channel } = opened();
      const long = bench.message(bench.numbers.good(1), text.normalize('NFC'));
      if ('parts' in long) expect(long).toMatchObject({ encoding, parts: { length: expect.toSatisfy((n) => n > 2) } });
      const [outcome] = await channel.send([long]);
      expect(outcome!.kind).toBe('accepted');
      const taken = await bench.sink.taken();
      expect(taken).toEqual([{ to: long.to, text: text.normalize('NFC'), refs: refsOf([outcome!]) }]);
      expect(taken[0]!.refs).toHaveLength(bench.refsOf(long));
    });

    it('silence is uncertain, and does not hold up others', async () => {
      const { bench, channel } = opened();
      const outcomes = await channel.send([bench.message(bench.numbers.silent), bench.message(bench.numbers.good(2))]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['uncertain', 'accepted']);
    });

    it('a connection that breaks before the answer is uncertain; afterwards it comes up again', async () => {
      const { bench, channel } = opened();
      const sending = channel.send([bench.message(bench.numbers.silent)]);
      await until(async () => (await bench.sink.taken()).length === 1);
      bench.sink.drop();
      expect((await sending)[0]).toMatchObject({ kind: 'uncertain' });
      await until(() => !channel.state().connected);
      await connected(channel);
      expect(await channel.send([bench.message(bench.numbers.good(3))])).toMatchObject([{ kind: 'accepted' }]);
    });

    it('without a connection nothing is sent, and it may be tried again', async () => {
      const { bench, channel } = opened();
      await bench.sink.stop();
      await until(() => !channel.state().connected);
      expect(channel.state().fault).toMatchObject({ code: 'unreachable' });
      const before = await bench.sink.taken();
      expect(await channel.send([bench.message(bench.numbers.good(4))])).toMatchObject([
        { kind: 'refused', code: 'unreachable', retry: true },
      ]);
      await bench.sink.start();
      await connected(channel);
      expect(channel.state().fault).toBeNull();
      expect(await bench.sink.taken()).toEqual(before);
    });

    it('taking leave answers what is under way, and nothing is sent afterwards', async () => {
      const { bench, channel } = opened();
      const sending = channel.send([bench.message(bench.numbers.silent), bench.message(bench.numbers.good(10))]);
      await channel.close();
      expect((await sending).map(({ kind }) => kind)).toEqual(['uncertain', 'accepted']);
      const before = await bench.sink.taken();
      expect(await channel.send([bench.message(bench.numbers.good(11))])).toMatchObject([
        { kind: 'refused', retry: true },
      ]);
      expect(await bench.sink.taken()).toEqual(before);
    });
  });
};

/** What every channel promises whose provider tells what became of messages. */
export const keepsReceipts = <M extends Addressed, S extends TellingSink>(
  name: string,
  make: () => Promise<Bench<M, S>>,
): void => {
  describe(`${name} takes in receipts as a channel promises`, () => {
    const opened = openForEach(make);

    it('receipts are answered only once they are kept', async () => {
      const { bench, keeper, channel } = opened();
      const gate = Promise.withResolvers<void>();
      keeper.wait(gate.promise);
      const refs = refsOf(
        await channel.send([bench.message(bench.numbers.good(5)), bench.message(bench.numbers.good(6))]),
      );
      await until(async () => (await bench.sink.brought(refs[1]!)) > 0);
      // Longer than receipts are gathered.
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await bench.sink.acked()).toEqual([]);
      gate.resolve();
      await until(async () => (await bench.sink.acked()).length === 2);
      expect(keeper.receipts.map(({ ref }) => ref).sort()).toEqual([...refs].sort());
      expect(keeper.receipts.map(({ code }) => code)).toEqual(['delivered', 'delivered']);
    });

    it('a receipt that could not be kept comes again', async () => {
      const { bench, keeper, channel } = opened();
      keeper.refuse(true);
      const [ref] = refsOf(await channel.send([bench.message(bench.numbers.good(7))]));
      await until(async () => (await bench.sink.brought(ref!)) > 1);
      expect(await bench.sink.acked()).toEqual([]);
      keeper.refuse(false);
      await until(async () => (await bench.sink.acked()).length === 1);
      expect(keeper.receipts).toMatchObject([{ ref, code: 'delivered' }]);
    });
  });
};

/** What every channel promises that phones can answer. */
export const keepsAnswers = <M extends Addressed, S extends AnsweringSink>(
  name: string,
  make: () => Promise<Bench<M, S>>,
): void => {
  describe(`${name} takes in answers as a channel promises`, () => {
    const opened = openForEach(make);

    it('messages from phones arrive whole, with the sender in E.164', async () => {
      const { bench, keeper } = opened();
      const text = 'Nhà tôi chưa có thẻ bảo hiểm y tế, phải làm sao? '.repeat(4).normalize('NFC');
      const short = { from: bench.numbers.good(8), text: 'TU CHOI @ {1}' };
      bench.sink.write({ from: bench.numbers.good(9), text });
      bench.sink.write(short);
      await until(() => keeper.inbound.length === 2);
      expect(keeper.inbound).toContainEqual({ from: bench.numbers.good(9), text });
      expect(keeper.inbound).toContainEqual(short);
    });
  });
};

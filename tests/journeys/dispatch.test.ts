import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createDispatch,
  createSender,
  getDispatch,
  giveUpDispatch,
  listDeliveries,
  previewDispatch,
  resumeDispatch,
  stopDispatch,
} from '../../src/modules/delivery/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { silentLog } from '../../src/platform/log.ts';
import { actorOf } from '../support/evidence.ts';
import { paHu, taXiLang } from '../support/lists.ts';
import {
  e164No,
  everybodyReads,
  fakeChannel,
  forgetSendings,
  householdNo,
  receiptsFor,
  receiverOf,
  type SendingWorld,
  sendingWorld,
  standings,
  submit,
  work,
} from '../support/sending.ts';

const NINE = new Date('2026-06-15T02:00:00Z');

describe('a message goes out', () => {
  let sending: SendingWorld;
  const rows = [
    ...Array.from({ length: 8 }, (_, no) => householdNo(no + 1)),
    householdNo(9, { phones: [] }),
    householdNo(10, { phones: ['0540000001'] }),
    householdNo(11, { class: 'Hộ cận nghèo' }),
    householdNo(12, { village: 'Thôn Hai' }),
  ];
  beforeAll(async () => {
    sending = await sendingWorld(rows, { at: NINE });
    await everybodyReads(sending, rows.slice(0, 6));
  });
  afterAll(() => sending.world.close());
  const officer = actorOf('officer', taXiLang);

  it('shows before the button who is reached how, in how many parts, and who is not', async () => {
    const { world, lineId } = sending;
    const preview = await world.execute(previewDispatch, officer, { lineId });
    expect(preview).toMatchObject({
      run: 1,
      recipients: 9,
      reads: 6,
      parts: 18,
      asChosen: { least: 2, most: 2, all: 18 },
      plain: { all: 9 },
      leftOut: { why: { 'no-phone': 1, 'same-number': 1 }, otherwise: { visit: 2, call: 0 } },
      kinds: { sms: true, 'sms-plain': true },
      quiet: false,
      last: null,
    });
    expect(preview.languages[0]!.sample).toMatch(/^Nhà Giàng A Mẫu \d+ ở Thôn (?:Một|Hai) được cấp/u);
    const known = await world.execute(previewDispatch, officer, { lineId, reading: 'known' });
    expect(known).toMatchObject({ recipients: 6, leftOut: { why: { 'reading-unknown': 4 }, otherwise: { call: 4 } } });
  });

  it('is not for somebody of another commune', async () => {
    const { world, lineId } = sending;
    await expect(world.execute(previewDispatch, actorOf('officer', paHu), { lineId })).rejects.toThrow(
      'not-found: line',
    );
  });

  it('goes out once, and counts where the handset has it and somebody reads', async () => {
    const { world, lineId } = sending;
    const { dispatchId, recipients } = await submit(sending, {}, officer);
    expect(recipients).toBe(9);
    // A double click, or another officer with the same page open.
    await expect(
      world.execute(createDispatch, officer, { lineId, run: 1, seen: { recipients: 9, parts: 18 } }),
    ).rejects.toThrow('dispatch.already');
    // Nobody of another commune learns who sent what, by asking for it once more.
    await expect(
      world.execute(createDispatch, actorOf('officer', paHu), { lineId, run: 1, seen: { recipients: 9, parts: 18 } }),
    ).rejects.toThrow('not-found: line');
    const channel = fakeChannel();
    await work(sending, channel);
    expect(channel.handed.map(({ to }) => to).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 12].map(e164No));
    expect(await standings(sending)).toEqual({ accepted: 9 });
    expect((await world.execute(getDispatch, officer, { dispatchId })).state).toBe('done');
    await receiverOf(sending).receipts('thu', receiptsFor(channel.handed.slice(0, 7)));
    await receiverOf(sending).receipts('thu', receiptsFor(channel.handed.slice(7), 'undeliverable'));
    expect(await standings(sending)).toEqual({ delivered: 7, 'failed receipt.undeliverable': 2 });
    const { rows: reached } = await world.database.pool.query(
      `select count(*) filter (where first_2 is not null)::int as reached, count(*) filter (where exposed_on is not null)::int as seen from reach.state`,
    );
    const read = channel.handed.slice(0, 7).filter(({ to }) => [1, 2, 3, 4, 5, 6].map(e164No).includes(to)).length;
    expect(reached[0]).toEqual({ reached: read, seen: 7 - read });
    const view = await world.execute(getDispatch, officer, { dispatchId });
    expect(view.groups).toEqual([
      { state: 'failed', fault: 'receipt.undeliverable', count: 2, again: true, twice: 0, sentAgain: 0 },
    ]);
    const failed = await world.execute(listDeliveries, officer, { dispatchId, state: 'failed' });
    expect(failed.total).toBe(2);
    // A receipt again changes nothing.
    await receiverOf(sending).receipts('thu', receiptsFor(channel.handed.slice(0, 7)));
    expect(await standings(sending)).toEqual({ delivered: 7, 'failed receipt.undeliverable': 2 });
    // Another run addresses those that failed, and nobody else.
    const again = await submit(sending, { retryOf: dispatchId }, officer);
    expect(again).toMatchObject({ run: 2, recipients: 2 });
    const second = fakeChannel();
    await work(sending, second);
    expect(second.handed).toHaveLength(2);
  });
});

describe('what stands in the way', () => {
  let sending: SendingWorld;
  const rows = Array.from({ length: 4 }, (_, no) => householdNo(no + 1));
  beforeAll(async () => {
    sending = await sendingWorld(rows, { at: NINE });
  });
  afterAll(() => sending.world.close());
  const clear = () => forgetSendings(sending);

  it('waits for morning, unless it is urgent', async () => {
    const { world } = sending;
    world.clock.set(new Date('2026-06-15T15:30:00Z'));
    await submit(sending);
    const channel = fakeChannel();
    await work(sending, channel);
    expect(channel.handed).toHaveLength(0);
    world.clock.set(new Date('2026-06-16T00:05:00Z'));
    await work(sending, channel);
    expect(channel.handed).toHaveLength(4);
    await clear();
  });

  it('tries again what surely was not taken, and only that', async () => {
    const { world } = sending;
    await submit(sending);
    const channel = fakeChannel();
    const [first, second, third] = [1, 2, 3].map(e164No);
    channel.answer = ({ deliveryId, to }) => {
      if (to === first) return { deliveryId, kind: 'refused', code: 'throttled', retry: true };
      if (to === second) return { deliveryId, kind: 'refused', code: 'bad-number', retry: false };
      return to === third ? { deliveryId, kind: 'uncertain' } : undefined;
    };
    await work(sending, channel);
    expect(await standings(sending)).toEqual({
      accepted: 1,
      'created throttled': 1,
      'failed bad-number': 1,
      'uncertain no-answer': 1,
    });
    channel.answer = () => undefined;
    await work(sending, channel);
    expect(channel.handed).toHaveLength(4);
    world.clock.set(new Date(world.clock.now().getTime() + 61_000));
    await work(sending, channel);
    expect(channel.handed).toHaveLength(5);
    expect(await standings(sending)).toEqual({ accepted: 2, 'failed bad-number': 1, 'uncertain no-answer': 1 });
    await clear();
  });

  it('goes to the next provider only what the first surely did not take', async () => {
    await submit(sending);
    const [one, two] = [fakeChannel('mot'), fakeChannel('hai')];
    one.answer = ({ deliveryId, to }) =>
      to === e164No(1)
        ? { deliveryId, kind: 'uncertain' }
        : { deliveryId, kind: 'refused', code: 'unreachable', retry: true };
    await work(sending, one, two);
    expect(two.handed.map(({ to }) => to).sort()).toEqual([2, 3, 4].map(e164No));
    expect(await standings(sending)).toEqual({ accepted: 3, 'uncertain no-answer': 1 });
    await clear();
  });

  it('reaches invented people by a simulator and nothing else', async () => {
    await submit(sending);
    const real = fakeChannel('that', { simulator: false });
    await work(sending, real);
    expect(real.handed).toHaveLength(0);
    expect(await standings(sending)).toEqual({ 'failed synthetic': 4 });
    await clear();
  });

  it('stops, goes on, and can be given up', async () => {
    const { world } = sending;
    const { dispatchId } = await submit(sending);
    await world.execute(stopDispatch, systemActor, { dispatchId });
    const channel = fakeChannel();
    await work(sending, channel);
    expect(channel.handed).toHaveLength(0);
    await expect(world.execute(stopDispatch, systemActor, { dispatchId })).rejects.toThrow('dispatch.not-open');
    await world.execute(resumeDispatch, systemActor, { dispatchId });
    await work(sending, channel);
    expect(channel.handed).toHaveLength(4);
    await clear();
    const other = await submit(sending);
    await world.execute(giveUpDispatch, systemActor, { dispatchId: other.dispatchId });
    expect(await standings(sending)).toEqual({ 'withheld given-up': 4 });
    await clear();
  });

  it('holds back whoever refused between queueing and sending, by the number', async () => {
    await submit(sending);
    await receiverOf(sending).inbound('thu', [
      { from: e164No(2), text: 'TC' },
      { from: e164No(3), text: 'Đúng' },
    ]);
    const channel = fakeChannel();
    await work(sending, channel);
    expect(channel.handed.map(({ to }) => to).sort()).toEqual([1, 3, 4].map(e164No));
    expect(await standings(sending)).toEqual({ accepted: 3, 'withheld refused': 1 });
    await clear();
    await sending.world.database.pool.query('truncate registry.opt_out');
  });

  it('sends at most three in seven days, and an urgent one all the same', async () => {
    const { world } = sending;
    for (const _ of [1, 2, 3]) {
      await submit(sending, { onlyMissing: false });
      await work(sending, fakeChannel());
    }
    await expect(submit(sending, { onlyMissing: false })).rejects.toThrow('dispatch.nobody');
    const urgent = await submit(sending, { onlyMissing: false, urgentReason: 'Báo lũ' });
    expect(urgent.recipients).toBe(4);
    await clear();
    world.clock.set(NINE);
  });

  it('shows what is in hand as not known when its worker dies, and never sends it again', async () => {
    await submit(sending);
    const stuck = fakeChannel();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    stuck.send = async (batch) => {
      await answered;
      return batch.map(({ deliveryId }) => ({ deliveryId, kind: 'accepted', refs: [deliveryId] }));
    };
    const { execute, database } = sending.world;
    const dead = await createSender({ execute, pool: database.pool, channels: [stuck], log: silentLog() });
    const working = dead.drain();
    await expect.poll(() => standings(sending)).toEqual({ sending: 4 });
    // Alive: nobody takes it away.
    await work(sending, fakeChannel());
    expect(await standings(sending)).toEqual({ sending: 4 });
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 7235010
        and database = (select oid from pg_database where datname = current_database())`,
    );
    const channel = fakeChannel();
    await expect
      .poll(async () => {
        await work(sending, channel);
        return standings(sending);
      })
      .toEqual({ 'uncertain crash': 4 });
    // It was only its connection: what it learns later is known, then.
    answer();
    await working;
    await dead.stop();
    expect(await standings(sending)).toEqual({ accepted: 4 });
    expect(channel.handed).toHaveLength(0);
    await clear();
  });
});

import type pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/channels/contract.ts';
import { createSender, getDispatch, giveUpDispatch, settleAfterRestore } from '../../src/modules/delivery/index.ts';
import { type Execute, systemActor } from '../../src/platform/command.ts';
import { silentLog } from '../../src/platform/log.ts';
import {
  e164No,
  everybodyReads,
  type FakeChannel,
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

/** What goes wrong around a sending: the database, its answers, the other end. Nothing is lost, and nothing goes out twice. */

let sending: SendingWorld;
const NINE = new Date('2026-06-15T02:00:00Z');
const rows = Array.from({ length: 4 }, (_, no) => householdNo(no + 1));
beforeAll(async () => {
  sending = await sendingWorld(rows, { at: NINE });
});
afterAll(() => sending.world.close());
afterEach(async () => {
  sending.world.clock.set(NINE);
  await forgetSendings(sending);
});

const senderWith = (
  channel: FakeChannel,
  { execute = sending.world.execute, pool = sending.world.database.pool }: { execute?: Execute; pool?: pg.Pool } = {},
) => createSender({ execute, pool, channels: [channel], log: silentLog() });

const stateOf = async (dispatchId: string) =>
  (await sending.world.execute(getDispatch, systemActor, { dispatchId })).state;

const killWorkers = () =>
  sending.world.database.pool.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
    and classid = 7235010 and database = (select oid from pg_database where datname = current_database())`);

/** A channel that holds what it was handed until it is let go, and then answers so for all of it. */
const holding = (outcome: (deliveryId: string) => SendOutcome) => {
  const channel = fakeChannel();
  let letGo = () => {};
  const free = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  channel.send = async (batch) => {
    channel.handed.push(...batch);
    await free;
    return batch.map(({ deliveryId }) => outcome(deliveryId));
  };
  return { channel, letGo };
};

const notNow = (deliveryId: string): SendOutcome => ({ deliveryId, kind: 'refused', code: 'throttled', retry: true });

it('a worker outlives a database that was away for a while', async () => {
  const { pool } = sending.world.database;
  let away = false;
  const connect = async () => {
    if (away) throw new Error('ECONNREFUSED');
    return pool.connect();
  };
  const channel = fakeChannel();
  const sender = await senderWith(channel, { pool: { connect } as unknown as pg.Pool });
  await submit(sending);
  away = true;
  await killWorkers();
  await expect.poll(() => sender.drain().then(String, String)).toContain('ECONNREFUSED');
  await expect(sender.drain()).rejects.toThrow('ECONNREFUSED');
  away = false;
  await sender.drain();
  expect(channel.handed).toHaveLength(4);
  await sender.stop();
});

it('a batch that was claimed though the answer was lost is shown as not known, and is not left in hand', async () => {
  const { dispatchId } = await submit(sending);
  const { execute } = sending.world;
  let lost = 0;
  const forgetful: Execute = async (useCase, actor, input) => {
    const answer = await execute(useCase, actor, input);
    if (useCase.name !== 'delivery.next-batch' || lost > 0) return answer;
    lost += 1;
    throw new Error('connection lost');
  };
  const channel = fakeChannel();
  const sender = await senderWith(channel, { execute: forgetful });
  await expect(sender.drain()).rejects.toThrow('connection lost');
  await sender.drain();
  expect(await standings(sending)).toEqual({ 'uncertain crash': 4 });
  expect(await stateOf(dispatchId)).toBe('done');
  expect(channel.handed).toHaveLength(0);
  await sender.stop();
});

it('receipts that cannot be looked at hold up no batch, and no second one is begun beside it', async () => {
  await submit(sending);
  const { execute } = sending.world;
  const { channel, letGo } = holding((deliveryId) => ({ deliveryId, kind: 'accepted', refs: [deliveryId] }));
  const broken: Execute = async (useCase, actor, input) => {
    if (useCase.name === 'delivery.work-waiting' && channel.handed.length > 0) {
      letGo();
      throw new Error('connection lost');
    }
    return execute(useCase, actor, input);
  };
  const sender = await senderWith(channel, { execute: broken });
  await expect(sender.drain()).rejects.toThrow('connection lost');
  expect(await standings(sending)).toEqual({ accepted: 4 });
  expect(channel.handed).toHaveLength(4);
  await sender.stop();
});

it('what was given up while it was in hand is not tried again', async () => {
  const { world } = sending;
  const { dispatchId } = await submit(sending);
  const { channel, letGo } = holding(notNow);
  const sender = await senderWith(channel);
  const working = sender.drain();
  await expect.poll(() => standings(sending)).toEqual({ sending: 4 });
  await world.execute(giveUpDispatch, systemActor, { dispatchId });
  letGo();
  await working;
  await sender.stop();
  expect(await standings(sending)).toEqual({ 'withheld given-up': 4 });
  expect(await stateOf(dispatchId)).toBe('done');
  world.clock.set(new Date(NINE.getTime() + 3_600_000));
  const later = fakeChannel();
  await work(sending, later);
  expect(later.handed).toHaveLength(0);
});

it('what surely was not taken is tried again also when its worker was taken for dead meanwhile', async () => {
  const { world } = sending;
  const { dispatchId } = await submit(sending);
  const { channel, letGo } = holding(notNow);
  const sender = await senderWith(channel);
  const working = sender.drain();
  await expect.poll(() => standings(sending)).toEqual({ sending: 4 });
  await killWorkers();
  await expect
    .poll(async () => {
      await work(sending, fakeChannel());
      return standings(sending);
    })
    .toEqual({ 'uncertain crash': 4 });
  expect(await stateOf(dispatchId)).toBe('done');
  letGo();
  await working;
  await sender.stop();
  expect(await stateOf(dispatchId)).toBe('open');
  world.clock.set(new Date(NINE.getTime() + 120_000));
  const later = fakeChannel();
  await work(sending, later);
  expect(later.handed).toHaveLength(4);
  expect(await stateOf(dispatchId)).toBe('done');
});

it('a channel that throws leaves nothing in hand', async () => {
  await submit(sending);
  const channel = fakeChannel();
  channel.send = async () => {
    throw new Error('broken');
  };
  await work(sending, channel);
  expect(await standings(sending)).toEqual({ 'uncertain no-answer': 4 });
});

it('words that no column holds keep nothing else from being kept', async () => {
  const { world } = sending;
  await submit(sending);
  const channel = fakeChannel();
  const ref = (deliveryId: string) => `\u0000${deliveryId}${'x'.repeat(4_000)}`;
  channel.answer = ({ deliveryId, to }) =>
    to === e164No(1)
      ? { deliveryId, kind: 'refused', code: 'rejected', retry: false, detail: `HTTP 400, \u0000${'y'.repeat(400)}` }
      : { deliveryId, kind: 'accepted', refs: [ref(deliveryId)] };
  await work(sending, channel);
  expect(await standings(sending)).toEqual({ accepted: 3, 'failed rejected': 1 });
  const taken = channel.handed.filter(({ to }) => to !== e164No(1));
  await receiverOf(sending).receipts(
    'thu',
    taken.map(({ deliveryId }) => ({ ref: ref(deliveryId), code: 'delivered', detail: '\u0000'.repeat(400) })),
  );
  expect(await standings(sending)).toEqual({ delivered: 3, 'failed rejected': 1 });
  await receiverOf(sending).inbound('thu', [
    { from: e164No(1), text: `a\u0000b${'đ'.repeat(5_000)}` },
    { from: e164No(2), text: 'TC' },
  ]);
  const { rows: kept } = await world.database.pool.query(
    'select length(body) as length, meaning from delivery.inbound order by length desc',
  );
  expect(kept).toEqual([
    { length: 2_000, meaning: 'other' },
    { length: 2, meaning: 'stop' },
  ]);
  await world.database.pool.query('truncate registry.opt_out');
});

it('two parts reported at once are both seen', async () => {
  await submit(sending);
  const channel = fakeChannel();
  await work(sending, channel);
  const receipts = receiptsFor(channel.handed);
  expect(receipts).toHaveLength(8);
  const receiver = receiverOf(sending);
  await Promise.all(
    ['-1', '-2'].map((part) =>
      receiver.receipts(
        'thu',
        receipts.filter(({ ref }) => ref.endsWith(part)),
      ),
    ),
  );
  expect(await standings(sending)).toEqual({ delivered: 4 });
});

it('receipts that come while the sending is taken back prove nothing', async () => {
  const { world } = sending;
  await everybodyReads(sending, rows);
  const { dispatchId } = await submit(sending);
  const channel = fakeChannel();
  await work(sending, channel);
  const { activityId } = await world.execute(getDispatch, systemActor, { dispatchId });
  const taking = await world.database.pool.connect();
  await taking.query('begin');
  await taking.query(`update plans.activity set voided_at = now(), void_reason = 'nhầm' where activity_id = $1`, [
    activityId,
  ]);
  const receiving = receiverOf(sending).receipts('thu', receiptsFor(channel.handed));
  await expect
    .poll(async () => (await world.database.pool.query('select 1 from pg_locks where not granted')).rowCount)
    .toBeGreaterThan(0);
  await taking.query('commit');
  taking.release();
  await receiving;
  expect(await standings(sending)).toEqual({ delivered: 4 });
  const { rowCount } = await world.database.pool.query('select 1 from reach.contact where activity_id = $1', [
    activityId,
  ]);
  expect(rowCount).toBe(0);
});

it('another run leaves out whom a sending in between was for', async () => {
  const { dispatchId } = await submit(sending);
  const first = fakeChannel();
  first.answer = ({ deliveryId }) => ({ deliveryId, kind: 'refused', code: 'rejected', retry: false });
  await work(sending, first);
  await submit(sending);
  await work(sending, fakeChannel());
  expect(await standings(sending)).toEqual({ 'failed rejected': 4, accepted: 4 });
  await expect(submit(sending, { retryOf: dispatchId })).rejects.toThrow('dispatch.nobody');
});

it('leaves what a backup that is put back was still to send as not known: it may have gone out since', async () => {
  const { dispatchId } = await submit(sending);
  await sending.world.execute(settleAfterRestore, systemActor, {});
  expect(await standings(sending)).toEqual({ 'uncertain restored': 4 });
  const channel = fakeChannel();
  await work(sending, channel);
  expect(channel.handed).toHaveLength(0);
  expect((await sending.world.execute(getDispatch, systemActor, { dispatchId })).state).toBe('done');
});

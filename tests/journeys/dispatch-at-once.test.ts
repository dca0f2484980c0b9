import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  createDispatch,
  createSender,
  getDispatch,
  previewDispatch,
  resumeDispatch,
  stopDispatch,
} from '../../src/modules/delivery/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { silentLog } from '../../src/platform/log.ts';
import { AppError } from '../../src/shared/errors.ts';
import { actorOf } from '../support/evidence.ts';
import { taXiLang } from '../support/lists.ts';
import {
  e164No,
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

/** Several at the same thing at once: officers at the button, workers at the batches. */

const COUNT = 230;
let sending: SendingWorld;

beforeAll(async () => {
  const rows = Array.from({ length: COUNT }, (_, at) => householdNo(at + 1));
  sending = await sendingWorld(rows, { at: new Date('2026-06-15T02:00:00Z') });
});
afterAll(() => sending.world.close());
afterEach(() => forgetSendings(sending, { evidence: true }));

const count = async (what: string): Promise<number> =>
  (await sending.world.database.pool.query(`select count(*)::int as n from ${what}`)).rows[0].n;

const everybody = Array.from({ length: COUNT }, (_, at) => e164No(at + 1)).sort();

it('of three who press the button at once one sends, and the others are told who and when', async () => {
  const { world, lineId } = sending;
  const officers = ['Cán bộ Lò', 'Cán bộ Mùa', 'Cán bộ Sùng'].map((name) => actorOf('officer', taXiLang, name));
  const { run, recipients, parts } = await world.execute(previewDispatch, officers[0]!, { lineId });
  const pressed = await Promise.allSettled(
    officers.map((officer) => world.execute(createDispatch, officer, { lineId, run, seen: { recipients, parts } })),
  );
  const winner = pressed.findIndex(({ status }) => status === 'fulfilled');
  const refused = pressed.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  expect(refused).toHaveLength(2);
  for (const error of refused) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ kind: 'conflict', code: 'dispatch.already' });
    expect(error.params).toEqual({ name: officers[winner]!.name, at: '09:00 15/06/2026', count: COUNT });
  }
  expect(await count('delivery.dispatch')).toBe(1);
  expect(await count('plans.activity')).toBe(1);
  expect(await count('delivery.delivery')).toBe(COUNT);
  expect(await count('(select distinct subject_id from delivery.delivery) once')).toBe(COUNT);
});

/** Channels of so many workers, none of which answers before every one of them has been handed something. */
const together = (workers: number) => {
  const met = Promise.withResolvers<void>();
  let came = 0;
  return Array.from({ length: workers }, () => {
    const channel = fakeChannel();
    const { send } = channel;
    let first = true;
    channel.send = async (batch) => {
      if (first) came += 1;
      first = false;
      if (came === workers) met.resolve();
      await met.promise;
      return send(batch);
    };
    return channel;
  });
};

it('two workers over one database hand over each number once', async () => {
  const { world } = sending;
  const { dispatchId } = await submit(sending);
  const channels = together(2);
  const workers = await Promise.all(
    channels.map((channel) =>
      createSender({
        ...{ execute: world.execute, pool: world.database.pool, log: silentLog() },
        channels: [channel],
      }),
    ),
  );
  await Promise.all(workers.map((worker) => worker.drain()));
  await Promise.all(workers.map((worker) => worker.stop()));
  for (const { handed } of channels) expect(handed.length).toBeGreaterThan(0);
  const all = channels.flatMap(({ handed }) => handed);
  expect(all.map(({ to }) => to).sort()).toEqual(everybody);
  expect(await standings(sending)).toEqual({ accepted: COUNT });
  expect((await world.execute(getDispatch, systemActor, { dispatchId })).state).toBe('done');
  expect(await count(`delivery.delivery where tries <> 1`)).toBe(0);
});

it('receipts that two connections bring while two workers send find every delivery once', async () => {
  const { world } = sending;
  await submit(sending);
  const receiver = receiverOf(sending);
  const channels = together(2);
  const brought: Promise<void>[] = [];
  // Each message is reported before it is known that it was taken, and once more by the other connection.
  for (const channel of channels) {
    const { send } = channel;
    channel.send = async (batch) => {
      const outcomes = await send(batch);
      for (const _ of [1, 2]) brought.push(receiver.receipts('thu', receiptsFor(batch)));
      return outcomes;
    };
  }
  const workers = await Promise.all(
    channels.map((channel) =>
      createSender({
        ...{ execute: world.execute, pool: world.database.pool, log: silentLog() },
        channels: [channel],
      }),
    ),
  );
  await Promise.all(workers.map((worker) => worker.drain()));
  await Promise.all(workers.map((worker) => worker.stop()));
  await Promise.all(brought);
  await work(sending, fakeChannel());
  expect(channels.flatMap(({ handed }) => handed.map(({ to }) => to)).sort()).toEqual(everybody);
  expect(await standings(sending)).toEqual({ delivered: COUNT });
  const parts = channels.flatMap(({ handed }) => receiptsFor(handed));
  expect(await count('delivery.receipt where applied_at is not null')).toBe(parts.length);
  expect(await count('delivery.receipt')).toBe(parts.length);
  expect(await count('reach.contact')).toBe(COUNT);
  expect(await count('(select distinct subject_id from reach.contact) once')).toBe(COUNT);
});

it('two who stop or resume it at once are not both believed', async () => {
  const { world } = sending;
  const { dispatchId } = await submit(sending);
  for (const [useCase, code] of [
    [stopDispatch, 'dispatch.not-open'],
    [resumeDispatch, 'dispatch.not-stopped'],
  ] as const) {
    const said = await Promise.allSettled([1, 2].map(() => world.execute(useCase, systemActor, { dispatchId })));
    expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(said.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code } });
  }
  const channel = fakeChannel();
  await work(sending, channel);
  expect(channel.handed.map(({ to }) => to).sort()).toEqual(everybody);
});

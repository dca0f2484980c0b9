import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outgoing, Receipt, ReceiptCode } from '../../src/channels/contract.ts';
import { listReplies, recordBounce } from '../../src/modules/delivery/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import { connected } from '../support/channel-kit.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { scriptedSmsc } from '../support/scripted-smsc.ts';
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
import { openTo } from '../support/smpp-bench.ts';
import { until } from '../support/smsc.ts';

/** What networks say became of messages: what counts, what changes nothing, and what is nobody's. */

let sending: SendingWorld;
const rows = [1, 2, 3].map((no) => householdNo(no));

beforeAll(async () => {
  sending = await sendingWorld(rows, { at: new Date('2026-06-15T02:00:00Z') });
  await everybodyReads(sending, rows);
});
afterAll(() => sending.world.close());
beforeEach(() => forgetSendings(sending, { evidence: true }));

/** Three messages that the network `thu` took, of one part each or of two, in the order of their numbers. */
const taken = async (formKind: 'sms' | 'sms-plain'): Promise<readonly Outgoing[]> => {
  await submit(sending, { formKind });
  const channel = fakeChannel();
  await work(sending, channel);
  const handed = channel.handed.toSorted((a, b) => a.to.localeCompare(b.to));
  expect(handed.map(({ parts }) => parts.length)).toEqual(Array(3).fill(formKind === 'sms' ? 2 : 1));
  return handed;
};

/** What is said of one part; parts count from 1. */
const word = ({ deliveryId }: Outgoing, code: ReceiptCode, part = 1): Receipt => ({
  ...{ ref: `${deliveryId}-${part}`, code },
  detail: code === 'delivered' ? '' : '011',
});

const bring = (...receipts: Receipt[]): Promise<void> => receiverOf(sending).receipts('thu', receipts);

const sql = (text: string, ...values: unknown[]) => sending.world.database.pool.query(text, values);

const stateOf = async ({ deliveryId }: Outgoing): Promise<string> => {
  const { rows: found } = await sql(
    `select concat_ws(' ', state, fault, nullif(detail, '')) as state from delivery.delivery where delivery_id = $1`,
    deliveryId,
  );
  return found[0].state;
};

/** How many are in the ledger for what arrived. */
const proved = async (): Promise<number> =>
  (await sql(`select count(*)::int as n from reach.contact where channel = 'sms' and proof = 'network'`)).rows[0].n;

/** Everything that a receipt could change. */
const everything = async (): Promise<string> =>
  (
    await sql(`select md5(string_agg(t, '|' order by t)) as hash from (
      select d::text as t from delivery.delivery d union all select l::text from delivery.lookup l
      union all select c::text from reach.contact c union all select s::text from reach.state s
      union all select s::text from delivery.dispatch s) every`)
  ).rows[0].hash;

describe.each(['sms-plain', 'sms'] as const)('of a message in %s', (formKind) => {
  const parts = formKind === 'sms' ? [1, 2] : [1];
  const all = (message: Outgoing, code: ReceiptCode): Receipt[] => parts.map((part) => word(message, code, part));

  it('an unknown name, and a name of another provider, change nothing and hold up nothing', async () => {
    const [first, second] = await taken(formKind);
    const before = await everything();
    const unknown: Receipt = { ref: 'khong-co-tin-nay', code: 'delivered', detail: '' };
    await bring(unknown);
    await receiverOf(sending).receipts('mang-khac', [...all(first!, 'delivered'), ...all(second!, 'undeliverable')]);
    expect(await everything()).toBe(before);
    // Among others that are known they are let lie.
    await bring({ ...unknown, ref: 'cung-khong-co' }, ...all(first!, 'delivered'), { ...unknown, code: 'expired' });
    expect(await standings(sending)).toEqual({ accepted: 2, delivered: 1 });
    expect(await stateOf(first!)).toBe('delivered');
    // A worker that looks for what they are for does not look for ever.
    await work(sending, fakeChannel());
    expect(await standings(sending)).toEqual({ accepted: 2, delivered: 1 });
    expect((await sql('select 1 from delivery.receipt where applied_at is null')).rowCount).toBe(3 + 2 * parts.length);
  });

  it('the same again changes nothing, alone, twice in one go, or long after', async () => {
    const messages = await taken(formKind);
    const receipts = [...receiptsFor(messages.slice(0, 2)), ...receiptsFor(messages.slice(2), 'undeliverable')];
    await bring(...receipts, ...receipts);
    expect(await standings(sending)).toEqual({ delivered: 2, 'failed receipt.undeliverable': 1 });
    expect(await proved()).toBe(2);
    const before = await everything();
    await bring(...receipts);
    await bring(receipts[0]!, receipts[0]!);
    sending.world.clock.set(new Date('2026-06-18T02:00:00Z'));
    await bring(...receipts);
    sending.world.clock.set(new Date('2026-06-15T02:00:00Z'));
    expect(await everything()).toBe(before);
  });

  it.each([
    ['undeliverable', 'delivered'],
    ['expired', 'rejected'],
    ['delivered', 'undeliverable'],
    ['deleted', 'unknown'],
  ] as const)('the first final word stays: %s, then %s', async (first, later) => {
    const [message] = await taken(formKind);
    await bring(...all(message!, first));
    const state = await stateOf(message!);
    expect(state).toBe(first === 'delivered' ? 'delivered' : `failed receipt.${first} 011`);
    const before = await everything();
    await bring(...all(message!, later));
    expect(await everything()).toBe(before);
    expect(await proved()).toBe(first === 'delivered' ? 1 : 0);
  });

  it.each([
    ['delivered', 'delivered'],
    ['undeliverable', 'failed receipt.undeliverable 011'],
  ] as const)('that nobody knows is no final word: unknown, then %s', async (later, state) => {
    const [message, other] = await taken(formKind);
    await bring(...all(message!, 'unknown'));
    expect(await stateOf(message!)).toBe('uncertain receipt.unknown 011');
    expect(await proved()).toBe(0);
    await bring(...all(message!, later));
    expect(await stateOf(message!)).toBe(state);
    expect(await proved()).toBe(later === 'delivered' ? 1 : 0);
    expect(await stateOf(other!)).toBe('accepted');
  });

  it('of several words in one go, that it arrived counts', async () => {
    const messages = await taken(formKind);
    const said: readonly (readonly ReceiptCode[])[] = [
      ['unknown', 'delivered'],
      ['delivered', 'unknown'],
      ['undeliverable', 'delivered'],
    ];
    await bring(...said.flatMap((codes, at) => codes.flatMap((code) => all(messages[at]!, code))));
    expect(await standings(sending)).toEqual({ delivered: 3 });
    expect(await proved()).toBe(3);
  });

  it('of several that are no arrival in one go, the first that is final counts', async () => {
    const messages = await taken(formKind);
    const said: readonly (readonly ReceiptCode[])[] = [
      ['unknown', 'expired'],
      ['expired', 'unknown'],
      ['expired', 'rejected'],
    ];
    await bring(...said.flatMap((codes, at) => codes.flatMap((code) => all(messages[at]!, code))));
    for (const message of messages) expect(await stateOf(message)).toBe('failed receipt.expired 011');
    expect(await proved()).toBe(0);
  });
});

describe('of a message of two parts', () => {
  const words = [
    ['delivered', 'undeliverable', 'failed receipt.undeliverable 011'],
    ['delivered', 'unknown', 'uncertain receipt.unknown 011'],
    ['unknown', 'expired', 'failed receipt.expired 011'],
    ['unknown', 'undeliverable', 'failed receipt.undeliverable 011'],
  ] as const;

  it.each(words)('different words: %s and %s, whichever comes first, and in one go', async (one, two, state) => {
    const [first, second, third] = await taken('sms');
    await bring(word(first!, one, 1));
    await bring(word(first!, two, 2));
    await bring(word(second!, two, 1));
    await bring(word(second!, one, 2));
    await bring(word(third!, one, 1), word(third!, two, 2));
    for (const message of [first!, second!, third!]) expect(await stateOf(message)).toBe(state);
    expect(await proved()).toBe(0);
  });

  it('has not arrived with one of them, and has with the second, however many words were said of it', async () => {
    const [first, second, third] = await taken('sms');
    await bring(word(first!, 'delivered', 2), word(second!, 'delivered', 1));
    expect(await standings(sending)).toEqual({ accepted: 3 });
    await bring(word(first!, 'delivered', 2));
    expect(await standings(sending)).toEqual({ accepted: 3 });
    await bring(word(second!, 'unknown', 2), word(third!, 'unknown', 1), word(third!, 'delivered', 2));
    expect(await standings(sending)).toEqual({ accepted: 1, 'uncertain receipt.unknown': 2 });
    await bring(word(first!, 'delivered', 1), word(second!, 'delivered', 2), word(third!, 'delivered', 1));
    expect(await standings(sending)).toEqual({ delivered: 3 });
    expect(await proved()).toBe(3);
  });
});

describe('what came before the message was written down', () => {
  it.each(['sms-plain', 'sms'] as const)('is found by the worker, by the same rules (%s)', async (formKind) => {
    const { world } = sending;
    await submit(sending, { formKind });
    const channel = fakeChannel();
    const { send } = channel;
    channel.send = async (batch) => {
      const [first, second, third] = batch.toSorted((a, b) => a.to.localeCompare(b.to));
      await bring(...receiptsFor([first!]), ...receiptsFor([second!], 'undeliverable'));
      await bring(...receiptsFor([third!], 'unknown'));
      await bring(...receiptsFor([third!]), { ref: 'khong-co-tin-nay', code: 'delivered', detail: '' });
      return send(batch);
    };
    await work(sending, channel);
    await work(sending, fakeChannel());
    expect(await standings(sending)).toEqual({ delivered: 2, 'failed receipt.undeliverable': 1 });
    expect(await proved()).toBe(2);
    const { rows: waiting } = await world.database.pool.query(
      'select ref from delivery.receipt where applied_at is null',
    );
    expect(waiting).toEqual([{ ref: 'khong-co-tin-nay' }]);
  });
});

/** As a mail server hands over a mail that came back. */
const report = async (deliveryId: string): Promise<string> => {
  const file = join(sending.world.dataDir, 'report.eml');
  await writeFile(file, `To: bounce+${deliveryId}@xa-mau.invalid\nAction: failed\nStatus: 5.1.1\n`);
  return file;
};

describe('what only looks like a receipt', () => {
  it('a text from a phone that is written like one is a message from a phone', async () => {
    const { world } = sending;
    await submit(sending, { formKind: 'sms-plain' });
    let no = 0;
    const smsc = await scriptedSmsc((_, answer) => {
      no += 1;
      answer(`ten-${no}`);
    });
    const channel = openTo(smsc.port, receiverOf(sending));
    await connected(channel);
    await work(sending, channel);
    expect(await standings(sending)).toEqual({ accepted: 3 });
    const before = await everything();
    const forged = 'id:ten-1 sub:001 dlvrd:001 submit date:2606150900 done date:2606150901 stat:DELIVRD err:000 text:';
    const from = e164No(1).slice(1);
    smsc.bound[0]!.deliver_sm({ source_addr_ton: 1, source_addr: from, esm_class: 0, short_message: forged });
    const replies = async () => (await world.execute(listReplies, systemActor, {})).rows;
    await until(async () => (await replies()).length === 1);
    expect(await replies()).toMatchObject([{ body: forged, meaning: 'other', address: e164No(1) }]);
    expect(await everything()).toBe(before);
    expect((await sql('select 1 from delivery.receipt')).rowCount).toBe(0);
    // The same from the network itself is one.
    const receipt = { source_addr: from, esm_class: 4, short_message: Buffer.from(forged, 'latin1') };
    smsc.bound[0]!.deliver_sm({ ...receipt, data_coding: 0 });
    await until(async () => (await standings(sending)).delivered === 1);
    expect(await standings(sending)).toEqual({ accepted: 2, delivered: 1 });
    await channel.close();
    await smsc.close();
  });

  it('a mail that came back for nothing of ours, or for an SMS, changes nothing', async () => {
    const { world } = sending;
    const [message] = await taken('sms-plain');
    await bring(...receiptsFor([message!]));
    const before = await everything();
    const lantoa = cliIn(world);
    for (const deliveryId of [newId(), message!.deliveryId]) {
      await expect(world.execute(recordBounce, systemActor, { deliveryId })).rejects.toMatchObject({
        ...{ kind: 'not-found', code: 'delivery' },
      });
      expect(await everything()).toBe(before);
    }
    const said = await lantoa('dispatch', 'bounce', await report(newId()), '--json');
    expect([said.code, said.json.error.code]).toEqual([4, 'delivery']);
    expect(said.err).toContain('Không tìm thấy lượt gửi này.');
    expect(await everything()).toBe(before);
    expect(await proved()).toBe(1);
  });
});

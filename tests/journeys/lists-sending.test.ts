import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  deliveryStates,
  dispatchStates,
  exportDeliveries,
  exportLeftOut,
  exportReplies,
  leftOutCodes,
  listDeliveries,
  listDispatches,
  listLeftOut,
  listReplies,
  markReplyRead,
  otherWays,
  replyStates,
  stopDispatch,
} from '../../src/modules/delivery/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { type DispatchPages, openDispatchPages } from '../support/dispatch-pages.ts';
import { actorOf, addLine, addMessage } from '../support/evidence.ts';
import { disorder, named, rankIn } from '../support/list-orders.ts';
import { paHu, taXiLang } from '../support/lists.ts';
import { addForms, e164No, fakeChannel, receiptsFor, receiverOf, submit, work } from '../support/sending.ts';

let pages: DispatchPages;
let sending: DispatchPages['sending'];
let officer: Actor;
let agent: Actor;
let dispatchId: string;

const states: readonly string[] = deliveryStates;
const place = (name: string) => rankIn(['thôn một', 'thôn hai'], name.toLowerCase().split(',')[0]!);
const later = (seconds = 60) =>
  sending.world.clock.set(new Date(sending.world.clock.now().getTime() + seconds * 1_000));

const audits = async (name: string) =>
  (
    await sending.world.database.pool.query(`select refs from platform.audit where name = $1 order by audit_id`, [name])
  ).rows.map(({ refs }) => refs);

const csv = async (path: string): Promise<string[]> => {
  const response = await pages.officer.get(path);
  expect(response.status, path).toBe(200);
  return (await response.text()).replace('\uFEFF', '').trim().split('\r\n');
};

beforeAll(async () => {
  pages = await openDispatchPages();
  ({ sending } = pages);
  const { world } = sending;
  [officer, agent] = [actorOf('officer', taXiLang, 'Ánh'), actorOf('agent', taXiLang)];
  const [bay, an] = [actorOf('officer', taXiLang, 'Đinh Bảy'), actorOf('leader', taXiLang, 'Ấu Ân')];
  ({ dispatchId } = await submit(sending, {}, bay));
  const channel = fakeChannel('thu');
  channel.answer = ({ deliveryId, to }) =>
    to === e164No(4) ? { deliveryId, kind: 'refused', code: 'blocked', retry: false } : undefined;
  await work(sending, channel);
  later();
  await receiverOf(sending).receipts('thu', receiptsFor(channel.handed.filter(({ to }) => to === e164No(5))));
  later();
  // Of another message, to one village, and stopped.
  const messageId = await addMessage(world, { code: 'vay-von' });
  await world.database.pool.query(`update content.message set title = 'Đi vay vốn' where message_id = $1`, [messageId]);
  await addForms(world, messageId, [{ text: 'Nhà ((tên)) được vay vốn.' }]);
  const other = { ...sending, messageId, lineId: await addLine(world, { messageId, channels: ['sms'] }) };
  const second = await submit(other, { placeIds: [pages.two], reading: 'anybody' }, an);
  await world.execute(stopDispatch, an, { dispatchId: second.dispatchId });
  await receiverOf(sending).inbound('thu', [{ from: e164No(1), text: 'Bao giờ có thẻ?' }, { from: e164No(3), text: 'cam on' }]); // biome-ignore format: a row
  later();
  await receiverOf(sending).inbound('thu', [{ from: e164No(5), text: 'Xã hẹn từ tháng trước' }, { from: e164No(2), text: 'TC' }]); // biome-ignore format: a row
  const { rows } = await world.execute(listReplies, officer, {});
  const read = rows.find(({ address }) => address === e164No(3))!;
  await world.execute(markReplyRead, officer, { inboundId: read.inboundId });
});
afterAll(() => pages?.close());

describe('sendings', () => {
  it('come in every order both ways, in pages without overlap or loss, by state and channel', async () => {
    const { world } = sending;
    const found = await disorder({
      ask: async (asked) => {
        const { dispatches, total } = await world.execute(listDispatches, officer, asked);
        return { rows: dispatches, total };
      },
      idOf: (row) => row.dispatchId,
      keys: {
        what: ({ message }) => rankIn(['Thẻ BHYT của hộ nghèo', 'Đi vay vốn'], message.title),
        sent: ({ createdAt }) => createdAt.getTime(),
        by: ({ createdByName }) => rankIn(['Đinh Bảy', 'Ấu Ân'], createdByName),
        recipients: ({ recipients }) => recipients,
        standing: ({ state }) => dispatchStates.indexOf(state),
      },
      size: 1,
    });
    expect(found.wrong).toEqual([]);
    expect(found.moving).toEqual(expect.arrayContaining(['-what', 'sent', '-by', '-recipients', '-standing']));
    const total = async (asked: object) => (await world.execute(listDispatches, officer, asked)).total;
    const all = await total({});
    expect(all).toBeGreaterThan(1);
    expect(await total({ channel: 'sms' })).toBe(all);
    expect(await total({ channel: 'email' })).toBe(0);
    const byState = await Promise.all(dispatchStates.map((state) => total({ state })));
    expect(byState.reduce((sum, count) => sum + count, 0)).toBe(all);
    expect(await total({ state: 'done' })).toBe(1);
    expect(await csv('/dispatches.csv?sort=sent')).toHaveLength(1 + all);
    expect((await csv('/dispatches.csv?state=done')).join()).toContain('Đinh Bảy');
  });

  it('have their deliveries in every order both ways, found by name, code and number', async () => {
    const { world } = sending;
    const found = await disorder({
      ask: (asked) => world.execute(listDeliveries, officer, { dispatchId, ...asked }),
      idOf: ({ code }) => code,
      keys: {
        // A name that was changed behind the registry's back is still looked for as it was listed.
        name: ({ code }) => named(`Giàng A Mẫu ${Number(code.slice(1))}`),
        code: ({ code }) => code,
        village: (row) => place(row.place),
        number: ({ address }) => address,
        language: ({ language }) => language,
        parts: ({ parts }) => parts,
        state: ({ state }) => states.indexOf(state),
        why: ({ fault }) => fault,
        when: ({ finalAt, sentAt }) => (finalAt ?? sentAt)?.getTime() ?? null,
      },
    });
    expect(found.wrong).toEqual([]);
    expect(found.moving).toEqual(expect.arrayContaining(['-name', '-state', '-when']));
    const codes = async (text: string) =>
      (await world.execute(listDeliveries, officer, { dispatchId, text })).rows.map(({ code }) => code);
    expect(await codes('mau 3')).toEqual(['H0003']);
    expect(await codes('H0004')).toEqual(['H0004']);
    expect(await codes('0540 000 005')).toEqual(['H0005']);
    expect(await codes('không có ai')).toEqual([]);
  });

  it('give their deliveries as a file, known to the audit, to officers and leaders of the place', async () => {
    const { world } = sending;
    const lines = await csv(`/dispatches/${dispatchId}/deliveries.csv?sort=-code`);
    expect(lines[0]).toMatch(/^Hộ,Mã hộ,Thôn,Số điện thoại,Tình trạng,/u);
    expect(lines.slice(1).map((line) => /H\d{4}/u.exec(line)![0])).toEqual(['H0005', 'H0004', 'H0003', 'H0002', 'H0001']); // biome-ignore format: a row
    await pages.officer.send('/account', '/columns', { list: 'deliveries', column: 'code', next: '/' });
    expect((await csv(`/dispatches/${dispatchId}/deliveries.csv`))[1]).toMatch(/^[^,]*,H0001,dữ liệu mô phỏng$/u);
    expect((await audits('delivery.export-deliveries')).at(-1)).toMatchObject({ dispatchId, rows: 5 });
    const asked = { dispatchId };
    await expect(world.execute(exportDeliveries, agent, asked)).rejects.toMatchObject({ kind: 'forbidden' });
    const elsewhere = actorOf('officer', paHu);
    await expect(world.execute(exportDeliveries, elsewhere, asked)).rejects.toMatchObject({ code: 'dispatch' });
    expect((await world.execute(exportDeliveries, actorOf('leader', taXiLang), asked)).total).toBe(5);
  });
});

describe('those a sending leaves out', () => {
  it('come in every order both ways, by reason and way, and as a file', async () => {
    const { world, lineId } = sending;
    const found = await disorder({
      ask: (asked) => world.execute(listLeftOut, officer, { lineId, ...asked }),
      idOf: ({ code }) => code,
      keys: {
        name: ({ name }) => named(name),
        code: ({ code }) => code,
        village: (row) => place(row.place),
        why: ({ why }) => leftOutCodes.indexOf(why),
        way: ({ way }) => otherWays.indexOf(way),
      },
    });
    expect(found.wrong).toEqual([]);
    expect(found.moving).toEqual(expect.arrayContaining(['-code', 'why', '-way']));
    const { rows, total } = await world.execute(listLeftOut, officer, { lineId, way: 'visit' });
    expect([rows.map(({ code }) => code), total]).toEqual([['H0006'], 1]);
    const lines = await csv(`/dispatches/new/left-out.csv?line=${lineId}&sort=-code&why=no-phone`);
    expect(lines).toHaveLength(2);
    expect((await audits('delivery.export-left-out')).at(-1)).toMatchObject({ lineId, rows: 1 });
    await expect(world.execute(exportLeftOut, agent, { lineId })).rejects.toMatchObject({ kind: 'forbidden' });
    const elsewhere = actorOf('officer', paHu);
    await expect(world.execute(exportLeftOut, elsewhere, { lineId })).rejects.toMatchObject({ code: 'line' });
  });
});

describe('replies', () => {
  it('come in every order both ways, by what is to be done, and as a file', async () => {
    const { world } = sending;
    const stateOf = ({ meaning, readAt }: { meaning: string; readAt: Date | null }) =>
      meaning === 'stop' ? 'stop' : readAt ? 'read' : 'unread';
    const found = await disorder({
      ask: (asked) => world.execute(listReplies, officer, asked),
      idOf: ({ inboundId }) => inboundId,
      keys: {
        from: ({ subjects }) => named(`Giàng A Mẫu ${Number(subjects[0]!.code.slice(1))}`),
        number: ({ address }) => address,
        when: ({ receivedAt }) => receivedAt.getTime(),
        state: (row) => replyStates.indexOf(stateOf(row)),
      },
    });
    expect(found.wrong).toEqual([]);
    expect(found.moving).toEqual(expect.arrayContaining(['from', '-from', '-state']));
    const bodies = async (state: 'unread' | 'read' | 'stop') =>
      (await world.execute(listReplies, officer, { state })).rows.map(({ body }) => body);
    expect(await bodies('unread')).toEqual(['Xã hẹn từ tháng trước', 'Bao giờ có thẻ?']);
    expect(await bodies('read')).toEqual(['cam on']);
    expect(await bodies('stop')).toEqual(['TC']);
    const lines = await csv('/dispatches/replies.csv?state=unread&sort=when');
    expect(lines.slice(1).map((line) => /thẻ|hẹn/u.exec(line)![0])).toEqual(['thẻ', 'hẹn']);
    expect(await audits('delivery.export-replies')).toEqual([{ rows: 2 }]);
    await expect(world.execute(exportReplies, agent, {})).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await world.execute(exportReplies, actorOf('officer', paHu), {})).toEqual({ rows: [], total: 0 });
    expect((await world.execute(exportReplies, systemActor, {})).total).toBe(4);
  });
});

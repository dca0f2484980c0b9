import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { retireMessage } from '../../src/modules/content/index.ts';
import { getDispatch, unsubscribe, unsubscribeToken } from '../../src/modules/delivery/index.ts';
import { closePlan, voidActivity } from '../../src/modules/plans/index.ts';
import { addOfficer, refuseContact } from '../../src/modules/registry/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import {
  type DispatchPages,
  dispatchOf,
  NINE,
  openDispatchPages,
  page,
  rows,
  textOf,
} from '../support/dispatch-pages.ts';
import { actorOf, addLine } from '../support/evidence.ts';
import { answer, bringIn, taXiLang } from '../support/lists.ts';
import { addForms, e164No, fakeChannel, fakeMail, phoneNo, standings, submit, work } from '../support/sending.ts';

/** What changes between the button and the sending: nothing goes out that may not any more, and the page says why. */

let pages: DispatchPages;
let sending: DispatchPages['sending'];
let world: DispatchPages['sending']['world'];

beforeAll(async () => {
  pages = await openDispatchPages();
  ({ sending } = pages);
  ({ world } = sending);
  await pages.leader.send('/dispatches', '/language', { language: 'en' });
});
afterAll(() => pages?.close());
beforeEach(() => pages.begin());

const planCode = async (): Promise<string> =>
  (await world.database.pool.query('select code from plans.plan order by created_at limit 1')).rows[0].code;

const sql = (text: string, ...values: unknown[]) => world.database.pool.query(text, values);

/** What the page of a sending says, in Vietnamese and in English. */
const told = async (dispatchId: string): Promise<[vi: string, en: string]> => {
  const [[vi, text], [en, english]] = [
    await page(pages.officer, `/dispatches/${dispatchId}`),
    await page(pages.leader, `/dispatches/${dispatchId}`),
  ];
  expect([vi, en]).toEqual([200, 200]);
  return [textOf(text), textOf(english)];
};

/** Nothing was proved, nothing is left to do. */
const isOver = async (dispatchId: string): Promise<void> => {
  expect((await world.execute(getDispatch, systemActor, { dispatchId })).state).toBe('done');
  expect((await sql('select 1 from reach.contact')).rowCount).toBe(0);
};

describe('all of a sending is held back', () => {
  const cases: readonly [
    what: string,
    act: (dispatchId: string) => Promise<unknown>,
    fault: string,
    vi: string,
    en: string,
  ][] = [
    [
      'when its message is retired',
      () =>
        world.execute(retireMessage, actorOf('leader', taXiLang), {
          ...{ messageId: sending.messageId, edition: 1, note: 'Quy định đã đổi' },
        }),
      'not-approved',
      'Thông điệp hoặc bản gửi đi không còn được duyệt 5 Duyệt bản mới rồi tạo đợt gửi khác.',
      'The message or its wording is no longer approved 5 Have the new wording approved, then make another sending.',
    ],
    [
      'when the wording alone is not approved any more',
      () => sql(`update content.form set state = 'retired' where kind = 'sms'`),
      'not-approved',
      'Thông điệp hoặc bản gửi đi không còn được duyệt 5 Duyệt bản mới rồi tạo đợt gửi khác.',
      'The message or its wording is no longer approved 5 Have the new wording approved, then make another sending.',
    ],
    [
      'when the plan is closed',
      async () =>
        world.execute(closePlan, actorOf('officer', taXiLang), { code: await planCode(), note: 'Kế hoạch mới' }),
      'plan-closed',
      'Kế hoạch đã khép lại 5 Không phải làm gì.',
      'The plan is closed 5 Nothing to do.',
    ],
    [
      'when the activity is voided',
      async (dispatchId) => {
        const { activityId } = await world.execute(getDispatch, systemActor, { dispatchId });
        await world.execute(voidActivity, actorOf('officer', taXiLang), { activityId, reason: 'Ghi nhầm dòng' });
      },
      'taken-back',
      'Hoạt động đã bị rút lại 5 Không phải làm gì.',
      'The activity was taken back 5 Nothing to do.',
    ],
  ];

  it.each(cases)('%s', async (_, act, fault, vi, en) => {
    const dispatchId = dispatchOf(await pages.press());
    await act(dispatchId);
    const channel = fakeChannel();
    await work(sending, channel);
    expect(channel.handed).toEqual([]);
    expect(await standings(sending)).toEqual({ [`withheld ${fault}`]: 5 });
    await isOver(dispatchId);
    const [text, english] = await told(dispatchId);
    expect(text).toContain(vi);
    expect(english).toContain(en);
    // Another run would be held back as well, and none is offered.
    expect((await page(pages.officer, `/dispatches/${dispatchId}`))[1]).not.toContain('retry=');
    await work(sending, channel);
    expect(channel.handed).toEqual([]);
  });

  it('when the week has become full by sendings before it', async () => {
    for (const _ of [1, 2, 3]) dispatchOf(await pages.press('&who=all'));
    world.clock.set(new Date(NINE.getTime() + 60_000));
    const dispatchId = dispatchOf(await pages.press('&who=all'));
    const channel = fakeChannel();
    await work(sending, channel);
    expect(await standings(sending)).toEqual({ accepted: 15, 'withheld cap': 5 });
    const times = Map.groupBy(channel.handed, ({ to }) => to);
    expect([...times.keys()].sort()).toEqual([1, 2, 3, 4, 5].map(e164No));
    for (const [to, handed] of times) expect(handed, to).toHaveLength(3);
    await isOver(dispatchId);
    const [text, english] = await told(dispatchId);
    expect(text).toContain('Hộ đã nhận 3 tin trong 7 ngày 5 Gửi lại sau vài ngày.');
    expect(english).toContain('The household got 3 messages in 7 days 5 Send again in a few days.');
  });
});

describe('of a sending, what may not go out any more is held back, and the rest goes out', () => {
  it('when an officer notes that a number refuses', async () => {
    const dispatchId = dispatchOf(await pages.press());
    await world.execute(refuseContact, actorOf('officer', taXiLang), { phone: phoneNo(4), how: 'phone' });
    const channel = fakeChannel();
    await work(sending, channel);
    expect(channel.handed.map(({ to }) => to).sort()).toEqual([1, 2, 3, 5].map(e164No));
    expect(await standings(sending)).toEqual({ accepted: 4, 'withheld refused': 1 });
    const [text, english] = await told(dispatchId);
    expect(text).toContain('Số hoặc địa chỉ này đã từ chối nhận tin 1 Không nhắn, không gọi. Cử người đến');
    expect(english).toContain('The number or address refuses messages 1 No messages, no calls. Send somebody');
  });

  it('when somebody wants no more mails', async () => {
    await addForms(world, sending.messageId, [{ kind: 'email', text: 'Thẻ bảo hiểm y tế\n\nKính gửi ((tên)).' }]);
    for (const no of [1, 2])
      await world.execute(addOfficer, systemActor, {
        ...{ placeId: taXiLang, name: `Cán Bộ Mẫu ${no}`, body: 'UBND xã', post: 'Công chức' },
        email: `can-bo-${no}@xa.invalid`,
      });
    const rule = { subject: 'officer', where: { post: { contains: ['công chức'] } } };
    const lineId = await addLine(world, { messageId: sending.messageId, channels: ['email'], rule });
    const toOfficers = { ...sending, lineId };
    await submit(toOfficers, { formKind: 'email' });
    const { channel, handed } = fakeMail();
    await work(sending, channel);
    expect(handed).toHaveLength(2);
    const { dispatchId } = await submit(toOfficers, { formKind: 'email', onlyMissing: false });
    // By the link in the mail before, while the next one waits.
    const first = handed.find(({ to }) => to === 'can-bo-1@xa.invalid')!;
    await world.execute(unsubscribe, systemActor, { token: unsubscribeToken(Buffer.alloc(32, 7), first.deliveryId) });
    await work(sending, channel);
    expect(handed.slice(2).map(({ to }) => to)).toEqual(['can-bo-2@xa.invalid']);
    expect(await standings(sending)).toEqual({ accepted: 3, 'withheld refused': 1 });
    const [text, english] = await told(dispatchId);
    expect(text).toContain('Số hoặc địa chỉ này đã từ chối nhận tin 1');
    expect(english).toContain('The number or address refuses messages 1');
  });

  it('when a newer list says that a number has ended and a household is gone', async () => {
    const dispatchId = dispatchOf(await pages.press());
    const newer = rows.filter(({ code }) => code !== rows[2]!.code);
    const importId = await bringIn(world, {
      rows: newer.map((row) => (row === rows[1] ? { ...row, phones: [phoneNo(77)] } : row)),
      ...{ asOf: '2026-06-14', synthetic: true },
    });
    await answer(world, importId, { [rows[2]!.code!]: 'gone' });
    const channel = fakeChannel();
    await work(sending, channel);
    expect(channel.handed.map(({ to }) => to).sort()).toEqual([1, 4, 5].map(e164No));
    expect(await standings(sending)).toEqual({ accepted: 3, 'withheld gone': 1, 'withheld number-ended': 1 });
    const [text, english] = await told(dispatchId);
    expect(text).toContain('Hộ hoặc cán bộ không còn ở đây 1 Không phải làm gì.');
    expect(text).toContain('Số hoặc địa chỉ không còn là của người nhận 1 Gửi lần sau sẽ dùng số hoặc địa chỉ mới.');
    expect(english).toContain('The household or officer is no longer here 1 Nothing to do.');
    expect(english).toContain("The number or address is no longer the recipient's 1 The next sending uses the new");
    // As it says: the next sending goes to the new number, and not to whom it went to before.
    dispatchOf(await pages.press());
    await work(sending, channel);
    expect(channel.handed.slice(3).map(({ to }) => to)).toEqual([e164No(77)]);
  });
});

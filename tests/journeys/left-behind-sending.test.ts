import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignFollowUp, type Reason } from '../../src/modules/coverage/index.ts';
import { newId } from '../../src/shared/ids.ts';
import { putContacts } from '../support/evidence.ts';
import { type LeftBehindStory, openLeftBehind } from '../support/left-behind.ts';
import { putDelivery } from '../support/sent.ts';

let story: LeftBehindStory;
let untouched: Record<string, Reason>;

beforeAll(async () => {
  story = await openLeftBehind();
  untouched = await story.reasonsOf();
});
afterAll(() => story.world.close());

const send = (code: string, sent: Omit<Parameters<typeof putDelivery>[1], 'subjectId' | 'lineId' | 'messageId'>) =>
  putDelivery(story.world, {
    subjectId: story.id(code),
    lineId: story.lines[0],
    messageId: story.message,
    ...sent,
  });

const forget = () => story.world.database.pool.query('delete from delivery.delivery');

const reasonOf = async (code: string, on?: string): Promise<Reason | undefined> =>
  (await story.reasonsOf(on ? { on } : {}))[code];

describe('a sending that did not arrive', () => {
  it.each([
    ['failed', 'bad-number', 'delivery-failed'],
    ['failed', 'receipt.expired', 'delivery-failed'],
    ['no-receipt', null, 'delivery-failed'],
    ['withheld', 'refused', 'delivery-failed'],
    ['withheld', 'number-ended', 'delivery-failed'],
    ['uncertain', 'no-answer', 'delivery-uncertain'],
    ['uncertain', 'crash', 'delivery-uncertain'],
    ['created', null, 'delivery-waiting'],
    ['created', 'unreachable', 'delivery-waiting'],
    ['sending', null, 'delivery-waiting'],
    ['accepted', null, 'delivery-waiting'],
  ] as const)('%s (%s) is the reason %s, of this household alone', async (state, fault, reason) => {
    const ended = !['created', 'sending', 'accepted'].includes(state);
    await send('H-NONE', { state, fault, at: '2026-06-14T03:00:00Z', finalAt: ended ? '2026-06-14T03:05:00Z' : null });
    expect(await story.reasonsOf()).toEqual({ ...untouched, 'H-NONE': reason });
    await forget();
  });

  it.each(['gone', 'cap', 'not-approved', 'plan-closed', 'taken-back', 'given-up', 'deadline'])(
    'held back for %s counts as not sent, and what was sent before still holds',
    async (fault) => {
      const later = { at: '2026-06-14T03:00:00Z', finalAt: '2026-06-14T03:05:00Z' };
      await send('H-NONE', { state: 'withheld', fault, ...later });
      expect(await story.reasonsOf()).toEqual(untouched);
      const before = { at: '2026-06-10T03:00:00Z', finalAt: '2026-06-10T03:05:00Z' };
      await send('H-NONE', { state: 'failed', fault: 'blocked', ...before });
      expect(await reasonOf('H-NONE')).toBe('delivery-failed');
      await forget();
    },
  );

  it('goes by the newest sending', async () => {
    const failed = { state: 'failed', fault: 'blocked', at: '2026-06-12T03:00:00Z', finalAt: '2026-06-12T03:05:00Z' };
    await send('H-NONE', failed);
    await send('H-NONE', { state: 'accepted', fault: null, at: '2026-06-14T03:00:00Z', finalAt: null });
    expect(await reasonOf('H-NONE')).toBe('delivery-waiting');
    expect(await reasonOf('H-NONE', '2026-06-13')).toBe('delivery-failed');
    await forget();
    await send('H-NONE', failed);
    await send('H-NONE', {
      state: 'delivered',
      fault: null,
      at: '2026-06-14T03:00:00Z',
      finalAt: '2026-06-14T03:05:00Z',
    });
    expect(await reasonOf('H-NONE')).toBe('nothing-done');
    await forget();
  });

  it('is that of the day asked for, and no answer within three days is none', async () => {
    await send('H-NONE', {
      state: 'failed',
      fault: 'receipt.expired',
      at: '2026-06-05T18:30:00Z',
      finalAt: '2026-06-07T03:00:00Z',
    });
    // Sent at half past one in the night of the 6th, as the country counts.
    expect(await reasonOf('H-NONE', '2026-06-05')).toBe('nothing-done');
    expect(await reasonOf('H-NONE', '2026-06-06')).toBe('delivery-waiting');
    expect(await reasonOf('H-NONE', '2026-06-07')).toBe('delivery-failed');
    await forget();
    for (const [state, finalAt] of [
      ['accepted', null],
      ['uncertain', '2026-06-10T03:01:00Z'],
    ] as const) {
      await send('H-NONE', { state, fault: null, at: '2026-06-10T03:00:00Z', finalAt });
      expect(await reasonOf('H-NONE', '2026-06-13')).toBe(
        state === 'accepted' ? 'delivery-waiting' : 'delivery-uncertain',
      );
      expect(await reasonOf('H-NONE', '2026-06-14')).toBe('delivery-failed');
      await forget();
    }
  });

  it('of another message or edition says nothing', async () => {
    const failed = { state: 'failed', fault: 'blocked', at: '2026-06-14T03:00:00Z', finalAt: '2026-06-14T03:05:00Z' };
    await send('H-NONE', { ...failed, edition: 2 });
    await putDelivery(story.world, {
      ...failed,
      subjectId: story.id('H-NONE'),
      lineId: story.lines[0],
      messageId: newId(),
    });
    expect(await story.reasonsOf()).toEqual(untouched);
    await forget();
  });

  it('does not hide what no sending would mend, nor what somebody found at the door', async () => {
    const codes = ['H-REF', 'H-OUT', 'H-WEAK', 'H-LANG', 'H-READ', 'H-HEAR', 'H-THAI', 'H-DEV'];
    for (const code of codes)
      await send(code, {
        state: 'failed',
        fault: 'blocked',
        at: '2026-06-14T03:00:00Z',
        finalAt: '2026-06-14T03:05:00Z',
      });
    expect(await story.reasonsOf()).toEqual({
      ...untouched,
      'H-HEAR': 'delivery-failed',
      'H-THAI': 'delivery-failed',
      'H-DEV': 'delivery-failed',
    });
    await forget();
  });

  it('never stands where the household was reached, and becomes a visit when it is given to somebody', async () => {
    const failed = { state: 'failed', fault: 'blocked', at: '2026-06-14T03:00:00Z', finalAt: '2026-06-14T03:05:00Z' };
    await send('H-MET', failed);
    await send('H-NONE', failed);
    await send('H-DEV', { state: 'accepted', fault: null, at: '2026-06-14T03:00:00Z', finalAt: null });
    const { rows, reasons } = await story.list({ reason: 'delivery-failed' });
    expect(rows.map(({ code }) => code)).toEqual(['H-NONE']);
    expect(rows[0]!.missing[0].next).toBe('visit-read-aloud');
    expect(reasons).toMatchObject({ 'delivery-failed': 1, 'delivery-waiting': 1 });
    const given = await story.world.execute(assignFollowUp, story.officer, {
      lineIds: [story.lines[0]],
      villageId: story.villages[2],
      reason: 'delivery-failed',
      ownerName: 'Trưởng thôn',
      dueOn: '2026-06-20',
    });
    expect(given).toMatchObject({ households: 1, visits: 1 });
    // Waiting is noted with who looks after it, and nobody is sent there.
    const waits = await story.world.execute(assignFollowUp, story.officer, {
      lineIds: [story.lines[0]],
      subjectIds: [story.id('H-DEV')],
      step: 'wait-receipt',
      ownerName: 'Cán bộ xã',
      dueOn: '2026-06-18',
    });
    expect(waits).toMatchObject({ households: 1, visits: 0 });
    // Evidence takes it off the list, whatever became of the sending.
    await putContacts(story.world, [story.contact('H-NONE', { channel: 'visit', happenedOn: '2026-06-15' })]);
    expect(await reasonOf('H-NONE')).toBeUndefined();
  });
});

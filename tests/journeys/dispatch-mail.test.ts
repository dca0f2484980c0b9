import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/channels/contract.ts';
import {
  previewDispatch,
  recordBounce,
  tidyDeliveries,
  unsubscribe,
  unsubscribeToken,
} from '../../src/modules/delivery/index.ts';
import { addOfficer, liftRefusal } from '../../src/modules/registry/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { actorOf, addLine } from '../support/evidence.ts';
import { taXiLang } from '../support/lists.ts';
import {
  addForms,
  fakeMail,
  householdNo,
  type SendingWorld,
  sendingWorld,
  standings,
  submit,
  work,
} from '../support/sending.ts';

const secret = Buffer.alloc(32, 7);

describe('e-mail to officers', () => {
  let sending: SendingWorld;
  beforeAll(async () => {
    const made = await sendingWorld([householdNo(1)], { at: new Date('2026-06-15T15:30:00Z') });
    const { world, messageId } = made;
    await addForms(world, messageId, [
      { kind: 'email', text: 'Thẻ bảo hiểm y tế\n\nKính gửi ((tên)),\nđề nghị báo cho các hộ.' },
    ]);
    for (const no of [1, 2, 3])
      await world.execute(addOfficer, systemActor, {
        placeId: taXiLang,
        name: `Cán Bộ Mẫu ${no}`,
        body: 'UBND xã',
        post: 'Công chức',
        email: `can-bo-${no}@xa.invalid`,
      });
    const lineId = await addLine(world, {
      messageId,
      channels: ['email'],
      rule: { subject: 'officer', where: { post: { contains: ['công chức'] } } },
    });
    sending = { ...made, lineId };
  });
  afterAll(() => sending.world.close());
  const officer = actorOf('officer', taXiLang);

  it('goes out at any hour, counts after three days without coming back, and no longer when it comes back later', async () => {
    const { world, lineId } = sending;
    expect(await world.execute(previewDispatch, officer, { lineId, formKind: 'email' })).toMatchObject({
      recipients: 3,
      reads: 3,
      quiet: false,
    });
    await submit(sending, { formKind: 'email' }, officer);
    const { channel, handed, refuse } = fakeMail();
    refuse('can-bo-2@xa.invalid');
    await work(sending, channel);
    expect(handed.map(({ to, subject }) => `${to} ${subject}`).sort()).toEqual(
      [1, 2, 3].map((no) => `can-bo-${no}@xa.invalid Thẻ bảo hiểm y tế`),
    );
    expect(handed[0]!.text).toMatch(/^Kính gửi Cán Bộ Mẫu \d,\nđề nghị.*\n\n--\nKhông muốn nhận thư/u);
    expect(await standings(sending)).toEqual({ accepted: 2, 'failed bad-address': 1 });
    const { deliveryId } = handed.find(({ to }) => to.startsWith('can-bo-1'))!;
    world.clock.set(new Date('2026-06-17T15:30:00Z'));
    await world.execute(tidyDeliveries, systemActor, {});
    expect(await standings(sending)).toEqual({ accepted: 2, 'failed bad-address': 1 });
    world.clock.set(new Date('2026-06-18T16:00:00Z'));
    await world.execute(tidyDeliveries, systemActor, {});
    expect(await standings(sending)).toEqual({ delivered: 2, 'failed bad-address': 1 });
    const reached = async () =>
      (
        await world.database.pool.query(
          `select count(*)::int as n, min(first_2)::text as day from reach.state where first_2 is not null`,
        )
      ).rows[0];
    expect(await reached()).toEqual({ n: 2, day: '2026-06-15' });
    const lantoa = cliIn(world);
    const report = async (action: string, address: string) => {
      const file = join(world.dataDir, 'report.eml');
      await writeFile(file, `To: ${address}\nAction: ${action}\nStatus: 5.1.1\n`);
      return lantoa('dispatch', 'bounce', file, '--json');
    };
    const ours = `bounce+${deliveryId}@xa-mau.invalid`;
    expect((await report('failed', 'xa@xa-mau.invalid')).code).not.toBe(0);
    expect((await report('delayed', ours)).json).toEqual({ deliveryId, failed: false, fresh: false });
    expect(await reached()).toMatchObject({ n: 2 });
    expect((await report('failed', ours)).json).toEqual({ deliveryId, failed: true, fresh: true });
    expect(await standings(sending)).toEqual({ delivered: 1, 'failed bad-address': 1, 'failed bounced': 1 });
    expect(await reached()).toMatchObject({ n: 1 });
    expect(await world.execute(recordBounce, systemActor, { deliveryId })).toEqual({ fresh: false });
  });

  it('proves nothing where mail that comes back does not reach us', async () => {
    const { world } = sending;
    await submit(sending, { formKind: 'email', onlyMissing: false }, officer);
    const { channel } = fakeMail();
    await work(sending, { ...channel, returns: false });
    expect(await standings(sending)).toMatchObject({ 'no-receipt': 3 });
    await world.database.pool.query(`delete from delivery.delivery where state = 'no-receipt'`);
  });

  it('stops for whoever follows the link in it, and a link of nobody does nothing', async () => {
    const { world, lineId } = sending;
    const { rows } = await world.database.pool.query(
      `select delivery_id as id from delivery.delivery where address = 'can-bo-3@xa.invalid'`,
    );
    const token = unsubscribeToken(secret, rows[0].id);
    await expect(world.execute(unsubscribe, systemActor, { token: `${token.slice(0, -3)}abc` })).rejects.toThrow(
      'unsubscribe',
    );
    await world.execute(unsubscribe, systemActor, { token });
    const preview = await world.execute(previewDispatch, officer, { lineId, formKind: 'email', onlyMissing: false });
    expect(preview).toMatchObject({ recipients: 2, leftOut: { why: { refused: 1 } } });
    // Whoever wants them again says so, however the address is typed.
    await world.execute(liftRefusal, officer, { phone: ' Can-Bo-3@xa.invalid', note: 'gọi điện xin nhận lại' });
    const again = { lineId, formKind: 'email', onlyMissing: false } as const;
    expect(await world.execute(previewDispatch, officer, again)).toMatchObject({ recipients: 3 });
  });

  it('stops also for whoever got one of which nobody knows whether it went out', async () => {
    const { world } = sending;
    await submit(sending, { formKind: 'email', onlyMissing: false }, officer);
    const { channel } = fakeMail();
    channel.send = async (batch) => batch.map(({ deliveryId }): SendOutcome => ({ deliveryId, kind: 'uncertain' }));
    await work(sending, channel);
    const { rows } = await world.database.pool.query(
      `select delivery_id as id from delivery.delivery where address = 'can-bo-1@xa.invalid' and state = 'uncertain'`,
    );
    await world.execute(unsubscribe, systemActor, { token: unsubscribeToken(secret, rows[0].id) });
    const preview = await world.execute(previewDispatch, officer, {
      ...{ lineId: sending.lineId, formKind: 'email', onlyMissing: false },
    });
    expect(preview.leftOut.why).toMatchObject({ refused: 1 });
  });
});

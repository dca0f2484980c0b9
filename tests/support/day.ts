import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Role } from '../../src/shared/roles.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, type Walker } from './browserless.ts';
import { taXiLang } from './lists.ts';
import { inForce, lineText, planText } from './plans.ts';
import {
  everybodyReads,
  fakeChannel,
  householdNo,
  receiptsFor,
  receiverOf,
  type SendingWorld,
  sendingWorld,
  submit,
  work,
} from './sending.ts';
import type { World } from './world.ts';

export const LATE_PLAN = 'ke-hoach-quy-2';

const lines = [
  lineText({ what: 'Họp thôn về thẻ BHYT', message: 'bhyt', from: '01/02/2026', to: '30/04/2026' }),
  lineText({ what: 'Đọc loa về thẻ BHYT', message: 'bhyt', from: '01/02/2026', to: '20/06/2026', channels: '[loudspeaker, meeting]', head: 'Giàng Thị Mẫu, Công chức văn hóa' }),
  lineText({ what: 'Tập huấn tổ công nghệ số', message: 'bhyt', from: '01/02/2026', to: '30/04/2026', channels: '[training]', head: 'Sùng A Mẫu, Trưởng ban' }),
  lineText({ what: 'Việc còn lâu mới đến hạn', message: 'bhyt', from: '01/02/2026', to: '31/12/2026' }),
]; // biome-ignore format: a table

export interface Day extends SendingWorld {
  readonly villageId: string;
}

/**
 * A commune in the middle of its work: a sending of which three numbers are bad and two are uncertain, a plan with a line
 * that is late, one that ends soon, and one that cannot be written down here.
 */
export const openDay = async (): Promise<Day> => {
  const rows = Array.from({ length: 12 }, (_, at) => householdNo(at + 1));
  const sending = await sendingWorld(rows);
  const { world } = sending;
  await everybodyReads(sending, rows);
  await submit(sending);
  const channel = fakeChannel();
  channel.answer = ({ deliveryId, to }) => {
    const no = Number(to.slice(-2));
    if (no <= 3) return { deliveryId, kind: 'refused', code: 'bad-number', retry: false };
    return no <= 5 ? { deliveryId, kind: 'uncertain' } : undefined;
  };
  await work(sending, channel);
  const arrived = channel.handed.filter(({ to }) => Number(to.slice(-2)) > 5);
  await receiverOf(sending).receipts(channel.provider, receiptsFor(arrived));
  await inForce(world, planText({ code: LATE_PLAN }, lines), LATE_PLAN);
  const { rows: villages } = await world.database.pool.query<{ id: string }>(
    `select distinct village_id as id from registry.subject_now where village_id is not null`,
  );
  await world.settle();
  return { ...sending, villageId: villages[0]!.id };
};

let people = 0;

/** Somebody with a role who is signed in, and who they are. */
export const signedIn = async (
  world: World,
  web: Web,
  role: Role,
  placeId = taXiLang,
): Promise<{ walker: Walker; userId: string; name: string }> => {
  people += 1;
  const [username, name] = [`nguoi-${people}`, `Người thứ ${people}`];
  const { userId } = await world.execute(addUser, systemActor, { username, name, role, placeId });
  const walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username });
  await walker.send(path, path, {});
  return { walker, userId, name };
};

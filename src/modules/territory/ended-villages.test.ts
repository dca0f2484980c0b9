import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { systemActor } from '../../platform/command.ts';
import { importPlaces, loadReferenceUnits, placesUnder, referenceId } from './index.ts';

const TODAY = '2026-06-15';
const old = referenceId('old:commune:04615');
const commune = referenceId('2025:commune:04609');
const district = referenceId('old:district:139');
const province = referenceId('2025:province:15');

let world: World;
let villages: Record<string, string>;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  const rows = [
    ['tên thôn', 'mã xã cũ', 'mã xã', 'đến ngày'],
    ['Còn Đây', '04615', '04609', ''],
    ['Hết Sau', '04615', '04609', '31/12/2025'],
    ['Hết Trước', '04615', '', '31/12/2023'],
    ['Chia Hai', '04615', '04609', '31/12/2025'],
  ].map((cells, index) => ({ row: index + 1, cells }));
  await world.execute(importPlaces, systemActor, { rows, commit: true });
  const { rows: found } = await world.database.pool.query(
    `select distinct name, place_id from territory.place_version where kind = 'village'`,
  );
  villages = Object.fromEntries(found.map(({ name, place_id }) => [name, place_id]));
  for (const to of [villages['Còn Đây'], referenceId('2025:commune:04606')])
    await world.database.pool.query(
      `insert into territory.place_succession (from_id, to_id, on_date, kind, whole, document) values ($1, $2, '2026-01-01', 'split', false, '')`,
      [villages['Chia Hai'], to],
    );
});
afterAll(() => world.close());

const namesUnder = async (placeId: string, on: string) => {
  const under = new Set(await placesUnder(world.database.db, [placeId], on));
  return Object.keys(villages)
    .filter((name) => under.has(villages[name]!))
    .sort();
};

it('a village that has ended lies where it lay at the end, or where all that it became lies', async () => {
  const [stays, later, before, split] = ['Còn Đây', 'Hết Sau', 'Hết Trước', 'Chia Hai'];
  expect(await namesUnder(commune, '2025-12-31')).toEqual([split, stays, before, later].sort());
  // Parts of what was split lie in two communes: it is counted in the province that holds both.
  expect(await namesUnder(commune, TODAY)).toEqual([stays, before, later].sort());
  expect(await namesUnder(province, TODAY)).toEqual([split, stays, before, later].sort());
  // Of places that ended themselves, on their last day.
  for (const placeId of [old, district])
    expect(await namesUnder(placeId, TODAY)).toEqual([split, stays, before, later].sort());
  expect(await namesUnder(old, '2023-12-31')).toEqual([split, stays, before, later].sort());
  expect(await namesUnder(referenceId('2025:commune:04606'), TODAY)).toEqual([]);
  expect(await namesUnder(villages[stays!]!, TODAY)).toEqual([stays]);
});

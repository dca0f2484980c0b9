import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { importVillages, paHu, since2025, taXiLang } from '../../../tests/support/lists.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { systemActor } from '../../platform/command.ts';
import { coversPlaces, loadReferenceUnits, referenceId } from '../territory/index.ts';
import { addUser, grantRole, listAgents } from './index.ts';

const tramTau = since2025('04606');
const district = referenceId('old:district:139');
const province = referenceId('2025:province:15');
/** Old communes that have ended, and communes of today, of which most have nothing to do with Tà Xi Láng. */
const old = ['04588', '04591', '04594', '04597', '04600'].map((code) => referenceId(`old:commune:${code}`));

let world: World;
let userId: string;
const villages: string[] = [];

const agent = (placeId: string) => ({ userId, role: 'agent' as const, placeId });

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const { rows } = await world.database.pool.query(
    `select distinct place_id as id from territory.place_version where kind = 'village'`,
  );
  villages.push(...rows.map(({ id }) => id));
  ({ userId } = await world.execute(addUser, systemActor, {
    username: 'nhieu-noi', name: 'Người nhiều nơi', password: 'một mật khẩu dài', role: 'agent', placeId: taXiLang,
  })); // biome-ignore format: a row
});
afterAll(() => world.close());

describe('who can be sent to a place', () => {
  it('whoever has a role within it or over it, also by way of places that are no more', async () => {
    const held = [taXiLang, paHu, tramTau, district, province, ...old, ...villages];
    for (const placeId of held.slice(1)) await world.execute(grantRole, systemActor, agent(placeId));
    const covers = (area: string, placeId: string) => coversPlaces(world.database.db, [area], [placeId], '2026-06-15');
    for (const placeId of held) {
      const expected: string[] = [];
      for (const each of held) if ((await covers(each, placeId)) || (await covers(placeId, each))) expected.push(each);
      const [found] = await world.execute(listAgents, systemActor, { placeId });
      expect(found!.roles.map((role) => role.placeId).sort(), placeId).toEqual(expected.sort());
    }
  });

  it('asks as much where people have roles in many other places as where they have few', async () => {
    const asked = async () => {
      const query = vi.spyOn(Client.prototype, 'query');
      await world.execute(listAgents, systemActor, { placeId: taXiLang });
      const { length } = query.mock.calls;
      query.mockRestore();
      return length;
    };
    const before = await asked();
    const { rows } = await world.database.pool.query(
      `select v.place_id as id from territory.place_version v where v.kind = 'commune' and v.valid_to is null
        and v.place_id <> all($1::uuid[]) and not exists (select 1 from territory.place_succession s where s.to_id = v.place_id) limit 12`,
      [[taXiLang]],
    );
    expect(rows.length).toBe(12);
    for (const { id } of rows) await world.execute(grantRole, systemActor, agent(id));
    expect(await asked()).toBe(before);
  });
});

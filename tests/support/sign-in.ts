import { addExamplePeople, addUser } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import { createWorld, type World } from './world.ts';

export const COMMUNE = newId();
const VILLAGE = newId();
export const PASSWORD = 'một mật khẩu dài';

/** A commune with a village, the three people of the example, and two who sign in by password: officer "hoa", administrator "minh". */
export const createPeople = async (): Promise<World> => {
  const world = await createWorld(new Date('2026-06-15T02:00:00Z'));
  const tree = { unitType: 'xã', kind: 'commune', parent: null };
  for (const [id, name, { unitType, kind, parent }] of [
    [COMMUNE, 'Nà Mẫu', tree],
    [VILLAGE, 'Bản Mẫu', { unitType: 'thôn', kind: 'village', parent: COMMUNE }],
  ] as const) {
    await world.database.pool.query(
      `insert into territory.place_version (place_id, valid_from, name, kind, unit_type, parent_id) values ($1, '2025-07-01', $2, $3, $4, $5)`,
      [id, name, kind, unitType, parent],
    );
    await world.database.pool.query(
      `insert into territory.place_tree (place_id, ancestor_id, valid_from, depth) values ($1, $1, '2025-07-01', 0)`,
      [id],
    );
  }
  await world.database.pool.query(
    `insert into territory.place_tree (place_id, ancestor_id, valid_from, depth) values ($1, $2, '2025-07-01', 1)`,
    [VILLAGE, COMMUNE],
  );
  await world.execute(addExamplePeople, systemActor, { communeId: COMMUNE, villageId: VILLAGE, provinceId: COMMUNE });
  for (const [username, role] of [
    ['hoa', 'officer'],
    ['minh', 'admin'],
  ] as const) {
    await world.execute(addUser, systemActor, {
      username,
      name: `Người ${username}`,
      password: PASSWORD,
      role,
      placeId: COMMUNE,
    });
  }
  return world;
};

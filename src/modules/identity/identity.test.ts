import { betterAuth } from 'better-auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { type Actor, systemActor } from '../../platform/command.ts';
import { newId } from '../../shared/ids.ts';
import type { Role } from '../../shared/roles.ts';
import { openAuth } from './auth.ts';
import {
  actorByUsername,
  addExamplePeople,
  addUser,
  disableUser,
  enableUser,
  endRole,
  grantRole,
  listUsers,
  setPassword,
  signInWithPassword,
} from './index.ts';

const PROVINCE = newId();
const COMMUNE = newId();
const OTHER = newId();
const PASSWORD = 'một mật khẩu dài';

let world: World;
const ids: Record<string, string> = {};

const add = async (username: string, role: Role, placeId: string): Promise<string> => {
  const added = await world.execute(addUser, systemActor, {
    username,
    name: username,
    password: PASSWORD,
    role,
    placeId,
  });
  ids[username] = added.userId;
  return added.grantId;
};

const as = (username: string): Promise<Actor> => actorByUsername(world.database, username, 'cli', world.clock.now());

beforeAll(async () => {
  world = await createWorld();
  const { pool } = world.database;
  for (const [id, parent] of [
    [PROVINCE, null],
    [COMMUNE, PROVINCE],
    [OTHER, PROVINCE],
  ]) {
    await pool.query(
      `insert into territory.place_version (place_id, valid_from, name, kind, unit_type, parent_id)
       values ($1::uuid, '2025-07-01', 'Nà Mẫu', $2, 'xã', $3)`,
      [id, parent ? 'commune' : 'province', parent],
    );
    for (const [depth, ancestor] of [id, parent].entries()) {
      if (ancestor)
        await pool.query(
          `insert into territory.place_tree (place_id, ancestor_id, valid_from, depth) values ($1, $2, '2025-07-01', $3)`,
          [id, ancestor, depth],
        );
    }
  }
  await add('tinh', 'admin', PROVINCE);
  await add('xax', 'admin', COMMUNE);
  await add('officer', 'officer', COMMUNE);
  await add('elsewhere', 'officer', OTHER);
});

afterAll(() => world?.close());

describe('administrators', () => {
  it('give roles inside their area only', async () => {
    const xa = await as('xax');
    const give = (userId: string, placeId: string, role: Role = 'leader') =>
      world.execute(grantRole, xa, { userId, role, placeId });
    await expect(give(ids.officer!, OTHER)).rejects.toMatchObject({ code: 'outside-area' });
    await expect(give(ids.officer!, PROVINCE)).rejects.toMatchObject({ code: 'outside-area' });
    await give(ids.officer!, COMMUNE);
    await expect(give(ids.officer!, COMMUNE)).rejects.toMatchObject({ code: 'role-held' });
    await expect(
      world.execute(addUser, xa, { username: 'new', name: 'New', role: 'officer', placeId: OTHER }),
    ).rejects.toMatchObject({ code: 'outside-area' });
    expect((await as('officer')).grants.map((grant) => grant.role)).toEqual(['officer', 'leader']);
  });

  it('leave their own roles and accounts alone', async () => {
    const tinh = await as('tinh');
    const own = { userId: ids.tinh! };
    await expect(world.execute(grantRole, tinh, { ...own, role: 'officer', placeId: COMMUNE })).rejects.toMatchObject({
      code: 'own-account',
    });
    await expect(world.execute(disableUser, tinh, own)).rejects.toMatchObject({ code: 'own-account' });
    await expect(world.execute(setPassword, tinh, { ...own, password: PASSWORD })).rejects.toMatchObject({
      code: 'own-account',
    });
    const [me] = (await world.execute(listUsers, tinh, {})).filter((user) => user.userId === ids.tinh);
    await expect(world.execute(endRole, tinh, { grantId: me!.grants[0]!.grantId })).rejects.toMatchObject({
      code: 'own-account',
    });
  });

  it('never take over an account that is more than their area', async () => {
    const xa = await as('xax');
    for (const userId of [ids.tinh!, ids.elsewhere!]) {
      await expect(world.execute(setPassword, xa, { userId, password: PASSWORD })).rejects.toMatchObject({
        code: 'outside-area',
      });
      await expect(world.execute(disableUser, xa, { userId })).rejects.toMatchObject({ code: 'outside-area' });
    }
    // A role given to somebody from elsewhere does not hand their account over.
    await world.execute(grantRole, xa, { userId: ids.elsewhere!, role: 'agent', placeId: COMMUNE });
    await expect(world.execute(setPassword, xa, { userId: ids.elsewhere!, password: PASSWORD })).rejects.toMatchObject({
      code: 'outside-area',
    });
  });

  it('see who works in their area, and nobody else', async () => {
    const seen = await world.execute(listUsers, await as('xax'), {});
    expect(seen.map((user) => user.username).sort()).toEqual(['elsewhere', 'officer', 'xax']);
    expect(seen.find((user) => user.username === 'elsewhere')?.grants.map((grant) => grant.role)).toEqual(['agent']);
  });

  it('end a role once, disable and enable an account', async () => {
    const grantId = await add('short', 'officer', COMMUNE);
    const xa = await as('xax');
    await world.execute(endRole, xa, { grantId });
    await expect(world.execute(endRole, xa, { grantId })).rejects.toMatchObject({ code: 'role-ended' });
    expect((await as('short')).grants).toEqual([]);
    await world.execute(disableUser, xa, { userId: ids.short! });
    await expect(as('short')).rejects.toMatchObject({ code: 'account-disabled' });
    const enter = () =>
      signInWithPassword(world.execute, 'web', { username: 'short', password: PASSWORD, address: '::1' });
    await expect(enter()).rejects.toMatchObject({ code: 'account-disabled' });
    await world.execute(enableUser, xa, { userId: ids.short! });
    expect((await enter()).userId).toBe(ids.short);
  });

  it('set a password that works, and the old one no more', async () => {
    await world.execute(setPassword, await as('xax'), { userId: ids.officer!, password: 'mật khẩu khác' });
    const enter = (password: string) =>
      signInWithPassword(world.execute, 'web', { username: 'officer', password, address: '::1' });
    await expect(enter(PASSWORD)).rejects.toMatchObject({ code: 'wrong-credentials' });
    // Typed on another machine the same letters may arrive decomposed.
    expect((await enter('mật khẩu khác'.normalize('NFD'))).userId).toBe(ids.officer);
  });
});

it('others give nothing and list nobody', async () => {
  const officer = await as('elsewhere');
  await expect(world.execute(listUsers, officer, {})).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(
    world.execute(grantRole, officer, { userId: ids.officer!, role: 'admin', placeId: COMMUNE }),
  ).rejects.toMatchObject({ code: 'not-allowed' });
});

it('names are taken once, in whatever case, and have a form', async () => {
  const again = (username: string) =>
    world.execute(addUser, systemActor, { username, name: 'X', role: 'officer', placeId: COMMUNE });
  await expect(again('Officer')).rejects.toMatchObject({ kind: 'conflict', code: 'username-taken' });
  await expect(again('cán bộ')).rejects.toMatchObject({ fields: [{ path: 'username', code: 'username-form' }] });
});

it('the example people come once, marked as invented', async () => {
  const places = { communeId: COMMUNE, villageId: OTHER, provinceId: COMMUNE };
  expect((await world.execute(addExamplePeople, systemActor, places)).added).toHaveLength(5);
  const again = await world.execute(addExamplePeople, systemActor, places);
  expect(again).toEqual({ added: [], usernames: ['can-bo', 'lanh-dao', 'tuyen-truyen-vien'] });
  expect(await as('tuyen-truyen-vien')).toMatchObject({ grants: [{ role: 'agent', placeId: OTHER }] });
  const { rows } = await world.database.pool.query('select count(*)::int as n from identity."user" where synthetic');
  expect(rows[0].n).toBe(5);
});

it('the audit names no person and keeps no secret', async () => {
  const { rows } = await world.database.pool.query(
    `select refs::text as refs from platform.audit where name like 'identity.%'`,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.map((row) => row.refs).join()).not.toMatch(/mật khẩu|officer"?,? ?"name|can-bo|\$argon/u);
});

it('the sign-in library finds its tables as it wants them', async () => {
  const context = { tx: world.database.db, at: world.clock.now(), secret: Buffer.alloc(32, 7) };
  const { options } = openAuth(context);
  const checked = betterAuth({ ...options, advanced: { database: { validateSchema: true } } });
  await expect(checked.api.signInUsername({ body: { username: 'nobody', password: PASSWORD } })).rejects.toMatchObject({
    status: 'UNAUTHORIZED',
  });
  const wrong = betterAuth({
    ...options,
    user: { ...options.user, additionalFields: { absent: { type: 'string', required: false } } },
    advanced: { database: { validateSchema: true } },
  });
  await expect(
    wrong.api.signInUsername({ body: { username: 'nobody', password: PASSWORD } }),
  ).rejects.not.toMatchObject({
    status: 'UNAUTHORIZED',
  });
});

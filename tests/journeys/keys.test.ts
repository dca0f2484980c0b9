import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useCases } from '../../src/app.ts';
import { approveMessage, getMessage, submitMessage } from '../../src/modules/content/index.ts';
import {
  actorByKey,
  addKey,
  addUser,
  disableUser,
  enableUser,
  endKey,
  identityUseCases,
  listKeys,
} from '../../src/modules/identity/index.ts';
import { countByPlace } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits, referenceId } from '../../src/modules/territory/index.ts';
import { openToKeys } from '../../src/open-to-keys.ts';
import { type Actor, createExecute, personOf, systemActor, type UseCase } from '../../src/platform/command.ts';
import { cliIn } from '../support/cli-in-world.ts';
import { makeKey } from '../support/keys.ts';
import { importVillages, paHu, taXiLang } from '../support/lists.ts';
import { draftMessage, person } from '../support/messages.ts';
import { createWorld, type World } from '../support/world.ts';

const PROVINCE = referenceId('2025:province:15');
const DAY = 86_400_000;

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
});
afterAll(() => world.close());

const actorFor = (secret: string, via: Actor['via'] = 'api') =>
  actorByKey(world.database, secret, via, world.clock.now());
const admin = (...roles: Parameters<typeof person>[0][]): Actor => {
  const actor = person('admin', taXiLang);
  return { ...actor, grants: ['admin' as const, ...roles].map((role) => ({ role, placeId: taXiLang })) };
};
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ kind: 'none', code: 'done', fields: [] }),
    ({ kind, code, fields }) => ({ kind, code, fields }),
  );

describe('making a key', () => {
  it('its secret is in the answer and nowhere in the database', async () => {
    const { keyId, secret } = await makeKey(world, { placeId: taXiLang });
    expect(secret).toMatch(/^lantoa_[A-Za-z0-9_-]{43}$/u);
    const { rows } = await world.database.pool.query(
      'select k::text as row from identity.api_key k where key_id = $1',
      [keyId],
    );
    const { rows: audit } = await world.database.pool.query('select refs::text as refs from platform.audit');
    for (const text of [rows[0].row, ...audit.map(({ refs }) => refs)]) expect(text).not.toContain(secret.slice(7));
  });

  it('nobody hands on a role that they do not hold there, and no key is an administrator', async () => {
    const input = { name: 'Loa', role: 'officer' as const, placeId: taXiLang, days: 30 };
    expect(await failure(world.execute(addKey, admin(), input))).toMatchObject({ code: 'key.role-not-held' });
    expect(await failure(world.execute(addKey, admin('leader'), input))).toMatchObject({ code: 'key.role-not-held' });
    expect(await failure(world.execute(addKey, person('officer', taXiLang), input))).toMatchObject({
      kind: 'forbidden',
      code: 'not-allowed',
    });
    expect((await world.execute(addKey, admin('officer'), input)).secret).toMatch(/^lantoa_/u);
    // Held in one commune and administrator of all: still not elsewhere.
    const wide: Actor = {
      ...admin(),
      grants: [
        { role: 'admin', placeId: PROVINCE },
        { role: 'officer', placeId: taXiLang },
      ],
    };
    expect(await failure(world.execute(addKey, wide, { ...input, placeId: paHu }))).toMatchObject({
      code: 'key.role-not-held',
    });
    expect(await failure(world.execute(addKey, admin('officer'), { ...input, placeId: paHu }))).toMatchObject({
      code: 'outside-area',
    });
    expect(await failure(world.execute(addKey, systemActor, { ...input, role: 'admin' as 'officer' }))).toMatchObject({
      kind: 'invalid',
      fields: [{ path: 'role', code: 'key.role' }],
    });
  });

  it('it is made for two years at most, and for something', async () => {
    const input = { name: 'Loa', role: 'agent' as const, placeId: taXiLang, days: 730 };
    await world.execute(addKey, systemActor, input);
    for (const [more, path] of [
      [{ days: 731 }, 'days'],
      [{ days: 0 }, 'days'],
      [{ name: '  ' }, 'name'],
      [{ placeId: 'x' }, 'placeId'],
    ] as const)
      expect(await failure(world.execute(addKey, systemActor, { ...input, ...more }))).toMatchObject({
        kind: 'invalid',
        fields: [{ path }],
      });
    const nowhere = { ...input, placeId: '00000000-0000-7000-8000-000000000000' };
    expect(await failure(world.execute(addKey, systemActor, nowhere))).toMatchObject({ kind: 'not-found' });
  });
});

describe('what a key opens', () => {
  it('stands for its role and place, until it ends, is over, or its maker is shut out', async () => {
    const own = world.clock.now();
    const { keyId, secret } = await makeKey(world, { placeId: taXiLang, days: 10, name: 'Loa thông minh' });
    expect(await actorFor(secret)).toEqual({
      ...{ userId: keyId, keyId, name: 'Loa thông minh', via: 'api' },
      grants: [{ role: 'officer', placeId: taXiLang }],
    });
    for (const wrong of [
      '',
      'x',
      `${secret}x`,
      secret.slice(0, -1),
      secret.replace('lantoa_', 'lantoa-'),
      `lantoa_${'A'.repeat(43)}`,
    ])
      expect(await actorFor(wrong), wrong).toBeUndefined();
    world.clock.set(new Date(own.getTime() + 10 * DAY - 1000));
    expect(await actorFor(secret)).toBeDefined();
    world.clock.set(new Date(own.getTime() + 10 * DAY));
    expect(await actorFor(secret)).toBeUndefined();
    world.clock.set(own);
    await world.execute(endKey, systemActor, { keyId });
    expect(await actorFor(secret)).toBeUndefined();
    expect(await failure(world.execute(endKey, systemActor, { keyId }))).toMatchObject({ code: 'key.ended' });
  });

  it('falls with the account of who made it, and comes back with it', async () => {
    const input = { username: 'nguoi-tao', name: 'Người tạo', role: 'admin' as const, placeId: taXiLang };
    const { userId } = await world.execute(addUser, systemActor, input);
    const { secret } = await makeKey(world, { placeId: taXiLang }, { ...admin('officer'), userId });
    expect(await actorFor(secret)).toBeDefined();
    await world.execute(disableUser, systemActor, { userId });
    expect(await actorFor(secret)).toBeUndefined();
    const listed = await world.execute(listKeys, systemActor, {});
    expect(listed.find(({ createdBy }) => createdBy === userId)).toMatchObject({
      ...{ state: 'maker-shut', createdByName: 'Người tạo' },
    });
    await world.execute(enableUser, systemActor, { userId });
    expect(await actorFor(secret)).toBeDefined();
  });

  it('when it was last used is kept to the day', async () => {
    const { keyId, secret } = await makeKey(world, { placeId: taXiLang });
    const usedOn = async () =>
      (await world.execute(listKeys, systemActor, {})).find((key) => key.keyId === keyId)!.lastUsedOn;
    expect(await usedOn()).toBeNull();
    await actorFor(secret);
    expect(await usedOn()).toBe('2026-06-15');
  });

  it('an administrator sees and ends keys of the own area only', async () => {
    const here = await makeKey(world, { placeId: taXiLang });
    const there = await makeKey(world, { placeId: paHu });
    const seen = (await world.execute(listKeys, admin(), {})).map(({ keyId }) => keyId);
    expect(seen).toContain(here.keyId);
    expect(seen).not.toContain(there.keyId);
    expect(JSON.stringify(await world.execute(listKeys, systemActor, {}))).not.toContain('lantoa_');
    expect(await failure(world.execute(endKey, admin(), { keyId: there.keyId }))).toMatchObject({
      code: 'outside-area',
    });
    await world.execute(endKey, admin(), { keyId: here.keyId });
    expect(await actorFor(here.secret)).toBeUndefined();
    expect(await actorFor(there.secret)).toBeDefined();
  });
});

describe('a key is neither the product nor a person', () => {
  it('does nothing that is not on the list, with whatever role', async () => {
    for (const role of ['officer', 'leader', 'editor', 'agent'] as const) {
      const actor = (await actorFor((await makeKey(world, { role, placeId: PROVINCE })).secret))!;
      const closed = useCases.filter((each) => !openToKeys.includes(each));
      const codes: string[] = [];
      for (const useCase of closed) codes.push((await failure(world.execute(useCase, actor, sampleOf(useCase)))).code);
      // Refused before anything is looked up, or already because the input could not be read.
      expect(codes.filter((code) => code !== 'not-by-key' && code !== 'input')).toEqual([]);
      expect(codes.filter((code) => code === 'not-by-key').length).toBeGreaterThan(closed.length / 2);
    }
  });

  it('the list has nothing of accounts, roles, keys and the product itself', () => {
    expect(openToKeys.filter((useCase) => identityUseCases.includes(useCase as never))).toEqual([]);
    expect(openToKeys.filter(({ allow }) => allow === 'system')).toEqual([]);
    expect(openToKeys.filter((useCase) => !useCases.includes(useCase))).toEqual([]);
    expect(new Set(openToKeys).size).toBe(openToKeys.length);
    const persons = ['content.approve-message', 'content.approve-form', 'plans.issue-plan', 'visits.record-visit-list'];
    expect(openToKeys.filter(({ name }) => persons.includes(name))).toEqual([]);
  });

  it('without a list it can ask nothing, and never becomes the product by lack of an id', async () => {
    const bare = createExecute({
      ...{ database: world.database, clock: world.clock, files: world.files, secret: Buffer.alloc(32) },
      ...{ enqueue: () => async () => {}, subscriptions: [], covers: async () => true },
    });
    const actor = (await actorFor((await makeKey(world, { placeId: taXiLang })).secret))!;
    const input = { placeId: taXiLang };
    expect(await failure(bare(countByPlace, actor, input))).toMatchObject({ code: 'not-by-key' });
    const nobody: Actor = { ...actor, userId: null, grants: [] };
    expect(await failure(world.execute(countByPlace, nobody, input))).toMatchObject({ code: 'not-allowed' });
  });

  it('approves nothing, even where the list would let it, and is offered no approval', async () => {
    const writer = person('officer', taXiLang);
    const messageId = await draftMessage(world, writer, taXiLang, 'khoa-khong-duyet');
    await world.execute(submitMessage, writer, { messageId });
    const key = (await actorFor((await makeKey(world, { role: 'leader', placeId: taXiLang })).secret))!;
    expect(personOf(key)).toBeNull();
    const careless = createExecute({
      ...{ database: world.database, clock: world.clock, files: world.files, secret: Buffer.alloc(32) },
      ...{ enqueue: () => async () => {}, subscriptions: [], covers: async () => true },
      openToKeys: [approveMessage, getMessage] as readonly UseCase[],
    });
    const { editions } = await careless(getMessage, key, { messageId });
    expect(editions[0]!.acts).not.toContain('approve');
    const seen = editions[0]!.seen;
    expect(await failure(careless(approveMessage, key, { messageId, seen }))).toMatchObject({
      ...{ kind: 'conflict', code: 'message.nobody' },
    });
    // The same by a leader who is a person.
    await world.execute(approveMessage, person('leader', taXiLang), { messageId, seen });
  });

  it('the audit tells the key, and no person', async () => {
    const { keyId, secret } = await makeKey(world, { placeId: taXiLang });
    const key = (await actorFor(secret))!;
    const name = 'registry.refuse-contact';
    const refuse = openToKeys.find((useCase) => useCase.name === name)!;
    await world.execute(refuse, key, { phone: '0540000001', how: 'phone' });
    const { rows } = await world.database.pool.query(
      'select user_id, key_id, via from platform.audit where name = $1 order by audit_id desc limit 1',
      [name],
    );
    expect(rows).toEqual([{ user_id: null, key_id: keyId, via: 'api' }]);
  });
});

describe('at the terminal', () => {
  const cli = (...args: string[]) => cliIn(world)(...args);
  const byKey = (token: string, ...args: string[]) => cliIn(world, undefined, { LANTOA_TOKEN: token })(...args);
  const made = ['--name', 'Kịch bản', '--role', 'officer', '--place', '04603', '--days', '30'];

  it('makes a key, shows it once, lists it, ends it', async () => {
    const added = await cli('key', 'add', ...made, '--json');
    expect(added).toMatchObject({ code: 0, json: { name: 'Kịch bản', role: 'officer', placeId: taXiLang } });
    const { keyId, secret } = added.json;
    const said = await cli('key', 'add', ...made);
    expect(said.out).toMatch(/Đã tạo khóa “Kịch bản”.*15\/07\/2026.*\nlantoa_[A-Za-z0-9_-]{43}\n$/su);
    expect(said.err).toContain('không hiện lại');
    const listed = await cli('key', 'list', '--lang', 'en');
    expect(listed.out).toContain(keyId);
    expect(listed.out).not.toContain(secret);
    expect((await cli('key', 'end', keyId)).out).toContain('Đã kết thúc khóa “Kịch bản”');
    expect((await cli('key', 'list', '--json')).json.keys).toContainEqual(
      expect.objectContaining({ keyId, state: 'ended' }),
    );
    expect((await cli('key', 'end', keyId)).err).toContain('đã kết thúc trước đó');
  });

  it('says what is wrong', async () => {
    for (const [args, text] of [
      [['key', 'add', ...made, '--role', 'admin'], 'officer, leader, editor, agent'],
      [['key', 'add', ...made, '--days', '731'], '730'],
      [['key', 'end', 'x'], 'key list'],
    ] as const) {
      const { code, err } = await cli(...args);
      expect(code, args.join(' ')).not.toBe(0);
      expect(err, args.join(' ')).toContain(text);
    }
  });

  it('acts by the key of LANTOA_TOKEN', async () => {
    const { keyId, secret } = (await cli('key', 'add', ...made, '--json')).json;
    expect(await byKey(secret, 'count', '04603', '--json')).toMatchObject({ code: 0 });
    expect(await byKey(secret, 'count', paHu, '--json')).toMatchObject({ json: { error: { code: 'outside-area' } } });
    expect(await byKey(secret, 'key', 'list', '--json')).toMatchObject({ json: { error: { code: 'not-by-key' } } });
    expect((await byKey(secret, 'user', 'list')).err).toContain('Việc này không làm được bằng khóa');
    expect(await byKey(secret, 'count', '04603', '--as', 'ai-do', '--json')).toMatchObject({
      json: { error: { code: 'cli.token-and-as' } },
    });
    await cli('key', 'end', keyId);
    expect(await byKey(secret, 'count', '04603', '--json')).toMatchObject({ json: { error: { code: 'cli.token' } } });
  });
});

/** An input that most use cases read: what they would do with it does not matter here. */
const ID = '0190b5a0-0000-7000-8000-000000000001';
const sampleOf = (useCase: UseCase): Record<string, unknown> => ({
  ...{ placeId: ID, keyId: ID, userId: ID, messageId: ID, importId: ID, visitId: ID, dispatchId: ID, subjectId: ID },
  ...{ lineId: ID, formId: ID, code: 'x', seen: 'x', password: 'mat-khau-dai', username: 'nguoi-nao-do', note: 'x' },
  ...{
    name: 'x',
    role: 'officer',
    days: 1,
    sessionId: ID,
    attemptId: ID,
    draftId: ID,
    path: '/',
    grantId: ID,
    text: 'x',
  },
  ...(useCase.name.startsWith('identity.') ? { form: {}, address: '::1', linkSecret: 'x' } : {}),
});

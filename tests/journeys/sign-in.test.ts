import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUser, createSignInLink, disableUser, endRole, listUsers } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { forbidden } from '../../src/shared/errors.ts';
import { say } from '../../src/shared/words/index.ts';
import { page } from '../../src/web/page.ts';
import { pages } from '../../src/web/routes.ts';
import type { Web } from '../../src/web/server.ts';
import { textOf } from '../../src/web/typed.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { COMMUNE, createPeople, PASSWORD } from '../support/sign-in.ts';
import type { World } from '../support/world.ts';

let world: World;
let web: Web;
let walker: Walker;
let received: { note: string; by: string }[] = [];

const minutes = (count: number): Date => new Date(world.clock.now().getTime() + count * 60_000);
const text = async (response: Response): Promise<string> => response.text();

/** A page with a form of its own, as other parts of the product bring them. */
const notePages = [
  page({
    method: 'GET',
    path: '/notes',
    signedIn: true,
    handle: async ({ typed }) => ({ title: 'notes', body: textOf(typed.values, 'note') }),
  }),
  page({
    method: 'POST',
    path: '/notes',
    signedIn: true,
    again: async ({ typed }) => ({ title: 'notes', body: textOf(typed.values, 'note') }),
    handle: async ({ form, actor }) => {
      received.push({ note: textOf(form, 'note'), by: actor.name });
      return { redirect: '/notes' };
    },
  }),
  page({
    method: 'POST',
    path: '/files',
    signedIn: true,
    files: {
      admit: ({ actor }) => {
        if (!actor.grants.some(({ role }) => role === 'officer')) throw forbidden('not-allowed', { what: 'files' });
      },
      release: async (_, uploads) => {
        for (const { sha256 } of uploads) await world.files.remove(sha256);
      },
    },
    handle: async ({ uploads, form }) => {
      if (textOf(form, 'sender') === 'refused') throw forbidden('not-allowed', { what: 'files' });
      return {
        download: JSON.stringify({ uploads, form }),
        fileName: 'Danh sách hộ.json',
        type: 'application/json',
      };
    },
  }),
];

const linkFor = async (username: string): Promise<string> =>
  (await world.execute(createSignInLink, systemActor, { username })).path;

const enter = async (username: string, who = walker, to = '/'): Promise<void> => {
  const path = await linkFor(username);
  expect((await who.send(path, path, {})).headers.get('location')).toBe(to);
};

const signInAs = (username: string, password: string, next = '/'): Promise<Response> =>
  walker.send('/sign-in', '/sign-in', { username, password, next });

beforeAll(async () => {
  world = await createPeople();
  web = await startPages(world, [...pages, ...notePages]);
});

afterAll(async () => {
  await web?.close();
  await world?.close();
});

beforeEach(async () => {
  received = [];
  walker = createWalker(web.url);
  world.clock.set(new Date(world.clock.now().getTime() + 3_600_000));
});

describe('password', () => {
  it('the right one goes in, to the page that was asked for', async () => {
    const asked = await walker.get('/account');
    expect(asked.status).toBe(303);
    expect(asked.headers.get('location')).toBe('/sign-in?next=%2Faccount');
    const entered = await signInAs(' HOA ', PASSWORD, '/account');
    expect(entered.status).toBe(303);
    expect(entered.headers.get('location')).toBe('/account');
    const cookie = entered.headers.getSetCookie().find((line) => line.startsWith('lantoa_session='))!;
    expect(cookie).toMatch(/HttpOnly/u);
    expect(cookie).toMatch(/SameSite=Lax/u);
    expect(cookie).not.toMatch(/Secure/u);
    const account = await text(await walker.get('/account'));
    expect(account).toContain('Người hoa');
    expect(account).toContain('xã Nà Mẫu');
  });

  it('the database holds neither the password nor what is in the cookie', async () => {
    await signInAs('hoa', PASSWORD);
    const { rows } = await world.database.pool.query(
      'select (select json_agg(s) from identity.session s)::text as s, (select json_agg(a) from identity.account a)::text as a',
    );
    expect(rows[0].s).not.toContain(walker.cookies.get('lantoa_session'));
    expect(rows[0].a).toContain('$argon2id$');
    expect(rows[0].a).not.toContain(PASSWORD);
  });

  it('a wrong one, an unknown name and an account without any say the same, and the name stays in the field', async () => {
    for (const username of ['hoa', 'nobody', 'can-bo', '???']) {
      const refused = await signInAs(username, 'wrong wrong wrong');
      expect(refused.status).toBe(422);
      const body = await text(refused);
      expect(body).toContain(say('vi', 'error.wrong-credentials'));
      expect(body).toContain(`value="${username}"`);
      expect(body).not.toContain('wrong wrong wrong');
    }
  });

  it('five failures close the account for a quarter of an hour, also to the right password and to tries at once', async () => {
    const csrf = await walker.token('/sign-in');
    const tries = Array.from({ length: 12 }, () =>
      walker.post('/sign-in', new URLSearchParams({ csrf, username: 'minh', password: 'wrong wrong', next: '/' })),
    );
    const bodies = await Promise.all(tries.map(async (one) => text(await one)));
    expect(bodies.filter((body) => body.includes(say('vi', 'error.wrong-credentials')))).toHaveLength(5);
    expect(await text(await signInAs('minh', PASSWORD))).toContain(
      say('vi', 'error.too-many-attempts', { minutes: 15 }),
    );
    world.clock.set(minutes(16));
    expect((await signInAs('minh', PASSWORD)).status).toBe(303);
  });

  it('thirty failures close an address, whatever the names', async () => {
    const csrf = await walker.token('/sign-in');
    const attempt = async (username: string) =>
      text(await walker.post('/sign-in', new URLSearchParams({ csrf, username, password: 'wrong wrong', next: '/' })));
    for (let count = 0; count < 30; count += 1) expect(await attempt(`none${count}`)).not.toContain('15 phút');
    expect(await text(await signInAs('hoa', PASSWORD))).toContain(
      say('vi', 'error.too-many-attempts', { minutes: 15 }),
    );
  });

  it('is changed by who knows the old one; other sessions end, this one stays', async () => {
    const other = createWalker(web.url);
    await enter('hoa', other);
    await signInAs('hoa', PASSWORD);
    const change = (fields: Record<string, string>) => walker.send('/account', '/account/password', fields);
    const differ = await change({ oldPassword: PASSWORD, password: 'một hai ba bốn', passwordAgain: 'một hai ba năm' });
    expect(await text(differ)).toContain(say('vi', 'error.passwords-differ'));
    const short = await change({ oldPassword: PASSWORD, password: 'ngắn', passwordAgain: 'ngắn' });
    expect(await text(short)).toContain(say('vi', 'error.password-too-short'));
    const wrong = await change({
      oldPassword: 'không phải',
      password: 'một hai ba bốn',
      passwordAgain: 'một hai ba bốn',
    });
    expect(await text(wrong)).toContain(say('vi', 'error.old-password-wrong'));
    const done = await change({ oldPassword: PASSWORD, password: 'một hai ba bốn', passwordAgain: 'một hai ba bốn' });
    expect(done.headers.get('location')).toBe('/account?done=password');
    expect((await walker.get('/account')).status).toBe(200);
    expect((await other.get('/account')).status).toBe(303);
    await change({ oldPassword: 'một hai ba bốn', password: PASSWORD, passwordAgain: PASSWORD });
  });
});

describe('link', () => {
  it('opens once: looking does not use it up, a second press says what to do', async () => {
    const path = await linkFor('can-bo');
    expect((await walker.get(path)).status).toBe(200);
    expect((await walker.get(path)).status).toBe(200);
    expect((await walker.send(path, path, {})).status).toBe(303);
    expect(await text(await walker.get('/'))).toContain('Cán bộ (mô phỏng)');
    const second = createWalker(web.url);
    const refused = await second.send('/sign-in', path, {});
    expect(refused.status).toBe(409);
    const body = await text(refused);
    expect(body).toContain(say('vi', 'error.link-used'));
    expect(body).toContain(say('vi', 'page.link.what-to-do'));
    expect((await second.get('/')).status).toBe(303);
    // Whoever opens it again is told the same, and finds nothing to press.
    const again = await second.get(path);
    expect(again.status).toBe(409);
    const looked = await text(again);
    expect(looked).toContain(say('vi', 'error.link-used'));
    expect(looked).not.toContain(`action="${path}"`);
  });

  it('of two who press at once, one goes in', async () => {
    const path = await linkFor('lanh-dao');
    const both = [createWalker(web.url), createWalker(web.url)];
    const statuses = await Promise.all(both.map(async (who) => (await who.send(path, path, {})).status));
    expect(statuses.sort()).toEqual([303, 409]);
  });

  it('is dead after a quarter of an hour, and so is an invented one', async () => {
    const path = await linkFor('can-bo');
    world.clock.set(minutes(16));
    for (const dead of [path, '/sign-in/link/invented']) {
      const looked = await walker.get(dead);
      expect(looked.status).toBe(409);
      expect(await text(looked)).not.toContain(`action="${dead}"`);
      const refused = await walker.send('/sign-in', dead, {});
      expect(refused.status).toBe(409);
      expect(await text(refused)).toContain(say('vi', 'error.link-expired'));
    }
  });
});

describe('forms', () => {
  it('without our token nothing is done, and nothing typed is lost', async () => {
    await enter('can-bo');
    for (const csrf of ['', 'x'.repeat(43)]) {
      const refused = await walker.post('/notes', new URLSearchParams({ csrf, note: 'chưa gửi' }));
      expect(refused.status).toBe(403);
      expect(await text(refused)).toContain('chưa gửi');
    }
    expect((await walker.post('/sign-out', new URLSearchParams())).status).toBe(403);
    const files = new FormData();
    files.set('list', new File(['x'], 'a.csv'));
    expect((await walker.post('/files', files)).status).toBe(403);
    expect(received).toEqual([]);
  });

  it('from elsewhere nothing is done, even with our token', async () => {
    await enter('can-bo');
    const csrf = await walker.token('/');
    const from = (headers: Record<string, string>) =>
      walker.post('/notes', new URLSearchParams({ csrf, note: 'x' }), headers);
    expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await from({ origin: 'null' })).status).toBe(403);
    expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await from({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    const silent = await fetch(`${web.url}/notes`, { method: 'POST', body: new URLSearchParams({ csrf, note: 'x' }) });
    expect(silent.status).toBe(403);
    expect(received).toEqual([]);
    expect((await from({ 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    expect(received).toEqual([{ note: 'x', by: 'Cán bộ (mô phỏng)' }]);
  });

  it('files go into the store, after the fields before them', async () => {
    await enter('can-bo');
    const body = new FormData();
    body.set('csrf', await walker.token('/'));
    body.set('sender', 'Xã Nà Mẫu');
    body.set('list', new File(['a,b\n1,2\n'], 'Danh sách.csv'));
    body.set('members', new File([], ''));
    const answered = await walker.post('/files', body);
    expect(answered.headers.get('content-disposition')).toBe(
      `attachment; filename="danh-sach-ho.json"; filename*=UTF-8''Danh%20s%C3%A1ch%20h%E1%BB%99.json`,
    );
    const { uploads, form } = (await answered.json()) as {
      uploads: { sha256: string; fileName: string; size: number }[];
      form: { sender: string };
    };
    expect(form.sender).toBe('Xã Nà Mẫu');
    expect(uploads).toMatchObject([{ field: 'list', fileName: 'Danh sách.csv', size: 8 }]);
    expect(await world.files.path(uploads[0]!.sha256)).toContain(world.dataDir);
  });

  it('files are kept from nobody who may not send them, of no refused form, of no page that asks for none', async () => {
    const kept = () => readdir(join(world.dataDir, 'files'));
    const sent = async (path: string, sender: string) => {
      const body = new FormData();
      body.set('csrf', await walker.token('/'));
      body.set('sender', sender);
      body.set('list', new File([`of ${sender} to ${path}`], 'a.csv'));
      return (await walker.post(path, body)).status;
    };
    const before = await kept();
    await enter('can-bo');
    expect(await sent('/files', 'refused')).toBe(403);
    expect(await sent('/notes', 'anybody')).toBe(303);
    expect(await kept()).toEqual(before);
    expect(await sent('/files', 'somebody')).toBe(200);
    expect(await kept()).toHaveLength(before.length + 1);
    await enter('minh');
    expect(await sent('/files', 'admin')).toBe(403);
    expect(await kept()).toHaveLength(before.length + 1);
  });
});

describe('a session', () => {
  it('ends twelve hours after the last use', async () => {
    await enter('can-bo');
    for (let use = 0; use < 3; use += 1) {
      world.clock.set(minutes(11 * 60));
      expect((await walker.get('/')).status).toBe(200);
    }
    world.clock.set(minutes(12 * 60 + 1));
    expect((await walker.get('/')).headers.get('location')).toBe('/sign-in?next=%2F');
  });

  it('that ended in the middle of a form: what was typed comes back, to the same person only', async () => {
    await enter('can-bo');
    const csrf = await walker.token('/');
    world.clock.set(minutes(13 * 60));
    const late = await walker.post('/notes', new URLSearchParams({ csrf, note: 'Nhà bà Mỷ', password: 'bí mật' }));
    const door = late.headers.get('location')!;
    expect(door).toMatch(/^\/sign-in\?next=%2Fnotes%3Fdraft%3D/u);
    expect(received).toEqual([]);
    expect(await text(await walker.get(door))).toContain(say('vi', 'page.sign-in.kept'));
    const next = new URL(door, web.url).searchParams.get('next')!;
    const kept = await world.database.pool.query('select form::text as form from identity.form_draft');
    expect(kept.rows.map((row) => row.form).join()).not.toContain('bí mật');

    const stranger = createWalker(web.url);
    await enter('lanh-dao', stranger);
    expect(await text(await stranger.get(next))).not.toContain('Nhà bà Mỷ');
    await enter('can-bo', walker, next);
    expect(await text(await walker.get(next))).toContain('Nhà bà Mỷ');
    expect(await text(await walker.get(next.replace('/notes', '/account')))).not.toContain('Nhà bà Mỷ');
    world.clock.set(minutes(25 * 60));
    await enter('can-bo');
    expect(await text(await walker.get(next))).not.toContain('Nhà bà Mỷ');
  });

  it('is over after signing out, whoever kept the cookie', async () => {
    await enter('can-bo');
    const kept = walker.cookies.get('lantoa_session')!;
    expect((await walker.send('/', '/sign-out', {})).headers.get('location')).toBe('/sign-in');
    expect(walker.cookies.has('lantoa_session')).toBe(false);
    expect(
      (await fetch(`${web.url}/`, { headers: { cookie: `lantoa_session=${kept}` }, redirect: 'manual' })).status,
    ).toBe(303);
  });

  it('of somebody disabled is out at once; a role that ended holds no more at the next request', async () => {
    const { userId } = await world.execute(addUser, systemActor, {
      username: 'lan',
      name: 'Lan',
      role: 'officer',
      placeId: COMMUNE,
    });
    await enter('lan');
    expect(await text(await walker.get('/'))).toContain('href="/imports"');
    const [lan] = (await world.execute(listUsers, systemActor, {})).filter((user) => user.userId === userId);
    await world.execute(endRole, systemActor, { grantId: lan!.grants[0]!.grantId });
    const home = await text(await walker.get('/'));
    expect(home).not.toContain('href="/imports"');
    expect(home).toContain(say('vi', 'page.home.no-role'));
    await world.execute(disableUser, systemActor, { userId });
    expect((await walker.get('/')).status).toBe(303);
    await expect(linkFor('lan')).rejects.toMatchObject({ code: 'account-disabled' });
  });
});

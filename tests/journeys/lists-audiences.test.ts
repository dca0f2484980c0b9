import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  exportAudienceSubjects,
  findAudiences,
  listAudienceSubjects,
  listAudiences,
  saveAudience,
} from '../../src/modules/audiences/index.ts';
import { exportEntries, listEntries } from '../../src/modules/audit/index.ts';
import { actorByUsername, addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { addOfficer, listedClasses } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { audiencesPages } from '../../src/web/pages/audiences/index.ts';
import { auditPages } from '../../src/web/pages/audit/index.ts';
import { choicesPages } from '../../src/web/pages/choices/choices.page.ts';
import { signInPages } from '../../src/web/pages/sign-in/sign-in.page.tsx';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { actorOf } from '../support/evidence.ts';
import { disorder, named, rankIn } from '../support/list-orders.ts';
import { bringIn, importVillages, type Row, since2025, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let officer: Walker;
let leader: Walker;
let one: Actor;

const here = actorOf('officer', taXiLang);
const classes: readonly string[] = listedClasses;

const enter = async (role: 'officer' | 'leader'): Promise<Walker> => {
  const account = { name: `Người ${role}`, password: 'một mật khẩu dài', placeId: taXiLang };
  await world.execute(addUser, systemActor, { ...account, username: role, role });
  const walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username: role });
  await walker.send(path, path, {});
  return walker;
};

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const row = (code: string, head: string, village: string, of: string): Row => ({ code, head, village, class: of });
  await bringIn(world, {
    asOf: '2025-11-30',
    rows: [
      row('A3', 'Giàng A Chu', 'Thôn Hai', 'Hộ nghèo'),
      row('A1', 'Đinh Văn Bé', 'Thôn Một', 'Hộ cận nghèo'),
      row('A2', 'Ấu Thị Ca', 'Thôn Ba', 'Hộ nghèo'),
      row('A5', 'Ân Văn Đơ', 'Thôn Hai', 'Hộ mới thoát nghèo'),
      row('A4', 'Mùa A Páo', 'Thôn Ba', 'Hộ cận nghèo'),
    ],
  });
  for (const [name, body, post] of [
    ['Đỗ Thị Ánh', 'UBND', 'Công chức văn hoá'],
    ['An Văn Bình', 'Trạm y tế', 'Bí thư'],
    ['Cư A Việc', 'Ban thôn', 'Ấn chỉ viên'],
  ] as const)
    await world.execute(addOfficer, here, { name, body, post, placeId: taXiLang });
  const rule = { subject: 'household', where: { class: ['poor'] } };
  for (const [code, name] of [['ho-cua-xa', 'Ấp nghèo'], ['can-bo-xa', 'Đội xã']] as const)
    await world.execute(saveAudience, here, { code, name, placeId: taXiLang, rule }); // biome-ignore format: a table
  const elsewhere = since2025('04606');
  const theirs = { code: 'cua-xa-khac', name: 'Của xã khác', placeId: elsewhere, rule };
  await world.execute(saveAudience, actorOf('officer', elsewhere), theirs);
  web = await startPages(world, [...signInPages, ...choicesPages, ...audiencesPages, ...auditPages]);
  officer = await enter('officer');
  leader = await enter('leader');
  one = await actorByUsername(world.database, 'leader', 'web', world.clock.now());
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

const lines = async (walker: Walker, path: string) =>
  (await (await walker.get(path)).text()).replace('\ufeff', '').trim().split('\r\n');
const main = async (walker: Walker, path: string) => (await (await walker.get(path)).text()).split('<main')[1]!;
const refused = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    ({ code }) => code,
  );

describe('audiences', () => {
  it('come by every column, both ways, page by page; as before where nobody asks', async () => {
    const { wrong, moving } = await disorder({
      ask: (asked) => world.execute(findAudiences, here, asked),
      idOf: ({ code }) => code,
      size: 8,
      keys: {
        // Readers' order: the test's own, by the rank among all names.
        name: ({ name }) => rankIn(names, name),
        code: ({ code }) => rankIn(codes, code),
        subject: ({ subject }) => ['household', 'officer'].indexOf(subject),
        whose: ({ place }) => rankIn(['', ...places], place ?? ''),
      },
    });
    expect(wrong).toEqual([]);
    expect(moving).toEqual(expect.arrayContaining(['name', '-name', 'code', '-code', '-subject', '-whose']));
  });

  let names: string[] = [];
  let codes: string[] = [];
  let places: string[] = [];
  beforeAll(async () => {
    const all = await world.execute(listAudiences, here, {});
    names = all.map(({ name }) => name);
    codes = all.map(({ code }) => code);
    places = all.flatMap(({ place }) => place ?? []);
  });

  it('are found by name or code, in the language of the page, and by whose they are', async () => {
    const found = async (input: object) =>
      (await world.execute(findAudiences, here, input)).rows.map(({ code }) => code).sort();
    const all = await world.execute(listAudiences, here, {});
    expect(await found({})).toEqual(all.map(({ code }) => code).sort());
    expect(await found({ text: 'ap ngheo' })).toEqual(['ho-cua-xa']);
    expect(await found({ text: 'cua xa' })).toEqual(['ho-cua-xa']);
    expect(await found({ text: '…' })).toEqual([]);
    expect(await found({ whose: 'own' })).toEqual(['can-bo-xa', 'ho-cua-xa']);
    const officers = all.filter(({ subject }) => subject === 'officer').map(({ code }) => code);
    expect(await found({ subject: 'officer' })).toEqual(officers.sort());
    expect(await found({ text: 'near-poor', language: 'en' })).toContain('ho-can-ngheo');
    expect(await main(officer, '/audiences?text=ap+ngheo')).toContain('1 đối tượng');
    const file = await lines(officer, '/audiences.csv?whose=own&sort=-name');
    expect(file.map((line) => line.split(',')[0])).toEqual(['Đối tượng', 'Đội xã', 'Ấp nghèo']);
  });
});

describe('the people of an audience', () => {
  const order = (code: string) =>
    disorder({
      ask: (asked) => world.execute(listAudienceSubjects, here, { code, ...asked }),
      idOf: ({ name, code: own }) => name ?? own,
      keys: {
        name: ({ name }) => named(name),
        code: ({ code: own }) => own,
        place: ({ place }) => rankIn(['thôn một', 'thôn hai', 'thôn ba'], place.toLowerCase().split(',')[0]!),
        class: ({ class: of }) => (of === null ? null : classes.indexOf(of)),
        post: ({ post }) => named(post),
        body: ({ body }) => named(body),
      },
    });

  it('come by every column, both ways, page by page: households and officers', async () => {
    const households = await order('ho-trong-so');
    expect(households.wrong).toEqual([]);
    expect(households.moving).toEqual(expect.arrayContaining(['name', '-name', 'code', '-code', 'class', '-class']));
    const officers = await order('can-bo-trong-so');
    expect(officers.wrong).toEqual([]);
    expect(officers.moving).toEqual(expect.arrayContaining(['post', 'body', '-name']));
  });

  it('stand on its page as asked for, and leave the house as they stand there', async () => {
    const html = await main(leader, '/audiences/ho-trong-so?show=fits&sort=-name');
    expect(html).toContain('5 hộ');
    expect(html).toMatch(/Mùa A Páo[\s\S]*Giàng A Chu[\s\S]*Đinh Văn Bé[\s\S]*Ấu Thị Ca[\s\S]*Ân Văn Đơ/u);
    expect(html).toContain('href="/audiences/ho-trong-so.csv?show=fits&amp;sort=-name"');
    const body = new URLSearchParams({ csrf: await leader.token('/audiences'), list: 'audience-members', next: '/' });
    for (const column of ['name', 'class']) body.append('column', column);
    expect((await leader.post('/columns', body)).status).toBe(303);
    const file = await lines(leader, '/audiences/ho-ngheo.csv?show=fits&sort=-code');
    expect(file).toEqual(['Họ tên,Diện hộ', 'Giàng A Chu,Hộ nghèo', 'Ấu Thị Ca,Hộ nghèo']);
    const { rows } = await world.database.pool.query(
      `select refs from platform.audit where name = 'audiences.export-audience-subjects' order by audit_id desc limit 1`,
    );
    expect(rows[0].refs).toMatchObject({ code: 'ho-ngheo', placeId: null, show: 'fits', rows: 2 });
    expect((await leader.get('/audiences/khong-co.csv')).status).toBe(404);
    for (const role of ['editor', 'admin'] as const)
      expect(await refused(world.execute(exportAudienceSubjects, actorOf(role, taXiLang), { code: 'ho-ngheo' }))).toBe('not-allowed'); // biome-ignore format: a call
  });
});

describe('the log', () => {
  it('says how many rows there are on every page of it, and gives all of them as a file', async () => {
    const whole = await world.execute(listEntries, one, { limit: 500 });
    expect([whole.total, whole.more]).toEqual([whole.entries.length, false]);
    const seen: number[] = [];
    let before: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listEntries.run>> = await world.execute(listEntries, one, {
        before,
        limit: 2,
      });
      expect(page.total).toBe(whole.total);
      seen.push(...page.entries.map(({ auditId }) => auditId));
      before = page.next;
    } while (before);
    expect(seen).toEqual(whole.entries.map(({ auditId }) => auditId));
    const group = { group: 'audiences' } as const;
    const some = await world.execute(listEntries, one, group);
    expect(await main(leader, '/audit?group=audiences')).toContain(`${some.total} việc`);
    const file = await lines(leader, '/audit.csv?group=audiences');
    expect(file[0]).toBe('Lúc,Người làm,Việc,Liên quan đến,Mã đầy đủ,Số lượng,Qua');
    expect(file).toHaveLength(1 + some.total);
    expect(await world.execute(exportEntries, one, group)).toMatchObject({ total: some.total });
    expect((await officer.get('/audit.xlsx')).status).toBe(403);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getAudience } from '../../src/modules/audiences/index.ts';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { audiencesPages } from '../../src/web/pages/audiences/index.ts';
import { householdPages } from '../../src/web/pages/households/household.page.tsx';
import { signInPages } from '../../src/web/pages/sign-in/sign-in.page.tsx';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { bringIn, importVillages, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let officer: Walker;
let leader: Walker;

const enter = async (role: 'officer' | 'leader'): Promise<Walker> => {
  const walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username: role });
  await walker.send(path, path, {});
  return walker;
};
const page = async (walker: Walker, path: string): Promise<[status: number, html: string]> => {
  const response = await walker.get(path);
  return [response.status, await response.text()];
};
const send = async (fields: Record<string, string | readonly string[]>) => {
  const body = new URLSearchParams({ csrf: await officer.token('/audiences/new') });
  for (const [name, value] of Object.entries({ placeId: taXiLang, do: 'save', ...fields }))
    for (const each of [value].flat()) body.append(name, each);
  return officer.post('/audiences', body);
};
const ruleOf = async (code: string) => (await world.execute(getAudience, systemActor, { code })).rule;

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, {
    asOf: '2025-11-30',
    rows: [
      { code: 'A1', head: 'Giàng A Chu', village: 'Thôn Một', class: 'Hộ nghèo', size: 2, lacks: [4, 6, 11] },
      { code: 'A2', head: 'Giàng A Dế', village: 'Thôn Hai', class: 'Hộ cận nghèo', size: 1, lacks: [1] },
      { code: 'A3', head: 'Giàng A Sử', village: 'Thôn Hai', class: 'Hộ nghèo', size: 1, livelihood: 'Trồng ngô, nuôi lợn' },
    ],
  }); // biome-ignore format: a table of households
  web = await startPages(world, [...signInPages, ...audiencesPages, ...householdPages]);
  for (const role of ['officer', 'leader'] as const)
    await world.execute(addUser, systemActor, {
      username: role, name: role, password: 'một mật khẩu dài', role, placeId: taXiLang,
    }); // biome-ignore format: a row
  officer = await enter('officer');
  leader = await enter('leader');
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

describe('pages of audiences', () => {
  it('list what there is, and one counts by village', async () => {
    const [status, list] = await page(officer, '/audiences');
    expect(status).toBe(200);
    expect(list).toContain('href="/audiences/ho-ngheo"');
    expect(list).toContain('Tổ công nghệ số cộng đồng');
    const [, one] = await page(officer, '/audiences/ho-ngheo');
    expect(one).toContain('Hộ nghèo.');
    expect(one).toMatch(/Thôn Một[\s\S]*Thôn Hai|Thôn Hai[\s\S]*Thôn Một/u);
    expect(one).toContain('Sổ chỉ có những hộ nằm trong danh sách đã nhập');
    expect(one).not.toContain('Giàng A Chu');
    expect(one).not.toContain('/audiences/ho-ngheo/end');
    expect((await page(officer, '/audiences/khong-co'))[0]).toBe(404);
    expect((await page(officer, '/audiences/ho-ngheo?on=30/02/2026'))[1]).toContain('Ngày chưa đúng');
    expect((await page(officer, '/audiences/ho-ngheo?on=01/01/2030'))[1]).toContain('sau hôm nay');
  });

  it('list who is behind the figures only when asked', async () => {
    const looks = async () =>
      (
        await world.database.pool.query(
          `select count(*)::int as n from platform.audit where name like '%list-audience%'`,
        )
      ).rows[0].n;
    const before = await looks();
    await page(leader, '/audiences/ho-ngheo');
    expect(await looks()).toBe(before);
    const [, html] = await page(leader, '/audiences/ho-ngheo?show=fits');
    expect(html).toContain('Giàng A Chu');
    expect(html).not.toContain('Giàng A Dế');
    expect(await looks()).toBe(before + 1);
  });

  it('the form joins what was chosen, and says first how many there are', async () => {
    const chosen = { name: 'Hộ nghèo thiếu BHYT hoặc việc làm', class: ['poor', 'near_poor'], lacks: ['4', '1'] };
    const tried = await send({ ...chosen, do: 'try' });
    expect(tried.status).toBe(200);
    const html = await tried.text();
    expect(html).toContain('Hộ nghèo hoặc hộ cận nghèo, thiếu hụt chỉ số 4');
    expect(html).toContain('2 thuộc đối tượng, 0 chưa rõ, trên 3 trong sổ');
    expect(html).toContain('value="Hộ nghèo thiếu BHYT hoặc việc làm"');
    const saved = await send(chosen);
    expect([saved.status, saved.headers.get('location')]).toEqual([
      303,
      '/audiences/ho-ngheo-thieu-bhyt-hoac-viec-lam',
    ]);
    expect(await ruleOf('ho-ngheo-thieu-bhyt-hoac-viec-lam')).toEqual({
      subject: 'household',
      where: { all: [{ class: ['poor', 'near_poor'] }, { any: [{ lacks: 4 }, { lacks: 1 }] }] },
    });
    await send({
      name: 'Mọi điều kiện', code: 'moi-dieu-kien', class: 'poor', languages: ['hmn', 'blt'], reads: 'no-vi', ethnicity: 'Mông, Thái',
      status: 'special-difficulty', phone: 'none', livelihood: 'ngô; lợn', ageFrom: '60', ageTo: '75',
    }); // biome-ignore format: a form
    expect(await ruleOf('moi-dieu-kien')).toEqual({
      subject: 'household',
      where: {
        all: [
          { class: ['poor'] },
          { languages: { some: ['hmn', 'blt'] } },
          { languagesRead: { none: ['vi'] } },
          { ethnicity: ['Mông', 'Thái'] },
          { status: ['special-difficulty'] },
          { mobile: false },
          { livelihood: { contains: ['ngô', 'lợn'] } },
          { some: { age: { min: 60, max: 75 } } },
        ],
      },
    });
  });

  it('the form keeps what was typed when it is refused, and says where a rule is wrong', async () => {
    const refusals: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{}, /Hãy chọn ít nhất một điều kiện/u],
      [{ class: 'poor', ageFrom: 'sáu mươi' }, /Chỗ này phải là số nguyên/u],
      [{ class: 'poor', ageFrom: '9', ageTo: '3' }, /Mức dưới lớn hơn mức trên/u],
      [{ reach: 'no', stage: '2' }, /Hãy chọn một trong các mục có sẵn/u],
      [{ rule: 'subject: [' }, /Không đọc được quy tắc/u],
      [{ rule: 'subject: household\nwhere: { all: [{ lacks: 40 }] }' }, /where\.all\.0\.lacks: Chỉ số thiếu hụt là số từ 1 đến 12/u],
    ]; // biome-ignore format: a table
    for (const [fields, sentence] of refusals) {
      const response = await send({ name: 'Tên đã gõ', ...fields });
      const html = await response.text();
      expect(response.status, JSON.stringify(fields)).toBe(422);
      expect(html).toMatch(sentence);
      expect(html).toContain('value="Tên đã gõ"');
      if (fields.rule) expect(html).toContain(fields.rule.split('\n')[0]!);
    }
  });

  it('takes a rule in YAML, shows it again to be changed, and ends', async () => {
    await send({
      name: 'Theo tệp',
      code: 'theo-tep',
      rule: 'subject: household\nwhere: { some: { age: { min: 60 } } }',
    });
    const [, html] = await page(officer, '/audiences/new?code=theo-tep');
    expect(html).toContain('value="Theo tệp"');
    expect(html).toContain('min: 60');
    const [, own] = await page(officer, '/audiences/theo-tep');
    expect(own).toContain('/audiences/theo-tep/end');
    expect((await page(leader, '/audiences/theo-tep'))[1]).not.toContain('/audiences/theo-tep/end');
    expect((await page(leader, '/audiences/new'))[0]).toBe(403);
    const ended = await officer.send('/audiences/theo-tep', '/audiences/theo-tep/end', {});
    expect([ended.status, ended.headers.get('location')]).toEqual([303, '/audiences']);
    expect((await page(officer, '/audiences/theo-tep'))[0]).toBe(404);
  });
});

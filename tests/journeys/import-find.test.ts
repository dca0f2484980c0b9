import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { commitList, findHouseholds } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { answer, bringIn, check, emptyRegistry, importVillages, type Row, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let walker: Walker;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  web = await startPages(world);
  await world.execute(addUser, systemActor, {
    ...{ username: 'officer', name: 'officer', password: 'một mật khẩu dài', role: 'officer', placeId: taXiLang },
  });
  walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username: 'officer' });
  await walker.send(path, path, {});
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});
beforeEach(() => emptyRegistry(world));

const row = (code: string, head: string, more: Partial<Row> = {}): Row => ({
  ...{ code, head, village: 'Thôn Một', class: 'Hộ nghèo' },
  ...more,
});
const [one, two, three] = ['04603.01.0001', '04603.01.0002', '04603.01.0003'] as const;
const pageOf = async (query: string): Promise<string> =>
  (await (await walker.get(`/households?${query}`)).text()).split('<main')[1]!;

describe('the households page', () => {
  beforeEach(async () => {
    const rows = [row(one, 'Giàng A Chu', { size: 7 }), row(two, 'Mùa Thị Dê'), row(three, 'Sùng A Páo', { size: 4 })];
    await bringIn(world, { asOf: '2023-11-30', rows });
    const { importId } = await check(world, { asOf: '2024-11-30', rows: [row(one, 'Giàng A Chu')] });
    await answer(world, importId, { [two]: 'gone', [three]: 'moved' });
    await world.execute(commitList, systemActor, { importId });
  });

  it('shows how many people a household has, not how many are known by name', async () => {
    expect(await pageOf('')).toMatch(/data-label="Nhân khẩu"[^>]*><div class="cell">7</u);
  });

  it('finds a household that is no more, by name and by code, and says so', async () => {
    for (const text of ['mua thi de', two]) {
      const { rows } = await world.execute(findHouseholds, systemActor, { text });
      expect(rows).toMatchObject([{ code: two, headName: 'Mùa Thị Dê', endedOn: '2024-11-30', villageId: null }]);
      expect(await pageOf(new URLSearchParams({ text }).toString())).toContain('hộ không còn từ 30/11/2024');
    }
    // Who lists a place sees who is there.
    expect(
      (await world.execute(findHouseholds, systemActor, { placeId: taXiLang })).rows.map(({ code }) => code),
    ).toEqual([one]);
    expect(await pageOf('')).not.toContain('Mùa Thị Dê');
  });

  it('finds a household that moved away in the area where it lived', async () => {
    expect(await pageOf('text=sung')).toContain('đã chuyển đi');
  });

  it('answers an address that is no id as a household that is not there', async () => {
    expect((await walker.get('/households/xyz')).status).toBe(404);
  });
});

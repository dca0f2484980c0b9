import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUser, createSignInLink } from '../../src/modules/identity/index.ts';
import { countByPlace } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits, referenceId } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import type { Web } from '../../src/web/server.ts';
import { createWalker, startPages, type Walker } from '../support/browserless.ts';
import { bringIn, emptyRegistry, importVillages, paHu, type Row, since2025, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

const tramTau = since2025('04606');
const phinhHo = since2025('04609');
/** The old district of Trạm Tấu. */
const district = referenceId('old:district:139');

let world: World;
let web: Web;
let walker: Walker;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  web = await startPages(world);
  await world.execute(addUser, systemActor, {
    ...{ username: 'leader', name: 'leader', password: 'một mật khẩu dài', role: 'leader', placeId: tramTau },
  });
  walker = createWalker(web.url);
  const { path } = await world.execute(createSignInLink, systemActor, { username: 'leader' });
  await walker.send(path, path, {});
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});
beforeEach(() => emptyRegistry(world));

const row = (code: string, village: string): Row => ({
  ...{ code, head: `Chủ hộ ${code.slice(-2)}`, village, class: 'Hộ nghèo' },
});
const count = (placeId: string, on: string, by: 'village' | 'commune' | 'total' = 'total') =>
  world.execute(countByPlace, systemActor, { placeId, on, by });
const listsOf = async (placeId: string, on: string) =>
  (await count(placeId, on)).reviews.map(({ asOf, lists }) => [asOf, lists]);

describe('the lists that a count rests on', () => {
  it('are those of the same villages: of the old commune for the new one, and the other way round, and no others', async () => {
    await bringIn(world, { asOf: '2024-11-30', rows: [row('04606.01.0001', 'Bản Cao')], placeId: paHu });
    await bringIn(world, { asOf: '2024-11-30', rows: [row('04603.01.0001', 'Thôn Hai')], placeId: taXiLang });
    await bringIn(world, { asOf: '2025-11-30', rows: [row('04606.01.0002', 'Bản Thấp')], placeId: tramTau });
    expect(await listsOf(tramTau, '2026-01-01')).toEqual([
      ['2025-11-30', 1],
      ['2024-11-30', 1],
    ]);
    expect(await listsOf(paHu, '2025-06-30')).toEqual([
      ['2025-11-30', 1],
      ['2024-11-30', 1],
    ]);
    expect(await listsOf(taXiLang, '2025-06-30')).toEqual([['2024-11-30', 1]]);
    expect(await listsOf(phinhHo, '2026-01-01')).toEqual([]);
    expect(await listsOf(district, '2025-06-30')).toEqual([
      ['2025-11-30', 1],
      ['2024-11-30', 2],
    ]);
  });
});

describe('a place of which no list has spoken yet', () => {
  it('is unknown, not zero, until the first list does', async () => {
    await bringIn(world, { asOf: '2024-11-30', rows: [row('04606.01.0001', 'Bản Cao')], placeId: paHu });
    const known = async (placeId: string, on: string, by: 'village' | 'commune' | 'total') =>
      Object.fromEntries((await count(placeId, on, by)).rows.map(({ name, known, sum }) => [name, known ? sum : null]));
    expect(await known(paHu, '2024-11-29', 'total')).toEqual({ 'xã Pá Hu, huyện Trạm Tấu': null });
    expect(await known(paHu, '2024-11-30', 'total')).toEqual({ 'xã Pá Hu, huyện Trạm Tấu': 1 });
    // Named by the list's place, without any household in it: that is a zero.
    expect(await known(paHu, '2024-11-30', 'village')).toMatchObject({
      'Bản Cao, xã Pá Hu': 1,
      'Bản Thấp, xã Pá Hu': 0,
    });
    expect(await known(district, '2024-11-30', 'commune')).toMatchObject({
      'xã Pá Hu, huyện Trạm Tấu': 1,
      'xã Tà Si Láng, huyện Trạm Tấu': null,
    });
  });

  it('is said on the page, in the file and not summed as zero', async () => {
    const html = async (on: string) =>
      (await (await walker.get(`/counts?place=${paHu}&on=${on}&by=total`)).text()).split('<main')[1]!;
    expect(await html('30/11/2024')).toContain('Chưa có danh sách nào');
    await bringIn(world, { asOf: '2024-11-30', rows: [row('04606.01.0001', 'Bản Cao')], placeId: paHu });
    expect(await html('29/11/2024')).toContain('Chưa có danh sách nào');
    expect(await html('29/11/2024')).not.toMatch(/<div class="cell">0</u);
    expect(await html('30/11/2024')).not.toContain('Chưa có danh sách nào');
    const csv = await (await walker.get(`/counts.csv?place=${paHu}&on=29/11/2024&by=total`)).text();
    expect(csv.split('\r\n')[1]).toBe('"Xã Pá Hu, huyện Trạm Tấu",04606,29/11/2024,29/11/2024,,,,');
  });
});

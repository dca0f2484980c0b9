import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countAudience } from '../../src/modules/audiences/index.ts';
import {
  getPlace,
  importPlaces,
  loadReferenceUnits,
  referenceId,
  setPlaceStatus,
} from '../../src/modules/territory/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { newId } from '../../src/shared/ids.ts';
import type { Role } from '../../src/shared/roles.ts';
import { bringIn, importVillages, paHu, since2025, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

const who = (role: Role, placeId: string): Actor => ({
  userId: newId(),
  name: role,
  grants: [{ role, placeId }],
  via: 'web',
});
/** Pá Hu became a part of the commune Trạm Tấu in the merger of 2025; Tà Xi Láng stayed what it was. */
const tramTau = since2025('04606');
const hereOfficer = who('officer', taXiLang);
const thereOfficer = who('officer', tramTau);

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  const row = (code: string, village: string, name: string) => ({ code, head: 'Lò Văn Pó', village, class: name });
  const asOf = '2024-11-30';
  await bringIn(world, {
    asOf,
    placeId: taXiLang,
    rows: ['A1', 'A2', 'A3', 'A4'].map((code) => row(code, 'Thôn Hai', 'Hộ nghèo')),
  });
  await bringIn(world, {
    asOf,
    placeId: paHu,
    rows: [row('B1', 'Bản Cao', 'Hộ nghèo'), row('B2', 'Bản Thấp', 'Hộ cận nghèo')],
  });
});
afterAll(() => world.close());

const figures = async (actor: Actor, input: { code: string; on?: string }) => {
  const { total, fits, unknown } = await world.execute(countAudience, actor, input);
  return [total, fits, unknown];
};

describe('special statuses of places', () => {
  const set = (actor: Actor, more: object = {}) =>
    world.execute(setPlaceStatus, actor, {
      placeId: paHu, status: 'special-difficulty', from: '2021-06-04', document: 'QĐ 861/QĐ-TTg', ...more,
    }); // biome-ignore format: a row
  const statuses = async (placeId: string) =>
    (await world.execute(getPlace, systemActor, { placeId })).statuses.map(({ status, valid_from, valid_to, mark }) => [
      status,
      valid_from,
      valid_to,
      mark,
    ]);

  it('a village keeps the status of its old commune after the merger; one of another old commune does not get it', async () => {
    await set(thereOfficer);
    const there = { code: 'ho-xa-dac-biet-kho-khan' };
    expect(await figures(systemActor, there)).toEqual([6, 2, 0]);
    expect(await figures(systemActor, { ...there, on: '2025-06-30' })).toEqual([6, 2, 0]);
    expect(await figures(hereOfficer, there)).toEqual([4, 0, 0]);
    expect(await figures(thereOfficer, { code: 'ho-ngheo-xa-dac-biet-kho-khan' })).toEqual([2, 1, 0]);
    // The town became a part of the new commune Hạnh Phúc with communes of special difficulty; its streets did not.
    const town = referenceId('old:commune:04585');
    const banCong = referenceId('old:commune:04612');
    await set(systemActor, { placeId: banCong });
    const rows = [
      ['Tên thôn', 'Mã xã cũ'],
      ['Tổ dân phố 1', '04585'],
      ['Thôn Sáng Pao', '04612'],
    ];
    await world.execute(importPlaces, systemActor, {
      rows: rows.map((cells, at) => ({ row: at + 1, cells })),
      commit: true,
    });
    const { rows: found } = await world.database.pool.query(
      `select v.name, exists (select 1 from territory.status_at('2026-06-15') s where s.place_id = v.place_id) as has
       from territory.place_version v where v.parent_id = any($1::uuid[]) and v.kind = 'village' order by v.name`,
      [[town, banCong]],
    );
    expect(found).toEqual([
      { name: 'Thôn Sáng Pao', has: true },
      { name: 'Tổ dân phố 1', has: false },
    ]);
  });

  it('ends by its date, and what is said later replaces what was said for that time', async () => {
    await set(thereOfficer, { to: '2026-01-01', mark: 'verified' });
    expect(await statuses(paHu)).toEqual([['special-difficulty', '2021-06-04', '2026-01-01', 'verified']]);
    expect(await figures(thereOfficer, { code: 'ho-xa-dac-biet-kho-khan', on: '2025-12-31' })).toEqual([2, 2, 0]);
    expect(await figures(thereOfficer, { code: 'ho-xa-dac-biet-kho-khan' })).toEqual([2, 0, 0]);
    await set(thereOfficer, { from: '2024-01-01', document: 'QĐ mới' });
    await set(thereOfficer, { status: 'zone-III', from: '2022-01-01' });
    expect(await statuses(paHu)).toEqual([
      ['special-difficulty', '2021-06-04', '2024-01-01', 'verified'],
      ['zone-III', '2022-01-01', null, 'unconfirmed'],
      ['special-difficulty', '2024-01-01', null, 'unconfirmed'],
    ]);
    // Said anew for a longer time: the rows within it go.
    await set(thereOfficer, { from: '2020-01-01', to: '2025-01-01' });
    expect(await statuses(paHu)).toEqual([
      ['special-difficulty', '2020-01-01', '2025-01-01', 'unconfirmed'],
      ['zone-III', '2022-01-01', null, 'unconfirmed'],
      // Nothing was said of the time after: what held there holds.
      ['special-difficulty', '2025-01-01', null, 'unconfirmed'],
    ]);
  });

  it('said of some years within a longer time, leaves what came before and after as it was', async () => {
    const difficult = (from: string, to: string | null, document: string, mark: string) =>
      set(systemActor, { placeId: taXiLang, from, to, document, mark });
    const rows = async () =>
      (
        await world.database.pool.query(
          `select valid_from, valid_to, document, mark from territory.place_status where place_id = $1 order by valid_from`,
          [taXiLang],
        )
      ).rows.map(Object.values);
    await difficult('2021-06-04', null, 'QĐ 861', 'verified');
    await difficult('2023-01-01', '2025-01-01', 'QĐ khác', 'unconfirmed');
    expect(await rows()).toEqual([
      ['2021-06-04', '2023-01-01', 'QĐ 861', 'verified'],
      ['2023-01-01', '2025-01-01', 'QĐ khác', 'unconfirmed'],
      ['2025-01-01', null, 'QĐ 861', 'verified'],
    ]);
    // Over the seam of two, each keeps its own rest; to the day on which another begins, that one is not touched.
    await difficult('2022-01-01', '2024-01-01', 'QĐ ba', 'unconfirmed');
    await difficult('2024-06-01', '2025-01-01', 'QĐ bốn', 'unconfirmed');
    expect(await rows()).toEqual([
      ['2021-06-04', '2022-01-01', 'QĐ 861', 'verified'],
      ['2022-01-01', '2024-01-01', 'QĐ ba', 'unconfirmed'],
      ['2024-01-01', '2024-06-01', 'QĐ khác', 'unconfirmed'],
      ['2024-06-01', '2025-01-01', 'QĐ bốn', 'unconfirmed'],
      ['2025-01-01', null, 'QĐ 861', 'verified'],
    ]);
    // From the same day on it is the same said anew: so a status is ended.
    await difficult('2025-01-01', '2026-01-01', 'QĐ 861', 'verified');
    expect((await rows()).at(-1)).toEqual(['2025-01-01', '2026-01-01', 'QĐ 861', 'verified']);
    await world.database.pool.query('delete from territory.place_status where place_id = $1', [taXiLang]);
  });

  it('is refused outside the area, for a place that was not there, with an end before its beginning, without a document', async () => {
    await expect(set(hereOfficer)).rejects.toMatchObject({ kind: 'forbidden', code: 'outside-area' });
    await expect(set(who('leader', tramTau))).rejects.toMatchObject({ kind: 'forbidden', code: 'not-allowed' });
    await expect(set(thereOfficer, { from: '2025-07-01' })).rejects.toMatchObject({ code: 'place-status.not-then' });
    await expect(set(thereOfficer, { to: '2021-06-04' })).rejects.toMatchObject({ code: 'place-status.ends-before' });
    await expect(set(thereOfficer, { document: ' ' })).rejects.toMatchObject({ code: 'input' });
    await expect(set(thereOfficer, { status: 'đặc biệt' })).rejects.toMatchObject({ code: 'input' });
    await expect(set(systemActor, { placeId: newId() })).rejects.toMatchObject({ code: 'place' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { systemActor } from '../../platform/command.ts';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { newId } from '../../shared/ids.ts';
import { countryId, coversPlaces, importPlaces, loadReferenceUnits, placesWithin, referenceId } from './index.ts';
import type { PlaceVersion } from './place.ts';
import { saveSuccessions, saveVersions } from './store.ts';

const TODAY: Day = '2026-06-15';
const BEFORE: Day = '2025-06-30';

const old = (code: string): string => referenceId(`old:commune:${code}`);
const since2025 = (code: string): string => referenceId(`2025:commune:${code}`);
const [oldYenBai, oldLaoCai, laoCai] = ['old:province:15', 'old:province:10', '2025:province:15'].map(referenceId) as [
  string,
  string,
  string,
];
const phinhHo = since2025('04609');

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  const rows = [
    ['tên thôn', 'mã xã cũ', 'mã xã', 'đến ngày'],
    ['Khấu Ly', '04615', '04609', ''],
    ['Nhì Trên', '04609', '', ''],
    ['Bản Cũ', '04615', '04609', '31/12/2025'],
  ].map((cells, index) => ({ row: index + 1, cells }));
  await world.execute(importPlaces, systemActor, { rows, commit: true });
});
afterAll(() => world.close());

const covers = (areas: string[], places: string[], on: Day = TODAY) =>
  coversPlaces(world.database.db, areas, places, on);

const villageOf = async (commune: string, name: string): Promise<string> => {
  const found = await placesWithin(world.database.db, commune, BEFORE, 'village');
  return found.find((village) => village.name === name)!.placeId;
};

describe('who may see which place', () => {
  it('an area holds itself and what lies below it', async () => {
    expect(await covers([phinhHo], [phinhHo])).toBe(true);
    expect(await covers([laoCai], [phinhHo, since2025('04606')])).toBe(true);
    expect(await covers([countryId], [laoCai, phinhHo])).toBe(true);
    expect(await covers([phinhHo], [laoCai])).toBe(false);
    expect(await covers([phinhHo], [phinhHo, since2025('04606')])).toBe(false);
    expect(await covers([], [phinhHo])).toBe(false);
    expect(await covers([phinhHo], [])).toBe(true);
    expect(await covers([countryId], [newId()])).toBe(false);
  });

  it('the officer of the new commune sees the old communes and their villages', async () => {
    expect(await covers([phinhHo], ['04609', '04615', '04597'].map(old))).toBe(true);
    expect(await covers([phinhHo], [await villageOf(old('04615'), 'Khấu Ly')])).toBe(true);
    expect(await covers([phinhHo], [await villageOf(old('04609'), 'Nhì Trên')])).toBe(true);
    expect(await covers([phinhHo], [old('04606')])).toBe(false);
    expect(await covers([since2025('04606')], [await villageOf(old('04615'), 'Khấu Ly')])).toBe(false);
  });

  it('before the merger the boundaries were others', async () => {
    const village = await villageOf(old('04615'), 'Khấu Ly');
    expect(await covers([old('04615')], [village], BEFORE)).toBe(true);
    expect(await covers([oldYenBai], [village], BEFORE)).toBe(true);
    expect(await covers([phinhHo], [village], BEFORE)).toBe(false);
  });

  it('one old part gives no right over the whole; all parts together do', async () => {
    expect(await covers([old('04615')], [phinhHo])).toBe(false);
    expect(await covers([old('04615')], [await villageOf(old('04615'), 'Khấu Ly')])).toBe(false);
    expect(await covers(['04609', '04615', '04597'].map(old), [phinhHo])).toBe(true);
    expect(await covers([oldYenBai], [laoCai])).toBe(false);
    expect(await covers([oldYenBai, oldLaoCai], [phinhHo])).toBe(true);
  });

  it('a code given to another unit gives no right over it', async () => {
    expect(await covers([old('04606')], [since2025('04606')])).toBe(false);
    expect(await covers([since2025('04609')], [old('04609')])).toBe(true);
    expect(await covers([since2025('04606')], [old('04609')])).toBe(false);
  });

  it('a place that was split asks for all of its parts', async () => {
    const [cauGiay, nghiaDo] = [since2025('00160'), since2025('00166')];
    expect(await covers([cauGiay], [old('00166')])).toBe(false);
    expect(await covers([cauGiay, nghiaDo], [old('00166')])).toBe(true);
    expect(await covers([old('00166')], [cauGiay])).toBe(false);
  });

  it('a place that was kept is the same place', async () => {
    expect(await covers([old('04603')], [old('04603')])).toBe(true);
    expect(await covers([laoCai], [old('04603')])).toBe(true);
    expect(await covers([oldYenBai], [old('04603')])).toBe(false);
  });

  it('a place that ended, no one knows into what, is judged by what it lay under', async () => {
    const ended = await villageOf(old('04615'), 'Bản Cũ');
    expect(await covers([phinhHo], [ended])).toBe(true);
    expect(await covers([since2025('04606')], [ended])).toBe(false);
    const district = referenceId('old:district:139');
    expect(await covers([laoCai], [district])).toBe(true);
    expect(await covers([phinhHo], [district])).toBe(false);
    // Of the communes that ended before the merger, one without a known successor.
    expect(await covers([countryId], [old('00223')])).toBe(true);
  });
});

describe('chains of successions', () => {
  const place = (placeId: string, validFrom: Day, validTo: Day | null): PlaceVersion => ({
    placeId,
    validFrom,
    validTo,
    name: 'Mẫu',
    otherNames: [],
    kind: 'commune',
    unitType: 'xã',
    officialCode: null,
    parentId: null,
    urban: false,
  });
  const became = (tx: Db, parts: [from: string, to: string, on: Day][]) =>
    saveSuccessions(
      tx,
      parts.map(([from_id, to_id, on_date]) => ({
        from_id,
        to_id,
        on_date,
        kind: 'merge',
        whole: true,
        document: '',
        mark: 'unconfirmed',
      })),
    );

  it('are followed to the end, and only as far as the day', async () => {
    const [a, b, c, d, other] = [newId(), newId(), newId(), newId(), newId()];
    await world.database.db.transaction().execute(async (tx) => {
      await saveVersions(tx, [
        place(a, '2000-01-01', '2010-01-01'),
        place(b, '2010-01-01', '2020-01-01'),
        place(other, '2000-01-01', '2020-01-01'),
        place(c, '2020-01-01', '2026-01-01'),
        place(d, '2026-01-01', null),
      ]);
      await became(tx, [
        [a, b, '2010-01-01'],
        [b, c, '2020-01-01'],
        [other, c, '2020-01-01'],
        [c, d, '2026-01-01'],
      ]);
    });
    expect(await covers([d], [a, b, c, d, other])).toBe(true);
    expect(await covers([c], [a], '2021-01-01')).toBe(true);
    expect(await covers([d], [a], '2021-01-01')).toBe(false);
    expect(await covers([a], [b], '2015-01-01')).toBe(true);
    expect(await covers([a], [c], '2021-01-01')).toBe(false);
    expect(await covers([a, other], [c], '2021-01-01')).toBe(true);
    expect(await covers([a, other], [d])).toBe(true);
    expect(await covers([b, other], [d])).toBe(true);
    expect(await covers([a], [d])).toBe(false);
  });
});

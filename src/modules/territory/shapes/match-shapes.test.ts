import { describe, expect, it } from 'vitest';
import { geoJson, pointFeature, polygonFeature } from '../../../../tests/support/shapes.ts';
import { newId } from '../../../shared/ids.ts';
import type { PlaceVersion } from '../place.ts';
import { matchShapes } from './match-shapes.ts';
import { readShapes } from './read-shapes.ts';

const village = (name: string, more: Partial<PlaceVersion> = {}): PlaceVersion => ({
  placeId: newId(),
  validFrom: '1900-01-01',
  validTo: null,
  name,
  otherNames: [],
  kind: 'village',
  unitType: 'thôn',
  officialCode: null,
  parentId: null,
  urban: false,
  ...more,
});
const villages = [
  village('Thôn 1'),
  village('Thôn 2'),
  village('Bản Cao', { officialCode: '00123', otherNames: ['Khấu Cao'] }),
];
const [one, two, cao] = villages.map(({ placeId }) => placeId);
const COMMUNE = ['Tà Xi Láng', 'xã Tà Xi Láng', '04603'];

const matched = async (properties: readonly object[], of = villages) => {
  const features = properties.map((each, at) => polygonFeature(each, at));
  const { found, left } = matchShapes(of, (await readShapes(geoJson(features))).shapes, COMMUNE);
  return {
    found: Object.fromEntries([...found].map(([placeId, shapes]) => [placeId, shapes.map(({ number }) => number)])),
    left: left.map(({ number, why }) => [number, why]),
  };
};

describe('features are the villages', () => {
  it('that they name, however the heading and the name are spelt', async () => {
    for (const key of ['ten', 'TEN', 'Tên thôn', 'ten_thon', 'Name', 'village'])
      expect(await matched([{ [key]: 'THON 01' }, { [key]: 'thôn số 2' }, { [key]: 'Khấu Cao' }]), key).toEqual({
        found: { [one!]: [1], [two!]: [2], [cao!]: [3] },
        left: [],
      });
  });

  it('by the column whose values are names of villages, where no heading says so', async () => {
    const rows = [
      { loai: 'đất ở', nhan_ve: 'Thôn 1', fid: '2' },
      { loai: 'đất ở', nhan_ve: 'Bản Cao', fid: '1' },
    ];
    expect(await matched(rows)).toEqual({ found: { [one!]: [1], [cao!]: [2] }, left: [] });
  });

  it('never by a column that counts the rows', async () => {
    expect(await matched([{ fid: 1 }, { fid: 2 }])).toEqual({ found: {}, left: [[1, 'no-name'], [2, 'no-name']] }); // biome-ignore format: short
  });

  it('by our id and by an official code before any name', async () => {
    const rows = [
      { ten: 'Thôn 2', place_id: one },
      { ten: 'Thôn 1', ma: '00123' },
      { ten: 'Thôn 2', ma: '999' },
    ];
    expect(await matched(rows)).toEqual({ found: { [one!]: [1], [cao!]: [2], [two!]: [3] }, left: [] });
  });

  it('together, when several are of one village', async () => {
    expect((await matched([{ ten: 'Thôn 1' }, { ten: 'thôn 1' }])).found).toEqual({ [one!]: [1, 2] });
  });

  it('only when the name fits one village', async () => {
    const twins = [...villages, village('Thôn 1')];
    expect(await matched([{ ten: 'Thôn 1' }, { ten: 'Thôn 2' }, { ten: 'Thôn 7' }, { ten: '' }], twins)).toEqual({
      found: { [two!]: [2] },
      left: [[1, 'several'], [3, 'none'], [4, 'no-name']],
    }); // biome-ignore format: short
  });

  it('of this commune, where a column tells communes apart', async () => {
    const rows = [
      { ten: 'Thôn 1', xa: 'Xã Tà Xi Láng' },
      { ten: 'Thôn 1', xa: 'Pá Hu' },
      { ten: 'Thôn 2', xa: null },
    ];
    expect(await matched(rows)).toEqual({ found: { [one!]: [1] }, left: [[2, 'elsewhere'], [3, 'elsewhere']] }); // biome-ignore format: short
  });
});

it('a point beside an outline adds nothing, and a second point is said', async () => {
  const features = [
    polygonFeature({ ten: 'Thôn 1' }, 0),
    pointFeature({ ten: 'Thôn 1' }, 0),
    pointFeature({ ten: 'Thôn 2' }, 1),
    pointFeature({ ten: 'Thôn 2' }, 2),
  ];
  const { found, left } = matchShapes(villages, (await readShapes(geoJson(features))).shapes, COMMUNE);
  expect([found.get(one!)!.length, found.get(two!)!.length]).toEqual([1, 1]);
  expect(left.map(({ number, why }) => [number, why])).toEqual([[2, 'second-point'], [4, 'second-point']]); // biome-ignore format: short
});

it('nearest names are told of a name that fits none', async () => {
  const { left } = matchShapes(
    villages,
    (await readShapes(geoJson([polygonFeature({ ten: 'Bản Cáo A' }, 0)]))).shapes,
    COMMUNE,
  );
  expect(left).toEqual([{ number: 1, text: 'Bản Cáo A', why: 'none', nearest: ['Bản Cao'] }]);
});

import { describe, expect, it } from 'vitest';
import { cellRing, geoJson, mapOf, pointFeature, polygonFeature } from '../../../../tests/support/shapes.ts';
import { say } from '../../../shared/words/index.ts';
import { readShapes, SHAPE_LIMITS } from './read-shapes.ts';
import { polygonsOf } from './shape.ts';

const refusal = async (text: string) => {
  try {
    await readShapes(text);
  } catch (error) {
    return error as { kind: string; code: string; params: Record<string, string | number>; fields: { path: string }[] };
  }
  throw new Error('it was read');
};
const withGeometry = (geometry: unknown, properties: object = { ten: 'Thôn Một' }): string =>
  geoJson([{ type: 'Feature', properties, geometry }]);
const square = (x: number, y: number, side: number): number[][] =>
  [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]; // biome-ignore format: five points

describe('a file of shapes', () => {
  it('gives its features with their texts and numbers, in the order of the file', async () => {
    const text = geoJson([
      polygonFeature({ ten: ' Thôn  Một ', stt: 1, ghi: null, more: { a: 1 } }, 0),
      pointFeature({ ten: 'Thôn Hai' }, 1),
    ]);
    const { features, shapes, faults } = await readShapes(text);
    expect([features, faults]).toEqual([2, []]);
    expect(shapes.map(({ number, properties, geometry }) => [number, properties, geometry.type])).toEqual([
      [1, { ten: 'Thôn Một', stt: '1' }, 'Polygon'],
      [2, { ten: 'Thôn Hai' }, 'Point'],
    ]);
  });

  it('may begin with a mark of its encoding, be one feature alone, and name its coordinates WGS84', async () => {
    expect((await readShapes(`\uFEFF${mapOf(['Thôn Một'])}`)).shapes).toHaveLength(1);
    expect((await readShapes(JSON.stringify(polygonFeature({ ten: 'Thôn Một' }, 0)))).shapes).toHaveLength(1);
    for (const name of ['urn:ogc:def:crs:OGC:1.3:CRS84', 'urn:ogc:def:crs:EPSG::4326', 'EPSG:4326']) {
      const crs = { type: 'name', properties: { name } };
      expect((await readShapes(geoJson([polygonFeature({}, 0)], { crs }))).shapes, name).toHaveLength(1);
    }
  });

  it('closes a ring that was left open, and lets heights go', async () => {
    const ring = square(104.3, 21.5, 0.01)
      .slice(0, 4)
      .map(([x, y]) => [x, y, 650]);
    const [shape] = (await readShapes(withGeometry({ type: 'Polygon', coordinates: [ring] }))).shapes;
    const [outer] = polygonsOf(shape!.geometry)[0]!;
    expect(outer!.at(-1)).toEqual(outer![0]);
    expect(new Set(outer!.map((position) => position.length))).toEqual(new Set([2]));
  });

  it.each([
    ['broken', '{"type":"FeatureCollection","features":[', 'map.not-json'],
    ['no text of JSON', 'PK\u0003\u0004 shapefile.zip', 'map.not-json'],
    ['JSON of another kind', '{"type":"Topology","objects":{}}', 'map.not-geojson'],
    ['a list', '[1,2]', 'map.not-geojson'],
    ['without features', geoJson([]), 'map.empty'],
    ['too deep', `{"type":"FeatureCollection","features":${'['.repeat(40)}${']'.repeat(40)}}`, 'map.too-deep'],
    ['of too many features', geoJson(Array.from({ length: SHAPE_LIMITS.features + 1 }, () => ({}))), 'map.too-many'],
    ['too large', ' '.repeat(SHAPE_LIMITS.bytes + 1), 'file.too-large'],
  ])('that is %s is refused whole', async (_, text, code) => {
    const refused = await refusal(text);
    expect([refused.kind, refused.code, refused.fields[0]!.path]).toEqual(['invalid', code, 'file']);
    expect(say('vi', `error.${code}`, refused.params)).not.toMatch(/[{}]|^error\./u);
  });

  it('of too many points is refused', async () => {
    const ring = Array.from({ length: 50_001 }, (_, at) => {
      const angle = (at / 50_000) * 2 * Math.PI;
      return [
        Math.round((104.3 + Math.cos(angle) * 0.1) * 1e5) / 1e5,
        Math.round((21.5 + Math.sin(angle) * 0.1) * 1e5) / 1e5,
      ];
    });
    const one = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
    expect((await refusal(geoJson(Array.from({ length: 10 }, () => one)))).code).toBe('map.too-fine');
  });

  it('in metres, by its numbers or by its name of the system, is told how to be written anew', async () => {
    const metres = await refusal(withGeometry({ type: 'Polygon', coordinates: [square(437_512.5, 2_376_800, 900)] }));
    expect([metres.code, metres.params.number, metres.params.x]).toEqual(['map.metres', 1, '437512.5']);
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3405' } };
    const named = await refusal(geoJson([polygonFeature({}, 0)], { crs }));
    expect([named.code, named.params.crs]).toEqual(['map.crs', 'urn:ogc:def:crs:EPSG::3405']);
    for (const { code, params } of [metres, named]) {
      expect(say('vi', `error.${code}`, params)).toContain('xuất lại theo WGS84');
      expect(say('vi', `error.${code}`, params)).toContain('EPSG:4326');
    }
  });

  it('with latitude before longitude, or of another country, is told apart', async () => {
    expect((await refusal(withGeometry({ type: 'Point', coordinates: [21.5, 104.3] }))).code).toBe('map.swapped');
    expect((await refusal(withGeometry({ type: 'Point', coordinates: [2.35, 48.85] }))).code).toBe('map.elsewhere');
  });

  it('says of each feature that cannot be drawn why, and keeps the others', async () => {
    const text = geoJson([
      { type: 'Feature', properties: { ten: 'a' }, geometry: null },
      { type: 'Feature', properties: null, geometry: { type: 'LineString', coordinates: square(104.3, 21.5, 0.1) } },
      { type: 'Feature', properties: null, geometry: { type: 'Polygon', coordinates: [[['x', 1]]] } },
      { type: 'Feature', properties: null, geometry: { type: 'Polygon', coordinates: [square(104.3, 21.5, 0)] } },
      {
        type: 'Feature',
        properties: null,
        geometry: { type: 'Polygon', coordinates: [square(104.3, 21.5, 0.1).slice(0, 2)] },
      },
      { type: 'Feature' },
      polygonFeature(null, 1),
    ]);
    const { features, shapes, faults } = await readShapes(text);
    expect(faults).toEqual([
      { number: 1, code: 'no-geometry' },
      { number: 2, code: 'kind' },
      { number: 3, code: 'coordinates' },
      { number: 4, code: 'coordinates' },
      { number: 5, code: 'coordinates' },
      { number: 6, code: 'no-geometry' },
    ]);
    expect([features, shapes.map(({ number }) => number)]).toEqual([7, [7]]);
    for (const { code } of faults) expect(say('vi', `error.map.feature.${code}`)).not.toMatch(/^error\./u);
  });
});

describe('an outline as it is kept', () => {
  const fine = (points: number) => {
    const ring = Array.from({ length: points }, (_, at) => {
      const [angle, far] = [
        (at / points) * 2 * Math.PI,
        0.02 + Math.sin(at * 0.7) * 0.0004 + Math.sin(at * 0.013) * 0.004,
      ];
      return [104.3 + Math.cos(angle) * far, 21.5 + Math.sin(angle) * far];
    });
    return { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
  };

  it('has some eighty points at most, each of five decimals, and the size it had', async () => {
    const [shape] = (await readShapes(withGeometry(fine(20_000)))).shapes;
    const points = polygonsOf(shape!.geometry).flat(2);
    expect(points.length).toBeGreaterThan(20);
    expect(points.length).toBeLessThanOrEqual(80);
    for (const number of points.flat()) expect(number).toBe(Math.round(number * 1e5) / 1e5);
    const wide = Math.max(...points.map(([x]) => x)) - Math.min(...points.map(([x]) => x));
    expect(wide).toBeGreaterThan(0.036);
    expect(wide).toBeLessThan(0.05);
  });

  it('loses islets nobody would see, and is the same when it is read again', async () => {
    const geometry = {
      type: 'MultiPolygon',
      coordinates: [[cellRing(0, 0)], [square(104.2, 21.7, 0.000_05)], [cellRing(4, 0)]],
    };
    const [shape] = (await readShapes(withGeometry(geometry))).shapes;
    expect(polygonsOf(shape!.geometry)).toHaveLength(2);
    const [again] = (await readShapes(withGeometry(shape!.geometry))).shapes;
    expect(again!.geometry).toEqual(shape!.geometry);
  });

  it('stays as small of a ring that runs to and fro, of thousands of islets and of thousands of holes', async () => {
    const zigzag = Array.from({ length: 20_000 }, (_, at) => [104.2 + at * 0.000_01, 21.5 + (at % 2) * 0.2]);
    const small = Array.from({ length: 20_000 }, (_, at) => [
      square(104.2 + (at % 200) * 0.001, 21.5 + Math.floor(at / 200) * 0.001, at === 777 ? 0.000_9 : 0.000_5),
    ]);
    const holes = [square(104.1, 21.4, 0.4), ...small.flat()];
    for (const [name, geometry] of Object.entries({
      zigzag: { type: 'Polygon', coordinates: [[...zigzag, [104.4, 21.3], zigzag[0]]] },
      islets: { type: 'MultiPolygon', coordinates: small },
      holes: { type: 'Polygon', coordinates: holes },
    })) {
      const [shape] = (await readShapes(withGeometry(geometry))).shapes;
      const points = polygonsOf(shape!.geometry).flat(2);
      expect(points.length, name).toBeGreaterThanOrEqual(4);
      expect(points.length, name).toBeLessThanOrEqual(80);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { cellRing } from '../../../tests/support/shapes.ts';
import { layMap, type MapShape, placeLabels, type TileBox, tileScale } from './map-layout.ts';

const cell = (x: number, y: number): MapShape => ({ type: 'Polygon', coordinates: [cellRing(x, y)] });
const ring = (...points: readonly (readonly [number, number])[]) =>
  [...points, points[0]!].map(([x, y]) => [104.3 + x * 0.01, 21.5 + y * 0.01]);

/** Whether a point is inside an outline as it is drawn. */
const inside = (path: string, x: number, y: number): boolean => {
  let crossings = 0;
  for (const part of path.split('Z')) {
    const points = part
      .replace('M', '')
      .split('L')
      .filter(Boolean)
      .map((pair) => pair.split(',').map(Number));
    for (const [at, [x2 = 0, y2 = 0]] of points.entries()) {
      const [x1 = 0, y1 = 0] = points[(at || points.length) - 1]!;
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) crossings += 1;
    }
  }
  return crossings % 2 === 1;
};

describe('a map laid out', () => {
  it('has north above and west on the left, all of it within the picture', () => {
    const { width, height, shapes } = layMap([cell(0, 0), cell(1, 0), cell(0, 1)]);
    const [northWest, northEast, southWest] = shapes as [(typeof shapes)[0], (typeof shapes)[0], (typeof shapes)[0]];
    expect(northEast.x).toBeGreaterThan(northWest.x);
    expect(southWest.y).toBeGreaterThan(northWest.y);
    for (const { path } of shapes)
      for (const [x, y] of [...path!.matchAll(/([\d.]+),([\d.]+)/gu)].map(([, a, b]) => [Number(a), Number(b)])) {
        expect(x! >= 0 && x! <= width).toBe(true);
        expect(y! >= 0 && y! <= height).toBe(true);
      }
  });

  it('keeps the proportions of the ground: what is square there is square here', () => {
    const side = 0.05;
    const wide = side / Math.cos((21.525 * Math.PI) / 180);
    const square: MapShape = {
      type: 'Polygon',
      coordinates: [[[104, 21.5], [104 + wide, 21.5], [104 + wide, 21.5 + side], [104, 21.5 + side], [104, 21.5]]],
    }; // biome-ignore format: five points
    const points = [...layMap([square]).shapes[0]!.path!.matchAll(/([\d.]+),([\d.]+)/gu)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    const span = (at: number) =>
      Math.max(...points.map((each) => each[at]!)) - Math.min(...points.map((each) => each[at]!));
    expect(span(0) / span(1)).toBeCloseTo(1, 2);
  });

  it('puts the middle inside an outline that is bent, has a hole, or is of two parts', () => {
    const bent = ring([0, 0], [10, 0], [10, 10], [0, 10], [0, 9], [9, 9], [9, 1], [0, 1]);
    const holed = [ring([0, 0], [10, 0], [10, 10], [0, 10]), ring([2, 2], [8, 2], [8, 8], [2, 8])];
    const shapes: MapShape[] = [
      { type: 'Polygon', coordinates: [bent] },
      { type: 'Polygon', coordinates: holed },
      { type: 'MultiPolygon', coordinates: [[ring([20, 0], [21, 0], [21, 1])], [ring([30, 0], [40, 0], [35, 9])]] },
    ];
    for (const { path, x, y } of layMap(shapes).shapes) expect(inside(path!, x, y), path).toBe(true);
  });

  it('is a picture too of one point, of a strip, and of a point beside outlines', () => {
    const point: MapShape = { type: 'Point', coordinates: [104.305, 21.505] };
    const one = layMap([point]);
    expect([one.shapes[0]!.path, one.shapes[0]!.x, one.shapes[0]!.y]).toEqual([
      undefined,
      one.width / 2,
      one.height / 2,
    ]);
    const strip = layMap(Array.from({ length: 12 }, (_, at) => cell(at, 0)));
    expect(strip.height / strip.width).toBeCloseTo(0.4, 1);
    const mixed = layMap([cell(0, 0), point]);
    for (const { x, y } of mixed.shapes) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
  });
});

describe('tiles and names', () => {
  const box = (x: number, y: number, side = 100): TileBox => ({ x, y, width: side, height: side });
  const apart = (a: TileBox, b: TileBox, scale: number): boolean =>
    Math.abs(a.x - b.x) >= ((a.width + b.width) / 2) * scale ||
    Math.abs(a.y - b.y) >= ((a.height + b.height) / 2) * scale;

  it('tiles shrink together until none covers another, and never grow', () => {
    expect(tileScale([box(0, 0), box(500, 0)], 20)).toBe(1);
    const close = [box(0, 0), box(60, 10), box(20, 90, 40)];
    const scale = tileScale(close, 20);
    expect(scale).toBeLessThan(0.65);
    for (const [at, a] of close.entries()) for (const b of close.slice(at + 1)) expect(apart(a, b, scale)).toBe(true);
    expect(tileScale([box(0, 0), box(0, 0)], 20)).toBeGreaterThan(0.1);
  });

  it('a name stands where there is room, is moved in at the edge, and is left out where another stands', () => {
    const labels = [
      { text: 'Thôn Một', x: 300, y: 100 },
      { text: 'Thôn Hai', x: 310, y: 104 },
      { text: 'Bản Nậm Khao', x: 5, y: 200 },
      { text: 'Bản Nậm Khao', x: 595, y: 300 },
      { text: 'Thôn Ba', x: 450, y: 95 },
    ];
    const [first, second, left, right, onTile] = placeLabels(labels, [box(450, 100, 40)], 600);
    expect([first, second, onTile]).toEqual([0, undefined, undefined]);
    expect(left).toBeGreaterThan(20);
    expect(right).toBeLessThan(-20);
  });
});

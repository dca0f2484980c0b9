import { geoIdentity, geoPath } from 'd3-geo';
import type { MultiPolygon, Point, Polygon, Position } from 'geojson';

/** Where something lies, in degrees of WGS84. */
export type MapShape = Point | Polygon | MultiPolygon;

export interface LaidShape {
  /** The outline as an SVG path; undefined of a point. */
  readonly path: string | undefined;
  /** A point inside it, where its tile stands. */
  readonly x: number;
  readonly y: number;
}

export interface LaidMap {
  /** Of the picture, in units of its own. */
  readonly width: number;
  readonly height: number;
  /** In the order of the shapes. */
  readonly shapes: readonly LaidShape[];
}

const WIDTH = 800;
/** Height as a part of the width: a commune may be a strip along a river. */
const [LOWEST, HIGHEST] = [0.4, 0.9];
const PADDING = 36;
/** A picture of one point shows this much around it, in degrees. */
const AROUND = 0.01;

const polygonsOf = (shape: MapShape): Position[][][] =>
  shape.type === 'MultiPolygon' ? shape.coordinates : shape.type === 'Polygon' ? [shape.coordinates] : [];

const positionsOf = (shape: MapShape): Position[] =>
  shape.type === 'Point' ? [shape.coordinates] : polygonsOf(shape).flat(2);

/** A degree of longitude is shorter than one of latitude, by the cosine of the latitude: so a square stays a square. */
const squeezed = (shape: MapShape, by: number): MapShape => {
  const squeeze = ([x = 0, y = 0]: Position): Position => [x * by, y];
  const rings = (polygon: Position[][]) => polygon.map((ring) => ring.map(squeeze));
  switch (shape.type) {
    case 'Point':
      return { type: 'Point', coordinates: squeeze(shape.coordinates) };
    case 'Polygon':
      return { type: 'Polygon', coordinates: rings(shape.coordinates) };
    case 'MultiPolygon':
      return { type: 'MultiPolygon', coordinates: shape.coordinates.map(rings) };
  }
};

const boxOf = (positions: readonly Position[]) => {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x = 0, y = 0] of positions) {
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  return { west, east, south, north };
};

/** The part of a line at this height that is inside, the widest of them: its middle. */
const middleAt = (rings: readonly Position[][], y: number): { x: number; wide: number } => {
  const cuts: number[] = [];
  for (const ring of rings)
    for (const [at, [x2 = 0, y2 = 0]] of ring.entries()) {
      const [x1 = 0, y1 = 0] = ring[(at || ring.length) - 1]!;
      if (y1 > y !== y2 > y) cuts.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
    }
  cuts.sort((a, b) => a - b);
  let best = { x: 0, wide: -1 };
  for (let at = 0; at + 1 < cuts.length; at += 2) {
    const wide = cuts[at + 1]! - cuts[at]!;
    if (wide > best.wide) best = { x: (cuts[at]! + cuts[at + 1]!) / 2, wide };
  }
  return best;
};

/** A point well inside the largest part of an outline, also of one that is bent: where there is most room beside it. */
const middleOf = (polygons: readonly Position[][][]): [number, number] => {
  const size = (rings: readonly Position[][]): number => {
    const { west, east, south, north } = boxOf(rings[0] ?? []);
    return (east - west) * (north - south);
  };
  const largest = [...polygons].sort((a, b) => size(b) - size(a))[0]!;
  const { west, east, south, north } = boxOf(largest[0]!);
  let best = { x: (west + east) / 2, y: (south + north) / 2, room: -1 };
  // The middle heights first: there a tile looks at home.
  for (const part of [0.5, 0.45, 0.55, 0.4, 0.6, 0.33, 0.67, 0.25, 0.75]) {
    const y = south + (north - south) * part;
    const { x, wide } = middleAt(largest, y);
    const room = wide * (1 - Math.abs(part - 0.5));
    if (room > best.room) best = { x, y, room };
  }
  return [best.x, best.y];
};

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Lays shapes out on one picture, north above. At least one must be there. */
export const layMap = (shapes: readonly MapShape[]): LaidMap => {
  const { south, north } = boxOf(shapes.flatMap(positionsOf));
  const by = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const flat = shapes.map((shape) => squeezed(shape, by));
  const box = boxOf(flat.flatMap(positionsOf));
  if (box.east - box.west < AROUND && box.north - box.south < AROUND) {
    [box.west, box.east] = [box.west - AROUND, box.east + AROUND];
    [box.south, box.north] = [box.south - AROUND, box.north + AROUND];
  }
  const ratio = (box.north - box.south) / Math.max(box.east - box.west, AROUND);
  const height = Math.round(WIDTH * Math.min(HIGHEST, Math.max(LOWEST, ratio)));
  const whole = { type: 'MultiPoint' as const, coordinates: [[box.west, box.south], [box.east, box.north]] }; // biome-ignore format: corners
  const room: [[number, number], [number, number]] = [[PADDING, PADDING], [WIDTH - PADDING, height - PADDING]]; // biome-ignore format: corners
  const projection = geoIdentity().reflectY(true).fitExtent(room, whole);
  const path = geoPath(projection).digits(1);
  return {
    width: WIDTH,
    height,
    shapes: flat.map((shape) => {
      const at = shape.type === 'Point' ? shape.coordinates : middleOf(polygonsOf(shape));
      const [x, y] = projection([at[0]!, at[1]!])!;
      const outline = shape.type === 'Point' ? undefined : (path(shape) ?? undefined);
      return { path: outline, x: rounded(x), y: rounded(y) };
    }),
  };
};

export interface TileBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SMALLEST_SCALE = 0.16;

/** By how much all tiles shrink so that no two of them, each with this much below it for its name, cover each other; 1 at most. */
export const tileScale = (boxes: readonly TileBox[], below: number): number => {
  let scale = 1;
  for (const [at, a] of boxes.entries())
    for (const b of boxes.slice(at + 1)) {
      const beside = Math.abs(a.x - b.x) / ((a.width + b.width) / 2);
      const above = (Math.abs(a.y - b.y) - below) / ((a.height + b.height) / 2);
      scale = Math.min(scale, Math.max(beside, above) * 0.94);
    }
  return Math.max(SMALLEST_SCALE, Math.floor(scale * 100) / 100);
};

export interface LabelAsked {
  readonly text: string;
  /** Middle of its upper edge, in pixels of the picture as it is shown. */
  readonly x: number;
  readonly y: number;
}

const LETTER = 7.6;
const LINE = 18;

/**
 * Which names can stand below their tiles without covering a tile or each other, the first of the list first: how far each
 * has to be moved sideways to stay within the picture; undefined where there is no room.
 */
export const placeLabels = (
  labels: readonly LabelAsked[],
  tiles: readonly TileBox[],
  width: number,
): (number | undefined)[] => {
  const taken: { left: number; right: number; top: number; foot: number }[] = tiles.map((tile) => ({
    left: tile.x - tile.width / 2,
    right: tile.x + tile.width / 2,
    top: tile.y - tile.height / 2,
    foot: tile.y + tile.height / 2,
  }));
  return labels.map(({ text, x, y }) => {
    const half = (text.length * LETTER) / 2 + 2;
    const shift = Math.max(0, half - x) - Math.max(0, x + half - width);
    const box = { left: x + shift - half, right: x + shift + half, top: y + 1, foot: y + LINE };
    const free = taken.every(
      (other) => box.right <= other.left || box.left >= other.right || box.foot <= other.top || box.top >= other.foot,
    );
    if (!free || half * 2 > width) return undefined;
    taken.push(box);
    return Math.round(shift);
  });
};

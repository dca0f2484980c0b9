import { simplify } from '@turf/simplify';
import { type Polygon, type Position, polygonsOf, type Ring, type ShapeGeometry } from './shape.ts';

/** Five decimals of a degree are about a metre. */
const DECIMALS = 100_000;
/** A page holds some forty outlines: with so many points each they stay below 40 kB. */
const MOST_POINTS = 80;
/** The part of a shape's size by which its outline may be off, at first; it grows until the points are few enough. */
const FIRST_PART = 1 / 400;
const GROWTH = 1.5;
const MOST_STEPS = 16;
/**
 * Of a shape finer than this only one point in every few is looked at: eighty are left in the end, whatever it draws, and the
 * work grows with the square of the points.
 */
const MOST_LOOKED_AT = 1_000;
/** Points a small ring keeps nevertheless, beside a large one that is finer than that. */
const LEAST_LOOKED_AT = 16;
/** A ring has four points at least: of more rings than this no shape stays below its most points. */
const MOST_RINGS = MOST_POINTS / 4;

const roundPosition = ([longitude, latitude]: Position): Position => [
  Math.round(longitude * DECIMALS) / DECIMALS,
  Math.round(latitude * DECIMALS) / DECIMALS,
];

const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

/** Of one point in `coarse`, as far as the ring has so many. */
const roundRing = (ring: Ring, coarse: number): Ring => {
  const every = Math.min(coarse, Math.max(1, Math.floor(ring.length / LEAST_LOOKED_AT)));
  const looked = ring.filter((_, at) => at % every === 0 || at === ring.length - 1);
  const rounded = looked.map(roundPosition);
  return rounded.filter((position, at) => at === 0 || !same(position, rounded[at - 1]!));
};

/** Longer side of what a ring takes up, in degrees. */
const sizeOf = (ring: Ring): number => {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of ring) {
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  return Math.max(east - west, north - south);
};

/** The largest ones, in the order they had. */
const largestOf = <T>(all: readonly T[], size: (each: T) => number): T[] => {
  if (all.length <= MOST_RINGS) return [...all];
  const sized = all.map((each, at) => ({ each, at, size: size(each) }));
  const kept = sized.sort((a, b) => b.size - a.size || a.at - b.at).slice(0, MOST_RINGS);
  return kept.sort((a, b) => a.at - b.at).map(({ each }) => each);
};

/** Without islets and holes that could not stay in any case, and with no more points than are looked at. */
const looked = (geometry: ShapeGeometry): Polygon[] => {
  const drawn = polygonsOf(geometry).filter(([outer]) => (outer?.length ?? 0) >= 4);
  const polygons = largestOf(drawn, ([outer]) => sizeOf(outer!)).map(([outer, ...holes]) => [
    outer!,
    ...largestOf(holes, sizeOf),
  ]);
  const coarse = Math.ceil(countOf(polygons) / MOST_LOOKED_AT);
  return polygons
    .map((polygon) => polygon.map((ring) => roundRing(ring, coarse)).filter((ring, at) => at === 0 || ring.length >= 4))
    .filter(([outer]) => outer!.length >= 4);
};

const countOf = (polygons: readonly Polygon[]): number => polygons.flat().reduce((sum, ring) => sum + ring.length, 0);

/** Islets and holes too small to be seen at this tolerance go; undefined when nothing of the polygon is left. */
const coarser = (polygon: Polygon, tolerance: number, keep: Ring): Polygon | undefined => {
  const [outer, ...holes] = polygon;
  if (!outer || (outer !== keep && sizeOf(outer) < tolerance * 4)) return undefined;
  const rings = [outer, ...holes.filter((hole) => sizeOf(hole) >= tolerance * 4)];
  return simplify({ type: 'Polygon', coordinates: rings }, { tolerance }).coordinates as Polygon;
};

/**
 * The shape as coarse as a page needs it: about 80 points, coordinates of five decimals; points stay points. Undefined when
 * nothing is left of it: an outline without an area.
 */
export const simplifyShape = (geometry: ShapeGeometry): ShapeGeometry | undefined => {
  if (geometry.type === 'Point') return { type: 'Point', coordinates: roundPosition(geometry.coordinates) };
  const polygons = looked(geometry);
  const largest = polygons.map(([outer]) => outer!).sort((a, b) => sizeOf(b) - sizeOf(a))[0];
  if (!largest) return undefined;
  let tolerance = sizeOf(largest) * FIRST_PART;
  try {
    for (let step = 1; ; step += 1) {
      const coarse = polygons
        .map((polygon) => coarser(polygon, tolerance, largest))
        .filter((polygon) => polygon !== undefined)
        .map(asPolygon);
      if (step === MOST_STEPS || countOf(coarse) <= MOST_POINTS)
        return coarse.length === 1
          ? { type: 'Polygon', coordinates: coarse[0]! }
          : { type: 'MultiPolygon', coordinates: coarse };
      tolerance *= GROWTH;
    }
  } catch {
    // The package throws for rings that run back upon themselves: there is nothing to draw.
    return undefined;
  }
};

const asPolygon = (polygon: Polygon): Polygon => polygon.map((ring) => ring.map(roundPosition));

/** A made-up outline: a cell of a grid whose borders wave; no place on earth looks like it. */
const WEST = 104.3;
const NORTH = 21.6;
/** Side of a cell, in degrees: some two kilometres. */
const SIDE = 0.02;
const STEPS = 24;

const wave = (at: number): number => Math.sin(at * 9) * 0.06 + Math.sin(at * 23) * 0.02;

/** A corner or a point of a border, in cells from the north-west. */
const degrees = (x: number, y: number): [number, number] => [
  WEST + (x + wave(y)) * SIDE * 1.07,
  NORTH - (y + wave(x + 3)) * SIDE,
];

const along = (from: readonly [number, number], to: readonly [number, number]): [number, number][] =>
  Array.from({ length: STEPS }, (_, at) =>
    degrees(from[0] + ((to[0] - from[0]) * at) / STEPS, from[1] + ((to[1] - from[1]) * at) / STEPS),
  );

export const cellRing = (x: number, y: number): [number, number][] => {
  const corners = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]] as const; // biome-ignore format: four corners
  const ring = corners.flatMap((corner, at) => along(corner, corners[(at + 1) % 4]!));
  return [...ring, ring[0]!];
};

export const polygonFeature = (properties: object | null, x: number, y = 0) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: [cellRing(x, y)] },
});

export const pointFeature = (properties: object, x: number, y = 0) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: degrees(x + 0.5, y + 0.5) },
});

/** A file with these features. */
export const geoJson = (features: readonly object[], more: object = {}): string =>
  JSON.stringify({ type: 'FeatureCollection', ...more, features });

/** A file that draws villages of these names beside each other, so many in a row. */
export const mapOf = (names: readonly string[], across = 3): string =>
  geoJson(names.map((ten, at) => polygonFeature({ ten }, at % across, Math.floor(at / across))));

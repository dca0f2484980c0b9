import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { type AppError, invalid, type Params } from '../../../shared/errors.ts';
import { clean, fold } from '../../../shared/text.ts';
import { type FileShape, type Position, polygonsOf, type Ring, type ShapeGeometry } from './shape.ts';
import { simplifyShape } from './simplify-shape.ts';

/** What a file may hold at most: bytes, features, points of all outlines, brackets within brackets. */
export const SHAPE_LIMITS = { bytes: 10 * 1_048_576, features: 2_000, positions: 500_000, depth: 32 } as const;

/** Islands included, with room: what lies outside is a file of elsewhere, or none in degrees. */
const VIETNAM = { west: 100, east: 120, south: 5, north: 25 } as const;

/** Names of WGS84 in the member `crs` of older files; the standard of today knows no other and has no such member. */
const WGS84 = /(?:CRS84|EPSG:(?:[\d.]*:)?4326|WGS ?84)$/iu;

const PROPERTIES = { most: 60, key: 100, value: 300 } as const;

/** A feature that cannot be drawn: `error.map.feature.<code>` says why. */
export interface ShapeFault {
  readonly number: number;
  readonly code: 'no-geometry' | 'kind' | 'coordinates';
}

export interface ReadShapes {
  readonly features: number;
  readonly shapes: readonly FileShape[];
  readonly faults: readonly ShapeFault[];
}

const positions = z.array(z.array(z.number()).min(2));
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: z.array(z.number()).min(2) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(positions).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(positions).min(1)).min(1) }),
]);
const feature = z.object({
  type: z.literal('Feature'),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.unknown().optional(),
});
const file = z.discriminatedUnion('type', [
  z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()), crs: z.unknown().optional() }),
  feature.extend({ crs: z.unknown().optional() }),
]);
const named = z.object({ properties: z.object({ name: z.string() }) });

const fault = (code: string, params: Params = {}): AppError =>
  invalid(`map.${code}`, params, [{ path: 'file', code: `map.${code}`, params }]);

/** How deep brackets lie within each other, strings left out. */
const depthOf = (text: string): number => {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter === '\\') at += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '[' || letter === '{') deepest = Math.max(deepest, ++depth);
    else if (letter === ']' || letter === '}') depth -= 1;
  }
  return deepest;
};

const parse = (text: string): unknown => {
  if (depthOf(text) > SHAPE_LIMITS.depth) throw fault('too-deep');
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch {
    throw fault('not-json');
  }
};

/** Features as the file has them, once it is GeoJSON of degrees at all. */
const featuresOf = (text: string): unknown[] => {
  const read = file.safeParse(parse(text));
  if (!read.success) throw fault('not-geojson');
  const crs = named.safeParse(read.data.crs).data?.properties.name;
  if (crs !== undefined && !WGS84.test(crs)) throw fault('crs', { crs: clean(crs).slice(0, 80) });
  const features = read.data.type === 'Feature' ? [read.data] : read.data.features;
  if (features.length === 0) throw fault('empty');
  if (features.length > SHAPE_LIMITS.features) throw fault('too-many', { most: SHAPE_LIMITS.features });
  return features;
};

/** Texts and numbers a feature is described by; the rest says no name. */
const textsOf = (properties: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(properties ?? {})
      .filter(([key, value]) => key.length <= PROPERTIES.key && ['string', 'number'].includes(typeof value))
      .slice(0, PROPERTIES.most)
      .map(([key, value]) => [key, clean(String(value)).slice(0, PROPERTIES.value)]),
  );

/** A point must be in degrees and in the country: figures in metres would be drawn as well, and be nonsense. */
const placed = (number: number, [x = Number.NaN, y = Number.NaN]: readonly number[]): Position => {
  const at = { number, x: String(x), y: String(y) };
  if (Math.abs(x) <= 90 && Math.abs(y) > 90 && Math.abs(y) <= 180) throw fault('swapped', at);
  if (Math.abs(x) > 180 || Math.abs(y) > 90) throw fault('metres', at);
  if (x < VIETNAM.west || x > VIETNAM.east || y < VIETNAM.south || y > VIETNAM.north) throw fault('elsewhere', at);
  return [x, y];
};

/** Some programs leave out the last point of a ring; it is the first again. */
const closed = (ring: Ring): Ring => {
  const [first, last] = [ring[0], ring.at(-1)];
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
};

const place = (number: number, read: z.output<typeof geometry>): ShapeGeometry => {
  const polygon = (rings: readonly (readonly (readonly number[])[])[]) =>
    rings.map((ring) => closed(ring.map((position) => placed(number, position))));
  switch (read.type) {
    case 'Point':
      return { type: 'Point', coordinates: placed(number, read.coordinates) };
    case 'Polygon':
      return { type: 'Polygon', coordinates: polygon(read.coordinates) };
    case 'MultiPolygon':
      return { type: 'MultiPolygon', coordinates: read.coordinates.map(polygon) };
  }
};

const kindOf = (value: unknown): string => fold(String((value as { type?: unknown } | null)?.type ?? ''));

/**
 * The shapes of a GeoJSON file (RFC 7946), each simplified for drawing, and the features that are none. Throws `invalid`
 * with what is wrong of the file as a whole: too large, broken, in another system of coordinates (`map.metres`, `map.crs`).
 */
export const readShapes = async (text: string): Promise<ReadShapes> => {
  if (Buffer.byteLength(text) > SHAPE_LIMITS.bytes) {
    const params = { limit: SHAPE_LIMITS.bytes / 1_048_576 };
    throw invalid('file.too-large', params, [{ path: 'file', code: 'file.too-large', params }]);
  }
  const features = featuresOf(text);
  const whole: FileShape[] = [];
  const faults: ShapeFault[] = [];
  let points = 0;
  for (const [at, each] of features.entries()) {
    const number = at + 1;
    const known = feature.safeParse(each).data;
    if (!known?.geometry) {
      faults.push({ number, code: 'no-geometry' });
      continue;
    }
    const read = geometry.safeParse(known.geometry).data;
    if (!read) {
      const drawn = ['point', 'polygon', 'multipolygon'].includes(kindOf(known.geometry));
      faults.push({ number, code: drawn ? 'coordinates' : 'kind' });
      continue;
    }
    const shape = place(number, read);
    for (const ring of polygonsOf(shape).flat()) points += ring.length;
    if (points > SHAPE_LIMITS.positions) throw fault('too-fine', { most: SHAPE_LIMITS.positions });
    whole.push({ number, properties: textsOf(known.properties), geometry: shape });
  }
  const shapes: FileShape[] = [];
  for (const shape of whole) {
    // Between two outlines others have their turn: a file may hold thousands of them.
    await setImmediate();
    const simple = simplifyShape(shape.geometry);
    if (simple) shapes.push({ ...shape, geometry: simple });
    else faults.push({ number: shape.number, code: 'coordinates' });
  }
  return { features: features.length, shapes, faults: faults.sort((a, b) => a.number - b.number) };
};

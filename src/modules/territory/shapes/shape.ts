import { z } from 'zod';

const LONGITUDE = 180;
const LATITUDE = 90;

const position = z.tuple([z.number().min(-LONGITUDE).max(LONGITUDE), z.number().min(-LATITUDE).max(LATITUDE)]);
const ring = z.array(position).min(4);
const polygon = z.array(ring).min(1);

/** Where a village lies, as RFC 7946 has it: longitude and latitude of WGS84 in degrees. A ring ends where it began. */
const shapeGeometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: position }),
  z.object({ type: z.literal('Polygon'), coordinates: polygon }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon).min(1) }),
]);

export type ShapeGeometry = z.output<typeof shapeGeometry>;
export type Position = z.output<typeof position>;
export type Ring = z.output<typeof ring>;
export type Polygon = z.output<typeof polygon>;

/** One feature of a file: its number in the file, from 1, what the file says of it, and where it lies. */
export const fileShape = z.object({
  number: z.number().int().positive(),
  properties: z.record(z.string().max(100), z.string().max(300)),
  geometry: shapeGeometry,
});

export type FileShape = z.output<typeof fileShape>;

export const polygonsOf = (geometry: ShapeGeometry): readonly Polygon[] =>
  geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [];

/** Several features of one village as one shape; a point beside an outline says nothing more. */
export const mergeShapes = (geometries: readonly [ShapeGeometry, ...ShapeGeometry[]]): ShapeGeometry => {
  const polygons = geometries.flatMap((geometry) => polygonsOf(geometry));
  if (polygons.length === 0) return geometries[0];
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0]! }
    : { type: 'MultiPolygon', coordinates: polygons };
};

/** Whether two shapes are drawn alike, point by point. */
export const sameShape = (a: ShapeGeometry, b: ShapeGeometry): boolean =>
  a.type === b.type && JSON.stringify(a.coordinates) === JSON.stringify(b.coordinates);

import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';
import { onDay } from '../store.ts';
import type { ShapeGeometry } from './shape.ts';

/** A village's shape as it stands from a day on. */
export interface PlaceShape {
  readonly placeId: string;
  readonly from: Day;
  readonly geometry: ShapeGeometry;
  /** Name of the file it came in. */
  readonly source: string;
  readonly loadedAt: Date;
}

/** Shapes, on a day, of the places and of what lies in them then. */
export const shapesWithin = async (tx: Db, placeIds: readonly string[], on: Day): Promise<PlaceShape[]> => {
  const { rows } = await sql<PlaceShape>`
    select s.place_id as "placeId", s.valid_from as "from", s.geometry, s.source, s.loaded_at as "loadedAt"
    from territory.place_shape s where ${onDay('s', on)} and s.place_id in (
      select t.place_id from territory.place_tree t where t.ancestor_id = any(${[...placeIds]}::uuid[]) and ${onDay('t', on)})
    order by s.place_id`.execute(tx);
  return rows;
};

/**
 * Writes a place's shape from a day on, in the stead of whatever was said of the time since: a shape that reaches into it
 * ends where it begins, later ones go.
 */
export const writeShape = async (tx: Db, shape: PlaceShape & { readonly loadedBy: string | null }): Promise<void> => {
  const { placeId, from, geometry, source, loadedBy, loadedAt } = shape;
  await endShapes(tx, [placeId], from);
  await sql`insert into territory.place_shape (place_id, valid_from, valid_to, geometry, source, loaded_by, loaded_at)
    values (${placeId}, ${from}, null, ${JSON.stringify(geometry)}::jsonb, ${source}, ${loadedBy}, ${loadedAt})`.execute(
    tx,
  );
};

/** From that day on the places have no shape; how many had one. */
export const endShapes = async (tx: Db, placeIds: readonly string[], on: Day): Promise<number> => {
  const ids = [...placeIds];
  const { rows } = await sql<{ place_id: string }>`
    with gone as (
      delete from territory.place_shape where place_id = any(${ids}::uuid[]) and valid_from >= ${on}::date returning place_id
    ), ended as (
      update territory.place_shape set valid_to = ${on}::date where place_id = any(${ids}::uuid[]) and valid_from < ${on}::date
        and (valid_to is null or valid_to > ${on}::date) returning place_id
    )
    select place_id from gone union select place_id from ended`.execute(tx);
  return rows.length;
};

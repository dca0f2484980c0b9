import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { fullName } from './place.ts';

/**
 * Those of the places that somebody with these areas has to do with: an area lies in the place, or the place in an area, on
 * whatever day, also by way of what the area was made of or has become. For looking at what belongs to a place (a plan of
 * the district that was is read in the communes that are); what may be changed is told by `coversPlaces`. Null = all.
 */
export const relatedPlaces = async (
  tx: Db,
  areas: readonly string[] | null,
  placeIds: readonly string[],
): Promise<string[]> => {
  if (areas === null || placeIds.length === 0) return [...placeIds];
  const { rows } = await sql<{ place_id: string }>`
    with recursive before as (
      select unnest(${areas}::uuid[]) as place_id
      union
      select s.from_id from before b join territory.place_succession s on s.to_id = b.place_id
    ), after as (
      select unnest(${areas}::uuid[]) as place_id
      union
      select s.to_id from after a join territory.place_succession s on s.from_id = a.place_id
    ), held as (select place_id from before union select place_id from after)
    select distinct p.place_id from unnest(${placeIds}::uuid[]) p(place_id) where
      exists (select 1 from held h join territory.place_tree t on t.place_id = h.place_id and t.ancestor_id = p.place_id)
      or exists (select 1 from held h join territory.place_tree t on t.place_id = p.place_id and t.ancestor_id = h.place_id)`.execute(
    tx,
  );
  return rows.map((row) => row.place_id);
};

/**
 * Of each place, those of the others in which it lies or lay on whatever day, or what it, or anything above it, has become:
 * rather one too many than one too few. For whoever has to look again at what a change in the place may have touched.
 */
export const meetingPlaces = async (
  tx: Db,
  placeIds: readonly string[],
  others: readonly string[],
): Promise<Map<string, Set<string>>> => {
  const { rows } = await sql<{ placeId: string; other: string }>`
    with recursive reached (root_id, place_id) as (
      select p, p from unnest(${[...new Set(placeIds)]}::uuid[]) p
      union
      select r.root_id, next.place_id from reached r cross join lateral (
        select t.ancestor_id as place_id from territory.place_tree t where t.place_id = r.place_id
        union all
        select s.to_id from territory.place_succession s where s.from_id = r.place_id
      ) next
    )
    select r.root_id as "placeId", r.place_id as other from reached r
    where r.place_id = any(${[...new Set(others)]}::uuid[])`.execute(tx);
  const meeting = new Map<string, Set<string>>();
  for (const { placeId, other } of rows) meeting.set(placeId, (meeting.get(placeId) ?? new Set()).add(other));
  return meeting;
};

/** What places are called, or were called last, when they are no more: "huyện Trạm Tấu". */
export const lastNames = async (tx: Db, placeIds: readonly string[]): Promise<Map<string, string>> => {
  const { rows } = await sql<{ place_id: string; unit_type: string; name: string }>`
    select distinct on (place_id) place_id, unit_type, name from territory.place_version
    where place_id = any(${[...new Set(placeIds)]}::uuid[]) order by place_id, valid_from desc`.execute(tx);
  return new Map(rows.map((row) => [row.place_id, fullName(row.unit_type, row.name)]));
};

import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { onDay } from './store.ts';

/** The areas and what they became: a successor belongs to whoever holds everything it was made of. */
export const heldAreas = async (tx: Db, areas: readonly string[], on: Day): Promise<string[]> => {
  const { rows } = await sql<{ from_id: string; to_id: string; whole: boolean }>`
    with recursive reached as (
      select unnest(${areas}::uuid[]) as place_id
      union
      select s.to_id from reached r join territory.place_succession s on s.from_id = r.place_id and s.on_date <= ${on}::date
    )
    select s.from_id, s.to_id, s.whole from reached r
    join territory.place_succession s on s.to_id = r.place_id and s.on_date <= ${on}::date`.execute(tx);
  const held = new Set(areas);
  const made = Map.groupBy(rows, (row) => row.to_id);
  for (let before = -1; before < held.size; ) {
    before = held.size;
    for (const [to, parts] of made) if (parts.every((part) => part.whole && held.has(part.from_id))) held.add(to);
  }
  return [...held];
};

/**
 * Do all places lie within the areas on that day? A place that has ended is judged by what it became, all of it, or, when
 * that is not known, by what it lay under at the end; an area that has ended stands for what it became as a whole: one
 * old commune of four gives no right over the other three, nor over the part of it that went elsewhere.
 */
export const coversPlaces = async (
  tx: Db,
  areas: readonly string[],
  placeIds: readonly string[],
  on: Day,
): Promise<boolean> => {
  if (placeIds.length === 0) return true;
  const held = await heldAreas(tx, areas, on);
  const { rows } = await sql<{ outside: number }>`
    with recursive asked as (
      select unnest(${placeIds}::uuid[]) as place_id
      union
      select next.place_id from asked a cross join lateral (
        select s.to_id as place_id from territory.place_succession s where s.from_id = a.place_id and s.on_date <= ${on}::date
        union all
        select last.parent_id from (
          select v.parent_id, v.valid_to from territory.place_version v where v.place_id = a.place_id
          order by v.valid_from desc limit 1) last
        where last.valid_to <= ${on}::date and last.parent_id is not null and not exists (
          select 1 from territory.place_succession s where s.from_id = a.place_id and s.on_date <= ${on}::date)
      ) next
    ), living as (
      select a.place_id from asked a where not exists (
        select 1 from territory.place_succession s where s.from_id = a.place_id and s.on_date <= ${on}::date)
      and not exists (
        select 1 from territory.place_version v where v.place_id = a.place_id
        having max(coalesce(v.valid_to, 'infinity')) <= ${on}::date)
    )
    select (select count(*)::int from living l where not exists (
      select 1 from territory.place_tree t
      where t.place_id = l.place_id and t.ancestor_id = any(${held}::uuid[]) and ${onDay('t', on)}))
      + case when exists (select 1 from living) then 0 else 1 end as outside`.execute(tx);
  return rows[0]?.outside === 0;
};

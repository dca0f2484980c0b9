import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { onDay } from './store.ts';

/** An ended village, and a place in which all lies that stands for it now. */
export interface EndedUnder {
  readonly placeId: string;
  readonly ancestorId: string;
}

/**
 * Of the places, the villages that have ended by a day, with everything they are counted under on it: what they became lies
 * there, all of it, or, when that is not known, what they lay under at the end. Households live on in the register where
 * they were last seen, whether the map still knows the village or not.
 */
export const endedUnder = async (tx: Db, placeIds: readonly string[], on: Day): Promise<EndedUnder[]> => {
  if (placeIds.length === 0) return [];
  const { rows } = await sql<EndedUnder>`
    with recursive root as (
      select v.place_id from territory.place_version v where v.place_id = any(${[...placeIds]}::uuid[]) and v.kind = 'village'
      group by v.place_id having max(coalesce(v.valid_to, 'infinity')) <= ${on}::date
    ), step (root_id, place_id) as (
      select place_id, place_id from root
      union
      select s.root_id, next.place_id from step s
      join lateral (
        select v.parent_id, v.valid_to from territory.place_version v where v.place_id = s.place_id
        order by v.valid_from desc limit 1) last on last.valid_to <= ${on}::date
      cross join lateral (
        select x.to_id as place_id from territory.place_succession x where x.from_id = s.place_id and x.on_date <= ${on}::date
        union all
        select last.parent_id where last.parent_id is not null and not exists (
          select 1 from territory.place_succession x where x.from_id = s.place_id and x.on_date <= ${on}::date)
      ) next
    ), heir as (
      select s.root_id, s.place_id from step s where exists (
        select 1 from territory.place_tree t where t.place_id = s.place_id and t.depth = 0 and ${onDay('t', on)})
    )
    select h.root_id as "placeId", t.ancestor_id as "ancestorId" from heir h
    join territory.place_tree t on t.place_id = h.place_id and ${onDay('t', on)}
    group by 1, 2 having count(distinct h.place_id) = (select count(*) from heir a where a.root_id = h.root_id)`.execute(
    tx,
  );
  return rows;
};

/** Villages that had ended by the day and once lay in the places, or in what these were made of. */
const endedAround = async (tx: Db, placeIds: readonly string[], on: Day): Promise<string[]> => {
  const { rows } = await sql<{ placeId: string }>`
    with recursive was as (
      select unnest(${[...placeIds]}::uuid[]) as place_id
      union
      select s.from_id from was w join territory.place_succession s on s.to_id = w.place_id and s.on_date <= ${on}::date
    )
    select distinct t.place_id as "placeId" from was w
    join territory.place_tree t on t.ancestor_id = w.place_id and t.valid_to <= ${on}::date
    where exists (select 1 from territory.place_version v where v.place_id = t.place_id and v.kind = 'village')
      and not exists (select 1 from territory.place_version v where v.place_id = t.place_id
        and (v.valid_to is null or v.valid_to > ${on}::date))`.execute(tx);
  return rows.map(({ placeId }) => placeId);
};

/**
 * Every place that lies in the given ones on a day, they themselves included; of a place that has ended by then, what lay in
 * it on its last day: a plan of an old district still means its villages. A village that has ended lies where what it became
 * lies, or else where it lay at the end.
 */
export const placesUnder = async (tx: Db, placeIds: readonly string[], on: Day): Promise<string[]> => {
  const { rows: asked } = await sql<{ placeId: string; day: Day }>`
    select v.place_id as "placeId", least(max(coalesce(v.valid_to, 'infinity'::date)) - 1, ${on}::date) as day
    from territory.place_version v where v.place_id = any(${[...placeIds]}::uuid[]) group by v.place_id`.execute(tx);
  const under = new Set<string>();
  for (const [day, places] of Map.groupBy(asked, (each) => each.day)) {
    const ids = places.map(({ placeId }) => placeId);
    const { rows } = await sql<{ placeId: string }>`select distinct t.place_id as "placeId" from territory.place_tree t
      where t.ancestor_id = any(${ids}::uuid[]) and ${onDay('t', day)}`.execute(tx);
    for (const { placeId } of rows) under.add(placeId);
    const ended = await endedUnder(tx, await endedAround(tx, ids, day), day);
    for (const { placeId, ancestorId } of ended) if (ids.includes(ancestorId)) under.add(placeId);
  }
  return [...under];
};

interface InCommune {
  readonly placeId: string;
  readonly communeId: string;
}

const below = async (tx: Db, communes: readonly string[], on: Day): Promise<readonly InCommune[]> => {
  if (communes.length === 0) return [];
  const { rows } =
    await sql<InCommune>`select t.place_id as "placeId", t.ancestor_id as "communeId" from territory.place_tree t
    where t.ancestor_id = any(${[...communes]}::uuid[]) and t.depth > 0 and ${onDay('t', on)}`.execute(tx);
  return rows;
};

/**
 * The commune in which each of the places lies on a day; those that lie in none are left out. Most of them lie in `near`,
 * communes of that day: what lies in those is quicker told than what two thousand places lie in.
 */
export const communesAbove = async (
  tx: Db,
  placeIds: readonly string[],
  on: Day,
  near: readonly string[],
): Promise<Map<string, string>> => {
  const asked = new Set(placeIds);
  const known = (await below(tx, near, on)).filter(({ placeId }) => asked.has(placeId));
  for (const { placeId } of known) asked.delete(placeId);
  const { rows } = await sql<InCommune>`
    with above as materialized (
      select t.place_id, t.ancestor_id from territory.place_tree t
      where t.place_id = any(${[...asked]}::uuid[]) and t.depth > 0 and ${onDay('t', on)}
    ), commune as materialized (
      select v.place_id from territory.place_version v
      where v.place_id in (select distinct a.ancestor_id from above a) and v.kind = 'commune' and ${onDay('v', on)}
    )
    select a.place_id as "placeId", a.ancestor_id as "communeId" from above a join commune c on c.place_id = a.ancestor_id`.execute(
    tx,
  );
  return new Map([...known, ...rows].map(({ placeId, communeId }) => [placeId, communeId]));
};

import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { onDay } from './store.ts';
import { coversPlaces, heldAreas } from './store-areas.ts';

/**
 * Of the places, those that lie within the areas on that day, each judged as `coversPlaces` does: many at once. What stands
 * as it always did is asked in one go; what has ended, or was taken from, one by one.
 */
export const coveredPlaces = async (
  tx: Db,
  areas: readonly string[],
  placeIds: readonly string[],
  on: Day,
): Promise<Set<string>> => {
  const held = await heldAreas(tx, areas, on);
  const { rows } = await sql<{ placeId: string; plain: boolean; inside: boolean }>`
    select a.place_id as "placeId",
      not exists (select 1 from territory.place_succession s where s.from_id = a.place_id and s.on_date <= ${on}::date)
        and exists (select 1 from territory.place_version v where v.place_id = a.place_id
          having max(coalesce(v.valid_to, 'infinity')) > ${on}::date) as plain,
      exists (select 1 from territory.place_tree t where t.place_id = a.place_id and t.ancestor_id = any(${held}::uuid[])
        and ${onDay('t', on)}) as inside
    from unnest(${[...new Set(placeIds)]}::uuid[]) as a (place_id)`.execute(tx);
  const covered = new Set<string>();
  for (const { placeId, plain, inside } of rows)
    if (plain ? inside : await coversPlaces(tx, areas, [placeId], on)) covered.add(placeId);
  return covered;
};

/** What places became (`after`) and came from (`before`), by that day, themselves included. */
const kin = (placeIds: readonly string[], on: Day, ways: readonly ('before' | 'after')[]) => {
  const ids = sql`select unnest(${[...placeIds]}::uuid[])`;
  return sql`(with recursive
    became (place_id) as (${ids} union select s.to_id from became b join territory.place_succession s
      on s.from_id = b.place_id and s.on_date <= ${on}::date and ${ways.includes('after')}),
    was (place_id) as (${ids} union select s.from_id from was w join territory.place_succession s
      on s.to_id = w.place_id and s.on_date <= ${on}::date and ${ways.includes('before')})
    select place_id from became union select place_id from was)`;
};

/**
 * Does a place lie within another on some day of a span: itself, or what it became; with `before` also what it came from
 * (a commune of today continues the plan of the district its parts once lay in).
 */
export const liesWithin = async (
  tx: Db,
  query: { placeId: string; within: string; from: Day; to: Day; on: Day; ways: readonly ('before' | 'after')[] },
): Promise<boolean> => {
  const { placeId, within, from, to, on, ways } = query;
  const { rows } = await sql<{ lies: boolean }>`
    select exists (select 1 from territory.place_tree t join ${kin([placeId], on, ways)} k on k.place_id = t.place_id
      where t.ancestor_id = ${within} and t.valid_from <= ${to}::date and (t.valid_to is null or t.valid_to > ${from}::date)) as lies`.execute(
    tx,
  );
  return rows[0]?.lies === true;
};

/** The day on which each place is to be looked at: the given one, or its last when it has ended by then. */
export const daysThen = async (tx: Db, placeIds: readonly string[], on: Day): Promise<Map<string, Day>> => {
  const { rows } = await sql<{ placeId: string; day: Day }>`
    select v.place_id as "placeId", least(max(coalesce(v.valid_to, 'infinity'::date)) - 1, ${on}::date) as day
    from territory.place_version v where v.place_id = any(${[...new Set(placeIds)]}::uuid[]) group by v.place_id`.execute(
    tx,
  );
  return new Map(rows.map(({ placeId, day }) => [placeId, day]));
};

import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { conflict } from '../../shared/errors.ts';
import { fullName, type PlaceKind, type PlaceVersion, searchKeys } from './place.ts';

interface VersionRow {
  place_id: string;
  valid_from: Day;
  valid_to: Day | null;
  name: string;
  other_names: string[];
  kind: PlaceKind;
  unit_type: string;
  official_code: string | null;
  parent_id: string | null;
  urban: boolean;
}

export interface SuccessionRow {
  from_id: string;
  to_id: string;
  on_date: Day;
  kind: string;
  whole: boolean;
  document: string;
  mark: string;
}

export interface StatusRow {
  place_id: string;
  status: string;
  valid_from: Day;
  valid_to: Day | null;
  document: string;
  mark: string;
}

export interface CountRow {
  place_id: string;
  on_date: Day;
  households: number;
  people: number | null;
  source: string;
}

type TerritoryTables = {
  'territory.place_version': VersionRow;
  'territory.place_status': StatusRow;
  'territory.place_succession': SuccessionRow;
  'territory.village_count': CountRow;
};

const tables = (tx: Db) => tx.withTables<TerritoryTables>();

const toVersion = (row: VersionRow): PlaceVersion => ({
  placeId: row.place_id,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  name: row.name,
  otherNames: row.other_names,
  kind: row.kind,
  unitType: row.unit_type,
  officialCode: row.official_code,
  parentId: row.parent_id,
  urban: row.urban,
});

const CHUNK = 2_000;
const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) =>
    items.slice(index * CHUNK, (index + 1) * CHUNK),
  );

/** Writes all versions of these places, in the stead of those known before, and everything derived from them. */
export const saveVersions = async (tx: Db, versions: readonly PlaceVersion[]): Promise<void> => {
  const ids = [...new Set(versions.map((version) => version.placeId))];
  await sql`delete from territory.place_version where place_id = any(${ids}::uuid[])`.execute(tx);
  for (const part of chunks(versions)) {
    const rows = part.map((version) => ({
      place_id: version.placeId,
      valid_from: version.validFrom,
      valid_to: version.validTo,
      name: version.name,
      other_names: [...version.otherNames],
      kind: version.kind,
      unit_type: version.unitType,
      official_code: version.officialCode,
      parent_id: version.parentId,
      urban: version.urban,
    }));
    await tables(tx).insertInto('territory.place_version').values(rows).execute();
  }
  await saveNames(tx, ids);
  await rebuildTree(tx, ids);
};

const saveNames = async (tx: Db, ids: readonly string[]): Promise<void> => {
  await sql`delete from territory.place_name where place_id = any(${ids}::uuid[])`.execute(tx);
  const { rows: versions } =
    await sql<VersionRow>`select * from territory.place_version where place_id = any(${ids}::uuid[])`.execute(tx);
  const rows = new Map<string, { folded: string; place_id: string; rank: number }>();
  for (const version of versions) {
    for (const [folded, rank] of searchKeys(toVersion(version))) {
      const key = `${folded} ${version.place_id}`;
      if ((rows.get(key)?.rank ?? 9) > rank) rows.set(key, { folded, place_id: version.place_id, rank });
    }
  }
  for (const part of chunks([...rows.values()])) {
    await sql`insert into territory.place_name (folded, place_id, rank)
      select * from unnest(${part.map((row) => row.folded)}::text[], ${part.map((row) => row.place_id)}::uuid[], ${part.map((row) => row.rank)}::smallint[])`.execute(
      tx,
    );
  }
};

// Deeper than the country's five levels only when a place lies under itself.
const DEEPEST = 8;

/**
 * Rebuilds the tree of the given places and of everything that ever lay below them, from place_version alone.
 * Throws conflict `place-cycle` when a place would lie under itself; the transaction then changes nothing.
 */
export const rebuildTree = async (tx: Db, ids: readonly string[]): Promise<void> => {
  const below = sql<{ place_id: string }>`
    with recursive below as (
      select unnest(${ids}::uuid[]) as place_id
      union
      select v.place_id from below b join territory.place_version v on v.parent_id = b.place_id
    ) select place_id from below`;
  const affected = (await below.execute(tx)).rows.map((row) => row.place_id);
  await sql`delete from territory.place_tree where place_id = any(${affected}::uuid[])`.execute(tx);
  const up = await sql<{ deepest: number }>`
    with recursive up as (
      select place_id, place_id as ancestor_id, min(valid_from) as valid_from, nullif(max(coalesce(valid_to, 'infinity')), 'infinity') as valid_to, 0 as depth
      from territory.place_version where place_id = any(${affected}::uuid[]) group by place_id
      union all
      select up.place_id, v.parent_id, greatest(up.valid_from, v.valid_from),
        least(up.valid_to, v.valid_to), up.depth + 1
      from up join territory.place_version v on v.place_id = up.ancestor_id and v.parent_id is not null
        and v.valid_from < coalesce(up.valid_to, 'infinity') and up.valid_from < coalesce(v.valid_to, 'infinity')
      where up.depth <= ${DEEPEST}
    ), kept as (
      insert into territory.place_tree (place_id, ancestor_id, valid_from, valid_to, depth)
      select place_id, ancestor_id, valid_from, nullif(max(coalesce(valid_to, 'infinity')), 'infinity'), min(depth) from up
      where depth <= ${DEEPEST} group by place_id, ancestor_id, valid_from
      returning depth
    ) select max(depth) as deepest from up`.execute(tx);
  if ((up.rows[0]?.deepest ?? 0) > DEEPEST) throw conflict('place-cycle');
};

export const saveSuccessions = async (tx: Db, rows: readonly SuccessionRow[]): Promise<void> => {
  for (const part of chunks(rows)) {
    await tables(tx)
      .insertInto('territory.place_succession')
      .values(part)
      .onConflict((at) => at.columns(['from_id', 'to_id', 'on_date']).doNothing())
      .execute();
  }
};

export const saveStatuses = async (tx: Db, rows: readonly StatusRow[]): Promise<void> => {
  for (const row of rows) {
    await tables(tx)
      .insertInto('territory.place_status')
      .values(row)
      .onConflict((at) =>
        at
          .columns(['place_id', 'status', 'valid_from'])
          .doUpdateSet({ valid_to: row.valid_to, document: row.document }),
      )
      .execute();
  }
};

export const saveCounts = async (tx: Db, rows: readonly CountRow[]): Promise<void> => {
  for (const row of rows) {
    await tables(tx)
      .insertInto('territory.village_count')
      .values(row)
      .onConflict((at) =>
        at
          .columns(['place_id', 'on_date'])
          .doUpdateSet({ households: row.households, people: row.people, source: row.source }),
      )
      .execute();
  }
};

export const versionsOf = async (tx: Db, placeId: string): Promise<PlaceVersion[]> => {
  const rows = await tables(tx)
    .selectFrom('territory.place_version')
    .selectAll()
    .where('place_id', '=', placeId)
    .orderBy('valid_from')
    .execute();
  return rows.map(toVersion);
};

export const statusesOf = (tx: Db, placeId: string): Promise<StatusRow[]> =>
  tables(tx)
    .selectFrom('territory.place_status')
    .selectAll()
    .where('place_id', '=', placeId)
    .orderBy('valid_from')
    .execute();

export const successionsOf = (tx: Db, placeId: string): Promise<SuccessionRow[]> =>
  tables(tx)
    .selectFrom('territory.place_succession')
    .selectAll()
    .where(({ eb, or }) => or([eb('from_id', '=', placeId), eb('to_id', '=', placeId)]))
    .execute();

const onDay = (alias: string, on: Day) =>
  sql`${sql.ref(`${alias}.valid_from`)} <= ${on}::date and (${sql.ref(`${alias}.valid_to`)} is null or ${sql.ref(`${alias}.valid_to`)} > ${on}::date)`;

/** Places of a kind below a place on a day (the place itself included when it is of that kind), by name. */
export const placesWithin = async (tx: Db, placeId: string, on: Day, kind: PlaceKind): Promise<PlaceVersion[]> => {
  const { rows } = await sql<VersionRow>`
    select v.* from territory.place_tree t join territory.place_version v on v.place_id = t.place_id
    where t.ancestor_id = ${placeId} and v.kind = ${kind} and ${onDay('t', on)} and ${onDay('v', on)}
    order by v.name, v.place_id`.execute(tx);
  return rows.map(toVersion);
};

export const childrenOf = async (tx: Db, placeId: string, on: Day): Promise<PlaceVersion[]> => {
  const { rows } = await sql<VersionRow>`
    select v.* from territory.place_version v where v.parent_id = ${placeId} and ${onDay('v', on)} order by v.name, v.place_id`.execute(
    tx,
  );
  return rows.map(toVersion);
};

/** A code means a unit only on a day: 04606 was Pá Hu and is Trạm Tấu. */
export const findByCode = async (tx: Db, code: string, on: Day, kind: PlaceKind): Promise<PlaceVersion | undefined> => {
  const { rows } = await sql<VersionRow>`
    select v.* from territory.place_version v where v.official_code = ${code} and v.kind = ${kind} and ${onDay('v', on)}`.execute(
    tx,
  );
  return rows[0] && toVersion(rows[0]);
};

/** The way up to the country, nearest first, as it was on that day. */
export const pathsOf = async (tx: Db, placeIds: readonly string[], on: Day): Promise<Map<string, PlaceVersion[]>> => {
  const { rows } = await sql<VersionRow & { below: string }>`
    select t.place_id as below, v.* from territory.place_tree t join territory.place_version v on v.place_id = t.ancestor_id
    where t.place_id = any(${placeIds}::uuid[]) and t.depth > 0 and v.kind <> 'country' and ${onDay('t', on)} and ${onDay('v', on)}
    order by t.depth`.execute(tx);
  const paths = new Map<string, PlaceVersion[]>(placeIds.map((id) => [id, []]));
  for (const row of rows) paths.get(row.below)?.push(toVersion(row));
  return paths;
};

/** Places whose name, or another name, or a later word of it, begins with the folded text; best first. */
export const searchPlaces = async (
  tx: Db,
  query: { folded: string; bare: string; on: Day | null; kind: PlaceKind | null; within: string | null; limit: number },
): Promise<PlaceVersion[]> => {
  const { folded, bare, on, kind, within, limit } = query;
  const { rows } = await sql<VersionRow>`
    with found as (
      select place_id, min(case when folded = ${folded} then rank when folded = ${bare} then rank + 1 else rank + 10 end) as rank
      from territory.place_name where folded like ${`${folded.replace(/[%_\\]/gu, '')}%`} or folded = ${bare}
      group by place_id
    )
    select v.* from found f join territory.place_version v on v.place_id = f.place_id
    where (${on}::date is null or ${onDay('v', on ?? '9999-12-31')})
      and (${kind}::text is null or v.kind = ${kind})
      and (${within}::uuid is null or exists (select 1 from territory.place_tree t where t.place_id = v.place_id and t.ancestor_id = ${within}))
    order by f.rank, array_position(array['province', 'district', 'commune', 'village'], v.kind), v.name, v.valid_from desc, v.place_id
    limit ${limit}`.execute(tx);
  return rows.map(toVersion);
};

/** The areas and what they became: a successor belongs to whoever holds everything it was made of. */
const heldAreas = async (tx: Db, areas: readonly string[], on: Day): Promise<string[]> => {
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

/** The hash of the reference data that was loaded last; undefined before the first time. */
export const loadedReference = async (tx: Db): Promise<string | undefined> => {
  const { rows } = await sql<{
    value: string;
  }>`select value #>> '{}' as value from platform.setting where key = 'territory.reference'`.execute(tx);
  return rows[0]?.value;
};

export const rememberReference = async (tx: Db, hash: string): Promise<void> => {
  await sql`insert into platform.setting (key, value) values ('territory.reference', ${JSON.stringify(hash)}::jsonb)
    on conflict (key) do update set value = excluded.value, set_at = now()`.execute(tx);
};

export const countsOf = (tx: Db, placeIds: readonly string[]): Promise<CountRow[]> =>
  sql<CountRow>`select * from territory.village_count where place_id = any(${placeIds}::uuid[]) order by on_date`
    .execute(tx)
    .then(({ rows }) => rows);

/** A place as it was on a day; undefined when it did not exist then. */
export const findVersion = async (tx: Db, placeId: string, on: Day): Promise<PlaceVersion | undefined> =>
  (await versionsOf(tx, placeId)).find(
    (version) => version.validFrom <= on && (version.validTo === null || version.validTo > on),
  );

/** How people name a place on a day, nearest unit first: "Thôn Ví Dụ, xã Bản Mù". */
export const namesOn = async (tx: Db, placeIds: readonly string[], on: Day): Promise<Map<string, string>> => {
  const ids = [...new Set(placeIds)];
  const { rows } = await sql<{ below: string; unit: string; name: string; kind: PlaceKind }>`
    select t.place_id as below, v.unit_type as unit, v.name, v.kind
    from territory.place_tree t join territory.place_version v on v.place_id = t.ancestor_id
    where t.place_id = any(${ids}::uuid[]) and t.depth <= 1 and v.kind <> 'country' and ${onDay('t', on)} and ${onDay('v', on)}
    order by t.depth`.execute(tx);
  const names = new Map<string, string>();
  for (const { below, unit, name } of rows) {
    const known = names.get(below);
    names.set(below, known ? `${known}, ${fullName(unit, name)}` : fullName(unit, name));
  }
  return names;
};

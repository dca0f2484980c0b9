import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { conflict } from '../../shared/errors.ts';
import { byName } from '../../shared/order.ts';
import { fullName, inPlaceOrder, type PlaceKind, type PlaceVersion, placeKinds, searchKeys } from './place.ts';

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

interface NameRow {
  folded: string;
  place_id: string;
  rank: number;
  kind_order: number;
  valid_from: Day;
  valid_to: Day | null;
}

type TerritoryTables = {
  'territory.place_version': VersionRow;
  'territory.place_status': StatusRow;
  'territory.place_succession': SuccessionRow;
  'territory.village_count': CountRow;
  'territory.place_name': NameRow;
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
  // Until the server gathers its statistics by itself, minutes later, lookups would be planned as for empty tables.
  if (versions.length >= CHUNK) {
    await sql`analyze territory.place_version, territory.place_name, territory.place_tree`.execute(tx);
  }
};

const saveNames = async (tx: Db, ids: readonly string[]): Promise<void> => {
  await sql`delete from territory.place_name where place_id = any(${ids}::uuid[])`.execute(tx);
  const { rows: versions } =
    await sql<VersionRow>`select * from territory.place_version where place_id = any(${ids}::uuid[])`.execute(tx);
  const names = new Map<string, NameRow>();
  for (const [placeId, own] of Map.groupBy(versions, (version) => version.place_id)) {
    const order = Math.min(...own.map((version) => placeKinds.indexOf(version.kind)));
    const from = own.map((version) => version.valid_from).sort()[0]!;
    const to = own.some((version) => version.valid_to === null)
      ? null
      : own
          .map((version) => version.valid_to!)
          .sort()
          .at(-1)!;
    for (const version of own) {
      for (const [folded, rank] of searchKeys(toVersion(version))) {
        const key = `${folded} ${placeId}`;
        if ((names.get(key)?.rank ?? 9) <= rank) continue;
        names.set(key, { folded, place_id: placeId, rank, kind_order: order, valid_from: from, valid_to: to });
      }
    }
  }
  for (const part of chunks([...names.values()])) {
    await tables(tx).insertInto('territory.place_name').values(part).execute();
  }
};

// Deeper than the country's five levels only when a place lies under itself.
const DEEPEST = 8;

/**
 * Rebuilds the tree of the given places and of everything that ever lay below them, from place_version alone.
 * Throws conflict `place-cycle` when a place would lie under itself; the transaction then changes nothing.
 */
const rebuildTree = async (tx: Db, ids: readonly string[]): Promise<void> => {
  const below = sql<{ place_id: string }>`
    with recursive below as (
      select unnest(${ids}::uuid[]) as place_id
      union
      select v.place_id from below b join territory.place_version v on v.parent_id = b.place_id
    ) select place_id from below`;
  const affected = (await below.execute(tx)).rows.map((row) => row.place_id);
  await sql`delete from territory.place_tree where place_id = any(${affected}::uuid[])`.execute(tx);
  const up = await sql<{ deepest: number; place: string | null }>`
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
    ) select max(depth) as deepest,
      (select v.name from up u join territory.place_version v using (place_id) where u.depth > 0 and u.ancestor_id = u.place_id limit 1) as place
    from up`.execute(tx);
  if ((up.rows[0]?.deepest ?? 0) > DEEPEST) throw conflict('place-cycle', { place: up.rows[0]?.place ?? '' });
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

/** The row of that alias holds on the day. */
export const onDay = (alias: string, on: Day) =>
  sql`${sql.ref(`${alias}.valid_from`)} <= ${on}::date and (${sql.ref(`${alias}.valid_to`)} is null or ${sql.ref(`${alias}.valid_to`)} > ${on}::date)`;

/** Places of a kind below a place on a day (the place itself included when it is of that kind), in order. */
export const placesWithin = async (tx: Db, placeId: string, on: Day, kind: PlaceKind): Promise<PlaceVersion[]> => {
  const { rows } = await sql<VersionRow>`
    select v.* from territory.place_tree t join territory.place_version v on v.place_id = t.place_id
    where t.ancestor_id = ${placeId} and v.kind = ${kind} and ${onDay('t', on)} and ${onDay('v', on)}`.execute(tx);
  return rows.map(toVersion).sort(inPlaceOrder);
};

export const childrenOf = async (tx: Db, placeId: string, on: Day): Promise<PlaceVersion[]> => {
  const { rows } = await sql<VersionRow>`
    select v.* from territory.place_version v where v.parent_id = ${placeId} and ${onDay('v', on)}`.execute(tx);
  return rows.map(toVersion).sort(inPlaceOrder);
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

/**
 * Places whose name, or another name, or a later word of it, begins with the folded text; best first. One letter begins
 * the names of half the country, so the names are cut to the best before anything else is looked up: a place has few
 * names that begin alike, hence a few times the places asked for.
 */
export const searchPlaces = async (
  tx: Db,
  query: { folded: string; bare: string; on: Day | null; kind: PlaceKind | null; within: string | null; limit: number },
): Promise<PlaceVersion[]> => {
  const { folded, bare, on, kind, within, limit } = query;
  const day = on ?? '9999-12-31';
  const named = sql`select n.place_id, n.folded, n.kind_order,
      case when n.folded = ${folded} then n.rank when n.folded = ${bare} then n.rank + 1 else n.rank + 10 end as rank
    from territory.place_name n where (n.folded like ${`${folded}%`} ${bare === folded ? sql`` : sql`or n.folded = ${bare}`})
      ${on === null ? sql`` : sql`and ${onDay('n', day)}`}
      ${kind === null ? sql`` : sql`and n.kind_order = ${placeKinds.indexOf(kind)}`}
      ${within === null ? sql`` : sql`and n.place_id in (select t.place_id from territory.place_tree t where t.ancestor_id = ${within})`}
    order by rank, n.kind_order, n.folded collate "C", n.place_id limit ${limit * 8}`;
  const { rows } = await sql<VersionRow>`
    with named as (${named}), found as (select place_id, min(rank) as rank, min(kind_order) as kind_order from named group by place_id)
    select v.* from found f join territory.place_version v on v.place_id = f.place_id
    ${on === null ? sql`` : sql`where ${onDay('v', day)}`}
    order by f.rank, f.kind_order, v.name, v.valid_from desc, v.place_id
    limit ${limit}`.execute(tx);
  return rows.map(toVersion);
};

/** What each place became, for those that became something else. */
export const successorsOf = async (tx: Db, placeIds: readonly string[]): Promise<Map<string, string[]>> => {
  const { rows } = await sql<{ from_id: string; to_id: string }>`
    select from_id, to_id from territory.place_succession where from_id = any(${placeIds}::uuid[]) order by on_date, to_id`.execute(
    tx,
  );
  const found = new Map<string, string[]>();
  for (const row of rows) found.set(row.from_id, [...(found.get(row.from_id) ?? []), row.to_id]);
  return found;
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

/** How people name a place on a day, nearest unit first: "Thôn Ví Dụ, xã Bản Mù"; with no units above: "Thôn Ví Dụ". */
export const namesOn = async (
  tx: Db,
  placeIds: readonly string[],
  on: Day,
  above = 1,
): Promise<Map<string, string>> => {
  const ids = [...new Set(placeIds)];
  const { rows } = await sql<{ below: string; unit: string; name: string; kind: PlaceKind }>`
    select t.place_id as below, v.unit_type as unit, v.name, v.kind
    from territory.place_tree t join territory.place_version v on v.place_id = t.ancestor_id
    where t.place_id = any(${ids}::uuid[]) and t.depth <= ${above}::int and v.kind <> 'country' and ${onDay('t', on)} and ${onDay('v', on)}
    order by t.depth`.execute(tx);
  const names = new Map<string, string>();
  for (const { below, unit, name } of rows) {
    const known = names.get(below);
    names.set(below, known ? `${known}, ${fullName(unit, name)}` : fullName(unit, name));
  }
  return names;
};

/** Communes within areas on a day, and what they came from as a whole. `areas` null = all. */
export const communesFor = async (tx: Db, areas: readonly string[] | null, on: Day): Promise<PlaceVersion[]> => {
  const { rows } = await sql<VersionRow>`
    with recursive now as (
      select distinct v.place_id from territory.place_version v where v.kind = 'commune' and ${onDay('v', on)} and (${areas}::uuid[] is null
        or exists (select 1 from territory.place_tree t where t.place_id = v.place_id and t.ancestor_id = any(${areas}::uuid[]) and ${onDay('t', on)}))
    ), lineage as (
      select place_id from now
      union
      select s.from_id from lineage l join territory.place_succession s on s.to_id = l.place_id and s.whole
    )
    select distinct on (v.place_id) v.* from lineage l join territory.place_version v on v.place_id = l.place_id where v.kind = 'commune'
    order by v.place_id, v.valid_from desc`.execute(tx);
  return rows
    .map(toVersion)
    .sort((a, b) => Number(b.validTo === null) - Number(a.validTo === null) || byName(a.name, b.name));
};

import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';
import type { PlaceVersion } from '../../territory/index.ts';
import type { ImportCounts } from '../imports/import.ts';
import type { ListShape, RowFault } from '../list/index.ts';
import type { StagedHousehold, StagedMember } from './staged.ts';

export const clearStaging = async (tx: Db, importId: string): Promise<void> => {
  await dropStaged(tx, importId);
  await sql`delete from registry.import_fault where import_id = ${importId}`.execute(tx);
  await sql`delete from registry.import_decision where import_id = ${importId}`.execute(tx);
};

/** Answers given to an earlier check of the same file, put aside while it is checked again. */
export const keepAnswers = async (tx: Db, importId: string): Promise<void> => {
  await sql`drop table if exists pg_temp.answer_kept`.execute(tx);
  await sql`create temp table answer_kept on commit drop as select kind, line, subject_id, answer, answered_by, answered_at
    from registry.import_decision where import_id = ${importId} and answer is not null`.execute(tx);
};

/** The same question has the same answer as before: checking again asks nobody twice. */
export const restoreAnswers = async (tx: Db, importId: string): Promise<void> => {
  await sql`update registry.import_decision d set answer = k.answer, answered_by = k.answered_by, answered_at = k.answered_at
    from pg_temp.answer_kept k where d.import_id = ${importId} and d.kind = k.kind and d.subject_id = k.subject_id
      and d.line is not distinct from k.line`.execute(tx);
};

/** What was read of people is kept only until it is written or given up. */
export const dropStaged = async (tx: Db, importId: string): Promise<void> => {
  await sql`delete from registry.import_household where import_id = ${importId}`.execute(tx);
  await sql`delete from registry.import_member where import_id = ${importId}`.execute(tx);
};

// What is not said is left out: to read a name and "null" costs as much as to read a value.
const withoutNulls = (row: object): object => {
  const said: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row)) if (value !== null) said[key] = value;
  return said;
};

const jsonOf = (rows: readonly object[]): string => JSON.stringify(rows.map(withoutNulls));

/** Rows travel as one JSON value per batch; the table's own row type gives the column types. */
const rowsOf = (table: string, rows: readonly object[]) =>
  sql`json_populate_recordset(null::${sql.raw(`registry.${table}`)}, ${jsonOf(rows)}::json)`;

const insertAll = async (tx: Db, table: string, rows: readonly object[]): Promise<void> => {
  if (rows.length === 0) return;
  await sql`insert into ${sql.raw(`registry.${table}`)} select * from ${rowsOf(table, rows)}`.execute(tx);
};

export const insertHouseholds = (tx: Db, rows: readonly StagedHousehold[]): Promise<void> =>
  insertAll(tx, 'import_household', rows);

/** Members are put under the row of the household with their code, where that was written before them. */
export const insertMembers = async (tx: Db, rows: readonly StagedMember[]): Promise<void> => {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!);
  await sql`insert into registry.import_member (household_line, ${sql.raw(columns.join(', '))})
    select (select h.line from registry.import_household h where h.import_id = m.import_id and h.code = m.household_code order by h.line limit 1),
      ${sql.raw(columns.map((column) => `m.${column}`).join(', '))}
    from ${rowsOf('import_member', rows)} m`.execute(tx);
};

export const insertFaults = async (
  tx: Db,
  importId: string,
  first: number,
  faults: readonly RowFault[],
): Promise<void> =>
  insertAll(
    tx,
    'import_fault',
    faults.map((fault, at) => ({
      import_id: importId,
      fault_no: first + at,
      sheet: fault.sheet,
      row_number: fault.row,
      column_name: fault.column,
      cell: fault.cell,
      value: fault.value,
      severity: fault.severity,
      code: fault.code,
      params: fault.params,
    })),
  );

/**
 * From here to the end of the transaction statistics are made from a tenth of the usual sample. How many rows there are is
 * what the planner has to know of what a list writes; to sort samples of every column took a sixth of an import.
 */
export const sampleLittle = async (tx: Db): Promise<void> => {
  await sql`set local default_statistics_target = 10`.execute(tx);
};

/** Makes statistics fit what was just written; the planner would take the staging rows for few. */
export const analyzeStaging = async (tx: Db): Promise<void> => {
  await sql`analyze registry.import_household`.execute(tx);
  await sql`analyze registry.import_member`.execute(tx);
};

/** A version of a commune by which a list may call the commune `root` of its place. */
export interface KnownCommune extends PlaceVersion {
  readonly root: string;
}

/** The communes of a place on a day (or the one it lies in), what became of them and what they were made of, in all versions. */
export const communesOfPlace = async (tx: Db, placeId: string, on: Day): Promise<KnownCommune[]> => {
  const then = (alias: string) =>
    sql`${sql.raw(alias)}.valid_from <= ${on}::date and (${sql.raw(alias)}.valid_to is null or ${sql.raw(alias)}.valid_to > ${on}::date)`;
  const { rows } = await sql<KnownCommune>`
    with recursive near as (
      select t.place_id from territory.place_tree t where t.ancestor_id = ${placeId} and ${then('t')}
      union select t.ancestor_id from territory.place_tree t where t.place_id = ${placeId} and ${then('t')}
    ), start as (
      select v.place_id from territory.place_version v where v.place_id in (select place_id from near) and v.kind = 'commune' and ${then('v')}
    ), back as (
      select place_id as root, place_id from start
      union select b.root, s.from_id from back b join territory.place_succession s on s.to_id = b.place_id
    ), forth as (
      select place_id as root, place_id from start
      union select f.root, s.to_id from forth f join territory.place_succession s on s.from_id = f.place_id
    )
    select k.root, v.place_id as "placeId", v.valid_from as "validFrom", v.valid_to as "validTo", v.name, v.other_names as "otherNames", v.kind,
      v.unit_type as "unitType", v.official_code as "officialCode", v.parent_id as "parentId", v.urban
    from (select * from back union select * from forth) k join territory.place_version v on v.place_id = k.place_id and v.kind = 'commune'`.execute(
    tx,
  );
  return rows;
};

/** Which of these folded names some commune of the country has or had. */
export const namesOfCommunes = async (tx: Db, folded: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ folded: string }>`select distinct n.folded from territory.place_name n
    join territory.place_version v on v.place_id = n.place_id and v.kind = 'commune'
    where n.folded = any(${folded}::text[]) and n.rank <= 2`.execute(tx);
  return new Set(rows.map((row) => row.folded));
};

export interface VillageText {
  readonly village: string;
  readonly commune: string | null;
}

export const villageTexts = async (tx: Db, importId: string): Promise<VillageText[]> => {
  const { rows } =
    await sql<VillageText>`select distinct village_text as village, commune_text as commune from registry.import_household
    where import_id = ${importId} order by 1, 2`.execute(tx);
  return rows;
};

export interface VillageAnswer extends VillageText {
  readonly villageId: string;
  readonly communeId: string;
}

/**
 * Where a code means something. Codes of eight digits and more are nationwide or carry their commune; shorter ones
 * ("12", "H034") mean something in the commune that gave them only.
 */
const CODE_SOURCE = sql`case when h.code is null then null when length(regexp_replace(h.code, '[^0-9]', '', 'g')) >= 8 then 'code'
  else 'commune:' || a.commune_id end`;

/** Village and commune of the rows whose texts were understood, and with them where their codes mean something. */
export const setVillages = async (tx: Db, importId: string, answers: readonly VillageAnswer[]): Promise<void> => {
  await sql`update registry.import_household h set village_id = a.village_id, commune_id = a.commune_id, code_source = ${CODE_SOURCE}
    from json_to_recordset(${JSON.stringify(answers.map(({ village, commune, villageId, communeId }) => ({ village, commune, village_id: villageId, commune_id: communeId })))}::json)
      as a(village text, commune text, village_id uuid, commune_id uuid)
    where h.import_id = ${importId} and h.village_text = a.village and h.commune_text is not distinct from a.commune`.execute(
    tx,
  );
};

/** Puts members whose household came after them under its row; by code, within the same file. */
export const linkMembers = async (tx: Db, importId: string): Promise<void> => {
  await sql`update registry.import_member m set household_line = h.line from registry.import_household h
    where m.import_id = ${importId} and m.household_line is null and h.import_id = ${importId} and h.code = m.household_code`.execute(
    tx,
  );
};

/** The complete list's classes and place, with the day it speaks for. */
export interface Completeness {
  readonly importId: string;
  readonly placeId: string;
  readonly asOf: Day;
  readonly classes: readonly string[];
}

/**
 * Households that stand in the list's classes and place on its day and are not in it. Who was left out by mistake on the
 * same day once is not asked about again.
 */
export const insertMissing = async (tx: Db, list: Completeness): Promise<void> => {
  await sql`insert into registry.import_decision (import_id, decision_id, kind, subject_id, reason)
    select ${list.importId}, gen_random_uuid(), 'missing', n.subject_id, n.class
    from registry.subject_at(${list.asOf}::date) n
    where n.kind = 'household' and n.class = any(${list.classes}::text[])
      and n.subject_id in (select r.subject_id from territory.place_tree t join registry.residency r on r.village_id = t.place_id
        where t.ancestor_id = ${list.placeId} and t.valid_from <= ${list.asOf}::date and (t.valid_to is null or t.valid_to > ${list.asOf}::date)
          and r.valid_from <= ${list.asOf}::date and (r.valid_to is null or r.valid_to > ${list.asOf}::date))
      and not exists (select 1 from registry.import_household h where h.import_id = ${list.importId} and h.subject_id = n.subject_id)
      and not exists (select 1 from registry.import_decision d join registry.import i using (import_id)
        where d.subject_id = n.subject_id and d.kind = 'missing' and d.answer = 'mistake' and i.state = 'committed' and i.as_of = ${list.asOf}::date)
    order by n.code`.execute(tx);
};

/** Where the fields of a list stand: what heads their columns, and the letters Excel gives these. */
export type ListedColumns = readonly {
  readonly sheet: string;
  readonly role: string;
  readonly field: string;
  readonly heading: string;
  readonly letter: string;
}[];

export const columnsOfShape = (shape: ListShape): ListedColumns =>
  shape.sheets.flatMap(({ name, role, columns }) =>
    columns.flatMap(({ field, heading, letter }) => (field ? [{ sheet: name, role, field, heading, letter }] : [])),
  );

/** Writes faults that name a field, each with the column and cell in which that stands in its sheet, where it has one. */
const faultSql = (importId: string, columns: ListedColumns, role: string, from: ReturnType<typeof sql>) => sql`
  insert into registry.import_fault (import_id, fault_no, sheet, row_number, column_name, cell, value, severity, code, params)
  select ${importId}::uuid, (select coalesce(max(fault_no), 0) from registry.import_fault where import_id = ${importId}) + row_number() over (order by f.row_number, f.sheet),
    f.sheet, f.row_number, c.heading, c.letter || f.row_number, left(coalesce(f.value, ''), 60), f.severity, f.code, f.params from (${from}) f
  left join (select distinct on (sheet, field) * from json_to_recordset(${JSON.stringify(columns)}::json)
      as c(sheet text, role text, field text, heading text, letter text) where role = ${role}) c
    on c.sheet = f.sheet and c.field = f.field`;

const onListDay = (alias: string) =>
  sql.raw(`${alias}.valid_from <= i.as_of and (${alias}.valid_to is null or ${alias}.valid_to > i.as_of)`);

/**
 * What only shows when all rows are seen together, and beside the registry: a code twice, a member of nobody, a person in
 * two households, a household that lives in another place.
 */
export const insertCrossFaults = async (tx: Db, importId: string, columns: ListedColumns): Promise<void> => {
  const checks = [
    sql`select h.sheet, h.row_number, 'code' as field, h.code as value, 'error' as severity, 'list.code-twice' as code,
        jsonb_build_object('rows', (select string_agg(o.row_number::text, ', ' order by o.line) from registry.import_household o
          where o.import_id = ${importId} and o.code = h.code and o.code_source is not distinct from h.code_source and o.line <> h.line)) as params
      from registry.import_household h where h.import_id = ${importId} and h.code is not null and exists (
        select 1 from registry.import_household o where o.import_id = ${importId} and o.code = h.code
          and o.code_source is not distinct from h.code_source and o.line <> h.line)`,
    sql`select h.sheet, h.row_number, 'headName' as field, h.head_name as value, 'warning' as severity, 'list.person-twice' as code,
        jsonb_build_object('rows', (select string_agg(o.row_number::text, ', ' order by o.line) from registry.import_household o
          where o.import_id = ${importId} and o.line <> h.line and o.head_folded = h.head_folded and o.village_id = h.village_id and o.head_birth = h.head_birth)) as params
      from registry.import_household h where h.import_id = ${importId} and exists (
        select 1 from registry.import_household o where o.import_id = ${importId} and o.line <> h.line and o.head_folded = h.head_folded
          and o.village_id = h.village_id and o.head_birth = h.head_birth)`,
    sql`select h.sheet, h.row_number, 'idNumber' as field, '…' || h.head_id_last4 as value, 'warning' as severity, 'list.id-twice' as code,
        '{}'::jsonb as params from registry.import_household h where h.import_id = ${importId} and h.head_id_hash is not null and exists (
        select 1 from registry.import_household o where o.import_id = ${importId} and o.line <> h.line and o.head_id_hash = h.head_id_hash)`,
    sql`select h.sheet, h.row_number, 'size' as field, h.size::text as value, 'warning' as severity, 'list.size-members' as code,
        jsonb_build_object('members', c.members) as params
      from registry.import_household h join lateral (select count(*)::int as members from registry.import_member m
        where m.import_id = ${importId} and m.household_line = h.line) c on c.members > 0
      where h.import_id = ${importId} and h.size is not null and h.size <> c.members`,
    sql`select h.sheet, h.row_number, 'headName' as field, h.head_name as value, 'warning' as severity, 'list.was-ended' as code,
        '{}'::jsonb as params from registry.import_household h join registry.subject s on s.subject_id = h.subject_id
        join registry.import i on i.import_id = h.import_id
      where h.import_id = ${importId} and s.exists_to is not null and s.exists_to <= i.as_of`,
    // It moved here, or it is another household under the same code or number: to be seen before it is written.
    sql`select h.sheet, h.row_number, 'headName' as field, h.head_name as value, 'warning' as severity, 'list.lives-elsewhere' as code,
        jsonb_build_object('place', case when lower(v.name) like lower(v.unit_type) || ' %' then v.name else v.unit_type || ' ' || v.name end) as params
      from registry.import_household h join registry.import i on i.import_id = h.import_id
        join registry.residency r on r.subject_id = h.subject_id and ${onListDay('r')}
        join territory.place_tree t on t.place_id = r.village_id and ${onListDay('t')}
        join territory.place_version v on v.place_id = t.ancestor_id and v.kind = 'commune' and ${onListDay('v')}
      where h.import_id = ${importId} and not exists (select 1 from territory.place_tree o
        where o.place_id = r.village_id and o.ancestor_id = i.place_id and ${onListDay('o')})`,
  ];
  for (const check of checks) await faultSql(importId, columns, 'households', check).execute(tx);
  const lost = sql`select m.sheet, m.row_number, 'householdCode' as field, m.household_code as value, 'warning' as severity,
      'list.member-of-nobody' as code, '{}'::jsonb as params
    from registry.import_member m where m.import_id = ${importId} and m.household_line is null`;
  await faultSql(importId, columns, 'members', lost).execute(tx);
};

/** Rows of a village text that fits no village, or several, or whose commune is not of the list's place. */
export const insertVillageFaults = async (
  tx: Db,
  importId: string,
  columns: ListedColumns,
  unknown: readonly (VillageText & { readonly code: string; readonly nearest: string })[],
): Promise<void> => {
  if (unknown.length === 0) return;
  await faultSql(
    importId,
    columns,
    'households',
    sql`select h.sheet, h.row_number, case when u.code = 'list.commune-elsewhere' then 'commune' else 'village' end as field,
        case when u.code = 'list.commune-elsewhere' then h.commune_text else h.village_text end as value, 'error' as severity, u.code,
        jsonb_build_object('nearest', u.nearest) as params
      from registry.import_household h join json_to_recordset(${JSON.stringify(unknown)}::json) as u(village text, commune text, code text, nearest text)
        on h.village_text = u.village and h.commune_text is not distinct from u.commune where h.import_id = ${importId}`,
  ).execute(tx);
};

export const countStaging = async (tx: Db, importId: string): Promise<Omit<ImportCounts, 'leftOut'>> => {
  const { rows } = await sql<Omit<ImportCounts, 'leftOut'>>`select
    (select count(*)::int from registry.import_household where import_id = ${importId}) as households,
    (select count(*)::int from registry.import_member where import_id = ${importId}) as members,
    (select count(*)::int from registry.import_fault where import_id = ${importId} and severity = 'error') as errors,
    (select count(*)::int from registry.import_fault where import_id = ${importId} and severity = 'warning') as warnings,
    (select count(*)::int from registry.import_household where import_id = ${importId} and change = 'new') as added,
    (select count(*)::int from registry.import_household where import_id = ${importId} and change = 'changed') as changed,
    (select count(*)::int from registry.import_household where import_id = ${importId} and change = 'same') as same,
    (select count(*)::int from registry.import_decision where import_id = ${importId} and kind = 'missing') as missing,
    (select count(*)::int from registry.import_decision where import_id = ${importId} and kind = 'duplicate') as duplicates`.execute(
    tx,
  );
  return rows[0]!;
};

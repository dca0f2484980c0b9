import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';

/** One import at work: which, for which day, and when it writes. */
export interface Writing {
  readonly importId: string;
  readonly asOf: Day;
  readonly at: Date;
}

/**
 * The dated fact tables. `merge` gives the value of a column after the list, of `n` (the list's row) and `cur` (what is
 * in force on the day): what the list does not say stays as it was.
 */
interface FactTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly merge: (column: string) => string;
}

const keep = (column: string): string => `coalesce(n.${column}, cur.${column})`;
const indicators = Array.from({ length: 12 }, (_, at) => `d${at + 1}`);

const residency: FactTable = { name: 'residency', columns: ['village_id'], merge: (column) => `n.${column}` };
const classification: FactTable = {
  name: 'classification',
  columns: ['class', 'origin', 'standard', 'b1', 'b2', 'decision_number', 'decision_date', 'certificate_number'],
  // Scores and papers belong to one standing: they are kept only while class and standard are the same.
  merge: (column) =>
    ['class', 'standard'].includes(column)
      ? `n.${column}`
      : `case when n.class = cur.class and n.standard = cur.standard then ${keep(column)} else n.${column} end`,
};
const deprivation: FactTable = { name: 'deprivation', columns: indicators, merge: keep };
const profile: FactTable = {
  name: 'profile',
  columns: [
    'ethnicity',
    'languages',
    'languages_read',
    'devices',
    'livelihood',
    'size',
    'causes',
    'needs',
    'groups',
    'notes',
  ],
  merge: (column) =>
    ['causes', 'groups'].includes(column) ? `coalesce(n.${column}, cur.${column}, '{}')` : keep(column),
};

/** Rows of a list as `subject_id` and the columns of one fact table. */
type Rows = RawBuilder<unknown>;

const staged = (importId: string, columns: RawBuilder<unknown>, where: RawBuilder<unknown> = sql`true`): Rows =>
  sql`select h.subject_id, ${columns} from registry.import_household h join registry.import i using (import_id)
    where h.import_id = ${importId} and h.subject_id is not null and ${where}`;

const stagedFacts = (importId: string): readonly (readonly [FactTable, Rows])[] => [
  [residency, staged(importId, sql`h.village_id`)],
  [
    classification,
    staged(
      importId,
      sql`h.class, h.origin, i.standard, h.b1, h.b2, h.decision_number, h.decision_date, h.certificate_number`,
    ),
  ],
  [
    deprivation,
    staged(
      importId,
      sql.raw(indicators.map((name, at) => `h.indicators[${at + 1}] as ${name}`).join(', ')),
      sql`exists (select 1 from unnest(h.indicators) known where known is not null)`,
    ),
  ],
  [
    profile,
    staged(
      importId,
      sql`h.ethnicity, h.languages, h.languages_read, h.devices, h.livelihood, h.size, h.causes, h.needs, h.groups, h.notes`,
    ),
  ],
];

const inForce = (alias: string, day: Day) => {
  const [from, to] = [sql.raw(`${alias}.valid_from`), sql.raw(`${alias}.valid_to`)];
  return sql`${from} <= ${day}::date and (${to} is null or ${to} > ${day}::date)`;
};

/** The next day on which a committed list spoke of the subject: what was in force then was confirmed then. */
const nextReview = (subject: string, { importId, asOf }: Writing) => sql`(
  select min(i.as_of) from registry.import_subject s join registry.import i on i.import_id = s.import_id
  where s.subject_id = ${sql.raw(subject)} and i.state = 'committed' and i.as_of > ${asOf}::date and i.import_id <> ${importId})`;

/** What a list would write into one fact table: merged values, what is in force, and whether that is the same. */
const proposal = ({ name, columns, merge }: FactTable, rows: Rows, writing: Writing) => sql`
  select n.subject_id, ${sql.raw(columns.map((column) => `${merge(column)} as ${column}`).join(', '))},
    cur.subject_id is not null as has_current, cur.valid_from as current_from, cur.valid_to as current_to,
    row(${sql.raw(columns.map(merge).join(', '))}) is not distinct from row(${sql.raw(columns.map((column) => `cur.${column}`).join(', '))})
      and cur.subject_id is not null as same,
    (select min(x.valid_from) from ${sql.raw(`registry.${name}`)} x where x.subject_id = n.subject_id and x.valid_from > ${writing.asOf}::date) as next_from,
    ${nextReview('n.subject_id', writing)} as confirmed_on
  from (${rows}) n left join ${sql.raw(`registry.${name}`)} cur on cur.subject_id = n.subject_id and ${inForce('cur', writing.asOf)}`;

/** Marks each staged row as new, changed or same, by the very rule the commit writes by. */
export const markChanges = async (tx: Db, writing: Writing): Promise<void> => {
  const { importId } = writing;
  await sql`update registry.import_household set change = case when match = 'new' then 'new' else 'same' end where import_id = ${importId}`.execute(
    tx,
  );
  const differing = stagedFacts(importId).map(
    ([table, rows]) => sql`select subject_id from (${proposal(table, rows, writing)}) p where not same`,
  );
  await sql`update registry.import_household h set change = 'changed' where h.import_id = ${importId} and h.match <> 'new' and (
      h.subject_id in (${sql.join(differing, sql` union all `)})
      or exists (select 1 from unnest(h.phones) phone where not exists (select 1 from registry.contact_point c
        where c.subject_id = h.subject_id and c.value = phone and c.valid_to is null))
      or exists (select 1 from registry.import_member m where m.import_id = ${importId} and m.household_line = h.line and not exists (
        select 1 from registry.person p where p.subject_id = h.subject_id and p.name_folded = m.name_folded and p.valid_to is null)))`.execute(
    tx,
  );
};

const key = (table: string): readonly string[] =>
  ({ person: ['subject_id', 'person_id'], contact_point: ['subject_id', 'contact_point_id'], subject: ['subject_id'] })[
    table
  ] ?? ['subject_id', 'valid_from'];

/** Changes rows of others and keeps how they were before and after: what undo puts back. */
const changeLogged = async (tx: Db, table: string, importId: string, set: Rows, from: Rows): Promise<void> => {
  const target = sql.raw(`registry.${table}`);
  const same = sql.raw(
    key(table)
      .map((column) => `b.${column} = a.${column}`)
      .join(' and '),
  );
  await sql`with before as (select t.* from ${target} t ${from}),
      after as (update ${target} t set ${set} from before b where ${sql.raw(
        key(table)
          .map((column) => `b.${column} = t.${column}`)
          .join(' and '),
      )} returning t.*)
    insert into registry.import_change (import_id, table_name, subject_id, before, after)
    select ${importId}, ${table}, b.subject_id, to_jsonb(b), to_jsonb(a) from before b join after a on ${same}
    where to_jsonb(b) is distinct from to_jsonb(a)`.execute(tx);
};

/** Writes one fact table: replaces on the same day, else closes what was in force and begins anew. */
const writeFacts = async (tx: Db, table: FactTable, rows: Rows, writing: Writing): Promise<void> => {
  const { importId, asOf, at } = writing;
  const columns = sql.raw(table.columns.join(', '));
  const target = sql.raw(`registry.${table.name}`);
  await sql`drop table if exists pg_temp.proposal`.execute(tx);
  await sql`create temp table proposal on commit drop as select * from (${proposal(table, rows, writing)}) p where not same`.execute(
    tx,
  );
  // What a later review confirmed goes on from that review, whatever an older list says of the time before.
  await sql`insert into ${target} (subject_id, valid_from, valid_to, ${columns}, import_id, recorded_at)
    select p.subject_id, p.confirmed_on, p.current_to, ${sql.raw(table.columns.map((column) => `c.${column}`).join(', '))}, ${importId}, ${at}
    from pg_temp.proposal p join ${target} c on c.subject_id = p.subject_id and c.valid_from = p.current_from
    where p.confirmed_on is not null and (p.current_to is null or p.confirmed_on < p.current_to)`.execute(tx);
  await changeLogged(
    tx,
    table.name,
    importId,
    sql`${sql.raw(table.columns.map((column) => `${column} = (select p.${column} from pg_temp.proposal p where p.subject_id = t.subject_id)`).join(', '))},
      valid_to = (select least(p.current_to, p.confirmed_on) from pg_temp.proposal p where p.subject_id = t.subject_id)`,
    sql`join pg_temp.proposal p on p.subject_id = t.subject_id and t.valid_from = p.current_from where p.current_from = ${asOf}::date`,
  );
  await changeLogged(
    tx,
    table.name,
    importId,
    sql`valid_to = ${asOf}::date`,
    sql`join pg_temp.proposal p on p.subject_id = t.subject_id and t.valid_from = p.current_from where p.current_from < ${asOf}::date`,
  );
  await sql`insert into ${target} (subject_id, valid_from, valid_to, ${columns}, import_id, recorded_at)
    select subject_id, ${asOf}::date, least(case when has_current then current_to else next_from end, confirmed_on), ${columns}, ${importId}, ${at}
    from pg_temp.proposal where not has_current or current_from < ${asOf}::date`.execute(tx);
};

export const newLines = async (tx: Db, importId: string): Promise<number[]> => {
  const { rows } = await sql<{
    line: number;
  }>`select line from registry.import_household where import_id = ${importId} and subject_id is null order by line`.execute(
    tx,
  );
  return rows.map(({ line }) => line);
};

/** New households get their ids and codes; known ones that begin later or had ended exist on the day again. */
export const writeSubjects = async (
  tx: Db,
  writing: Writing,
  ids: readonly { line: number; subject_id: string; code: string }[],
): Promise<void> => {
  const { importId, asOf, at } = writing;
  await sql`update registry.import_household h set subject_id = n.subject_id from json_to_recordset(${JSON.stringify(ids)}::json) as n(line int, subject_id uuid)
    where h.import_id = ${importId} and h.line = n.line`.execute(tx);
  await sql`insert into registry.subject (subject_id, kind, code, synthetic, exists_from, import_id, recorded_at)
    select h.subject_id, 'household', coalesce(h.code, n.code), i.synthetic, ${asOf}::date, ${importId}, ${at}
    from registry.import_household h join registry.import i using (import_id)
    join json_to_recordset(${JSON.stringify(ids)}::json) as n(line int, code text) on n.line = h.line
    where h.import_id = ${importId}`.execute(tx);
  await sql`insert into registry.subject_code (source, code, subject_id, import_id, recorded_at)
    select h.code_source, h.code, h.subject_id, ${importId}, ${at} from registry.import_household h
    where h.import_id = ${importId} and h.code is not null on conflict (source, code) do nothing`.execute(tx);
  await changeLogged(
    tx,
    'subject',
    importId,
    sql`exists_from = least(t.exists_from, ${asOf}::date), exists_to = case when t.exists_to <= ${asOf}::date then null else t.exists_to end,
      end_reason = case when t.exists_to <= ${asOf}::date then null else t.end_reason end`,
    sql`join registry.import_household h on h.import_id = ${importId} and h.subject_id = t.subject_id
      where t.exists_from > ${asOf}::date or t.exists_to <= ${asOf}::date`,
  );
};

export const writeStagedFacts = async (tx: Db, writing: Writing): Promise<void> => {
  for (const [table, rows] of stagedFacts(writing.importId)) await writeFacts(tx, table, rows, writing);
};

/**
 * Applies what was answered about missing households. Escaped: out of the list's classes; moved: lives in none of our
 * villages until another list names it; gone: ends. `ids` = the decisions to apply.
 */
export const applyMissingAnswers = async (tx: Db, writing: Writing, ids: readonly string[]): Promise<void> => {
  const { importId, asOf } = writing;
  const answered = (answer: string) => sql`registry.import_decision d join registry.import i using (import_id)
    where d.import_id = ${importId} and d.decision_id = any(${ids}::uuid[]) and d.kind = 'missing' and d.answer = ${answer}`;
  await writeFacts(
    tx,
    classification,
    sql`select d.subject_id, case when 'newly_escaped' = any(i.complete_classes) then 'not_poor' else 'newly_escaped' end as class,
      null::text as origin, i.standard, null::int as b1, null::int as b2, null::text as decision_number, null::date as decision_date,
      null::text as certificate_number from ${answered('escaped')}`,
    writing,
  );
  const moved = sql`join (select d.subject_id from ${answered('moved')}) a on a.subject_id = t.subject_id where ${inForce('t', asOf)} and t.valid_from < ${asOf}::date`;
  await changeLogged(tx, 'residency', importId, sql`valid_to = ${asOf}::date`, moved);
  const gone = sql`join (select d.subject_id from ${answered('gone')}) a on a.subject_id = t.subject_id
    where t.exists_to is null and t.exists_from < ${asOf}::date and ${nextReview('t.subject_id', writing)} is null`;
  await changeLogged(tx, 'subject', importId, sql`exists_to = ${asOf}::date, end_reason = 'gone'`, gone);
  await sql`insert into registry.import_subject (subject_id, import_id) select distinct d.subject_id, ${importId}::uuid from registry.import_decision d
    where d.import_id = ${importId} and d.decision_id = any(${ids}::uuid[]) on conflict do nothing`.execute(tx);
};

export const rememberSubjects = async (tx: Db, importId: string): Promise<void> => {
  await sql`insert into registry.import_subject (subject_id, import_id) select distinct subject_id, ${importId}::uuid from registry.import_household
    where import_id = ${importId} on conflict do nothing`.execute(tx);
};

/** Rebuilds today's flat rows of the subjects an import touched. */
export const refreshTouched = (tx: Db, importId: string, today: Day): Promise<void> =>
  refreshNow(tx, today, sql`select subject_id from registry.import_subject where import_id = ${importId}`);

/** Rebuilds every flat row whose day is over (what the calendar ends, what begins today). */
export const refreshAll = (tx: Db, today: Day): Promise<void> =>
  refreshNow(tx, today, sql`select subject_id from registry.subject`);

const refreshNow = async (tx: Db, today: Day, subjects: Rows): Promise<void> => {
  await sql`delete from registry.subject_now where subject_id in (${subjects})`.execute(tx);
  await sql`insert into registry.subject_now select n.*, ${today}::date from registry.subject_at(${today}::date) n where n.subject_id in (${subjects})`.execute(
    tx,
  );
};

/** Later committed lists that speak of the same subjects: undoing below them would leave them without ground. */
export const laterImports = async (tx: Db, importId: string): Promise<{ fileName: string; asOf: Day }[]> => {
  const { rows } = await sql<{ fileName: string; asOf: Day }>`
    select later.file_name as "fileName", later.as_of as "asOf" from registry.import mine
    join registry.import later on later.state = 'committed' and later.commit_no > mine.commit_no
    where mine.import_id = ${importId} and exists (select 1 from registry.import_subject a join registry.import_subject b using (subject_id)
      where a.import_id = mine.import_id and b.import_id = later.import_id)
    order by later.commit_no limit 20`.execute(tx);
  return rows;
};

const TABLES = ['contact_point', 'person', 'profile', 'deprivation', 'classification', 'residency', 'subject'] as const;

/** Rows changed by others since an import changed them; zero in an undisturbed registry. */
export const disturbed = async (tx: Db, importId: string): Promise<number> => {
  let count = 0;
  for (const table of TABLES) {
    const keys = key(table)
      .map((column) => `t.${column}::text = c.after ->> '${column}'`)
      .join(' and ');
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from registry.import_change c
      where c.import_id = ${importId} and c.table_name = ${table} and not exists (
        select 1 from ${sql.raw(`registry.${table}`)} t where t.subject_id = c.subject_id and ${sql.raw(keys)} and to_jsonb(t) = c.after)`.execute(
      tx,
    );
    count += rows[0]!.count;
  }
  return count;
};

/** Takes back all an import wrote: its own rows go, changed rows become what they were. */
export const undoWrites = async (tx: Db, importId: string, today: Day): Promise<void> => {
  for (const table of TABLES) {
    const target = sql.raw(`registry.${table}`);
    const keys = key(table)
      .map((column) => `t.${column}::text = c.after ->> '${column}'`)
      .join(' and ');
    if (table === 'subject') await sql`delete from registry.subject_code where import_id = ${importId}`.execute(tx);
    await sql`delete from ${target} where import_id = ${importId}`.execute(tx);
    await sql`delete from ${target} t using registry.import_change c
      where c.import_id = ${importId} and c.table_name = ${table} and t.subject_id = c.subject_id and ${sql.raw(keys)}`.execute(
      tx,
    );
    await sql`insert into ${target} select (jsonb_populate_record(null::${target}, c.before)).* from registry.import_change c
      where c.import_id = ${importId} and c.table_name = ${table}`.execute(tx);
  }
  await sql`delete from registry.import_change where import_id = ${importId}`.execute(tx);
  await refreshTouched(tx, importId, today);
  await sql`delete from registry.import_subject where import_id = ${importId}`.execute(tx);
};

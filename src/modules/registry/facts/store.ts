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
 * A table of dated facts: one row in force per key and day. `merge` gives the value of a column after the list, of `n`
 * (what the list says) and `cur` (what is in force on the day): what the list does not say stays as it was.
 */
export interface FactTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  readonly merge: (column: string) => string;
  /** Until which later review a list that comes in late holds: the next one, or the next one that speaks of this at all. */
  readonly until?: 'later' | 'later_indicators' | 'later_phones';
}

/** Key and columns of one fact table, and `ends`: true = the list says that it is no longer so. */
export type Rows = RawBuilder<unknown>;

export const keep = (column: string): string => `coalesce(n.${column}, cur.${column})`;
const indicators = Array.from({ length: 12 }, (_, at) => `d${at + 1}`);

const residency: FactTable = {
  name: 'residency',
  key: ['subject_id'],
  columns: ['village_id'],
  merge: (column) => `n.${column}`,
};
const classification: FactTable = {
  name: 'classification',
  key: ['subject_id'],
  columns: ['class', 'origin', 'standard', 'b1', 'b2', 'decision_number', 'decision_date', 'certificate_number'],
  // Scores and papers belong to one standing: they are kept only while class and standard are the same.
  merge: (column) =>
    ['class', 'standard'].includes(column)
      ? `n.${column}`
      : `case when n.class = cur.class and n.standard = cur.standard then ${keep(column)} else n.${column} end`,
};
const deprivation: FactTable = {
  name: 'deprivation',
  key: ['subject_id'],
  columns: indicators,
  merge: keep,
  until: 'later_indicators',
};
const profile: FactTable = {
  name: 'profile',
  key: ['subject_id'],
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

const staged = (importId: string, columns: Rows, where: Rows = sql`true`): Rows =>
  sql`select h.subject_id, false as ends, ${columns} from registry.import_household h join registry.import i using (import_id)
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

const on = (columns: readonly string[], a: string, b: string) =>
  sql.raw(columns.map((column) => `${a}.${column} = ${b}.${column}`).join(' and '));

/**
 * For each of the subjects the next day on which a committed list spoke of it (`review_in.later`, null = never): an older
 * list that comes in late holds until then, what was in force then was confirmed then.
 */
export const findLaterReviews = async (tx: Db, { importId, asOf }: Writing, subjects: Rows): Promise<void> => {
  await sql`drop table if exists pg_temp.review_in`.execute(tx);
  await sql`create temp table review_in on commit drop as
    select n.subject_id, min(i.as_of) as later, min(i.as_of) filter (where s.said & 1 > 0) as later_indicators,
      min(i.as_of) filter (where s.said & 2 > 0) as later_phones from (${subjects}) n
    left join (registry.import_subject s join registry.import i on i.import_id = s.import_id and i.state = 'committed'
      and i.as_of > ${asOf}::date and i.import_id <> ${importId}) on s.subject_id = n.subject_id
    group by n.subject_id`.execute(tx);
  await sql`create unique index on pg_temp.review_in (subject_id)`.execute(tx);
  await sql`analyze pg_temp.review_in`.execute(tx);
};

/** The households of a list that are known to the registry. */
export const stagedSubjects = (importId: string): Rows =>
  sql`select distinct subject_id from registry.import_household where import_id = ${importId} and subject_id is not null`;

/** What a list would write into one fact table: merged values, what is in force, and whether that is the same. */
const proposal = ({ name, key, columns, merge, until = 'later' }: FactTable, rows: Rows, { asOf }: Writing) => sql`
  select ${sql.raw(key.map((column) => `n.${column}`).join(', '))}, n.ends,
    ${sql.raw(columns.map((column) => `${merge(column)} as ${column}`).join(', '))},
    cur.subject_id is not null as has_current, cur.valid_from as current_from, cur.valid_to as current_to,
    case when n.ends then cur.subject_id is null else cur.subject_id is not null
      and row(${sql.raw(columns.map(merge).join(', '))}) is not distinct from row(${sql.raw(columns.map((column) => `cur.${column}`).join(', '))}) end as same,
    case when cur.subject_id is null then (select min(x.valid_from) from ${sql.raw(`registry.${name}`)} x
      where ${on(key, 'x', 'n')} and x.valid_from > ${asOf}::date) end as next_from,
    w.${sql.raw(until)} as later
  from (${rows}) n join pg_temp.review_in w on w.subject_id = n.subject_id
  left join ${sql.raw(`registry.${name}`)} cur on ${on(key, 'cur', 'n')} and ${inForce('cur', asOf)}`;

/** The subjects for which a list says something else than the registry does. */
export const differing = (table: FactTable, rows: Rows, writing: Writing): Rows =>
  sql`select subject_id from (${proposal(table, rows, writing)}) p where not same`;

/** Marks each staged row as new, changed or same, by the very rule the commit writes by. `also` = subjects that differ in people or phones. */
export const markChanges = async (tx: Db, writing: Writing, also: readonly Rows[]): Promise<void> => {
  const { importId } = writing;
  const subjects = [...stagedFacts(importId).map(([table, rows]) => differing(table, rows, writing)), ...also];
  await sql`drop table if exists pg_temp.changed_in`.execute(tx);
  await sql`create temp table changed_in on commit drop as select distinct subject_id from (${sql.join(subjects, sql` union all `)}) d`.execute(
    tx,
  );
  await sql`analyze pg_temp.changed_in`.execute(tx);
  // New ones are staged as new: of a first list nothing is written a second time.
  await sql`update registry.import_household h set change = case
      when h.subject_id in (select subject_id from pg_temp.changed_in) then 'changed' else 'same' end
    where h.import_id = ${importId} and h.match <> 'new'`.execute(tx);
};

const rowKey = ({ key }: Pick<FactTable, 'key'>): readonly string[] => [...key, 'valid_from'];

/** Changes rows of others and keeps how they were before and after: what undo puts back. */
export const changeLogged = async (
  tx: Db,
  table: Pick<FactTable, 'name'> & { readonly rowKey: readonly string[] },
  importId: string,
  change: { readonly set: Rows; readonly from: Rows; readonly where: Rows },
): Promise<void> => {
  const target = sql.raw(`registry.${table.name}`);
  await sql`with before as (select t.* from ${target} t, ${change.from} where ${change.where}),
      after as (update ${target} t set ${change.set} from ${change.from} where ${change.where} returning t.*)
    insert into registry.import_change (import_id, table_name, subject_id, before, after)
    select ${importId}, ${table.name}, b.subject_id, to_jsonb(b), to_jsonb(a) from before b join after a on ${on(table.rowKey, 'a', 'b')}
    where to_jsonb(b) is distinct from to_jsonb(a)`.execute(tx);
};

/** Writes one fact table: replaces on the same day, else closes what was in force and begins anew, until the next review. */
export const writeFacts = async (tx: Db, table: FactTable, rows: Rows, writing: Writing): Promise<void> => {
  const { importId, asOf, at } = writing;
  const [target, key] = [sql.raw(`registry.${table.name}`), sql.raw(table.key.join(', '))];
  const list = (prefix: string) => sql.raw(table.columns.map((column) => prefix + column).join(', '));
  const logged = { name: table.name, rowKey: rowKey(table) };
  const current = sql`${on(table.key, 'p', 't')} and t.valid_from = p.current_from`;
  await sql`drop table if exists pg_temp.proposal`.execute(tx);
  await sql`create temp table proposal on commit drop as select * from (${proposal(table, rows, writing)}) p where not same`.execute(
    tx,
  );
  await sql`create index on pg_temp.proposal (subject_id)`.execute(tx);
  await sql`analyze pg_temp.proposal`.execute(tx);
  // What a later review confirmed goes on from that review, whatever an older list says of the time before.
  await sql`with cut as (insert into ${target} (${key}, valid_from, valid_to, ${list('')}, import_id, recorded_at)
      select ${sql.raw(table.key.map((column) => `t.${column}`).join(', '))}, p.later, t.valid_to, ${list('t.')}, t.import_id, t.recorded_at
      from pg_temp.proposal p join ${target} t on ${current} where p.later is not null and (t.valid_to is null or p.later < t.valid_to)
      returning *)
    insert into registry.import_change (import_id, table_name, subject_id, after)
    select ${importId}, ${table.name}, c.subject_id, to_jsonb(c) from cut c`.execute(tx);
  await sql`with gone as (delete from ${target} t using pg_temp.proposal p where ${current} and p.ends and p.current_from = ${asOf}::date returning t.*)
    insert into registry.import_change (import_id, table_name, subject_id, before)
    select ${importId}, ${table.name}, g.subject_id, to_jsonb(g) from gone g`.execute(tx);
  await changeLogged(tx, logged, importId, {
    set: sql`${sql.raw(table.columns.map((column) => `${column} = p.${column}`).join(', '))}, valid_to = least(p.current_to, p.later),
      import_id = ${importId}, recorded_at = ${at}`,
    from: sql`pg_temp.proposal p`,
    where: sql`${current} and not p.ends and p.current_from = ${asOf}::date`,
  });
  await changeLogged(tx, logged, importId, {
    set: sql`valid_to = ${asOf}::date`,
    from: sql`pg_temp.proposal p`,
    where: sql`${current} and p.current_from < ${asOf}::date`,
  });
  await sql`insert into ${target} (${key}, valid_from, valid_to, ${list('')}, import_id, recorded_at)
    select ${key}, ${asOf}::date, least(current_to, next_from, later), ${list('')}, ${importId}, ${at}
    from pg_temp.proposal where not ends and (not has_current or current_from < ${asOf}::date)`.execute(tx);
};

export const newLines = async (tx: Db, importId: string): Promise<number[]> => {
  const { rows } = await sql<{
    line: number;
  }>`select line from registry.import_household where import_id = ${importId} and subject_id is null order by line`.execute(
    tx,
  );
  return rows.map(({ line }) => line);
};

const SUBJECT = { name: 'subject', rowKey: ['subject_id'] } as const;

/** New households get their ids and codes; known ones that begin later or had ended exist on the day again. */
export const writeSubjects = async (
  tx: Db,
  writing: Writing,
  ids: readonly { line: number; subject_id: string; code: string }[],
): Promise<void> => {
  const { importId, asOf, at } = writing;
  const added = sql`json_to_recordset(${JSON.stringify(ids)}::json) as n(line int, subject_id uuid, code text)`;
  await sql`update registry.import_household h set subject_id = n.subject_id from ${added}
    where h.import_id = ${importId} and h.line = n.line`.execute(tx);
  // Looked at when it was staged, no row had a subject: the planner would take them for two.
  await sql`analyze registry.import_household (subject_id)`.execute(tx);
  await sql`insert into registry.subject (subject_id, kind, code, synthetic, exists_from, import_id, recorded_at)
    select h.subject_id, 'household', coalesce(h.code, n.code), i.synthetic, ${asOf}::date, ${importId}, ${at}
    from registry.import_household h join registry.import i using (import_id) join ${added} on n.line = h.line
    where h.import_id = ${importId}`.execute(tx);
  await sql`insert into registry.subject_code (source, code, subject_id, import_id, recorded_at)
    select h.code_source, h.code, h.subject_id, ${importId}, ${at} from registry.import_household h
    where h.import_id = ${importId} and h.code is not null on conflict (source, code, subject_id) do nothing`.execute(
    tx,
  );
  await changeLogged(tx, SUBJECT, importId, {
    set: sql`exists_from = least(t.exists_from, ${asOf}::date), exists_to = case when t.exists_to <= ${asOf}::date then null else t.exists_to end,
      end_reason = case when t.exists_to <= ${asOf}::date then null else t.end_reason end`,
    from: sql`registry.import_household h`,
    where: sql`h.import_id = ${importId} and h.subject_id = t.subject_id and (t.exists_from > ${asOf}::date or t.exists_to <= ${asOf}::date)`,
  });
};

export const writeStagedFacts = async (tx: Db, writing: Writing): Promise<void> => {
  for (const [table, rows] of stagedFacts(writing.importId)) await writeFacts(tx, table, rows, writing);
};

/**
 * Applies what was answered about missing households. Escaped: out of the list's classes; moved: lives in none of our
 * villages until another list names it; gone: ends, and neither lives anywhere nor has a class until another list names
 * it, so that the time between stays empty when it comes back. `ids` = the decisions to apply. What another list said for the same
 * day since then stands: a late answer does not overrule it.
 */
export const applyMissingAnswers = async (tx: Db, writing: Writing, ids: readonly string[]): Promise<void> => {
  const { importId, asOf } = writing;
  const answered = (answer?: string) => sql`registry.import_decision d join registry.import i using (import_id)
    where d.import_id = ${importId} and d.decision_id = any(${ids}::uuid[]) and d.kind = 'missing' ${answer ? sql`and d.answer = ${answer}` : sql``}
      and not exists (select 1 from registry.import_subject s join registry.import o on o.import_id = s.import_id and o.state = 'committed'
        where s.subject_id = d.subject_id and o.as_of = i.as_of and o.commit_no > i.commit_no)`;
  await findLaterReviews(tx, writing, sql`select d.subject_id from ${answered()}`);
  const noPapers = sql`null::int as b1, null::int as b2, null::text as decision_number, null::date as decision_date,
      null::text as certificate_number`;
  const classes = sql`select d.subject_id, false as ends,
      case when 'newly_escaped' = any(i.complete_classes) then 'not_poor' else 'newly_escaped' end as class,
      null::text as origin, i.standard, ${noPapers} from ${answered('escaped')}
    union all
    select d.subject_id, true, null, null, null, ${noPapers} from ${answered('gone')}`;
  await writeFacts(tx, classification, classes, writing);
  const left = sql`select d.subject_id, true as ends, null::uuid as village_id from ${answered()} and d.answer in ('moved', 'gone')`;
  await writeFacts(tx, residency, left, writing);
  await changeLogged(tx, SUBJECT, importId, {
    set: sql`exists_to = ${asOf}::date, end_reason = 'gone'`,
    from: sql`pg_temp.review_in w`,
    where: sql`w.subject_id = t.subject_id and w.later is null and t.exists_to is null and t.exists_from <= ${asOf}::date
      and t.subject_id in (select d.subject_id from ${answered('gone')})`,
  });
};

/** Rebuilds today's flat rows of the subjects an import touched. */
export const refreshTouched = (tx: Db, importId: string, today: Day): Promise<void> =>
  refreshSubjects(tx, today, sql`select subject_id from registry.import_subject where import_id = ${importId}`);

/** Rebuilds every flat row whose day is over (what the calendar ends, what begins today). */
export const refreshAll = (tx: Db, today: Day): Promise<void> =>
  refreshSubjects(tx, today, sql`select subject_id from registry.subject`);

/** Rebuilds today's flat rows of subjects. */
export const refreshSubjects = async (tx: Db, today: Day, subjects: Rows): Promise<void> => {
  await sql`delete from registry.subject_now where subject_id in (${subjects})`.execute(tx);
  await sql`insert into registry.subject_now select n.*, ${today}::date from registry.subject_at(${today}::date) n where n.subject_id in (${subjects})`.execute(
    tx,
  );
};

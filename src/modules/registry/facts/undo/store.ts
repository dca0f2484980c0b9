import { sql } from 'kysely';
import type { Db } from '../../../../platform/db/connect.ts';
import type { Day } from '../../../../shared/dates.ts';
import { type Rows, refreshTouched } from '../store.ts';

/** The tables an import writes, the last written first, and what tells their rows apart. */
const TABLES = [
  { name: 'contact_point', key: ['subject_id', 'contact_point_id', 'valid_from'] },
  { name: 'person', key: ['subject_id', 'person_id', 'valid_from'] },
  { name: 'profile', key: ['subject_id', 'valid_from'] },
  { name: 'deprivation', key: ['subject_id', 'valid_from'] },
  { name: 'classification', key: ['subject_id', 'valid_from'] },
  { name: 'residency', key: ['subject_id', 'valid_from'] },
  { name: 'subject', key: ['subject_id'] },
] as const;

/**
 * Does a list write more than a fifth of what there is? Then the planner takes the tables for as good as empty, and looks into
 * them row by row, unless it is told. After less than that its statistics still hold.
 */
export const isLarge = async (tx: Db, households: number): Promise<boolean> => {
  const { rows } = await sql<{ known: number }>`select greatest(reltuples, 0)::int as known from pg_class
    where oid = 'registry.subject'::regclass`.execute(tx);
  return households * 5 > rows[0]!.known;
};

/** Makes statistics fit the facts that were just written. */
export const analyzeFacts = async (tx: Db): Promise<void> => {
  for (const { name } of TABLES) await sql`analyze ${sql.raw(`registry.${name}`)}`.execute(tx);
};

/** The same for which subjects an import wrote about. */
export const analyzeRemembered = async (tx: Db): Promise<void> => {
  await sql`analyze registry.import_subject`.execute(tx);
};

/** Sum of the hashes of an import's own rows, by subject. */
const marks = (importId: string, subjects: Rows): Rows => sql`
  select subject_id, sum(h::numeric) as mark from (${sql.join(
    TABLES.map(
      ({ name }) => sql`select t.subject_id, hash_record_extended(t, 0) as h from ${sql.raw(`registry.${name}`)} t
        where t.import_id = ${importId} and t.subject_id in (${subjects})`,
    ),
    sql` union all `,
  )}) rows group by subject_id`;

/** What the list spoke of, by household: 1 = indicators, 2 = phones. */
const said = (importId: string): Rows => sql`
  select h.subject_id, max((exists (select 1 from unnest(h.indicators) known where known is not null))::int
    + 2 * (cardinality(coalesce(h.phones, '{}')) > 0 or m.line is not null)::int) as said
  from registry.import_household h left join (
    select household_line as line from registry.import_member where import_id = ${importId} and phone is not null group by 1) m on m.line = h.line
  where h.import_id = ${importId} group by h.subject_id`;

/** Notes which subjects an import wrote about, and what its rows are like, so that undo knows what happened to them since. */
export const rememberSubjects = async (tx: Db, importId: string, writeNo: number, subjects: Rows): Promise<void> => {
  await sql`insert into registry.import_subject (subject_id, import_id, write_no, mark, said)
    select s.subject_id, ${importId}, ${writeNo}, coalesce(m.mark, 0), coalesce(h.said, 0) from (select distinct subject_id from (${subjects}) x) s
    left join (${marks(importId, subjects)}) m using (subject_id)
    left join (${said(importId)}) h using (subject_id)
    on conflict (subject_id, import_id) do update set write_no = excluded.write_no, mark = excluded.mark`.execute(tx);
};

/** The households a list named, and those of the given decisions about missing ones. */
export const touchedSubjects = (importId: string, decisionIds: readonly string[]): Rows => sql`
  select subject_id from registry.import_household where import_id = ${importId} and subject_id is not null
  union select subject_id from registry.import_decision where import_id = ${importId} and kind = 'missing'
    and decision_id = any(${decisionIds}::uuid[])`;

/** Every village in which a subject that an import touched has ever been listed: where figures may have changed. */
export const touchedVillages = async (tx: Db, importId: string): Promise<string[]> => {
  const { rows } = await sql<{ placeId: string }>`select distinct r.village_id as "placeId" from registry.residency r
    join registry.import_subject s using (subject_id) where s.import_id = ${importId}`.execute(tx);
  return rows.map(({ placeId }) => placeId);
};

/** Committed lists that wrote about the same subjects later: undoing below them would leave them without ground. */
export const laterImports = async (tx: Db, importId: string): Promise<{ fileName: string; asOf: Day }[]> => {
  const { rows } = await sql<{ fileName: string; asOf: Day }>`
    select later.file_name as "fileName", later.as_of as "asOf" from registry.import later
    where later.state = 'committed' and later.import_id in (
      select b.import_id from registry.import_subject a join registry.import_subject b using (subject_id)
      where a.import_id = ${importId} and b.import_id <> ${importId} and b.write_no > a.write_no)
    order by later.commit_no limit 20`.execute(tx);
  return rows;
};

const sameRow = (key: readonly string[], side: 'before' | 'after') =>
  sql.raw(['true', ...key.slice(1).map((column) => `t.${column}::text = c.${side} ->> '${column}'`)].join(' and '));

/** How many households somebody changed since the import wrote about them; zero in an undisturbed registry. */
export const disturbed = async (tx: Db, importId: string): Promise<number> => {
  const own = sql`select subject_id from registry.import_subject where import_id = ${importId}`;
  const changed = TABLES.map(
    ({ name, key }) => sql`select c.subject_id from registry.import_change c
      where c.import_id = ${importId} and c.table_name = ${name} and c.after is not null and not exists (
        select 1 from ${sql.raw(`registry.${name}`)} t where t.subject_id = c.subject_id and ${sameRow(key, 'after')} and to_jsonb(t) = c.after)`,
  );
  const { rows } = await sql<{ count: number }>`select count(distinct subject_id)::int as count from (
    select s.subject_id from registry.import_subject s left join (${marks(importId, own)}) m using (subject_id)
    where s.import_id = ${importId} and s.mark <> coalesce(m.mark, 0)
    union all ${sql.join(changed, sql` union all `)}) d`.execute(tx);
  return rows[0]!.count;
};

/**
 * Takes back all an import wrote: its own rows go, changed rows become what they were.
 * @returns the villages in which its subjects lived, before or after.
 */
export const undoWrites = async (tx: Db, importId: string, today: Day): Promise<string[]> => {
  const before = await touchedVillages(tx, importId);
  const own = sql`select subject_id from registry.import_subject where import_id = ${importId}`;
  for (const learnt of ['subject_code', 'subject_row'])
    await sql`delete from ${sql.raw(`registry.${learnt}`)} where import_id = ${importId}`.execute(tx);
  for (const { name, key } of TABLES) {
    const target = sql.raw(`registry.${name}`);
    await sql`delete from ${target} t where t.import_id = ${importId} and t.subject_id in (${own})`.execute(tx);
    await sql`delete from ${target} t using registry.import_change c
      where c.import_id = ${importId} and c.table_name = ${name} and t.subject_id = c.subject_id and ${sameRow(key, 'after')}`.execute(
      tx,
    );
    await sql`insert into ${target} select (jsonb_populate_record(null::${target}, c.before)).* from registry.import_change c
      where c.import_id = ${importId} and c.table_name = ${name} and c.before is not null`.execute(tx);
  }
  await sql`delete from registry.import_change where import_id = ${importId}`.execute(tx);
  await refreshTouched(tx, importId, today);
  const after = await touchedVillages(tx, importId);
  await sql`delete from registry.import_subject where import_id = ${importId}`.execute(tx);
  return [...before, ...after];
};

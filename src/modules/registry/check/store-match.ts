import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';

const sameYear = (a: string, b: string) => sql.raw(`extract(year from ${a}) = extract(year from ${b})`);

/**
 * Is the head of row `h` somebody of the household of `c`, now or ever? By identity number; by name and year of birth,
 * unless the number is another household's head's; by name alone where a year of birth is not known - for a code that
 * means something in its commune only, in the household's own village. Else a member of the row may be, by number or by
 * name and year of birth: a widow or a son who was never listed goes on with the household of the old head.
 */
const headIsKnown = sql`(
  not exists (select from registry.person p where p.subject_id = c.subject_id)
  or exists (select from registry.person p where p.subject_id = c.subject_id and (
    p.id_hash = h.head_id_hash
    or p.name_folded = h.head_folded and ${sameYear('p.born', 'h.head_birth')} and (coalesce(p.id_hash = h.head_id_hash, true)
      or not exists (select from registry.person q where q.id_hash = h.head_id_hash and q.is_head and q.subject_id <> c.subject_id))
    or p.name_folded = h.head_folded and (p.born is null or h.head_birth is null) and (p.id_hash is null or h.head_id_hash is null)
      and (h.code_source = 'code' or exists (select from registry.residency r where r.subject_id = c.subject_id and r.village_id = h.village_id))))
  or exists (select from registry.import_member m join registry.person p on p.subject_id = c.subject_id
    and (p.id_hash = m.id_hash or p.name_folded = m.name_folded and ${sameYear('p.born', 'm.birth')})
    where m.import_id = h.import_id and m.household_line = h.line))`;

/** What tells a row from the other rows of any list, and what tells it in this very file. */
const ROW_KEY = sql`md5(format('%s|%s|%s|%s|%s|%s', h.village_id, h.code_source, h.code, h.head_folded, extract(year from h.head_birth), h.head_id_hash))`;
const FILE_KEY = sql`md5(format('%s|%s|%s|%s', i.file_sha256, h.sheet, h.row_number, ${ROW_KEY}))`;

/** The household that was last answered to be that of a row with this key. */
const remembered = (key: RawBuilder<unknown>) => sql`lateral (select k.subject_id from registry.subject_row k
  join registry.import j on j.import_id = k.import_id and j.state = 'committed'
  where k.row_key = ${key} order by j.commit_no desc limit 1) k`;

/**
 * Finds the households of the list in the registry: what the officer answered of this very file; by code, where the head
 * is somebody of that household; by the head's identity number (only where it is, now or on the list's day, the head of
 * exactly one household that no other row claims); then by what was answered of such a row on any list. Never by name.
 * Needs the members under their rows.
 */
export const matchHouseholds = async (tx: Db, importId: string): Promise<void> => {
  await sql`update registry.import_household t set subject_id = k.subject_id, match = 'decided'
    from registry.import_household h join registry.import i using (import_id) cross join ${remembered(FILE_KEY)}
    where h.import_id = ${importId} and t.import_id = h.import_id and t.line = h.line`.execute(tx);
  await sql`update registry.import_household t set subject_id = f.subject_id, match = 'code'
    from (
      -- Two households may have had the same code one after the other: the one of this head, else the later one.
      select distinct on (h.line) h.line, c.subject_id
      from registry.import_household h join registry.subject_code c on c.source = h.code_source and c.code = h.code
      where h.import_id = ${importId} and h.subject_id is null and ${headIsKnown}
      order by h.line, exists (select from registry.person p where p.subject_id = c.subject_id and p.is_head
        and (p.id_hash = h.head_id_hash or p.name_folded = h.head_folded)) desc, c.recorded_at desc, c.subject_id
    ) f where t.import_id = ${importId} and t.line = f.line`.execute(tx);
  await sql`update registry.import_household h set subject_id = f.subject_id, match = 'id-number'
    from (
      select h.line, min(p.subject_id::text)::uuid as subject_id
      from registry.import_household h join registry.import i using (import_id) join registry.person p on p.id_hash = h.head_id_hash and p.is_head
        and (p.valid_to is null or (p.valid_from <= i.as_of and p.valid_to > i.as_of))
      where h.import_id = ${importId} and h.subject_id is null and h.head_id_hash is not null
      group by h.line having count(distinct p.subject_id) = 1
    ) f
    where h.import_id = ${importId} and h.line = f.line and ${unclaimed(importId, sql`f.subject_id`)}
      and not exists (select 1 from registry.import_household o where o.import_id = ${importId} and o.line < h.line and o.head_id_hash = h.head_id_hash)`.execute(
    tx,
  );
  await findAlike(tx, importId);
  await matchRemembered(tx, importId);
};

/** No row of the list has been found to be this household. */
const unclaimed = (importId: string, subject: RawBuilder<unknown>) =>
  sql`not exists (select from registry.import_household o where o.import_id = ${importId} and o.subject_id = ${subject})`;

/**
 * Rows that are still new beside the households they look like: the same head's name and village, and years of birth (and
 * identity numbers) that do not speak against it. `certain` = the year of birth is known and the same.
 */
const findAlike = async (tx: Db, importId: string): Promise<void> => {
  await sql`drop table if exists pg_temp.alike`.execute(tx);
  await sql`create temp table alike on commit drop as
    select h.line, p.subject_id, bool_or(p.born is not null and h.head_birth is not null) as certain
    from registry.import_household h join registry.person p on p.name_folded = h.head_folded and p.is_head
      and coalesce(${sameYear('p.born', 'h.head_birth')}, true) and (p.id_hash is null or h.head_id_hash is null)
    join registry.residency r on r.subject_id = p.subject_id and r.village_id = h.village_id
    where h.import_id = ${importId} and h.subject_id is null and ${unclaimed(importId, sql`p.subject_id`)}
    group by h.line, p.subject_id`.execute(tx);
  await sql`analyze pg_temp.alike`.execute(tx);
};

/** An answer given of such a row on another list holds, where it is the only such row and no other household is like it. */
const matchRemembered = async (tx: Db, importId: string): Promise<void> => {
  await sql`update registry.import_household t set subject_id = f.subject_id, match = 'decided'
    from (
      select h.line, k.subject_id, count(*) over (partition by h.row_key) as rows, count(*) over (partition by k.subject_id) as claims
      from (select h.*, ${ROW_KEY} as row_key from registry.import_household h where h.import_id = ${importId} and h.subject_id is null) h
      cross join ${remembered(sql`h.row_key`)}
    ) f
    where t.import_id = ${importId} and t.line = f.line and f.rows = 1 and f.claims = 1 and ${unclaimed(importId, sql`f.subject_id`)}
      and not exists (select from pg_temp.alike a where a.line = f.line and a.subject_id <> f.subject_id)`.execute(tx);
};

/**
 * New rows that may be a household of the registry, to be answered by the officer: one that looks like it (see findAlike),
 * or the last one with its code, whose head is another. Who has the same name and year of birth as some household is
 * asked about that one only: then the list was numbered anew.
 */
export const insertDuplicates = async (tx: Db, importId: string): Promise<void> => {
  await sql`insert into registry.import_decision (import_id, decision_id, kind, line, subject_id, reason)
    select ${importId}::uuid, gen_random_uuid(), 'duplicate', q.line, q.subject_id, q.reason from (
      select a.line, a.subject_id, case when a.certain then 'name-birth' else 'name' end as reason from pg_temp.alike a
      union all
      (select distinct on (h.line) h.line, c.subject_id, 'code' from registry.import_household h
      join registry.subject_code c on c.source = h.code_source and c.code = h.code and ${unclaimed(importId, sql`c.subject_id`)}
      where h.import_id = ${importId} and h.subject_id is null
        and not exists (select from pg_temp.alike a where a.line = h.line and (a.certain or a.subject_id = c.subject_id))
      order by h.line, c.recorded_at desc, c.subject_id)
    ) q join registry.import_household h on h.import_id = ${importId} and h.line = q.line
    where h.subject_id is null and ${unclaimed(importId, sql`q.subject_id`)}`.execute(tx);
};

/** Applies the answers to possible duplicates to the rows: the same household, or a new one. */
export const applyDuplicateAnswers = async (tx: Db, importId: string): Promise<void> => {
  await sql`update registry.import_household h set subject_id = d.subject_id, match = 'decided'
    from registry.import_decision d where h.import_id = ${importId} and d.import_id = ${importId} and d.kind = 'duplicate'
      and d.line = h.line and d.answer = 'same' and h.match = 'new'`.execute(tx);
  // Who is on the list under another code is not missing from it.
  await sql`delete from registry.import_decision d using registry.import_household h where d.import_id = ${importId} and d.kind = 'missing'
    and h.import_id = ${importId} and h.subject_id = d.subject_id`.execute(tx);
};

/** Notes whose household each answered row is, so that nobody is asked twice; when every row has its household. */
export const rememberAnswers = async (tx: Db, importId: string): Promise<void> => {
  await sql`insert into registry.subject_row (row_key, import_id, subject_id)
    select key, ${importId}, h.subject_id from registry.import_household h join registry.import i using (import_id)
      cross join lateral (values (${ROW_KEY}), (${FILE_KEY})) as keys (key)
    where h.import_id = ${importId} and h.line in (select line from registry.import_decision where import_id = ${importId} and kind = 'duplicate')
    on conflict (row_key, import_id) do nothing`.execute(tx);
};

/** Questions that must be answered before a commit, and rows that would write into one household twice. */
export const openQuestions = async (tx: Db, importId: string): Promise<{ duplicates: number; clashes: number }> => {
  const { rows } = await sql<{ duplicates: number; clashes: number }>`select
    (select count(*)::int from registry.import_decision where import_id = ${importId} and kind = 'duplicate' and answer is null) as duplicates,
    (select count(*)::int from (select subject_id from registry.import_household where import_id = ${importId} and subject_id is not null
      group by subject_id having count(*) > 1) c)
    + (select count(*)::int from (select line from registry.import_decision where import_id = ${importId} and answer = 'same'
      group by line having count(*) > 1) s) as clashes`.execute(tx);
  return rows[0]!;
};

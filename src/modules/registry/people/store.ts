import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { differing, type FactTable, keep, type Rows, type Writing, writeFacts } from '../facts/store.ts';

/** Whom the registry knows in the households of a list. @returns whether it knows anybody */
const gatherKnown = async (tx: Db): Promise<boolean> => {
  await sql`drop table if exists pg_temp.person_known`.execute(tx);
  await sql`create temp table person_known on commit drop as
    select distinct on (p.subject_id, p.person_id) p.subject_id, p.person_id, p.name_folded, p.born, p.born_precision, p.sex, p.ethnicity,
      p.id_last4, p.id_hash, p.valid_to is null as here
    from registry.person p where p.subject_id in (select subject_id from pg_temp.review_in)
    order by p.subject_id, p.person_id, p.valid_from desc`.execute(tx);
  await sql`create index on pg_temp.person_known (subject_id)`.execute(tx);
  await sql`analyze pg_temp.person_known`.execute(tx);
  const { rows } = await sql<{
    known: boolean;
  }>`select exists (select from pg_temp.person_known) as known`.execute(tx);
  return rows[0]!.known;
};

/**
 * The people a list names, one row each: the members sheet, and the head from the household's own row, joined to the
 * member who is the head (same identity number, else same name, else the one called "chủ hộ"). Where the registry knows nobody of
 * them, all are new: they have their ids at once.
 */
const gatherPeople = async (tx: Db, { importId }: Writing, known: boolean): Promise<void> => {
  for (const table of ['member_in', 'person_in'])
    await sql`drop table if exists ${sql.raw(`pg_temp.${table}`)}`.execute(tx);
  const personId = known ? sql`null::uuid` : sql`gen_random_uuid()`;
  // A table of its own, with statistics: as a part of the next statement the planner takes it for a few rows.
  await sql`create temp table member_in on commit drop as
    select l.*, l.place = 1 and (l.name_folded = l.head_folded or coalesce(l.id_hash = l.head_id_hash, false)) as is_head from (
      select m.*, h.subject_id, h.head_folded, h.head_birth, h.head_birth_precision, h.head_sex, h.head_id_last4, h.head_id_hash,
        h.ethnicity as head_ethnicity, row_number() over (partition by m.household_line order by
          (m.id_hash is not null and m.id_hash = h.head_id_hash) desc nulls last, (m.name_folded = h.head_folded) desc,
          (lower(coalesce(m.relation, '')) like 'chủ hộ%') desc, m.line) as place
      from registry.import_member m join registry.import_household h on h.import_id = m.import_id and h.line = m.household_line
      where m.import_id = ${importId} and h.subject_id is not null) l`.execute(tx);
  await sql`analyze pg_temp.member_in`.execute(tx);
  const head = (own: string, its: string) =>
    sql.raw(`coalesce(k.${own}, case when k.is_head then k.${its} end) as ${own}`);
  await sql`create temp table person_in on commit drop as
    select row_number() over (order by k.line)::int as person_in_id, ${personId} as person_id,
      k.subject_id, k.name, k.name_folded, coalesce(k.birth, case when k.is_head then k.head_birth end) as born,
      case when k.birth is not null then k.birth_precision when k.is_head then k.head_birth_precision end as born_precision,
      ${head('sex', 'head_sex')}, case when k.is_head then 'chủ hộ' else coalesce(lower(k.relation), 'thành viên') end as relation, k.is_head,
      ${head('ethnicity', 'head_ethnicity')}, ${head('id_last4', 'head_id_last4')}, ${head('id_hash', 'head_id_hash')},
      k.school, k.job, k.insured, k.disabled, k.reads, k.phone, true as with_members
    from pg_temp.member_in k
    union all
    select -row_number() over (order by h.line)::int, ${personId},
      h.subject_id, h.head_name, h.head_folded, h.head_birth, h.head_birth_precision, h.head_sex, 'chủ hộ', true, h.ethnicity, h.head_id_last4,
      h.head_id_hash, null, null, null, null, null, null, k.household_line is not null
    from registry.import_household h
    left join (select household_line, bool_or(is_head) as headed from pg_temp.member_in group by household_line) k on k.household_line = h.line
    where h.import_id = ${importId} and h.subject_id is not null and k.headed is not true`.execute(tx);
  await sql`create index on pg_temp.person_in (subject_id)`.execute(tx);
  await sql`analyze pg_temp.person_in`.execute(tx);
};

/** Pairs the k-th unmatched listed person with the k-th unclaimed known one of the same household for whom `alike` holds. */
const pair = (tx: Db, by: string, alike: Rows) =>
  sql`with listed as (
      select n.*, row_number() over (partition by ${sql.raw(by)} order by person_in_id) as place from pg_temp.person_in n where n.person_id is null
    ), free as (
      select n.*, row_number() over (partition by ${sql.raw(by)} order by here desc, n.person_id) as place from pg_temp.person_known n
      where not exists (select 1 from pg_temp.person_in o where o.subject_id = n.subject_id and o.person_id = n.person_id)
    )
    update pg_temp.person_in t set person_id = p.person_id from listed n, free p
    where t.person_in_id = n.person_in_id and n.subject_id = p.subject_id and n.place = p.place and ${alike}`.execute(
    tx,
  );

/** Finds the listed people among the household's known people: by identity number, else by name and year of birth; each once. */
const matchPeople = async (tx: Db): Promise<void> => {
  const differ = sql`p.name_folded = n.name_folded and (p.id_hash is null or n.id_hash is null)`;
  await pair(tx, 'n.subject_id, n.id_hash', sql`p.id_hash = n.id_hash`);
  await pair(
    tx,
    'n.subject_id, n.name_folded, extract(year from n.born)',
    sql`${differ} and extract(year from p.born) = extract(year from n.born)`,
  );
  await pair(tx, 'n.subject_id, n.name_folded', sql`${differ} and (p.born is null or n.born is null)`);
  // Who somebody is does not change: what an earlier or later list knew and this one leaves out is taken from there.
  await sql`update pg_temp.person_in n set born = coalesce(n.born, k.born), born_precision = case when n.born is null then k.born_precision else n.born_precision end,
      sex = coalesce(n.sex, k.sex), ethnicity = coalesce(n.ethnicity, k.ethnicity), id_last4 = coalesce(n.id_last4, k.id_last4), id_hash = coalesce(n.id_hash, k.id_hash)
    from pg_temp.person_known k where k.subject_id = n.subject_id and k.person_id = n.person_id`.execute(tx);
  await sql`update pg_temp.person_in set person_id = gen_random_uuid() where person_id is null`.execute(tx);
};

const person: FactTable = {
  name: 'person',
  key: ['subject_id', 'person_id'],
  columns: [
    'name',
    'name_folded',
    'born',
    'born_precision',
    'sex',
    'relation',
    'is_head',
    'ethnicity',
    'id_last4',
    'id_hash',
    'school',
    'job',
    'insured',
    'disabled',
    'reads',
  ],
  merge: (column) => {
    // A list that knows only the year of birth does not take away the day that was known.
    if (column.startsWith('born'))
      return `case when n.born is null or (n.born_precision = 'year' and extract(year from n.born) = extract(year from cur.born)) then cur.${column} else n.${column} end`;
    if (column === 'relation')
      return `coalesce(n.relation, case when cur.relation = 'chủ hộ' then 'thành viên' else cur.relation end)`;
    return column === 'is_head' ? 'n.is_head' : keep(column);
  },
};

/** What the list says of the people: those it names; those whom a list with all members no longer names; who is head no more. */
const peopleRows = ({ asOf }: Writing): Rows => sql`
  select n.subject_id, n.person_id, false as ends, ${sql.raw(person.columns.map((column) => `n.${column}`).join(', '))} from pg_temp.person_in n
  union all
  select p.subject_id, p.person_id, w.with_members, ${sql.raw(person.columns.map((column) => (column === 'is_head' ? 'false' : 'null')).join(', '))}
  from (select subject_id, bool_or(with_members) as with_members from pg_temp.person_in group by subject_id) w
  join registry.person p on p.subject_id = w.subject_id and p.valid_from <= ${asOf}::date and (p.valid_to is null or p.valid_to > ${asOf}::date)
  where (w.with_members or p.is_head)
    and not exists (select 1 from pg_temp.person_in n where n.subject_id = p.subject_id and n.person_id = p.person_id)`;

/** Phones of the household's row and of its members, each with the id it has had. */
const gatherPhones = async (tx: Db, { importId }: Writing): Promise<void> => {
  await sql`drop table if exists pg_temp.phone_in`.execute(tx);
  await sql`create temp table phone_in on commit drop as
    select p.*, coalesce((select k.contact_point_id from registry.contact_point k where k.subject_id = p.subject_id and k.value = p.value
        order by k.valid_from desc limit 1), gen_random_uuid()) as contact_point_id
    from (select distinct on (subject_id, value) * from (
        select n.subject_id, n.phone as value, n.person_id from pg_temp.person_in n where n.phone is not null
        union all
        select h.subject_id, phone, null from registry.import_household h, unnest(h.phones) phone
        where h.import_id = ${importId} and h.subject_id is not null
      ) q order by subject_id, value, person_id nulls last) p`.execute(tx);
  await sql`create index on pg_temp.phone_in (subject_id)`.execute(tx);
  await sql`analyze pg_temp.phone_in`.execute(tx);
};

const phone: FactTable = {
  name: 'contact_point',
  key: ['subject_id', 'contact_point_id'],
  columns: ['kind', 'value', 'person_id'],
  until: 'later_phones',
  merge: keep,
};

/** The listed phones, and those that a cell which is not empty no longer names, if a list had brought them. */
const phoneRows = ({ asOf }: Writing): Rows => sql`
  select subject_id, contact_point_id, false as ends, case when value like '+842%' then 'landline' else 'mobile' end as kind, value, person_id
  from pg_temp.phone_in
  union all
  select t.subject_id, t.contact_point_id, true, null, null, null from registry.contact_point t
  where t.subject_id in (select subject_id from pg_temp.phone_in) and t.import_id is not null and t.kind in ('mobile', 'landline')
    and t.valid_from <= ${asOf}::date and (t.valid_to is null or t.valid_to > ${asOf}::date)
    and not exists (select 1 from pg_temp.phone_in p where p.subject_id = t.subject_id and p.contact_point_id = t.contact_point_id)`;

const gather = async (tx: Db, writing: Writing): Promise<void> => {
  const known = await gatherKnown(tx);
  await gatherPeople(tx, writing, known);
  if (known) await matchPeople(tx);
  await gatherPhones(tx, writing);
};

/** Writes the people and phones of the listed households. */
export const writePeople = async (tx: Db, writing: Writing): Promise<void> => {
  await gather(tx, writing);
  await writeFacts(tx, person, peopleRows(writing), writing);
  await writeFacts(tx, phone, phoneRows(writing), writing);
};

/** The known households whose people or phones the list tells otherwise. */
export const differingPeople = async (tx: Db, writing: Writing): Promise<readonly Rows[]> => {
  await gather(tx, writing);
  return [differing(person, peopleRows(writing), writing), differing(phone, phoneRows(writing), writing)];
};

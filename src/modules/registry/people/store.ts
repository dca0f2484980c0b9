import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Writing } from '../facts/store.ts';

/**
 * The people a list names, one row each: the members sheet, and the head from the household's own row, joined to the
 * member who is the head (same identity number, else same name, else the one called "chủ hộ").
 */
const gatherPeople = async (tx: Db, { importId, asOf }: Writing): Promise<void> => {
  await sql`drop table if exists pg_temp.person_in`.execute(tx);
  await sql`create temp table person_in on commit drop as
    with member as (
      select m.*, h.subject_id, h.head_folded, h.head_id_hash, row_number() over (partition by m.household_line order by
          (m.id_hash is not null and m.id_hash = h.head_id_hash) desc nulls last, (m.name_folded = h.head_folded) desc,
          (lower(coalesce(m.relation, '')) like 'chủ hộ%') desc, m.line) as place
      from registry.import_member m join registry.import_household h on h.import_id = m.import_id and h.line = m.household_line
      where m.import_id = ${importId}
    ), known as (
      select *, place = 1 and (name_folded = head_folded or (id_hash is not null and id_hash = head_id_hash)) as is_head from member
    )
    select k.subject_id, k.name, k.name_folded, coalesce(k.birth, h.head_birth) as born,
      case when k.birth is null then h.head_birth_precision else k.birth_precision end as born_precision, coalesce(k.sex, h.head_sex) as sex,
      case when k.is_head then 'chủ hộ' else coalesce(lower(k.relation), 'thành viên') end as relation, k.is_head,
      coalesce(k.ethnicity, h.ethnicity) as ethnicity, coalesce(k.id_last4, h.head_id_last4) as id_last4, coalesce(k.id_hash, h.head_id_hash) as id_hash,
      k.school, k.job, k.insured, k.disabled, k.reads, k.phone, true as with_members
    from known k left join registry.import_household h on k.is_head and h.import_id = ${importId} and h.line = k.household_line
    union all
    select h.subject_id, h.head_name, h.head_folded, h.head_birth, h.head_birth_precision, h.head_sex, 'chủ hộ', true, h.ethnicity, h.head_id_last4,
      h.head_id_hash, null, null, null, null, null, null, exists (select 1 from known k where k.household_line = h.line)
    from registry.import_household h where h.import_id = ${importId}
      and not exists (select 1 from known k where k.household_line = h.line and k.is_head)`.execute(tx);
  await sql`alter table pg_temp.person_in add column person_in_id int generated always as identity, add column person_id uuid`.execute(
    tx,
  );
  await sql`create index on pg_temp.person_in (subject_id)`.execute(tx);
  await sql`drop table if exists pg_temp.household_in`.execute(tx);
  // What a later list said of a household is not overwritten by an older one that comes in late.
  await sql`create temp table household_in on commit drop as
    select n.subject_id, bool_or(n.with_members) as with_members, (
      select min(i.as_of) from registry.import_subject s join registry.import i on i.import_id = s.import_id
      where s.subject_id = n.subject_id and i.state = 'committed' and i.as_of > ${asOf}::date and i.import_id <> ${importId}) as later
    from pg_temp.person_in n group by n.subject_id`.execute(tx);
  await sql`create unique index on pg_temp.household_in (subject_id)`.execute(tx);
  await sql`analyze pg_temp.household_in`.execute(tx);
  await sql`analyze pg_temp.person_in`.execute(tx);
};

/** Finds the listed people among the household's known people: by identity number, else by name and year of birth; each once. */
const matchPeople = async (tx: Db): Promise<void> => {
  await sql`update pg_temp.person_in n set person_id = f.person_id from (
      select distinct on (n.subject_id, p.person_id) n.person_in_id, p.person_id from pg_temp.person_in n
      join registry.person p on p.subject_id = n.subject_id and p.id_hash = n.id_hash order by n.subject_id, p.person_id, n.person_in_id) f
    where n.person_in_id = f.person_in_id`.execute(tx);
  await sql`with pairs as (
      select n.person_in_id, p.person_id, p.subject_id,
        row_number() over (partition by n.person_in_id order by (p.valid_to is null) desc, p.person_id) as a,
        row_number() over (partition by p.subject_id, p.person_id order by n.person_in_id) as b
      from pg_temp.person_in n join registry.person p on p.subject_id = n.subject_id and p.name_folded = n.name_folded
        and (p.born is null or n.born is null or extract(year from p.born) = extract(year from n.born))
        and (p.id_hash is null or n.id_hash is null)
      where n.person_id is null and not exists (select 1 from pg_temp.person_in o where o.subject_id = p.subject_id and o.person_id = p.person_id)
    )
    update pg_temp.person_in n set person_id = f.person_id from pairs f where f.person_in_id = n.person_in_id and f.a = f.b`.execute(
    tx,
  );
};

const DETAILS = [
  'name',
  'name_folded',
  'sex',
  'ethnicity',
  'id_last4',
  'id_hash',
  'school',
  'job',
  'insured',
  'disabled',
  'reads',
];

/** The person after the list: `n` = the row of the list (or nothing), `w` = its household in the list. */
const detail = (name: string): string =>
  `${name} = case when w.later is null then coalesce(n.${name}, t.${name}) else t.${name} end`;

/**
 * Brings known people up to date, and closes those whom a list with all members no longer names. One pass over each
 * person: two changes of one row in one import could not be taken back in order.
 */
const changePeople = async (tx: Db, { importId, asOf }: Writing): Promise<void> => {
  await sql`with before as (select t.* from registry.person t where t.subject_id in (select subject_id from pg_temp.household_in)),
      after as (
        update registry.person t set ${sql.raw(DETAILS.map(detail).join(', '))},
          born = case when w.later is null and n.born is not null then n.born else t.born end,
          born_precision = case when w.later is null and n.born is not null then n.born_precision else t.born_precision end,
          relation = case when w.later is null and n.person_id is not null then n.relation else t.relation end,
          is_head = case when w.later is null then coalesce(n.is_head, false) else t.is_head end,
          valid_from = case when n.person_id is not null then least(t.valid_from, ${asOf}::date) else t.valid_from end,
          valid_to = case
            when w.later is not null then t.valid_to
            when n.person_id is not null then null
            when w.with_members and t.valid_to is null and t.valid_from < ${asOf}::date then ${asOf}::date
            else t.valid_to end
        from pg_temp.household_in w, registry.person b
        left join pg_temp.person_in n on n.subject_id = b.subject_id and n.person_id = b.person_id
        where w.subject_id = t.subject_id and b.subject_id = t.subject_id and b.person_id = t.person_id
        returning t.*)
    insert into registry.import_change (import_id, table_name, subject_id, before, after)
    select ${importId}, 'person', b.subject_id, to_jsonb(b), to_jsonb(a) from before b join after a using (subject_id, person_id)
    where a.* is distinct from b.*`.execute(tx);
};

const addPeople = async (tx: Db, { importId, asOf, at }: Writing): Promise<void> => {
  await sql`with added as (update pg_temp.person_in set person_id = gen_random_uuid() where person_id is null returning *)
    insert into registry.person (subject_id, person_id, name, name_folded, born, born_precision, sex, relation, is_head, ethnicity, id_last4,
      id_hash, school, job, insured, disabled, reads, valid_from, valid_to, import_id, recorded_at)
    select n.subject_id, n.person_id, name, name_folded, born, born_precision, sex, relation, is_head and w.later is null, ethnicity, id_last4, id_hash, school,
      job, insured, disabled, reads, ${asOf}::date, w.later, ${importId}, ${at}
    from added n join pg_temp.household_in w using (subject_id)`.execute(tx);
};

/** Phones of the household's row and of its members; what a non-empty cell no longer names is closed, if a list had brought it. */
const writePhones = async (tx: Db, { importId, asOf, at }: Writing): Promise<void> => {
  await sql`drop table if exists pg_temp.phone_in`.execute(tx);
  await sql`create temp table phone_in on commit drop as
    select distinct on (subject_id, value) * from (
      select n.subject_id, n.phone as value, n.person_id from pg_temp.person_in n where n.phone is not null
      union all
      select h.subject_id, phone, null from registry.import_household h, unnest(h.phones) phone where h.import_id = ${importId}
    ) p order by subject_id, value, person_id nulls last`.execute(tx);
  await sql`create index on pg_temp.phone_in (subject_id, value)`.execute(tx);
  await sql`analyze pg_temp.phone_in`.execute(tx);
  const change = async (set: ReturnType<typeof sql>, where: ReturnType<typeof sql>) => {
    await sql`with before as (select t.* from registry.contact_point t join pg_temp.household_in w on w.subject_id = t.subject_id where ${where}),
        after as (update registry.contact_point t set ${set} from before b where b.subject_id = t.subject_id and b.contact_point_id = t.contact_point_id returning t.*)
      insert into registry.import_change (import_id, table_name, subject_id, before, after)
      select ${importId}, 'contact_point', b.subject_id, to_jsonb(b), to_jsonb(a) from before b join after a using (subject_id, contact_point_id)
      where a.* is distinct from b.*`.execute(tx);
  };
  const listed = sql`exists (select 1 from pg_temp.phone_in p where p.subject_id = t.subject_id and p.value = t.value)`;
  // Written later, known earlier by an older list.
  await change(sql`valid_from = ${asOf}::date`, sql`t.valid_from > ${asOf}::date and ${listed}`);
  await change(
    sql`valid_to = ${asOf}::date`,
    sql`w.later is null and t.import_id is not null and t.import_id <> ${importId} and t.kind in ('mobile', 'landline') and t.valid_to is null
      and t.valid_from < ${asOf}::date and not ${listed} and exists (select 1 from pg_temp.phone_in p where p.subject_id = t.subject_id)`,
  );
  await sql`insert into registry.contact_point (subject_id, contact_point_id, kind, value, person_id, valid_from, valid_to, do_not_contact, import_id, recorded_at)
    select p.subject_id, gen_random_uuid(), case when p.value like '+842%' then 'landline' else 'mobile' end, p.value, p.person_id, ${asOf}::date, w.later,
      -- A refusal belongs to the number, in whatever household it turns up.
      exists (select 1 from registry.contact_point r where r.value = p.value and r.do_not_contact), ${importId}, ${at}
    from pg_temp.phone_in p join pg_temp.household_in w using (subject_id)
    where not exists (select 1 from registry.contact_point c where c.subject_id = p.subject_id and c.value = p.value
      and c.valid_from <= ${asOf}::date and (c.valid_to is null or c.valid_to > ${asOf}::date))`.execute(tx);
};

/** Writes the people and phones of the listed households. */
export const writePeople = async (tx: Db, writing: Writing): Promise<void> => {
  await gatherPeople(tx, writing);
  await matchPeople(tx);
  await changePeople(tx, writing);
  await addPeople(tx, writing);
  await writePhones(tx, writing);
};

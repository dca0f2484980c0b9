-- Poor, near poor or newly escaped, with a member under 16 who has left school. $1 = the day.
with household as (
  select s.subject_id, c.class in ('poor', 'near_poor', 'newly_escaped') as listed
  from registry.subject s
  left join registry.classification c on c.subject_id = s.subject_id and c.valid_from <= $1 and (c.valid_to is null or c.valid_to > $1)
  where s.kind = 'household' and s.exists_from <= $1 and (s.exists_to is null or s.exists_to > $1)
), member as (
  -- Of a birth known by its month or year only, the first and the last day that it can have been.
  select m.subject_id, m.school = 'bỏ học' as out_of_school, first_day, case m.born_precision
    when 'year' then (first_day + interval '1 year')::date - 1
    when 'month' then (first_day + interval '1 month')::date - 1
    else first_day end as last_day
  from registry.person m cross join lateral (
    select case m.born_precision when 'year' then date_trunc('year', m.born::timestamp)::date
      when 'month' then date_trunc('month', m.born::timestamp)::date else m.born end as first_day) b
  where m.valid_from <= $1 and (m.valid_to is null or m.valid_to > $1)
    and m.subject_id in (select subject_id from household where listed is not false)
), known as (
  select subject_id, count(*) as members, bool_or(fits) as some, bool_or(fits is null) as doubtful
  from (
    select subject_id, out_of_school and case
      when first_day > ($1::date - interval '16 years')::date then true
      when last_day <= ($1::date - interval '16 years')::date then false end as fits
    from member) m
  group by subject_id
)
select count(*) filter (where fits)::int as fits, count(*) filter (where fits is null)::int as unknown
from (
  select h.listed and case
      when k.some then true
      when k.doubtful or p.size is null or coalesce(k.members, 0) < p.size then null
      else false end as fits
  from household h
  left join registry.profile p on p.subject_id = h.subject_id and p.valid_from <= $1 and (p.valid_to is null or p.valid_to > $1)
  left join known k on k.subject_id = h.subject_id
) household

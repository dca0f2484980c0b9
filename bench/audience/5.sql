-- Understands Mông, nobody reads Vietnamese, and has a number that may be called. $1 = the day.
select count(*) filter (where fits)::int as fits, count(*) filter (where fits is null)::int as unknown
from (
  select 'hmn' = any(p.languages) and not 'vi' = any(p.languages_read) and phone.subject_id is not null as fits
  from registry.subject s
  left join registry.profile p on p.subject_id = s.subject_id and p.valid_from <= $1 and (p.valid_to is null or p.valid_to > $1)
  left join (
    select distinct c.subject_id from registry.contact_point c
    where c.kind in ('mobile', 'landline') and c.valid_from <= $1 and (c.valid_to is null or c.valid_to > $1)
      and not exists (select from registry.opt_out o where o.value = c.value and o.valid_from <= $1 and (o.valid_to is null or o.valid_to > $1))
  ) phone on phone.subject_id = s.subject_id
  where s.kind = 'household' and s.exists_from <= $1 and (s.exists_to is null or s.exists_to > $1)
) household

-- Poor or near poor, and short of at least three of twelve. $1 = the day.
select count(*) filter (where fits)::int as fits, count(*) filter (where fits is null)::int as unknown
from (
  select c.class in ('poor', 'near_poor') and case
      when d.subject_id is null then null
      when num_short >= 3 then true
      when num_short + num_unknown < 3 then false end as fits
  from registry.subject s
  left join registry.classification c on c.subject_id = s.subject_id and c.valid_from <= $1 and (c.valid_to is null or c.valid_to > $1)
  left join (
    select subject_id, cardinality(array_positions(list, true)) as num_short, num_nulls(variadic list) as num_unknown
    from (select subject_id, array[d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11, d12] as list
      from registry.deprivation where valid_from <= $1 and (valid_to is null or valid_to > $1)) x
  ) d on d.subject_id = s.subject_id
  where s.kind = 'household' and s.exists_from <= $1 and (s.exists_to is null or s.exists_to > $1)
) household

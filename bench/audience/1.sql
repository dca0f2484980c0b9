-- Poor or near poor, in one of these communes. $1 = the day, $2 = communes.
select count(*) filter (where fits)::int as fits, count(*) filter (where fits is null)::int as unknown
from (
  select c.class in ('poor', 'near_poor') and r.village_id in (
      select t.place_id from territory.place_tree t
      where t.ancestor_id = any($2::uuid[]) and t.valid_from <= $1 and (t.valid_to is null or t.valid_to > $1)) as fits
  from registry.subject s
  left join registry.residency r on r.subject_id = s.subject_id and r.valid_from <= $1 and (r.valid_to is null or r.valid_to > $1)
  left join registry.classification c on c.subject_id = s.subject_id and c.valid_from <= $1 and (c.valid_to is null or c.valid_to > $1)
  where s.kind = 'household' and s.exists_from <= $1 and (s.exists_to is null or s.exists_to > $1)
) household

-- Of every line of a plan and every commune, by class: how many are meant, could hear, were reached, and how sure that is.
-- $1 = the day, $2 = the plan's code. From contacts, facts and exposures alone.
with line as (
  select l.line_id, l.message_id, l.edition, l.audience_code, l.place_ids
  from plans.plan_line l join plans.plan p on p.plan_id = l.plan_id where p.code = $2
), village as (
  select distinct t.place_id as village_id, t.ancestor_id as commune_id
  from territory.place_tree t
  join territory.place_version c on c.place_id = t.ancestor_id and c.kind = 'commune' and c.valid_from <= $1 and (c.valid_to is null or c.valid_to > $1)
  join territory.place_tree above on above.place_id = t.place_id and above.valid_from <= $1 and (above.valid_to is null or above.valid_to > $1)
  where t.valid_from <= $1 and (t.valid_to is null or t.valid_to > $1) and above.ancestor_id in (select unnest(place_ids) from line)
), household as materialized (
  select s.subject_id, v.commune_id, d.d4, d.d11, d.d12,
    case when c.class = 'newly_escaped' and $1 >= (
      select (max(x.valid_from) + interval '36 months')::date from registry.classification x
      where x.subject_id = c.subject_id and x.class = 'newly_escaped' and x.valid_from <= c.valid_from and not exists (
        select from registry.classification y where y.subject_id = x.subject_id and y.valid_to = x.valid_from and y.class = 'newly_escaped')
    ) then 'not_poor' else c.class end as class
  from registry.subject s
  join registry.residency r on r.subject_id = s.subject_id and r.valid_from <= $1 and (r.valid_to is null or r.valid_to > $1)
  join village v on v.village_id = r.village_id
  left join registry.classification c on c.subject_id = s.subject_id and c.valid_from <= $1 and (c.valid_to is null or c.valid_to > $1)
  left join registry.deprivation d on d.subject_id = s.subject_id and d.valid_from <= $1 and (d.valid_to is null or d.valid_to > $1)
  where s.kind = 'household' and s.exists_from <= $1 and (s.exists_to is null or s.exists_to > $1)
), reached as materialized (
  select subject_id, message_id, edition, max(stage) filter (where understood) as best,
    max(stage) filter (where understood and proof <> 'declared') as proven, bool_or(not understood) as present
  from (
    select c.subject_id, c.message_id, c.edition, c.stage, c.proof, coalesce(c.language = any(p.languages), false)
      and (c.channel in ('visit', 'meeting') or coalesce(c.language = any(p.languages_read), false)) as understood
    from reach.contact c
    left join registry.profile p on p.subject_id = c.subject_id and p.valid_from <= c.happened_on and (p.valid_to is null or p.valid_to > c.happened_on)
    where c.voids is null and c.happened_on <= $1
      and not exists (select from reach.contact v where v.subject_id = c.subject_id and v.voids = c.contact_id)
  ) told group by subject_id, message_id, edition
), heard as materialized (
  select distinct r.subject_id, e.message_id, e.edition
  from (
    select distinct e.place_id, e.message_id, e.edition, e.language, e.happened_on from reach.exposure e
    where e.voids is null and e.happened_on <= $1
      and not exists (select from reach.exposure v where v.place_id = e.place_id and v.voids = e.exposure_id)
  ) e
  join registry.residency r on r.village_id = e.place_id and r.valid_from <= e.happened_on and (r.valid_to is null or r.valid_to > e.happened_on)
  join registry.profile p on p.subject_id = r.subject_id and e.language = any(p.languages)
    and p.valid_from <= e.happened_on and (p.valid_to is null or p.valid_to > e.happened_on)
)
select l.line_id as "lineId", h.commune_id as "placeId", coalesce(h.class, 'unknown') as value, count(*)::int as n,
  count(*) filter (where e.subject_id is not null or c.present)::int as "couldHear",
  count(*) filter (where c.best >= 2)::int as s2, count(*) filter (where c.best >= 3)::int as s3,
  count(*) filter (where c.best >= 4)::int as s4, count(*) filter (where c.best >= 5)::int as s5,
  count(*) filter (where c.best >= 2 and coalesce(c.proven, 0) < 2)::int as d2, count(*) filter (where c.best >= 3 and coalesce(c.proven, 0) < 3)::int as d3,
  count(*) filter (where c.best >= 4 and coalesce(c.proven, 0) < 4)::int as d4, count(*) filter (where c.best >= 5 and coalesce(c.proven, 0) < 5)::int as d5
from line l
join household h on case l.audience_code
  when 'ho-thu-huong' then h.class in ('poor', 'near_poor', 'newly_escaped')
  when 'ho-ngheo' then h.class = 'poor'
  when 'ho-thieu-bhyt' then h.d4
  when 'ho-thieu-thong-tin' then h.d11 or h.d12 end
left join reached c on c.subject_id = h.subject_id and c.message_id = l.message_id and c.edition = l.edition
left join heard e on e.subject_id = h.subject_id and e.message_id = l.message_id and e.edition = l.edition
group by 1, 2, 3

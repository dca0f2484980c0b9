-- Poor, near poor or newly escaped, not yet reached by the first edition of a message. $1 = the day, $2 = the message's code.
select count(*) filter (where fits)::int as fits, count(*) filter (where fits is null)::int as unknown
from (
  select c.class in ('poor', 'near_poor', 'newly_escaped') and reached.subject_id is null as fits
  from registry.subject s
  left join registry.classification c on c.subject_id = s.subject_id and c.valid_from <= $1 and (c.valid_to is null or c.valid_to > $1)
  left join (
    select t.subject_id from reach.state t join content.message m on m.message_id = t.message_id
    where m.code = $2 and t.edition = 1 and t.first_2 <= $1
  ) reached on reached.subject_id = s.subject_id
  where s.kind = 'household' and s.exists_from <= $1 and (s.exists_to is null or s.exists_to > $1)
) household

-- The audit is looked at: newest first, by who did it, and by what was touched; never by going through all of it.

drop index platform.audit_at;
create index audit_at on platform.audit (at, audit_id);

-- Whose row it is: of a person, of a key, or of whoever signed in by it (at the door nobody is known yet). What the product
-- does by itself is nobody's and most of the table: it is left out.
create index audit_doer on platform.audit (
  (coalesce(user_id, key_id, case when name in ('identity.sign-in', 'identity.redeem-sign-in-link') then (refs ->> 'userId')::uuid end)),
  at, audit_id)
  where coalesce(user_id, key_id, case when name in ('identity.sign-in', 'identity.redeem-sign-in-link') then (refs ->> 'userId')::uuid end) is not null;
-- The same by kind of work: a kind that somebody never does would otherwise be looked for in all they ever did.
create index audit_doer_group on platform.audit (
  (coalesce(user_id, key_id, case when name in ('identity.sign-in', 'identity.redeem-sign-in-link') then (refs ->> 'userId')::uuid end)),
  split_part(name, '.', 1), at, audit_id)
  where coalesce(user_id, key_id, case when name in ('identity.sign-in', 'identity.redeem-sign-in-link') then (refs ->> 'userId')::uuid end) is not null;

-- The ids in it, wherever they stand; counts and words are left out, which keeps the index small.
create index audit_touched on platform.audit
  using gin (jsonb_path_query_array(refs, '$.** ? (@.type() == "string" && @ like_regex "^[0-9a-f]{8}-[0-9a-f]{4}-")'));

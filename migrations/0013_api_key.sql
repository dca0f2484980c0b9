-- Keys by which other systems ask (design, section 7): one role in one place each, for a time. The secret is known only by
-- its hash: it is 32 random bytes, so a plain hash is enough, and a copy of the table opens no door.

create table identity.api_key (
  key_id uuid primary key,
  -- What it is for, in the words of who made it.
  name text not null,
  secret_hash text not null unique,
  -- Never the administrator's: no key makes accounts or keys.
  role text not null check (role in ('officer', 'leader', 'editor', 'agent')),
  place_id uuid not null,
  -- null = made by the owner of the data folder.
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  -- To the day: enough to see which one nobody uses any more.
  last_used_on date,
  check (expires_at > created_at and expires_at <= created_at + interval '731 days')
);

-- What was done by a key names the key; user_id is null then, as no person did it.
alter table platform.audit add column key_id uuid;

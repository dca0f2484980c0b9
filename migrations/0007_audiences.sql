-- Audiences: saved rules over subjects. The built-in ones of the source plan are code, not rows.

create schema audiences;

create table audiences.audience (
  audience_id uuid primary key,
  code text not null unique,
  -- Whose audience it is: this place and everything below it may use it.
  place_id uuid not null,
  name text not null,
  rule jsonb not null,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ended_at timestamptz
);
create index audience_place on audiences.audience (place_id);

-- What the platform itself keeps. Modules bring their own schemas.

create schema if not exists platform;

-- One row per command and per look at sensitive data: ids and field names only.
-- block_id is set when a job seals the row into a hash-linked block.
create table platform.audit (
  audit_id bigint generated always as identity primary key,
  at timestamptz not null,
  name text not null,
  user_id uuid,
  via text not null check (via in ('web', 'cli', 'api', 'job')),
  refs jsonb not null,
  block_id bigint
);
create index audit_at on platform.audit (at);
create index audit_unsealed on platform.audit (audit_id) where block_id is null;

create table platform.audit_block (
  block_id bigint primary key,
  first_audit_id bigint not null,
  last_audit_id bigint not null,
  rows int not null,
  previous_hash text not null,
  hash text not null,
  sealed_at timestamptz not null
);

-- What this installation is, e.g. kind = 'example' | 'real'.
create table platform.setting (
  key text primary key,
  value jsonb not null,
  set_at timestamptz not null default now()
);

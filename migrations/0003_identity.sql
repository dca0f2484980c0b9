-- Who signs in, and which role each holds in which area. The first four tables are those of the sign-in library.

create schema identity;

create table identity."user" (
  id uuid primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  username text unique,
  display_username text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- An invented person of the example locality, and shown so.
  synthetic boolean not null default false,
  disabled_at timestamptz
);

create table identity.session (
  id uuid primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  user_id uuid not null references identity."user" on delete cascade
);
create index session_of_user on identity.session (user_id);

create table identity.account (
  id uuid primary key,
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references identity."user" on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index account_user on identity.account (user_id);

create table identity.verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on identity.verification (identifier);

-- A role in an area (the place and everything below it), dated; ended, never deleted.
create table identity.role_grant (
  grant_id uuid primary key,
  user_id uuid not null references identity."user" on delete cascade,
  role text not null check (role in ('admin', 'officer', 'leader', 'editor', 'agent')),
  place_id uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  granted_by uuid
);
create index role_grant_user on identity.role_grant (user_id);

-- Single-use links: only the hash of the secret is kept.
create table identity.sign_in_link (
  link_hash text primary key,
  user_id uuid not null references identity."user" on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Attempts per account and per address, for the limits: written as failed before the password is looked at.
create table identity.sign_in_attempt (
  attempt_id uuid not null,
  key text not null,
  at timestamptz not null,
  ok boolean not null,
  primary key (attempt_id, key)
);
create index sign_in_attempt_key on identity.sign_in_attempt (key, at);
create index sign_in_attempt_at on identity.sign_in_attempt (at);

-- What somebody had typed when the session ended: shown again to the same person only, for a day.
create table identity.form_draft (
  draft_id uuid primary key,
  user_id uuid not null references identity."user" on delete cascade,
  path text not null,
  form jsonb not null,
  created_at timestamptz not null
);
create index form_draft_user on identity.form_draft (user_id);

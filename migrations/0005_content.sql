-- Messages: one core statement bound to its legal basis, in editions; the forms in which it is said.
-- A small correction is a new version of a form and keeps the reach; a change of substance is a new edition.

create schema content;

create table content.message (
  message_id uuid primary key,
  -- Short and speaking ("bhyt-ho-ngheo"): what a plan file names it by.
  code text not null unique,
  -- Whose message it is: this place and everything below it may use it.
  place_id uuid not null,
  topic text not null,
  title text not null,
  created_by uuid,
  created_at timestamptz not null
);
create index message_place on content.message (place_id);

create table content.message_edition (
  message_id uuid not null references content.message,
  edition int not null check (edition > 0),
  core text not null,
  -- Legal bases in their order: [{number, date, issuer, title, validFrom, validTo, mark}]; mark = verified | unconfirmed.
  bases jsonb not null default '[]',
  -- What changed in substance against the edition before; empty for the first.
  change text not null default '',
  state text not null check (state in ('draft', 'submitted', 'approved', 'retired')),
  written_by uuid,
  written_by_name text not null,
  written_at timestamptz not null,
  submitted_by uuid,
  submitted_by_name text,
  submitted_at timestamptz,
  approved_by uuid,
  approved_by_name text,
  approved_at timestamptz,
  -- Why it was sent back to its author.
  returned_note text,
  retired_by uuid,
  retired_at timestamptz,
  retired_note text,
  primary key (message_id, edition)
);

-- What is sent, printed or read out, in one language; a question has answers, of which one is right.
create table content.form (
  form_id uuid primary key,
  message_id uuid not null,
  edition int not null,
  kind text not null check (kind in ('sms', 'sms-plain', 'script', 'question')),
  language text not null,
  version int not null check (version > 0),
  text text not null,
  answers text[] not null default '{}',
  right_answer smallint,
  state text not null check (state in ('draft', 'submitted', 'approved', 'retired')),
  written_by uuid,
  written_by_name text not null,
  written_at timestamptz not null,
  approved_by uuid,
  approved_by_name text,
  approved_at timestamptz,
  foreign key (message_id, edition) references content.message_edition,
  unique (message_id, edition, kind, language, version),
  check ((kind = 'question') = (right_answer is not null)),
  check (right_answer is null or right_answer between 1 and cardinality(answers))
);

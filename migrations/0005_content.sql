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
  -- Code, title and core without diacritics: what the list is searched in.
  folded text not null,
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
  foreign key (message_id, edition) references content.message_edition,
  unique (message_id, edition, kind, language, version),
  check ((kind = 'question') = (right_answer is not null)),
  check (right_answer is null or right_answer between 1 and cardinality(answers))
);
-- One version is said at a time, and one is being worked on.
create unique index form_approved on content.form (message_id, edition, kind, language) where state = 'approved';
create unique index form_open on content.form (message_id, edition, kind, language) where state in ('draft', 'submitted');

-- Who did what and when: the history of an edition, and from which is known whose work somebody may not approve.
create table content.step (
  step_id uuid primary key,
  message_id uuid not null,
  edition int not null,
  -- Of one form's correction; null = of the edition as a whole.
  form_id uuid references content.form,
  what text not null check (what in ('written', 'submitted', 'returned', 'approved', 'retired')),
  by_user uuid,
  by_name text not null,
  at timestamptz not null,
  note text not null default '',
  foreign key (message_id, edition) references content.message_edition,
  check (what not in ('returned', 'retired') or form_id is not null or note <> '')
);
create index step_edition on content.step (message_id, edition, at);

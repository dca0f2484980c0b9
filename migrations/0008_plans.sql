-- Plans: signed documents with lines; activities are what was really done for a line, and carry its evidence.

create schema plans;

create table plans.plan (
  plan_id uuid primary key,
  -- Short and speaking ("tram-tau-2021-2025"): what a plan file is known by.
  code text not null unique,
  -- The place whose plan it is; only its body and those above may change it.
  place_id uuid not null,
  title text not null,
  programme text not null,
  issuer text not null,
  -- Number, date and signer of the document; a plan without them, or without the signed file, is a draft.
  number text,
  issued_on date,
  signer text,
  signed_sha256 text,
  signed_name text,
  -- When all this was entered: nothing was recorded for the plan before.
  issued_at timestamptz,
  period_from date not null,
  period_to date not null,
  parent_plan_id uuid references plans.plan,
  objectives text[] not null default '{}',
  -- [{number, date, issuer, title}]
  bases jsonb not null default '[]',
  state text not null check (state in ('draft', 'issued', 'closed')),
  synthetic boolean not null default false,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  closed_at timestamptz,
  closed_note text,
  check (period_to >= period_from),
  check (state = 'draft' or (number is not null and issued_on is not null and signer is not null and signed_sha256 is not null
    and issued_at is not null))
);
create index plan_place on plans.plan (place_id);

create table plans.plan_line (
  line_id uuid primary key,
  plan_id uuid not null references plans.plan on delete cascade,
  position int not null,
  what text not null,
  message_id uuid not null,
  edition int not null,
  -- The saved audience it was taken from, and the rule as it was then: a plan does not change when an audience does.
  audience_code text not null,
  audience_name text not null,
  rule jsonb not null,
  channels text[] not null,
  place_ids uuid[] not null,
  quantity numeric,
  unit text,
  starts_on date not null,
  ends_on date not null,
  body text not null,
  -- Responsibility of the heads of bodies (source plan): a person by name, and the post held.
  head_name text not null,
  head_post text not null default '',
  partners text[] not null default '{}',
  -- VND, and which source of money.
  budget numeric,
  budget_source text,
  -- From which stage on a subject counts as reached: raised, never below 2.
  threshold smallint not null check (threshold between 2 and 5),
  -- Per cent of the audience to be reached at that stage.
  target_percent numeric not null check (target_percent > 0 and target_percent <= 100),
  unique (plan_id, position),
  check (ends_on >= starts_on)
);
create index plan_line_message on plans.plan_line (message_id, edition);

-- What changed in a line of an issued plan: a threshold raised, a new edition followed, another head named.
create table plans.line_change (
  change_id uuid primary key,
  line_id uuid not null references plans.plan_line on delete cascade,
  what text not null check (what in ('threshold', 'edition', 'head')),
  before text not null,
  after text not null,
  note text not null default '',
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null
);
create index line_change_line on plans.line_change (line_id, changed_at);

-- What was done for a line: one meeting, one broadcast log, one batch of leaflets, one visit …
create table plans.activity (
  activity_id uuid primary key,
  line_id uuid not null references plans.plan_line,
  -- The edition of the line's message that was told; the line may have followed a newer one since.
  edition int not null,
  kind text not null check (kind in ('meeting', 'visit', 'leaflet', 'leaflet-left', 'loudspeaker', 'zalo', 'poster', 'bulletin')),
  -- Villages it happened in.
  place_ids uuid[] not null,
  happened_on date not null,
  language text not null,
  proof text not null,
  -- What it took: times played, copies, people present … (numbers), and a note.
  details jsonb not null default '{}',
  note text not null default '',
  recorded_by uuid,
  recorded_by_name text not null,
  recorded_at timestamptz not null,
  voided_at timestamptz,
  voided_by uuid,
  void_reason text
);
create index activity_line on plans.activity (line_id, happened_on);

-- Published: what was done and counts. Modules below read this, never the table.
create view plans.activity_in_force as
  select activity_id, line_id, kind, place_ids, happened_on, language from plans.activity where voided_at is null;

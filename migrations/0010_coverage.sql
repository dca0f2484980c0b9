-- Coverage: how many of a line's audience were reached, by place, class and language. Every number is derived; nothing is
-- ever added to a cell or taken from it.

create schema coverage;

-- The subjects whose own place is this one, by the line's rule; as_of infinity = now, else a closed month end.
-- facet: all (value ''), class, language (a household counts under each language it understands).
create table coverage.base_cell (
  as_of date not null,
  line_id uuid not null,
  place_id uuid not null,
  facet text not null check (facet in ('all', 'class', 'language')),
  value text not null,
  n int not null,
  could_hear int not null,
  s2 int not null, s3 int not null, s4 int not null, s5 int not null,
  -- Of s2 … s5, those known by a mere declaration only.
  d2 int not null, d3 int not null, d4 int not null, d5 int not null,
  -- Out because something of the rule is unknown.
  unknown int not null,
  primary key (as_of, line_id, place_id, facet, value)
);

-- The same for places of every level, by the boundaries of the day: what pages and exports read.
create table coverage.cell (
  as_of date not null,
  line_id uuid not null,
  place_id uuid not null,
  facet text not null check (facet in ('all', 'class', 'language')),
  value text not null,
  n int not null,
  could_hear int not null,
  s2 int not null, s3 int not null, s4 int not null, s5 int not null,
  d2 int not null, d3 int not null, d4 int not null, d5 int not null,
  unknown int not null,
  primary key (as_of, line_id, place_id, facet, value)
);
create index cell_place on coverage.cell (place_id, as_of);

-- What has to be computed again; taken away by who computes it. A row per mark, never shared: whoever marks waits for nobody,
-- and a mark of a transaction that has not ended yet outlives a computation that could not see its facts.
-- place_id null = the whole line.
create table coverage.dirty (
  mark_id bigint generated always as identity primary key,
  line_id uuid not null,
  place_id uuid,
  marked_at timestamptz not null
);
create index dirty_line on coverage.dirty (line_id, place_id);

-- Of which day the cells of now are: a line without a row, or with one of an earlier day, has none that may be shown.
create table coverage.computed (
  line_id uuid primary key,
  on_day date not null
);

-- Month ends that are closed: never written again.
create table coverage.closing (
  as_of date not null,
  line_id uuid not null,
  closed_at timestamptz not null,
  -- The review day of the newest list the figures rest on, and the day of the boundaries.
  list_date date,
  boundaries date not null,
  -- Of the line on that day: what it follows and asks for later changes nothing of the month.
  edition int not null,
  threshold smallint not null,
  primary key (as_of, line_id)
);

-- What people decided about a household that was not reached; the list itself is a query.
create table coverage.follow_up (
  line_id uuid not null,
  subject_id uuid not null,
  step text not null,
  owner_id uuid,
  owner_name text not null,
  due_on date not null,
  visit_id uuid,
  note text not null default '',
  decided_by uuid,
  decided_by_name text not null,
  decided_at timestamptz not null,
  primary key (line_id, subject_id)
);

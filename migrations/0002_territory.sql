-- Places: what they are called, where they lie, and what became of them, each with its dates.
-- valid_from inclusive, valid_to exclusive, null = still so. A code never stands alone: codes are reused.

create schema territory;

create table territory.place_version (
  place_id uuid not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  other_names text[] not null default '{}',
  kind text not null check (kind in ('country', 'province', 'district', 'commune', 'village')),
  unit_type text not null,
  official_code text,
  parent_id uuid,
  urban boolean not null default false,
  primary key (place_id, valid_from),
  check (valid_to is null or valid_to > valid_from)
);
create index place_version_parent on territory.place_version (parent_id, kind);
create index place_version_code on territory.place_version (official_code) where official_code is not null;

-- Special difficulty, poor district and the like: of the unit as it was then, inherited by its villages.
create table territory.place_status (
  place_id uuid not null,
  status text not null,
  valid_from date not null,
  valid_to date,
  document text not null,
  -- 'verified', or 'unconfirmed' until an officer confirms it
  mark text not null default 'unconfirmed' check (mark in ('verified', 'unconfirmed')),
  primary key (place_id, status, valid_from)
);

create table territory.place_succession (
  from_id uuid not null,
  to_id uuid not null,
  on_date date not null,
  kind text not null check (kind in ('merge', 'split', 'rename', 'transfer')),
  whole boolean not null,
  document text not null,
  mark text not null default 'unconfirmed' check (mark in ('verified', 'unconfirmed')),
  primary key (from_id, to_id, on_date),
  check (from_id <> to_id)
);
create index place_succession_to on territory.place_succession (to_id);

-- Derived from place_version: who lay under whom, when. Every place lies under itself (depth 0).
-- Other modules join it to count by the boundaries of a day.
create table territory.place_tree (
  place_id uuid not null,
  ancestor_id uuid not null,
  valid_from date not null,
  valid_to date,
  depth int not null,
  primary key (place_id, ancestor_id, valid_from)
);
create index place_tree_ancestor on territory.place_tree (ancestor_id, valid_from, place_id);

-- Derived: every way a place is looked for, without diacritics; each word of a name begins a row of its own.
-- kind_order (1 province … 4 village) and the days from its first to its last stand here so that the beginning of a
-- name, which a hundred thousand places may share, is ordered and cut short within one index.
create table territory.place_name (
  folded text not null,
  place_id uuid not null,
  rank smallint not null,
  kind_order smallint not null,
  valid_from date not null,
  valid_to date,
  primary key (folded, place_id)
);
create index place_name_prefix on territory.place_name (folded text_pattern_ops)
  include (place_id, rank, kind_order, valid_from, valid_to);
create index place_name_place on territory.place_name (place_id);

-- How many households live in a village, by whom, when: the registry's lists hold only some classes.
create table territory.village_count (
  place_id uuid not null,
  on_date date not null,
  households int not null check (households >= 0),
  people int check (people >= 0),
  source text not null,
  primary key (place_id, on_date)
);

-- Which places have a special status on a day: the unit it was given to, and whatever lies in it then. A status outlives
-- its unit: of a unit that has ended it stays with what lay in it on its last day, as long as the status is valid.
create function territory.status_at(on_day date) returns table (place_id uuid, status text) language sql stable as $$
  select distinct t.place_id, s.status
  from territory.place_status s
  cross join lateral (
    select max(coalesce(v.valid_to, 'infinity'::date)) as ends from territory.place_version v where v.place_id = s.place_id
  ) u
  join territory.place_tree t on t.ancestor_id = s.place_id and (
    (t.valid_from <= on_day and (t.valid_to is null or t.valid_to > on_day)) or (u.ends <= on_day and t.valid_to = u.ends))
  where s.valid_from <= on_day and (s.valid_to is null or s.valid_to > on_day)
$$;

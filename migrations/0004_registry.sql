-- Who the plan is for: subjects (households and officers) and the dated facts about them, and the imports they came from.
-- What changes in life is a dated row: valid_from inclusive, valid_to exclusive, null = still so.
-- Tables keyed by subject_id first, so that they can be distributed by subject one day (see platform/big-tables.ts).

create schema registry;

create table registry.import (
  import_id uuid primary key,
  kind text not null check (kind in ('households', 'officers')),
  state text not null check (state in ('uploaded', 'reading', 'read', 'checking', 'checked', 'committing', 'committed', 'undone', 'discarded', 'failed')),
  file_name text not null,
  file_sha256 text not null,
  file_size bigint not null,
  members_file_name text,
  members_sha256 text,
  -- What the list declares itself to be: complete for these classes in this place on this review date; null = not complete.
  place_id uuid not null,
  as_of date not null,
  complete_classes text[],
  standard text,
  sender text not null,
  synthetic boolean not null default false,
  -- The recognised sheets and the mapping column -> field, as shown to and changed by the officer.
  shape jsonb,
  counts jsonb,
  failure jsonb,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  -- Order of commits: what undo must not jump over.
  commit_no bigint,
  -- Its last write into the registry (commit, late answer, undo): what was checked before that may be stale.
  write_no bigint,
  committed_by uuid,
  committed_at timestamptz,
  undone_by uuid,
  undone_at timestamptz
);
create sequence registry.import_commit_no;
create index import_place on registry.import (place_id, created_at desc);
create index import_write_no on registry.import (write_no);

-- A mapping that an officer accepted, offered again for the next list of the same sender with the same headings.
create table registry.import_mapping (
  sender text not null,
  header_signature text not null,
  mapping jsonb not null,
  used_at timestamptz not null,
  primary key (sender, header_signature)
);

-- Staging: one row per household of the list, normalised; subject_id once matched.
create table registry.import_household (
  import_id uuid not null references registry.import on delete cascade,
  line int not null,
  sheet text not null,
  row_number int not null,
  code text,
  -- Where the code means something: nationwide for long codes, else the commune that gave it.
  code_source text,
  head_name text not null,
  head_folded text,
  head_birth date,
  head_birth_precision text check (head_birth_precision in ('day', 'month', 'year')),
  head_sex text check (head_sex in ('male', 'female')),
  head_id_last4 text,
  head_id_hash text,
  ethnicity text,
  village_text text,
  commune_text text,
  village_id uuid,
  commune_id uuid,
  size int,
  class text,
  origin text,
  b1 int,
  b2 int,
  indicators boolean[],
  causes text[],
  needs text,
  groups text[],
  decision_number text,
  decision_date date,
  certificate_number text,
  phones text[],
  languages text[],
  languages_read text[],
  devices text[],
  livelihood text,
  notes text,
  subject_id uuid,
  match text check (match in ('code', 'id-number', 'decided', 'new')),
  change text check (change in ('new', 'changed', 'same')),
  primary key (import_id, line)
);
create index import_household_code on registry.import_household (import_id, code);
create index import_household_subject on registry.import_household (import_id, subject_id);

create table registry.import_member (
  import_id uuid not null references registry.import on delete cascade,
  line int not null,
  sheet text not null,
  row_number int not null,
  household_code text,
  household_line int,
  name text not null,
  name_folded text,
  relation text,
  birth date,
  birth_precision text check (birth_precision in ('day', 'month', 'year')),
  sex text check (sex in ('male', 'female')),
  id_last4 text,
  id_hash text,
  ethnicity text,
  school text,
  job text,
  insured boolean,
  disabled boolean,
  reads boolean,
  phone text,
  primary key (import_id, line)
);
create index import_member_household on registry.import_member (import_id, household_line);

-- The row-by-row report of a dry run: the sentence is made from code and params when it is shown.
create table registry.import_fault (
  import_id uuid not null references registry.import on delete cascade,
  fault_no int not null,
  sheet text,
  row_number int,
  column_name text,
  cell text,
  value text not null default '',
  severity text not null check (severity in ('error', 'warning')),
  code text not null,
  params jsonb not null default '{}',
  primary key (import_id, fault_no)
);

-- What the program must not decide by itself: households missing from a complete list, possible duplicates.
create table registry.import_decision (
  import_id uuid not null references registry.import on delete cascade,
  decision_id uuid not null,
  kind text not null check (kind in ('missing', 'duplicate')),
  line int,
  subject_id uuid not null,
  -- What spoke for a duplicate: code, name-birth (head's name, year of birth, village), name; of a missing household: its class then.
  reason text not null,
  answer text check (answer in ('escaped', 'moved', 'gone', 'mistake', 'same', 'different')),
  answered_by uuid,
  answered_at timestamptz,
  primary key (import_id, decision_id)
);
create index import_decision_kind on registry.import_decision (import_id, kind, answer);
create index import_decision_subject on registry.import_decision (subject_id) where answer = 'mistake';

-- The subjects a committed import touched, so that undo knows what rests on it: write_no = the import's last write about
-- the subject, mark = the sum of the hashes of the rows it wrote then (a row changed by somebody since has another hash),
-- said = what it spoke of besides village and class (1 = indicators, 2 = phones): where a list is silent, what an older one
-- said goes on, also when the older one comes in later.
create table registry.import_subject (
  subject_id uuid not null,
  import_id uuid not null references registry.import on delete cascade,
  write_no bigint not null,
  mark numeric not null,
  said smallint not null default 0,
  primary key (subject_id, import_id)
);
create index import_subject_import on registry.import_subject (import_id);

create table registry.subject (
  subject_id uuid primary key,
  kind text not null check (kind in ('household', 'officer')),
  code text not null,
  synthetic boolean not null default false,
  exists_from date not null,
  exists_to date,
  end_reason text check (end_reason in ('died', 'dissolved', 'merged', 'gone')),
  import_id uuid,
  recorded_at timestamptz not null
);
create index subject_ended on registry.subject (exists_to) where exists_to is not null;

-- Every code a household was listed under. A commune that numbers its lists anew gives one code to several households.
create table registry.subject_code (
  source text not null,
  code text not null,
  subject_id uuid not null,
  import_id uuid,
  recorded_at timestamptz not null,
  primary key (source, code, subject_id)
);
create index subject_code_subject on registry.subject_code (subject_id);

-- Whose household a row of a list is, by what an officer answered of it: nobody is asked twice. The key is a hash of what
-- tells the row from others (village, code, head), and once more of its place in its file.
create table registry.subject_row (
  row_key text not null,
  import_id uuid not null,
  subject_id uuid not null,
  primary key (row_key, import_id)
);
create index subject_row_subject on registry.subject_row (subject_id);
create index subject_row_import on registry.subject_row (import_id);

create table registry.residency (
  subject_id uuid not null,
  valid_from date not null,
  valid_to date,
  village_id uuid not null,
  import_id uuid,
  recorded_at timestamptz not null,
  primary key (subject_id, valid_from)
);
create index residency_village on registry.residency (village_id, valid_from);

create table registry.classification (
  subject_id uuid not null,
  valid_from date not null,
  valid_to date,
  class text not null check (class in ('poor', 'near_poor', 'newly_escaped', 'average', 'not_poor')),
  origin text check (origin in ('relapsed', 'newly_arising')),
  standard text not null,
  b1 int,
  b2 int,
  decision_number text,
  decision_date date,
  certificate_number text,
  import_id uuid,
  recorded_at timestamptz not null,
  primary key (subject_id, valid_from)
);

-- The twelve indicators of NĐ 07/2021/NĐ-CP in its order; true = deprived, null = unknown.
create table registry.deprivation (
  subject_id uuid not null,
  valid_from date not null,
  valid_to date,
  d1 boolean, d2 boolean, d3 boolean, d4 boolean, d5 boolean, d6 boolean,
  d7 boolean, d8 boolean, d9 boolean, d10 boolean, d11 boolean, d12 boolean,
  import_id uuid,
  recorded_at timestamptz not null,
  primary key (subject_id, valid_from)
);

create table registry.profile (
  subject_id uuid not null,
  valid_from date not null,
  valid_to date,
  ethnicity text,
  languages text[],
  languages_read text[],
  devices text[],
  livelihood text,
  size int,
  causes text[] not null default '{}',
  needs text,
  groups text[] not null default '{}',
  notes text,
  import_id uuid,
  recorded_at timestamptz not null,
  primary key (subject_id, valid_from)
);

-- People of a household, and the one person of an officer: one row per person and stretch of time in which nothing of it
-- changed; between two rows of a person it was not there. CCCD is kept as its last four digits and a keyed hash.
create table registry.person (
  subject_id uuid not null,
  person_id uuid not null,
  name text not null,
  name_folded text not null,
  born date,
  born_precision text check (born_precision in ('day', 'month', 'year')),
  sex text check (sex in ('male', 'female')),
  relation text not null,
  is_head boolean not null default false,
  ethnicity text,
  id_last4 text,
  id_hash text,
  school text,
  job text,
  insured boolean,
  disabled boolean,
  reads boolean,
  valid_from date not null,
  valid_to date,
  import_id uuid,
  recorded_at timestamptz not null,
  primary key (subject_id, person_id, valid_from)
);
create index person_id_hash on registry.person (id_hash) where id_hash is not null;
create index person_name on registry.person (name_folded text_pattern_ops);

-- One row per number and stretch of time in which it was the subject's; the same number keeps its id.
create table registry.contact_point (
  subject_id uuid not null,
  contact_point_id uuid not null,
  kind text not null check (kind in ('mobile', 'landline', 'email', 'zalo')),
  value text not null,
  person_id uuid,
  valid_from date not null,
  valid_to date,
  do_not_contact boolean not null default false,
  import_id uuid,
  recorded_at timestamptz not null,
  primary key (subject_id, contact_point_id, valid_from)
);
create index contact_point_value on registry.contact_point (value);

-- An officer is a subject too: which body, which function.
create table registry.officer_post (
  subject_id uuid not null,
  valid_from date not null,
  valid_to date,
  body text not null,
  function text not null,
  place_id uuid not null,
  import_id uuid,
  recorded_at timestamptz not null,
  primary key (subject_id, valid_from)
);

-- Rows of others that an import closed, replaced or removed, as they were before and after: what undo puts back, and how
-- it knows that nobody has touched them since. Without `before` it is the later half of a row that was cut in two.
create table registry.import_change (
  import_id uuid not null,
  change_no bigint generated always as identity,
  table_name text not null,
  subject_id uuid not null,
  before jsonb,
  after jsonb,
  primary key (import_id, change_no)
);
create index import_change_subject on registry.import_change (subject_id);

-- A household as it stood on a day, in one flat row: the one definition of "as it was", for today's table below and for
-- any other date. A household that newly escaped is followed for 36 months, then it is not poor.
-- The calendar ends that, no list does. place_id = where the subject is: a household's village, the place of an officer's
-- post. An officer reads and understands Vietnamese (its office language) unless something else is known.
create function registry.subject_at(on_day date) returns table (
  subject_id uuid, kind text, code text, synthetic boolean, place_id uuid, village_id uuid, class text, class_from date, origin text,
  standard text, d1 boolean, d2 boolean, d3 boolean, d4 boolean, d5 boolean, d6 boolean, d7 boolean, d8 boolean, d9 boolean,
  d10 boolean, d11 boolean, d12 boolean, ethnicity text, languages text[], languages_read text[], devices text[],
  livelihood text, size int, groups text[], head_name text, head_folded text, members int, mobiles int, body text, post text
) language sql stable as $$
  select s.subject_id, s.kind, s.code, s.synthetic, coalesce(r.village_id, o.place_id), r.village_id,
    case when c.class = 'newly_escaped' and on_day >= (c.since + interval '36 months')::date then 'not_poor' else c.class end,
    case when c.class = 'newly_escaped' and on_day >= (c.since + interval '36 months')::date then (c.since + interval '36 months')::date else c.since end,
    c.origin, c.standard,
    d.d1, d.d2, d.d3, d.d4, d.d5, d.d6, d.d7, d.d8, d.d9, d.d10, d.d11, d.d12,
    p.ethnicity,
    case when s.kind = 'officer' then coalesce(p.languages, '{vi}') else p.languages end,
    case when s.kind = 'officer' then coalesce(p.languages_read, '{vi}') else p.languages_read end, p.devices, p.livelihood, p.size, p.groups,
    h.name, h.name_folded,
    (select count(*)::int from registry.person m where m.subject_id = s.subject_id
      and m.valid_from <= on_day and (m.valid_to is null or m.valid_to > on_day)),
    (select count(*)::int from registry.contact_point t where t.subject_id = s.subject_id and t.kind = 'mobile'
      and t.valid_from <= on_day and (t.valid_to is null or t.valid_to > on_day)),
    o.body, o.function
  from registry.subject s
  left join registry.residency r on r.subject_id = s.subject_id
    and r.valid_from <= on_day and (r.valid_to is null or r.valid_to > on_day)
  left join lateral (
    select f.class, f.origin, f.standard, (
      -- since when it is in this class without a break: the newest row before which another class stood
      select max(x.valid_from) from registry.classification x
      where x.subject_id = f.subject_id and x.valid_from <= f.valid_from and x.class = f.class
        and not exists (select 1 from registry.classification y
          where y.subject_id = x.subject_id and y.valid_to = x.valid_from and y.class = x.class)) as since
    from registry.classification f
    where f.subject_id = s.subject_id and f.valid_from <= on_day and (f.valid_to is null or f.valid_to > on_day)
  ) c on true
  left join lateral (
    select x.place_id, x.body, x.function from registry.officer_post x where s.kind = 'officer' and x.subject_id = s.subject_id
      and x.valid_from <= on_day and (x.valid_to is null or x.valid_to > on_day) order by x.valid_from desc limit 1
  ) o on true
  left join registry.deprivation d on d.subject_id = s.subject_id
    and d.valid_from <= on_day and (d.valid_to is null or d.valid_to > on_day)
  left join registry.profile p on p.subject_id = s.subject_id
    and p.valid_from <= on_day and (p.valid_to is null or p.valid_to > on_day)
  left join lateral (
    select m.name, m.name_folded from registry.person m where m.subject_id = s.subject_id and m.is_head
      and m.valid_from <= on_day and (m.valid_to is null or m.valid_to > on_day) order by m.valid_from desc limit 1
  ) h on true
  where s.exists_from <= on_day and (s.exists_to is null or s.exists_to > on_day)
$$;

-- One flat row per subject as it stands today; rebuilt for touched subjects in the transaction that touched them, and
-- daily for what the calendar ends.
create table registry.subject_now (
  subject_id uuid primary key,
  kind text not null,
  code text not null,
  synthetic boolean not null,
  place_id uuid,
  village_id uuid,
  class text,
  class_from date,
  origin text,
  standard text,
  d1 boolean, d2 boolean, d3 boolean, d4 boolean, d5 boolean, d6 boolean,
  d7 boolean, d8 boolean, d9 boolean, d10 boolean, d11 boolean, d12 boolean,
  ethnicity text,
  languages text[],
  languages_read text[],
  devices text[],
  livelihood text,
  size int,
  groups text[],
  head_name text,
  head_folded text,
  members int not null default 0,
  mobiles int not null default 0,
  body text,
  post text,
  as_of date not null
);
create index subject_now_village on registry.subject_now (village_id, class);
create index subject_now_place on registry.subject_now (place_id, kind, class);
create index subject_now_head on registry.subject_now (head_folded text_pattern_ops);
create index subject_now_code on registry.subject_now (code);

-- The database as it stands after all migrations. Written by `npm run check -- --write`; never edited by hand.

create schema identity;

create table identity.account (
  id uuid not null,
  account_id text not null,
  provider_id text not null,
  user_id uuid not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE
);
CREATE INDEX account_user ON identity.account USING btree (user_id);

create table identity.form_draft (
  draft_id uuid not null,
  user_id uuid not null,
  path text not null,
  form jsonb not null,
  created_at timestamp with time zone not null,
  constraint form_draft_pkey PRIMARY KEY (draft_id),
  constraint form_draft_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE
);
CREATE INDEX form_draft_user ON identity.form_draft USING btree (user_id);

create table identity.role_grant (
  grant_id uuid not null,
  user_id uuid not null,
  role text not null,
  place_id uuid not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  granted_by uuid,
  constraint role_grant_pkey PRIMARY KEY (grant_id),
  constraint role_grant_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE,
  constraint role_grant_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'officer'::text, 'leader'::text, 'editor'::text, 'agent'::text])))
);
CREATE INDEX role_grant_user ON identity.role_grant USING btree (user_id);

create table identity.session (
  id uuid not null,
  expires_at timestamp with time zone not null,
  token text not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  ip_address text,
  user_agent text,
  user_id uuid not null,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_key UNIQUE (token),
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE
);
CREATE INDEX session_of_user ON identity.session USING btree (user_id);

create table identity.sign_in_attempt (
  attempt_id uuid not null,
  key text not null,
  at timestamp with time zone not null,
  ok boolean not null,
  constraint sign_in_attempt_pkey PRIMARY KEY (attempt_id, key)
);
CREATE INDEX sign_in_attempt_at ON identity.sign_in_attempt USING btree (at);
CREATE INDEX sign_in_attempt_key ON identity.sign_in_attempt USING btree (key, at);

create table identity.sign_in_link (
  link_hash text not null,
  user_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint sign_in_link_pkey PRIMARY KEY (link_hash),
  constraint sign_in_link_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE
);

create table identity.user (
  id uuid not null,
  name text not null,
  email text not null,
  email_verified boolean default false not null,
  image text,
  username text,
  display_username text,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  synthetic boolean default false not null,
  disabled_at timestamp with time zone,
  constraint user_pkey PRIMARY KEY (id),
  constraint user_email_key UNIQUE (email),
  constraint user_username_key UNIQUE (username)
);

create table identity.verification (
  id uuid not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint verification_pkey PRIMARY KEY (id)
);
CREATE INDEX verification_identifier ON identity.verification USING btree (identifier);

create schema platform;

create table platform.audit (
  audit_id bigint generated always as identity not null,
  at timestamp with time zone not null,
  name text not null,
  user_id uuid,
  via text not null,
  refs jsonb not null,
  block_id bigint,
  constraint audit_pkey PRIMARY KEY (audit_id),
  constraint audit_via_check CHECK ((via = ANY (ARRAY['web'::text, 'cli'::text, 'api'::text, 'job'::text])))
);
CREATE INDEX audit_at ON platform.audit USING btree (at);
CREATE INDEX audit_unsealed ON platform.audit USING btree (audit_id) WHERE (block_id IS NULL);

create table platform.audit_block (
  block_id bigint not null,
  first_audit_id bigint not null,
  last_audit_id bigint not null,
  rows integer not null,
  previous_hash text not null,
  hash text not null,
  sealed_at timestamp with time zone not null,
  constraint audit_block_pkey PRIMARY KEY (block_id)
);

create table platform.migration (
  number integer not null,
  name text not null,
  hash text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migration_pkey PRIMARY KEY (number)
);

create table platform.setting (
  key text not null,
  value jsonb not null,
  set_at timestamp with time zone default now() not null,
  constraint setting_pkey PRIMARY KEY (key)
);

create schema registry;

create sequence registry.import_commit_no;

create table registry.classification (
  subject_id uuid not null,
  valid_from date not null,
  valid_to date,
  class text not null,
  origin text,
  standard text not null,
  b1 integer,
  b2 integer,
  decision_number text,
  decision_date date,
  certificate_number text,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  constraint classification_pkey PRIMARY KEY (subject_id, valid_from),
  constraint classification_class_check CHECK ((class = ANY (ARRAY['poor'::text, 'near_poor'::text, 'newly_escaped'::text, 'average'::text, 'not_poor'::text]))),
  constraint classification_origin_check CHECK ((origin = ANY (ARRAY['relapsed'::text, 'newly_arising'::text])))
);

create table registry.contact_point (
  subject_id uuid not null,
  contact_point_id uuid not null,
  kind text not null,
  value text not null,
  person_id uuid,
  valid_from date not null,
  valid_to date,
  do_not_contact boolean default false not null,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  constraint contact_point_pkey PRIMARY KEY (subject_id, contact_point_id, valid_from),
  constraint contact_point_kind_check CHECK ((kind = ANY (ARRAY['mobile'::text, 'landline'::text, 'email'::text, 'zalo'::text])))
);
CREATE INDEX contact_point_value ON registry.contact_point USING btree (value);

create table registry.deprivation (
  subject_id uuid not null,
  valid_from date not null,
  valid_to date,
  d1 boolean,
  d2 boolean,
  d3 boolean,
  d4 boolean,
  d5 boolean,
  d6 boolean,
  d7 boolean,
  d8 boolean,
  d9 boolean,
  d10 boolean,
  d11 boolean,
  d12 boolean,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  constraint deprivation_pkey PRIMARY KEY (subject_id, valid_from)
);

create table registry.import (
  import_id uuid not null,
  kind text not null,
  state text not null,
  file_name text not null,
  file_sha256 text not null,
  file_size bigint not null,
  members_file_name text,
  members_sha256 text,
  place_id uuid not null,
  as_of date not null,
  complete_classes text[],
  standard text,
  sender text not null,
  synthetic boolean default false not null,
  shape jsonb,
  counts jsonb,
  failure jsonb,
  created_by uuid,
  created_by_name text not null,
  created_at timestamp with time zone not null,
  commit_no bigint,
  write_no bigint,
  committed_by uuid,
  committed_at timestamp with time zone,
  undone_by uuid,
  undone_at timestamp with time zone,
  constraint import_pkey PRIMARY KEY (import_id),
  constraint import_kind_check CHECK ((kind = ANY (ARRAY['households'::text, 'officers'::text]))),
  constraint import_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'reading'::text, 'read'::text, 'checking'::text, 'checked'::text, 'committing'::text, 'committed'::text, 'undone'::text, 'discarded'::text, 'failed'::text])))
);
CREATE INDEX import_place ON registry.import USING btree (place_id, created_at DESC);
CREATE INDEX import_write_no ON registry.import USING btree (write_no);

create table registry.import_change (
  import_id uuid not null,
  change_no bigint generated always as identity not null,
  table_name text not null,
  subject_id uuid not null,
  before jsonb,
  after jsonb,
  constraint import_change_pkey PRIMARY KEY (import_id, change_no)
);
CREATE INDEX import_change_subject ON registry.import_change USING btree (subject_id);

create table registry.import_decision (
  import_id uuid not null,
  decision_id uuid not null,
  kind text not null,
  line integer,
  subject_id uuid not null,
  reason text not null,
  answer text,
  answered_by uuid,
  answered_at timestamp with time zone,
  constraint import_decision_pkey PRIMARY KEY (import_id, decision_id),
  constraint import_decision_import_id_fkey FOREIGN KEY (import_id) REFERENCES registry.import(import_id) ON DELETE CASCADE,
  constraint import_decision_answer_check CHECK ((answer = ANY (ARRAY['escaped'::text, 'moved'::text, 'gone'::text, 'mistake'::text, 'same'::text, 'different'::text]))),
  constraint import_decision_kind_check CHECK ((kind = ANY (ARRAY['missing'::text, 'duplicate'::text])))
);
CREATE INDEX import_decision_kind ON registry.import_decision USING btree (import_id, kind, answer);
CREATE INDEX import_decision_subject ON registry.import_decision USING btree (subject_id) WHERE (answer = 'mistake'::text);

create table registry.import_fault (
  import_id uuid not null,
  fault_no integer not null,
  sheet text,
  row_number integer,
  column_name text,
  cell text,
  value text default ''::text not null,
  severity text not null,
  code text not null,
  params jsonb default '{}'::jsonb not null,
  constraint import_fault_pkey PRIMARY KEY (import_id, fault_no),
  constraint import_fault_import_id_fkey FOREIGN KEY (import_id) REFERENCES registry.import(import_id) ON DELETE CASCADE,
  constraint import_fault_severity_check CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text])))
);

create table registry.import_household (
  import_id uuid not null,
  line integer not null,
  sheet text not null,
  row_number integer not null,
  code text,
  code_source text,
  head_name text not null,
  head_folded text,
  head_birth date,
  head_birth_precision text,
  head_sex text,
  head_id_last4 text,
  head_id_hash text,
  ethnicity text,
  village_text text,
  commune_text text,
  village_id uuid,
  commune_id uuid,
  size integer,
  class text,
  origin text,
  b1 integer,
  b2 integer,
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
  match text,
  change text,
  constraint import_household_pkey PRIMARY KEY (import_id, line),
  constraint import_household_import_id_fkey FOREIGN KEY (import_id) REFERENCES registry.import(import_id) ON DELETE CASCADE,
  constraint import_household_change_check CHECK ((change = ANY (ARRAY['new'::text, 'changed'::text, 'same'::text]))),
  constraint import_household_head_birth_precision_check CHECK ((head_birth_precision = ANY (ARRAY['day'::text, 'month'::text, 'year'::text]))),
  constraint import_household_head_sex_check CHECK ((head_sex = ANY (ARRAY['male'::text, 'female'::text]))),
  constraint import_household_match_check CHECK ((match = ANY (ARRAY['code'::text, 'id-number'::text, 'decided'::text, 'new'::text])))
);
CREATE INDEX import_household_code ON registry.import_household USING btree (import_id, code);
CREATE INDEX import_household_subject ON registry.import_household USING btree (import_id, subject_id);

create table registry.import_mapping (
  sender text not null,
  header_signature text not null,
  mapping jsonb not null,
  used_at timestamp with time zone not null,
  constraint import_mapping_pkey PRIMARY KEY (sender, header_signature)
);

create table registry.import_member (
  import_id uuid not null,
  line integer not null,
  sheet text not null,
  row_number integer not null,
  household_code text,
  household_line integer,
  name text not null,
  name_folded text,
  relation text,
  birth date,
  birth_precision text,
  sex text,
  id_last4 text,
  id_hash text,
  ethnicity text,
  school text,
  job text,
  insured boolean,
  disabled boolean,
  reads boolean,
  phone text,
  constraint import_member_pkey PRIMARY KEY (import_id, line),
  constraint import_member_import_id_fkey FOREIGN KEY (import_id) REFERENCES registry.import(import_id) ON DELETE CASCADE,
  constraint import_member_birth_precision_check CHECK ((birth_precision = ANY (ARRAY['day'::text, 'month'::text, 'year'::text]))),
  constraint import_member_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text])))
);
CREATE INDEX import_member_household ON registry.import_member USING btree (import_id, household_line);

create table registry.import_subject (
  subject_id uuid not null,
  import_id uuid not null,
  write_no bigint not null,
  mark numeric not null,
  said smallint default 0 not null,
  constraint import_subject_pkey PRIMARY KEY (subject_id, import_id),
  constraint import_subject_import_id_fkey FOREIGN KEY (import_id) REFERENCES registry.import(import_id) ON DELETE CASCADE
);
CREATE INDEX import_subject_import ON registry.import_subject USING btree (import_id);

create table registry.officer_post (
  subject_id uuid not null,
  valid_from date not null,
  valid_to date,
  body text not null,
  function text not null,
  place_id uuid not null,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  constraint officer_post_pkey PRIMARY KEY (subject_id, valid_from)
);

create table registry.person (
  subject_id uuid not null,
  person_id uuid not null,
  name text not null,
  name_folded text not null,
  born date,
  born_precision text,
  sex text,
  relation text not null,
  is_head boolean default false not null,
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
  recorded_at timestamp with time zone not null,
  constraint person_pkey PRIMARY KEY (subject_id, person_id, valid_from),
  constraint person_born_precision_check CHECK ((born_precision = ANY (ARRAY['day'::text, 'month'::text, 'year'::text]))),
  constraint person_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text])))
);
CREATE INDEX person_id_hash ON registry.person USING btree (id_hash) WHERE (id_hash IS NOT NULL);
CREATE INDEX person_name ON registry.person USING btree (name_folded text_pattern_ops);

create table registry.profile (
  subject_id uuid not null,
  valid_from date not null,
  valid_to date,
  ethnicity text,
  languages text[],
  languages_read text[],
  devices text[],
  livelihood text,
  size integer,
  causes text[] default '{}'::text[] not null,
  needs text,
  groups text[] default '{}'::text[] not null,
  notes text,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  constraint profile_pkey PRIMARY KEY (subject_id, valid_from)
);

create table registry.residency (
  subject_id uuid not null,
  valid_from date not null,
  valid_to date,
  village_id uuid not null,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  constraint residency_pkey PRIMARY KEY (subject_id, valid_from)
);
CREATE INDEX residency_village ON registry.residency USING btree (village_id, valid_from);

create table registry.subject (
  subject_id uuid not null,
  kind text not null,
  code text not null,
  synthetic boolean default false not null,
  exists_from date not null,
  exists_to date,
  end_reason text,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  constraint subject_pkey PRIMARY KEY (subject_id),
  constraint subject_end_reason_check CHECK ((end_reason = ANY (ARRAY['died'::text, 'dissolved'::text, 'merged'::text, 'gone'::text]))),
  constraint subject_kind_check CHECK ((kind = ANY (ARRAY['household'::text, 'officer'::text])))
);

create table registry.subject_code (
  source text not null,
  code text not null,
  subject_id uuid not null,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  constraint subject_code_pkey PRIMARY KEY (source, code)
);
CREATE INDEX subject_code_subject ON registry.subject_code USING btree (subject_id);

create table registry.subject_now (
  subject_id uuid not null,
  kind text not null,
  code text not null,
  synthetic boolean not null,
  village_id uuid,
  class text,
  class_from date,
  origin text,
  standard text,
  d1 boolean,
  d2 boolean,
  d3 boolean,
  d4 boolean,
  d5 boolean,
  d6 boolean,
  d7 boolean,
  d8 boolean,
  d9 boolean,
  d10 boolean,
  d11 boolean,
  d12 boolean,
  ethnicity text,
  languages text[],
  languages_read text[],
  devices text[],
  livelihood text,
  size integer,
  groups text[],
  head_name text,
  head_folded text,
  members integer default 0 not null,
  mobiles integer default 0 not null,
  as_of date not null,
  constraint subject_now_pkey PRIMARY KEY (subject_id)
);
CREATE INDEX subject_now_code ON registry.subject_now USING btree (code);
CREATE INDEX subject_now_head ON registry.subject_now USING btree (head_folded text_pattern_ops);
CREATE INDEX subject_now_village ON registry.subject_now USING btree (village_id, class);

CREATE OR REPLACE FUNCTION registry.subject_at(on_day date)
 RETURNS TABLE(subject_id uuid, kind text, code text, synthetic boolean, village_id uuid, class text, class_from date, origin text, standard text, d1 boolean, d2 boolean, d3 boolean, d4 boolean, d5 boolean, d6 boolean, d7 boolean, d8 boolean, d9 boolean, d10 boolean, d11 boolean, d12 boolean, ethnicity text, languages text[], languages_read text[], devices text[], livelihood text, size integer, groups text[], head_name text, head_folded text, members integer, mobiles integer)
 LANGUAGE sql
 STABLE
AS $function$
  select s.subject_id, s.kind, s.code, s.synthetic, r.village_id,
    case when c.class = 'newly_escaped' and on_day >= (c.since + interval '36 months')::date then 'not_poor' else c.class end,
    case when c.class = 'newly_escaped' and on_day >= (c.since + interval '36 months')::date then (c.since + interval '36 months')::date else c.since end,
    c.origin, c.standard,
    d.d1, d.d2, d.d3, d.d4, d.d5, d.d6, d.d7, d.d8, d.d9, d.d10, d.d11, d.d12,
    p.ethnicity, p.languages, p.languages_read, p.devices, p.livelihood, p.size, p.groups,
    h.name, h.name_folded,
    (select count(*)::int from registry.person m where m.subject_id = s.subject_id
      and m.valid_from <= on_day and (m.valid_to is null or m.valid_to > on_day)),
    (select count(*)::int from registry.contact_point t where t.subject_id = s.subject_id and t.kind = 'mobile'
      and t.valid_from <= on_day and (t.valid_to is null or t.valid_to > on_day))
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
  left join registry.deprivation d on d.subject_id = s.subject_id
    and d.valid_from <= on_day and (d.valid_to is null or d.valid_to > on_day)
  left join registry.profile p on p.subject_id = s.subject_id
    and p.valid_from <= on_day and (p.valid_to is null or p.valid_to > on_day)
  left join lateral (
    select m.name, m.name_folded from registry.person m where m.subject_id = s.subject_id and m.is_head
      and m.valid_from <= on_day and (m.valid_to is null or m.valid_to > on_day) order by m.valid_from desc limit 1
  ) h on true
  where s.exists_from <= on_day and (s.exists_to is null or s.exists_to > on_day)
$function$;

create schema territory;

create table territory.place_name (
  folded text not null,
  place_id uuid not null,
  rank smallint not null,
  kind_order smallint not null,
  valid_from date not null,
  valid_to date,
  constraint place_name_pkey PRIMARY KEY (folded, place_id)
);
CREATE INDEX place_name_place ON territory.place_name USING btree (place_id);
CREATE INDEX place_name_prefix ON territory.place_name USING btree (folded text_pattern_ops) INCLUDE (place_id, rank, kind_order, valid_from, valid_to);

create table territory.place_status (
  place_id uuid not null,
  status text not null,
  valid_from date not null,
  valid_to date,
  document text not null,
  mark text default 'unconfirmed'::text not null,
  constraint place_status_pkey PRIMARY KEY (place_id, status, valid_from),
  constraint place_status_mark_check CHECK ((mark = ANY (ARRAY['verified'::text, 'unconfirmed'::text])))
);

create table territory.place_succession (
  from_id uuid not null,
  to_id uuid not null,
  on_date date not null,
  kind text not null,
  whole boolean not null,
  document text not null,
  mark text default 'unconfirmed'::text not null,
  constraint place_succession_pkey PRIMARY KEY (from_id, to_id, on_date),
  constraint place_succession_check CHECK ((from_id <> to_id)),
  constraint place_succession_kind_check CHECK ((kind = ANY (ARRAY['merge'::text, 'split'::text, 'rename'::text, 'transfer'::text]))),
  constraint place_succession_mark_check CHECK ((mark = ANY (ARRAY['verified'::text, 'unconfirmed'::text])))
);
CREATE INDEX place_succession_to ON territory.place_succession USING btree (to_id);

create table territory.place_tree (
  place_id uuid not null,
  ancestor_id uuid not null,
  valid_from date not null,
  valid_to date,
  depth integer not null,
  constraint place_tree_pkey PRIMARY KEY (place_id, ancestor_id, valid_from)
);
CREATE INDEX place_tree_ancestor ON territory.place_tree USING btree (ancestor_id, valid_from, place_id);

create table territory.place_version (
  place_id uuid not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  other_names text[] default '{}'::text[] not null,
  kind text not null,
  unit_type text not null,
  official_code text,
  parent_id uuid,
  urban boolean default false not null,
  constraint place_version_pkey PRIMARY KEY (place_id, valid_from),
  constraint place_version_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint place_version_kind_check CHECK ((kind = ANY (ARRAY['country'::text, 'province'::text, 'district'::text, 'commune'::text, 'village'::text])))
);
CREATE INDEX place_version_code ON territory.place_version USING btree (official_code) WHERE (official_code IS NOT NULL);
CREATE INDEX place_version_parent ON territory.place_version USING btree (parent_id, kind);

create table territory.village_count (
  place_id uuid not null,
  on_date date not null,
  households integer not null,
  people integer,
  source text not null,
  constraint village_count_pkey PRIMARY KEY (place_id, on_date),
  constraint village_count_households_check CHECK ((households >= 0)),
  constraint village_count_people_check CHECK ((people >= 0))
);

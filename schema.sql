-- The database as it stands after all migrations. Written by `npm run check -- --write`; never edited by hand.

create schema audiences;

create table audiences.audience (
  audience_id uuid not null,
  code text not null,
  place_id uuid not null,
  name text not null,
  rule jsonb not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint audience_pkey PRIMARY KEY (audience_id),
  constraint audience_code_key UNIQUE (code)
);
CREATE INDEX audience_place ON audiences.audience USING btree (place_id);

create schema content;

create table content.form (
  form_id uuid not null,
  message_id uuid not null,
  edition integer not null,
  kind text not null,
  language text not null,
  version integer not null,
  text text not null,
  answers text[] default '{}'::text[] not null,
  right_answer smallint,
  state text not null,
  constraint form_pkey PRIMARY KEY (form_id),
  constraint form_message_id_edition_kind_language_version_key UNIQUE (message_id, edition, kind, language, version),
  constraint form_message_id_edition_fkey FOREIGN KEY (message_id, edition) REFERENCES content.message_edition(message_id, edition),
  constraint form_check CHECK (((kind = 'question'::text) = (right_answer IS NOT NULL))),
  constraint form_check1 CHECK (((right_answer IS NULL) OR ((right_answer >= 1) AND (right_answer <= cardinality(answers))))),
  constraint form_kind_check CHECK ((kind = ANY (ARRAY['sms'::text, 'sms-plain'::text, 'script'::text, 'question'::text, 'email'::text]))),
  constraint form_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'retired'::text]))),
  constraint form_version_check CHECK ((version > 0))
);
CREATE UNIQUE INDEX form_approved ON content.form USING btree (message_id, edition, kind, language) WHERE (state = 'approved'::text);
CREATE UNIQUE INDEX form_open ON content.form USING btree (message_id, edition, kind, language) WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text]));

create table content.message (
  message_id uuid not null,
  code text not null,
  place_id uuid not null,
  topic text not null,
  title text not null,
  created_at timestamp with time zone not null,
  constraint message_pkey PRIMARY KEY (message_id),
  constraint message_code_key UNIQUE (code)
);
CREATE INDEX message_place ON content.message USING btree (place_id);

create table content.message_edition (
  message_id uuid not null,
  edition integer not null,
  core text not null,
  bases jsonb default '[]'::jsonb not null,
  change text default ''::text not null,
  state text not null,
  folded text not null,
  constraint message_edition_pkey PRIMARY KEY (message_id, edition),
  constraint message_edition_message_id_fkey FOREIGN KEY (message_id) REFERENCES content.message(message_id),
  constraint message_edition_edition_check CHECK ((edition > 0)),
  constraint message_edition_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'retired'::text])))
);

create table content.step (
  step_id uuid not null,
  message_id uuid not null,
  edition integer not null,
  form_id uuid,
  what text not null,
  by_user uuid,
  by_name text not null,
  at timestamp with time zone not null,
  note text default ''::text not null,
  constraint step_pkey PRIMARY KEY (step_id),
  constraint step_form_id_fkey FOREIGN KEY (form_id) REFERENCES content.form(form_id),
  constraint step_message_id_edition_fkey FOREIGN KEY (message_id, edition) REFERENCES content.message_edition(message_id, edition),
  constraint step_check CHECK (((what <> ALL (ARRAY['returned'::text, 'retired'::text])) OR (form_id IS NOT NULL) OR (note <> ''::text))),
  constraint step_what_check CHECK ((what = ANY (ARRAY['written'::text, 'submitted'::text, 'returned'::text, 'approved'::text, 'retired'::text])))
);
CREATE INDEX step_edition ON content.step USING btree (message_id, edition, at);

create schema coverage;

create table coverage.base_cell (
  as_of date not null,
  line_id uuid not null,
  place_id uuid not null,
  facet text not null,
  value text not null,
  n integer not null,
  could_hear integer not null,
  s2 integer not null,
  s3 integer not null,
  s4 integer not null,
  s5 integer not null,
  d2 integer not null,
  d3 integer not null,
  d4 integer not null,
  d5 integer not null,
  unknown integer not null,
  constraint base_cell_pkey PRIMARY KEY (as_of, line_id, place_id, facet, value),
  constraint base_cell_facet_check CHECK ((facet = ANY (ARRAY['all'::text, 'class'::text, 'language'::text])))
);

create table coverage.cell (
  as_of date not null,
  line_id uuid not null,
  place_id uuid not null,
  facet text not null,
  value text not null,
  n integer not null,
  could_hear integer not null,
  s2 integer not null,
  s3 integer not null,
  s4 integer not null,
  s5 integer not null,
  d2 integer not null,
  d3 integer not null,
  d4 integer not null,
  d5 integer not null,
  unknown integer not null,
  constraint cell_pkey PRIMARY KEY (as_of, line_id, place_id, facet, value),
  constraint cell_facet_check CHECK ((facet = ANY (ARRAY['all'::text, 'class'::text, 'language'::text])))
);
CREATE INDEX cell_place ON coverage.cell USING btree (place_id, as_of);

create table coverage.closing (
  as_of date not null,
  line_id uuid not null,
  closed_at timestamp with time zone not null,
  list_date date,
  boundaries date not null,
  edition integer not null,
  threshold smallint not null,
  constraint closing_pkey PRIMARY KEY (as_of, line_id)
);

create table coverage.computed (
  line_id uuid not null,
  on_day date not null,
  constraint computed_pkey PRIMARY KEY (line_id)
);

create table coverage.dirty (
  mark_id bigint generated always as identity not null,
  line_id uuid not null,
  place_id uuid,
  marked_at timestamp with time zone not null,
  constraint dirty_pkey PRIMARY KEY (mark_id)
);
CREATE INDEX dirty_line ON coverage.dirty USING btree (line_id, place_id);

create table coverage.follow_up (
  line_id uuid not null,
  subject_id uuid not null,
  step text not null,
  owner_id uuid,
  owner_name text not null,
  due_on date not null,
  visit_id uuid,
  note text default ''::text not null,
  decided_by uuid,
  decided_by_name text not null,
  decided_at timestamp with time zone not null,
  constraint follow_up_pkey PRIMARY KEY (line_id, subject_id)
);

create schema delivery;

create sequence delivery.worker;

create table delivery.batch (
  batch_id uuid not null,
  dispatch_id uuid not null,
  commune_id uuid not null,
  priority smallint not null,
  due_at timestamp with time zone not null,
  state text not null,
  worker integer,
  claimed_at timestamp with time zone,
  constraint batch_pkey PRIMARY KEY (batch_id),
  constraint batch_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES delivery.dispatch(dispatch_id),
  constraint batch_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'claimed'::text, 'done'::text])))
);
CREATE INDEX batch_claimed ON delivery.batch USING btree (worker) WHERE (state = 'claimed'::text);
CREATE INDEX batch_dispatch ON delivery.batch USING btree (dispatch_id, state);
CREATE INDEX batch_waiting ON delivery.batch USING btree (priority, commune_id, due_at, batch_id) WHERE (state = 'waiting'::text);

create table delivery.delivery (
  subject_id uuid not null,
  delivery_id uuid not null,
  dispatch_id uuid not null,
  batch_id uuid not null,
  place_id uuid not null,
  contact_point_id uuid not null,
  address text not null,
  form_id uuid not null,
  language text not null,
  body text,
  parts smallint not null,
  state text not null,
  fault text,
  detail text default ''::text not null,
  tries smallint default 0 not null,
  provider text,
  sent_at timestamp with time zone,
  final_at timestamp with time zone,
  constraint delivery_pkey PRIMARY KEY (subject_id, delivery_id),
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['created'::text, 'sending'::text, 'accepted'::text, 'delivered'::text, 'failed'::text, 'no-receipt'::text, 'uncertain'::text, 'withheld'::text])))
);
CREATE INDEX delivery_batch ON delivery.delivery USING btree (batch_id);
CREATE INDEX delivery_dispatch ON delivery.delivery USING btree (dispatch_id, place_id);

create view delivery.delivery_seen (
  subject_id uuid,
  delivery_id uuid,
  dispatch_id uuid,
  line_id uuid,
  message_id uuid,
  edition integer,
  channel text,
  state text,
  fault text,
  sent_at timestamp with time zone,
  final_at timestamp with time zone,
  created_at timestamp with time zone
);

create table delivery.dispatch (
  dispatch_id uuid not null,
  activity_id uuid not null,
  line_id uuid not null,
  run integer not null,
  retry_of uuid,
  message_id uuid not null,
  edition integer not null,
  channel text not null,
  form_kind text not null,
  priority smallint not null,
  urgent_reason text,
  place_ids uuid[] not null,
  recipients integer not null,
  parts integer not null,
  cost bigint,
  left_out jsonb not null,
  synthetic boolean not null,
  state text not null,
  deadline timestamp with time zone not null,
  created_by uuid,
  created_by_name text not null,
  created_at timestamp with time zone not null,
  stopped_by_name text,
  stopped_at timestamp with time zone,
  done_at timestamp with time zone,
  constraint dispatch_pkey PRIMARY KEY (dispatch_id),
  constraint dispatch_line_id_run_key UNIQUE (line_id, run),
  constraint dispatch_retry_of_fkey FOREIGN KEY (retry_of) REFERENCES delivery.dispatch(dispatch_id),
  constraint dispatch_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text]))),
  constraint dispatch_form_kind_check CHECK ((form_kind = ANY (ARRAY['sms'::text, 'sms-plain'::text, 'email'::text]))),
  constraint dispatch_priority_check CHECK (((priority >= 0) AND (priority <= 3))),
  constraint dispatch_state_check CHECK ((state = ANY (ARRAY['open'::text, 'stopped'::text, 'done'::text])))
);
CREATE INDEX dispatch_open ON delivery.dispatch USING btree (created_at) WHERE (state <> 'done'::text);

create table delivery.inbound (
  inbound_id uuid not null,
  provider text not null,
  address text not null,
  body text,
  meaning text not null,
  received_at timestamp with time zone not null,
  read_by_name text,
  read_at timestamp with time zone,
  constraint inbound_pkey PRIMARY KEY (inbound_id),
  constraint inbound_meaning_check CHECK ((meaning = ANY (ARRAY['stop'::text, 'other'::text])))
);
CREATE INDEX inbound_address ON delivery.inbound USING btree (address);
CREATE INDEX inbound_received ON delivery.inbound USING btree (received_at DESC);

create table delivery.lookup (
  provider text not null,
  ref text not null,
  subject_id uuid not null,
  delivery_id uuid not null,
  part smallint not null,
  outcome text,
  constraint lookup_pkey PRIMARY KEY (provider, ref)
);
CREATE INDEX lookup_delivery ON delivery.lookup USING btree (delivery_id);

create table delivery.receipt (
  provider text not null,
  ref text not null,
  code text not null,
  detail text not null,
  received_at timestamp with time zone not null,
  applied_at timestamp with time zone,
  constraint receipt_pkey PRIMARY KEY (provider, ref, code)
);
CREATE INDEX receipt_waiting ON delivery.receipt USING btree (received_at) WHERE (applied_at IS NULL);

create table delivery.turn (
  commune_id uuid not null,
  served_at timestamp with time zone not null,
  constraint turn_pkey PRIMARY KEY (commune_id)
);

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

create table identity.api_key (
  key_id uuid not null,
  name text not null,
  secret_hash text not null,
  role text not null,
  place_id uuid not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  last_used_on date,
  constraint api_key_pkey PRIMARY KEY (key_id),
  constraint api_key_secret_hash_key UNIQUE (secret_hash),
  constraint api_key_check CHECK (((expires_at > created_at) AND (expires_at <= (created_at + '731 days'::interval)))),
  constraint api_key_role_check CHECK ((role = ANY (ARRAY['officer'::text, 'leader'::text, 'editor'::text, 'agent'::text])))
);

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

create schema plans;

create table plans.activity (
  activity_id uuid not null,
  line_id uuid not null,
  edition integer not null,
  kind text not null,
  place_ids uuid[] not null,
  happened_on date not null,
  language text not null,
  proof text not null,
  details jsonb default '{}'::jsonb not null,
  note text default ''::text not null,
  recorded_by uuid,
  recorded_by_name text not null,
  recorded_at timestamp with time zone not null,
  voided_at timestamp with time zone,
  voided_by uuid,
  void_reason text,
  constraint activity_pkey PRIMARY KEY (activity_id),
  constraint activity_line_id_fkey FOREIGN KEY (line_id) REFERENCES plans.plan_line(line_id),
  constraint activity_kind_check CHECK ((kind = ANY (ARRAY['meeting'::text, 'visit'::text, 'leaflet'::text, 'leaflet-left'::text, 'loudspeaker'::text, 'zalo'::text, 'poster'::text, 'bulletin'::text, 'sms'::text, 'email'::text])))
);
CREATE INDEX activity_line ON plans.activity USING btree (line_id, happened_on);

create view plans.activity_in_force (
  activity_id uuid,
  line_id uuid,
  kind text,
  place_ids uuid[],
  happened_on date,
  language text
);

create table plans.line_change (
  change_id uuid not null,
  line_id uuid not null,
  what text not null,
  before text not null,
  after text not null,
  note text default ''::text not null,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamp with time zone not null,
  constraint line_change_pkey PRIMARY KEY (change_id),
  constraint line_change_line_id_fkey FOREIGN KEY (line_id) REFERENCES plans.plan_line(line_id) ON DELETE CASCADE,
  constraint line_change_what_check CHECK ((what = ANY (ARRAY['threshold'::text, 'edition'::text, 'head'::text])))
);
CREATE INDEX line_change_line ON plans.line_change USING btree (line_id, changed_at);

create table plans.plan (
  plan_id uuid not null,
  code text not null,
  place_id uuid not null,
  title text not null,
  programme text not null,
  issuer text not null,
  number text,
  issued_on date,
  signer text,
  signed_sha256 text,
  signed_name text,
  issued_at timestamp with time zone,
  period_from date not null,
  period_to date not null,
  parent_plan_id uuid,
  objectives text[] default '{}'::text[] not null,
  bases jsonb default '[]'::jsonb not null,
  state text not null,
  synthetic boolean default false not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_note text,
  constraint plan_pkey PRIMARY KEY (plan_id),
  constraint plan_code_key UNIQUE (code),
  constraint plan_parent_plan_id_fkey FOREIGN KEY (parent_plan_id) REFERENCES plans.plan(plan_id),
  constraint plan_check CHECK ((period_to >= period_from)),
  constraint plan_check1 CHECK (((state = 'draft'::text) OR ((number IS NOT NULL) AND (issued_on IS NOT NULL) AND (signer IS NOT NULL) AND (signed_sha256 IS NOT NULL) AND (issued_at IS NOT NULL)))),
  constraint plan_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'issued'::text, 'closed'::text])))
);
CREATE INDEX plan_place ON plans.plan USING btree (place_id);

create table plans.plan_line (
  line_id uuid not null,
  plan_id uuid not null,
  position integer not null,
  what text not null,
  message_id uuid not null,
  edition integer not null,
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
  head_name text not null,
  head_post text default ''::text not null,
  partners text[] default '{}'::text[] not null,
  budget numeric,
  budget_source text,
  threshold smallint not null,
  target_percent numeric not null,
  constraint plan_line_pkey PRIMARY KEY (line_id),
  constraint plan_line_plan_id_position_key UNIQUE (plan_id, "position"),
  constraint plan_line_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans.plan(plan_id) ON DELETE CASCADE,
  constraint plan_line_check CHECK ((ends_on >= starts_on)),
  constraint plan_line_target_percent_check CHECK (((target_percent > (0)::numeric) AND (target_percent <= (100)::numeric))),
  constraint plan_line_threshold_check CHECK (((threshold >= 2) AND (threshold <= 5)))
);
CREATE INDEX plan_line_message ON plans.plan_line USING btree (message_id, edition);

create schema platform;

create table platform.audit (
  audit_id bigint generated always as identity not null,
  at timestamp with time zone not null,
  name text not null,
  user_id uuid,
  via text not null,
  refs jsonb not null,
  block_id bigint,
  key_id uuid,
  constraint audit_pkey PRIMARY KEY (audit_id),
  constraint audit_via_check CHECK ((via = ANY (ARRAY['web'::text, 'cli'::text, 'api'::text, 'job'::text])))
);
CREATE INDEX audit_at ON platform.audit USING btree (at, audit_id);
CREATE INDEX audit_doer ON platform.audit USING btree (COALESCE(user_id, key_id,
CASE
    WHEN (name = ANY (ARRAY['identity.sign-in'::text, 'identity.redeem-sign-in-link'::text])) THEN ((refs ->> 'userId'::text))::uuid
    ELSE NULL::uuid
END), at, audit_id) WHERE (COALESCE(user_id, key_id,
CASE
    WHEN (name = ANY (ARRAY['identity.sign-in'::text, 'identity.redeem-sign-in-link'::text])) THEN ((refs ->> 'userId'::text))::uuid
    ELSE NULL::uuid
END) IS NOT NULL);
CREATE INDEX audit_doer_group ON platform.audit USING btree (COALESCE(user_id, key_id,
CASE
    WHEN (name = ANY (ARRAY['identity.sign-in'::text, 'identity.redeem-sign-in-link'::text])) THEN ((refs ->> 'userId'::text))::uuid
    ELSE NULL::uuid
END), split_part(name, '.'::text, 1), at, audit_id) WHERE (COALESCE(user_id, key_id,
CASE
    WHEN (name = ANY (ARRAY['identity.sign-in'::text, 'identity.redeem-sign-in-link'::text])) THEN ((refs ->> 'userId'::text))::uuid
    ELSE NULL::uuid
END) IS NOT NULL);
CREATE INDEX audit_touched ON platform.audit USING gin (jsonb_path_query_array(refs, '$.**?(@.type() == "string" && @ like_regex "^[0-9a-f]{8}-[0-9a-f]{4}-")'::jsonpath));
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

create schema reach;

create table reach.contact (
  subject_id uuid not null,
  contact_id uuid not null,
  message_id uuid not null,
  edition integer not null,
  stage smallint not null,
  language text not null,
  channel text not null,
  proof text not null,
  happened_on date not null,
  recorded_at timestamp with time zone not null,
  activity_id uuid,
  form_id uuid,
  person_id uuid,
  recorded_by uuid,
  recorded_by_name text not null,
  voids uuid,
  reason text,
  constraint contact_pkey PRIMARY KEY (subject_id, contact_id),
  constraint contact_check CHECK (((voids IS NULL) = (reason IS NULL))),
  constraint contact_proof_check CHECK ((proof = ANY (ARRAY['network'::text, 'device'::text, 'signed-list'::text, 'photo-list'::text, 'second-person'::text, 'declared'::text]))),
  constraint contact_stage_check CHECK (((stage >= 2) AND (stage <= 5)))
);
CREATE INDEX contact_activity ON reach.contact USING btree (activity_id);
CREATE INDEX contact_message ON reach.contact USING btree (message_id, edition, subject_id);
CREATE UNIQUE INDEX contact_voided_once ON reach.contact USING btree (subject_id, voids) WHERE (voids IS NOT NULL);

create view reach.contact_in_force (
  subject_id uuid,
  contact_id uuid,
  message_id uuid,
  edition integer,
  stage smallint,
  language text,
  channel text,
  proof text,
  happened_on date,
  recorded_at timestamp with time zone,
  activity_id uuid,
  form_id uuid,
  person_id uuid,
  recorded_by uuid,
  recorded_by_name text,
  voids uuid,
  reason text
);

create table reach.exposure (
  place_id uuid not null,
  exposure_id uuid not null,
  message_id uuid not null,
  edition integer not null,
  language text not null,
  channel text not null,
  proof text not null,
  happened_on date not null,
  recorded_at timestamp with time zone not null,
  activity_id uuid,
  form_id uuid,
  recorded_by uuid,
  recorded_by_name text not null,
  voids uuid,
  reason text,
  constraint exposure_pkey PRIMARY KEY (place_id, exposure_id),
  constraint exposure_check CHECK (((voids IS NULL) = (reason IS NULL))),
  constraint exposure_proof_check CHECK ((proof = ANY (ARRAY['network'::text, 'device'::text, 'signed-list'::text, 'photo-list'::text, 'second-person'::text, 'declared'::text])))
);
CREATE INDEX exposure_activity ON reach.exposure USING btree (activity_id);
CREATE INDEX exposure_message ON reach.exposure USING btree (message_id, edition);
CREATE UNIQUE INDEX exposure_voided_once ON reach.exposure USING btree (place_id, voids) WHERE (voids IS NOT NULL);

create view reach.exposure_in_force (
  place_id uuid,
  exposure_id uuid,
  message_id uuid,
  edition integer,
  language text,
  channel text,
  proof text,
  happened_on date,
  recorded_at timestamp with time zone,
  activity_id uuid,
  form_id uuid,
  recorded_by uuid,
  recorded_by_name text,
  voids uuid,
  reason text
);

create table reach.state (
  subject_id uuid not null,
  message_id uuid not null,
  edition integer not null,
  exposed_on date,
  first_2 date,
  first_3 date,
  first_4 date,
  first_5 date,
  proven_2 date,
  proven_3 date,
  proven_4 date,
  proven_5 date,
  constraint state_pkey PRIMARY KEY (subject_id, message_id, edition)
);
CREATE INDEX state_message ON reach.state USING btree (message_id, edition, subject_id);

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

create table registry.opt_out (
  value text not null,
  opt_out_id uuid not null,
  valid_from date not null,
  valid_to date,
  how text not null,
  note text default ''::text not null,
  recorded_by uuid,
  recorded_by_name text not null,
  recorded_at timestamp with time zone not null,
  lifted_by uuid,
  lifted_by_name text,
  lift_note text,
  lifted_at timestamp with time zone,
  constraint opt_out_pkey PRIMARY KEY (value, opt_out_id),
  constraint opt_out_check CHECK ((valid_to >= valid_from)),
  constraint opt_out_check1 CHECK ((num_nulls(valid_to, lifted_by_name, lift_note, lifted_at) = ANY (ARRAY[0, 4]))),
  constraint opt_out_how_check CHECK ((how = ANY (ARRAY['reply'::text, 'phone'::text, 'agent'::text, 'in-person'::text, 'list'::text])))
);
CREATE UNIQUE INDEX opt_out_id ON registry.opt_out USING btree (opt_out_id);
CREATE UNIQUE INDEX opt_out_open_once ON registry.opt_out USING btree (value) WHERE (valid_to IS NULL);

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

create view registry.refused_number (
  value text,
  valid_from date,
  valid_to date
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
CREATE INDEX subject_ended ON registry.subject USING btree (exists_to) WHERE (exists_to IS NOT NULL);

create table registry.subject_code (
  source text not null,
  code text not null,
  subject_id uuid not null,
  import_id uuid,
  recorded_at timestamp with time zone not null,
  constraint subject_code_pkey PRIMARY KEY (source, code, subject_id)
);
CREATE INDEX subject_code_subject ON registry.subject_code USING btree (subject_id);

create table registry.subject_now (
  subject_id uuid not null,
  kind text not null,
  code text not null,
  synthetic boolean not null,
  place_id uuid,
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
  body text,
  post text,
  as_of date not null,
  constraint subject_now_pkey PRIMARY KEY (subject_id)
);
CREATE INDEX subject_now_code ON registry.subject_now USING btree (code);
CREATE INDEX subject_now_head ON registry.subject_now USING btree (head_folded text_pattern_ops);
CREATE INDEX subject_now_place ON registry.subject_now USING btree (place_id, kind, class);
CREATE INDEX subject_now_village ON registry.subject_now USING btree (village_id, class);

create table registry.subject_row (
  row_key text not null,
  import_id uuid not null,
  subject_id uuid not null,
  constraint subject_row_pkey PRIMARY KEY (row_key, import_id)
);
CREATE INDEX subject_row_import ON registry.subject_row USING btree (import_id);
CREATE INDEX subject_row_subject ON registry.subject_row USING btree (subject_id);

CREATE OR REPLACE FUNCTION registry.subject_at(on_day date)
 RETURNS TABLE(subject_id uuid, kind text, code text, synthetic boolean, place_id uuid, village_id uuid, class text, class_from date, origin text, standard text, d1 boolean, d2 boolean, d3 boolean, d4 boolean, d5 boolean, d6 boolean, d7 boolean, d8 boolean, d9 boolean, d10 boolean, d11 boolean, d12 boolean, ethnicity text, languages text[], languages_read text[], devices text[], livelihood text, size integer, groups text[], head_name text, head_folded text, members integer, mobiles integer, body text, post text)
 LANGUAGE sql
 STABLE
AS $function$
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

create table territory.place_shape (
  place_id uuid not null,
  valid_from date not null,
  valid_to date,
  geometry jsonb not null,
  source text not null,
  loaded_by uuid,
  loaded_at timestamp with time zone not null,
  constraint place_shape_pkey PRIMARY KEY (place_id, valid_from),
  constraint place_shape_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint place_shape_geometry_check CHECK (((geometry ->> 'type'::text) = ANY (ARRAY['Point'::text, 'Polygon'::text, 'MultiPolygon'::text])))
);

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

CREATE OR REPLACE FUNCTION territory.status_at(on_day date)
 RETURNS TABLE(place_id uuid, status text)
 LANGUAGE sql
 STABLE
AS $function$
  select distinct t.place_id, s.status
  from territory.place_status s
  cross join lateral (
    select max(coalesce(v.valid_to, 'infinity'::date)) as ends from territory.place_version v where v.place_id = s.place_id
  ) u
  join territory.place_tree t on t.ancestor_id = s.place_id and (
    (t.valid_from <= on_day and (t.valid_to is null or t.valid_to > on_day)) or (u.ends <= on_day and t.valid_to = u.ends))
  where s.valid_from <= on_day and (s.valid_to is null or s.valid_to > on_day)
$function$;

create schema visits;

create table visits.visit (
  visit_id uuid not null,
  subject_id uuid not null,
  line_ids uuid[] not null,
  agent_id uuid,
  agent_name text not null,
  agents_before uuid[] default '{}'::uuid[] not null,
  due_on date not null,
  note text default ''::text not null,
  state text not null,
  assigned_by uuid,
  assigned_by_name text not null,
  assigned_at timestamp with time zone not null,
  happened_on date,
  outcome_note text default ''::text not null,
  activity_ids uuid[] default '{}'::uuid[] not null,
  closed_by uuid,
  closed_by_name text,
  closed_at timestamp with time zone,
  constraint visit_pkey PRIMARY KEY (visit_id),
  constraint visit_check CHECK (((state <> 'done'::text) OR (cardinality(activity_ids) > 0))),
  constraint visit_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'not-met'::text, 'refused'::text, 'cancelled'::text])))
);
CREATE INDEX visit_agent ON visits.visit USING btree (agent_id, state, due_on);
CREATE INDEX visit_lines ON visits.visit USING gin (line_ids);
CREATE UNIQUE INDEX visit_open_once ON visits.visit USING btree (subject_id) WHERE (state = 'open'::text);
CREATE INDEX visit_subject ON visits.visit USING btree (subject_id, state);

create view visits.visit_seen (
  visit_id uuid,
  subject_id uuid,
  line_ids uuid[],
  agent_id uuid,
  agent_name text,
  due_on date,
  state text,
  happened_on date,
  closed_at timestamp with time zone
);

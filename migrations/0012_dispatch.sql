-- Sending (design, section 6): a dispatch writes all its deliveries first; batches of them are handed out one by one.

create schema delivery;

create table delivery.dispatch (
  dispatch_id uuid primary key,
  -- What is done for the plan's line; a further run of the same sending (retry of what failed) shares it.
  activity_id uuid not null,
  line_id uuid not null,
  -- Counts the sendings of a line: whoever submits the same number second is told who was first.
  run int not null,
  retry_of uuid references delivery.dispatch,
  message_id uuid not null,
  edition int not null,
  channel text not null check (channel in ('sms', 'email')),
  form_kind text not null check (form_kind in ('sms', 'sms-plain', 'email')),
  -- 0 urgent, 1 a reply, 2 small, 3 large (over 1,000): lower goes first.
  priority smallint not null check (priority between 0 and 3),
  -- Said when quiet hours and the weekly cap are not to hold.
  urgent_reason text,
  -- Villages (an officer's place) whose subjects are addressed.
  place_ids uuid[] not null,
  recipients int not null,
  -- Parts of all texts together, VND by contract (null = not known), and how many were left out and why, when confirmed.
  parts int not null,
  cost bigint,
  left_out jsonb not null,
  synthetic boolean not null,
  state text not null check (state in ('open', 'stopped', 'done')),
  -- What is not sent by then is not sent any more.
  deadline timestamptz not null,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  stopped_by_name text,
  stopped_at timestamptz,
  done_at timestamptz,
  unique (line_id, run)
);
create index dispatch_open on delivery.dispatch (created_at) where state <> 'done';

-- What is handed out at once: at most 100 deliveries of one commune.
create table delivery.batch (
  batch_id uuid primary key,
  dispatch_id uuid not null references delivery.dispatch,
  commune_id uuid not null,
  priority smallint not null,
  due_at timestamptz not null,
  state text not null check (state in ('waiting', 'claimed', 'done')),
  -- Which worker took it; its connection holds a lock by this number as long as it lives.
  worker int,
  claimed_at timestamptz
);
create index batch_waiting on delivery.batch (priority, commune_id, due_at) where state = 'waiting';
create index batch_claimed on delivery.batch (worker) where state = 'claimed';
create index batch_dispatch on delivery.batch (dispatch_id, state);

-- When a commune was last handed out a batch: the one that waited longest comes first.
create table delivery.turn (
  commune_id uuid primary key,
  served_at timestamptz not null
);

create sequence delivery.worker as int cycle;

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
  -- The words as they are sent; taken away after 90 days.
  body text,
  parts smallint not null,
  -- created → sending → accepted → delivered | failed | no-receipt; sending → uncertain | failed | created (again later);
  -- created → withheld (looked at again before sending, or given up).
  state text not null check (state in ('created', 'sending', 'accepted', 'delivered', 'failed', 'no-receipt', 'uncertain', 'withheld')),
  -- Why failed, withheld or uncertain: a closed code.
  fault text,
  -- What the provider said of it, in its own numbers.
  detail text not null default '',
  tries smallint not null default 0,
  provider text,
  sent_at timestamptz,
  final_at timestamptz,
  primary key (subject_id, delivery_id)
) with (fillfactor = 60);
-- No index holds what changes while it is sent, and pages have room: three updates of a row cost three rows and no index.
create index delivery_dispatch on delivery.delivery (dispatch_id, place_id);
create index delivery_batch on delivery.delivery (batch_id);

-- Under which names a provider knows the parts of a delivery.
create table delivery.lookup (
  provider text not null,
  ref text not null,
  subject_id uuid not null,
  delivery_id uuid not null,
  part smallint not null,
  outcome text,
  primary key (provider, ref)
) with (fillfactor = 80);
create index lookup_delivery on delivery.lookup (delivery_id);

-- Receipts as they came. One may come before its lookup is written, or for nothing of ours: it waits here.
create table delivery.receipt (
  provider text not null,
  ref text not null,
  code text not null,
  detail text not null,
  received_at timestamptz not null,
  applied_at timestamptz,
  primary key (provider, ref, code)
);
create index receipt_waiting on delivery.receipt (received_at) where applied_at is null;

-- What phones sent to us. The text is taken away after 90 days.
create table delivery.inbound (
  inbound_id uuid primary key,
  provider text not null,
  address text not null,
  body text,
  -- stop = refuses further messages; other = somebody should read it.
  meaning text not null check (meaning in ('stop', 'other')),
  received_at timestamptz not null,
  read_by_name text,
  read_at timestamptz
);
create index inbound_received on delivery.inbound (received_at desc);
create index inbound_address on delivery.inbound (address);

-- Published: what became of sendings to a subject, unless what was done was taken back. Modules below read this, never the
-- tables.
create view delivery.delivery_seen as
  select d.subject_id, d.delivery_id, d.dispatch_id, s.line_id, s.message_id, s.edition, s.channel, d.state, d.fault,
    d.sent_at, d.final_at, s.created_at
  from delivery.delivery d join delivery.dispatch s on s.dispatch_id = d.dispatch_id
  join plans.activity_in_force a on a.activity_id = s.activity_id;

alter table plans.activity drop constraint activity_kind_check;
alter table plans.activity add constraint activity_kind_check
  check (kind in ('meeting', 'visit', 'leaflet', 'leaflet-left', 'loudspeaker', 'zalo', 'poster', 'bulletin', 'sms', 'email'));

-- A subject's contacts of an edition are asked for all the time: by this index too, whatever the planner knows of the ledger.
drop index reach.contact_message;
create index contact_message on reach.contact (message_id, edition, subject_id);

-- An e-mail is a way to say a message, for officers.
alter table content.form drop constraint form_kind_check;
alter table content.form add constraint form_kind_check check (kind in ('sms', 'sms-plain', 'script', 'question', 'email'));

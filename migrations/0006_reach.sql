-- The ledger of reach. Rows are only ever added: a correction is a row that voids another; a void cannot be voided.

create schema reach;

-- Individual evidence: this subject was reached by this edition, this strongly, by this proof.
create table reach.contact (
  subject_id uuid not null,
  contact_id uuid not null,
  message_id uuid not null,
  edition int not null,
  stage smallint not null check (stage between 2 and 5),
  language text not null,
  channel text not null,
  proof text not null check (proof in ('network', 'device', 'signed-list', 'photo-list', 'second-person', 'declared')),
  happened_on date not null,
  recorded_at timestamptz not null,
  activity_id uuid,
  form_id uuid,
  person_id uuid,
  recorded_by uuid,
  recorded_by_name text not null,
  -- Of a void: the contact that no longer counts, and why.
  voids uuid,
  reason text,
  primary key (subject_id, contact_id),
  check ((voids is null) = (reason is null))
);
create unique index contact_voided_once on reach.contact (subject_id, voids) where voids is not null;
create index contact_activity on reach.contact (activity_id);
create index contact_message on reach.contact (message_id, edition);

-- Area evidence: whoever lived in the village then and understands the language could hear or see it. Never copied to households.
create table reach.exposure (
  place_id uuid not null,
  exposure_id uuid not null,
  message_id uuid not null,
  edition int not null,
  language text not null,
  channel text not null,
  proof text not null check (proof in ('network', 'device', 'signed-list', 'photo-list', 'second-person', 'declared')),
  happened_on date not null,
  recorded_at timestamptz not null,
  activity_id uuid,
  form_id uuid,
  recorded_by uuid,
  recorded_by_name text not null,
  voids uuid,
  reason text,
  primary key (place_id, exposure_id),
  check ((voids is null) = (reason is null))
);
create unique index exposure_voided_once on reach.exposure (place_id, voids) where voids is not null;
create index exposure_activity on reach.exposure (activity_id);
create index exposure_message on reach.exposure (message_id, edition);

-- Published: what counts. Modules below read these, never the ledger itself.
create view reach.contact_in_force as
  select c.* from reach.contact c where c.voids is null
    and not exists (select 1 from reach.contact v where v.subject_id = c.subject_id and v.voids = c.contact_id);
create view reach.exposure_in_force as
  select e.* from reach.exposure e where e.voids is null
    and not exists (select 1 from reach.exposure v where v.place_id = e.place_id and v.voids = e.exposure_id);

-- Derived from the contacts in force and the profile on the day of each; a correction recomputes the row.
-- exposed_on: the first that came without a language they understand or, as text, without a reader ("không đọc được").
-- first_k: the first day on which the stage was k or better; proven_k: the same by anything but a mere declaration.
create table reach.state (
  subject_id uuid not null,
  message_id uuid not null,
  edition int not null,
  exposed_on date,
  first_2 date, first_3 date, first_4 date, first_5 date,
  proven_2 date, proven_3 date, proven_4 date, proven_5 date,
  primary key (subject_id, message_id, edition)
);
create index state_message on reach.state (message_id, edition, subject_id);

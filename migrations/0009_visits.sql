-- Visits: somebody goes to a household that was not reached, and comes back with evidence.

create schema visits;

create table visits.visit (
  visit_id uuid primary key,
  subject_id uuid not null,
  -- The lines for whose messages somebody goes there.
  line_ids uuid[] not null,
  -- Who goes: a user of the program, or a name on a sheet of paper.
  agent_id uuid,
  agent_name text not null,
  -- Users to whom it was given before.
  agents_before uuid[] not null default '{}',
  due_on date not null,
  note text not null default '',
  state text not null check (state in ('open', 'done', 'not-met', 'refused', 'cancelled')),
  assigned_by uuid,
  assigned_by_name text not null,
  assigned_at timestamptz not null,
  happened_on date,
  outcome_note text not null default '',
  -- The activities whose contacts closed it.
  activity_ids uuid[] not null default '{}',
  closed_by uuid,
  closed_by_name text,
  closed_at timestamptz,
  check (state <> 'done' or cardinality(activity_ids) > 0)
);
create index visit_subject on visits.visit (subject_id, state);
create index visit_agent on visits.visit (agent_id, state, due_on);
-- A household that is on somebody's list already is not put on another: further lines are added to the visit that is open.
create unique index visit_open_once on visits.visit (subject_id) where state = 'open';
create index visit_lines on visits.visit using gin (line_ids);

-- Published: what coverage needs to say why somebody is not reached yet, and who goes there. Notes are not in it.
create view visits.visit_seen as
  select visit_id, subject_id, line_ids, agent_id, agent_name, due_on, state, happened_on, closed_at from visits.visit;

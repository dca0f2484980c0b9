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

-- Who does not want to be written to or called: a refusal belongs to the number, in whatever household it turns up, also
-- in none yet. One row per number and refusal; lifting ends it, nothing is deleted, an undone list takes none along.

create table registry.opt_out (
  value text not null,
  opt_out_id uuid not null,
  valid_from date not null,
  -- From this day on it may be contacted again.
  valid_to date,
  how text not null check (how in ('reply', 'phone', 'agent', 'in-person', 'list')),
  -- Why, or what was said.
  note text not null default '',
  recorded_by uuid,
  recorded_by_name text not null,
  recorded_at timestamptz not null,
  lifted_by uuid,
  lifted_by_name text,
  -- Who asked for it, and how.
  lift_note text,
  lifted_at timestamptz,
  primary key (value, opt_out_id),
  check (valid_to >= valid_from),
  check (num_nulls(valid_to, lifted_by_name, lift_note, lifted_at) in (0, 4))
);
create unique index opt_out_open_once on registry.opt_out (value) where valid_to is null;
create unique index opt_out_id on registry.opt_out (opt_out_id);

-- Published: which numbers are refused, from when until when. Who refused how, and what was said, is not in it.
create view registry.refused_number as
  select value, valid_from, valid_to from registry.opt_out;

-- What contact points said until now. Their column is neither read nor written any more.
insert into registry.opt_out (value, opt_out_id, valid_from, how, recorded_by_name, recorded_at)
  select value, gen_random_uuid(), min(valid_from), 'list', 'Lan Tỏa', min(recorded_at)
  from registry.contact_point where do_not_contact and kind in ('mobile', 'landline') group by value;

import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { type Day, dayOf } from '../../../shared/dates.ts';
import type { HowRefused } from './refusal.ts';

/**
 * Is the number refused on the day? For whoever is about to show, count or use a number: `value` is a column of theirs.
 * Inside, the alias `refusal` is taken.
 */
export const refusedOn = (value: RawBuilder<unknown>, on: Day): RawBuilder<unknown> => sql`exists (
  select 1 from registry.refused_number refusal where refusal.value = ${value}
    and refusal.valid_from <= ${on}::date and (refusal.valid_to is null or refusal.valid_to > ${on}::date))`;

/** Those of the numbers (E.164) that are refused on the day of that moment. */
export const refusedAmong = async (tx: Db, values: readonly string[], at: Date): Promise<Set<string>> => {
  const { rows } = await sql<{ value: string }>`select v.value from unnest(${[...new Set(values)]}::text[]) v (value)
    where ${refusedOn(sql`v.value`, dayOf(at))}`.execute(tx);
  return new Set(rows.map(({ value }) => value));
};

export interface Refusing {
  readonly refusalId: string;
  /** E.164. */
  readonly value: string;
  readonly how: HowRefused;
  readonly note: string;
}

export interface Recorded {
  readonly by: { readonly userId: string | null; readonly name: string };
  readonly at: Date;
  readonly today: Day;
}

/** Notes refusals from today on; of a number that is refused already nothing is written. @returns the ids of those that are new */
export const insertRefusals = async (
  tx: Db,
  refusals: readonly Refusing[],
  { by, at, today }: Recorded,
): Promise<Set<string>> => {
  const column = (name: keyof Refusing) => refusals.map((each) => each[name]);
  // In the order of the numbers, so that two who note the same ones wait for each other instead of locking each other out.
  const { rows } = await sql<{ refusalId: string }>`
    insert into registry.opt_out (value, opt_out_id, valid_from, how, note, recorded_by, recorded_by_name, recorded_at)
    select n.value, n.id, ${today}::date, n.how, n.note, ${by.userId}::uuid, ${by.name}, ${at}::timestamptz
    from unnest(${column('value')}::text[], ${column('refusalId')}::uuid[], ${column('how')}::text[], ${column('note')}::text[])
      with ordinality n (value, id, how, note, place) order by n.value, n.place
    on conflict (value) where valid_to is null do nothing returning opt_out_id as "refusalId"`.execute(tx);
  return new Set(rows.map(({ refusalId }) => refusalId));
};

export interface OpenRefusal {
  readonly refusalId: string;
  readonly since: Day;
  readonly recordedBy: string | null;
}

/** The refusal of a number that has not been lifted; held until the end of the transaction. */
export const openRefusal = async (tx: Db, value: string): Promise<OpenRefusal | undefined> => {
  const { rows } =
    await sql<OpenRefusal>`select opt_out_id as "refusalId", valid_from as since, recorded_by as "recordedBy"
    from registry.opt_out where value = ${value} and valid_to is null for update`.execute(tx);
  return rows[0];
};

/** Ends the open refusal of a number today. */
export const endRefusal = async (
  tx: Db,
  value: string,
  { note, by, at, today }: Recorded & { readonly note: string },
): Promise<void> => {
  await sql`update registry.opt_out set valid_to = ${today}::date, lifted_by = ${by.userId}::uuid, lifted_by_name = ${by.name},
    lift_note = ${note}, lifted_at = ${at}::timestamptz where value = ${value} and valid_to is null`.execute(tx);
};

/** Where a subject `c` is or was last: a household's village, the place of an officer's post. */
export const lastPlace = sql`lateral (
  select x.place_id from (
    select r.village_id as place_id, r.valid_to, r.valid_from from registry.residency r where r.subject_id = c.subject_id
    union all
    select p.place_id, p.valid_to, p.valid_from from registry.officer_post p where p.subject_id = c.subject_id) x
  order by x.valid_to desc nulls first, x.valid_from desc limit 1) l`;

export interface Holder {
  readonly subjectId: string;
  readonly kind: 'household' | 'officer';
  readonly placeId: string;
}

/** Whose the numbers are or ever were, and where those are today or were last. */
export const holdersOf = async (tx: Db, values: readonly string[]): Promise<Holder[]> => {
  const { rows } = await sql<Holder>`select distinct c.subject_id as "subjectId", s.kind, l.place_id as "placeId"
    from registry.contact_point c join registry.subject s on s.subject_id = c.subject_id cross join ${lastPlace}
    where c.value = any(${[...values]}::text[]) order by 1`.execute(tx);
  return rows;
};

/** The places of everybody whose number was ever refused: of which a list of refusals may speak. */
export const placesOfRefused = async (tx: Db): Promise<string[]> => {
  const { rows } = await sql<{ placeId: string }>`select distinct l.place_id as "placeId" from registry.opt_out o
    join registry.contact_point c on c.value = o.value cross join ${lastPlace}`.execute(tx);
  return rows.map(({ placeId }) => placeId);
};

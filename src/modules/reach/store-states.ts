import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { readChannels, stages } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';
import type { EditionKey, NewContact } from './ledger.ts';

/** Whose states are to be computed again: rows of subject_id, message_id, edition. */
export type Touched = RawBuilder<unknown>;

export interface StateKey extends EditionKey {
  readonly subjectId: string;
}

const touchedByContacts = (rows: readonly StateKey[]): Touched =>
  sql`select * from unnest(${rows.map((row) => row.subjectId)}::uuid[], ${rows.map((row) => row.messageId)}::uuid[],
    ${rows.map((row) => row.edition)}::int[]) as n (subject_id, message_id, edition)`;

/** Everything in the ledger of whoever lives or lived, or has or had a post, in these places. */
export const touchedByPlaces = (placeIds: readonly string[]): Touched =>
  sql`select c.subject_id, c.message_id, c.edition from reach.contact c where c.voids is null and c.subject_id in (
    select r.subject_id from registry.residency r where r.village_id = any(${placeIds}::uuid[])
    union all select o.subject_id from registry.officer_post o where o.place_id = any(${placeIds}::uuid[]))`;

/** Whatever came into the ledger since then. */
export const touchedSince = (since: Date): Touched =>
  sql`select c.subject_id, c.message_id, c.edition from reach.contact c where c.recorded_at >= ${since}`;

export const ofOffice = (column: string) =>
  sql.raw(`case when s.kind = 'officer' then coalesce(p.${column}, '{vi}') else p.${column} end`);

/** Does the household of contact `c` understand its language; unknown counts as no. `s` and `p`: see `profileThen`. */
const understood = sql`coalesce(c.language = any(${ofOffice('languages')}), false)`;

/** Is it heard, or does somebody in the household read it. */
const legible = sql`(c.channel <> all(${[...readChannels]}::text[]) or coalesce(c.language = any(${ofOffice('languages_read')}), false))`;

/** The subject `s` of a contact `c`, and its profile `p` of the contact's day. An officer's office language is Vietnamese. */
export const profileThen = sql`registry.subject s on s.subject_id = c.subject_id left join registry.profile p on p.subject_id = c.subject_id
  and p.valid_from <= c.happened_on and (p.valid_to is null or p.valid_to > c.happened_on)`;

/** The newest day, up to one, on which something counted for a subject as delivered or more; `subject` of the asking statement. */
export const lastReached = (
  subject: RawBuilder<unknown>,
  { messageId, edition }: EditionKey,
  on: Day,
  stage = 2,
) => sql`(
  select max(c.happened_on) from reach.contact_in_force c join ${profileThen}
  where c.subject_id = ${subject} and c.message_id = ${messageId} and c.edition = ${edition} and c.happened_on <= ${on}::date
    and c.stage >= ${stage} and ${understood} and ${legible})`;

const STATE = ['exposed_on', ...stages.map((k) => `first_${k}`), ...stages.map((k) => `proven_${k}`)];

const columns = (alias: string) => sql.raw(STATE.map((name) => `${alias}.${name}`).join(', '));

const values = sql.raw(
  [
    'min(e.happened_on) filter (where e.effective = 1) as exposed_on',
    ...stages.map((k) => `min(e.happened_on) filter (where e.effective >= ${k}) as first_${k}`),
    ...stages.map(
      (k) => `min(e.happened_on) filter (where e.effective >= ${k} and e.proof <> 'declared') as proven_${k}`,
    ),
  ].join(', '),
);

/**
 * What contact `c` proves (design, section 3): its stage where the household understood the language then and, for what has
 * to be read, somebody in it reads it; else 1, "could hear or see".
 */
const effective = sql`case when ${understood} and ${legible} then c.stage else 1 end as effective`;

/** A row for each key, from all that is in force; empty where nothing is. */
const freshStates = (keys: Touched) => sql`
  select t.subject_id, t.message_id, t.edition, ${values} from (${keys}) t left join lateral (
    select c.happened_on, c.proof, ${effective} from reach.contact_in_force c join ${profileThen}
    where c.subject_id = t.subject_id and c.message_id = t.message_id and c.edition = t.edition offset 0) e on true
  group by t.subject_id, t.message_id, t.edition`;

/** What contacts prove by themselves: a row for each of their keys. */
const firstStates = (contacts: readonly NewContact[]) => sql`
  select e.subject_id, e.message_id, e.edition, ${values} from (
    select c.subject_id, c.message_id, c.edition, c.happened_on, c.proof, ${effective}
    from unnest(${contacts.map((c) => c.subjectId)}::uuid[], ${contacts.map((c) => c.messageId)}::uuid[],
      ${contacts.map((c) => c.edition)}::int[], ${contacts.map((c) => c.stage)}::smallint[], ${contacts.map((c) => c.language)}::text[],
      ${contacts.map((c) => c.channel)}::text[], ${contacts.map((c) => c.proof)}::text[], ${contacts.map((c) => c.happenedOn)}::date[])
      as c (subject_id, message_id, edition, stage, language, channel, proof, happened_on)
    join ${profileThen}) e
  group by e.subject_id, e.message_id, e.edition`;

/** Makes and locks the rows in one order: of two who record about one household, the second reads what the first committed. */
const lockStates = async (tx: Db, keys: readonly StateKey[]): Promise<void> => {
  const touched = touchedByContacts(keys);
  for (;;) {
    await sql`insert into reach.state (subject_id, message_id, edition) select * from (${touched}) t order by 1, 2, 3
      on conflict do nothing`.execute(tx);
    const { rows } = await sql<{ locked: number }>`with locked as (
        select s.subject_id from (${touched}) t join reach.state s
          on s.subject_id = t.subject_id and s.message_id = t.message_id and s.edition = t.edition
        order by s.subject_id, s.message_id, s.edition for update of s)
      select count(*)::int as locked from locked`.execute(tx);
    // A row that somebody took away in between is made again.
    if (rows[0]!.locked === keys.length) return;
  }
};

/** Whoever is touched, each once, in the order in which their rows are locked. */
const distinctKeys = async (tx: Db, touched: Touched): Promise<StateKey[]> => {
  const { rows } =
    await sql<StateKey>`select distinct t.subject_id as "subjectId", t.message_id as "messageId", t.edition
    from (${touched}) t order by 1, 2, 3`.execute(tx);
  return rows;
};

/** So many at once: the planner sees how many there are, and chooses well without a table of them. */
const AT_ONCE = 5_000;

const KEY = sql`s.subject_id as "subjectId", s.message_id as "messageId", s.edition`;

const idOf = ({ subjectId, messageId, edition }: StateKey): string => `${subjectId}|${messageId}|${edition}`;

/** Each once, in the order in which their rows are locked. */
const inOrder = (keys: readonly StateKey[]): StateKey[] =>
  [...new Map(keys.map((key) => [idOf(key), key]))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);

/**
 * Writes the states of those that had none: nothing was in force for them before, so what is told now is all there is. Of two
 * who do that at once the second waits for the first and writes nothing: then, as for all that had a state before, it is to
 * be computed by `refreshStates`, which sees what the first did.
 * @returns those written
 */
const addStates = async (tx: Db, contacts: readonly NewContact[]): Promise<StateKey[]> => {
  const { rows } = await sql<StateKey>`
    insert into reach.state as s (subject_id, message_id, edition, ${sql.raw(STATE.join(', '))})
    select f.* from (${firstStates(contacts)}) f order by 1, 2, 3 on conflict do nothing returning ${KEY}`.execute(tx);
  return rows;
};

/** @returns those whose state is another than before */
const refreshStates = async (tx: Db, keys: readonly StateKey[]): Promise<StateKey[]> => {
  await lockStates(tx, keys);
  const touched = touchedByContacts(keys);
  const { rows } = await sql<StateKey>`
    with fresh as materialized (${freshStates(touched)})
    update reach.state s set ${sql.raw(STATE.map((name) => `${name} = f.${name}`).join(', '))}
    from fresh f where s.subject_id = f.subject_id and s.message_id = f.message_id and s.edition = f.edition
      and row(${columns('s')}) is distinct from row(${columns('f')})
    returning ${KEY}`.execute(tx);
  await sql`delete from reach.state s using (${touched}) t where s.subject_id = t.subject_id and s.message_id = t.message_id
    and s.edition = t.edition and num_nonnulls(${columns('s')}) = 0`.execute(tx);
  return rows;
};

const refreshAll = async (tx: Db, keys: readonly StateKey[]): Promise<StateKey[]> => {
  const changed: StateKey[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE)
    changed.push(...(await refreshStates(tx, keys.slice(from, from + AT_ONCE))));
  return changed;
};

/**
 * Computes the states of the touched again, from the contacts in force and the profile on the day of each.
 * @returns those whose state is another than before
 */
export const recomputeStates = async (tx: Db, touched: Touched): Promise<StateKey[]> =>
  refreshAll(tx, await distinctKeys(tx, touched));

/** The same for the states that these are about. */
export const recomputeStatesOf = async (tx: Db, keys: readonly StateKey[]): Promise<StateKey[]> =>
  refreshAll(tx, inOrder(keys));

/**
 * The same for contacts that were just added to the ledger: most are the first that is told of their subject and edition,
 * and those are not looked up again.
 */
export const addToStates = async (tx: Db, contacts: readonly NewContact[]): Promise<StateKey[]> => {
  const added = await addStates(tx, contacts);
  const written = new Set(added.map(idOf));
  return [
    ...added,
    ...(await recomputeStatesOf(
      tx,
      contacts.filter((contact) => !written.has(idOf(contact))),
    )),
  ];
};

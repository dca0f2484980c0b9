import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { type Order, orderOf } from '../../../platform/list.ts';
import { type Day, ZONE } from '../../../shared/dates.ts';
import { subjectsOn } from '../../audiences/index.ts';
import { RECEIPT_DAYS } from '../../delivery/index.ts';
import { lastReached } from '../../reach/index.ts';
import { listedClasses, refusedOn } from '../../registry/index.ts';
import { subjectRows } from '../store-cells.ts';
import type { FactName, Step } from './reason.ts';
import { factNames } from './reason.ts';
import type { LineScope, Scope } from './scope.ts';

const inForce = (alias: string, on: RawBuilder<unknown>) => {
  const [from, to] = [sql.ref(`${alias}.valid_from`), sql.ref(`${alias}.valid_to`)];
  return sql`${from} <= ${on} and (${to} is null or ${to} > ${on})`;
};

const mask = (answers: Readonly<Record<FactName, RawBuilder<unknown>>>): RawBuilder<unknown> =>
  sql.join(
    factNames.map((name, bit) => sql`((${answers[name]}) is true)::int * ${sql.raw(String(2 ** bit))}`),
    sql` + `,
  );

const dayOf = (at: RawBuilder<unknown>) => sql`(${at} at time zone ${ZONE})::date`;

/**
 * What became, by a day, of the newest sending of the line's edition to subject `x`; no row where nothing was sent. What was
 * withheld for another cause than its number was never sent to it, and what was sent before still holds. What ended later was
 * under way on the day; after three days without an answer it did not arrive.
 */
const lastSending = ({ messageId, edition }: LineScope['line'], on: Day) => sql`
  select case when (ended and state <> 'uncertain') or not young then 'failed' when ended then 'uncertain' else 'under-way' end as became
  from (
    select d.state, coalesce(${dayOf(sql`d.final_at`)} <= ${on}::date, false) as ended,
      ${dayOf(sql`coalesce(d.sent_at, d.created_at)`)} >= ${on}::date - ${RECEIPT_DAYS}::int as young
    from delivery.delivery_seen d
    where d.subject_id = x.subject_id and d.message_id = ${messageId} and d.edition = ${edition} and ${dayOf(sql`d.created_at`)} <= ${on}::date
      and (d.state <> 'withheld' or d.fault in ('refused', 'number-ended'))
    order by d.created_at desc, d.delivery_id desc limit 1
  ) newest where not (ended and state = 'delivered')`;

/**
 * Of one line, a row for each subject in its audience: reached or not, and the facts that its reason needs as one number
 * (`factNames`, bit by bit). Built upon the same rows as every figure, so that the list is what the figure leaves.
 */
const lineFacts = ({ line, rule, placeIds }: LineScope, at: number, on: Day, today: Day): RawBuilder<unknown> => {
  // Nothing has reached it since somebody was there, not even a second time.
  const since = sql`coalesce(${lastReached(sql`x.subject_id`, line, on)} <= g.happened_on, true)`;
  return sql`(
  with x as materialized (${subjectRows({ line, rule, on, today, placeIds })}),
  gone_to as (
    select distinct on (v.subject_id) v.subject_id, v.state, v.happened_on from visits.visit_seen v
    where v.line_ids @> array[${line.lineId}::uuid] and v.state in ('done', 'not-met', 'refused') and v.happened_on <= ${on}::date
    order by v.subject_id, v.happened_on desc, v.closed_at desc, v.visit_id desc
  ), played as (
    select distinct r.subject_id from (
      select distinct e.place_id, e.happened_on from reach.exposure_in_force e where e.message_id = ${line.messageId}
        and e.edition = ${line.edition} and e.happened_on <= ${on}::date and e.place_id = any(${placeIds}::uuid[])) e
    join registry.residency r on r.village_id = e.place_id and ${inForce('r', sql`e.happened_on`)}
  ), activity as materialized (
    select a.kind, a.happened_on, unnest(a.place_ids) as place_id from plans.activity_in_force a
    where a.line_id = ${line.lineId} and a.happened_on <= ${on}::date and a.place_ids && ${placeIds}::uuid[]
  ), met as (
    select distinct r.subject_id from activity a
    join registry.residency r on r.village_id = a.place_id and ${inForce('r', sql`a.happened_on`)} where a.kind = 'meeting'
  ), worked as (select distinct place_id from activity where happened_on between ${line.startsOn}::date and ${line.endsOn}::date)
  select ${at}::int as line_at, x.subject_id, x.place_id, x.head_folded, x.code, x.could_hear, ${sql.ref(`x.s${line.threshold}`)} as reached,
    ${mask({
      refused: sql`case when g.state = 'refused' then ${since} end`,
      notMet: sql`case when g.state = 'not-met' then ${since} end`,
      tooWeak: sql`x.s2`,
      languageUnknown: sql`x.kind = 'household' and coalesce(cardinality(x.languages), 0) = 0`,
      notUnderstood: sql`s.exposed_on <= ${on}::date`,
      sendingFailed: sql`d.became = 'failed'`,
      sendingUncertain: sql`d.became = 'uncertain'`,
      sendingUnderWay: sql`d.became = 'under-way'`,
      couldHear: sql`x.could_hear`,
      otherLanguage: sql`p.subject_id is not null and not x.could_hear`,
      meetingHeld: sql`m.subject_id is not null`,
      noDevice: sql`n.mobiles = 0 and case when n.devices is null then coalesce(n.d12, false) else n.devices = '{}' end`,
      nothingDone: sql`w.place_id is null`,
    })} as mask
  from x
  join ${subjectsOn(on, today)} n on n.subject_id = x.subject_id
  left join reach.state s on s.subject_id = x.subject_id and s.message_id = ${line.messageId} and s.edition = ${line.edition}
  left join lateral (${lastSending(line, on)}) d on not ${sql.ref(`x.s${line.threshold}`)}
  left join gone_to g on g.subject_id = x.subject_id
  left join played p on p.subject_id = x.subject_id
  left join met m on m.subject_id = x.subject_id
  left join worked w on w.place_id = x.place_id
  where x.counted)`;
};

/** The orders those not reached may be asked for. */
export const leftBehindSorts = ['head', 'code', 'place', 'class', 'reached', 'why', 'owner', 'due'] as const;

export interface MissingQuery extends Scope, Order<(typeof leftBehindSorts)[number]> {
  readonly today: Day;
  /** Facts that come to the reason asked for; null = any. */
  readonly masks: readonly number[] | null;
  /** Whose follow-up: a user's id or a name; 'none' = nobody's; null = any. */
  readonly owner: string | null;
  /** Only these; null = all. */
  readonly subjectIds: readonly string[] | null;
  /** Folded beginning of the head's name or of any word of it; the beginning of a code. Null = anybody. */
  readonly text: string | null;
  readonly code: string | null;
  /** By facts as a number, where its reason stands among the reasons. */
  readonly reasonRanks: readonly number[];
  /** Names of those who see to it, in the order of names, as JSON. */
  readonly owners?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** A subject that was not reached on every one of the lines it is in the audience of. */
export interface MissingRow {
  readonly subjectId: string;
  readonly kind: 'household' | 'officer';
  readonly code: string;
  readonly head: string | null;
  readonly placeId: string;
  readonly class: string | null;
  readonly languages: readonly string[] | null;
  readonly languagesRead: readonly string[] | null;
  /** Those that nobody has refused by today, whatever day is looked at: they are there to be called. */
  readonly phones: readonly string[];
  /** Lines in whose audience it is, and those on which it was reached. */
  readonly lines: number;
  readonly reached: number;
  /** Index into the lines asked for, the facts as a number, and whether area evidence met it. */
  readonly missing: readonly { readonly at: number; readonly mask: number; readonly couldHear: boolean }[];
  readonly followUp: FollowUpRow | null;
}

export interface FollowUpRow {
  readonly step: Step;
  readonly ownerId: string | null;
  readonly ownerName: string;
  readonly dueOn: Day;
  readonly visitId: string | null;
  readonly visitState: string | null;
}

/** Of one place: how many are missing something, how many of them everything, and by line the facts they come with. */
export interface PlaceCount {
  readonly placeId: string;
  readonly missing: number;
  readonly none: number;
}

export interface FactCount {
  readonly placeId: string;
  readonly at: number;
  readonly mask: number;
  readonly count: number;
}

export interface Missing {
  readonly total: number;
  readonly rows: readonly MissingRow[];
  readonly places: readonly PlaceCount[];
  readonly facts: readonly FactCount[];
}

// The visit that is open knows best who goes there and when; else what was decided.
const followUp = (lineIds: readonly string[]) => sql`
  select jsonb_build_object('step', f.step, 'ownerId', case when v.state = 'open' then v.agent_id else f.owner_id end,
    'ownerName', case when v.state = 'open' then v.agent_name else f.owner_name end,
    'dueOn', case when v.state = 'open' then v.due_on else f.due_on end, 'visitId', f.visit_id, 'visitState', v.state) as value
  from coverage.follow_up f left join visits.visit_seen v on v.visit_id = f.visit_id
  where f.subject_id = a.subject_id and f.line_id = any(${[...lineIds]}::uuid[])
  order by f.decided_at desc, f.line_id limit 1`;

const ownedBy = (owner: string | null, lineIds: readonly string[]) => {
  if (owner === null) return sql`true`;
  const value = sql`(${followUp(lineIds)})`;
  return owner === 'none'
    ? sql`not exists ${value}`
    : sql`exists (select 1 from ${value} u where u.value->>'ownerId' = ${owner} or u.value->>'ownerName' = ${owner})`;
};

const called = ({ text, code }: MissingQuery) =>
  text === null && code === null
    ? sql`true`
    : sql`(${text ? sql`a.head_folded like ${`${text}%`} or a.head_folded like ${`% ${text}%`}` : sql`false`}
        or ${code ? sql`a.code like ${`${code}%`}` : sql`false`})`;

/** What a page of rows is ordered by, of `a` (a subject picked, with where its place stands among the places). */
const ordersOf = ({ reasonRanks, owners }: MissingQuery, lineIds: readonly string[]) => {
  const followed = (key: string) => sql`(${followUp(lineIds)}) ->> ${sql.lit(key)}`;
  return {
    head: sql`a.head_folded`,
    code: sql`a.code`,
    place: sql`a.ord`,
    class: sql`(select array_position(${[...listedClasses]}::text[], c.class) from registry.subject_now c where c.subject_id = a.subject_id)`,
    reached: sql`a.reached`,
    why: sql`(${[...reasonRanks]}::int[])[(a.missing -> 0 ->> 'mask')::int + 1]`,
    owner: sql`(${owners ?? '{}'}::jsonb ->> (${followed('ownerName')}))::int`,
    due: sql`(${followed('dueOn')})::date`,
  };
};

/** Everybody's name who sees to something, or who goes there. */
export const ownerNames = async (tx: Db): Promise<string[]> =>
  (
    await sql<{ name: string }>`select distinct owner_name as name from coverage.follow_up
      union select distinct agent_name from visits.visit_seen where state = 'open'`.execute(tx)
  ).rows.map(({ name }) => name);

/**
 * The subjects that are missing something, with everything their reasons need, counts for the head of the page, and one
 * page of rows: in one statement. Those reached on no line come first, then by place and head's name.
 */
export const selectMissing = async (tx: Db, query: MissingQuery): Promise<Missing> => {
  const { lines, on, today, masks, owner, subjectIds, placeIds, limit, offset } = query;
  const asked = lines.map((each, at) => lineFacts(each, at, on, today));
  if (asked.length === 0 || placeIds.length === 0) return { total: 0, rows: [], places: [], facts: [] };
  const lineIds = lines.map(({ line }) => line.lineId);
  const order = orderOf(
    query,
    ordersOf(query, lineIds),
    sql`a.reached > 0, a.ord, a.head_folded, a.code, a.subject_id`,
  );
  const { rows } = await sql<Missing>`
    with facts as materialized (${sql.join(asked, sql` union all `)}),
    subject as materialized (
      select f.subject_id, f.place_id, f.head_folded, f.code, count(*)::int as lines, count(*) filter (where f.reached)::int as reached,
        jsonb_agg(jsonb_build_object('at', f.line_at, 'mask', f.mask, 'couldHear', f.could_hear) order by f.line_at) filter (where not f.reached) as missing,
        array_agg(f.mask) filter (where not f.reached) as masks
      from facts f group by 1, 2, 3, 4 having bool_or(not f.reached)
    ), picked as materialized (
      select a.*, o.ord from subject a join unnest(${[...placeIds]}::uuid[]) with ordinality o (place_id, ord) using (place_id)
      where ${masks === null ? sql`true` : sql`a.masks && ${[...masks]}::int[]`}
        and ${subjectIds === null ? sql`true` : sql`a.subject_id = any(${[...subjectIds]}::uuid[])`} and ${ownedBy(owner, lineIds)} and ${called(query)}
    ), page as (
      select a.*, row_number() over (order by ${order}) as at
      from (select a.* from picked a order by ${order} limit ${limit} offset ${offset}) a
    )
    select (select count(*)::int from picked) as total,
      coalesce((select jsonb_agg(jsonb_build_object('placeId', c.place_id, 'missing', c.missing, 'none', c.none)) from (
        select place_id, count(*)::int as missing, count(*) filter (where reached = 0)::int as none from subject group by 1) c), '[]') as places,
      coalesce((select jsonb_agg(jsonb_build_object('placeId', c.place_id, 'at', c.line_at, 'mask', c.mask, 'count', c.count)) from (
        select place_id, line_at, mask, count(*)::int as count from facts where not reached group by 1, 2, 3) c), '[]') as facts,
      coalesce((select jsonb_agg(jsonb_build_object('subjectId', a.subject_id, 'kind', n.kind, 'code', a.code, 'head', n.head_name,
          'placeId', a.place_id, 'class', n.class, 'languages', n.languages, 'languagesRead', n.languages_read,
          'phones', array(select c.value from registry.contact_point c where c.subject_id = a.subject_id and c.kind in ('mobile', 'landline')
            and ${inForce('c', sql`${on}::date`)} and not ${refusedOn(sql`c.value`, today)} order by c.kind desc, c.value),
          'lines', a.lines, 'reached', a.reached, 'missing', a.missing, 'followUp', (${followUp(lineIds)}))
        order by a.at)
        from page a join ${subjectsOn(on, today)} n on n.subject_id = a.subject_id), '[]') as rows`.execute(tx);
  return rows[0]!;
};

export interface NewFollowUp {
  readonly lineId: string;
  readonly subjectId: string;
  readonly step: Step;
  readonly visitId: string | null;
}

export interface Decision {
  readonly ownerId: string | null;
  readonly ownerName: string;
  readonly dueOn: Day;
  readonly note: string;
  readonly by: { readonly userId: string | null; readonly name: string };
  readonly at: Date;
}

/** What was decided last stands in the place of what was decided before. */
export const saveFollowUps = async (tx: Db, rows: readonly NewFollowUp[], decision: Decision): Promise<void> => {
  const column = <K extends keyof NewFollowUp>(name: K) => rows.map((row) => row[name]);
  await sql`insert into coverage.follow_up (line_id, subject_id, step, visit_id, owner_id, owner_name, due_on, note, decided_by, decided_by_name, decided_at)
    select a.*, ${decision.ownerId}::uuid, ${decision.ownerName}, ${decision.dueOn}::date, ${decision.note}, ${decision.by.userId}::uuid,
      ${decision.by.name}, ${decision.at}::timestamptz
    from unnest(${column('lineId')}::uuid[], ${column('subjectId')}::uuid[], ${column('step')}::text[], ${column('visitId')}::uuid[]) a
    on conflict (line_id, subject_id) do update set step = excluded.step, visit_id = excluded.visit_id, owner_id = excluded.owner_id,
      owner_name = excluded.owner_name, due_on = excluded.due_on, note = excluded.note, decided_by = excluded.decided_by,
      decided_by_name = excluded.decided_by_name, decided_at = excluded.decided_at`.execute(tx);
};

/** Of these visits nothing was decided any more. */
export const dropFollowUps = async (tx: Db, visitIds: readonly string[]): Promise<void> => {
  await sql`delete from coverage.follow_up where visit_id = any(${[...visitIds]}::uuid[])`.execute(tx);
};

/** Where households live today, for whoever asks whether they may be spoken for. */
export const villagesOfSubjects = async (tx: Db, subjectIds: readonly string[]): Promise<(string | null)[]> => {
  const { rows } = await sql<{
    placeId: string | null;
  }>`select distinct n.place_id as "placeId" from unnest(${[...subjectIds]}::uuid[]) a (subject_id)
    left join registry.subject_now n on n.subject_id = a.subject_id`.execute(tx);
  return rows.map(({ placeId }) => placeId);
};

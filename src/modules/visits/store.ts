import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { type Order, orderOf } from '../../platform/list.ts';
import type { Day } from '../../shared/dates.ts';
import { coveredPlaces } from '../territory/index.ts';
import { type Visit, type VisitState, visitStates } from './visit.ts';

const VISIT = sql`v.visit_id as "visitId", v.subject_id as "subjectId", v.line_ids as "lineIds", v.agent_id as "agentId",
  v.agent_name as "agentName", v.agents_before as "agentsBefore", v.due_on as "dueOn", v.note, v.state, v.assigned_by as "assignedBy", v.assigned_by_name as "assignedByName",
  v.assigned_at as "assignedAt", v.happened_on as "happenedOn", v.outcome_note as "outcomeNote", v.activity_ids as "activityIds",
  v.closed_by_name as "closedByName", v.closed_at as "closedAt"`;

/** A household as who goes there has to know it, as it stands today; null where it has ended. */
export interface VisitedHousehold {
  readonly code: string;
  readonly head: string | null;
  readonly villageId: string | null;
  readonly class: string | null;
  readonly languages: readonly string[] | null;
  readonly languagesRead: readonly string[] | null;
  readonly gone: boolean;
}

export type VisitRow = Visit & VisitedHousehold;

// Where it lives, or lived last: a household that is gone still has a visit that somebody must call off.
const HOUSEHOLD = sql`coalesce(n.code, s.code, '?') as code, n.head_name as head, coalesce(n.village_id, (select r.village_id
  from registry.residency r where r.subject_id = v.subject_id order by r.valid_from desc limit 1)) as "villageId", n.class, n.languages,
  n.languages_read as "languagesRead", n.subject_id is null as gone`;

const FROM = sql`visits.visit v left join registry.subject_now n on n.subject_id = v.subject_id
  left join registry.subject s on s.subject_id = v.subject_id`;

const select = (where: RawBuilder<unknown>) => sql<VisitRow>`select ${VISIT}, ${HOUSEHOLD} from ${FROM} where ${where}`;

export const findVisitRow = async (tx: Db, visitId: string): Promise<VisitRow | undefined> =>
  (await select(sql`v.visit_id = ${visitId}`).execute(tx)).rows[0];

/** The state as it is while nobody else can change it. */
export const lockVisit = async (tx: Db, visitId: string): Promise<Visit | undefined> =>
  (await sql<Visit>`select ${VISIT} from visits.visit v where v.visit_id = ${visitId} for update`.execute(tx)).rows[0];

/** The open visits to these households, locked in one order. One that somebody else is just making is met by `insertVisits`. */
export const lockOpenVisits = async (tx: Db, subjectIds: readonly string[]): Promise<Visit[]> =>
  (
    await sql<Visit>`select ${VISIT} from visits.visit v where v.state = 'open' and v.subject_id = any(${[...subjectIds]}::uuid[])
      order by v.subject_id for update`.execute(tx)
  ).rows;

export interface Assignment {
  readonly agentId: string | null;
  readonly agentName: string;
  readonly dueOn: Day;
  readonly note: string;
  readonly by: { readonly userId: string | null; readonly name: string };
  readonly at: Date;
}

// Whose it was stays known when it is given to another: one's own visit is never closed by a list, also not under another name.
export const KEPT_AGENT = sql.raw(
  'agents_before = array_remove(array_append(visit.agents_before, visit.agent_id), null)',
);

const withLines = (before: string, more: string) =>
  sql.raw(`${before} || array(select l from unnest(${more}) l where l <> all(${before}))`);

/** Of two who assign at once, the second waits and then adds to the visit of the first. @returns visit by household */
export const insertVisits = async (
  tx: Db,
  rows: readonly { readonly visitId: string; readonly subjectId: string }[],
  lineIds: readonly string[],
  to: Assignment,
): Promise<[subjectId: string, visitId: string][]> => {
  const { rows: made } = await sql<{
    subjectId: string;
    visitId: string;
  }>`insert into visits.visit (visit_id, subject_id, line_ids, agent_id, agent_name, due_on, note, state, assigned_by, assigned_by_name, assigned_at)
    select a.visit_id, a.subject_id, ${[...lineIds]}::uuid[], ${to.agentId}, ${to.agentName}, ${to.dueOn}::date, ${to.note}, 'open',
      ${to.by.userId}::uuid, ${to.by.name}, ${to.at}::timestamptz
    from unnest(${rows.map(({ visitId }) => visitId)}::uuid[], ${rows.map(({ subjectId }) => subjectId)}::uuid[]) as a (visit_id, subject_id)
    order by a.subject_id
    on conflict (subject_id) where state = 'open' do update set line_ids = ${withLines('visit.line_ids', 'excluded.line_ids')}, ${KEPT_AGENT}, agent_id = excluded.agent_id,
      agent_name = excluded.agent_name, due_on = excluded.due_on, note = excluded.note, assigned_by = excluded.assigned_by,
      assigned_by_name = excluded.assigned_by_name, assigned_at = excluded.assigned_at
    returning subject_id as "subjectId", visit_id as "visitId"`.execute(tx);
  return made.map(({ subjectId, visitId }) => [subjectId, visitId]);
};

/** What was decided last holds for the whole visit: who goes, by when, what to mind. */
export const updateOpenVisits = async (
  tx: Db,
  visitIds: readonly string[],
  lineIds: readonly string[],
  to: Assignment,
): Promise<void> => {
  await sql`update visits.visit set line_ids = line_ids || array(select l from unnest(${[...lineIds]}::uuid[]) l where l <> all(line_ids)), ${KEPT_AGENT}, agent_id = ${to.agentId}, agent_name = ${to.agentName},
      due_on = ${to.dueOn}, note = ${to.note}, assigned_by = ${to.by.userId}, assigned_by_name = ${to.by.name}, assigned_at = ${to.at}
    where visit_id = any(${[...visitIds]}::uuid[]) and state = 'open'`.execute(tx);
};

export interface Closing {
  readonly visitId: string;
  readonly state: VisitState;
  readonly happenedOn: Day | null;
  readonly note: string;
  readonly activityIds: readonly string[];
  readonly by: { readonly userId: string | null; readonly name: string };
  readonly at: Date;
}

export const closeVisitRow = async (tx: Db, closing: Closing): Promise<void> => {
  const { visitId, state, happenedOn, note, activityIds, by, at } = closing;
  await sql`update visits.visit set state = ${state}, happened_on = ${happenedOn}, outcome_note = ${note}, activity_ids = ${[...activityIds]}::uuid[],
    closed_by = ${by.userId}, closed_by_name = ${by.name}, closed_at = ${at} where visit_id = ${visitId} and state = 'open'`.execute(
    tx,
  );
};

/** The orders visits may be asked for. */
export const visitSorts = ['head', 'code', 'village', 'agent', 'due', 'state', 'assigned', 'closed'] as const;

export interface VisitQuery extends Order<(typeof visitSorts)[number]> {
  /** null = everywhere. */
  readonly areas: readonly string[] | null;
  readonly placeId: string | null;
  readonly states: readonly VisitState[] | null;
  readonly agentId: string | null;
  readonly agentName: string | null;
  readonly dueBefore: Day | null;
  readonly subjectId: string | null;
  /** Only these; null = any. */
  readonly visitIds?: readonly string[] | null;
  /** Folded beginning of the head's name or of any word of it; the beginning of a code. */
  readonly text?: string | null;
  readonly code?: string | null;
  /** `villageOrder` of the places looked at, and the order of names, where rows come by them. */
  readonly villages?: string | undefined;
  readonly agents?: string | undefined;
  readonly on: Day;
  readonly limit: number;
  readonly offset: number;
}

/** Names of those who go or went, each once. */
export const agentNames = async (tx: Db): Promise<string[]> =>
  (await sql<{ name: string }>`select distinct agent_name as name from visits.visit`.execute(tx)).rows.map(
    ({ name }) => name,
  );

const ordersOf = ({ villages, agents }: VisitQuery) => ({
  head: sql`v.head_folded`,
  code: sql`v.code`,
  village: sql`(${villages ?? '{}'}::jsonb ->> v."villageId"::text)::int`,
  agent: sql`(${agents ?? '{}'}::jsonb ->> v."agentName")::int`,
  due: sql`v."dueOn"`,
  state: sql`array_position(${[...visitStates]}::text[], v.state)`,
  assigned: sql`v."assignedAt"`,
  closed: sql`v."closedAt"`,
});

const USUAL = sql`v.state <> 'open', case when v.state = 'open' then v."dueOn" end, v."closedAt" desc, v."villageId", v.head_folded, v."visitId"`;

/** Villages that have ended by a day and in which somebody who is or was visited lives, or lived last. */
const endedVillages = async (tx: Db, on: Day): Promise<string[]> => {
  const { rows } = await sql<{ placeId: string }>`
    select distinct e.place_id as "placeId" from (
      select p.place_id from territory.place_version p where p.kind = 'village' group by p.place_id
      having max(coalesce(p.valid_to, 'infinity')) <= ${on}::date) e
    where exists (select 1 from registry.residency r join visits.visit v on v.subject_id = r.subject_id where r.village_id = e.place_id)`.execute(
    tx,
  );
  return rows.map(({ placeId }) => placeId);
};

/** Visits to households that live in the areas today: open ones by due day, then those closed last. */
export const listVisitRows = async (tx: Db, query: VisitQuery): Promise<{ rows: VisitRow[]; total: number }> => {
  // The tree of today does not know a village that has ended; whoever looks after what became of it sees its visits.
  const ended = await endedVillages(tx, query.on);
  const under = async (
    ids: readonly string[],
  ) => sql`(exists (select 1 from territory.place_tree t where t.place_id = v."villageId"
    and t.ancestor_id = any(${[...ids]}::uuid[]) and t.valid_from <= ${query.on}::date and (t.valid_to is null or t.valid_to > ${query.on}::date))
    or v."villageId" = any(${[...(await coveredPlaces(tx, ids, ended, query.on))]}::uuid[]))`;
  const when = (given: unknown, condition: RawBuilder<unknown>) => (given === null ? sql`true` : condition);
  const { text = null, code = null, visitIds = null } = query;
  const called = sql`(${text ? sql`n.head_folded like ${`${text}%`} or n.head_folded like ${`% ${text}%`}` : sql`false`}
    or ${code ? sql`s.code like ${`${code}%`}` : sql`false`})`;
  const found = sql`(select ${VISIT}, ${HOUSEHOLD}, n.head_folded from ${FROM} where ${when(query.states, sql`v.state = any(${query.states}::text[])`)}
      and ${when(query.agentId, sql`v.agent_id = ${query.agentId}`)} and ${when(query.agentName, sql`v.agent_name = ${query.agentName}`)}
      and ${when(query.dueBefore, sql`v.due_on <= ${query.dueBefore}::date`)} and ${when(query.subjectId, sql`v.subject_id = ${query.subjectId}`)}
      and ${when(visitIds, sql`v.visit_id = any(${visitIds}::uuid[])`)} and ${text === null && code === null ? sql`true` : called}) v
    where ${query.areas === null ? sql`true` : await under(query.areas)} and ${query.placeId === null ? sql`true` : await under([query.placeId])}`;
  const [{ rows }, counted] = [
    await sql<VisitRow>`select v.* from ${found} order by ${orderOf(query, ordersOf(query), USUAL)}
      limit ${query.limit} offset ${query.offset}`.execute(tx),
    await sql<{ total: number }>`select count(*)::int as total from ${found}`.execute(tx),
  ];
  return { rows, total: counted.rows[0]!.total };
};

/** The villages where households lived on a day; those that did not exist then, or lived nowhere we know, are not in it. */
export const villagesOn = async (tx: Db, subjectIds: readonly string[], on: Day): Promise<Map<string, string>> => {
  const { rows } = await sql<{ subjectId: string; villageId: string }>`
    select r.subject_id as "subjectId", r.village_id as "villageId" from registry.residency r
    where r.subject_id = any(${[...subjectIds]}::uuid[]) and r.valid_from <= ${on}::date and (r.valid_to is null or r.valid_to > ${on}::date)`.execute(
    tx,
  );
  return new Map(rows.map(({ subjectId, villageId }) => [subjectId, villageId]));
};

/** The open visits to households of these codes, with where each lived on the row's day. */
export const openVisitsByCode = async (
  tx: Db,
  rows: readonly { readonly code: string; readonly on: Day }[],
): Promise<(VisitRow & { on: Day; villageThen: string | null })[]> =>
  (
    await sql<VisitRow & { on: Day; villageThen: string | null }>`
      select ${VISIT}, ${HOUSEHOLD}, a.on_day as on, (select r.village_id from registry.residency r where r.subject_id = v.subject_id
        and r.valid_from <= a.on_day and (r.valid_to is null or r.valid_to > a.on_day)) as "villageThen"
      from unnest(${rows.map(({ code }) => code)}::text[], ${rows.map(({ on }) => on)}::date[]) as a (code, on_day)
      join registry.subject s on s.code = a.code and s.kind = 'household' join visits.visit v on v.subject_id = s.subject_id and v.state = 'open'
      left join registry.subject_now n on n.subject_id = v.subject_id order by v.subject_id`.execute(tx)
  ).rows;

/** Which of the households are known, to whom anybody can go. */
export const knownHouseholds = async (tx: Db, subjectIds: readonly string[]): Promise<string[]> =>
  (
    await sql<{ subjectId: string }>`select n.subject_id as "subjectId" from registry.subject_now n
      where n.kind = 'household' and n.subject_id = any(${[...subjectIds]}::uuid[])`.execute(tx)
  ).rows.map(({ subjectId }) => subjectId);

/** Calls off the open visits to the households that only this import knows of. @returns how many */
export const cancelVisitsOfImport = async (
  tx: Db,
  importId: string,
  closing: Pick<Closing, 'note' | 'by' | 'at'>,
): Promise<number> => {
  const { rows } = await sql<{
    visit_id: string;
  }>`update visits.visit v set state = 'cancelled', outcome_note = ${closing.note},
      closed_by = ${closing.by.userId}, closed_by_name = ${closing.by.name}, closed_at = ${closing.at}
    from registry.subject s where s.subject_id = v.subject_id and s.import_id = ${importId} and v.state = 'open' returning v.visit_id`.execute(
    tx,
  );
  return rows.length;
};

/** What a text's conditions ask of a household on a day; unknown counts as no. */
export const householdConditions = async (
  tx: Db,
  subjectId: string,
  on: Day,
): Promise<{ phone: boolean; children: boolean; elderly: boolean }> => {
  const member = (
    born: RawBuilder<unknown>,
  ) => sql`exists (select 1 from registry.person m where m.subject_id = ${subjectId}
    and m.valid_from <= ${on}::date and (m.valid_to is null or m.valid_to > ${on}::date) and ${born})`;
  // A birth known by its year or month may lie anywhere in it: only who is under 16, or 60, on whatever day of it, counts.
  const unit = sql`coalesce(m.born_precision, 'day')`;
  const first = sql`date_trunc(${unit}, m.born::timestamp)::date`;
  const last = sql`(date_trunc(${unit}, m.born::timestamp) + ('1 ' || ${unit})::interval)::date - 1`;
  const { rows } = await sql<{ phone: boolean; children: boolean; elderly: boolean }>`
    select coalesce((select n.mobiles > 0 from registry.subject_now n where n.subject_id = ${subjectId}), false) as phone,
      ${member(sql`${first} > ${on}::date - interval '16 years'`)} as children,
      ${member(sql`${last} <= ${on}::date - interval '60 years'`)} as elderly`.execute(tx);
  return rows[0]!;
};

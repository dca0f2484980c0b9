import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';
import { compileRule, type Rule, subjectsOn } from '../../audiences/index.ts';
import type { Candidate } from './choose.ts';
import { CAP } from './dispatch.ts';

/** Aged so many full years on a day, as far as is known: of a birth known only by its year the last possible day counts. */
const bornBy = (on: Day, years: number): Day => `${Number(on.slice(0, 4)) - years}${on.slice(4)}`;

const LAST_BORN = sql`case m.born_precision when 'year' then (date_trunc('year', m.born::timestamp) + interval '1 year')::date - 1
  when 'month' then (date_trunc('month', m.born::timestamp) + interval '1 month')::date - 1 else m.born end`;

export interface CandidateQuery {
  readonly rule: Rule;
  /** Villages (for officers: places of their posts). */
  readonly placeIds: readonly string[];
  readonly messageId: string;
  readonly edition: number;
  readonly today: Day;
  readonly at: Date;
  /** Only these; null = the whole audience. */
  readonly subjectIds: readonly string[] | null;
  /** What became of its sendings was looked at to find these: only others count as sent before. Null = all count. */
  readonly activityId: string | null;
}

/** The subjects for whom the rule is true today in these places, by place and code, with what choosing needs. */
export const selectCandidates = async (tx: Db, query: CandidateQuery): Promise<Candidate[]> => {
  const { rule, placeIds, messageId, edition, today, at, subjectIds, activityId } = query;
  const office = rule.subject === 'officer';
  const place = office ? sql`n.place_id` : sql`n.village_id`;
  const spoken = (column: string) =>
    office ? sql`coalesce(${sql.ref(`n.${column}`)}, '{vi}')` : sql.ref(`n.${column}`);
  const since = new Date(at.getTime() - CAP.days * 86_400_000);
  const { rows } = await sql<Candidate>`
    with aimed as materialized (
      select n.subject_id, n.code, n.head_name, ${place} as place_id, ${spoken('languages')} as languages, ${spoken('languages_read')} as languages_read
      from ${subjectsOn(today, today)} n where n.kind = ${rule.subject} and ${place} = any(${[...placeIds]}::uuid[])
        and ${subjectIds === null ? sql`true` : sql`n.subject_id = any(${[...subjectIds]}::uuid[])`} and (${compileRule(rule, today)}) is true
    ), phone as (
      select c.subject_id, jsonb_agg(jsonb_build_object('contactPointId', c.contact_point_id, 'value', c.value, 'kind', c.kind)
        order by coalesce(m.is_head, false) desc, (c.person_id is null) desc, c.value) as phones
      from aimed a join registry.contact_point c on c.subject_id = a.subject_id and c.kind in ('mobile', 'landline', 'email')
        and c.valid_from <= ${today}::date and (c.valid_to is null or c.valid_to > ${today}::date)
      left join registry.person m on m.subject_id = c.subject_id and m.person_id = c.person_id
        and m.valid_from <= ${today}::date and (m.valid_to is null or m.valid_to > ${today}::date)
      group by 1
    ), ages as (
      select m.subject_id, bool_or(m.born > ${bornBy(today, 16)}::date) as children, bool_or(${LAST_BORN} <= ${bornBy(today, 60)}::date) as elderly
      from aimed a join registry.person m on m.subject_id = a.subject_id
        and m.valid_from <= ${today}::date and (m.valid_to is null or m.valid_to > ${today}::date) group by 1
    ), recent as (
      select d.subject_id, count(*)::int as messages from aimed a join delivery.delivery d on d.subject_id = a.subject_id
        and d.sent_at > ${since} and d.state not in ('created', 'withheld', 'failed') group by 1
    ), before as (
      select distinct d.subject_id from aimed a join delivery.delivery d on d.subject_id = a.subject_id
        and d.state in ('created', 'sending', 'accepted', 'delivered', 'uncertain', 'no-receipt')
      join delivery.dispatch s on s.dispatch_id = d.dispatch_id and s.message_id = ${messageId} and s.edition = ${edition}
        and s.activity_id is distinct from ${activityId}::uuid
    )
    select a.subject_id as "subjectId", a.code, a.head_name as name, a.place_id as "placeId", a.languages, a.languages_read as "languagesRead",
      coalesce(p.phones, '[]') as phones, s.first_2 as "reachedOn", coalesce(r.messages, 0) as recent, b.subject_id is not null as "sentBefore",
      coalesce(g.children, false) as children, coalesce(g.elderly, false) as elderly
    from aimed a left join phone p on p.subject_id = a.subject_id left join ages g on g.subject_id = a.subject_id
    left join recent r on r.subject_id = a.subject_id
    left join before b on b.subject_id = a.subject_id
    left join reach.state s on s.subject_id = a.subject_id and s.message_id = ${messageId} and s.edition = ${edition}
    order by a.place_id, a.code, a.subject_id`.execute(tx);
  return rows;
};

/** The commune each place lies in today (a place above the commune: itself), for taking turns. */
export const communesOf = async (tx: Db, placeIds: readonly string[], on: Day): Promise<Map<string, string>> => {
  const { rows } = await sql<{ placeId: string; communeId: string }>`
    select p.place_id as "placeId", coalesce((select t.ancestor_id from territory.place_tree t
      join territory.place_version v on v.place_id = t.ancestor_id and v.kind = 'commune' and v.valid_from <= ${on}::date and (v.valid_to is null or v.valid_to > ${on}::date)
      where t.place_id = p.place_id and t.valid_from <= ${on}::date and (t.valid_to is null or t.valid_to > ${on}::date) limit 1), p.place_id) as "communeId"
    from unnest(${[...placeIds]}::uuid[]) p (place_id)`.execute(tx);
  return new Map(rows.map(({ placeId, communeId }) => [placeId, communeId]));
};

/** Numbers that are surely of no use, by subject: what earlier runs of the same activity found out. */
export const deadNumbers = async (tx: Db, activityId: string): Promise<Map<string, Set<string>>> => {
  const { rows } = await sql<{ subjectId: string; address: string }>`
    select d.subject_id as "subjectId", d.address from delivery.delivery d join delivery.dispatch s on s.dispatch_id = d.dispatch_id
    where s.activity_id = ${activityId} and d.state = 'failed' and d.fault in ('bad-number', 'blocked', 'receipt.rejected')`.execute(
    tx,
  );
  const dead = new Map<string, Set<string>>();
  for (const { subjectId, address } of rows) dead.set(subjectId, (dead.get(subjectId) ?? new Set()).add(address));
  return dead;
};

/** Addresses that an edition is on its way to, came to, or may have come to; another run of an activity minds only others. */
export const numbersSent = async (
  tx: Db,
  { messageId, edition }: { messageId: string; edition: number },
  activityId: string | null,
): Promise<Set<string>> => {
  const { rows } = await sql<{ address: string }>`select distinct d.address from delivery.dispatch s
    join delivery.delivery d on d.dispatch_id = s.dispatch_id and d.state not in ('failed', 'withheld')
    where s.message_id = ${messageId} and s.edition = ${edition} and s.activity_id is distinct from ${activityId}::uuid`.execute(
    tx,
  );
  return new Set(rows.map(({ address }) => address));
};

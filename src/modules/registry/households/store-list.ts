import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { type Order, orderOf } from '../../../platform/list.ts';
import type { Day } from '../../../shared/dates.ts';
import { listedClasses } from '../imports/import.ts';

export interface HouseholdLine {
  readonly subjectId: string;
  readonly code: string;
  readonly synthetic: boolean;
  readonly headName: string | null;
  /** Where it lives; null = in none of our villages any more. */
  readonly villageId: string | null;
  readonly class: string | null;
  readonly classFrom: Day | null;
  /** How many people the last list says it has; null = none said. */
  readonly size: number | null;
  /** How many of them are known by name. */
  readonly members: number;
  readonly mobiles: number;
  /** The day from which it is no more. */
  readonly endedOn: Day | null;
}

/** The orders households may be asked for. */
export const householdSorts = ['head', 'code', 'village', 'class', 'class-from', 'members', 'phones'] as const;

export interface HouseholdQuery extends Order<(typeof householdSorts)[number]> {
  /** null = everywhere. */
  readonly areas: readonly string[] | null;
  readonly placeId: string | null;
  readonly classes: readonly string[] | null;
  /** Folded beginning of the head's name or any word of it, or a code. */
  readonly text: string | null;
  readonly code: string | null;
  /** `villageOrder` of the places looked at, where rows come by village. */
  readonly villages?: string | undefined;
  readonly on: Day;
  readonly limit: number;
  readonly offset: number;
}

/** Households that are no more, as they were last known, in the columns of `subject_now`; found by name or code only. */
const ENDED = sql`
  select s.subject_id, s.code, s.synthetic, h.name as head_name, h.name_folded as head_folded, null::uuid as village_id, null::text as class,
    null::date as class_from, null::int as size, 0 as members, 0 as mobiles, s.exists_to as ended_on
  from registry.subject s left join lateral (select name, name_folded from registry.person p where p.subject_id = s.subject_id and p.is_head
    order by p.valid_from desc limit 1) h on true
  where s.kind = 'household' and s.exists_to is not null
    and not exists (select from registry.subject_now n where n.subject_id = s.subject_id)`;

const NOW = sql`select n.subject_id, n.code, n.synthetic, n.head_name, n.head_folded, n.village_id, n.class, n.class_from, n.size, n.members, n.mobiles,
  null::date as ended_on from registry.subject_now n where n.kind = 'household'`;

const conditionsOf = (query: HouseholdQuery) => {
  // Who lives nowhere any more is looked for where it lived last.
  const lived = sql`coalesce(n.village_id, (select r.village_id from registry.residency r where r.subject_id = n.subject_id
    order by r.valid_from desc limit 1))`;
  const searched = query.text !== null || query.code !== null;
  const under = (ids: readonly string[]) =>
    sql`exists (select 1 from territory.place_tree t where t.place_id = ${searched ? lived : sql`n.village_id`} and t.ancestor_id = any(${ids}::uuid[])
      and t.valid_from <= ${query.on}::date and (t.valid_to is null or t.valid_to > ${query.on}::date))`;
  return [
    sql`true`,
    ...(query.areas ? [under(query.areas)] : []),
    ...(query.placeId ? [under([query.placeId])] : []),
    ...(query.classes ? [sql`n.class = any(${query.classes}::text[])`] : []),
    ...(searched
      ? [
          // Under the code it was first listed with, or any it got since.
          // Text without a letter or digit ("…", "%") is in no name: every name would begin with nothing.
          sql`(${query.text ? sql`n.head_folded like ${`${query.text}%`} or n.head_folded like ${`% ${query.text}%`}` : sql`false`}
            or ${query.code ? sql`n.code like ${`${query.code}%`}` : sql`false`}
            or n.subject_id in (select subject_id from registry.subject_code where code = ${query.code}))`,
        ]
      : []),
  ];
};

const ordersOf = ({ villages }: HouseholdQuery) => ({
  head: sql`n.head_folded`,
  code: sql`n.code`,
  village: sql`(${villages ?? '{}'}::jsonb ->> n.village_id::text)::int`,
  class: sql`array_position(${[...listedClasses]}::text[], n.class)`,
  'class-from': sql`n.class_from`,
  members: sql`coalesce(n.size, n.members)`,
  phones: sql`n.mobiles`,
});

const USUAL = sql`n.ended_on nulls first, n.village_id, n.head_folded, n.code, n.subject_id`;

/** Households as they stand today, by village and head; who looks for one by name or code finds those that ended too, last. */
export const listHouseholds = async (
  tx: Db,
  query: HouseholdQuery,
): Promise<{ rows: HouseholdLine[]; total: number }> => {
  const from = query.text === null && query.code === null ? NOW : sql`${NOW} union all ${ENDED}`;
  const found = sql`from (${from}) n where ${sql.join(conditionsOf(query), sql` and `)}`;
  const { rows } = await sql<HouseholdLine>`
    select n.subject_id as "subjectId", n.code, n.synthetic, n.head_name as "headName", n.village_id as "villageId", n.class, n.class_from as "classFrom",
      n.size, n.members, n.mobiles, n.ended_on as "endedOn"
    ${found} order by ${orderOf(query, ordersOf(query), USUAL)} limit ${query.limit} offset ${query.offset}`.execute(
    tx,
  );
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(tx);
  return { rows, total: count[0]!.total };
};

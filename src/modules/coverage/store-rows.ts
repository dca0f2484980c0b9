import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { type Order, orderOf } from '../../platform/list.ts';
import type { Day } from '../../shared/dates.ts';
import { lastReached } from '../reach/index.ts';
import { listedClasses } from '../registry/index.ts';
import type { Facet, Scope } from './cells.ts';
import { subjectRows } from './store-cells.ts';

export const figureNames = [
  'n',
  'could_hear',
  's2',
  's3',
  's4',
  's5',
  'declared',
  'unknown',
  'reached',
  'not-reached',
] as const;

export type FigureName = (typeof figureNames)[number];

export interface SubjectRow {
  readonly subjectId: string;
  readonly kind: 'household' | 'officer';
  readonly code: string;
  readonly headName: string | null;
  readonly placeId: string;
  readonly class: string | null;
  readonly languages: readonly string[] | null;
  readonly couldHear: boolean;
  /** The best stage on the day, and since when; null = none. */
  readonly stage: number | null;
  readonly since: Day | null;
  /** That stage is known by a mere declaration only. */
  readonly declared: boolean;
}

/** The orders the subjects behind a figure may be asked for. */
export const rowSorts = ['head', 'code', 'place', 'class', 'language', 'stage', 'since'] as const;

export interface RowsQuery extends Order<(typeof rowSorts)[number]> {
  readonly scope: Scope;
  readonly what: FigureName;
  /** The line's, for `reached`, `not-reached`, `declared`. */
  readonly threshold: number;
  readonly facet: Facet;
  readonly value: string;
  /** Folded beginning of the head's name or of any word of it; the beginning of a code. Null = anybody. */
  readonly text?: string | null;
  readonly code?: string | null;
  /** Places in the order of their names, as JSON, where rows come by them. */
  readonly places?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const condition = ({ what, threshold }: RowsQuery): RawBuilder<unknown> => {
  const reached = sql.ref(`x.s${threshold}`);
  switch (what) {
    case 'n':
      return sql`x.counted`;
    case 'could_hear':
      return sql`x.counted and x.could_hear`;
    case 'declared':
      return sql`x.counted and ${sql.ref(`x.d${threshold}`)}`;
    case 'unknown':
      return sql`x.counted is null`;
    case 'reached':
      return sql`x.counted and ${reached}`;
    case 'not-reached':
      return sql`x.counted and not ${reached}`;
    default:
      return sql`x.counted and ${sql.ref(`x.${what}`)}`;
  }
};

const inFacet = ({ facet, value }: RowsQuery): RawBuilder<unknown> => {
  if (facet === 'class') return sql`x.kind = 'household' and coalesce(x.class, 'unknown') = ${value}`;
  if (facet === 'language')
    return value === 'unknown' ? sql`coalesce(cardinality(x.languages), 0) = 0` : sql`${value} = any(x.languages)`;
  return sql`true`;
};

const called = ({ text = null, code = null }: RowsQuery): RawBuilder<unknown> =>
  text === null && code === null
    ? sql`true`
    : sql`(${text ? sql`x.head_folded like ${`${text}%`} or x.head_folded like ${`% ${text}%`}` : sql`false`}
        or ${code ? sql`x.code like ${`${code}%`}` : sql`false`})`;

const STAGE = sql`case when x.s5 then 5 when x.s4 then 4 when x.s3 then 3 when x.s2 then 2 end`;
const SINCE = sql`case when x.s5 then x.first_5 when x.s4 then x.first_4 when x.s3 then x.first_3 when x.s2 then x.first_2 end`;

const ordersOf = ({ places }: RowsQuery) => ({
  head: sql`x.head_folded`,
  code: sql`x.code`,
  place: sql`(${places ?? '{}'}::jsonb ->> x.place_id::text)::int`,
  class: sql`array_position(${[...listedClasses]}::text[], x.class)`,
  language: sql`nullif(array_to_string(x.languages, ' '), '')`,
  // Who could hear something stands before who has got nothing.
  stage: sql`coalesce(${STAGE}, case when x.could_hear then 1 else 0 end)`,
  since: SINCE,
});

/** The subjects behind a figure: the same query, not grouped. By place, head and code. */
export const selectRows = async (tx: Db, query: RowsQuery): Promise<{ rows: SubjectRow[]; total: number }> => {
  const found = sql`from (${subjectRows(query.scope)}) x where ${condition(query)} and ${inFacet(query)} and ${called(query)}`;
  const { rows } = await sql<SubjectRow & { total: number }>`
    select x.subject_id as "subjectId", x.kind, x.code, x.head_name as "headName", x.place_id as "placeId", x.class, x.languages,
      x.could_hear as "couldHear",
      ${STAGE} as stage, ${SINCE} as since,
      case when x.s5 then x.d5 when x.s4 then x.d4 when x.s3 then x.d3 else x.d2 end as declared,
      count(*) over ()::int as total
    ${found} order by ${orderOf(query, ordersOf(query), sql`x.place_id, x.head_folded, x.code, x.subject_id`)}
    limit ${query.limit} offset ${query.offset}`.execute(tx);
  if (rows.length > 0 || query.offset === 0)
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  // Beyond the last page there is no row to tell how many there are.
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(tx);
  return { rows: [], total: count[0]!.total };
};

/** Of the subjects reached by a day, those with no evidence so strong from the line's first day on. */
export const countEarlierRows = async (
  tx: Db,
  { scope, threshold, startsOn }: { readonly scope: Scope; readonly threshold: number; readonly startsOn: Day },
): Promise<number> => {
  const [reached, first] = [sql.ref(`x.s${threshold}`), sql.ref(`x.first_${threshold}`)];
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (${subjectRows(scope)}) x
    where x.counted and ${reached} and ${first} < ${startsOn}::date
      and ${lastReached(sql`x.subject_id`, scope.line, scope.on, threshold)} < ${startsOn}::date`.execute(tx);
  return rows[0]?.count ?? 0;
};

/** Of how many lines a subject is meant by (`of`), on how many it is reached; how many subjects there are of each. */
export interface Reachedness {
  readonly of: number;
  readonly reached: number;
  readonly subjects: number;
}

/** Subjects of several lines, each by its own threshold; the least reached first. */
export const countReachedLines = async (
  tx: Db,
  lines: readonly { readonly scope: Scope; readonly threshold: number }[],
): Promise<Reachedness[]> => {
  const each = lines.map(
    ({ scope, threshold }) =>
      sql`select x.subject_id, ${sql.ref(`x.s${threshold}`)} as reached from (${subjectRows(scope)}) x where x.counted`,
  );
  const { rows } = await sql<Reachedness>`
    select s.of, s.reached, count(*)::int as subjects from (
      select u.subject_id, count(*)::int as of, count(*) filter (where u.reached)::int as reached
      from (${sql.join(each, sql` union all `)}) u group by u.subject_id) s
    group by s.of, s.reached order by s.reached, s.of desc`.execute(tx);
  return rows;
};

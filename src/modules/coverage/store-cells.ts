import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { compileRule, subjectsOn } from '../audiences/index.ts';
import { type EndedUnder, endedUnder } from '../territory/index.ts';
import type { Cell, Facet, NOW, Scope } from './cells.ts';

/**
 * The one query of every figure, before it is grouped: a row per subject in the places for whom the rule is true (`counted`)
 * or cannot be said (`counted` null). An exposure meets a household through where it lived that day and what it understood
 * then; days are drawn together first, since a village hears the same loudspeaker many times.
 */
export const subjectRows = ({ line, rule, on, today, placeIds }: Scope): RawBuilder<unknown> => {
  const place = rule.subject === 'household' ? sql`n.village_id` : sql`n.place_id`;
  const at = (k: 2 | 3 | 4 | 5) => {
    const [first, proven] = [sql.ref(`s.first_${k}`), sql.ref(`s.proven_${k}`)];
    return sql`coalesce(${first} <= ${on}::date, false) as ${sql.ref(`s${k}`)},
      coalesce(${first} <= ${on}::date and not coalesce(${proven} <= ${on}::date, false), false) as ${sql.ref(`d${k}`)}`;
  };
  return sql`
    with told as materialized (
      select distinct e.place_id, e.language, e.happened_on from reach.exposure_in_force e
      where e.message_id = ${line.messageId} and e.edition = ${line.edition} and e.happened_on <= ${on}::date
    ), aimed as materialized (
      select n.subject_id, n.kind, n.code, n.head_name, n.head_folded, n.place_id, n.class, n.languages, (${compileRule(rule, on)}) as counted
      from ${subjectsOn(on, today)} n where n.kind = ${rule.subject} and ${place} = any(${placeIds}::uuid[])
    ), heard as (
      select distinct a.subject_id from aimed a
      join registry.residency r on r.subject_id = a.subject_id
      join registry.profile p on p.subject_id = a.subject_id
      join told t on t.place_id = r.village_id and t.language = any(p.languages)
        and t.happened_on >= r.valid_from and (r.valid_to is null or t.happened_on < r.valid_to)
        and t.happened_on >= p.valid_from and (p.valid_to is null or t.happened_on < p.valid_to)
      where a.counted
    )
    select a.*, (h.subject_id is not null or coalesce(s.exposed_on <= ${on}::date, false)) as could_hear,
      s.first_2, s.first_3, s.first_4, s.first_5, ${sql.join([at(2), at(3), at(4), at(5)])}
    from aimed a
    left join heard h on h.subject_id = a.subject_id
    left join reach.state s on s.subject_id = a.subject_id and s.message_id = ${line.messageId} and s.edition = ${line.edition}
    where a.counted is not false`;
};

/** The rows of a value of a facet: what `facetOf` puts in the column `value` is one of these for the subject. */
const FACETS = sql`
  select 'all' as facet, '' as value
  union all
  -- Officers have no class.
  select 'class', coalesce(x.class, 'unknown') where x.counted and x.kind = 'household'
  union all
  select distinct 'language', known from unnest(case when cardinality(x.languages) > 0 then x.languages else '{unknown}' end) known
  where x.counted`;

const COUNTS = sql.raw(
  [
    'count(*) filter (where x.counted)::int as n',
    'count(*) filter (where x.counted and x.could_hear)::int as could_hear',
    ...['s2', 's3', 's4', 's5', 'd2', 'd3', 'd4', 'd5'].map(
      (name) => `count(*) filter (where x.counted and x.${name})::int as ${name}`,
    ),
    'count(*) filter (where x.counted is null)::int as unknown',
  ].join(', '),
);

const cellQuery = (scope: Scope): RawBuilder<unknown> => sql`
  select x.place_id, f.facet, f.value, ${COUNTS}
  from (${subjectRows(scope)}) x cross join lateral (${FACETS}) f
  group by 1, 2, 3`;

const CELL = sql`c.place_id as "placeId", c.facet, c.value, c.n, c.could_hear as "couldHear", c.s2, c.s3, c.s4, c.s5, c.d2, c.d3, c.d4, c.d5, c.unknown`;

/** The cells of own places, computed from the facts; nothing is written. */
export const selectCells = async (tx: Db, scope: Scope): Promise<Cell[]> =>
  (await sql<Cell>`select ${CELL} from (${cellQuery(scope)}) c`.execute(tx)).rows;

/** Writes the cells of own places, in the stead of those of `instead` (null = of all places of the line). */
export const writeBaseCells = async (
  tx: Db,
  asOf: Day | typeof NOW,
  scope: Scope,
  instead: readonly string[] | null,
): Promise<void> => {
  await sql`delete from coverage.base_cell where as_of = ${asOf}::date and line_id = ${scope.line.lineId}
    and ${instead === null ? sql`true` : sql`place_id = any(${instead}::uuid[])`}`.execute(tx);
  await sql`insert into coverage.base_cell (as_of, line_id, place_id, facet, value, n, could_hear, s2, s3, s4, s5, d2, d3, d4, d5, unknown)
    select ${asOf}::date, ${scope.line.lineId}::uuid, c.* from (${cellQuery(scope)}) c`.execute(tx);
};

/**
 * Under what these places lie on a day; under a place that has ended by then, if they lay in it on its last day; villages
 * that have ended, under what stands for them. The same sense as territory's `placesUnder`, for many places at once.
 */
const membership = (placeIds: RawBuilder<unknown>, on: Day, ended: readonly EndedUnder[]): RawBuilder<unknown> => sql`
  select t.place_id, t.ancestor_id from territory.place_tree t where t.place_id in (${placeIds})
    and t.valid_from <= ${on}::date and (t.valid_to is null or t.valid_to > ${on}::date)
  union
  select t.place_id, t.ancestor_id from territory.place_tree t
  join territory.place_tree u on u.place_id = t.ancestor_id and u.ancestor_id = t.ancestor_id and u.valid_to <= ${on}::date
  where t.place_id in (${placeIds}) and t.valid_to = u.valid_to
  union
  select e.place_id, e.ancestor_id
  from unnest(${ended.map(({ placeId }) => placeId)}::uuid[], ${ended.map(({ ancestorId }) => ancestorId)}::uuid[]) as e (place_id, ancestor_id)`;

/**
 * Writes the cells of places of every level, summed from those of own places by the map of the day: all of the line, or
 * those that `placeIds` lie under or ever lay under.
 */
export const writeCells = async (
  tx: Db,
  asOf: Day | typeof NOW,
  lineId: string,
  on: Day,
  placeIds: readonly string[] | null,
): Promise<void> => {
  const own = sql`select o.place_id from coverage.base_cell o where o.as_of = ${asOf}::date and o.line_id = ${lineId}`;
  const { rows } = await sql<{ placeId: string }>`select distinct o.place_id as "placeId" from (${own}) o`.execute(tx);
  const ended = await endedUnder(tx, [...new Set([...rows.map(({ placeId }) => placeId), ...(placeIds ?? [])])], on);
  const also = ended.filter(({ placeId }) => placeIds?.includes(placeId)).map(({ ancestorId }) => ancestorId);
  const above = (place: RawBuilder<unknown>) =>
    placeIds === null
      ? sql`true`
      : sql`${place} in (select a.ancestor_id from territory.place_tree a where a.place_id = any(${placeIds}::uuid[])
          union all select unnest(${also}::uuid[]))`;
  await sql`delete from coverage.cell where as_of = ${asOf}::date and line_id = ${lineId} and ${above(sql`place_id`)}`.execute(
    tx,
  );
  await sql`insert into coverage.cell (as_of, line_id, place_id, facet, value, n, could_hear, s2, s3, s4, s5, d2, d3, d4, d5, unknown)
    select ${asOf}::date, ${lineId}::uuid, m.ancestor_id, b.facet, b.value, sum(b.n)::int, sum(b.could_hear)::int, sum(b.s2)::int,
      sum(b.s3)::int, sum(b.s4)::int, sum(b.s5)::int, sum(b.d2)::int, sum(b.d3)::int, sum(b.d4)::int, sum(b.d5)::int, sum(b.unknown)::int
    from coverage.base_cell b join (${membership(own, on, ended)}) m on m.place_id = b.place_id
    where b.as_of = ${asOf}::date and b.line_id = ${lineId} and ${above(sql`m.ancestor_id`)}
    group by m.ancestor_id, b.facet, b.value`.execute(tx);
};

interface KeptCells {
  readonly asOf: Day | typeof NOW;
  readonly lineIds: readonly string[];
  readonly placeIds: readonly string[];
  readonly facet: Facet;
  /** Whose cells of everybody (`all`) are wanted beside those of the facet; null = of each place. */
  readonly allOf: string | null;
}

/** Cells as they are kept, by line: of own places, or of places of every level. */
export const readCells = async (
  tx: Db,
  table: 'base_cell' | 'cell',
  { asOf, lineIds, placeIds, facet, allOf }: KeptCells,
): Promise<Map<string, Cell[]>> => {
  // Ten thousand cells are a province's page: as one text a line they cost half of what they cost as JSON or as rows.
  const { rows } = await sql<{ lineId: string; cells: string }>`
    select c.line_id as "lineId", string_agg(concat_ws(' ', c.place_id, c.facet, c.n, c.could_hear, c.s2, c.s3, c.s4, c.s5,
      c.d2, c.d3, c.d4, c.d5, c.unknown, c.value), E'\\n') as cells
    from ${sql.table(`coverage.${table}`)} c where c.as_of = ${asOf}::date and c.line_id = any(${[...lineIds]}::uuid[])
      and c.place_id = any(${[...placeIds]}::uuid[]) and (c.facet = ${facet} or (c.facet = 'all' and ${allOf === null ? sql`true` : sql`c.place_id = ${allOf}::uuid`}))
    group by c.line_id`.execute(tx);
  return new Map(rows.map(({ lineId, cells }) => [lineId, cellsOf(cells)]));
};

/** Read letter by letter: splitting ten thousand lines into words costs several times as much. */
const cellsOf = (text: string): Cell[] => {
  let at = 0;
  const upTo = (end: string): string => {
    const found = text.indexOf(end, at);
    const word = text.slice(at, found < 0 ? text.length : found);
    at += word.length + 1;
    return word;
  };
  const count = (): number => {
    let number = 0;
    for (let code = text.charCodeAt(at++); code !== SPACE; code = text.charCodeAt(at++))
      number = number * 10 + code - ZERO;
    return number;
  };
  const cells: Cell[] = [];
  while (at < text.length) {
    const [placeId, facet] = [upTo(' '), upTo(' ') as Facet];
    const [n, couldHear] = [count(), count()];
    const [s2, s3, s4, s5] = [count(), count(), count(), count()];
    const [d2, d3, d4, d5] = [count(), count(), count(), count()];
    const unknown = count();
    cells.push({ placeId, facet, value: upTo('\n'), n, couldHear, s2, s3, s4, s5, d2, d3, d4, d5, unknown });
  }
  return cells;
};

const [ZERO, SPACE] = [48, 32];

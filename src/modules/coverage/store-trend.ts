import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { NOW, type Numbers } from './cells.ts';

type Stages = Pick<Numbers, 'n' | 'couldHear' | 's2' | 's3' | 's4' | 's5'>;

export interface LineCell {
  readonly lineId: string;
  readonly now: Stages;
  /** The newest closed month end with figures of these places; null = none yet. */
  readonly closed: (Stages & { readonly asOf: Day; readonly edition: number; readonly threshold: number }) | null;
}

/**
 * Of each line, the kept figures of now and of its newest closed month end, in these places together (none within another).
 * Read, never computed: a line without figures of now, or a place without those of the month end, is left out.
 */
export const lineCells = async (
  tx: Db,
  lineIds: readonly string[],
  placeIds: readonly string[],
): Promise<LineCell[]> => {
  const columns = { n: 'n', couldHear: 'could_hear', s2: 's2', s3: 's3', s4: 's4', s5: 's5' };
  const sums = sql.raw(
    Object.entries(columns)
      .map(([name, column]) => `'${name}', sum(c.${column})::int`)
      .join(', '),
  );
  const cells = (
    asOf: ReturnType<typeof sql>,
  ) => sql`select jsonb_build_object(${sums}) as sums, count(*)::int as places from coverage.cell c
    where c.as_of = ${asOf} and c.line_id = l.line_id and c.place_id = any(${[...placeIds]}::uuid[]) and c.facet = 'all'`;
  const { rows } = await sql<LineCell>`
    select l.line_id as "lineId", now.sums as now, case when past.places = now.places then past.sums || jsonb_build_object('asOf', k.as_of,
      'edition', k.edition, 'threshold', k.threshold) end as closed
    from unnest(${[...lineIds]}::uuid[]) l (line_id)
    join coverage.computed d on d.line_id = l.line_id
    join lateral (${cells(sql`${NOW}::date`)}) now on now.places > 0
    left join lateral (select k.as_of, k.edition, k.threshold from coverage.closing k where k.line_id = l.line_id order by k.as_of desc limit 1) k on true
    left join lateral (${cells(sql`k.as_of`)}) past on true`.execute(tx);
  return rows;
};

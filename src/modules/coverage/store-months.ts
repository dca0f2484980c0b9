import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import type { Numbers } from './cells.ts';

export type MonthNumbers = Pick<Numbers, 'n' | 'couldHear' | 's2' | 's3' | 's4' | 's5'>;

export interface MonthCell extends MonthNumbers {
  readonly on: Day;
  readonly placeId: string;
}

/** Of a line, what was closed on these days in each of these own places; days and places without figures are left out. */
export const closedCells = async (
  tx: Db,
  lineId: string,
  days: readonly Day[],
  placeIds: readonly string[],
): Promise<MonthCell[]> => {
  const { rows } = await sql<MonthCell>`
    select c.as_of as "on", c.place_id as "placeId", c.n, c.could_hear as "couldHear", c.s2, c.s3, c.s4, c.s5
    from coverage.base_cell c where c.line_id = ${lineId} and c.as_of = any(${[...days]}::date[]) and c.facet = 'all'
      and c.place_id = any(${[...placeIds]}::uuid[])`.execute(tx);
  return rows;
};

import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import type { VisitState } from './visit.ts';

export interface VillageVisits {
  /** null = where the household lives, or lived last, is not known. */
  readonly villageId: string | null;
  readonly state: VisitState;
  /** Open, and its day has passed; open, and its day is today. */
  readonly overdue: boolean;
  readonly today: boolean;
  readonly count: number;
}

/** How many visits are open, and how many were closed since, by village, state and whether they are late. */
export const countVisitRows = async (
  tx: Db,
  { today, since }: { today: Day; since: Date },
): Promise<VillageVisits[]> => {
  const { rows } = await sql<VillageVisits>`
    select v."villageId", v.state, v.state = 'open' and v.due_on < ${today}::date as overdue, v.state = 'open' and v.due_on = ${today}::date as today,
      count(*)::int as count
    from (
      select v.state, v.due_on, coalesce(n.village_id, (select r.village_id from registry.residency r where r.subject_id = v.subject_id
        order by r.valid_from desc limit 1)) as "villageId"
      from visits.visit v left join registry.subject_now n on n.subject_id = v.subject_id
      where v.state = 'open' or v.closed_at >= ${since}
    ) v group by 1, 2, 3, 4`.execute(tx);
  return rows;
};

import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { DeliveryState, Fault } from './dispatch.ts';

export interface Unseen {
  readonly dispatchId: string;
  readonly lineId: string;
  readonly state: DeliveryState;
  readonly fault: Fault | null;
  readonly count: number;
}

const badly = sql`('failed', 'no-receipt', 'uncertain', 'withheld')`;

/** Nobody has to do anything about these: the household or the work is no more. */
const NOTHING_TO_DO = ['gone', 'plan-closed', 'taken-back'] satisfies Fault[];

/**
 * Of sendings since a moment, how many subjects in these places were not reached and are nobody's yet, by sending and cause:
 * of each the newest try counts; those reached meanwhile by whatever way, or with a visit open for the line, are left out.
 */
export const countUnseen = async (
  tx: Db,
  { since, placeIds }: { since: Date; placeIds: readonly string[] },
): Promise<Unseen[]> => {
  const { rows } = await sql<Unseen>`
    with recent as materialized (
      select s.dispatch_id, s.activity_id, s.line_id, s.message_id, s.edition, s.run from delivery.dispatch s
      join plans.activity_in_force a on a.activity_id = s.activity_id
      where s.created_at >= ${since} and s.place_ids && ${[...placeIds]}::uuid[]
    )
    select r.dispatch_id as "dispatchId", r.line_id as "lineId", d.state, d.fault, count(*)::int as count from recent r
    join delivery.delivery d on d.dispatch_id = r.dispatch_id and d.state in ${badly}
    left join reach.state t on t.subject_id = d.subject_id and t.message_id = r.message_id and t.edition = r.edition
    where d.place_id = any(${[...placeIds]}::uuid[]) and coalesce(d.fault, '') <> all(${NOTHING_TO_DO}::text[]) and t.first_2 is null
      and not exists (select 1 from recent l join delivery.delivery o on o.dispatch_id = l.dispatch_id and o.subject_id = d.subject_id
        where l.activity_id = r.activity_id and l.run > r.run)
      and not exists (select 1 from visits.visit_seen v where v.subject_id = d.subject_id and v.state = 'open' and v.line_ids @> array[r.line_id])
    group by 1, 2, 3, 4 order by 1 desc, 5 desc, 3, 4`.execute(tx);
  return rows;
};

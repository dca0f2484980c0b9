import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { ThingKind } from './thing.ts';

/** By what people know a thing; `position` for a line of the plan of that code. */
export interface ThingCode {
  readonly id: string;
  readonly kind: ThingKind;
  readonly code: string;
  readonly position: number | null;
}

/**
 * Codes of households, officers, plans, lines, messages and audiences; of a sending those of its line and its number (as it is
 * typed at the terminal), of a visit that of the household. Other ids have none.
 */
export const codesOf = async (tx: Db, ids: readonly string[]): Promise<Map<string, ThingCode>> => {
  const wanted = sql`any(${[...new Set(ids)]}::uuid[])`;
  const { rows } = await sql<ThingCode>`
    select subject_id as id, case kind when 'officer' then 'officer' else 'subject' end as kind, code, null::int as position
      from registry.subject where subject_id = ${wanted}
    union all select plan_id, 'plan', code, null from plans.plan where plan_id = ${wanted}
    union all select l.line_id, 'line', p.code, l.position from plans.plan_line l join plans.plan p using (plan_id) where l.line_id = ${wanted}
    union all select s.dispatch_id, 'dispatch', p.code || ':' || l.position || ':' || s.run, null from delivery.dispatch s
      join plans.plan_line l using (line_id) join plans.plan p using (plan_id) where s.dispatch_id = ${wanted}
    union all select v.visit_id, 'visit', s.code, null from visits.visit v join registry.subject s using (subject_id) where v.visit_id = ${wanted}
    union all select message_id, 'message', code, null from content.message where message_id = ${wanted}
    union all select audience_id, 'audience', code, null from audiences.audience where audience_id = ${wanted}`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row]));
};

/** What a code may mean: a household under any code it was listed by, a plan with its lines, a message, an audience. */
export const idsByCode = async (tx: Db, code: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select subject_id as id from registry.subject where code = ${code}
    union select subject_id from registry.subject_code where code = ${code}
    union select plan_id from plans.plan where code = ${code}
    union select l.line_id from plans.plan_line l join plans.plan p using (plan_id) where p.code = ${code}
    union select message_id from content.message where code = ${code}
    union select audience_id from audiences.audience where code = ${code}`.execute(tx);
  return rows.map(({ id }) => id);
};

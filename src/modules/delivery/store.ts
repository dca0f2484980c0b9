import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { compileRule, type Rule, subjectsOn } from '../audiences/index.ts';

export interface AudienceHousehold {
  readonly subjectId: string;
  readonly code: string;
  readonly headName: string | null;
  /** The line's rule: true, false, or null where something of it is unknown. */
  readonly aimed: boolean | null;
}

/** The households of a village on a day, those first whom the rule means, by name. */
export const householdsOfVillage = async (
  tx: Db,
  { villageId, rule, on, today }: { villageId: string; rule: Rule; on: Day; today: Day },
): Promise<AudienceHousehold[]> => {
  const { rows } = await sql<AudienceHousehold>`
    select h."subjectId", h.code, h."headName", h.aimed from (
      select n.subject_id as "subjectId", n.code, n.head_name as "headName", n.head_folded, ${compileRule(rule, on)} as aimed
      from ${subjectsOn(on, today)} n where n.kind = 'household' and n.village_id = ${villageId}) h
    join registry.subject s on s.subject_id = h."subjectId" and s.exists_from <= ${on}::date and (s.exists_to is null or s.exists_to > ${on}::date)
    order by (h.aimed is true) desc, h.head_folded, h.code`.execute(tx);
  return rows;
};

/** Of these places, those that are villages on a day. */
export const villagesAmong = async (tx: Db, placeIds: readonly string[], on: Day): Promise<string[]> => {
  const { rows } = await sql<{ placeId: string }>`select v.place_id as "placeId" from territory.place_version v
    where v.place_id = any(${placeIds}::uuid[]) and v.kind = 'village' and v.valid_from <= ${on}::date
      and (v.valid_to is null or v.valid_to > ${on}::date)`.execute(tx);
  return rows.map(({ placeId }) => placeId);
};

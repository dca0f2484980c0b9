import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';

/** A household as a list may mean it, where it lived on the day. */
export interface KnownHousehold {
  readonly subjectId: string;
  readonly code: string;
  /** All codes it was ever listed under. */
  readonly codes: readonly string[];
  readonly headName: string | null;
  readonly headFolded: string | null;
  readonly villageId: string;
  /** What it understood on the day; null = nothing is known. */
  readonly languages: readonly string[] | null;
}

const select = async (tx: Db, on: Day, where: RawBuilder<unknown>): Promise<KnownHousehold[]> => {
  const { rows } = await sql<KnownHousehold>`
    select s.subject_id as "subjectId", s.code, r.village_id as "villageId", h.name as "headName", h.name_folded as "headFolded", f.languages,
      array(select c.code from registry.subject_code c where c.subject_id = s.subject_id) || s.code as codes
    from registry.residency r join registry.subject s on s.subject_id = r.subject_id and s.kind = 'household'
      and s.exists_from <= ${on}::date and (s.exists_to is null or s.exists_to > ${on}::date)
    left join lateral (select p.name, p.name_folded from registry.person p where p.subject_id = s.subject_id and p.is_head
      and p.valid_from <= ${on}::date and (p.valid_to is null or p.valid_to > ${on}::date) order by p.valid_from desc limit 1) h on true
    left join registry.profile f on f.subject_id = s.subject_id and f.valid_from <= ${on}::date and (f.valid_to is null or f.valid_to > ${on}::date)
    where r.valid_from <= ${on}::date and (r.valid_to is null or r.valid_to > ${on}::date) and ${where}
    order by h.name_folded, s.code`.execute(tx);
  return rows;
};

/** The households that lived in a village on a day. */
export const householdsIn = (tx: Db, villageId: string, on: Day): Promise<KnownHousehold[]> =>
  select(tx, on, sql`r.village_id = ${villageId}`);

/** The households with these codes, wherever they lived on a day. */
export const householdsCalled = (tx: Db, codes: readonly string[], on: Day): Promise<KnownHousehold[]> =>
  select(
    tx,
    on,
    sql`s.subject_id in (select x.subject_id from registry.subject x where x.code = any(${codes}::text[])
      union all select c.subject_id from registry.subject_code c where c.code = any(${codes}::text[]))`,
  );

export const householdsById = (tx: Db, ids: readonly string[], on: Day): Promise<KnownHousehold[]> =>
  select(tx, on, sql`s.subject_id = any(${ids}::uuid[])`);

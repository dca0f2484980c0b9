import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';

export interface NewOfficer {
  readonly subjectId: string;
  readonly personId: string;
  readonly code: string;
  readonly synthetic: boolean;
  readonly name: string;
  readonly folded: string;
  readonly body: string;
  readonly post: string;
  readonly placeId: string;
  readonly contacts: readonly {
    readonly contactPointId: string;
    readonly kind: 'mobile' | 'landline' | 'email';
    readonly value: string;
  }[];
  readonly from: Day;
  readonly at: Date;
}

/** An officer is a subject with one person in it, a post, and contact points. */
export const insertOfficer = async (tx: Db, officer: NewOfficer): Promise<void> => {
  const { subjectId, personId, from, at } = officer;
  await sql`insert into registry.subject (subject_id, kind, code, synthetic, exists_from, recorded_at)
    values (${subjectId}, 'officer', ${officer.code}, ${officer.synthetic}, ${from}, ${at})`.execute(tx);
  await sql`insert into registry.person (subject_id, person_id, name, name_folded, relation, is_head, valid_from, recorded_at)
    values (${subjectId}, ${personId}, ${officer.name}, ${officer.folded}, 'cán bộ', true, ${from}, ${at})`.execute(tx);
  await sql`insert into registry.officer_post (subject_id, valid_from, body, function, place_id, recorded_at)
    values (${subjectId}, ${from}, ${officer.body}, ${officer.post}, ${officer.placeId}, ${at})`.execute(tx);
  for (const { contactPointId, kind, value } of officer.contacts) {
    await sql`insert into registry.contact_point (subject_id, contact_point_id, kind, value, person_id, valid_from, recorded_at)
      values (${subjectId}, ${contactPointId}, ${kind}, ${value}, ${personId}, ${from}, ${at})`.execute(tx);
  }
};

export const refreshOfficer = async (tx: Db, subjectId: string, today: Day): Promise<void> => {
  await sql`delete from registry.subject_now where subject_id = ${subjectId}`.execute(tx);
  await sql`insert into registry.subject_now select n.*, ${today}::date from registry.subject_at(${today}::date) n
    where n.subject_id = ${subjectId}`.execute(tx);
};

export interface OfficerRow {
  readonly subjectId: string;
  readonly code: string;
  readonly name: string;
  readonly body: string;
  readonly post: string;
  readonly placeId: string;
  readonly from: Day;
  readonly to: Day | null;
  readonly contacts: readonly string[];
}

/** Officers whose post lies in the areas (and below the place) on a day; `areas` null = all. By body and name. */
export const listOfficerRows = async (
  tx: Db,
  { areas, placeId, on }: { areas: readonly string[] | null; placeId: string | null; on: Day },
): Promise<OfficerRow[]> => {
  const under = (
    ids: readonly string[],
  ) => sql`exists (select 1 from territory.place_tree t where t.place_id = p.place_id
    and t.ancestor_id = any(${ids}::uuid[]) and t.valid_from <= ${on}::date and (t.valid_to is null or t.valid_to > ${on}::date))`;
  const { rows } = await sql<OfficerRow>`
    select s.subject_id as "subjectId", s.code, h.name, p.body, p.function as post, p.place_id as "placeId", p.valid_from as "from", p.valid_to as "to",
      array(select c.value from registry.contact_point c where c.subject_id = s.subject_id and c.valid_from <= ${on}::date
        and (c.valid_to is null or c.valid_to > ${on}::date) order by c.kind, c.value) as contacts
    from registry.subject s
    join registry.officer_post p on p.subject_id = s.subject_id and p.valid_from <= ${on}::date and (p.valid_to is null or p.valid_to > ${on}::date)
    join registry.person h on h.subject_id = s.subject_id and h.is_head and h.valid_from <= ${on}::date and (h.valid_to is null or h.valid_to > ${on}::date)
    where s.kind = 'officer' and ${areas === null ? sql`true` : under(areas)} and ${placeId === null ? sql`true` : under([placeId])}
    order by p.body, h.name_folded, s.code`.execute(tx);
  return rows;
};

/** The places of an officer's posts; empty for an unknown one. */
export const placesOfOfficer = async (tx: Db, subjectId: string): Promise<string[]> => {
  const { rows } = await sql<{ placeId: string }>`select distinct p.place_id as "placeId" from registry.officer_post p
    join registry.subject s on s.subject_id = p.subject_id and s.kind = 'officer' where p.subject_id = ${subjectId}`.execute(
    tx,
  );
  return rows.map(({ placeId }) => placeId);
};

/** Ends an officer's post, person and contact points from a day on; @returns false when it had ended already. */
export const endOfficerRows = async (tx: Db, subjectId: string, on: Day): Promise<boolean> => {
  const { rows } = await sql<{ subject_id: string }>`update registry.subject set exists_to = ${on}, end_reason = 'gone'
    where subject_id = ${subjectId} and exists_to is null and exists_from < ${on}::date returning subject_id`.execute(
    tx,
  );
  if (rows.length === 0) return false;
  for (const table of ['officer_post', 'person', 'contact_point'] as const) {
    await sql`update registry.${sql.raw(table)} set valid_to = ${on} where subject_id = ${subjectId} and valid_to is null`.execute(
      tx,
    );
  }
  return true;
};

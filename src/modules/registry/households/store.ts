import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';
import type { HowRefused } from '../refusals/refusal.ts';

const onDay = (alias: string, on: Day) => {
  const [from, to] = [sql.raw(`${alias}.valid_from`), sql.raw(`${alias}.valid_to`)];
  return sql`${from} <= ${on}::date and (${to} is null or ${to} > ${on}::date)`;
};

export interface ClassCount {
  /** null = villages that are not on the map asked for. */
  readonly placeId: string | null;
  readonly class: string;
  readonly households: number;
}

export interface CountQuery {
  readonly placeId: string;
  /** How households stood on this day … */
  readonly on: Day;
  /** … counted by the map of this day. */
  readonly boundaries: Day;
  /** The day whose map says what lies in the place: that of the boundaries, or of another when it was not there then. */
  readonly placeDay: Day;
  readonly by: 'village' | 'commune' | 'total';
  readonly classes: readonly string[];
}

/**
 * Households by class and place. The map of one day, the households of another: old communes can be counted today. Who lives
 * in a village that the map does not know is counted too, under no place, so that villages, communes and total agree.
 */
export const countHouseholds = async (tx: Db, query: CountQuery): Promise<ClassCount[]> => {
  const { on, classes } = query;
  const { rows } = await sql<ClassCount>`
    with ${groupedVillages(query)}
    select g.place_id as "placeId", n.class, count(*)::int as households
    from registry.subject_at(${on}::date) n join grouped g using (village_id)
    where n.kind = 'household' and n.class = any(${classes}::text[])
    group by 1, 2`.execute(tx);
  return rows;
};

/** `grouped`: every village of the place with the row it is counted in. */
const groupedVillages = ({ placeId, on, boundaries, placeDay, by }: CountQuery) => {
  const commune = sql`(select c.ancestor_id from territory.place_tree c join territory.place_version v on v.place_id = c.ancestor_id and v.kind = 'commune'
    where c.place_id = i.village_id and ${onDay('c', boundaries)} and ${onDay('v', boundaries)} limit 1)`;
  const group = {
    village: sql`case when i.on_map then i.village_id end`,
    commune,
    total: sql`${placeId}::uuid`,
  }[by];
  return sql`inside as (
      select t.place_id as village_id, true as on_map from territory.place_tree t where t.ancestor_id = ${placeId} and ${onDay('t', placeDay)}
      union all
      select t.place_id, false from territory.place_tree t where t.ancestor_id = ${placeId} and ${onDay('t', on)}
        and not exists (select 1 from territory.place_tree m where m.place_id = t.place_id and ${onDay('m', placeDay)})
    ), grouped as materialized (select i.village_id, ${group} as place_id from inside i)`;
};

/** Does the list `i` speak of a village: does the village lie in the list's place on the list's day? */
const speaksOf = (
  village: string,
) => sql`exists (select from territory.place_tree l where l.place_id = ${sql.raw(village)}
  and l.ancestor_id = i.place_id and l.valid_from <= i.as_of and (l.valid_to is null or l.valid_to > i.as_of))`;

/**
 * The rows of a count of which a list has spoken, up to the day of the count: in the others nothing is known, which is not
 * the same as no household.
 */
export const knownPlaces = async (tx: Db, query: CountQuery): Promise<ReadonlySet<string | null>> => {
  const { rows } = await sql<{ placeId: string | null }>`with ${groupedVillages(query)}
    select distinct g.place_id as "placeId" from grouped g where exists (select from registry.import i
      where i.state = 'committed' and i.as_of <= ${query.on}::date and ${speaksOf('g.village_id')})`.execute(tx);
  return new Set(rows.map(({ placeId }) => placeId));
};

/**
 * The days for which lists have been committed that speak of what lies in a place on a day (without one: on any day):
 * lists of the place itself, of places in or above it, and of the communes its villages lay in before or lie in now.
 */
export const reviewDays = async (
  tx: Db,
  placeId: string,
  placeDay: Day | null = null,
): Promise<{ asOf: Day; lists: number }[]> => {
  const inside = placeDay === null ? sql`true` : onDay('t', placeDay);
  const { rows } = await sql<{ asOf: Day; lists: number }>`
    select i.as_of as "asOf", count(*)::int as lists from registry.import i
    where i.state = 'committed' and exists (select 1 from territory.place_tree t
      where t.ancestor_id = ${placeId} and ${inside} and ${speaksOf('t.place_id')})
    group by i.as_of order by i.as_of desc`.execute(tx);
  return rows;
};

export interface DatedFact {
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly importId: string | null;
  /** File and review day of the list that said so. */
  readonly fileName: string | null;
  readonly asOf: Day | null;
}

export interface HouseholdFacts {
  readonly subjectId: string;
  readonly code: string;
  readonly synthetic: boolean;
  readonly existsFrom: Day;
  readonly existsTo: Day | null;
  readonly endReason: string | null;
  readonly residency: readonly (DatedFact & { readonly villageId: string })[];
  readonly classification: readonly (DatedFact & {
    readonly class: string;
    readonly origin: string | null;
    readonly standard: string;
    readonly b1: number | null;
    readonly b2: number | null;
    readonly decisionNumber: string | null;
    readonly decisionDate: Day | null;
    readonly certificateNumber: string | null;
  })[];
  readonly deprivation: readonly (DatedFact & { readonly indicators: readonly (boolean | null)[] })[];
  readonly profile: readonly (DatedFact & {
    readonly ethnicity: string | null;
    readonly languages: readonly string[] | null;
    readonly languagesRead: readonly string[] | null;
    readonly devices: readonly string[] | null;
    readonly livelihood: string | null;
    readonly size: number | null;
    readonly causes: readonly string[];
    readonly needs: string | null;
    readonly groups: readonly string[];
    readonly notes: string | null;
  })[];
  readonly people: readonly PersonFacts[];
  readonly contacts: readonly (DatedFact & {
    readonly kind: string;
    readonly value: string;
    readonly contactPointId: string;
    /** Nobody writes to or calls this number, in whatever household; null = it may be. */
    readonly refusal: { readonly refusalId: string; readonly since: Day; readonly how: HowRefused } | null;
  })[];
}

export interface PersonFacts {
  readonly personId: string;
  readonly name: string;
  readonly born: Day | null;
  readonly bornPrecision: 'day' | 'month' | 'year' | null;
  readonly sex: 'male' | 'female' | null;
  readonly relation: string;
  readonly isHead: boolean;
  readonly ethnicity: string | null;
  readonly idLast4: string | null;
  readonly school: string | null;
  readonly job: string | null;
  readonly insured: boolean | null;
  readonly disabled: boolean | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

const CONTACT = `f.kind, f.value, f.contact_point_id as "contactPointId",
  (select jsonb_build_object('refusalId', o.opt_out_id, 'since', o.valid_from, 'how', o.how)
    from registry.opt_out o where o.value = f.value and o.valid_to is null) as refusal`;

const facts = async <T>(tx: Db, table: string, columns: string, subjectId: string): Promise<(DatedFact & T)[]> => {
  const { rows } = await sql<
    DatedFact & T
  >`select f.valid_from as "validFrom", f.valid_to as "validTo", f.import_id as "importId",
      i.file_name as "fileName", i.as_of as "asOf", ${sql.raw(columns)}
    from ${sql.raw(`registry.${table}`)} f left join registry.import i on i.import_id = f.import_id
    where f.subject_id = ${subjectId} order by f.valid_from desc`.execute(tx);
  return rows;
};

/** Everything the registry knows of a household (people as they were last known), each fact with its dates and the list it came from. */
export const householdFacts = async (tx: Db, subjectId: string): Promise<HouseholdFacts | undefined> => {
  const { rows } = await sql<
    Omit<HouseholdFacts, 'residency'>
  >`select subject_id as "subjectId", code, synthetic, exists_from as "existsFrom",
      exists_to as "existsTo", end_reason as "endReason" from registry.subject where subject_id = ${subjectId} and kind = 'household'`.execute(
    tx,
  );
  if (!rows[0]) return undefined;
  const { rows: people } =
    await sql<PersonFacts>`select person_id as "personId", name, born, born_precision as "bornPrecision", sex, relation,
      is_head as "isHead", ethnicity, id_last4 as "idLast4", school, job, insured, disabled, since as "validFrom", valid_to as "validTo"
    from (select distinct on (person_id) p.*, min(valid_from) over (partition by person_id) as since
      from registry.person p where subject_id = ${subjectId} order by person_id, valid_from desc) latest
    order by (valid_to is not null), is_head desc, born nulls last, name`.execute(tx);
  const indicators = Array.from({ length: 12 }, (_, at) => `f.d${at + 1}`).join(', ');
  return {
    ...rows[0],
    residency: await facts(tx, 'residency', 'f.village_id as "villageId"', subjectId),
    classification: await facts(
      tx,
      'classification',
      'f.class, f.origin, f.standard, f.b1, f.b2, f.decision_number as "decisionNumber", f.decision_date as "decisionDate", f.certificate_number as "certificateNumber"',
      subjectId,
    ),
    deprivation: await facts(tx, 'deprivation', `array[${indicators}] as indicators`, subjectId),
    profile: await facts(
      tx,
      'profile',
      'f.ethnicity, f.languages, f.languages_read as "languagesRead", f.devices, f.livelihood, f.size, f.causes, f.needs, f.groups, f.notes',
      subjectId,
    ),
    people,
    contacts: await facts(tx, 'contact_point', CONTACT, subjectId),
  };
};

/** Where a household lives or last lived; empty for an unknown one. */
export const villagesOf = async (tx: Db, subjectId: string): Promise<string[]> => {
  const { rows } = await sql<{ villageId: string }>`select village_id as "villageId" from registry.residency
    where subject_id = ${subjectId} order by valid_to desc nulls first limit 1`.execute(tx);
  return rows.map(({ villageId }) => villageId);
};

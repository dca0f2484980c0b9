import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Channel, Proof } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';
import { refusedOn } from '../registry/index.ts';
import type { Understanding } from './effective.ts';
import type { EditionKey } from './ledger.ts';
import { ofOffice, profileThen } from './store-states.ts';

/** A row of the ledger as it is looked at, with what was known of its household that day. */
export interface ContactRow extends EditionKey, Understanding {
  readonly subjectId: string;
  readonly contactId: string;
  readonly stage: number;
  readonly language: string;
  readonly channel: Channel;
  readonly proof: Proof;
  readonly happenedOn: Day;
  readonly recordedAt: Date;
  readonly recordedByName: string;
  readonly activityId: string | null;
  /** Where the subject lived that day, or last lived before. */
  readonly villageId: string | null;
  readonly code: string;
  /** The head's name that day. */
  readonly headName: string | null;
  readonly voidedAt: Date | null;
  readonly voidedByName: string | null;
  readonly voidReason: string | null;
}

const villageThen = sql`coalesce(
  (select r.village_id from registry.residency r where r.subject_id = c.subject_id and r.valid_from <= c.happened_on order by r.valid_from desc limit 1),
  (select o.place_id from registry.officer_post o where o.subject_id = c.subject_id and o.valid_from <= c.happened_on order by o.valid_from desc limit 1))`;

const headThen = sql`(select h.name from registry.person h where h.subject_id = c.subject_id and h.is_head and h.valid_from <= c.happened_on
  and (h.valid_to is null or h.valid_to > c.happened_on) order by h.valid_from desc limit 1)`;

const selectContacts = async (tx: Db, where: RawBuilder<unknown>): Promise<ContactRow[]> => {
  const { rows } = await sql<ContactRow>`
    select c.subject_id as "subjectId", c.contact_id as "contactId", c.message_id as "messageId", c.edition, c.stage, c.language, c.channel,
      c.proof, c.happened_on as "happenedOn", c.recorded_at as "recordedAt", c.recorded_by_name as "recordedByName",
      c.activity_id as "activityId", ${villageThen} as "villageId", s.code, ${headThen} as "headName",
      ${ofOffice('languages')} as languages, ${ofOffice('languages_read')} as "languagesRead",
      v.recorded_at as "voidedAt", v.recorded_by_name as "voidedByName", v.reason as "voidReason"
    from reach.contact c join ${profileThen}
    left join reach.contact v on v.subject_id = c.subject_id and v.voids = c.contact_id
    where c.voids is null and ${where}
    order by c.happened_on desc, c.stage desc, c.recorded_at desc, c.contact_id desc`.execute(tx);
  return rows;
};

export const contactsOfSubject = (tx: Db, subjectId: string): Promise<ContactRow[]> =>
  selectContacts(tx, sql`c.subject_id = ${subjectId}`);

export const contactsOfActivity = (tx: Db, activityId: string): Promise<ContactRow[]> =>
  selectContacts(tx, sql`c.activity_id = ${activityId}`);

export interface FoundContact extends EditionKey {
  readonly subjectId: string;
  /** The row is itself a void. */
  readonly isVoid: boolean;
  readonly voided: boolean;
  readonly villageId: string | null;
}

/** A row of the ledger by its id, whichever subject's. */
export const findContact = async (tx: Db, contactId: string): Promise<FoundContact | undefined> => {
  const { rows } = await sql<FoundContact>`
    select c.subject_id as "subjectId", c.message_id as "messageId", c.edition, c.voids is not null as "isVoid", ${villageThen} as "villageId",
      exists (select 1 from reach.contact v where v.subject_id = c.subject_id and v.voids = c.contact_id) as voided
    from reach.contact c where c.contact_id = ${contactId}`.execute(tx);
  return rows[0];
};

/** Where a household lives or last lived, or where an officer's post is or last was. */
export const placeOfSubject = async (tx: Db, subjectId: string): Promise<string | undefined> => {
  const { rows } = await sql<{ placeId: string }>`
    select place_id as "placeId" from (
      select village_id as place_id, valid_to from registry.residency where subject_id = ${subjectId}
      union all select place_id, valid_to from registry.officer_post where subject_id = ${subjectId}) p
    order by valid_to desc nulls first limit 1`.execute(tx);
  return rows[0]?.placeId;
};

export interface HeardRow extends EditionKey {
  readonly exposureId: string;
  readonly placeId: string;
  readonly language: string;
  readonly channel: Channel;
  readonly proof: Proof;
  readonly happenedOn: Day;
  readonly activityId: string | null;
  readonly recordedByName: string;
  /** Did the household understand the language then; null = not known. */
  readonly understood: boolean | null;
}

/** What counts of what was played or shown in the villages where the household lived on that day. */
export const heardBy = async (tx: Db, subjectId: string): Promise<HeardRow[]> => {
  const { rows } = await sql<HeardRow>`
    select e.exposure_id as "exposureId", e.place_id as "placeId", e.message_id as "messageId", e.edition, e.language, e.channel, e.proof,
      e.happened_on as "happenedOn", e.activity_id as "activityId", e.recorded_by_name as "recordedByName", e.language = any(p.languages) as understood
    from registry.residency r join reach.exposure_in_force e on e.place_id = r.village_id
      and r.valid_from <= e.happened_on and (r.valid_to is null or r.valid_to > e.happened_on)
    left join registry.profile p on p.subject_id = r.subject_id and p.valid_from <= e.happened_on and (p.valid_to is null or p.valid_to > e.happened_on)
    where r.subject_id = ${subjectId} order by e.happened_on desc, e.exposure_id desc`.execute(tx);
  return rows;
};

/** Households that are there, and how many of them understand a language, by village. */
export interface ListenersRow {
  readonly placeId: string;
  readonly language: string;
  readonly happenedOn: Day;
  readonly recordedAt: Date;
  readonly recordedByName: string;
  readonly voidedAt: Date | null;
  readonly voidReason: string | null;
  readonly households: number;
  readonly understanding: number;
  readonly unknown: number;
}

/** The villages of an activity, and who lived in each that day: those who understood the language, those of whom it is not known. */
export const listenersOfActivity = async (tx: Db, activityId: string): Promise<ListenersRow[]> => {
  const { rows } = await sql<ListenersRow>`
    select e.place_id as "placeId", e.language, e.happened_on as "happenedOn", e.recorded_at as "recordedAt",
      e.recorded_by_name as "recordedByName", v.recorded_at as "voidedAt", v.reason as "voidReason", n.households, n.understanding, n.unknown
    from reach.exposure e left join reach.exposure v on v.place_id = e.place_id and v.voids = e.exposure_id
    cross join lateral (
      select count(*)::int as households, count(*) filter (where e.language = any(p.languages))::int as understanding,
        count(*) filter (where p.languages is null)::int as unknown
      from registry.residency r join registry.subject s on s.subject_id = r.subject_id and s.kind = 'household'
        and s.exists_from <= e.happened_on and (s.exists_to is null or s.exists_to > e.happened_on)
      left join registry.profile p on p.subject_id = r.subject_id and p.valid_from <= e.happened_on and (p.valid_to is null or p.valid_to > e.happened_on)
      where r.village_id = e.place_id and r.valid_from <= e.happened_on and (r.valid_to is null or r.valid_to > e.happened_on)) n
    where e.voids is null and e.activity_id = ${activityId} order by e.place_id, e.exposure_id`.execute(tx);
  return rows;
};

export interface SampledRow {
  readonly subjectId: string;
  readonly code: string;
  readonly headName: string | null;
  readonly villageId: string | null;
  readonly stage: number;
  readonly happenedOn: Day;
  readonly voided: boolean;
  readonly phones: readonly { readonly value: string; readonly doNotContact: boolean }[];
}

/**
 * Those whom an activity is said to have reached, in the order of SHA-256 (activity id:seed:subject id): anybody can draw
 * the same sample again. Who may choose the seed can try until it pleases, so such a sample is told apart. Voided contacts stay in, so that it does not shift.
 */
export const sampleOfActivity = async (
  tx: Db,
  { activityId, seed, count, today }: { activityId: string; seed: string; count: number; today: Day },
): Promise<{ rows: SampledRow[]; total: number }> => {
  const { rows: sizes } = await sql<{
    total: number;
  }>`select count(distinct subject_id)::int as total from reach.contact
    where activity_id = ${activityId} and voids is null`.execute(tx);
  const { rows } = await sql<SampledRow>`
    with drawn as (
      select c.subject_id, max(c.stage) as stage, min(c.happened_on) as happened_on,
        bool_and(exists (select 1 from reach.contact v where v.subject_id = c.subject_id and v.voids = c.contact_id)) as voided
      from reach.contact c where c.activity_id = ${activityId} and c.voids is null group by c.subject_id
      order by sha256(convert_to(${activityId}::text || ':' || ${seed}::text || ':' || c.subject_id::text, 'UTF8')), c.subject_id limit ${count})
    select d.subject_id as "subjectId", s.code, d.stage, d.happened_on as "happenedOn", d.voided,
      (select h.name from registry.person h where h.subject_id = d.subject_id and h.is_head order by h.valid_from desc limit 1) as "headName",
      (select coalesce(n.village_id, n.place_id) from registry.subject_now n where n.subject_id = d.subject_id) as "villageId",
      coalesce((select jsonb_agg(jsonb_build_object('value', t.value, 'doNotContact', ${refusedOn(sql`t.value`, today)}) order by t.kind desc, t.value)
        from registry.contact_point t where t.subject_id = d.subject_id and t.kind in ('mobile', 'landline')
          and t.valid_from <= ${today}::date and (t.valid_to is null or t.valid_to > ${today}::date)), '[]') as phones
    from drawn d join registry.subject s using (subject_id)
    order by sha256(convert_to(${activityId}::text || ':' || ${seed}::text || ':' || d.subject_id::text, 'UTF8')), d.subject_id`.execute(
    tx,
  );
  return { rows, total: sizes[0]!.total };
};

export interface RecordedBefore {
  readonly count: number;
  readonly name: string;
  readonly at: Date;
}

/** What already counts, of some activities, for these subjects: how many, and who recorded the first of it when. */
export const contactsRecorded = async (
  tx: Db,
  activityIds: readonly string[],
  subjectIds: readonly string[],
): Promise<RecordedBefore | undefined> => {
  const { rows } = await sql<RecordedBefore>`
    with known as (select c.subject_id, c.recorded_by_name, c.recorded_at from reach.contact_in_force c
      where c.activity_id = any(${activityIds}::uuid[]) and c.subject_id = any(${subjectIds}::uuid[]))
    select (select count(distinct subject_id)::int from known) as count, recorded_by_name as name, recorded_at as at
    from known order by recorded_at limit 1`.execute(tx);
  return rows[0];
};

/** Which of these villages already have an exposure that counts, of some activities, and who recorded the first of them when. */
export const exposuresRecorded = async (
  tx: Db,
  activityIds: readonly string[],
  placeIds: readonly string[],
): Promise<(Omit<RecordedBefore, 'count'> & { readonly placeIds: readonly string[] }) | undefined> => {
  const { rows } = await sql<{ placeId: string; name: string; at: Date }>`
    select e.place_id as "placeId", e.recorded_by_name as name, e.recorded_at as at from reach.exposure_in_force e
    where e.activity_id = any(${activityIds}::uuid[]) and e.place_id = any(${placeIds}::uuid[]) order by e.recorded_at`.execute(
    tx,
  );
  return rows[0] && { name: rows[0].name, at: rows[0].at, placeIds: [...new Set(rows.map(({ placeId }) => placeId))] };
};

/** Until the end of the transaction nobody else records what goes by this key. */
export const lockRecording = async (tx: Db, key: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
};

/** Does the work and takes back whatever it wrote: what it answers is what would come of it. */
export const takenBack = async <T>(tx: Db, work: () => Promise<T>): Promise<T> => {
  await sql`savepoint taken_back`.execute(tx);
  try {
    return await work();
  } finally {
    await sql`rollback to savepoint taken_back`.execute(tx);
  }
};

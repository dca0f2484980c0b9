import { sql } from 'kysely';
import { ahead } from '../../platform/db/by-keys.ts';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import type { EditionKey, KeptContact, KeptExposure } from './ledger.ts';

/** Who recorded, and when; the same for all rows of one call. */
export interface Recording {
  readonly at: Date;
  readonly userId: string | null;
  readonly name: string;
}

const column = <T, K extends keyof T>(rows: readonly T[], key: K): T[K][] => rows.map((row) => row[key]);

const orNulls = <T, K extends keyof T>(rows: readonly T[], key: K): (NonNullable<T[K]> | null)[] =>
  rows.map((row) => row[key] ?? null);

export const insertContacts = async (tx: Db, rows: readonly KeptContact[], by: Recording): Promise<void> => {
  await sql`${ahead}insert into reach.contact (subject_id, contact_id, message_id, edition, stage, language, channel, proof, happened_on,
      activity_id, form_id, person_id, recorded_at, recorded_by, recorded_by_name)
    select n.*, ${by.at}::timestamptz, ${by.userId}::uuid, ${by.name}::text
    from unnest(${column(rows, 'subjectId')}::uuid[], ${column(rows, 'contactId')}::uuid[], ${column(rows, 'messageId')}::uuid[],
      ${column(rows, 'edition')}::int[], ${column(rows, 'stage')}::smallint[], ${column(rows, 'language')}::text[], ${column(rows, 'channel')}::text[],
      ${column(rows, 'proof')}::text[], ${column(rows, 'happenedOn')}::date[], ${orNulls(rows, 'activityId')}::uuid[],
      ${orNulls(rows, 'formId')}::uuid[], ${orNulls(rows, 'personId')}::uuid[]) n`.execute(tx);
};

export const insertExposures = async (tx: Db, rows: readonly KeptExposure[], by: Recording): Promise<void> => {
  await sql`insert into reach.exposure (place_id, exposure_id, message_id, edition, language, channel, proof, happened_on,
      activity_id, form_id, recorded_at, recorded_by, recorded_by_name)
    select n.*, ${by.at}::timestamptz, ${by.userId}::uuid, ${by.name}::text
    from unnest(${column(rows, 'placeId')}::uuid[], ${column(rows, 'exposureId')}::uuid[], ${column(rows, 'messageId')}::uuid[],
      ${column(rows, 'edition')}::int[], ${column(rows, 'language')}::text[], ${column(rows, 'channel')}::text[], ${column(rows, 'proof')}::text[],
      ${column(rows, 'happenedOn')}::date[], ${orNulls(rows, 'activityId')}::uuid[], ${orNulls(rows, 'formId')}::uuid[]) n`.execute(
    tx,
  );
};

/**
 * The subjects of contacts that were not there on the contact's day, by code ('?' = no such subject at all). Nobody takes the
 * others away until the end of the transaction; one who is doing so is waited for.
 */
export const holdPresent = async (
  tx: Db,
  rows: readonly { readonly subjectId: string; readonly happenedOn: Day }[],
): Promise<string[]> => {
  const { rows: held } = await sql<{ id: string; code: string; from: Day; to: Day | null }>`
    select s.subject_id as id, s.code, s.exists_from as from, s.exists_to as to from registry.subject s
    where s.subject_id = any(${[...new Set(column(rows, 'subjectId'))]}::uuid[]) order by s.subject_id for key share`.execute(
    tx,
  );
  const byId = new Map(held.map((subject) => [subject.id, subject]));
  const absent = new Set<string>();
  for (const { subjectId, happenedOn } of rows) {
    const subject = byId.get(subjectId);
    const there = subject && subject.from <= happenedOn && (subject.to === null || subject.to > happenedOn);
    if (!there) absent.add(subject?.code ?? '?');
  }
  return [...absent].sort();
};

/** How many of the places of exposures were no villages on the exposure's day. */
export const absentVillages = async (
  tx: Db,
  rows: readonly { readonly placeId: string; readonly happenedOn: Day }[],
): Promise<number> => {
  const { rows: absent } = await sql<{ count: number }>`
    select count(*)::int as count from unnest(${column(rows, 'placeId')}::uuid[], ${column(rows, 'happenedOn')}::date[]) as n (place_id, happened_on)
    where not exists (select 1 from territory.place_version v where v.place_id = n.place_id and v.kind = 'village'
      and v.valid_from <= n.happened_on and (v.valid_to is null or v.valid_to > n.happened_on))`.execute(tx);
  return absent[0]!.count;
};

/** A row of the ledger that a void names, and its edition. */
export interface Voided extends EditionKey {
  readonly id: string;
  /** The subject of a contact, the village of an exposure. */
  readonly of: string;
}

/** What counts of an activity for one subject. */
export const contactsOf = async (
  tx: Db,
  { activityId, subjectId }: { activityId: string; subjectId: string },
): Promise<Voided[]> => {
  const { rows } = await sql<Voided>`select contact_id as id, subject_id as of, message_id as "messageId", edition
    from reach.contact_in_force where subject_id = ${subjectId} and activity_id = ${activityId} order by contact_id`.execute(
    tx,
  );
  return rows;
};

/** All that counts of an activity: contacts and exposures in force. */
export const evidenceOf = async (tx: Db, activityId: string): Promise<{ contacts: Voided[]; exposures: Voided[] }> => {
  const { rows: contacts } =
    await sql<Voided>`select contact_id as id, subject_id as of, message_id as "messageId", edition
    from reach.contact_in_force where activity_id = ${activityId} order by contact_id`.execute(tx);
  const { rows: exposures } =
    await sql<Voided>`select exposure_id as id, place_id as of, message_id as "messageId", edition
    from reach.exposure_in_force where activity_id = ${activityId} order by exposure_id`.execute(tx);
  return { contacts, exposures };
};

export interface Voiding extends Recording {
  readonly reason: string;
}

/** A void says all that the row says which it voids, so that the ledger can be read by itself. */
const COPIED = sql.raw('message_id, edition, language, channel, proof, happened_on, activity_id, form_id');

export const insertContactVoids = async (
  tx: Db,
  rows: readonly (Pick<Voided, 'id' | 'of'> & { readonly voidId: string })[],
  by: Voiding,
): Promise<void> => {
  await sql`insert into reach.contact (subject_id, contact_id, voids, reason, recorded_at, recorded_by, recorded_by_name, stage, person_id, ${COPIED})
    select c.subject_id, n.void_id, c.contact_id, ${by.reason}::text, ${by.at}::timestamptz, ${by.userId}::uuid, ${by.name}::text, c.stage, c.person_id, ${COPIED}
    from unnest(${column(rows, 'of')}::uuid[], ${column(rows, 'id')}::uuid[], ${column(rows, 'voidId')}::uuid[]) as n (subject_id, contact_id, void_id)
    join reach.contact c on c.subject_id = n.subject_id and c.contact_id = n.contact_id and c.voids is null`.execute(
    tx,
  );
};

export const insertExposureVoids = async (
  tx: Db,
  rows: readonly (Pick<Voided, 'id' | 'of'> & { readonly voidId: string })[],
  by: Voiding,
): Promise<void> => {
  await sql`insert into reach.exposure (place_id, exposure_id, voids, reason, recorded_at, recorded_by, recorded_by_name, ${COPIED})
    select e.place_id, n.void_id, e.exposure_id, ${by.reason}::text, ${by.at}::timestamptz, ${by.userId}::uuid, ${by.name}::text, ${COPIED}
    from unnest(${column(rows, 'of')}::uuid[], ${column(rows, 'id')}::uuid[], ${column(rows, 'voidId')}::uuid[]) as n (place_id, exposure_id, void_id)
    join reach.exposure e on e.place_id = n.place_id and e.exposure_id = n.exposure_id and e.voids is null`.execute(tx);
};

/** Nobody records anything of the subjects an import wrote about until the end of the transaction; who is at it is waited for. */
export const lockSubjectsOfImport = async (tx: Db, importId: string): Promise<void> => {
  await sql`select from registry.subject s join registry.import_subject i on i.subject_id = s.subject_id and i.import_id = ${importId}
    order by s.subject_id for update of s`.execute(tx);
};

/**
 * How many subjects have contacts that count and rest on what an import says: those it brought in, and those it wrote about
 * before the contact was recorded.
 */
export const countReachedOfImport = async (tx: Db, importId: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from registry.import_subject w
    join registry.subject s on s.subject_id = w.subject_id join registry.import i on i.import_id = w.import_id
    where w.import_id = ${importId} and exists (select 1 from reach.contact_in_force c where c.subject_id = w.subject_id
      and (s.import_id = w.import_id or c.recorded_at >= i.committed_at))`.execute(tx);
  return rows[0]!.count;
};

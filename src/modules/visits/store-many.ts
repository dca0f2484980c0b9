import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { type Assignment, type Closing, KEPT_AGENT } from './store.ts';

/** The open visits to these households, as they stand now. */
export const openVisits = async (
  tx: Db,
  subjectIds: readonly string[],
): Promise<{ visitId: string; subjectId: string }[]> =>
  (
    await sql<{
      visitId: string;
      subjectId: string;
    }>`select visit_id as "visitId", subject_id as "subjectId" from visits.visit
      where state = 'open' and subject_id = any(${[...subjectIds]}::uuid[])`.execute(tx)
  ).rows;

/** Which of these visits are still open, while nobody else can change them. */
export const lockOpen = async (tx: Db, visitIds: readonly string[]): Promise<Set<string>> => {
  const { rows } = await sql<{ visitId: string }>`select visit_id as "visitId" from visits.visit
    where visit_id = any(${[...visitIds]}::uuid[]) and state = 'open' order by subject_id for update`.execute(tx);
  return new Set(rows.map(({ visitId }) => visitId));
};

/** Open visits go to somebody else; a day or a note that is not said stays what it was. */
export const giveOpenVisits = async (
  tx: Db,
  visitIds: readonly string[],
  to: Omit<Assignment, 'dueOn' | 'note'> & { readonly dueOn: Day | null; readonly note: string | null },
): Promise<void> => {
  await sql`update visits.visit set ${KEPT_AGENT}, agent_id = ${to.agentId}, agent_name = ${to.agentName},
      due_on = coalesce(${to.dueOn}::date, due_on), note = coalesce(${to.note}, note), assigned_by = ${to.by.userId},
      assigned_by_name = ${to.by.name}, assigned_at = ${to.at}
    where visit_id = any(${[...visitIds]}::uuid[]) and state = 'open'`.execute(tx);
};

/** Calls off those of these visits that are open. */
export const cancelOpenVisits = async (
  tx: Db,
  visitIds: readonly string[],
  { note, by, at }: Pick<Closing, 'note' | 'by' | 'at'>,
): Promise<void> => {
  await sql`update visits.visit set state = 'cancelled', outcome_note = ${note}, closed_by = ${by.userId}, closed_by_name = ${by.name},
      closed_at = ${at} where visit_id = any(${[...visitIds]}::uuid[]) and state = 'open'`.execute(tx);
};

/** Visits made together: all of one moment and person whose ids lie between the first and the last of them. */
export interface MadeTogether {
  readonly first: string;
  readonly last: string;
  readonly at: Date;
}

/**
 * Those of them that are as they were made, locked: open, and given to nobody else since. Ids are in the order of time, so
 * one that was open before has an earlier id, whatever was added to it.
 */
export const lockAsMade = async (
  tx: Db,
  { first, last, at }: MadeTogether,
  userId: string | null,
): Promise<{ visitId: string; subjectId: string }[]> => {
  const { rows } = await sql<{ visitId: string; subjectId: string }>`
    select visit_id as "visitId", subject_id as "subjectId" from visits.visit
    where visit_id between ${first}::uuid and ${last}::uuid and assigned_at = ${at}::timestamptz and assigned_by is not distinct from ${userId}::uuid
      and state = 'open' order by subject_id for update`.execute(tx);
  return rows;
};

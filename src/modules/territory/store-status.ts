import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';

export interface PlaceStatus {
  readonly placeId: string;
  readonly status: string;
  readonly from: Day;
  /** First day on which it no longer holds; null = no end known. */
  readonly to: Day | null;
  readonly document: string;
  readonly mark: 'verified' | 'unconfirmed';
}

/**
 * Writes a status of a place for a stretch of time, in the stead of what was said of the same status for that time: rows that
 * reach into it end where it begins, and what reaches beyond it goes on where it ends. A row that begins on the same day is
 * the same statement, said anew: it goes altogether, so that a status is given its end.
 */
export const writeStatus = async (tx: Db, row: PlaceStatus): Promise<void> => {
  const { placeId, status, from, to, document, mark } = row;
  const same = sql`place_id = ${placeId} and status = ${status}`;
  if (to !== null)
    await sql`insert into territory.place_status (place_id, status, valid_from, valid_to, document, mark)
      select s.place_id, s.status, ${to}::date, s.valid_to, s.document, s.mark from territory.place_status s
      where s.place_id = ${placeId} and s.status = ${status} and s.valid_from <> ${from}::date and s.valid_from < ${to}::date
        and (s.valid_to is null or s.valid_to > ${to}::date)`.execute(tx);
  await sql`delete from territory.place_status where ${same} and valid_from >= ${from}::date
    and valid_from < coalesce(${to}::date, 'infinity'::date)`.execute(tx);
  await sql`update territory.place_status set valid_to = ${from}::date where ${same} and valid_from < ${from}::date
    and (valid_to is null or valid_to > ${from}::date)`.execute(tx);
  await sql`insert into territory.place_status (place_id, status, valid_from, valid_to, document, mark)
    values (${placeId}, ${status}, ${from}, ${to}, ${document}, ${mark})`.execute(tx);
};

import { sql } from 'kysely';
import { ahead } from '../../platform/db/by-keys.ts';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { NOW } from './cells.ts';

/** Says that cells of these lines have to be computed again: in these places, or (null) all of them. */
export const insertMarks = async (
  tx: Db,
  lineIds: readonly string[],
  placeIds: readonly string[] | null,
  at: Date,
): Promise<void> => {
  const places = placeIds === null ? sql`(values (null::uuid))` : sql`unnest(${[...new Set(placeIds)]}::uuid[])`;
  await sql`${ahead}insert into coverage.dirty (line_id, place_id, marked_at)
    select l.line_id, p.place_id, ${at} from unnest(${[...new Set(lineIds)]}::uuid[]) as l (line_id) cross join ${places} as p (place_id)`.execute(
    tx,
  );
};

/** Where these subjects are today. */
export const placesOfSubjects = async (tx: Db, subjectIds: readonly string[]): Promise<string[]> => {
  if (subjectIds.length === 0) return [];
  const { rows } = await sql<{ placeId: string }>`select distinct n.place_id as "placeId" from registry.subject_now n
    where n.subject_id = any(${[...subjectIds]}::uuid[]) and n.place_id is not null`.execute(tx);
  return rows.map(({ placeId }) => placeId);
};

/** Where those are today who live, or ever lived, in these villages: they take along what they could hear there. */
export const placesLivedFrom = async (tx: Db, placeIds: readonly string[]): Promise<string[]> => {
  if (placeIds.length === 0) return [];
  const { rows } = await sql<{ placeId: string }>`select distinct n.place_id as "placeId" from registry.residency r
    join registry.subject_now n on n.subject_id = r.subject_id
    where r.village_id = any(${[...placeIds]}::uuid[]) and n.place_id is not null`.execute(tx);
  return rows.map(({ placeId }) => placeId);
};

export const markedLines = async (tx: Db): Promise<string[]> => {
  const { rows } = await sql<{ lineId: string }>`select d.line_id as "lineId" from coverage.dirty d
    group by d.line_id order by min(d.mark_id)`.execute(tx);
  return rows.map(({ lineId }) => lineId);
};

/** One worker at a time writes the cells of a line; held until the transaction ends. */
export const lockLine = async (tx: Db, lineId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`coverage ${lineId}`}, 0))`.execute(tx);
};

/**
 * Takes the marks of a line that can be seen now. What is computed after this statement sees at least what they speak of;
 * a mark that comes later stays for the next worker.
 */
export const takeMarks = async (tx: Db, lineId: string): Promise<{ places: string[]; whole: boolean }> => {
  const { rows } = await sql<{ placeId: string | null }>`delete from coverage.dirty where line_id = ${lineId}
    returning place_id as "placeId"`.execute(tx);
  return {
    places: [...new Set(rows.flatMap(({ placeId }) => placeId ?? []))],
    whole: rows.some(({ placeId }) => placeId === null),
  };
};

/** Today's flat rows of these places (null = all) are those of another day: nobody has brought them to today yet. */
export const isBehind = async (tx: Db, today: Day, placeIds: readonly string[] | null): Promise<boolean> => {
  const there = placeIds === null ? sql`true` : sql`n.place_id = any(${[...placeIds]}::uuid[])`;
  const { rows } = await sql<{ behind: boolean }>`select exists (
    select 1 from registry.subject_now n where n.as_of <> ${today}::date and ${there}) as behind`.execute(tx);
  return rows[0]?.behind === true;
};

/** The day of which the line's cells of now are; undefined when it has none. */
export const computedOn = async (tx: Db, lineId: string): Promise<Day | undefined> => {
  const { rows } = await sql<{
    day: Day;
  }>`select on_day as day from coverage.computed where line_id = ${lineId}`.execute(tx);
  return rows[0]?.day;
};

export const setComputed = async (tx: Db, lineId: string, on: Day): Promise<void> => {
  await sql`insert into coverage.computed (line_id, on_day) values (${lineId}, ${on})
    on conflict (line_id) do update set on_day = excluded.on_day`.execute(tx);
};

/** Of these lines, those whose cells of now hold for the day in all of these places. */
export const freshLines = async (
  tx: Db,
  lineIds: readonly string[],
  on: Day,
  placeIds: readonly string[],
): Promise<Set<string>> => {
  const { rows } = await sql<{ lineId: string }>`select c.line_id as "lineId" from coverage.computed c
    where c.line_id = any(${[...lineIds]}::uuid[]) and c.on_day = ${on}::date and not exists (
      select 1 from coverage.dirty d where d.line_id = c.line_id and (d.place_id is null or d.place_id = any(${[...placeIds]}::uuid[])))`.execute(
    tx,
  );
  return new Set(rows.map(({ lineId }) => lineId));
};

/** A line that is no longer followed has no cells of now: they would stay as they are while the facts go on. */
export const dropNow = async (tx: Db, lineId: string): Promise<void> => {
  await sql`delete from coverage.base_cell where line_id = ${lineId} and as_of = ${NOW}::date`.execute(tx);
  await sql`delete from coverage.cell where line_id = ${lineId} and as_of = ${NOW}::date`.execute(tx);
  await sql`delete from coverage.computed where line_id = ${lineId}`.execute(tx);
};

export interface Closing {
  readonly lineId: string;
  readonly asOf: Day;
  readonly closedAt: Date;
  /** The review day of the newest list the figures rest on. */
  readonly listDate: Day | null;
  readonly boundaries: Day;
  /** Of the line on that day. */
  readonly edition: number;
  readonly threshold: number;
}

export const closingsOf = async (tx: Db, lineIds: readonly string[], asOf: Day | null): Promise<Closing[]> => {
  const { rows } =
    await sql<Closing>`select c.line_id as "lineId", c.as_of as "asOf", c.closed_at as "closedAt", c.list_date as "listDate", c.boundaries, c.edition, c.threshold
    from coverage.closing c where c.line_id = any(${[...lineIds]}::uuid[]) and ${asOf === null ? sql`true` : sql`c.as_of = ${asOf}::date`}
    order by c.as_of`.execute(tx);
  return rows;
};

/** @returns false when the month was closed already; then nothing of it may be written. */
export const insertClosing = async (tx: Db, closing: Closing): Promise<boolean> => {
  const { rows } = await sql<{
    lineId: string;
  }>`insert into coverage.closing (as_of, line_id, closed_at, list_date, boundaries, edition, threshold)
    values (${closing.asOf}, ${closing.lineId}, ${closing.closedAt}, ${closing.listDate}, ${closing.boundaries},
      ${closing.edition}, ${closing.threshold})
    on conflict do nothing returning line_id as "lineId"`.execute(tx);
  return rows.length > 0;
};

import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { SpokenLanguage } from '../../../shared/channels.ts';
import type { Day } from '../../../shared/dates.ts';
import { groupSpellings } from '../../../shared/spelling.ts';
import { changeLogged, refreshSubjects, type Writing } from '../facts/store.ts';

/** What somebody says that households understand and read, from a day on. */
export interface Noting {
  readonly subjectIds: readonly string[];
  readonly languages: readonly SpokenLanguage[];
  /** null = as known before; [] = nobody there reads. */
  readonly languagesRead: readonly SpokenLanguage[] | null;
  readonly from: Day;
  /** What is known already stays. */
  readonly onlyUnknown: boolean;
}

interface After {
  readonly languages: RawBuilder<unknown>;
  readonly read: RawBuilder<unknown>;
  /** The profile row `p` says something else than it will. */
  readonly differs: RawBuilder<unknown>;
}

/** What a profile row `p` will say. Several languages are a set: another order is no change. */
const after = ({ languages, languagesRead, onlyUnknown }: Noting): After => {
  const [spoken, read] = [sql`${[...languages]}::text[]`, sql`${languagesRead && [...languagesRead]}::text[]`];
  const result = onlyUnknown
    ? { languages: sql`coalesce(nullif(p.languages, '{}'), ${spoken})`, read: sql`coalesce(p.languages_read, ${read})` }
    : { languages: spoken, read: sql`coalesce(${read}, p.languages_read)` };
  const same = (column: RawBuilder<unknown>, then: RawBuilder<unknown>) =>
    sql`coalesce(${column} @> ${then} and ${column} <@ ${then}, ${column} is null and ${then} is null)`;
  return {
    ...result,
    differs: sql`not (${same(sql`p.languages`, result.languages)} and ${same(sql`p.languages_read`, result.read)})`,
  };
};

const inForce = sql`p.valid_from <= n.from_day and (p.valid_to is null or p.valid_to > n.from_day)`;

/** The households concerned, each with the day from which it is said: none is known of before there was the household. */
const named = ({ subjectIds, from }: Noting) => sql`
  select * from (select s.subject_id, s.exists_to, greatest(${from}::date, s.exists_from) as from_day from registry.subject s
    where s.kind = 'household' and s.subject_id = any(${[...subjectIds]}::uuid[])) x
  where x.exists_to is null or x.exists_to > x.from_day`;

/** Those of them of whom it says something new. */
const concerned = (noting: Noting) => sql`
  select n.subject_id, n.from_day from (${named(noting)}) n
  where not exists (select from registry.profile p where p.subject_id = n.subject_id and ${inForce})
    or exists (select from registry.profile p where p.subject_id = n.subject_id and (p.valid_to is null or p.valid_to > n.from_day)
      and ${after(noting).differs})`;

/**
 * No list is written or taken back meanwhile, and of two who note about one household the second sees what the first wrote.
 * Notes about different households do not wait for each other.
 */
const lockNoted = async (tx: Db, subjectIds: readonly string[]): Promise<void> => {
  await sql`lock table registry.import_subject in row exclusive mode`.execute(tx);
  await sql`select from registry.subject where subject_id = any(${[...subjectIds]}::uuid[]) order by subject_id for update`.execute(
    tx,
  );
};

const OTHERS = ['ethnicity', 'devices', 'livelihood', 'size', 'causes', 'needs', 'groups', 'notes'] as const;
const others = (prefix: string) => sql.raw(OTHERS.map((column) => `${prefix}${column}`).join(', '));

/**
 * Writes what is noted: the profile in force on the day is parted there, later ones say it too, and where there was none
 * one begins. @returns the households of which it said something new.
 */
export const writeLanguages = async (tx: Db, noting: Noting, at: Date): Promise<string[]> => {
  const { languages, read, differs } = after(noting);
  const { rows: news } = await sql`${concerned(noting)} limit 1`.execute(tx);
  if (news.length === 0) return [];
  await lockNoted(tx, noting.subjectIds);
  await sql`drop table if exists pg_temp.noted`.execute(tx);
  await sql`create temp table noted on commit drop as ${concerned(noting)}`.execute(tx);
  await sql`analyze pg_temp.noted`.execute(tx);
  await sql`insert into registry.profile (subject_id, valid_from, valid_to, ${others('')}, languages, languages_read, recorded_at)
    select p.subject_id, n.from_day, p.valid_to, ${others('p.')}, ${languages}, ${read}, ${at}
    from registry.profile p join pg_temp.noted n using (subject_id) where ${inForce} and p.valid_from < n.from_day and ${differs}`.execute(
    tx,
  );
  await sql`update registry.profile p set valid_to = n.from_day from pg_temp.noted n where n.subject_id = p.subject_id and ${inForce}
    and p.valid_from < n.from_day
    and exists (select from registry.profile q where q.subject_id = p.subject_id and q.valid_from = n.from_day)`.execute(
    tx,
  );
  await sql`update registry.profile p set languages = ${languages}, languages_read = ${read}, recorded_at = ${at}
    from pg_temp.noted n where n.subject_id = p.subject_id and p.valid_from >= n.from_day and ${differs}`.execute(tx);
  await sql`insert into registry.profile (subject_id, valid_from, valid_to, languages, languages_read, recorded_at)
    select n.subject_id, n.from_day, (select min(x.valid_from) from registry.profile x where x.subject_id = n.subject_id and x.valid_from > n.from_day),
      ${[...noting.languages]}::text[], ${noting.languagesRead && [...noting.languagesRead]}::text[], ${at}
    from pg_temp.noted n where not exists (select from registry.profile p where p.subject_id = n.subject_id and ${inForce})`.execute(
    tx,
  );
  const { rows } = await sql<{ subjectId: string }>`select subject_id as "subjectId" from pg_temp.noted`.execute(tx);
  return rows.map(({ subjectId }) => subjectId);
};

/** Rebuilds today's rows of households. @returns the villages in which they have lived since the day */
export const refreshNoted = async (
  tx: Db,
  subjectIds: readonly string[],
  { from, today }: { from: Day; today: Day },
): Promise<string[]> => {
  await refreshSubjects(tx, today, sql`select unnest(${[...subjectIds]}::uuid[])`);
  const { rows } = await sql<{
    villageId: string;
  }>`select distinct village_id as "villageId" from registry.residency
    where subject_id = any(${[...subjectIds]}::uuid[]) and (valid_to is null or valid_to > ${from}::date)`.execute(tx);
  return rows.map(({ villageId }) => villageId);
};

/**
 * A list that comes in for a day before somebody noted languages: what else it says holds beyond that day too, up to the
 * next review; the languages stay as noted. Undo puts the notes back as they were.
 */
export const carryListIntoNotes = async (tx: Db, { importId, asOf }: Pick<Writing, 'importId' | 'asOf'>) => {
  const staged = sql`registry.import_household h join pg_temp.review_in w on w.subject_id = h.subject_id`;
  const merged = (alias: string) =>
    sql.raw(OTHERS.map((column) => `coalesce(h.${column}, ${alias}.${column})`).join(', '));
  const concerns = sql`h.import_id = ${importId} and h.subject_id = t.subject_id and t.import_id is null and t.valid_from > ${asOf}::date
    and (w.later is null or t.valid_from < w.later) and row(${merged('t')}) is distinct from row(${others('t.')})`;
  await sql`with cut as (insert into registry.profile (subject_id, valid_from, valid_to, ${others('')}, languages, languages_read, import_id, recorded_at)
      select t.subject_id, w.later, t.valid_to, ${others('t.')}, t.languages, t.languages_read, t.import_id, t.recorded_at
      from registry.profile t, ${staged} where ${concerns} and (t.valid_to is null or w.later < t.valid_to) and w.later is not null
      returning *)
    insert into registry.import_change (import_id, table_name, subject_id, after)
    select ${importId}, 'profile', c.subject_id, to_jsonb(c) from cut c`.execute(tx);
  await changeLogged(tx, { name: 'profile', rowKey: ['subject_id', 'valid_from'] }, importId, {
    set: sql`${sql.raw(OTHERS.map((column) => `${column} = coalesce(h.${column}, t.${column})`).join(', '))}, valid_to = least(t.valid_to, w.later)`,
    from: staged,
    where: concerns,
  });
};

/** Which of these are households that live in one of our villages today, and in which. */
export const villagesToday = async (
  tx: Db,
  subjectIds: readonly string[],
): Promise<{ subjectId: string; villageId: string }[]> => {
  const { rows } = await sql<{
    subjectId: string;
    villageId: string;
  }>`select subject_id as "subjectId", village_id as "villageId"
    from registry.subject_now where kind = 'household' and village_id is not null and subject_id = any(${[...subjectIds]}::uuid[])`.execute(
    tx,
  );
  return rows;
};

export interface GroupMember {
  readonly subjectId: string;
  /** Nobody knows what it understands. */
  readonly unknown: boolean;
}

/** The households of an ethnic group in a village today, however its name is written. */
export const membersOfGroup = async (tx: Db, villageId: string, ethnicity: string): Promise<GroupMember[]> => {
  const { rows } =
    await sql<GroupMember>`select subject_id as "subjectId", coalesce(cardinality(languages), 0) = 0 as unknown
    from registry.subject_now where kind = 'household' and village_id = ${villageId}
      and ethnicity = any(${groupSpellings([ethnicity])}::text[]) order by subject_id`.execute(tx);
  return rows;
};

export interface EthnicGroup {
  readonly ethnicity: string;
  readonly households: number;
  /** Of how many nobody knows what they understand. */
  readonly unknown: number;
}

/** The ethnic groups that live in a village today as lists write them, the largest first. */
export const groupsOfVillage = async (tx: Db, villageId: string): Promise<EthnicGroup[]> => {
  const { rows } = await sql<EthnicGroup>`select ethnicity, count(*)::int as households,
      (count(*) filter (where coalesce(cardinality(languages), 0) = 0))::int as unknown
    from registry.subject_now where kind = 'household' and village_id = ${villageId} and ethnicity is not null
    group by ethnicity order by 2 desc, 1`.execute(tx);
  return rows;
};

/** What households of these villages (null = of all) are known to understand, the commonest first. */
export const languagesSpoken = async (tx: Db, villageIds: readonly string[] | null): Promise<string[]> => {
  const { rows } = await sql<{
    language: string;
  }>`select l.language from registry.subject_now n, unnest(n.languages) as l (language)
    where n.kind = 'household' and ${villageIds === null ? sql`true` : sql`n.village_id = any(${[...villageIds]}::uuid[])`}
    group by 1 order by count(*) desc, 1`.execute(tx);
  return rows.map(({ language }) => language);
};

import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import type { Day } from '../../../shared/dates.ts';
import { placesUnder } from '../../territory/index.ts';

/** One line of an exported table, in the order of its headings. */
export type EvidenceRow = readonly (string | number | boolean | null)[];

/** A table of the export: its headings, and its rows after a subject or place, a piece at a time. */
export interface EvidenceTable {
  readonly name: string;
  readonly headings: readonly string[];
  readonly page: (tx: Db, after: string) => Promise<{ rows: EvidenceRow[]; last: string | undefined }>;
}

const PAGE = 5_000;
const INDICATORS = Array.from({ length: 12 }, (_, at) => `d${at + 1}`);

/**
 * Everything that lies in the place today, and the communes and districts that are no more; not what it once had and others
 * have now, nor who lives there.
 */
export const placesOf = async (tx: Db, placeId: string, today: Day): Promise<string[]> => {
  const { rows } = await sql<{ placeId: string }>`select distinct t.place_id as "placeId" from territory.place_tree t
    where t.ancestor_id = ${placeId}::uuid and not exists (
      select 1 from territory.place_version v where v.place_id = t.place_id
        and (v.kind = 'village' or v.valid_to is null or v.valid_to > ${today}::date))`.execute(tx);
  return [...new Set([...(await placesUnder(tx, [placeId], today)), ...rows.map((row) => row.placeId)])];
};

/** Who ever lived, or had a post, in the places, and until when: what came after they left is not of these places. */
const subjectsOf = (placeIds: readonly string[], after: string) => sql`
  select l.subject_id, max(coalesce(l.valid_to, 'infinity'))::text as until from (
    select r.subject_id, r.valid_to from registry.residency r where r.village_id = any(${[...placeIds]}::uuid[])
    union all select o.subject_id, o.valid_to from registry.officer_post o where o.place_id = any(${[...placeIds]}::uuid[])) l
  where l.subject_id > ${after}::uuid group by l.subject_id order by l.subject_id limit ${PAGE}`;

type Answer = Record<string, string | number | boolean | null>;

const rowsOf = (answers: readonly Answer[], headings: readonly string[]): EvidenceRow[] =>
  answers.map((answer) => headings.map((heading) => answer[heading] ?? null));

/** A table with rows for each subject: read a page of subjects at a time, so that memory stays flat. */
const bySubject = (
  name: string,
  headings: readonly string[],
  placeIds: readonly string[],
  query: ReturnType<typeof sql>,
): EvidenceTable => ({
  name,
  headings,
  page: async (tx, after) => {
    const { rows: ids } = await sql<{ subject_id: string; until: string }>`${subjectsOf(placeIds, after)}`.execute(tx);
    if (ids.length === 0) return { rows: [], last: undefined };
    const { rows } =
      await sql<Answer>`with own as (select * from unnest(${ids.map((row) => row.subject_id)}::uuid[], ${ids.map((row) => row.until)}::date[]) as o (subject_id, until))
      select x.* from (${query}) x order by ${sql.raw(headings.map((_, at) => at + 1).join(', '))}`.execute(tx);
    return { rows: rowsOf(rows, headings), last: ids.length < PAGE ? undefined : ids.at(-1)!.subject_id };
  },
});

/** A table that is small enough to be read at once. */
const atOnce = (name: string, headings: readonly string[], query: ReturnType<typeof sql>): EvidenceTable => ({
  name,
  headings,
  page: async (tx) => {
    const { rows } = await sql<Answer>`${query}`.execute(tx);
    return { rows: rowsOf(rows, headings), last: undefined };
  },
});

const SUBJECTS = ['subject_id', 'kind', 'code', 'exists_from', 'exists_to', 'synthetic'];
const LANGUAGES = ['languages', 'languages_known', 'languages_read', 'languages_read_known'];
const FACTS = ['subject_id', 'fact', 'valid_from', 'valid_to', 'place_id', 'class', ...LANGUAGES];
const EVIDENCE = ['message_id', 'edition', 'language', 'channel', 'proof', 'happened_on', 'activity_id', 'voids'];
const PLACES = ['place_id', 'name', 'ancestor_id', 'valid_from', 'valid_to'];

const noIndicators = sql.raw(INDICATORS.map((name) => `null::boolean as ${name}`).join(', '));
const noLanguages = sql.raw(
  LANGUAGES.map((name) => (name.endsWith('known') ? `null::boolean as ${name}` : `null::text as ${name}`)).join(', '),
);
const list = (column: string) => sql.raw(`array_to_string(${column}, '|')`);

/**
 * What the rates of a place by its map of today rest on, as plain tables: whoever wants can count again without this product,
 * for rules that ask for class, deprivations, languages, place. Not in it: names, phones, identity numbers (households go by
 * their codes), people of a household, ethnic group, livelihood, devices, groups, statuses of places; whatever of a household
 * came after it left; plans in draft. Languages are joined by |; `…_known` tells none from unknown.
 */
export const evidenceTables = (placeIds: readonly string[]): EvidenceTable[] => [
  atOnce(
    'places',
    PLACES,
    sql`select t.place_id, v.name, t.ancestor_id, t.valid_from, t.valid_to from territory.place_tree t
      join territory.place_version v on v.place_id = t.place_id and v.valid_from <= t.valid_from and (v.valid_to is null or v.valid_to > t.valid_from)
      where t.place_id = any(${[...placeIds]}::uuid[])
      order by 1, 4, 3`,
  ),
  bySubject(
    'subjects',
    SUBJECTS,
    placeIds,
    sql`select s.subject_id, s.kind, s.code, s.exists_from, s.exists_to, s.synthetic from registry.subject s join own using (subject_id)`,
  ),
  bySubject(
    'facts',
    [...FACTS, ...INDICATORS],
    placeIds,
    sql`select subject_id, 'place' as fact, valid_from, valid_to, village_id as place_id, null as class, ${noLanguages},
        ${noIndicators} from registry.residency join own using (subject_id) where valid_from < until
      union all
      select subject_id, 'place', valid_from, valid_to, place_id, null, ${noLanguages}, ${noIndicators} from registry.officer_post join own using (subject_id) where valid_from < until
      union all
      select subject_id, 'class', valid_from, valid_to, null, class, ${noLanguages}, ${noIndicators} from registry.classification join own using (subject_id) where valid_from < until
      union all
      select subject_id, 'profile', valid_from, valid_to, null, null, ${list('languages')}, languages is not null, ${list('languages_read')}, languages_read is not null,
        ${noIndicators} from registry.profile join own using (subject_id) where valid_from < until
      union all
      select subject_id, 'deprivation', valid_from, valid_to, null, null, ${noLanguages}, ${sql.raw(INDICATORS.join(', '))}
        from registry.deprivation join own using (subject_id) where valid_from < until`,
  ),
  bySubject(
    'contacts',
    ['subject_id', 'contact_id', 'stage', ...EVIDENCE],
    placeIds,
    sql`select subject_id, contact_id, stage, ${sql.raw(EVIDENCE.join(', '))} from reach.contact join own using (subject_id) where happened_on < until`,
  ),
  atOnce(
    'exposures',
    ['place_id', 'exposure_id', ...EVIDENCE],
    sql`select place_id, exposure_id, ${sql.raw(EVIDENCE.join(', '))} from reach.exposure
      where place_id = any(${[...placeIds]}::uuid[]) order by 1, 2`,
  ),
];

/** The id before all others: where reading begins. */
export const FIRST = '00000000-0000-0000-0000-000000000000';

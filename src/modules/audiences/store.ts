import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { folded } from '../../platform/db/folded.ts';
import { type Order, orderOf } from '../../platform/list.ts';
import type { Day } from '../../shared/dates.ts';
import { listedClasses } from '../registry/index.ts';
import { coveredPlaces } from '../territory/index.ts';
import type { Rule } from './rule.ts';
import { compileRule, subjectsOn } from './store-rule.ts';

export interface SavedAudience {
  readonly audienceId: string;
  readonly code: string;
  readonly placeId: string;
  readonly name: string;
  readonly rule: unknown;
  readonly updatedAt: Date;
  readonly endedAt: Date | null;
}

const columns = sql`a.audience_id as "audienceId", a.code, a.place_id as "placeId", a.name, a.rule, a.updated_at as "updatedAt",
  a.ended_at as "endedAt"`;

/** A saved audience, also one that has ended; with `update` nobody else changes it until the transaction ends. */
export const findSaved = async (tx: Db, code: string, lock?: 'update'): Promise<SavedAudience | undefined> => {
  const { rows } = await sql<SavedAudience>`select ${columns} from audiences.audience a where a.code = ${code}
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0];
};

/** Those that have not ended, by name. */
export const listSaved = async (tx: Db): Promise<SavedAudience[]> => {
  const { rows } =
    await sql<SavedAudience>`select ${columns} from audiences.audience a where a.ended_at is null order by a.name, a.code`.execute(
      tx,
    );
  return rows;
};

export interface Saving {
  readonly audienceId: string;
  readonly code: string;
  readonly placeId: string;
  readonly name: string;
  readonly rule: Rule;
  readonly by: string | null;
  readonly at: Date;
}

/** Writes a new audience. @returns false where the code is taken, also by somebody who was quicker by a moment */
export const addRow = async (tx: Db, saving: Saving): Promise<boolean> => {
  const { audienceId, code, placeId, name, rule, by, at } = saving;
  const { rows } = await sql<{ id: string }>`
    insert into audiences.audience (audience_id, code, place_id, name, rule, created_by, created_at, updated_at)
    values (${audienceId}, ${code}, ${placeId}, ${name}, ${JSON.stringify(rule)}::jsonb, ${by}, ${at}, ${at})
    on conflict (code) do nothing returning audience_id as id`.execute(tx);
  return rows.length > 0;
};

/** Writes an audience in the stead of what stands under its code; an ended one comes back. */
export const changeRow = async (tx: Db, { code, placeId, name, rule, at }: Omit<Saving, 'audienceId' | 'by'>) => {
  await sql`update audiences.audience set place_id = ${placeId}, name = ${name}, rule = ${JSON.stringify(rule)}::jsonb,
    updated_at = ${at}, ended_at = null where code = ${code}`.execute(tx);
};

export const endRow = async (tx: Db, code: string, at: Date): Promise<void> => {
  await sql`update audiences.audience set ended_at = ${at}, updated_at = ${at} where code = ${code}`.execute(tx);
};

/** Which of the ids are places, of whatever time. */
export const knownPlaces = async (tx: Db, placeIds: readonly string[]): Promise<Set<string>> => {
  const { rows } = await sql<{ id: string }>`
    select distinct t.place_id as id from territory.place_tree t where t.place_id = any(${[...placeIds]}::uuid[]) and t.depth = 0`.execute(
    tx,
  );
  return new Set(rows.map(({ id }) => id));
};

export interface Asked {
  readonly rule: Rule;
  readonly on: Day;
  readonly today: Day;
  /** Only subjects in these places and below them; null = everywhere. */
  readonly within: readonly string[] | null;
  /** The areas of who asks, of which today's map decides what they hold; null = everything. */
  readonly areas: readonly string[] | null;
}

/**
 * What lies in places on a day. A place that had ended by then means what lay in it at the end, and one that was not yet
 * there (the communes of a merger to come) what lay in it at its beginning. What an area has lost since is not its holder's
 * to look into, whatever day is asked for.
 */
const placesInside = async (tx: Db, { within, areas, on, today }: Asked): Promise<string[] | null> => {
  if (within === null) return null;
  const { rows } = await sql<{ placeId: string }>`
    select distinct t.place_id as "placeId" from (
      select u.ancestor_id as place_id, greatest(u.valid_from, least(${on}::date, coalesce(u.valid_to, 'infinity'::date) - 1)) as day
      from territory.place_tree u where u.place_id = any(${[...within]}::uuid[]) and u.ancestor_id = u.place_id and u.depth = 0
    ) p join territory.place_tree t on t.ancestor_id = p.place_id and t.valid_from <= p.day and (t.valid_to is null or t.valid_to > p.day)`.execute(
    tx,
  );
  const inside = rows.map(({ placeId }) => placeId);
  if (areas === null) return inside;
  const held = await coveredPlaces(tx, areas, inside, today);
  return inside.filter((placeId) => held.has(placeId));
};

const scope = async (tx: Db, asked: Asked) => {
  const places = await placesInside(tx, asked);
  return places === null ? sql`true` : sql`n.place_id = any(${places}::uuid[])`;
};

export interface PlaceCount {
  /** Where the subjects are: a household's village, the place of an officer's post; null = nowhere known. */
  readonly placeId: string | null;
  readonly total: number;
  readonly fits: number;
  readonly unknown: number;
}

/** How many subjects of the rule's kind there are in each place, whom it is true of, and of whom that is unknown. */
export const countByPlace = async (tx: Db, asked: Asked): Promise<PlaceCount[]> => {
  const { rule, on, today } = asked;
  const inScope = await scope(tx, asked);
  const { rows } = await sql<PlaceCount>`
    select c.place_id as "placeId", count(*)::int as total, count(*) filter (where c.fits)::int as fits,
      count(*) filter (where c.fits is null)::int as unknown
    -- Kept apart (offset 0), or the rule would be put into both counts and answered twice.
    from (select n.place_id, ${compileRule(rule, on)} as fits from ${subjectsOn(on, today)} n
      where n.kind = ${rule.subject} and ${inScope} offset 0) c
    group by c.place_id`.execute(tx);
  return rows;
};

/** Is the rule true of anybody at all there? */
export const isTrueOfAnybody = async (tx: Db, asked: Asked): Promise<boolean> => {
  const { rule, on, today } = asked;
  const { rows } = await sql<{ anybody: boolean }>`select exists (select 1 from ${subjectsOn(on, today)} n
    where n.kind = ${rule.subject} and ${await scope(tx, asked)} and ${compileRule(rule, on)} is true) as anybody`.execute(
    tx,
  );
  return rows[0]!.anybody;
};

export interface SubjectLine {
  readonly subjectId: string;
  readonly code: string;
  /** The head of a household, or the officer. */
  readonly name: string | null;
  readonly placeId: string | null;
  readonly class: string | null;
  readonly body: string | null;
  readonly post: string | null;
}

/** The orders the subjects behind a count may be asked for. */
export const subjectSorts = ['name', 'code', 'place', 'class', 'post', 'body'] as const;

export interface Listing extends Asked, Order<(typeof subjectSorts)[number]> {
  /** Those of whom the rule is true, or those of whom it is unknown. */
  readonly show: 'fits' | 'unknown';
  /** `villageOrder` of the places looked at, where rows come by place. */
  readonly villages?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const subjectOrders = ({ villages }: Listing) => ({
  name: sql`n.head_folded`,
  code: sql`n.code`,
  place: sql`(${villages ?? '{}'}::jsonb ->> n.place_id::text)::int`,
  class: sql`array_position(${[...listedClasses]}::text[], n.class)`,
  post: folded(sql`n.post`),
  body: folded(sql`n.body`),
});

/** The subjects behind a count, by place and name unless asked otherwise. */
export const listSubjects = async (tx: Db, listing: Listing): Promise<{ rows: SubjectLine[]; total: number }> => {
  const { rule, on, today, show, limit, offset } = listing;
  const chosen = sql`from ${subjectsOn(on, today)} n where n.kind = ${rule.subject} and ${await scope(tx, listing)}
    and ${compileRule(rule, on)} is ${show === 'fits' ? sql`true` : sql`null`}`;
  const { rows } = await sql<SubjectLine>`
    select n.subject_id as "subjectId", n.code, n.head_name as name, n.place_id as "placeId", n.class, n.body, n.post ${chosen}
    order by ${orderOf(listing, subjectOrders(listing), sql`n.place_id, n.head_folded, n.code, n.subject_id`)} limit ${limit} offset ${offset}`.execute(
    tx,
  );
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total ${chosen}`.execute(tx);
  return { rows, total: counted[0]!.total };
};

import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { type Day, ZONE } from '../../shared/dates.ts';
import { notFound } from '../../shared/errors.ts';
import { isId, newId } from '../../shared/ids.ts';
import type { Line, LineTerms } from './line.ts';

const selectLines = (where: RawBuilder<unknown>) => sql<Line & LineTerms>`
  select l.line_id as "lineId", l.plan_id as "planId", p.code as "planCode", p.title as "planTitle", p.place_id as "planPlaceId",
    p.state as "planState", p.issued_at as "planIssuedAt", p.closed_at as "planClosedAt", p.period_from as "planPeriodFrom",
    p.period_to as "planPeriodTo", l.position, l.what, l.message_id as "messageId", l.edition, l.audience_code as "audienceCode",
    l.audience_name as "audienceName", l.rule, l.channels, l.place_ids as "placeIds", l.starts_on as "startsOn", l.ends_on as "endsOn",
    l.body, l.head_name as "headName", l.head_post as "headPost", l.threshold, l.target_percent::float8 as "targetPercent",
    p.synthetic, l.quantity::float8 as quantity, l.unit, l.partners, l.budget::float8 as budget, l.budget_source as "budgetSource"
  from plans.plan_line l join plans.plan p on p.plan_id = l.plan_id
  where ${where} order by p.code, l.position`;

const lines = async (tx: Db, where: RawBuilder<unknown>): Promise<(Line & LineTerms)[]> =>
  (await selectLines(where).execute(tx)).rows;

export const findLine = async (tx: Db, lineId: string): Promise<(Line & LineTerms) | undefined> =>
  isId(lineId) ? (await lines(tx, sql`l.line_id = ${lineId}`))[0] : undefined;

/** Lines by their ids; what there is not is left out. */
export const linesById = async (tx: Db, lineIds: readonly string[]): Promise<Map<string, Line & LineTerms>> =>
  new Map((await lines(tx, sql`l.line_id = any(${[...lineIds]}::uuid[])`)).map((line) => [line.lineId, line]));

export const getLine = async (tx: Db, lineId: string): Promise<Line & LineTerms> => {
  const line = await findLine(tx, lineId);
  if (!line) throw notFound('line');
  return line;
};

/** The lines of a plan in their order. */
export const linesOf = (tx: Db, planId: string): Promise<(Line & LineTerms)[]> => lines(tx, sql`l.plan_id = ${planId}`);

/** The lines of all plans that are not closed. */
export const linesInForce = (tx: Db): Promise<(Line & LineTerms)[]> => lines(tx, sql`p.state <> 'closed'`);

/** The lines of all plans that were issued, also of those closed since. */
export const linesIssued = (tx: Db): Promise<(Line & LineTerms)[]> => lines(tx, sql`p.state <> 'draft'`);

/** The lines of issued plans whose last day is not after this one. */
export const linesEndingBy = (tx: Db, day: Day): Promise<(Line & LineTerms)[]> =>
  lines(tx, sql`p.state = 'issued' and l.ends_on <= ${day}::date`);

/** Of these lines, those for which something was done. */
export const begunLines = async (tx: Db, lineIds: readonly string[]): Promise<Set<string>> => {
  const { rows } = await sql<{
    lineId: string;
  }>`select l.line_id as "lineId" from unnest(${[...lineIds]}::uuid[]) l (line_id)
    where exists (select 1 from plans.activity_in_force a where a.line_id = l.line_id)`.execute(tx);
  return new Set(rows.map(({ lineId }) => lineId));
};

/** A line before it stands in a plan: what the plan itself and its own id will say of it is not known yet. */
export type NewLine = LineTerms & Omit<Line, 'lineId' | 'synthetic' | `plan${string}`>;

/** Writes the lines of a draft in the stead of those before; a line that keeps its position keeps its id. @returns ids. */
export const saveLines = async (
  tx: Db,
  planId: string,
  newLines: readonly NewLine[],
): Promise<{ lineIds: string[]; removed: string[] }> => {
  const positions = newLines.map(({ position }) => position);
  const { rows: removed } = await sql<{ lineId: string }>`delete from plans.plan_line where plan_id = ${planId}
    and position <> all(${positions}::int[]) returning line_id as "lineId"`.execute(tx);
  const lineIds: string[] = [];
  for (const line of newLines) {
    const { rows } = await sql<{
      lineId: string;
    }>`insert into plans.plan_line (line_id, plan_id, position, what, message_id, edition,
        audience_code, audience_name, rule, channels, place_ids, quantity, unit, starts_on, ends_on, body, head_name, head_post, partners,
        budget, budget_source, threshold, target_percent)
      values (${newId()}, ${planId}, ${line.position}, ${line.what}, ${line.messageId}, ${line.edition}, ${line.audienceCode},
        ${line.audienceName}, ${JSON.stringify(line.rule)}::jsonb, ${[...line.channels]}::text[], ${[...line.placeIds]}::uuid[],
        ${line.quantity}, ${line.unit}, ${line.startsOn}, ${line.endsOn}, ${line.body}, ${line.headName}, ${line.headPost},
        ${[...line.partners]}::text[], ${line.budget}, ${line.budgetSource}, ${line.threshold}, ${line.targetPercent})
      on conflict (plan_id, position) do update set what = excluded.what, message_id = excluded.message_id, edition = excluded.edition,
        audience_code = excluded.audience_code, audience_name = excluded.audience_name, rule = excluded.rule,
        channels = excluded.channels, place_ids = excluded.place_ids, quantity = excluded.quantity, unit = excluded.unit,
        starts_on = excluded.starts_on, ends_on = excluded.ends_on, body = excluded.body, head_name = excluded.head_name,
        head_post = excluded.head_post, partners = excluded.partners, budget = excluded.budget, budget_source = excluded.budget_source,
        threshold = excluded.threshold, target_percent = excluded.target_percent
      returning line_id as "lineId"`.execute(tx);
    lineIds.push(rows[0]!.lineId);
  }
  return { lineIds, removed: removed.map(({ lineId }) => lineId) };
};

export interface LineChange {
  readonly lineId: string;
  readonly what: 'threshold' | 'edition' | 'head';
  readonly before: string;
  readonly after: string;
  readonly note: string;
  readonly changedByName: string;
  readonly changedAt: Date;
}

/** Changes one thing of a line and writes down what it was before. */
export const changeLine = async (
  tx: Db,
  change: LineChange & { readonly changedBy: string | null },
  set:
    | { readonly threshold: number }
    | { readonly edition: number }
    | { readonly headName: string; readonly headPost: string },
): Promise<void> => {
  const assignment =
    'threshold' in set
      ? sql`threshold = ${set.threshold}`
      : 'edition' in set
        ? sql`edition = ${set.edition}`
        : sql`head_name = ${set.headName}, head_post = ${set.headPost}`;
  await sql`update plans.plan_line set ${assignment} where line_id = ${change.lineId}`.execute(tx);
  await sql`insert into plans.line_change (change_id, line_id, what, before, after, note, changed_by, changed_by_name, changed_at)
    values (${newId()}, ${change.lineId}, ${change.what}, ${change.before}, ${change.after}, ${change.note}, ${change.changedBy},
      ${change.changedByName}, ${change.changedAt})`.execute(tx);
};

/** What changed in a plan's lines since it was issued, the newest first. */
export const changesOf = async (tx: Db, planId: string): Promise<LineChange[]> => {
  const { rows } = await sql<LineChange>`select c.line_id as "lineId", c.what, c.before, c.after, c.note,
      c.changed_by_name as "changedByName", c.changed_at as "changedAt"
    from plans.line_change c join plans.plan_line l on l.line_id = c.line_id where l.plan_id = ${planId}
    order by c.changed_at desc, c.change_id desc`.execute(tx);
  return rows;
};

/**
 * The lines as they were at the end of a day: with the edition and the threshold of then. What was before the first change
 * since is what stood there.
 */
export const linesOn = async <L extends Line>(tx: Db, of: readonly L[], on: Day): Promise<L[]> => {
  const { rows } = await sql<{ lineId: string; what: 'edition' | 'threshold'; before: string }>`
    select distinct on (c.line_id, c.what) c.line_id as "lineId", c.what, c.before from plans.line_change c
    where c.line_id = any(${of.map(({ lineId }) => lineId)}::uuid[]) and c.what in ('edition', 'threshold')
      and (c.changed_at at time zone ${ZONE})::date > ${on}::date
    order by c.line_id, c.what, c.changed_at, c.change_id`.execute(tx);
  const then = Map.groupBy(rows, ({ lineId }) => lineId);
  return of.map((line) => ({
    ...line,
    ...Object.fromEntries((then.get(line.lineId) ?? []).map(({ what, before }) => [what, Number(before)])),
  }));
};

export interface Done {
  readonly lineId: string;
  /** Activities that were not voided. */
  readonly activities: number;
  readonly first: Day | null;
  readonly last: Day | null;
  /** Different villages in which something was done. */
  readonly places: number;
}

/** How much was done for each line of these plans; lines without any activity are left out. */
export const doneOf = async (tx: Db, planIds: readonly string[]): Promise<Map<string, Done>> => {
  const { rows } = await sql<Done>`select a.line_id as "lineId", count(distinct a.activity_id)::int as activities,
      min(a.happened_on) as first, max(a.happened_on) as last, count(distinct v.place_id)::int as places
    from plans.activity a join plans.plan_line l on l.line_id = a.line_id cross join lateral unnest(a.place_ids) as v (place_id)
    where l.plan_id = any(${[...planIds]}::uuid[]) and a.voided_at is null group by a.line_id`.execute(tx);
  return new Map(rows.map((row) => [row.lineId, row]));
};

export const linesOfPlans = (tx: Db, planIds: readonly string[]): Promise<(Line & LineTerms)[]> =>
  lines(tx, sql`l.plan_id = any(${[...planIds]}::uuid[])`);

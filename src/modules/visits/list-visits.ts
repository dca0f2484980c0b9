import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { lookedFor, MOST_IN_FILE, orderInput, pageInput } from '../../platform/list.ts';
import { isDay } from '../../shared/dates.ts';
import { forbidden } from '../../shared/errors.ts';
import { ranksOf } from '../../shared/order.ts';
import { getEditions } from '../content/index.ts';
import { getLine } from '../plans/index.ts';
import { coversPlaces, namesThen, villageOrder } from '../territory/index.ts';
import { agentNames, listVisitRows, type VisitRow, visitSorts } from './store.ts';
import { visitStates } from './visit.ts';

/** What somebody goes there to tell, in a word. */
export interface VisitLine {
  readonly lineId: string;
  readonly planCode: string;
  readonly position: number;
  readonly what: string;
  readonly title: string;
}

export interface ListedVisit extends VisitRow {
  readonly village: string;
  readonly lines: readonly VisitLine[];
  /** Open, and its day has passed. */
  readonly overdue: boolean;
  /** Assigned to who asks. */
  readonly own: boolean;
}

const linesOfVisits = async (ctx: Context, rows: readonly VisitRow[]): Promise<Map<string, VisitLine>> => {
  const lines = new Map<string, VisitLine>();
  for (const lineId of new Set(rows.flatMap((row) => row.lineIds))) {
    const { planCode, position, what, messageId, edition } = await getLine(ctx.tx, lineId);
    const title = (await getEditions(ctx.tx, [{ messageId, edition }])).get(`${messageId}|${edition}`)?.title ?? what;
    lines.set(lineId, { lineId, planCode, position, what, title });
  }
  return lines;
};

/** Visits as they are listed: with names of villages and lines. */
export const describeVisits = async (ctx: Context, rows: readonly VisitRow[]): Promise<ListedVisit[]> => {
  const lines = await linesOfVisits(ctx, rows);
  const villages = rows.flatMap(({ villageId }) => villageId ?? []);
  const names = await namesThen(ctx.tx, villages, ctx.today);
  return rows.map((row) => ({
    ...row,
    village: (row.villageId && names.get(row.villageId)) || '',
    lines: row.lineIds.map((lineId) => lines.get(lineId)!),
    overdue: row.state === 'open' && row.dueOn < ctx.today,
    own: row.agentId !== null && row.agentId === ctx.actor.userId,
  }));
};

const filters = z.object({
  placeId: z.uuid({ error: 'place' }).nullish(),
  states: z.array(z.enum(visitStates)).nullish(),
  /** Due by this day. */
  dueBefore: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  /** Only those assigned to who asks. */
  mine: z.boolean().default(false),
  agentName: z.string().trim().max(200).nullish(),
  subjectId: z.uuid({ error: 'household' }).nullish(),
  /** By head's name, without diacritics will do, or by code. */
  text: z.string().max(100).nullish(),
});

/** Which visits are meant, as a list asks for them. */
export type VisitFilters = z.output<typeof filters>;
export const visitFilters = filters;

interface Part {
  readonly limit: number;
  readonly offset: number;
}

const ordered = filters.extend(orderInput(visitSorts));

/** Rows of visits in one's own areas; a place outside them is refused. */
export const visitRows = async (
  ctx: Context,
  { placeId, states, dueBefore, mine, agentName, subjectId, text, ...asked }: z.output<typeof ordered> & Part,
  visitIds: readonly string[] | null = null,
): Promise<{ rows: VisitRow[]; total: number }> => {
  if (placeId && ctx.areas !== null && !(await coversPlaces(ctx.tx, ctx.areas, [placeId], ctx.today)))
    throw forbidden('outside-area', { what: 'visits.list-visits' });
  const { sort } = asked;
  return listVisitRows(ctx.tx, {
    ...asked,
    ...(sort === 'village' && {
      villages: await villageOrder(ctx.tx, placeId ? [placeId] : ctx.areas, ctx.today),
    }),
    ...(sort === 'agent' && { agents: ranksOf((await agentNames(ctx.tx)).map((name) => [name, name])) }),
    areas: ctx.areas,
    placeId: placeId ?? null,
    states: states?.length ? states : null,
    dueBefore: dueBefore ?? null,
    agentId: mine ? ctx.actor.userId : null,
    agentName: agentName || null,
    subjectId: subjectId ?? null,
    visitIds,
    ...lookedFor(text),
    on: ctx.today,
  });
};

const found = async (ctx: Context, input: z.output<typeof ordered> & Part) => {
  const { rows, total } = await visitRows(ctx, input);
  return { total, today: ctx.today, visits: await describeVisits(ctx, rows) };
};

/**
 * Visits to households of one's own areas: an agent's own village, an officer's commune. What is due first comes first, then
 * what was closed last.
 */
export const listVisits = read({
  name: 'visits.list-visits',
  input: ordered.extend(pageInput()),
  allow: ['officer', 'leader', 'agent'],
  area: 'own',
  run: found,
  sensitive: ({ placeId }, { visits }) => ({ placeId: placeId ?? null, rows: visits.length }),
});

/** The same visits to be taken along as a file: names and villages of households, so a right of its own. */
export const exportVisits = read({
  name: 'visits.export-visits',
  input: ordered,
  allow: ['officer', 'leader'],
  area: 'own',
  run: (ctx, input) => found(ctx, { ...input, limit: MOST_IN_FILE, offset: 0 }),
  sensitive: ({ placeId }, { visits }) => ({ placeId: placeId ?? null, rows: visits.length }),
});

import { z } from 'zod';
import { type Context, command, read } from '../../platform/command.ts';
import { isDay } from '../../shared/dates.ts';
import { conflict, invalid, notFound } from '../../shared/errors.ts';
import { sendableIn, userName } from '../identity/index.ts';
import { coveredPlaces } from '../territory/index.ts';
import { visitFilters, visitRows } from './list-visits.ts';
import type { VisitRow } from './store.ts';
import { cancelOpenVisits, giveOpenVisits, lockOpen } from './store-many.ts';

/** Visits changed at once at the utmost. */
export const MOST_CHANGED = 5_000;

const chosen = {
  /** These visits … */
  visitIds: z
    .array(z.uuid({ error: 'visit' }))
    .max(MOST_CHANGED, { error: 'visit.too-many' })
    .nullish(),
  /** … or all open ones that a list asks for in this way. */
  all: visitFilters.nullish(),
  /** How many the asker was shown: refused when it would be others by now. */
  expected: z.coerce.number().int().nullish(),
};

type Chosen = z.output<z.ZodObject<typeof chosen>>;

interface Picked {
  readonly open: readonly VisitRow[];
  /** Of those meant, how many are over by now. */
  readonly closed: number;
}

/** The visits meant, `held` those open ones among them until the end. Somebody else's are not found, whether there are any or not. */
const pick = async (ctx: Context, { visitIds, all }: Chosen, held: boolean): Promise<Picked> => {
  if (!all && !visitIds?.length)
    throw invalid('visit.none-chosen', {}, [{ path: 'visits', code: 'visit.none-chosen' }]);
  const ids = all ? null : [...new Set(visitIds)];
  const asked = visitFilters.parse(all ? { ...all, states: ['open'] } : {});
  const { rows, total } = await visitRows(ctx, { ...asked, descending: false, limit: MOST_CHANGED, offset: 0 }, ids);
  if (total > MOST_CHANGED) throw invalid('visit.too-many');
  if (ids && total < ids.length) throw notFound('visit');
  const still = held ? await lockOpen(ctx.tx, idsOf(rows)) : null;
  const open = rows.filter(({ visitId, state }) => still?.has(visitId) ?? state === 'open');
  return { open, closed: rows.length - open.length };
};

const asShown = ({ expected }: Chosen, count: number): void => {
  if (expected != null && expected !== count) throw conflict('visit.others-now', { before: expected, now: count });
};

const villagesOf = (rows: readonly VisitRow[]): number => new Set(rows.map(({ villageId }) => villageId)).size;

const idsOf = (rows: readonly VisitRow[]): string[] => rows.map(({ visitId }) => visitId);

/** Where who goes may write down what happened; null = a name on paper, of whom nothing is asked. */
const reachable = async (ctx: Context, agentId: string | null, rows: readonly VisitRow[]) => {
  if (!agentId) return null;
  const areas = await sendableIn(ctx.tx, agentId, ctx.at);
  const villages = [...new Set(rows.flatMap(({ villageId }) => villageId ?? []))];
  return areas.length === 0 ? new Set<string>() : coveredPlaces(ctx.tx, areas, villages, ctx.today);
};

const giving = z.object({
  ...chosen,
  /** A user of the program, else only a name. */
  agentId: z.uuid().nullish(),
  agentName: z.string().trim().max(200).default(''),
  /** Null = each keeps its day. */
  dueOn: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  note: z.string().trim().max(500).default(''),
});

const workOutGiving = async (ctx: Context, input: z.output<typeof giving>, held: boolean) => {
  const { dueOn = null, note } = input;
  const agentId = input.agentId ?? null;
  if (!agentId && !input.agentName)
    throw invalid('visit.no-agent', {}, [{ path: 'ownerName', code: 'visit.no-agent' }]);
  if (dueOn !== null && dueOn < ctx.today)
    throw invalid('visit.due-past', {}, [{ path: 'dueOn', code: 'visit.due-past' }]);
  const { open, closed } = await pick(ctx, input, held);
  const agentName = (agentId && (await userName(ctx.tx, agentId))) || input.agentName;
  const inside = await reachable(ctx, agentId, open);
  const standing = open.filter(({ gone }) => !gone);
  const near = standing.filter(({ villageId }) => inside === null || (villageId !== null && inside.has(villageId)));
  if (near.length === 0 && standing.length > 0)
    throw invalid('visit.agent-area', {}, [{ path: 'ownerId', code: 'visit.agent-area' }]);
  const theirs = (row: VisitRow): boolean =>
    row.agentId === agentId && row.agentName === agentName && (dueOn === null || row.dueOn === dueOn) && note === '';
  const given = near.filter((row) => !theirs(row));
  return {
    ids: idsOf(given),
    to: { agentId, agentName, dueOn, note: note || null },
    told: {
      visits: given.length,
      villages: villagesOf(given),
      agentName,
      /** Of those given, how many are late as they are given. */
      late: given.filter((row) => (dueOn ?? row.dueOn) < ctx.today).length,
      /** Passed over: theirs in just this way already; outside the places of who is to go; of households that are gone; over. */
      same: near.length - given.length,
      outside: standing.length - near.length,
      gone: open.length - standing.length,
      closed,
    },
  };
};

/** What `give-visits` would do, and what it would pass over and why. Refuses what that refuses. */
export const previewGiveVisits = read({
  name: 'visits.preview-give-visits',
  input: giving,
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, input) => (await workOutGiving(ctx, input, false)).told,
});

/**
 * Gives open visits to somebody else, by another day where one is said. Passed over, and counted: those over by now, those
 * of households that are gone, those outside the places of who is to go, and those that are theirs in just this way.
 *
 * Refuses `visit.no-agent`, `visit.due-past`, `visit.agent-area` (none of them can go there), `visit.none-chosen`,
 * `visit.too-many`, `visit.others-now`, not-found `visit`.
 */
export const giveVisits = command({
  name: 'visits.give-visits',
  input: giving,
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, input) => {
    const { ids, to, told } = await workOutGiving(ctx, input, true);
    asShown(input, told.visits);
    await giveOpenVisits(ctx.tx, ids, { ...to, by: ctx.actor, at: ctx.at });
    return told;
  },
  audit: ({ agentId, dueOn }, { visits }) => ({ ownerId: agentId ?? null, dueOn: dueOn ?? null, visits }),
});

const cancelling = z.object({
  ...chosen,
  reason: z.string().trim().min(1, { error: 'visit.reason-missing' }).max(500),
});

const toldOf = ({ open, closed }: Picked) => ({ visits: open.length, villages: villagesOf(open), closed });

/** What `cancel-visits` would do. Refuses what that refuses. */
export const previewCancelVisits = read({
  name: 'visits.preview-cancel-visits',
  input: cancelling,
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, input) => toldOf(await pick(ctx, input, false)),
});

/** Calls open visits off, with one reason for all of them. Those over by now are passed over. It cannot be taken back. */
export const cancelVisits = command({
  name: 'visits.cancel-visits',
  input: cancelling,
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, input) => {
    const picked = await pick(ctx, input, true);
    asShown(input, picked.open.length);
    await cancelOpenVisits(ctx.tx, idsOf(picked.open), { note: input.reason, by: ctx.actor, at: ctx.at });
    return toldOf(picked);
  },
  audit: (_, { visits }) => ({ visits }),
});

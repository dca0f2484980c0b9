import { z } from 'zod';
import { type Context, read } from '../../../platform/command.ts';
import { lookedFor, MOST_IN_FILE, orderInput, pageInput } from '../../../platform/list.ts';
import { byName, ranksOf } from '../../../shared/order.ts';
import { getEditions } from '../../content/index.ts';
import { linesById, subjectOf } from '../../plans/index.ts';
import { withinAreas } from '../../reach/index.ts';
import { lastNames, namesOn } from '../../territory/index.ts';
import { type DeliveryState, deliveryStates, failedTwice, isRetryable, sentBy, waitsForMorning } from './dispatch.ts';
import { knownDispatch } from './known-dispatch.ts';
import { countStates, type Dispatch, placesSentTo, type StateCount } from './store.ts';
import {
  deliverySorts,
  dispatchSorts,
  dispatchStates,
  listDeliveryRows,
  listDispatchRows,
  sentAndSenders,
} from './store-lists.ts';
import { countTries, runsAround, type TryCount } from './store-tries.ts';

type Counts = Readonly<Record<DeliveryState, number>>;

const sumByState = (rows: readonly StateCount[]): Counts =>
  Object.fromEntries(
    deliveryStates.map((state) => [state, rows.reduce((sum, row) => sum + (row.state === state ? row.count : 0), 0)]),
  ) as Record<DeliveryState, number>;

/** With whom a sending is told: its line, its message, and how its deliveries in the own places stand. */
const withWords = async (ctx: Context, dispatches: readonly Dispatch[], own: readonly string[] | null) => {
  const states = Map.groupBy(
    await countStates(
      ctx.tx,
      dispatches.map(({ dispatchId }) => dispatchId),
      own,
    ),
    ({ dispatchId }) => dispatchId,
  );
  const editions = await getEditions(ctx.tx, dispatches);
  const lines = await linesById(
    ctx.tx,
    dispatches.map(({ lineId }) => lineId),
  );
  return dispatches.map((dispatch) => {
    const line = lines.get(dispatch.lineId);
    const edition = editions.get(`${dispatch.messageId}|${dispatch.edition}`);
    const rows = states.get(dispatch.dispatchId) ?? [];
    return {
      ...dispatch,
      message: { code: edition?.code ?? '?', title: edition?.title ?? '?' },
      plan: { code: line?.planCode ?? '?', title: line?.planTitle ?? '?', position: line?.position ?? 0 },
      what: line?.what ?? '?',
      /** Whom the line means. */
      subject: line ? subjectOf(line) : ('household' as const),
      // Of those in the own places alone, like all that is counted here.
      recipients: rows.reduce((sum, { count }) => sum + count, 0),
      parts: rows.reduce((sum, each) => sum + each.parts, 0),
      counts: sumByState(rows),
      rows,
      waitsForMorning: waitsForMorning(dispatch, ctx.at),
    };
  });
};

/** Messages in the order of their titles, and senders in that of their names, where rows come by them. */
const orderedBy = async (ctx: Context, sort: (typeof dispatchSorts)[number] | null | undefined) => {
  if (sort !== 'what' && sort !== 'by') return {};
  const sent = await sentAndSenders(ctx.tx);
  if (sort === 'by') return { people: ranksOf(new Map(sent.map(({ createdByName: name }) => [name, name]))) };
  const titles = [...(await getEditions(ctx.tx, sent))].map(([key, { title }]) => [key, title] as const);
  return { titles: ranksOf(titles) };
};

/** Sendings that went to somebody in the own areas, the newest first. */
export const listDispatches = read({
  name: 'delivery.list-dispatches',
  input: z.object({
    lineId: z.uuid({ error: 'line' }).nullish(),
    /** Only those that are not over. */
    open: z.boolean().default(false),
    state: z.enum(dispatchStates).nullish(),
    channel: z.enum(sentBy).nullish(),
    ...orderInput(dispatchSorts),
    ...pageInput(MOST_IN_FILE),
  }),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { lineId, ...query }) => {
    const own = ctx.areas === null ? null : [...(await withinAreas(ctx, await placesSentTo(ctx.tx)))];
    const { rows, total } = await listDispatchRows(ctx.tx, {
      ...query,
      ...(await orderedBy(ctx, query.sort)),
      ...{ lineId: lineId ?? null, state: query.state ?? null, channel: query.channel ?? null, placeIds: own },
    });
    return { total, dispatches: await withWords(ctx, rows, own) };
  },
});

/**
 * What went wrong, in groups: each with how many, whether another run would address them, how many of them failed twice, and
 * how many were sent again since.
 */
const faultGroups = (rows: readonly StateCount[], tries: readonly TryCount[]) =>
  rows
    .filter(({ state }) => ['failed', 'uncertain', 'no-receipt', 'withheld'].includes(state))
    .map(({ state, fault, count }) => {
      const tried = tries.find((each) => each.state === state && each.fault === fault);
      const twice = failedTwice(state, fault, tried?.failedBefore ?? 0);
      return { state, fault, count, again: isRetryable(state, fault), twice, sentAgain: tried?.sentAgain ?? 0 };
    });

/** One sending: how far it is, what failed and why, and what can be done about it. */
export const getDispatch = read({
  name: 'delivery.get-dispatch',
  input: z.object({ dispatchId: z.string() }),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { dispatchId }) => {
    const { own, ...row } = await knownDispatch(ctx, dispatchId);
    const [told] = await withWords(ctx, [row], own);
    const names = await lastNames(ctx.tx, own);
    return {
      ...told!,
      // What it repeats, and what repeats it.
      ...(await runsAround(ctx.tx, row, own)),
      groups: faultGroups(told!.rows, await countTries(ctx.tx, row, own)),
      /** As it stood then. */
      at: ctx.at,
      mine: own.length === new Set(row.placeIds).size,
      places: own.map((placeId) => names.get(placeId) ?? '').sort(byName),
    };
  },
});

export type DispatchView = Awaited<ReturnType<typeof getDispatch.run>>;

const deliveryFilters = z.object({
  dispatchId: z.string(),
  state: z.enum(deliveryStates).nullish(),
  fault: z.string().max(60).nullish(),
  /** By name, without diacritics will do, by code, or by digits of the number. */
  text: z.string().max(100).nullish(),
  ...orderInput(deliverySorts),
});

const sought = (text: string | null | undefined) => {
  const typed = text?.trim();
  if (!typed) return {};
  const digits = typed.replace(/\D/gu, '').replace(/^0/u, '');
  return {
    ...lookedFor(typed),
    // Of a name or a code no number is meant.
    digits: /^[\d\s.+-]{3,}$/u.test(typed) ? digits : '',
  };
};

const deliveriesFound = async (
  ctx: Context,
  { dispatchId, state, fault, text, ...asked }: z.output<typeof deliveryFilters> & { limit: number; offset: number },
) => {
  const { own } = await knownDispatch(ctx, dispatchId);
  const { rows, total } = await listDeliveryRows(ctx.tx, {
    ...asked,
    ...sought(text),
    ...{ dispatchId, placeIds: own, state: state ?? null, fault: fault ?? null },
    places: asked.sort === 'village' ? ranksOf(await namesOn(ctx.tx, own, ctx.today)) : undefined,
  });
  const names = await namesOn(ctx.tx, [...new Set(rows.map(({ placeId }) => placeId))], ctx.today);
  return { total, rows: rows.map((row) => ({ ...row, place: names.get(row.placeId) ?? '' })) };
};

/** The deliveries of a sending in the own areas: to whom, by which number, what became of each. */
export const listDeliveries = read({
  name: 'delivery.list-deliveries',
  input: deliveryFilters.extend(pageInput(5_000)),
  allow: ['officer', 'leader'],
  area: 'own',
  run: deliveriesFound,
  sensitive: ({ dispatchId, state }, { rows }) =>
    rows.length > 0 ? { dispatchId, state: state ?? null, rows: rows.length } : undefined,
});

/** The same deliveries to be taken along as a file; the audit knows how many left the house. */
export const exportDeliveries = read({
  name: 'delivery.export-deliveries',
  input: deliveryFilters,
  allow: ['officer', 'leader'],
  area: 'own',
  run: (ctx, input) => deliveriesFound(ctx, { ...input, limit: MOST_IN_FILE, offset: 0 }),
  sensitive: ({ dispatchId, state }, { rows }) => ({ dispatchId, state: state ?? null, rows: rows.length }),
});

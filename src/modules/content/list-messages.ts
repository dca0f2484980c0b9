import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { MOST_IN_FILE, orderInput, pageInput } from '../../platform/list.ts';
import { ranksOf } from '../../shared/order.ts';
import { fold } from '../../shared/text.ts';
import { lastNames, relatedPlaces } from '../territory/index.ts';
import { states, topics } from './message.ts';
import { listRows, messageSorts, placesOfMessages, titlesOf } from './store-read.ts';

/** What a list may be narrowed to: a state, or `waiting` = something of it waits to be approved. */
export const listedStates = [...states, 'waiting'] as const;

const filters = z.object({
  text: z.string().max(200).default(''),
  topic: z.enum(topics).nullish(),
  state: z.enum(listedStates).nullish(),
  placeId: z.uuid({ error: 'place' }).nullish(),
});

const ordered = filters.extend(orderInput(messageSorts));

const found = async (
  ctx: Context,
  { text, topic, state, placeId, ...asked }: z.output<typeof ordered> & { limit: number; offset: number },
) => {
  const seen = await relatedPlaces(ctx.tx, ctx.areas, await placesOfMessages(ctx.tx));
  // Of a place one asks what may be used there: its own messages, and those of what it lies in.
  const placeIds = placeId ? await relatedPlaces(ctx.tx, [placeId], seen) : seen;
  const { rows, total } = await listRows(ctx.tx, {
    ...asked,
    ...{ placeIds, folded: fold(text), topic: topic ?? null, state: state ?? null },
    titles: asked.sort === 'title' ? ranksOf(await titlesOf(ctx.tx, placeIds)) : undefined,
    places: asked.sort === 'place' ? ranksOf(await lastNames(ctx.tx, placeIds)) : undefined,
  });
  const names = await lastNames(
    ctx.tx,
    rows.map((row) => row.placeId),
  );
  return { total, rows: rows.map((row) => ({ ...row, place: names.get(row.placeId) ?? '' })) };
};

/** Messages that somebody may look at: those of places above, in and below their areas; changed last first. */
export const listMessages = read({
  name: 'content.list-messages',
  input: filters.extend({ ...pageInput(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
  allow: ['officer', 'leader', 'editor'],
  area: 'own',
  run: async (ctx, input) => (await found(ctx, { ...input, descending: false })).rows,
});

/** The same messages page by page, in any of their orders, with how many there are in all. */
export const findMessages = read({
  name: 'content.find-messages',
  input: ordered.extend(pageInput(MOST_IN_FILE)),
  allow: ['officer', 'leader', 'editor'],
  area: 'own',
  run: found,
});

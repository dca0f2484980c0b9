import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { fold } from '../../shared/text.ts';
import { lastNames, relatedPlaces } from '../territory/index.ts';
import { states, topics } from './message.ts';
import { listRows, placesOfMessages } from './store-read.ts';

/** What a list may be narrowed to: a state, or `waiting` = something of it waits to be approved. */
export const listedStates = [...states, 'waiting'] as const;

/** Messages that somebody may look at: those of places above, in and below their areas; changed last first. */
export const listMessages = read({
  name: 'content.list-messages',
  input: z.object({
    text: z.string().max(200).default(''),
    topic: z.enum(topics).nullish(),
    state: z.enum(listedStates).nullish(),
    placeId: z.uuid({ error: 'place' }).nullish(),
    limit: z.number().int().min(1).max(500).default(100),
    offset: z.number().int().min(0).default(0),
  }),
  allow: ['officer', 'leader', 'editor'],
  area: 'own',
  run: async (ctx, { text, topic, state, placeId, limit, offset }) => {
    const seen = await relatedPlaces(ctx.tx, ctx.areas, await placesOfMessages(ctx.tx));
    // Of a place one asks what may be used there: its own messages, and those of what it lies in.
    const placeIds = placeId ? await relatedPlaces(ctx.tx, [placeId], seen) : seen;
    const rows = await listRows(ctx.tx, {
      placeIds,
      folded: fold(text),
      topic: topic ?? null,
      state: state ?? null,
      limit,
      offset,
    });
    const names = await lastNames(
      ctx.tx,
      rows.map((row) => row.placeId),
    );
    return rows.map((row) => ({ ...row, place: names.get(row.placeId) ?? '' }));
  },
});

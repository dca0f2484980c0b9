import { z } from 'zod';
import { command, read } from '../../../platform/command.ts';
import { conflict, notFound } from '../../../shared/errors.ts';
import { withinAreas } from '../../reach/index.ts';
import { countUnread, listInboundRows, markRead, placesOfInbound, placesOfNumbers } from './store-inbound.ts';

/** What people of the own areas wrote back, what nobody has read yet first. A number of nobody here is shown to nobody here. */
export const listReplies = read({
  name: 'delivery.list-replies',
  input: z.object({
    limit: z.number().int().min(1).max(200).default(50),
    offset: z.number().int().min(0).default(0),
  }),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, query) => {
    const own = await withinAreas(ctx, await placesOfNumbers(ctx.tx));
    return listInboundRows(ctx.tx, { ...query, placeIds: [...own] });
  },
  sensitive: (_, rows) => (rows.length > 0 ? { rows: rows.length } : undefined),
});

/** How many replies of people of the own areas wait for somebody to read them. */
export const countReplies = read({
  name: 'delivery.count-replies',
  input: z.object({}),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx) => {
    const own = await withinAreas(ctx, await placesOfNumbers(ctx.tx));
    return { unread: await countUnread(ctx.tx, [...own]) };
  },
});

/** Somebody has read it and seen to it. */
export const markReplyRead = command({
  name: 'delivery.mark-reply-read',
  input: z.object({ inboundId: z.uuid() }),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { inboundId }) => {
    const places = await placesOfInbound(ctx.tx, inboundId);
    if ((await withinAreas(ctx, places)).size === 0) throw notFound('reply');
    if (!(await markRead(ctx.tx, inboundId, ctx.actor.name, ctx.at))) throw conflict('reply.read');
    return {};
  },
  audit: ({ inboundId }) => ({ inboundId }),
});

import { z } from 'zod';
import { type Context, command, read } from '../../../platform/command.ts';
import { MOST_IN_FILE, orderInput, pageInput } from '../../../platform/list.ts';
import { conflict, notFound } from '../../../shared/errors.ts';
import { withinAreas } from '../../reach/index.ts';
import {
  countUnread,
  listInboundRows,
  markRead,
  placesOfInbound,
  placesOfNumbers,
  replySorts,
  replyStates,
} from './store-inbound.ts';

const filters = z.object({ state: z.enum(replyStates).nullish(), ...orderInput(replySorts) });

const found = async (
  ctx: Context,
  { state, ...asked }: z.output<typeof filters> & { limit: number; offset: number },
) => {
  const own = await withinAreas(ctx, await placesOfNumbers(ctx.tx));
  return listInboundRows(ctx.tx, { ...asked, state: state ?? null, placeIds: [...own] });
};

/** What people of the own areas wrote back, what nobody has read yet first. A number of nobody here is shown to nobody here. */
export const listReplies = read({
  name: 'delivery.list-replies',
  input: filters.extend(pageInput(200)),
  allow: ['officer', 'leader'],
  area: 'own',
  run: found,
  sensitive: (_, { rows }) => (rows.length > 0 ? { rows: rows.length } : undefined),
});

/** The same replies to be taken along as a file; the audit knows how many left the house. */
export const exportReplies = read({
  name: 'delivery.export-replies',
  input: filters,
  allow: ['officer', 'leader'],
  area: 'own',
  run: (ctx, input) => found(ctx, { ...input, limit: MOST_IN_FILE, offset: 0 }),
  sensitive: (_, { rows }) => ({ rows: rows.length }),
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

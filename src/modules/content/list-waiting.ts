import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import type { Role } from '../../shared/roles.ts';
import { coveredPlaces } from '../territory/index.ts';
import { cameBack, ownDrafts, submittedByOthers, type WaitingRow } from './store-waiting.ts';

/** Those of places over which the actor holds one of the roles; the product itself holds all. */
const within = async (ctx: Context, roles: readonly Role[], rows: readonly WaitingRow[]): Promise<WaitingRow[]> => {
  if (ctx.actor.userId === null) return [...rows];
  const areas = ctx.actor.grants.filter(({ role }) => roles.includes(role)).map(({ placeId }) => placeId);
  if (areas.length === 0) return [];
  const places = [...new Set(rows.map(({ placeId }) => placeId))];
  const own = await coveredPlaces(ctx.tx, areas, places, ctx.today);
  return rows.filter(({ placeId }) => own.has(placeId));
};

/**
 * Messages, and corrections of their forms, that wait for who asks: `decide` = submitted by others, in places they lead;
 * `back` = returned to those who write there; `drafts` = own work not handed in yet.
 */
export const listWaiting = read({
  name: 'content.list-waiting',
  input: z.object({}),
  allow: ['officer', 'leader', 'editor'],
  area: 'own',
  run: async (ctx) => {
    const { userId } = ctx.actor;
    const writers = ['officer', 'editor'] as const;
    return {
      decide: await within(ctx, ['leader'], await submittedByOthers(ctx.tx, userId)),
      back: await within(ctx, writers, await cameBack(ctx.tx)),
      drafts: userId === null ? [] : await within(ctx, writers, await ownDrafts(ctx.tx, userId)),
    };
  },
});

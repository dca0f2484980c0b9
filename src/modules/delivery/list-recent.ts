import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { getEditions } from '../content/index.ts';
import { activitiesOf } from '../plans/index.ts';
import { namesThen, placesUnder } from '../territory/index.ts';

/** What was recorded last in one's own villages, the newest entry first; voided activities stay, with the reason. */
export const listRecent = read({
  name: 'delivery.list-recent',
  input: z.object({ limit: z.number().int().min(1).max(200).default(20) }),
  allow: ['officer', 'agent', 'leader'],
  area: 'own',
  run: async (ctx, { limit }) => {
    const own = ctx.areas && (await placesUnder(ctx.tx, [...ctx.areas], ctx.today));
    const all = await activitiesOf(ctx.tx, own ? { placeIds: own } : {});
    const newest = [...all]
      .sort((a, b) => b.recordedAt.getTime() - a.recordedAt.getTime() || (a.activityId < b.activityId ? 1 : -1))
      .slice(0, limit);
    const inside = own && new Set(own);
    const villageIds = newest.flatMap(({ placeIds }) => placeIds);
    const names = await namesThen(ctx.tx, villageIds, ctx.today);
    const editions = await getEditions(ctx.tx, newest);
    return newest.map((activity) => ({
      ...activity,
      villages: activity.placeIds
        .filter((placeId) => !inside || inside.has(placeId))
        .map((placeId) => names.get(placeId) ?? ''),
      message: editions.get(`${activity.messageId}|${activity.edition}`)?.title ?? '?',
    }));
  },
});

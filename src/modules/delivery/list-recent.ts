import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { MOST_IN_FILE, orderInput, pageInput } from '../../platform/list.ts';
import { activityKinds, proofs } from '../../shared/channels.ts';
import { sortedBy } from '../../shared/order.ts';
import { getEditions } from '../content/index.ts';
import { type Activity, activitiesOf } from '../plans/index.ts';
import { namesThen, placesUnder } from '../territory/index.ts';

/** What may have been recorded, by hand or by sending. */
export const recordedKinds = [...activityKinds, 'sms', 'email'] as const;

/** The orders what was recorded may be asked for. */
export const recordedSorts = ['what', 'day', 'message', 'language', 'proof', 'by', 'recorded'] as const;

const keysOf = (titles: ReadonlyMap<string, { readonly title: string }>) => ({
  what: ({ kind }: Activity) => recordedKinds.indexOf(kind),
  day: ({ happenedOn }: Activity) => happenedOn,
  message: ({ messageId, edition }: Activity) => titles.get(`${messageId}|${edition}`)?.title ?? null,
  language: ({ language }: Activity) => language,
  proof: ({ proof }: Activity) => proofs.indexOf(proof),
  by: ({ recordedByName }: Activity) => recordedByName,
  recorded: ({ recordedAt }: Activity) => recordedAt.getTime(),
});

/** What was recorded in one's own villages, the newest entry first; voided activities stay, with the reason. */
export const listRecent = read({
  name: 'delivery.list-recent',
  input: z.object({
    kind: z.enum(recordedKinds).nullish(),
    /** Only in this place and below it. */
    placeId: z.uuid({ error: 'place' }).nullish(),
    /** Only what counts, or only what was voided. */
    counts: z.boolean().nullish(),
    ...orderInput(recordedSorts),
    ...pageInput(MOST_IN_FILE),
  }),
  allow: ['officer', 'agent', 'leader'],
  area: 'own',
  run: async (ctx, { kind, placeId, counts, limit, offset, ...order }) => {
    const own = ctx.areas && (await placesUnder(ctx.tx, [...ctx.areas], ctx.today));
    const inside = own && new Set(own);
    const below = placeId ? await placesUnder(ctx.tx, [placeId], ctx.today) : null;
    const places = below ? below.filter((each) => inside === null || inside.has(each)) : own;
    const all = await activitiesOf(ctx.tx, { ...(places ? { placeIds: places } : {}), ...(kind ? { kind } : {}) });
    const asked = all.filter(({ voidedAt }) => counts == null || (voidedAt === null) === counts);
    const newest = asked.sort(
      (a, b) => b.recordedAt.getTime() - a.recordedAt.getTime() || (a.activityId < b.activityId ? 1 : -1),
    );
    const titles = order.sort === 'message' ? await getEditions(ctx.tx, newest) : new Map();
    const shown = sortedBy(newest, order, keysOf(titles)).slice(offset, offset + limit);
    const villageIds = shown.flatMap(({ placeIds }) => placeIds);
    const names = await namesThen(ctx.tx, villageIds, ctx.today);
    const editions = await getEditions(ctx.tx, shown);
    const rows = shown.map((activity) => ({
      ...activity,
      villages: activity.placeIds.filter((each) => !inside || inside.has(each)).map((each) => names.get(each) ?? ''),
      message: editions.get(`${activity.messageId}|${activity.edition}`)?.title ?? '?',
    }));
    return { rows, total: asked.length };
  },
});

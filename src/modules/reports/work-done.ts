import type { Context } from '../../platform/command.ts';
import type { Day } from '../../shared/dates.ts';
import { type SentCount, sentFor } from '../delivery/index.ts';
import { listActivities } from '../plans/index.ts';
import { coveredPlaces, placesUnder } from '../territory/index.ts';
import { type ActivityCount, countKinds, type Sendings } from './plan-report.ts';

interface Asked {
  readonly code: string;
  readonly placeId: string | null;
  readonly on: Day;
}

/** Of these places, those that the asker may see and that lie in the place asked for, by its map of either day. */
const placesSeen = async (ctx: Context, { placeId, on }: Asked, ids: readonly string[]): Promise<Set<string>> => {
  const held = ctx.areas ? await coveredPlaces(ctx.tx, ctx.areas, ids, ctx.today) : new Set(ids);
  if (placeId === null) return held;
  const inside = new Set(await placesUnder(ctx.tx, [placeId], on));
  for (const each of await coveredPlaces(ctx.tx, [placeId], [...held], ctx.today)) inside.add(each);
  return held.intersection(inside);
};

/** What was done for each line of a plan until a day, in the places asked for; what was taken back is not counted. */
export const activitiesDone = async (ctx: Context, asked: Asked): Promise<Map<number, ActivityCount[]>> => {
  const all = await listActivities.run(ctx, { code: asked.code });
  const done = all.filter(({ voidedAt, happenedOn }) => voidedAt === null && happenedOn <= asked.on);
  const placeIds = [...new Set(done.flatMap((activity) => activity.placeIds))];
  const seen = asked.placeId === null ? null : await placesSeen(ctx, asked, placeIds);
  const here = done.filter((activity) => seen === null || activity.placeIds.some((placeId) => seen.has(placeId)));
  return new Map(
    [...Map.groupBy(here, ({ position }) => position)].map(([position, own]) => [position, countKinds(own)]),
  );
};

const sumOf = (channel: Sendings['channel'], rows: readonly SentCount[]): Sendings => {
  const count = (...states: SentCount['state'][]): number =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, row) => sum + row.count, 0);
  return {
    channel,
    times: new Set(rows.map(({ dispatchId }) => dispatchId)).size,
    recipients: rows.reduce((sum, row) => sum + row.count, 0),
    delivered: count('delivered'),
    failed: count('failed'),
    withheld: count('withheld'),
    unknown: count('uncertain', 'no-receipt'),
    underWay: count('created', 'sending', 'accepted'),
  };
};

/** What was sent for each line until a day to somebody in the places asked for, and what became of it. */
export const sendingsDone = async (
  ctx: Context,
  asked: Asked,
  lineIds: readonly string[],
): Promise<Map<string, Sendings[]>> => {
  const all = await sentFor(ctx.tx, lineIds, asked.on);
  const seen = await placesSeen(ctx, asked, [...new Set(all.map(({ placeId }) => placeId))]);
  const own = all.filter(({ placeId }) => seen.has(placeId));
  const byChannel = (rows: readonly SentCount[]): Sendings[] =>
    (['sms', 'email'] as const)
      .map((channel) =>
        sumOf(
          channel,
          rows.filter((row) => row.channel === channel),
        ),
      )
      .filter(({ times }) => times > 0);
  return new Map([...Map.groupBy(own, ({ lineId }) => lineId)].map(([lineId, rows]) => [lineId, byChannel(rows)]));
};

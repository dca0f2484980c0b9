import type { Context } from '../../platform/command.ts';
import type { Subscription } from '../../platform/work.ts';
import { ruleSchema, usesReach } from '../audiences/index.ts';
import { type Line, linesInForce, type PlansChanged } from '../plans/index.ts';
import type { ReachRecorded } from '../reach/index.ts';
import type { RegistryChanged } from '../registry/index.ts';
import { meetingPlaces } from '../territory/index.ts';
import { insertMarks, placesLivedFrom, placesOfSubjects } from './store-marks.ts';

/** Within the announcing transaction: what it changed is marked if and only if it commits. */
const markWhole = async (ctx: Context, lineIds: readonly string[]) => {
  if (lineIds.length === 0) return;
  await insertMarks(ctx.tx, lineIds, null, ctx.at);
  await ctx.enqueue('coverage.recompute', {});
};

/** The same for places: each is marked in those lines alone that have something to do with it. */
const mark = async (ctx: Context, lines: readonly Line[], placeIds: readonly string[]) => {
  if (lines.length === 0 || placeIds.length === 0) return;
  const meeting = await meetingPlaces(
    ctx.tx,
    placeIds,
    lines.flatMap((line) => line.placeIds),
  );
  let marked = false;
  for (const line of lines) {
    const own = [...meeting].filter(([, others]) => line.placeIds.some((each) => others.has(each)));
    if (own.length === 0) continue;
    await insertMarks(
      ctx.tx,
      [line.lineId],
      own.map(([placeId]) => placeId),
      ctx.at,
    );
    marked = true;
  }
  if (marked) await ctx.enqueue('coverage.recompute', {});
};

const onRecorded: Subscription<ReachRecorded> = {
  event: 'reach.recorded',
  react: async (ctx, { messageId, edition, subjectIds, placeIds }) => {
    const [lines, reached] = await Promise.all([linesInForce(ctx.tx), placesOfSubjects(ctx.tx, subjectIds)]);
    const own = lines.filter((line) => line.messageId === messageId && line.edition === edition);
    // Whom a rule means may hang on who was reached, by whatever message.
    const asking = lines.filter((line) => !own.includes(line) && usesReach(ruleSchema.parse(line.rule)));
    if (own.length + asking.length === 0) return;
    await mark(ctx, own, [...reached, ...placeIds, ...(await placesLivedFrom(ctx.tx, placeIds))]);
    await mark(ctx, asking, reached);
  },
};

const onChanged: Subscription<RegistryChanged> = {
  event: 'registry.changed',
  react: async (ctx, { placeIds }) => mark(ctx, await linesInForce(ctx.tx), placeIds),
};

const markEverything = async (ctx: Context): Promise<void> =>
  markWhole(
    ctx,
    (await linesInForce(ctx.tx)).map(({ lineId }) => lineId),
  );

const onDay: Subscription = {
  event: 'registry.day',
  react: async (ctx) => {
    await markEverything(ctx);
    // For the night of the second that an office PC slept through.
    await ctx.enqueue('coverage.close-months', {});
  },
};

const onTerritory: Subscription = { event: 'territory.changed', react: markEverything };

/** Lines that came, changed or went: those that went have their cells taken away by the same job. */
const onPlans: Subscription<PlansChanged> = {
  event: 'plans.changed',
  react: (ctx, { lineIds, removedLineIds }) => markWhole(ctx, [...lineIds, ...removedLineIds]),
};

export const coverageSubscriptions: readonly Subscription<never>[] = [
  onRecorded,
  onChanged,
  onDay,
  onTerritory,
  onPlans,
];

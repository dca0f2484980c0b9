import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { type Day, isDay, showDay } from '../../shared/dates.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import {
  type Coverage,
  countEarlier,
  getCoverage,
  type LineCoverage,
  listLeftBehind,
  summarisePlan,
} from '../coverage/index.ts';
import { getPlan, lateHeads, type PlanView, standingOf } from '../plans/index.ts';
import { overallOf, type PlanReport, type ReportLine, targetOf, topReasons } from './plan-report.ts';
import { whosePaper } from './whose-paper.ts';
import { activitiesDone, sendingsDone } from './work-done.ts';

interface Asked {
  readonly code: string;
  readonly placeId: string | null;
  readonly on: Day;
}

/** The figures of every line in the places asked for. @throws of a day that is neither today nor a closed month end. */
const figuresOf = async (ctx: Context, { code, placeId, on }: Asked): Promise<Coverage> => {
  const coverage = await getCoverage.run(ctx, {
    ...{ planCode: code, placeId, on },
    ...{ by: 'total', facet: 'all', recomputed: false },
  });
  if (on !== ctx.today && !coverage.closed)
    throw invalid('reports.day', { on: showDay(on) }, [
      { path: 'on', code: 'reports.day', params: { on: showDay(on) } },
    ]);
  return coverage;
};

/** Where a line stood at the end of the day: by its own dates, and whether anything was done for it by then. */
const standingThen = (plan: PlanView, line: PlanView['lines'][number], on: Day) =>
  standingOf(plan.state, line, line.done.first !== null && line.done.first <= on ? 1 : 0, on);

type Work = Pick<ReportLine, 'activities' | 'sendings' | 'reasons' | 'earlier'>;

const lineOf = (plan: PlanView, coverage: LineCoverage, work: Work, on: Day): ReportLine => {
  const line = plan.lines.find(({ lineId }) => lineId === coverage.lineId)!;
  const { n, reached } = coverage.sum;
  const targetCount = targetOf(coverage);
  return {
    coverage,
    message: { code: line.message.code, title: line.message.title },
    head: { name: line.headName, post: line.headPost },
    terms: { quantity: line.quantity, unit: line.unit },
    targetCount,
    met: n === 0 ? null : reached >= targetCount,
    notReached: n - reached,
    ...work,
    standing: standingThen(plan, line, on),
  };
};

const linesOf = async (ctx: Context, plan: PlanView, coverage: Coverage, asked: Asked): Promise<ReportLine[]> => {
  const activities = await activitiesDone(ctx, asked);
  const sendings = await sendingsDone(
    ctx,
    asked,
    coverage.lines.map(({ lineId }) => lineId),
  );
  const { code, placeId, on } = asked;
  const earlier = await countEarlier(ctx, { planCode: code, placeId, on });
  const lines: ReportLine[] = [];
  for (const line of coverage.lines) {
    const missing = await listLeftBehind.run(ctx, {
      ...{ lineId: line.lineId, placeId, on },
      ...{ descending: false, limit: 1, offset: 0 },
    });
    const work = {
      activities: activities.get(line.position) ?? [],
      sendings: sendings.get(line.lineId) ?? [],
      reasons: topReasons(missing.reasons),
      earlier: earlier.get(line.lineId) ?? 0,
    };
    lines.push(lineOf(plan, line, work, on));
  }
  return lines;
};

/**
 * The report "Kết quả thực hiện kế hoạch": what each line was to do, what was done, who was reached, who was not and why,
 * what is late. Every figure is one that the pages show; of whoever holds only a part of the plan's place, those of that part.
 */
export const planResults = read({
  name: 'reports.plan-results',
  input: z.object({
    planCode: z.string().min(1).max(100),
    /** Left out = the areas of who asks; of who may see everything, the places of the plan. */
    placeId: z.uuid({ error: 'place' }).nullish(),
    /** Today (left out), or the last day of a month that was closed. */
    on: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  }),
  allow: ['officer', 'leader'],
  area: async (ctx, { placeId }) => (placeId ? [placeId] : (ctx.areas ?? [])),
  run: async (ctx, input): Promise<PlanReport> => {
    const asked = { code: input.planCode, placeId: input.placeId ?? null, on: input.on ?? ctx.today };
    const plan = await getPlan.run(ctx, { code: asked.code });
    if (plan.state === 'draft') throw conflict('reports.draft', { plan: plan.code });
    const coverage = await figuresOf(ctx, asked);
    const { households, officers } = await summarisePlan.run(ctx, {
      ...{ planCode: plan.code, placeId: asked.placeId, on: asked.on },
    });
    const own = new Set(coverage.lines.map(({ lineId }) => lineId));
    return {
      plan,
      on: asked.on,
      madeOn: ctx.today,
      ...(await whosePaper(ctx, plan, asked.placeId)),
      coverage,
      lines: await linesOf(ctx, plan, coverage, asked),
      overall: [...overallOf('household', households), ...overallOf('officer', officers)],
      late: lateHeads(
        plan.lines
          .filter(({ lineId }) => own.has(lineId))
          .map((line) => ({ ...line, standing: standingThen(plan, line, asked.on) })),
      ),
    };
  },
  sensitive: ({ planCode, placeId }, { on, lines }) => ({
    planCode,
    placeId: placeId ?? null,
    on,
    lines: lines.map(({ coverage }) => coverage.lineId),
  }),
});

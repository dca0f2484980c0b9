import type { Context } from '../../platform/command.ts';
import { AppError, conflict, notFound } from '../../shared/errors.ts';
import { relatedPlaces } from '../territory/index.ts';
import type { Line, LineTerms } from './line.ts';
import type { Plan } from './plan.ts';
import { findPlanByCode, getPlanRow } from './store.ts';
import { getLine } from './store-lines.ts';

/** Somebody else's plan is not found, whether there is one or not: it is read above, in and below its place. */
const inSight = async (ctx: Context, plan: Plan | undefined): Promise<Plan> => {
  if (!plan || (await relatedPlaces(ctx.tx, ctx.areas, [plan.placeId])).length === 0) throw notFound('plan');
  return plan;
};

/** A plan that this person may look at. */
export const knownPlan = async (ctx: Context, code: string): Promise<Plan> =>
  inSight(ctx, await findPlanByCode(ctx.tx, code));

/** What is hidden is said in words of what was asked for; what went wrong otherwise stays what it is. */
export const hiddenAs =
  (what: string) =>
  (error: unknown): never => {
    throw error instanceof AppError && error.kind === 'not-found' ? notFound(what) : error;
  };

export const knownLine = async (ctx: Context, lineId: string): Promise<{ line: Line & LineTerms; plan: Plan }> => {
  const line = await getLine(ctx.tx, lineId);
  const plan = await inSight(ctx, await getPlanRow(ctx.tx, line.planId)).catch(hiddenAs('line'));
  return { line, plan };
};

/** The area of a use case that changes a plan: its place. */
export const placeOfPlan = async (ctx: Context, { code }: { code: string }): Promise<string[]> => [
  (await knownPlan(ctx, code)).placeId,
];

/** The area of a use case that changes a line: the place of its plan. */
export const placeOfLine = async (ctx: Context, { lineId }: { lineId: string }): Promise<string[]> => [
  (await knownLine(ctx, lineId)).plan.placeId,
];

/** The line with its plan, held until the end of the transaction; only lines of issued plans change one by one. */
export const heldLine = async (ctx: Context, lineId: string): Promise<{ line: Line & LineTerms; plan: Plan }> => {
  const { planId } = await getLine(ctx.tx, lineId);
  const plan = await getPlanRow(ctx.tx, planId, 'update');
  if (plan.state === 'draft') throw conflict('line.draft', { plan: plan.code });
  if (plan.state === 'closed') throw conflict('plan.closed', { plan: plan.code });
  return { line: await getLine(ctx.tx, lineId), plan };
};

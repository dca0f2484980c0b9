import type { Context } from '../../platform/command.ts';
import type { Plan } from '../plans/index.ts';
import { coversPlaces, findVersion, namesThen } from '../territory/index.ts';
import type { PlanReport } from './plan-report.ts';

/** Does who asks, or the place that is asked for, take in the whole place of the plan? */
const isWhole = async (ctx: Context, plan: Plan, placeId: string | null): Promise<boolean> => {
  if (placeId === plan.placeId || (placeId === null && ctx.areas === null)) return true;
  return coversPlaces(ctx.tx, placeId === null ? ctx.areas! : [placeId], [plan.placeId], ctx.today);
};

/**
 * Who signs the report, where, and of which places it tells. Whoever issued the plan signs for the whole of it; of a part
 * nobody here knows who will sign, nor when the place of the issuer was merged away: then the office writes its own name.
 */
export const whosePaper = async (
  ctx: Context,
  plan: Plan,
  placeId: string | null,
): Promise<Pick<PlanReport, 'issuer' | 'locality' | 'part'>> => {
  if (!(await isWhole(ctx, plan, placeId))) {
    const ids = placeId === null ? ctx.areas! : [placeId];
    const names = await namesThen(ctx.tx, ids, ctx.today);
    return { issuer: null, locality: null, part: ids.map((id) => names.get(id) ?? '') };
  }
  const place = await findVersion(ctx.tx, plan.placeId, ctx.today);
  return { issuer: place ? plan.issuer : null, locality: place?.name ?? null, part: null };
};

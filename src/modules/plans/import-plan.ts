import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { installationKind } from '../../platform/installation.ts';
import { conflict, forbidden, invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { meansAnybody, ruleSchema } from '../audiences/index.ts';
import { coversPlaces } from '../territory/index.ts';
import { announceChanged } from './events.ts';
import { FILE_LIMIT, readPlan } from './file/read-plan.ts';
import { placeOfFile, resolvePlan } from './file/resolve-plan.ts';
import { findPlanByCode, hasActivities, saveHead } from './store.ts';
import { type NewLine, saveLines } from './store-lines.ts';

const input = z.object({
  /** The file's text, or the file as it lies in the store. */
  text: z.string().nullish(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .nullish(),
  /** Only looks whether the file is right. */
  dryRun: z.boolean().default(false),
});

type Input = z.output<typeof input>;

const textOf = async (ctx: Context, { text, sha256 }: Input): Promise<string> => {
  const tooLarge = () => invalid('plan-file.too-large', {}, [{ path: 'file', code: 'plan-file.too-large' }]);
  if (text != null) {
    if (text.length > FILE_LIMIT) throw tooLarge();
    return text.replace(/^\uFEFF/u, '');
  }
  if (!sha256) throw invalid('plan-file.none', {}, [{ path: 'file', code: 'plan-file.none' }]);
  const path = await ctx.files.path(sha256);
  if ((await stat(path)).size > FILE_LIMIT) throw tooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch {
    throw invalid('plan-file.not-utf8', {}, [{ path: 'file', code: 'plan-file.not-utf8' }]);
  }
};

const resolved = async (ctx: Context, text: string) => {
  const plan = await resolvePlan(ctx, text);
  if (!plan.head) throw invalid('plan-file', { count: plan.faults.length }, plan.faults);
  return plan;
};

/** The place the file is for, and that of the plan it would replace. */
const areaOfFile = async (ctx: Context, given: Input): Promise<string[]> => {
  const text = await textOf(ctx, given);
  const placeId = await placeOfFile(ctx, text);
  // Not even the place is clear: there is nothing to allow, only faults to tell.
  if (placeId === undefined) await resolved(ctx, text);
  const before = await findPlanByCode(ctx.tx, readPlan(text).plan?.code.value ?? '');
  return [...(placeId ? [placeId] : []), ...(before ? [before.placeId] : [])];
};

export interface LineOfNobody {
  readonly position: number;
  readonly what: string;
  readonly audience: string;
}

/** Lines that mean nobody today, by their rule and places. Nothing is wrong with them: a list may come later. */
const linesOfNobody = async (ctx: Context, lines: readonly NewLine[]): Promise<LineOfNobody[]> => {
  const known = new Map<string, boolean>();
  const found: LineOfNobody[] = [];
  for (const { position, what, audienceName, rule, placeIds } of lines) {
    const key = JSON.stringify([rule, placeIds]);
    const anybody = known.get(key) ?? (await meansAnybody(ctx, ruleSchema.parse(rule), placeIds));
    known.set(key, anybody);
    if (!anybody) found.push({ position, what, audience: audienceName });
  }
  return found;
};

/**
 * Brings in a plan from its file (YAML), as a draft. The same code again replaces the draft, its lines included; a plan that
 * was issued is a signed document and is not replaced. Faults name line and column of the file; nothing is written then.
 * `nobody` warns of lines whose audience is empty today.
 */
export const importPlan = command({
  name: 'plans.import-plan',
  input,
  allow: ['officer'],
  area: areaOfFile,
  run: async (ctx, given) => {
    const { head, lines } = await resolved(ctx, await textOf(ctx, given));
    const before = await findPlanByCode(ctx.tx, head.code, 'update');
    // Whose the draft is may be another now than when the area was looked at: it is judged by the row that is held.
    if (before && ctx.areas !== null && !(await coversPlaces(ctx.tx, ctx.areas, [before.placeId], ctx.today)))
      throw forbidden('outside-area', { what: 'plans.import-plan' });
    if (before && before.state !== 'draft') throw conflict('plan.not-draft', { plan: head.code });
    if (before && (await hasActivities(ctx.tx, before.planId)))
      throw conflict('plan.has-activities', { plan: head.code });
    const planId = before?.planId ?? newId();
    const done = {
      planId,
      code: head.code,
      lines: lines.length,
      replaced: before !== undefined,
      written: !given.dryRun,
      nobody: await linesOfNobody(ctx, lines),
    };
    if (given.dryRun) return done;
    const synthetic = (await installationKind(ctx.tx)) === 'example';
    await saveHead(ctx.tx, { ...head, planId, synthetic, by: ctx.actor.userId, at: ctx.at });
    const { lineIds, removed } = await saveLines(ctx.tx, planId, lines);
    await announceChanged(ctx, lineIds, removed);
    return done;
  },
  audit: (_, { planId, code, lines, written, nobody }) => ({
    ...{ planId, code, lines, written },
    nobody: nobody.length,
  }),
});

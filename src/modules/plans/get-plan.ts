import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { notFound } from '../../shared/errors.ts';
import { findMessageByCode, getEditions } from '../content/index.ts';
import { coversPlaces, namesThen } from '../territory/index.ts';
import { knownPlan } from './known-plan.ts';
import type { Line, LineTerms } from './line.ts';
import type { Plan } from './plan.ts';
import { lateHeads, mayBeRecorded, standingOf } from './progress.ts';
import { changesOf, doneOf, linesOf } from './store-lines.ts';

/** Of each line: what it says, its message by name, how much was done, where it stands. */
const withFacts = async (ctx: Context, plan: Plan, lines: readonly (Line & LineTerms)[]) => {
  const done = await doneOf(ctx.tx, [plan.planId]);
  const editions = await getEditions(ctx.tx, lines);
  const newest = new Map<string, number | null>();
  for (const { code, messageId } of editions.values())
    newest.set(messageId, (await findMessageByCode(ctx.tx, code))?.approvedEdition ?? null);
  const names = await namesThen(ctx.tx, [...new Set(lines.flatMap(({ placeIds }) => placeIds))], ctx.today);
  return lines.map((line) => {
    const { code = '', title = '', state } = editions.get(`${line.messageId}|${line.edition}`) ?? {};
    const { activities = 0, first = null, last = null, places = 0 } = done.get(line.lineId) ?? {};
    const newer = newest.get(line.messageId) ?? null;
    return {
      ...line,
      message: { code, title, state, newerEdition: newer !== null && newer > line.edition ? newer : null },
      places: line.placeIds.map((placeId) => names.get(placeId) ?? ''),
      done: { activities, first, last, places },
      standing: standingOf(plan.state, line, activities, ctx.today),
      /** Something can be written down for it: there is a form for what it is carried out by. */
      mayBeRecorded: mayBeRecorded(line),
    };
  });
};

/** May the asker change this plan: a role over its place. What somebody may not do is not offered. */
const mayChange = async (ctx: Context, plan: Plan): Promise<boolean> => {
  if (ctx.areas === null) return true;
  const areas = ctx.actor.grants.flatMap(({ role, placeId }) =>
    role === 'officer' || role === 'leader' ? [placeId] : [],
  );
  return areas.length > 0 && (await coversPlaces(ctx.tx, areas, [plan.placeId], ctx.today));
};

/** A plan with its lines, what was done for each, and what is late by the name of the head who answers for it. */
export const getPlan = read({
  name: 'plans.get-plan',
  input: z.object({ code: z.string() }),
  allow: 'signed-in',
  area: 'own',
  run: async (ctx, { code }) => {
    const plan = await knownPlan(ctx, code);
    const lines = await withFacts(ctx, plan, await linesOf(ctx.tx, plan.planId));
    const names = await namesThen(ctx.tx, [plan.placeId], ctx.today);
    return {
      ...plan,
      place: names.get(plan.placeId) ?? '',
      lines,
      late: lateHeads(lines),
      changes: await changesOf(ctx.tx, plan.planId),
      mayChange: await mayChange(ctx, plan),
    };
  },
});

export type PlanView = Awaited<ReturnType<(typeof getPlan)['run']>>;

/** The signed document of a plan, to be read again. */
export const getSignedFile = read({
  name: 'plans.get-signed-file',
  input: z.object({ code: z.string() }),
  allow: 'signed-in',
  area: 'own',
  run: async (ctx, { code }) => {
    const { signedSha256, signedName } = await knownPlan(ctx, code);
    if (!signedSha256) throw notFound('plan.no-signed');
    return { path: await ctx.files.path(signedSha256), name: signedName ?? `${code}.pdf` };
  },
});

import { z } from 'zod';
import type { Context } from '../../../platform/command.ts';
import { isDay } from '../../../shared/dates.ts';
import { invalid, notFound } from '../../../shared/errors.ts';
import { getLine, linesInForce } from '../../plans/index.ts';
import type { Sending } from '../../visits/index.ts';
import { findMissing, type LeftBehind, requireArea } from './missing.ts';
import { isFor, isVisit, ownStep, reasons, type Step, steps } from './reason.ts';
import { villagesOfSubjects } from './store.ts';

/** Households and officers given out at once: one transaction, and a summary that somebody can still judge. */
export const MOST_ASSIGNED = 5_000;

export const followUpInput = z.object({
  lineIds: z
    .array(z.uuid({ error: 'line' }))
    .min(1, { error: 'left-behind.no-line' })
    .max(50),
  /** These households … */
  subjectIds: z
    .array(z.uuid({ error: 'household' }))
    .max(MOST_ASSIGNED, { error: 'left-behind.too-many' })
    .nullish(),
  /** … or all of a village that are not reached, for this reason or for any … */
  villageId: z.uuid({ error: 'place' }).nullish(),
  reason: z.enum(reasons, { error: 'left-behind.reason' }).nullish(),
  /** … or all whom the list of these lines shows when it is asked for in this way. */
  all: z
    .object({
      placeId: z.uuid({ error: 'place' }).nullish(),
      reason: z.enum(reasons, { error: 'left-behind.reason' }).nullish(),
      owner: z.string().max(200).nullish(),
      text: z.string().max(100).nullish(),
    })
    .nullish(),
  /** A user who goes there, or a name. */
  ownerId: z.uuid().nullish(),
  ownerName: z.string().trim().max(200).default(''),
  dueOn: z.string().refine(isDay, { error: 'not-a-day' }),
  /** What is to be done by those it is for (households or officers); null, and for the others, what is proposed for each. */
  step: z.enum(steps, { error: 'left-behind.step' }).nullish(),
  note: z.string().trim().max(500).default(''),
  /** Households to whom somebody goes already: given to who is said now, or passed over. */
  existing: z.enum(['replace', 'keep']).default('replace'),
  /** How many the asker was shown: refused when it would be others by now. */
  expected: z.coerce.number().int().nullish(),
});

export type FollowUpInput = z.output<typeof followUpInput>;

/** The places that are touched. */
export const namedPlaces = async (ctx: Context, { subjectIds, villageId, all }: FollowUpInput): Promise<string[]> => {
  if (all) return all.placeId ? [all.placeId] : [...(ctx.areas ?? [])];
  if (subjectIds?.length) {
    const places = await villagesOfSubjects(ctx.tx, subjectIds);
    const known = places.filter((placeId) => placeId !== null);
    // Somebody else's household is not found, whether there is one or not.
    if (known.length < places.length || !(await requireArea(ctx, known))) throw notFound('household');
    return known;
  }
  if (villageId) return [villageId];
  throw invalid('left-behind.nobody', {}, [{ path: 'subjectIds', code: 'left-behind.nobody' }]);
};

/** Whom the asker means: by name, or all of a village (null). */
const meant = async (ctx: Context, input: FollowUpInput): Promise<Pick<FollowUpInput, 'subjectIds' | 'reason'>> => {
  const { all, lineIds, subjectIds, reason } = input;
  if (!all) return { subjectIds: subjectIds?.length ? subjectIds : null, reason: subjectIds?.length ? null : reason };
  const [lineId, ...others] = lineIds as [string, ...string[]];
  const asked = others.length === 0 ? { lineId } : { planCode: (await getLine(ctx.tx, lineId)).planCode };
  const { rows, total } = await findMissing(ctx, { ...asked, ...all, limit: MOST_ASSIGNED, offset: 0 });
  if (total > MOST_ASSIGNED) throw invalid('left-behind.too-many');
  return { subjectIds: rows.map((row) => row.subjectId), reason: null };
};

export interface Follow {
  readonly subjectId: string;
  readonly placeId: string;
  readonly lines: readonly { readonly lineId: string; readonly step: Step }[];
  readonly officer: boolean;
}

/**
 * Of each line, who is still missing it: what is asked for is looked at again, so that nobody is sent in vain. `asked` is
 * how many were meant.
 */
const followsOf = async (ctx: Context, input: FollowUpInput): Promise<{ follows: Follow[]; asked: number }> => {
  const { subjectIds, reason } = await meant(ctx, input);
  if (subjectIds?.length === 0) return { follows: [], asked: 0 };
  // Looked at where they live only, not in all places of the line.
  const placeIds = await namedPlaces(ctx, { ...input, subjectIds, all: null });
  const found = new Map<string, Follow & { lines: { lineId: string; step: Step }[] }>();
  for (const lineId of new Set(input.lineIds)) {
    const wanted = { lineId, placeIds, reason, subjectIds, limit: MOST_ASSIGNED, offset: 0 };
    const { rows, total }: { rows: LeftBehind[]; total: number } = await findMissing(ctx, wanted);
    if (total > MOST_ASSIGNED) throw invalid('left-behind.too-many');
    for (const { subjectId, placeId, kind, missing } of rows) {
      const follow = found.get(subjectId) ?? { subjectId, placeId, officer: kind === 'officer', lines: [] };
      const chosen = input.step && isFor(input.step, kind) ? input.step : null;
      follow.lines.push({ lineId, step: chosen ?? ownStep(missing[0].reason, kind) });
      found.set(subjectId, follow);
    }
  }
  return { follows: [...found.values()], asked: subjectIds?.length ?? found.size };
};

/** Who is to be followed up, checked: refuses no owner, a day that has passed, a plan not in force, nobody, a step for others. */
export const workOutFollows = async (ctx: Context, input: FollowUpInput) => {
  const { ownerId, ownerName, dueOn, step } = input;
  if (!ownerId && !ownerName) throw invalid('visit.no-agent', {}, [{ path: 'ownerName', code: 'visit.no-agent' }]);
  if (dueOn < ctx.today) throw invalid('visit.due-past', {}, [{ path: 'dueOn', code: 'visit.due-past' }]);
  const issued = new Set(
    (await linesInForce(ctx.tx)).filter(({ planState }) => planState === 'issued').map((each) => each.lineId),
  );
  if (!input.lineIds.every((lineId) => issued.has(lineId))) throw invalid('left-behind.plan');
  const found = await followsOf(ctx, input);
  if (found.follows.length === 0)
    throw invalid('left-behind.nobody', {}, [{ path: 'subjectIds', code: 'left-behind.nobody' }]);
  if (step && !found.follows.some(({ officer }) => isFor(step, officer ? 'officer' : 'household')))
    throw invalid('left-behind.step-other', {}, [{ path: 'step', code: 'left-behind.step-other' }]);
  return found;
};

/** Whom somebody goes to, in groups of those who miss the same lines; officers are not visited at home. */
export const sendingsOf = (follows: readonly Follow[], input: FollowUpInput): Sending[] => {
  const { dueOn, note, ownerName, existing } = input;
  const goes = follows.flatMap(({ subjectId, lines, officer }) => {
    const lineIds = officer ? [] : lines.filter(({ step }) => isVisit(step)).map(({ lineId }) => lineId);
    return lineIds.length > 0 ? [{ subjectId, lineIds }] : [];
  });
  return [...Map.groupBy(goes, ({ lineIds }) => lineIds.join('|')).values()].map((group) => ({
    ...{ dueOn, note, existing, agentName: ownerName, agentId: input.ownerId ?? null },
    subjectIds: group.map(({ subjectId }) => subjectId),
    lineIds: group[0]!.lineIds,
  }));
};

import { z } from 'zod';
import { type Context, command } from '../../../platform/command.ts';
import { isDay } from '../../../shared/dates.ts';
import { invalid, notFound } from '../../../shared/errors.ts';
import { unitOf } from '../../../shared/words/units.ts';
import { userName } from '../../identity/index.ts';
import { linesInForce } from '../../plans/index.ts';
import { createVisits } from '../../visits/index.ts';
import { findMissing, type LeftBehind, requireArea } from './missing.ts';
import { isFor, isVisit, ownStep, reasons, type Step, steps } from './reason.ts';
import { type NewFollowUp, saveFollowUps, villagesOfSubjects } from './store.ts';

/** As many as one village may have; more are assigned reason by reason. */
const MOST = 500;

const input = z.object({
  lineIds: z
    .array(z.uuid({ error: 'line' }))
    .min(1, { error: 'left-behind.no-line' })
    .max(50),
  /** These households … */
  subjectIds: z
    .array(z.uuid({ error: 'household' }))
    .max(MOST, { error: 'left-behind.too-many' })
    .nullish(),
  /** … or all of a village that are not reached, for this reason or for any. */
  villageId: z.uuid({ error: 'place' }).nullish(),
  reason: z.enum(reasons, { error: 'left-behind.reason' }).nullish(),
  /** A user who goes there, or a name. */
  ownerId: z.uuid().nullish(),
  ownerName: z.string().trim().max(200).default(''),
  dueOn: z.string().refine(isDay, { error: 'not-a-day' }),
  /** What is to be done by those it is for (households or officers); null, and for the others, what is proposed for each. */
  step: z.enum(steps, { error: 'left-behind.step' }).nullish(),
  note: z.string().trim().max(500).default(''),
});

type Input = z.output<typeof input>;

const namedPlaces = async (ctx: Context, { subjectIds, villageId }: Input): Promise<string[]> => {
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

/** Of each line, who is still missing it there: what is asked for is looked at again, so that nobody is sent in vain. */
const stillMissing = async (
  ctx: Context,
  input: Input,
  lineId: string,
  villages: readonly string[],
): Promise<readonly LeftBehind[]> => {
  const { subjectIds, reason } = input;
  const chosen = subjectIds?.length ? subjectIds : null;
  const wanted = { lineId, placeIds: villages, reason: chosen ? null : reason, subjectIds: chosen };
  const { rows, total } = await findMissing(ctx, { ...wanted, limit: MOST, offset: 0 });
  if (total > MOST) throw invalid('left-behind.too-many', { most: MOST });
  return rows;
};

interface Follow {
  readonly subjectId: string;
  readonly lines: readonly { readonly lineId: string; readonly step: Step }[];
  readonly officer: boolean;
}

const followOf = async (ctx: Context, input: Input): Promise<Follow[]> => {
  const found = new Map<string, { officer: boolean; lines: { lineId: string; step: Step }[] }>();
  // Looked at where they live only, not in all places of the line.
  const villages = await namedPlaces(ctx, input);
  for (const lineId of new Set(input.lineIds))
    for (const { subjectId, kind, missing } of await stillMissing(ctx, input, lineId, villages)) {
      const follow = found.get(subjectId) ?? { officer: kind === 'officer', lines: [] };
      const chosen = input.step && isFor(input.step, kind) ? input.step : null;
      follow.lines.push({ lineId, step: chosen ?? ownStep(missing[0].reason, kind) });
      found.set(subjectId, follow);
    }
  return [...found].map(([subjectId, follow]) => ({ subjectId, ...follow }));
};

/** One visit a household: those who miss the same lines are sent to together. @returns visit by household */
const sendTo = async (ctx: Context, follows: readonly Follow[], input: Input): Promise<Map<string, string>> => {
  const visits = new Map<string, string>();
  const goes = follows.flatMap(({ subjectId, lines, officer }) => {
    const lineIds = officer ? [] : lines.filter(({ step }) => isVisit(step)).map(({ lineId }) => lineId);
    return lineIds.length > 0 ? [{ subjectId, lineIds }] : [];
  });
  for (const group of Map.groupBy(goes, ({ lineIds }) => lineIds.join('|')).values()) {
    const subjectIds = group.map(({ subjectId }) => subjectId);
    const { dueOn, note, ownerName } = input;
    const agentId = input.ownerId ?? null;
    const ids = await createVisits(ctx, {
      subjectIds,
      lineIds: group[0]!.lineIds,
      agentId,
      agentName: ownerName,
      dueOn,
      note,
    });
    for (const [at, visitId] of ids.entries()) visits.set(subjectIds[at]!, visitId);
  }
  return visits;
};

/**
 * Gives households that were not reached to somebody, with a day and a next step; where that means going there, a visit is
 * made or added to. Doing it again changes nothing. It is no evidence: the household stays on the list until it is reached.
 */
export const assignFollowUp = command({
  name: 'coverage.assign-follow-up',
  input,
  allow: ['officer', 'leader'],
  area: namedPlaces,
  run: async (ctx, input) => {
    const { ownerId, ownerName, dueOn, note } = input;
    if (!ownerId && !ownerName) throw invalid('visit.no-agent', {}, [{ path: 'ownerName', code: 'visit.no-agent' }]);
    if (dueOn < ctx.today) throw invalid('visit.due-past', {}, [{ path: 'dueOn', code: 'visit.due-past' }]);
    const issued = new Set(
      (await linesInForce(ctx.tx)).filter(({ planState }) => planState === 'issued').map((each) => each.lineId),
    );
    if (!input.lineIds.every((lineId) => issued.has(lineId))) throw invalid('left-behind.plan');
    const follows = await followOf(ctx, input);
    if (follows.length === 0)
      throw invalid('left-behind.nobody', {}, [{ path: 'subjectIds', code: 'left-behind.nobody' }]);
    const { step } = input;
    if (step && !follows.some(({ officer }) => isFor(step, officer ? 'officer' : 'household')))
      throw invalid('left-behind.step-other', {}, [{ path: 'step', code: 'left-behind.step-other' }]);
    const visits = await sendTo(ctx, follows, input);
    const rows = follows.flatMap(({ subjectId, lines }) =>
      lines.map(
        ({ lineId, step: own }): NewFollowUp => ({
          lineId,
          subjectId,
          step: own,
          visitId: isVisit(own) ? (visits.get(subjectId) ?? null) : null,
        }),
      ),
    );
    const owner = (ownerId && (await userName(ctx.tx, ownerId))) || ownerName;
    await saveFollowUps(ctx.tx, rows, {
      ownerId: ownerId ?? null,
      ownerName: owner,
      dueOn,
      note,
      by: ctx.actor,
      at: ctx.at,
    });
    const asked = input.subjectIds?.length ?? follows.length;
    return {
      /** Households and officers; `unit` says which. */
      households: follows.length,
      visits: new Set(visits.values()).size,
      reached: asked - follows.length,
      unit: unitOf(follows.map(({ officer }) => (officer ? 'officer' : 'household'))),
    };
  },
  audit: ({ lineIds, villageId, ownerId, step }, { households, visits }) => ({
    lineIds,
    villageId: villageId ?? null,
    ownerId: ownerId ?? null,
    step: step ?? null,
    households,
    visits,
  }),
});

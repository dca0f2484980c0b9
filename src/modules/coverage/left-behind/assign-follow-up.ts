import { type Context, command, read } from '../../../platform/command.ts';
import { conflict, invalid } from '../../../shared/errors.ts';
import { unitOf } from '../../../shared/words/units.ts';
import { userName } from '../../identity/index.ts';
import { createVisits, lookAtSending } from '../../visits/index.ts';
import {
  type Follow,
  type FollowUpInput,
  followUpInput,
  namedPlaces,
  sendingsOf,
  workOutFollows,
} from './follow-up.ts';
import { isVisit, type Step } from './reason.ts';
import { type NewFollowUp, saveFollowUps } from './store.ts';

const unitIn = (follows: readonly Follow[]) =>
  unitOf(follows.map(({ officer }) => (officer ? 'officer' : 'household')));

const asShown = ({ expected }: FollowUpInput, now: number): void => {
  if (expected != null && expected !== now) throw conflict('left-behind.others-now', { before: expected, now });
};

/** By step, how many get it as their first; the most frequent first. */
const countSteps = (follows: readonly Follow[]): { step: Step; count: number }[] =>
  [...Map.groupBy(follows, ({ lines }) => lines[0]!.step)]
    .map(([step, those]) => ({ step, count: those.length }))
    .sort((a, b) => b.count - a.count);

/** Who would be given to whom, and for whom it would change nothing and why: what `assign-follow-up` would do. Refuses what that refuses. */
export const previewFollowUp = read({
  name: 'coverage.preview-follow-up',
  input: followUpInput,
  allow: ['officer', 'leader'],
  area: namedPlaces,
  run: async (ctx, input) => {
    const { follows, asked } = await workOutFollows(ctx, input);
    const sendings = sendingsOf(follows, input);
    const open = new Set<string>();
    for (const sending of sendings) for (const subjectId of await lookAtSending(ctx, sending)) open.add(subjectId);
    const given = input.existing === 'keep' ? follows.filter(({ subjectId }) => !open.has(subjectId)) : follows;
    const goes = new Set(sendings.flatMap(({ subjectIds }) => subjectIds));
    return {
      households: given.length,
      villages: new Set(given.map(({ placeId }) => placeId)).size,
      ownerName: (input.ownerId && (await userName(ctx.tx, input.ownerId))) || input.ownerName,
      steps: countSteps(given),
      /** Of those given, to how many somebody goes: by a new visit, or by one that was open. */
      visits: given.filter(({ subjectId }) => goes.has(subjectId)).length,
      /** To how many of those meant somebody goes already, and whether they are given to another now. */
      open: open.size,
      /** Reached since, or not missing it. */
      reached: asked - follows.length,
      unit: unitIn(follows),
    };
  },
});

/** One visit a household: those who miss the same lines are sent to together. */
const send = async (ctx: Context, follows: readonly Follow[], input: FollowUpInput) => {
  const visits = new Map<string, string>();
  const made: string[] = [];
  for (const sending of sendingsOf(follows, input)) {
    const sent = await createVisits(ctx, sending);
    made.push(...sent.made);
    for (const [subjectId, visitId] of sent.visits) visits.set(subjectId, visitId);
  }
  return { visits, made };
};

/**
 * Gives households that were not reached to somebody, with a day and a next step; where that means going there, a visit is
 * made or added to. Doing it again changes nothing. It is no evidence: the household stays on the list until it is reached.
 * `undo` is what `undo-follow-up` asks for to call off the visits that were made; null where none was.
 */
export const assignFollowUp = command({
  name: 'coverage.assign-follow-up',
  input: followUpInput,
  allow: ['officer', 'leader'],
  area: namedPlaces,
  run: async (ctx, input) => {
    const { ownerId, ownerName, dueOn, note, existing } = input;
    const { follows, asked } = await workOutFollows(ctx, input);
    const { visits, made } = await send(ctx, follows, input);
    const fresh = new Set(made);
    const kept = ({ subjectId }: Follow): boolean => {
      const visitId = visits.get(subjectId);
      return existing === 'keep' && visitId !== undefined && !fresh.has(visitId);
    };
    const given = follows.filter((follow) => !kept(follow));
    asShown(input, given.length);
    if (given.length === 0) throw invalid('left-behind.all-kept');
    const rows = given.flatMap(({ subjectId, lines }) =>
      lines.map(
        ({ lineId, step }): NewFollowUp => ({
          ...{ lineId, subjectId, step },
          visitId: isVisit(step) ? (visits.get(subjectId) ?? null) : null,
        }),
      ),
    );
    const owner = (ownerId && (await userName(ctx.tx, ownerId))) || ownerName;
    await saveFollowUps(ctx.tx, rows, {
      ...{ ownerId: ownerId ?? null, ownerName: owner, dueOn, note },
      ...{ by: ctx.actor, at: ctx.at },
    });
    return {
      /** Households and officers; `unit` says which. */
      households: given.length,
      visits: given.filter(({ subjectId }) => visits.has(subjectId)).length,
      reached: asked - follows.length,
      kept: follows.length - given.length,
      undo: made.length > 0 ? { first: made[0]!, last: made.at(-1)!, at: ctx.at, made: made.length } : null,
      unit: unitIn(follows),
    };
  },
  audit: ({ lineIds, villageId, all, ownerId, step }, { households, visits }) => ({
    ...{ lineIds, villageId: villageId ?? all?.placeId ?? null, ownerId: ownerId ?? null, step: step ?? null },
    ...{ households, visits },
  }),
});

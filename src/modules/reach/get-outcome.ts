import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { notFound } from '../../shared/errors.ts';
import { byName } from '../../shared/order.ts';
import { namesOn } from '../territory/index.ts';
import { effectiveStage, type Shortfall } from './effective.ts';
import { type ContactRow, contactsOfActivity, listenersOfActivity } from './store-looks.ts';
import { withinAreas } from './within-areas.ts';

/** A household at its best contact of the activity that counts; all voided: at its best that did. */
const bestOf = (rows: readonly ContactRow[]) => {
  const counted = rows
    .map(({ languages, languagesRead, ...row }) => {
      const { stage: effective, why } = effectiveStage(row, { languages, languagesRead });
      return { ...row, effective, why };
    })
    .sort(
      (a, b) =>
        Number(a.voidedAt !== null) - Number(b.voidedAt !== null) || b.effective - a.effective || b.stage - a.stage,
    );
  return counted[0]!;
};

/**
 * What came of an activity, of what lies in the own areas: each household with the stage it counts at and why not more, each
 * village with how many of its households understood the language.
 */
export const outcomeOf = async (ctx: Context, activityId: string) => {
  const contacts = await contactsOfActivity(ctx.tx, activityId);
  const listeners = await listenersOfActivity(ctx.tx, activityId);
  const places = [...contacts.map(({ villageId }) => villageId), ...listeners.map(({ placeId }) => placeId)];
  const own = await withinAreas(ctx, places);
  const names = await namesOn(ctx.tx, [...own], ctx.today);
  const nameOf = (placeId: string | null) => (placeId ? (names.get(placeId) ?? '') : '');
  const bySubject = Map.groupBy(
    contacts.filter(({ villageId }) => villageId !== null && own.has(villageId)),
    ({ subjectId }) => subjectId,
  );
  const households = [...bySubject.values()]
    .map(bestOf)
    .map((row) => ({ ...row, village: nameOf(row.villageId) }))
    .sort((a, b) => byName(a.village, b.village) || a.code.localeCompare(b.code));
  const villages = listeners
    .filter(({ placeId }) => own.has(placeId))
    .map((row) => ({ ...row, village: nameOf(row.placeId) }))
    .sort((a, b) => byName(a.village, b.village));
  return { activityId, households, villages, counts: countsOf(households) };
};

/** How many households count at which stage, and how many only as "could hear or see", by reason. Voided ones in neither. */
const countsOf = (households: readonly { effective: number; why: Shortfall | null; voidedAt: Date | null }[]) => {
  const stages: Record<string, number> = {};
  const short: Record<string, number> = {};
  let voided = 0;
  for (const { effective, why, voidedAt } of households) {
    if (voidedAt !== null) voided += 1;
    else if (why) short[why] = (short[why] ?? 0) + 1;
    else stages[effective] = (stages[effective] ?? 0) + 1;
  }
  return { stages, short, voided };
};

/** What came of an activity; one with nothing in the own areas is not found, whether there is one or not. */
export const getOutcome = read({
  name: 'reach.get-outcome',
  input: z.object({ activityId: z.uuid({ error: 'activity' }) }),
  allow: ['officer', 'leader', 'agent'],
  area: 'own',
  run: async (ctx, { activityId }) => {
    const outcome = await outcomeOf(ctx, activityId);
    if (outcome.households.length + outcome.villages.length === 0) throw notFound('activity');
    return outcome;
  },
  sensitive: ({ activityId }, { households }) =>
    households.length > 0 ? { activityId, households: households.length } : undefined,
});

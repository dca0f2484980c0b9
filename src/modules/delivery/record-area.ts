import { z } from 'zod';
import type { Context } from '../../platform/command.ts';
import type { ActivityKind, areaChannels, Proof } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';
import { conflict } from '../../shared/errors.ts';
import { approvedForms } from '../content/index.ts';
import { getLine, recordActivity } from '../plans/index.ts';
import { exposuresRecorded, outcomeOf, recordExposures, takenBack } from '../reach/index.ts';
import { namesOn } from '../territory/index.ts';
import { areaProofs, evidenceFields, momentOf, sameActivities } from './evidence.ts';

/** What was played or shown in whole villages. */
export const areaFields = {
  ...evidenceFields,
  villageIds: z
    .array(z.uuid({ error: 'evidence.village' }))
    .min(1, { error: 'evidence.villages' })
    .max(500),
  proof: z.enum(areaProofs, { error: 'evidence.proof' }),
};

export interface AreaInput {
  readonly lineId: string;
  readonly villageIds: readonly string[];
  readonly happenedOn: Day;
  readonly language: string;
  readonly proof: Proof;
  readonly note: string;
  readonly commit: boolean;
}

export type AreaKind = Extract<ActivityKind, (typeof areaChannels)[number]>;

const refuseRecorded = async (ctx: Context, input: AreaInput, kind: AreaKind): Promise<void> => {
  const same = (await sameActivities(ctx, { ...input, kind })).filter(({ language }) => language === input.language);
  const before = await exposuresRecorded(
    ctx.tx,
    same.map(({ activityId }) => activityId),
    input.villageIds,
  );
  if (!before) return;
  const names = await namesOn(ctx.tx, before.placeIds, input.happenedOn);
  throw conflict('evidence.already-there', {
    villages: before.placeIds.map((placeId) => names.get(placeId) ?? '').join('; '),
    name: before.name,
    at: momentOf(before.at),
  });
};

/**
 * Writes down that something was played or shown in villages as an activity of a plan's line, with an exposure for each.
 * It reaches nobody by itself: whoever lived there and understands the language could hear or see it. Refused when one of
 * the villages is recorded already for the same line, kind, day and language.
 */
export const recordForVillages = async (
  ctx: Context,
  raw: AreaInput,
  kind: AreaKind,
  details: Readonly<Record<string, number>>,
) => {
  const input = { ...raw, villageIds: [...new Set(raw.villageIds)] };
  const { language, proof, happenedOn } = input;
  const work = async () => {
    await refuseRecorded(ctx, input, kind);
    const activityId = await recordActivity(ctx, { ...input, kind, placeIds: input.villageIds, details });
    // The plan is held now: the exposures carry the edition that the activity does.
    const { messageId, edition } = await getLine(ctx.tx, input.lineId);
    // What a loudspeaker plays is the approved text to be read aloud, where there is one in that language.
    const forms = kind === 'loudspeaker' ? await approvedForms(ctx.tx, messageId, edition) : [];
    const formId = forms.find((form) => form.kind === 'script' && form.language === language)?.formId ?? null;
    const row = { messageId, edition, language, channel: kind, proof, happenedOn, activityId, formId };
    await recordExposures(
      ctx,
      input.villageIds.map((placeId) => ({ ...row, placeId })),
    );
    return { activityId, outcome: await outcomeOf(ctx, activityId) };
  };
  const { activityId, outcome } = input.commit ? await work() : await takenBack(ctx.tx, work);
  return { committed: input.commit, activityId: input.commit ? activityId : null, outcome };
};

export type AreaReport = Awaited<ReturnType<typeof recordForVillages>>;

import { z } from 'zod';
import type { Context } from '../../platform/command.ts';
import { type ActivityKind, type Proof, spokenLanguages } from '../../shared/channels.ts';
import { type Day, dayOf, isDay, showDay, ZONE } from '../../shared/dates.ts';
import { clean } from '../../shared/text.ts';
import { activitiesOf } from '../plans/index.ts';
import { lockRecording } from '../reach/index.ts';

/** By what people who keep a list or a log themselves can prove it; networks and gateways have no part in it. */
export const listProofs = [
  'signed-list',
  'photo-list',
  'second-person',
  'declared',
] as const satisfies readonly Proof[];

/** A loudspeaker's box, a phone's screen or a camera may have kept it as well. */
export const areaProofs = [
  'device',
  'signed-list',
  'photo-list',
  'second-person',
  'declared',
] as const satisfies readonly Proof[];

/** What every record of evidence says: which line of which plan, when, in which language, and what else is to be known. */
export const evidenceFields = {
  lineId: z.uuid({ error: 'line' }),
  happenedOn: z.string().refine(isDay, { error: 'not-a-day' }),
  language: z.enum(spokenLanguages, { error: 'evidence.language' }),
  note: z.string().transform(clean).pipe(z.string().max(1_000)).default(''),
  /** false = only look what would come of it. */
  commit: z.boolean().default(true),
};

export const wholeNumber = (most: number) => z.number({ error: 'evidence.number' }).int().min(1).max(most).nullish();

const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** 14:05 15/06/2026 */
export const momentOf = (at: Date): string => `${clock.format(at)} ${showDay(dayOf(at))}`;

/**
 * The activities of the same line, kind and day that still stand; until the end of the transaction nobody else records one.
 * So a second click, or a second officer with the same list, finds what the first one wrote.
 */
export const sameActivities = async (
  { tx }: Context,
  { lineId, kind, happenedOn }: { lineId: string; kind: ActivityKind; happenedOn: Day },
) => {
  await lockRecording(tx, `evidence ${lineId} ${kind} ${happenedOn}`);
  return activitiesOf(tx, { lineId, kind, happenedOn, standing: true });
};

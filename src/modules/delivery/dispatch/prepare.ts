import { z } from 'zod';
import type { Context } from '../../../platform/command.ts';
import { showDay } from '../../../shared/dates.ts';
import { conflict, invalid, notFound } from '../../../shared/errors.ts';
import { smsParts, withoutDiacritics } from '../../../shared/sms.ts';
import { clean } from '../../../shared/text.ts';
import { ruleSchema } from '../../audiences/index.ts';
import { approvedForms, fillText, valuesUsed } from '../../content/index.ts';
import { getLine, type Line } from '../../plans/index.ts';
import { withinAreas } from '../../reach/index.ts';
import { refusedAmong } from '../../registry/index.ts';
import { namesOn, placesUnder } from '../../territory/index.ts';
import { ownVillages } from '../own-villages.ts';
import {
  type Candidate,
  type Chosen,
  choose,
  type LeftOut,
  otherWayOf,
  readingRules,
  type WrittenForm,
} from './choose.ts';
import { CAP, channelOf, formKinds } from './dispatch.ts';
import { addressedBefore, getDispatchRow, isInForce } from './store.ts';
import { communesOf, deadNumbers, numbersSent, selectCandidates } from './store-candidates.ts';

const said = (most: number) => z.string().transform(clean).pipe(z.string().max(most)).default('');

/** What is chosen before the button: what is sent to whom. */
export const sendingFields = {
  lineId: z.uuid({ error: 'line' }),
  /** SMS with diacritics, or in plain letters (cheaper, and read by every phone), or an e-mail. */
  formKind: z.enum(formKinds).default('sms'),
  /** Some of the line's villages; none = all of one's own. */
  placeIds: z.array(z.uuid()).max(2_000).default([]),
  /** Only those whom this edition has not reached yet. */
  onlyMissing: z.boolean().default(true),
  reading: z.enum(readingRules).default('maybe'),
  /** What the text may ask for beside what is known: at what hour, where. */
  hour: said(40),
  where: said(80),
  /** Quiet hours and the weekly cap do not hold; says why. Empty = not urgent. */
  urgentReason: said(300),
  /** Another run of an earlier sending, for those it did not reach. */
  retryOf: z.uuid().nullish(),
  /** Also those of whom nobody knows whether they got it: they may get it twice. */
  alsoUncertain: z.boolean().default(false),
};

export type Sending = z.output<z.ZodObject<typeof sendingFields>>;

/** One delivery as it will be written: the words are those that go out. */
export interface Written extends Chosen {
  readonly body: string;
  readonly parts: number;
  readonly communeId: string;
}

export interface Prepared {
  readonly line: Line;
  readonly placeIds: readonly string[];
  readonly written: readonly Written[];
  readonly leftOut: readonly (Pick<Candidate, 'subjectId' | 'code' | 'name' | 'placeId'> & { readonly why: LeftOut })[];
  readonly parts: number;
  readonly urgent: boolean;
  readonly retryOf: { readonly dispatchId: string; readonly activityId: string; readonly formKind: string } | null;
  /** The forms it may be said in, in plain letters too where nobody wrote those. */
  readonly forms: readonly WrittenForm[];
  /** The text asks for what has not been typed. */
  readonly asks: readonly ('hour' | 'where')[];
}

const sendableLine = async (ctx: Context, { lineId, formKind }: Sending): Promise<Line> => {
  const line = await getLine(ctx.tx, lineId);
  if (line.planState !== 'issued')
    throw conflict(line.planState === 'closed' ? 'plan.closed' : 'plan.not-issued', { plan: line.planCode });
  const channel = channelOf(formKind);
  if (!line.channels.includes(channel)) throw conflict(`dispatch.not-in-line.${channel}`);
  return line;
};

/** Where the line's subjects are that one may send to: villages of households, places of officers' posts. */
const ownPlaces = async (ctx: Context, line: Line): Promise<string[]> =>
  ruleSchema.parse(line.rule).subject === 'household'
    ? ownVillages(ctx, line.placeIds, ctx.today)
    : [...(await withinAreas(ctx, await placesUnder(ctx.tx, line.placeIds, ctx.today)))];

/** Refuses whoever has none of the line's places: it is not found, whether there is one or not. */
export const requireOwnLine = async (ctx: Context, lineId: string): Promise<void> => {
  if ((await ownPlaces(ctx, await getLine(ctx.tx, lineId))).length === 0) throw notFound('line');
};

const placesAsked = async (ctx: Context, line: Line, asked: readonly string[]): Promise<string[]> => {
  const own = await ownPlaces(ctx, line);
  // A line of somebody else's villages is not found, whether there is one or not.
  if (own.length === 0) throw notFound('line');
  if (asked.some((placeId) => !own.includes(placeId)))
    throw invalid('dispatch.place', {}, [{ path: 'placeIds', code: 'dispatch.place' }]);
  return asked.length > 0 ? [...new Set(asked)] : own;
};

const earlierRun = async (ctx: Context, { retryOf, lineId }: Sending) => {
  if (!retryOf) return null;
  const before = await getDispatchRow(ctx.tx, retryOf);
  if (before.lineId !== lineId) throw notFound('dispatch');
  // Nothing of it would go out any more.
  if (!(await isInForce(ctx.tx, before.activityId))) throw conflict('activity.voided');
  return before;
};

/** The forms of the kind asked for. */
export const formsOf = async (ctx: Context, line: Line, kind: Sending['formKind']): Promise<WrittenForm[]> =>
  (await approvedForms(ctx.tx, line.messageId, line.edition)).filter((form) => form.kind === kind);

const asksOf = (forms: readonly WrittenForm[], { hour, where }: Pick<Sending, 'hour' | 'where'>) => {
  const used = new Set(forms.flatMap(({ text }) => valuesUsed(text)));
  return [
    ...(used.has('giờ') && !hour ? (['hour'] as const) : []),
    ...(used.has('nơi') && !where ? (['where'] as const) : []),
  ];
};

/** Fills the words of one delivery: by what is known of the household today. */
const writer = (
  ctx: Context,
  { formKind, hour, where }: Pick<Sending, 'formKind' | 'hour' | 'where'>,
  names: ReadonlyMap<string, string>,
  communes: ReadonlyMap<string, string>,
) => {
  const plain = (text: string) => (formKind === 'sms-plain' ? withoutDiacritics(text) : text);
  // Most texts name nobody: what comes of them for one village and set of conditions is worked out once.
  const counted = new Map<string, number>();
  return (chosen: Chosen): Written => {
    const { candidate, form, reads } = chosen;
    const communeId = communes.get(candidate.placeId) ?? candidate.placeId;
    const values = {
      tên: candidate.name ?? candidate.code,
      thôn: names.get(candidate.placeId) ?? '',
      xã: names.get(communeId) ?? '',
      ngày: showDay(ctx.today),
      // What is not typed yet stays a gap that can be seen.
      giờ: hour || '…',
      nơi: where || '…',
    };
    const conditions = {
      đọc_được: reads,
      có_điện_thoại: true,
      có_trẻ_em: candidate.children,
      có_người_cao_tuổi: candidate.elderly,
    };
    const body = plain(fillText(form.text, values, conditions));
    const parts = formKind === 'email' ? 1 : (counted.get(body) ?? smsParts(body).parts.length);
    if (counted.size < 10_000) counted.set(body, parts);
    return { ...chosen, body, parts, communeId };
  };
};

/**
 * Works out a sending from what is true now: the same for the page before the button and for the button itself.
 * Refuses `plan.not-issued`, `plan.closed`, `dispatch.not-in-line`, `dispatch.no-form`, `dispatch.place`, not-found `line`.
 */
export const prepareSending = async (ctx: Context, sending: Sending): Promise<Prepared> => {
  const line = await sendableLine(ctx, sending);
  const placeIds = await placesAsked(ctx, line, sending.placeIds);
  const retryOf = await earlierRun(ctx, sending);
  const forms = await formsOf(ctx, line, sending.formKind);
  if (forms.length === 0) throw conflict(`dispatch.no-form.${sending.formKind}`, { message: line.messageId });
  const subjectIds = retryOf ? await addressedBefore(ctx.tx, retryOf.activityId, sending.alsoUncertain) : null;
  const { messageId, edition } = line;
  const candidates = await selectCandidates(ctx.tx, {
    rule: ruleSchema.parse(line.rule),
    ...{ placeIds, messageId, edition, today: ctx.today, at: ctx.at, subjectIds },
    activityId: retryOf?.activityId ?? null,
  });
  const numbers = candidates.flatMap(({ phones }) => phones.map(({ value }) => value));
  const urgent = sending.urgentReason !== '';
  const { chosen, leftOut } = choose(candidates, {
    ...{ forms, urgent, onlyMissing: sending.onlyMissing, reading: sending.reading, cap: CAP.messages },
    refused: await refusedAmong(ctx.tx, numbers, ctx.at),
    channel: channelOf(sending.formKind),
    sentNumbers: await numbersSent(ctx.tx, line, retryOf?.activityId ?? null),
    failed: retryOf ? await deadNumbers(ctx.tx, retryOf.activityId) : new Map(),
  });
  const places = [...new Set(chosen.map(({ candidate }) => candidate.placeId))];
  const communes = await communesOf(ctx.tx, places, ctx.today);
  const names = await namesOn(ctx.tx, [...new Set([...places, ...communes.values()])], ctx.today, 0);
  const written = chosen.map(writer(ctx, sending, names, communes));
  return {
    ...{ line, placeIds, written, urgent, retryOf, forms },
    leftOut: leftOut.map(({ candidate: { subjectId, code, name, placeId }, why }) => ({
      subjectId,
      code,
      name,
      placeId,
      why,
    })),
    parts: written.reduce((sum, { parts }) => sum + parts, 0),
    asks: asksOf(forms, sending),
  };
};

/** How many are left out, by reason; and by what else they can be told. */
export const countLeftOut = (leftOut: Prepared['leftOut']) => {
  const why: Partial<Record<LeftOut, number>> = {};
  const otherwise = { done: 0, call: 0, visit: 0 };
  for (const each of leftOut) {
    why[each.why] = (why[each.why] ?? 0) + 1;
    otherwise[otherWayOf(each.why)] += 1;
  }
  return { why, otherwise };
};

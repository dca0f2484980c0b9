import type { Context } from '../../../platform/command.ts';
import { AppError, type FieldFault } from '../../../shared/errors.ts';
import { checkRule, findAudience, ruleSchema } from '../../audiences/index.ts';
import { findMessageByCode, getEditions } from '../../content/index.ts';
import { liesWithin, placesCalled, relatedPlaces } from '../../territory/index.ts';
import type { Plan } from '../plan.ts';
import { findPlanByCode, lineageOf, type PlanHead } from '../store.ts';
import type { NewLine } from '../store-lines.ts';
import { type Item, type Source, within } from './document.ts';
import type { InlineAudience, LineFile } from './read-line.ts';
import { inOrder, type PlanFile, readPlan } from './read-plan.ts';
import type { At } from './values.ts';

/** What a plan file came to, with everything it names found; or the faults, in the order of the file. */
export type ResolvedPlan =
  | { readonly head: PlanHead; readonly lines: readonly NewLine[]; readonly faults: readonly [] }
  | { readonly head?: undefined; readonly faults: readonly FieldFault[] };

/** The one place a text means; a fault when it means none or several. */
const placeOf = async (ctx: Context, source: Source, { value, item }: At<string>, on: string) => {
  const [only, ...others] = await placesCalled(ctx, value, on);
  if (only !== undefined && others.length === 0) return only;
  source.refuse(item, only === undefined ? 'plan-file.place-unknown' : 'plan-file.place-many', { value });
  return undefined;
};

/**
 * A plan uses the messages and audiences of the places it has to do with: those it lies in and those in it, also by way of
 * what a place was or became.
 */
const mayUse = async ({ tx }: Context, planPlace: string, owner: string): Promise<boolean> =>
  (await relatedPlaces(tx, [planPlace], [owner])).length > 0 ||
  (await relatedPlaces(tx, [owner], [planPlace])).length > 0;

const parentOf = async (ctx: Context, source: Source, plan: PlanFile, placeId: string): Promise<Plan | undefined> => {
  if (!plan.parent) return undefined;
  const { value, item } = plan.parent;
  const parent = await findPlanByCode(ctx.tx, value);
  if (!parent && value !== plan.code.value) source.refuse(item, 'plan-file.parent-unknown', { value });
  else if (!parent) source.refuse(item, 'plan-file.parent-circle', { value });
  if (!parent) return undefined;
  const own = await findPlanByCode(ctx.tx, plan.code.value);
  if (own && (await lineageOf(ctx.tx, parent.planId)).includes(own.planId)) {
    source.refuse(item, 'plan-file.parent-circle', { value });
    return undefined;
  }
  const covers = await liesWithin(ctx.tx, {
    placeId,
    within: parent.placeId,
    from: parent.periodFrom,
    to: parent.periodTo,
    on: ctx.today,
    ways: ['before', 'after'],
  });
  if (covers) return parent;
  source.refuse(item, 'plan-file.parent-elsewhere', { value });
  return undefined;
};

const messageOf = async (ctx: Context, source: Source, { message, edition }: LineFile, placeId: string) => {
  const found = await findMessageByCode(ctx.tx, message.value);
  if (!found || !(await mayUse(ctx, placeId, found.placeId))) {
    source.refuse(message.item, 'plan-file.message-unknown', { value: message.value });
    return undefined;
  }
  const { messageId, approvedEdition } = found;
  if (!edition) {
    if (approvedEdition !== null) return { messageId, edition: approvedEdition };
    source.refuse(message.item, 'plan-file.message-not-approved', { value: message.value });
    return undefined;
  }
  const key = { messageId, edition: edition.value };
  const state = (await getEditions(ctx.tx, [key])).get(`${messageId}|${edition.value}`)?.state;
  if (state === 'approved') return key;
  const code = state === undefined ? 'plan-file.edition-unknown' : 'plan-file.edition-not-approved';
  source.refuse(edition.item, code, { value: message.value, edition: edition.value });
  return undefined;
};

const inlineAudience = async (ctx: Context, source: Source, item: Item, inline: InlineAudience) => {
  const refuse = (way: readonly (string | number)[], code: string): void => {
    source.refuse(within(item, way), 'plan-file.rule', { what: `@error.${code}`, at: way.join('.') });
  };
  const read = ruleSchema.safeParse(inline.rule);
  if (!read.success) {
    for (const { path, message } of read.error.issues)
      refuse(
        path.map((part) => (typeof part === 'number' ? part : String(part))),
        message,
      );
    return undefined;
  }
  try {
    await checkRule(ctx.tx, read.data);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const { path, code, params } of error.fields) {
      // Told as of the field `rule`, which the file does not have.
      const way = path
        .split('.')
        .slice(1)
        .map((part) => (/^\d+$/u.test(part) ? Number(part) : part));
      const value = String(params?.code ?? '');
      if (code === 'rule.message') source.refuse(within(item, way), 'plan-file.message-unknown', { value });
      else if (code === 'rule.edition')
        source.refuse(within(item, way), 'plan-file.edition-unknown', { value, edition: params?.edition ?? '' });
      else refuse(way, code);
    }
    return undefined;
  }
  return { audienceCode: inline.code, audienceName: inline.name, rule: read.data };
};

const audienceOf = async (ctx: Context, source: Source, { value, item }: LineFile['audience'], placeId: string) => {
  if (typeof value !== 'string') return inlineAudience(ctx, source, item, value);
  const found = await findAudience(ctx.tx, value);
  if (found && (found.placeId === null || (await mayUse(ctx, placeId, found.placeId))))
    return { audienceCode: found.code, audienceName: found.name, rule: found.rule };
  source.refuse(item, 'plan-file.audience-unknown', { value });
  return undefined;
};

const lineOf = async (
  ctx: Context,
  source: Source,
  line: LineFile,
  plan: PlanFile,
  placeId: string,
): Promise<NewLine | undefined> => {
  const message = await messageOf(ctx, source, line, placeId);
  const audience = await audienceOf(ctx, source, line.audience, placeId);
  const places = new Set<string>();
  for (const place of line.places) {
    const found = await placeOf(ctx, source, place, plan.periodFrom);
    if (found === undefined) continue;
    const span = { from: plan.periodFrom, to: plan.periodTo, on: ctx.today, ways: ['after'] as const };
    if (await liesWithin(ctx.tx, { placeId: found, within: placeId, ...span })) places.add(found);
    else source.refuse(place.item, 'plan-file.place-outside', { value: place.value });
  }
  if (!message || !audience) return undefined;
  const { quantity, unit, partners, budget, budgetSource, threshold, targetPercent, headName, headPost, body } = line;
  return {
    position: line.position,
    what: line.what,
    ...message,
    ...audience,
    channels: line.channels,
    placeIds: line.places.length === 0 ? [placeId] : [...places],
    startsOn: line.startsOn,
    endsOn: line.endsOn,
    ...{ quantity, unit, partners, budget, budgetSource, threshold, targetPercent, headName, headPost, body },
  };
};

/** The place a plan file is for; undefined when the file does not say it clearly (`resolvePlan` tells why). */
export const placeOfFile = async (ctx: Context, text: string): Promise<string | undefined> => {
  const { plan } = readPlan(text);
  const [only, ...others] = plan ? await placesCalled(ctx, plan.place.value, plan.periodFrom) : [];
  return others.length === 0 ? only : undefined;
};

/** Reads a plan file and finds everything it names. */
export const resolvePlan = async (ctx: Context, text: string): Promise<ResolvedPlan> => {
  const { source, plan } = readPlan(text);
  const refused = (): ResolvedPlan => ({ faults: inOrder(source.faults) });
  if (!plan) return refused();
  const placeId = await placeOf(ctx, source, plan.place, plan.periodFrom);
  if (placeId === undefined) return refused();
  const parent = await parentOf(ctx, source, plan, placeId);
  const lines: NewLine[] = [];
  for (const line of plan.lines) {
    const resolved = await lineOf(ctx, source, line, plan, placeId);
    if (resolved) lines.push(resolved);
  }
  if (source.faults.length > 0) return refused();
  const { title, programme, issuer, number, issuedOn, signer, periodFrom, periodTo, objectives, bases } = plan;
  const head = { title, programme, issuer, number, issuedOn, signer, periodFrom, periodTo, objectives, bases };
  return { head: { code: plan.code.value, placeId, parentPlanId: parent?.planId ?? null, ...head }, lines, faults: [] };
};

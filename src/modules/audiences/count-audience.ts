import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { MOST_IN_FILE, orderInput, pageInput } from '../../platform/list.ts';
import { type Day, isDay, showDay } from '../../shared/dates.ts';
import { forbidden, invalid, notFound } from '../../shared/errors.ts';
import { byName } from '../../shared/order.ts';
import { namesThen, villageOrder } from '../territory/index.ts';
import { audienceCalled } from './audience.ts';
import { checkRule } from './check-rule.ts';
import { ruleSchema } from './read-rule.ts';
import { namesIn, placesIn, type Rule, sensitiveIn } from './rule.ts';
import { inSight, scopeOf } from './sight.ts';
import { type Asked, countByPlace, isTrueOfAnybody, listSubjects, subjectSorts } from './store.ts';

const question = {
  /** An audience by its code, or a rule that has not been saved. */
  code: z.string().max(60).nullish(),
  rule: z.unknown().optional(),
  placeId: z.uuid({ error: 'place' }).nullish(),
  on: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
};

interface Question {
  readonly code?: string | null | undefined;
  readonly rule?: unknown;
  readonly placeId?: string | null | undefined;
  readonly on?: Day | null | undefined;
}

/** The rule that is meant: of an audience within sight, or one brought along, which is checked as when it is saved. */
const ruleOf = async (ctx: Context, { code, rule }: Question): Promise<Rule> => {
  if (code) {
    const audience = await audienceCalled(ctx.tx, code);
    if (!(await inSight(ctx, audience.placeId))) throw notFound('audience', { code });
    return audience.rule;
  }
  const read = ruleSchema.safeParse(rule);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => ({ path: ['rule', ...path].join('.'), code: message }));
    throw invalid('rule', { at: faults.map(({ path }) => path).join(', ') }, faults);
  }
  await checkRule(ctx.tx, read.data);
  return read.data;
};

/**
 * A rule of one's own asks anything of anybody, one household's code included: it is counted only where one works with the
 * people, not where one only keeps the accounts.
 */
const countingIn = (ctx: Context, { code }: Question): Context => {
  if (code || ctx.areas === null) return ctx;
  const areas = ctx.actor.grants.filter(({ role }) => role !== 'admin').map(({ placeId }) => placeId);
  const within = ctx.areas.filter((placeId) => areas.includes(placeId));
  if (within.length === 0) throw forbidden('not-allowed', { what: 'audiences.count-audience' });
  return { ...ctx, areas: within };
};

const askedBy = async (ctx: Context, input: Question, what: string): Promise<Asked> => {
  const on = input.on ?? ctx.today;
  if (on > ctx.today)
    throw invalid('audience.day-ahead', { on: showDay(on) }, [{ path: 'on', code: 'audience.day-ahead' }]);
  const within = await scopeOf(ctx, input.placeId, what);
  return { rule: await ruleOf(ctx, input), on, today: ctx.today, within, areas: ctx.areas };
};

/** Does a rule mean anybody today, in these places as far as they are the asker's own? Of whom it is unknown is not meant. */
export const meansAnybody = (ctx: Context, rule: Rule, placeIds: readonly string[]): Promise<boolean> =>
  isTrueOfAnybody(ctx.tx, { rule, on: ctx.today, today: ctx.today, within: placeIds, areas: ctx.areas });

export interface CountedVillage {
  /** null = subjects of whom nobody knows where they are. */
  readonly placeId: string | null;
  readonly name: string;
  readonly total: number;
  readonly fits: number;
  readonly unknown: number;
}

/**
 * Whom an audience is true of on a day, in a place or in one's own areas: how many subjects were looked at, how many it is
 * true of, and of how many that cannot be said because something is unknown. Only what the register holds is counted.
 */
export const countAudience = read({
  name: 'audiences.count-audience',
  input: z.object({ ...question, by: z.literal('village').nullish() }),
  allow: ['officer', 'leader', 'admin'],
  area: 'own',
  run: async (ctx, input) => {
    const asked = await askedBy(countingIn(ctx, input), input, 'audiences.count-audience');
    const counted = await countByPlace(ctx.tx, asked);
    const sum = (of: 'total' | 'fits' | 'unknown') => counted.reduce((all, row) => all + row[of], 0);
    const ids = counted.flatMap(({ placeId }) => placeId ?? []);
    const names = input.by ? await namesThen(ctx.tx, ids, asked.on) : new Map<string, string>();
    const villages = counted
      .map((row): CountedVillage => ({ ...row, name: (row.placeId && names.get(row.placeId)) || '' }))
      .sort((a, b) => byName(a.name, b.name));
    return {
      on: asked.on,
      subject: asked.rule.subject,
      rule: asked.rule,
      places: Object.fromEntries(await namesThen(ctx.tx, placesIn(asked.rule), asked.on)) as Record<string, string>,
      total: sum('total'),
      fits: sum('fits'),
      unknown: sum('unknown'),
      villages: input.by ? villages : null,
    };
  },
  // Of one household or one village, a number is as good as a list.
  sensitive: ({ code, placeId, by }, { on, rule }) => {
    const asks = sensitiveIn(rule);
    return asks.length === 0 ? undefined : { code: code ?? null, placeId: placeId ?? null, asks, by: by ?? null, on };
  },
});

const listing = z.object({
  ...question,
  show: z.enum(['fits', 'unknown']).default('fits'),
  ...orderInput(subjectSorts),
});

const subjectsBehind = async (
  ctx: Context,
  input: z.output<typeof listing> & { readonly limit: number; readonly offset: number },
  what: string,
) => {
  const { show, sort, descending, limit, offset } = input;
  const asked = await askedBy(ctx, input, what);
  const villages = sort === 'place' ? await villageOrder(ctx.tx, asked.within, asked.on) : undefined;
  const { rows, total } = await listSubjects(ctx.tx, { ...asked, show, sort, descending, villages, limit, offset });
  const ids = rows.flatMap(({ placeId }) => placeId ?? []);
  const names = await namesThen(ctx.tx, ids, asked.on);
  return {
    on: asked.on,
    subject: asked.rule.subject,
    asks: namesIn(asked.rule),
    total,
    rows: rows.map((row) => ({ ...row, place: (row.placeId && names.get(row.placeId)) || '' })),
  };
};

type Behind = Awaited<ReturnType<typeof subjectsBehind>>;

/** What a rule asks of (ethnic group, disability) is sensitive, and a list names people (NĐ 356/2025/NĐ-CP). */
const lookOf = ({ code, placeId, show }: z.output<typeof listing>, { on, asks, rows }: Behind) => ({
  ...{ code: code ?? null, placeId: placeId ?? null },
  ...{ asks, show, on, rows: rows.length },
});

/** The households or officers behind a count: those the rule is true of, or those of whom that is unknown. */
export const listAudienceSubjects = read({
  name: 'audiences.list-audience-subjects',
  input: listing.extend(pageInput()),
  allow: ['officer', 'leader'],
  area: 'own',
  run: (ctx, input) => subjectsBehind(ctx, input, 'audiences.list-audience-subjects'),
  sensitive: lookOf,
});

/** The same to be taken along as a file. */
export const exportAudienceSubjects = read({
  name: 'audiences.export-audience-subjects',
  input: listing,
  allow: ['officer', 'leader'],
  area: 'own',
  run: (ctx, input) =>
    subjectsBehind(ctx, { ...input, limit: MOST_IN_FILE, offset: 0 }, 'audiences.export-audience-subjects'),
  sensitive: lookOf,
});

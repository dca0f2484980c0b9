import type { Context } from '../../../platform/command.ts';
import { lookedFor, type Order } from '../../../platform/list.ts';
import type { Day } from '../../../shared/dates.ts';
import { invalid } from '../../../shared/errors.ts';
import { ranksOf } from '../../../shared/order.ts';
import { unitOf } from '../../../shared/words/units.ts';
import { coversPlaces } from '../../territory/index.ts';
import { factsOf, masksOf, nextStep, type Reason, ranksOfMasks, reasonOf, type Step } from './reason.ts';
import { type Asked, linesAsked, type Scope, scopeOf } from './scope.ts';
import { type FactCount, type leftBehindSorts, type MissingRow, ownerNames, selectMissing } from './store.ts';

export interface Wanted extends Asked, Order<(typeof leftBehindSorts)[number]> {
  readonly placeId?: string | null | undefined;
  /** Only these places themselves, when they are known already. */
  readonly placeIds?: readonly string[] | null | undefined;
  readonly on?: Day | null | undefined;
  readonly reason?: Reason | null | undefined;
  readonly owner?: string | null | undefined;
  readonly subjectIds?: readonly string[] | null | undefined;
  /** Head's name, without diacritics will do, or code. */
  readonly text?: string | null | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Why one line has not reached it, and what is proposed. */
export interface MissingLine {
  readonly lineId: string;
  readonly position: number;
  readonly what: string;
  readonly reason: Reason;
  readonly next: Step;
  readonly couldHear: boolean;
}

export interface LeftBehind extends Omit<MissingRow, 'missing' | 'followUp'> {
  readonly place: string;
  /** In the order of the plan; of one line, one. */
  readonly missing: readonly [MissingLine, ...MissingLine[]];
  readonly followUp: (NonNullable<MissingRow['followUp']> & { readonly overdue: boolean }) | null;
}

export interface PlaceSummary {
  readonly placeId: string;
  readonly place: string;
  /** Subjects that miss at least one line; those that no line has reached. */
  readonly missing: number;
  readonly none: number;
  /** Pairs of subject and line by reason; of one line, subjects. */
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
}

const byReason = (counts: readonly FactCount[]): Partial<Record<Reason, number>> => {
  const sums: Partial<Record<Reason, number>> = {};
  for (const { mask, count } of counts) {
    const reason = reasonOf(factsOf(mask));
    sums[reason] = (sums[reason] ?? 0) + count;
  }
  return sums;
};

const lineOf = (
  { lines }: Scope,
  kind: MissingRow['kind'],
  { at, mask, couldHear }: MissingRow['missing'][number],
): MissingLine => {
  const { line } = lines[at]!;
  const reason = reasonOf(factsOf(mask));
  const { lineId, position, what } = line;
  return { lineId, position, what, reason, next: nextStep(reason, kind), couldHear };
};

/** Looks only: checks that the place lies in the actor's areas, and finds who is missing what there. */
export const findMissing = async (ctx: Context, wanted: Wanted) => {
  const on = wanted.on ?? ctx.today;
  if (on > ctx.today) throw invalid('left-behind.future', {}, [{ path: 'on', code: 'left-behind.future' }]);
  const lines = await linesAsked(ctx, wanted);
  const scope = await scopeOf(ctx, lines, { on, within: wanted.placeId ?? null, only: wanted.placeIds ?? null });
  const found = await selectMissing(ctx.tx, {
    ...scope,
    today: ctx.today,
    masks: wanted.reason ? masksOf(wanted.reason) : null,
    owner: wanted.owner || null,
    subjectIds: wanted.subjectIds ?? null,
    ...lookedFor(wanted.text),
    sort: wanted.sort,
    descending: wanted.descending,
    reasonRanks: wanted.sort === 'why' ? ranksOfMasks() : [],
    owners: wanted.sort === 'owner' ? ranksOf((await ownerNames(ctx.tx)).map((name) => [name, name])) : undefined,
    limit: wanted.limit,
    offset: wanted.offset,
  });
  const place = (placeId: string): string => scope.names.get(placeId) ?? '';
  const rows = found.rows.map(
    ({ missing, followUp, ...row }): LeftBehind => ({
      ...row,
      place: place(row.placeId),
      missing: missing.map((each) => lineOf(scope, row.kind, each)) as [MissingLine, ...MissingLine[]],
      followUp: followUp && { ...followUp, overdue: followUp.dueOn < ctx.today },
    }),
  );
  const facts = Map.groupBy(found.facts, ({ placeId }) => placeId);
  const places = found.places
    .map(
      (each): PlaceSummary => ({
        ...each,
        place: place(each.placeId),
        reasons: byReason(facts.get(each.placeId) ?? []),
      }),
    )
    .sort((a, b) => scope.placeIds.indexOf(a.placeId) - scope.placeIds.indexOf(b.placeId));
  const unit = unitOf(scope.lines.map(({ rule }) => rule.subject));
  return { on, unit, lines, rows, total: found.total, places, reasons: byReason(found.facts), scope };
};

/** A place that is named must lie in the areas of who asks; without one, what is shown is cut to the areas. */
export const requireArea = async (ctx: Context, placeIds: readonly string[]): Promise<boolean> =>
  ctx.areas === null || coversPlaces(ctx.tx, ctx.areas, placeIds, ctx.today);

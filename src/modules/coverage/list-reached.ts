import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { lookedFor, MOST_IN_FILE, orderInput, pageInput } from '../../platform/list.ts';
import { invalid } from '../../shared/errors.ts';
import { ranksOf } from '../../shared/order.ts';
import { ruleSchema } from '../audiences/index.ts';
import { namesThen } from '../territory/index.ts';
import { areaAsked, askedInput, resolveAsked, shapeInput } from './asked.ts';
import { figureNames, rowSorts, type SubjectRow, selectRows } from './store-rows.ts';
import { ELSEWHERE, groupingOf, type Where } from './where.ts';

/** A subject behind a figure, with its place as people name it. */
export interface CoveredSubject extends SubjectRow {
  readonly place: string;
}

const filters = z.object({
  ...askedInput,
  ...shapeInput,
  /** The row: its place, or `elsewhere`; left out = all rows. */
  row: z.union([z.uuid({ error: 'place' }), z.literal(ELSEWHERE)]).nullish(),
  value: z.string().max(40).default(''),
  what: z.enum(figureNames),
  /** By head's name, without diacritics will do, or by code. */
  text: z.string().max(100).nullish(),
  ...orderInput(rowSorts),
});

type Input = z.output<typeof filters> & { readonly limit: number; readonly offset: number };

/** Of the places of the line those that the row stands for. */
const placesOfRow = async (
  ctx: Context,
  input: Input,
  { wheres, own }: { wheres: readonly Where[]; own: readonly string[] },
) => {
  const placeIds = new Set<string>();
  for (const where of wheres) {
    const inside = own.filter((placeId) => where.inside.has(placeId));
    const { groupOf } = await groupingOf(ctx.tx, where, input.by, inside);
    for (const placeId of inside) if (!input.row || groupOf(placeId) === input.row) placeIds.add(placeId);
  }
  return [...placeIds];
};

const found = async (ctx: Context, input: Input) => {
  // Names stand behind figures of one line.
  if (!input.lineId && !input.position) throw invalid('coverage.one-line');
  const { on, wheres, lines } = await resolveAsked(ctx, input);
  const { line, own } = lines[0]!;
  const rule = ruleSchema.parse(line.rule);
  const placeIds = await placesOfRow(ctx, input, { wheres, own });
  const { rows, total } = await selectRows(ctx.tx, {
    scope: { line, rule, on, today: ctx.today, placeIds },
    threshold: line.threshold,
    facet: input.value === '' ? 'all' : input.facet,
    ...lookedFor(input.text),
    places: input.sort === 'place' ? ranksOf(await namesThen(ctx.tx, placeIds, on)) : undefined,
    ...{ what: input.what, value: input.value, sort: input.sort, descending: input.descending },
    ...{ limit: input.limit, offset: input.offset },
  });
  const row = input.row && input.row !== ELSEWHERE ? input.row : null;
  const names = await namesThen(
    ctx.tx,
    rows.map(({ placeId }) => placeId),
    on,
  );
  const { boundaries } = wheres[0]!;
  return {
    on,
    boundaries,
    /** Of the row asked for. */
    rowPlace: row ? ((await namesThen(ctx.tx, [row], boundaries)).get(row) ?? '') : '',
    line: {
      ...{ lineId: line.lineId, planCode: line.planCode, position: line.position, what: line.what },
      ...{ startsOn: line.startsOn, subject: rule.subject },
    },
    threshold: line.threshold,
    what: input.what,
    rows: rows.map((each): CoveredSubject => ({ ...each, place: names.get(each.placeId) ?? '' })),
    total,
  };
};

const looked = (
  { placeId, row, what }: z.output<typeof filters>,
  { line, rows }: { line: { lineId: string }; rows: readonly unknown[] },
) => ({ lineId: line.lineId, placeId: placeId ?? null, row: row ?? null, what, rows: rows.length });

/**
 * The households (or officers) behind a figure of a line: asked for as the figure was, plus which row and which number. Of a
 * closed month they are who would be counted today; the closed figure itself keeps no names.
 */
export const listReached = read({
  name: 'coverage.list-reached',
  input: filters.extend(pageInput(1_000)),
  allow: ['officer', 'leader', 'agent'],
  area: areaAsked,
  run: found,
  sensitive: looked,
});

/** The same people to be taken along as a file: a right of its own, written to the audit with its number of rows. */
export const exportReached = read({
  name: 'coverage.export-reached',
  input: filters,
  allow: ['officer', 'leader'],
  area: areaAsked,
  run: (ctx, input) => found(ctx, { ...input, limit: MOST_IN_FILE, offset: 0 }),
  sensitive: looked,
});

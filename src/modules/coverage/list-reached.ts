import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { invalid } from '../../shared/errors.ts';
import { ruleSchema } from '../audiences/index.ts';
import { namesThen } from '../territory/index.ts';
import { areaAsked, askedInput, resolveAsked, shapeInput } from './asked.ts';
import { figureNames, type SubjectRow, selectRows } from './store-rows.ts';
import { ELSEWHERE, groupingOf } from './where.ts';

/** A subject behind a figure, with its place as people name it. */
export interface CoveredSubject extends SubjectRow {
  readonly place: string;
}

/**
 * The households (or officers) behind a figure of a line: asked for as the figure was, plus which row and which number. Of a
 * closed month they are who would be counted today; the closed figure itself keeps no names.
 */
export const listReached = read({
  name: 'coverage.list-reached',
  input: z.object({
    ...askedInput,
    ...shapeInput,
    /** The row: its place, or `elsewhere`; left out = all rows. */
    row: z.union([z.uuid({ error: 'place' }), z.literal(ELSEWHERE)]).nullish(),
    value: z.string().max(40).default(''),
    what: z.enum(figureNames),
    limit: z.coerce.number().int().min(1).max(1_000).default(50),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  allow: ['officer', 'leader', 'agent'],
  area: areaAsked,
  run: async (ctx, input) => {
    // Names stand behind figures of one line.
    if (!input.lineId && !input.position) throw invalid('coverage.one-line');
    const { on, wheres, lines } = await resolveAsked(ctx, input);
    const { line, own } = lines[0]!;
    const rule = ruleSchema.parse(line.rule);
    const placeIds: string[] = [];
    for (const where of wheres) {
      const inside = own.filter((placeId) => where.inside.has(placeId));
      const { groupOf } = await groupingOf(ctx.tx, where, input.by, inside);
      placeIds.push(...inside.filter((placeId) => !input.row || groupOf(placeId) === input.row));
    }
    const { rows, total } = await selectRows(ctx.tx, {
      scope: { line, rule, on, today: ctx.today, placeIds: [...new Set(placeIds)] },
      what: input.what,
      threshold: line.threshold,
      facet: input.value === '' ? 'all' : input.facet,
      value: input.value,
      limit: input.limit,
      offset: input.offset,
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
        lineId: line.lineId,
        planCode: line.planCode,
        position: line.position,
        what: line.what,
        startsOn: line.startsOn,
        subject: rule.subject,
      },
      threshold: line.threshold,
      what: input.what,
      rows: rows.map((each): CoveredSubject => ({ ...each, place: names.get(each.placeId) ?? '' })),
      total,
    };
  },
  sensitive: ({ placeId, row, what }, { line, rows }) => ({
    lineId: line.lineId,
    placeId: placeId ?? null,
    row: row ?? null,
    what,
    rows: rows.length,
  }),
});

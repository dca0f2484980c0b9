import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { namesOn } from '../../territory/index.ts';
import { leftOutCodes, otherWayOf, otherWays } from './choose.ts';
import { prepareSending, sendingFields } from './prepare.ts';

/**
 * Whom a sending would leave out, by name, with why and by what else each can be told: the rows behind the figures of
 * `preview-dispatch`, worked out in the same way. Refuses what that refuses.
 */
export const listLeftOut = read({
  name: 'delivery.list-left-out',
  input: z.object({
    ...sendingFields,
    /** Only those who can be told in this way; null = all. */
    way: z.enum(otherWays).nullish(),
    /** Only those left out for this; null = all. */
    why: z.enum(leftOutCodes).nullish(),
    limit: z.number().int().min(1).max(500).default(50),
    offset: z.number().int().min(0).default(0),
  }),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, { way, why, limit, offset, ...sending }) => {
    const { line, leftOut } = await prepareSending(ctx, sending);
    const asked = leftOut.filter((each) => (!way || otherWayOf(each.why) === way) && (!why || each.why === why));
    const shown = asked.slice(offset, offset + limit);
    const names = await namesOn(ctx.tx, [...new Set(shown.map(({ placeId }) => placeId))], ctx.today);
    return {
      line,
      total: asked.length,
      rows: shown.map((row) => ({ ...row, place: names.get(row.placeId) ?? '', way: otherWayOf(row.why) })),
    };
  },
  sensitive: ({ lineId }, { rows }) => (rows.length > 0 ? { lineId, rows: rows.length } : undefined),
});

import { z } from 'zod';
import { type Context, read } from '../../../platform/command.ts';
import { MOST_IN_FILE, orderInput, pageInput } from '../../../platform/list.ts';
import { sortedBy } from '../../../shared/order.ts';
import { fold } from '../../../shared/text.ts';
import { namesOn } from '../../territory/index.ts';
import { leftOutCodes, otherWayOf, otherWays } from './choose.ts';
import { type Prepared, prepareSending, sendingFields } from './prepare.ts';

/** The orders those left out may be asked for. */
export const leftOutSorts = ['name', 'code', 'village', 'why', 'way'] as const;

const filters = z.object({
  ...sendingFields,
  /** Only those who can be told in this way; null = all. */
  way: z.enum(otherWays).nullish(),
  /** Only those left out for this; null = all. */
  why: z.enum(leftOutCodes).nullish(),
  ...orderInput(leftOutSorts),
});

type Input = z.output<typeof filters> & { readonly limit: number; readonly offset: number };

type Row = Prepared['leftOut'][number];

/** What rows are put in order by. */
const keysOf = (places: ReadonlyMap<string, string>) => ({
  name: ({ name }: Row) => name && fold(name),
  code: ({ code }: Row) => code,
  village: ({ placeId }: Row) => places.get(placeId) ?? null,
  why: ({ why }: Row) => leftOutCodes.indexOf(why),
  way: ({ why }: Row) => otherWays.indexOf(otherWayOf(why)),
});

const found = async (ctx: Context, input: Input) => {
  const { way, why, limit, offset, sort, descending, ...sending } = input;
  const { line, leftOut } = await prepareSending(ctx, sending);
  const asked = leftOut.filter((each) => (!way || otherWayOf(each.why) === way) && (!why || each.why === why));
  const named = (rows: readonly Row[]) => namesOn(ctx.tx, [...new Set(rows.map(({ placeId }) => placeId))], ctx.today);
  const places = sort === 'village' ? await named(asked) : new Map<string, string>();
  const ordered = sortedBy(asked, { sort, descending }, keysOf(places));
  const shown = ordered.slice(offset, offset + limit);
  const names = await named(shown);
  return {
    line,
    total: asked.length,
    rows: shown.map((row) => ({ ...row, place: names.get(row.placeId) ?? '', way: otherWayOf(row.why) })),
  };
};

/**
 * Whom a sending would leave out, by name, with why and by what else each can be told: the rows behind the figures of
 * `preview-dispatch`, worked out in the same way. Refuses what that refuses.
 */
export const listLeftOut = read({
  name: 'delivery.list-left-out',
  input: filters.extend(pageInput()),
  allow: ['officer', 'leader'],
  area: 'own',
  run: found,
  sensitive: ({ lineId }, { rows }) => (rows.length > 0 ? { lineId, rows: rows.length } : undefined),
});

/** The same people to be taken along as a file; the audit knows how many left the house. */
export const exportLeftOut = read({
  name: 'delivery.export-left-out',
  input: filters,
  allow: ['officer', 'leader'],
  area: 'own',
  run: (ctx, input) => found(ctx, { ...input, limit: MOST_IN_FILE, offset: 0 }),
  sensitive: ({ lineId }, { rows }) => ({ lineId, rows: rows.length }),
});

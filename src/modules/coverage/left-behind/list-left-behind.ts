import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { MOST_IN_FILE, orderInput, pageInput } from '../../../platform/list.ts';
import { isDay } from '../../../shared/dates.ts';
import { forbidden } from '../../../shared/errors.ts';
import { findMissing, requireArea } from './missing.ts';
import { reasons } from './reason.ts';
import { leftBehindSorts } from './store.ts';

const input = z.object({
  lineId: z.uuid({ error: 'line' }).nullish(),
  planCode: z.string().max(100).nullish(),
  placeId: z.uuid({ error: 'place' }).nullish(),
  on: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  reason: z.enum(reasons, { error: 'left-behind.reason' }).nullish(),
  /** A user's id or a name; `none` = nobody's. */
  owner: z.string().max(200).nullish(),
  /** By head's name, without diacritics will do, or by code. */
  text: z.string().max(100).nullish(),
  ...orderInput(leftBehindSorts),
});

/**
 * Who is in the audience of a line and was not reached as strongly as it asks, with the reason, what is proposed, and who
 * sees to it; of a plan, who misses how many of its lines. Cut to one's own areas; a place outside them is refused.
 */
export const listLeftBehind = read({
  name: 'coverage.list-left-behind',
  input: input.extend(pageInput()),
  allow: ['officer', 'leader', 'agent'],
  area: 'own',
  run: async (ctx, wanted) => {
    if (wanted.placeId && !(await requireArea(ctx, [wanted.placeId])))
      throw forbidden('outside-area', { what: 'coverage.list-left-behind' });
    const { scope: _, ...found } = await findMissing(ctx, wanted);
    return found;
  },
  sensitive: ({ lineId, planCode, placeId }, { rows }) => ({
    lineId: lineId ?? null,
    plan: planCode ?? null,
    placeId: placeId ?? null,
    rows: rows.length,
  }),
});

/** The same as a file, all of it: a right of its own, written to the audit with its number of rows. */
export const exportLeftBehind = read({
  name: 'coverage.export-left-behind',
  input,
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, wanted) => {
    if (wanted.placeId && !(await requireArea(ctx, [wanted.placeId])))
      throw forbidden('outside-area', { what: 'coverage.export-left-behind' });
    const { scope: _, ...found } = await findMissing(ctx, { ...wanted, limit: MOST_IN_FILE, offset: 0 });
    return found;
  },
  sensitive: ({ lineId, planCode, placeId }, { rows }) => ({
    lineId: lineId ?? null,
    plan: planCode ?? null,
    placeId: placeId ?? null,
    rows: rows.length,
  }),
});

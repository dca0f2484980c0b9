import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { isDay, showDay } from '../../shared/dates.ts';
import { invalid } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';
import { findVersion, versionsOf } from './store.ts';
import { writeStatus } from './store-status.ts';

const day = z.string().refine(isDay, { error: 'not-a-day' });

/**
 * Writes down that a place has a special status from a day on: special difficulty, zone III, poor district … It belongs to
 * the unit it was given to; what lay in that unit at its end keeps it (policies outlive the units they name).
 */
export const setPlaceStatus = command({
  name: 'territory.set-place-status',
  input: z.object({
    placeId: z.uuid({ error: 'place' }),
    status: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,59}$/u, { error: 'place-status.code' }),
    from: day,
    /** The first day on which it no longer holds. */
    to: day.nullish(),
    document: z.string().transform(clean).pipe(z.string().min(1).max(300)),
    mark: z.enum(['verified', 'unconfirmed']).default('unconfirmed'),
  }),
  allow: ['admin', 'officer'],
  area: async (_, { placeId }) => [placeId],
  run: async (ctx, { placeId, status, from, to, document, mark }) => {
    if ((await versionsOf(ctx.tx, placeId)).length === 0)
      throw invalid('place', {}, [{ path: 'placeId', code: 'place' }]);
    if (!(await findVersion(ctx.tx, placeId, from))) {
      const on = showDay(from);
      throw invalid('place-status.not-then', { on }, [{ path: 'from', code: 'place-status.not-then', params: { on } }]);
    }
    if (to && to <= from)
      throw invalid('place-status.ends-before', {}, [{ path: 'to', code: 'place-status.ends-before' }]);
    await writeStatus(ctx.tx, { placeId, status, from, to: to ?? null, document, mark });
    // Whom a rule is meant for may be another now, wherever the place lies.
    await ctx.announce('territory.changed', {});
    return { placeId };
  },
  audit: ({ placeId, status, from, to, mark }) => ({ placeId, status, from, to: to ?? null, mark }),
});

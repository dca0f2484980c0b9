import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { isDay } from '../../../shared/dates.ts';
import { namesOn } from '../../territory/index.ts';
import { listOfficerRows } from './store.ts';

/** Officers with a post in one's own areas on a day. */
export const listOfficers = read({
  name: 'registry.list-officers',
  input: z.object({
    placeId: z.uuid({ error: 'place' }).nullish(),
    on: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  }),
  allow: ['officer', 'leader', 'admin'],
  area: 'own',
  run: async (ctx, { placeId, on }) => {
    const day = on ?? ctx.today;
    const rows = await listOfficerRows(ctx.tx, { areas: ctx.areas, placeId: placeId ?? null, on: day });
    const names = await namesOn(
      ctx.tx,
      rows.map((row) => row.placeId),
      day,
    );
    return rows.map((row) => ({ ...row, place: names.get(row.placeId) ?? '' }));
  },
});

import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { isDay } from '../../../shared/dates.ts';
import { conflict, notFound } from '../../../shared/errors.ts';
import { coversPlaces } from '../../territory/index.ts';
import { announceChanged } from '../events.ts';
import { endOfficerRows, placesOfOfficer, refreshOfficer } from './store.ts';

/** An officer who left: post, person and contact points end on a day; what was true before stays. */
export const endOfficer = command({
  name: 'registry.end-officer',
  input: z.object({
    subjectId: z.uuid({ error: 'officer' }),
    on: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  }),
  allow: ['officer', 'admin'],
  area: async (ctx, { subjectId }) => {
    const places = await placesOfOfficer(ctx.tx, subjectId);
    // Somebody else's officer is not found, whether there is one or not.
    const covered = ctx.areas === null || (await coversPlaces(ctx.tx, ctx.areas, places, ctx.today));
    if (places.length === 0 || !covered) throw notFound('officer');
    return places;
  },
  run: async (ctx, { subjectId, on }) => {
    const places = await placesOfOfficer(ctx.tx, subjectId);
    if (places.length === 0) throw notFound('officer');
    if (!(await endOfficerRows(ctx.tx, subjectId, on ?? ctx.today))) throw conflict('officer.ended');
    await refreshOfficer(ctx.tx, subjectId, ctx.today);
    await announceChanged(ctx, places);
  },
  audit: ({ subjectId }) => ({ subjectId }),
});

import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { takeBackVisits } from '../../visits/index.ts';
import { dropFollowUps } from './store.ts';

/**
 * Takes back what the asker gave out just now, named by what `assign-follow-up` answered: exactly the visits made by it, as
 * far as nobody has gone, called them off or given them to another since; their households stand on the list as nobody's
 * again. What had been there before (a visit added to, a note replaced) stays as it is now.
 */
export const undoFollowUp = command({
  name: 'coverage.undo-follow-up',
  input: z.object({
    first: z.uuid({ error: 'visit' }),
    last: z.uuid({ error: 'visit' }),
    at: z.coerce.date(),
    /** How many visits were made. */
    made: z.coerce.number().int().min(1),
  }),
  allow: ['officer', 'leader'],
  // The visits' places are looked at where they are taken back.
  area: 'own',
  run: async (ctx, { made, ...together }) => {
    const visitIds = await takeBackVisits(ctx, together);
    await dropFollowUps(ctx.tx, visitIds);
    return { visits: visitIds.length, left: Math.max(0, made - visitIds.length) };
  },
  audit: (_, { visits }) => ({ visits }),
});

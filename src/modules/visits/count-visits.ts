import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { withinAreas } from '../reach/index.ts';
import { countVisitRows, type VillageVisits } from './store-counts.ts';

/** What came back within so many days is told of. */
const BACK_DAYS = 7;

/** How the visits of one's own areas stand: what is open, what of it is late or due today, what came back within a week. */
export const countVisits = read({
  name: 'visits.count-visits',
  input: z.object({}),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx) => {
    const since = new Date(ctx.at.getTime() - BACK_DAYS * 86_400_000);
    const all = await countVisitRows(ctx.tx, { today: ctx.today, since });
    const own = await withinAreas(
      ctx,
      all.map(({ villageId }) => villageId),
    );
    const mine = all.filter(({ villageId }) => ctx.areas === null || (villageId !== null && own.has(villageId)));
    const count = (fits: (visits: VillageVisits) => boolean) =>
      mine.reduce((sum, visits) => sum + (fits(visits) ? visits.count : 0), 0);
    return {
      open: count(({ state }) => state === 'open'),
      overdue: count(({ overdue }) => overdue),
      today: count(({ today }) => today),
      done: count(({ state }) => state === 'done'),
      notMet: count(({ state }) => state === 'not-met'),
      refused: count(({ state }) => state === 'refused'),
    };
  },
});

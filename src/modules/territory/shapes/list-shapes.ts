import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { isDay } from '../../../shared/dates.ts';
import { coveredPlaces } from '../store-covered.ts';
import { type PlaceShape, shapesWithin } from './store.ts';

/** The shapes, on a day, of villages: those given, and those that lie in the given places; of the own areas only. */
export const listShapes = read({
  name: 'territory.list-shapes',
  input: z.object({
    placeIds: z.array(z.uuid()).max(2_000),
    on: z.string().refine(isDay, { error: 'not-a-day' }).nullish(),
  }),
  allow: ['officer', 'leader', 'agent', 'admin'],
  area: 'own',
  run: async ({ tx, areas, today }, { placeIds, on }): Promise<PlaceShape[]> => {
    const shapes = await shapesWithin(tx, placeIds, on ?? today);
    if (areas === null || shapes.length === 0) return shapes;
    const covered = await coveredPlaces(
      tx,
      areas,
      shapes.map(({ placeId }) => placeId),
      today,
    );
    return shapes.filter(({ placeId }) => covered.has(placeId));
  },
});

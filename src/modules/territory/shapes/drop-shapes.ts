import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { conflict, invalid } from '../../../shared/errors.ts';
import { findVersion, placesWithin } from '../store.ts';
import { endShapes, shapesWithin } from './store.ts';

/**
 * Takes a commune's map away from today on; days before keep the map they had. Invalid `place` of what is
 * no commune today; conflict `map.none` when there is no map.
 */
export const dropShapes = command({
  name: 'territory.drop-shapes',
  input: z.object({ placeId: z.uuid({ error: 'place' }) }),
  allow: ['admin', 'officer'],
  area: async (_, { placeId }) => [placeId],
  run: async ({ tx, today }, { placeId }) => {
    if ((await findVersion(tx, placeId, today))?.kind !== 'commune')
      throw invalid('place', {}, [{ path: 'placeId', code: 'place' }]);
    if ((await shapesWithin(tx, [placeId], today)).length === 0) throw conflict('map.none');
    const villages = await placesWithin(tx, placeId, today, 'village');
    const dropped = await endShapes(
      tx,
      villages.map((village) => village.placeId),
      today,
    );
    return { dropped };
  },
  audit: ({ placeId }, { dropped }) => ({ placeId, villages: dropped }),
});

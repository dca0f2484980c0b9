import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { isDay } from '../../shared/dates.ts';
import { notFound } from '../../shared/errors.ts';
import { childrenOf, countsOf, statusesOf, successionsOf, versionsOf } from './store.ts';

/** Everything known of one place: its versions, statuses, what it came from and became, its counts. */
export const getPlace = read({
  name: 'territory.get-place',
  input: z.object({ placeId: z.uuid() }),
  allow: 'signed-in',
  area: 'none',
  run: async ({ tx }, { placeId }) => {
    const versions = await versionsOf(tx, placeId);
    if (versions.length === 0) throw notFound('place');
    const [statuses, successions, counts] = await Promise.all([
      statusesOf(tx, placeId),
      successionsOf(tx, placeId),
      countsOf(tx, [placeId]),
    ]);
    return { placeId, versions, statuses, successions, counts };
  },
});

/** What lies directly under a place on a day. */
export const listChildren = read({
  name: 'territory.list-children',
  input: z.object({ placeId: z.uuid(), on: z.string().refine(isDay, 'not-a-day').nullish() }),
  allow: 'signed-in',
  area: 'none',
  run: ({ tx, today }, { placeId, on }) => childrenOf(tx, placeId, on ?? today),
});

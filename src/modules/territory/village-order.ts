import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { inPlaceOrder } from './place.ts';
import { placesWithin } from './store.ts';

/**
 * The order in which readers look for the villages below these places on a day ("Thôn 2" before "Thôn 10"), as JSON text of
 * place id to number: for stores to order rows by, since PostgreSQL's order by bytes is nobody's. `(text::jsonb ->> id)::int`.
 * Of a whole country (null) none: nobody looks through that by eye.
 */
export const villageOrder = async (tx: Db, placeIds: readonly string[] | null, on: Day): Promise<string> => {
  const villages = new Map<string, Awaited<ReturnType<typeof placesWithin>>[number]>();
  for (const placeId of placeIds ?? [])
    for (const village of await placesWithin(tx, placeId, on, 'village')) villages.set(village.placeId, village);
  const ordered = [...villages.values()].sort(inPlaceOrder);
  return JSON.stringify(Object.fromEntries(ordered.map(({ placeId }, at) => [placeId, at])));
};

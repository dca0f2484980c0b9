import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { namesOn } from './store.ts';
import { daysThen } from './store-covered.ts';

/** How people name places on a day; of a place that has ended by then, as it was called at the end. */
export const namesThen = async (tx: Db, placeIds: readonly string[], on: Day): Promise<Map<string, string>> => {
  const names = new Map<string, string>();
  const days = [...(await daysThen(tx, placeIds, on))];
  for (const [day, group] of Map.groupBy(days, ([, each]) => each)) {
    const ids = group.map(([placeId]) => placeId);
    for (const [placeId, name] of await namesOn(tx, ids, day)) names.set(placeId, name);
  }
  return names;
};

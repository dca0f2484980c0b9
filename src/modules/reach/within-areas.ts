import type { Context } from '../../platform/command.ts';
import { coveredPlaces } from '../territory/index.ts';

/** Those of these places that lie in the areas of who asks. */
export const withinAreas = async (
  { tx, areas, today }: Context,
  placeIds: readonly (string | null)[],
): Promise<ReadonlySet<string>> => {
  const asked = [...new Set(placeIds.filter((placeId) => placeId !== null))];
  return areas === null ? new Set(asked) : coveredPlaces(tx, areas, asked, today);
};

import { listOwnCommunes } from '../../modules/territory/index.ts';
import type { Option } from '../../ui/index.ts';
import type { PageRequest } from '../page.ts';
import { capital } from '../show.ts';
import { placeOptions } from './place-options.ts';

/** Places to choose from: one's own areas first, then the communes within them and what those came from. */
export const ownPlaces = async ({ execute, actor, frame, say }: PageRequest): Promise<Option[]> => {
  const { places } = await frame();
  const communes = placeOptions(await execute(listOwnCommunes, {}), say);
  const own = [...new Set(actor.grants.map(({ placeId }) => placeId))].flatMap((placeId) =>
    places[placeId] ? [{ value: placeId, label: capital(places[placeId]) }] : [],
  );
  return [...own, ...communes.filter(({ value }) => !own.some((option) => option.value === value))];
};

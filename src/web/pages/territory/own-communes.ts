import { fullName, listOwnCommunes, type PlaceVersion } from '../../../modules/territory/index.ts';
import type { Option } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital } from '../../show.ts';

export const communeName = ({ unitType, name }: Pick<PlaceVersion, 'unitType' | 'name'>): string =>
  fullName(unitType, name);

/** Communes of now to choose from, and the one asked for; the first one where another place is asked for, or none. */
export const communeAsked = async (
  { execute }: Pick<PageRequest, 'execute'>,
  asked: string,
): Promise<{ commune: PlaceVersion | undefined; options: Option[] }> => {
  const communes = (await execute(listOwnCommunes, {})).filter(({ validTo }) => validTo === null);
  return {
    commune: communes.find(({ placeId }) => placeId === asked) ?? communes[0],
    options: communes.map((each) => ({ value: each.placeId, label: capital(communeName(each)) })),
  };
};

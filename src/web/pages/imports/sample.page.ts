import { blankHouseholds, sampleHouseholds } from '../../../modules/registry/index.ts';
import { fullName, listChildren, listOwnCommunes, type PlaceVersion } from '../../../modules/territory/index.ts';
import { fold } from '../../../shared/text.ts';
import { type PageRequest, page } from '../../page.ts';
import { requireOfficer } from './may-import.ts';

const CSV = 'text/csv; charset=utf-8';

/** So many of one's communes are looked through for one with villages. */
const LOOKED_AT = 20;

interface Sampled {
  readonly commune: PlaceVersion;
  /** Its villages that no other village there is called like. */
  readonly villages: readonly string[];
}

/** The first of the own communes of today that has villages; undefined while none has. */
export const sampledCommune = async ({ execute }: Pick<PageRequest, 'execute'>): Promise<Sampled | undefined> => {
  const communes = (await execute(listOwnCommunes, {})).filter(({ validTo }) => validTo === null);
  for (const commune of communes.slice(0, LOOKED_AT)) {
    const children = await execute(listChildren, { placeId: commune.placeId });
    const names = children.map(({ unitType, name }) => fullName(unitType, name));
    const villages = names.filter((name) => names.filter((other) => fold(other) === fold(name)).length === 1);
    if (villages.length > 0) return { commune, villages };
  }
  return undefined;
};

/** The list to begin with: in the example invented households of one's own commune, else the headings to fill in. */
export const samplePage = page({
  method: 'GET',
  path: '/imports/sample.csv',
  signedIn: true,
  handle: async (request) => {
    requireOfficer(request);
    const { synthetic } = await request.frame();
    const sampled = synthetic ? await sampledCommune(request) : undefined;
    if (!sampled) return { download: blankHouseholds(), fileName: 'danh-sach-ho-mau.csv', type: CSV };
    const { commune, villages } = sampled;
    return {
      download: sampleHouseholds(villages, commune.officialCode ?? '00000'),
      fileName: `danh-sach-mo-phong-${fold(commune.name).replaceAll(' ', '-')}.csv`,
      type: CSV,
    };
  },
});

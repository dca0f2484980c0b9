import { findByCommuneCode } from './find-commune.ts';
import { findPlaces } from './find-places.ts';
import { getPlace, listChildren } from './get-place.ts';
import { importPlaces } from './import-places.ts';
import { listOwnCommunes } from './list-own-communes.ts';
import { loadReferenceUnits } from './load-reference-units.ts';

export { findByCommuneCode } from './find-commune.ts';
export { type FoundPlace, findPlaces } from './find-places.ts';
export { getPlace, listChildren } from './get-place.ts';
export { importPlaces, type PlacesReport } from './import-places.ts';
export { listOwnCommunes } from './list-own-communes.ts';
export { countryId, loadReferenceUnits, referenceId } from './load-reference-units.ts';
export { fullName, type PlaceKind, type PlaceVersion, placeKinds, placeNames, sameName } from './place.ts';
export type { PlaceFault } from './places-list.ts';
export { countsOf, findByCode, findVersion, namesOn, pathsOf, placesWithin } from './store.ts';
export { coversPlaces } from './store-areas.ts';
export { matchVillages, type VillageMatch } from './village-texts.ts';

export const territoryUseCases = [
  loadReferenceUnits,
  importPlaces,
  findPlaces,
  findByCommuneCode,
  getPlace,
  listChildren,
  listOwnCommunes,
];

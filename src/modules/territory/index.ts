import { findByCommuneCode } from './find-commune.ts';
import { findPlaces } from './find-places.ts';
import { getPlace, listChildren } from './get-place.ts';
import { importPlaces } from './import-places.ts';
import { listOwnCommunes } from './list-own-communes.ts';
import { loadReferenceUnits } from './load-reference-units.ts';
import { readPlacesFile } from './read-places-file.ts';
import { setPlaceStatus } from './set-place-status.ts';
import { dropShapes } from './shapes/drop-shapes.ts';
import { listShapes } from './shapes/list-shapes.ts';
import { loadShapes } from './shapes/load-shapes.ts';
import { readShapesFile } from './shapes/read-shapes-file.ts';

export { blankPlaces } from './blank-places.ts';
export { findByCommuneCode } from './find-commune.ts';
export { type FoundPlace, findPlaces } from './find-places.ts';
export { getPlace, listChildren } from './get-place.ts';
export { importPlaces, type PlacesReport } from './import-places.ts';
export { listOwnCommunes } from './list-own-communes.ts';
export { countryId, loadReferenceUnits, referenceId } from './load-reference-units.ts';
export { namesThen } from './names-then.ts';
export {
  fullName,
  inPlaceOrder,
  type PlaceKind,
  type PlaceVersion,
  placeKinds,
  placeNames,
  sameName,
} from './place.ts';
export { placesCalled, writePlace } from './place-text.ts';
export { type PlaceFault, placeColumns } from './places-list.ts';
export { readPlacesFile } from './read-places-file.ts';
export { setPlaceStatus } from './set-place-status.ts';
export { dropShapes } from './shapes/drop-shapes.ts';
export { listShapes } from './shapes/list-shapes.ts';
export { type FoundShape, loadShapes, type ShapesReport } from './shapes/load-shapes.ts';
export type { LeftShape } from './shapes/match-shapes.ts';
export { type ReadShapes, readShapes, SHAPE_LIMITS, type ShapeFault } from './shapes/read-shapes.ts';
export { readShapesFile } from './shapes/read-shapes-file.ts';
export { type FileShape, fileShape } from './shapes/shape.ts';
export { placeStatuses } from './status.ts';
export { countsOf, findByCode, findVersion, namesOn, pathsOf, placesWithin } from './store.ts';
export { coversPlaces } from './store-areas.ts';
export { coveredPlaces, daysThen, liesWithin } from './store-covered.ts';
export { lastNames, meetingPlaces, relatedPlaces } from './store-related.ts';
export { communesAbove, type EndedUnder, endedUnder, placesUnder } from './store-under.ts';
export { villageOrder } from './village-order.ts';
export { matchVillages, type VillageMatch } from './village-texts.ts';

export const territoryUseCases = [
  loadReferenceUnits,
  readPlacesFile,
  importPlaces,
  findPlaces,
  findByCommuneCode,
  getPlace,
  listChildren,
  listOwnCommunes,
  setPlaceStatus,
  readShapesFile,
  loadShapes,
  listShapes,
  dropShapes,
];

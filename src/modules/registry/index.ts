import { countByPlace } from './households/count-households.ts';
import { exportHouseholds, findHouseholds } from './households/find-households.ts';
import { getHousehold } from './households/get-household.ts';
import { checkAgain } from './imports/check-again.ts';
import { checkList } from './imports/check-list.ts';
import { commitList } from './imports/commit-list.ts';
import { decideList } from './imports/decide-list.ts';
import { dropFiles, dropPlaceLists } from './imports/drop-files.ts';
import { failList } from './imports/fail-list.ts';
import { listLeftOut } from './imports/list-left-out.ts';
import { exportDecisions, getImport, listDecisions, listFaults, listImports } from './imports/look.ts';
import { mapList } from './imports/map-list.ts';
import { openList } from './imports/open-list.ts';
import { receiveList } from './imports/receive-list.ts';
import { discardList, undoList } from './imports/undo-list.ts';
import { listSpokenLanguages } from './languages/list-spoken.ts';
import { noteLanguages } from './languages/note-languages.ts';
import { listEthnicGroups, noteLanguagesOfVillage } from './languages/note-languages-of-village.ts';
import { addOfficer } from './officers/add-officer.ts';
import { endOfficer } from './officers/end-officer.ts';
import { listOfficers } from './officers/list-officers.ts';
import { refreshNow } from './refresh-now.ts';
import { liftRefusal } from './refusals/lift-refusal.ts';
import { exportRefusals, listRefusals } from './refusals/list-refusals.ts';
import { refuseContact } from './refusals/refuse-contact.ts';
import { resumeWork } from './resume-work.ts';

export type { RegistryChanged, RegistryWithdrawing } from './events.ts';
export { type CountedPlace, countByPlace } from './households/count-households.ts';
export { exportHouseholds, findHouseholds } from './households/find-households.ts';
export { getHousehold } from './households/get-household.ts';
export { reviewDays } from './households/store.ts';
export { checkAgain } from './imports/check-again.ts';
export { checkList } from './imports/check-list.ts';
export { commitList } from './imports/commit-list.ts';
export { decideList } from './imports/decide-list.ts';
export { dropFiles, dropPlaceLists, letsGoOfFiles } from './imports/drop-files.ts';
export { failList } from './imports/fail-list.ts';
export {
  duplicateAnswers,
  type ImportCounts,
  listedClasses,
  missingAnswers,
  severities,
  shownStates,
  standardOn,
  standards,
} from './imports/import.ts';
export { type LeftOutRows, listLeftOut } from './imports/list-left-out.ts';
export {
  exportDecisions,
  getImport,
  type ImportView,
  listDecisions,
  listFaults,
  listImports,
} from './imports/look.ts';
export { mapList } from './imports/map-list.ts';
export { openList } from './imports/open-list.ts';
export { receiveList } from './imports/receive-list.ts';
export { discardList, undoList } from './imports/undo-list.ts';
export { registryJobs } from './jobs.ts';
export { listSpokenLanguages } from './languages/list-spoken.ts';
export { fieldsNoted, languagesInput, noteLanguages, noteLanguagesOf } from './languages/note-languages.ts';
export { listEthnicGroups, noteLanguagesOfVillage } from './languages/note-languages-of-village.ts';
export { type Column, fieldsOf, type ListShape, type RowFault, type SheetShape } from './list/index.ts';
export { addOfficer } from './officers/add-officer.ts';
export { endOfficer } from './officers/end-officer.ts';
export { listOfficers } from './officers/list-officers.ts';
export { liftRefusal } from './refusals/lift-refusal.ts';
export { exportRefusals, listRefusals } from './refusals/list-refusals.ts';
export { type HowRefused, waysToRefuse } from './refusals/refusal.ts';
export { refuseContact } from './refusals/refuse-contact.ts';
export { type NumberRefused, refuseNumbers } from './refusals/refuse-numbers.ts';
export { refusedAmong, refusedOn } from './refusals/store.ts';
export { resumeWork } from './resume-work.ts';
export { blankHouseholds, sampleHouseholds } from './sample-list.ts';

export const registryUseCases = [
  receiveList,
  dropFiles,
  dropPlaceLists,
  openList,
  mapList,
  checkList,
  checkAgain,
  failList,
  decideList,
  commitList,
  undoList,
  discardList,
  listSpokenLanguages,
  listImports,
  getImport,
  listFaults,
  listDecisions,
  exportDecisions,
  listLeftOut,
  findHouseholds,
  exportHouseholds,
  getHousehold,
  countByPlace,
  noteLanguages,
  noteLanguagesOfVillage,
  listEthnicGroups,
  addOfficer,
  listOfficers,
  endOfficer,
  refuseContact,
  liftRefusal,
  listRefusals,
  exportRefusals,
  refreshNow,
  resumeWork,
];

import { cancelVisit } from './cancel-visit.ts';
import { cancelVisits, giveVisits, previewCancelVisits, previewGiveVisits } from './change-visits.ts';
import { countVisits } from './count-visits.ts';
import { dropVisitFiles } from './drop-files.ts';
import { getVisit } from './get-visit.ts';
import { exportVisits, listVisits } from './list-visits.ts';
import { recordVisit } from './record-visit.ts';
import { recordVisitList } from './record-visit-list.ts';

export { cancelVisit } from './cancel-visit.ts';
export { cancelVisits, giveVisits, MOST_CHANGED, previewCancelVisits, previewGiveVisits } from './change-visits.ts';
export { countVisits } from './count-visits.ts';
export { createVisits, lookAtSending, type Sending, type Sent } from './create-visits.ts';
export { dropVisitFiles } from './drop-files.ts';
export { getVisit, type LineToTell } from './get-visit.ts';
export { exportVisits, type ListedVisit, listVisits } from './list-visits.ts';
export { recordVisit } from './record-visit.ts';
export { recordVisitList } from './record-visit-list.ts';
export { visitSorts } from './store.ts';
export type { MadeTogether } from './store-many.ts';
export { visitsSubscriptions } from './subscriptions.ts';
export { takeBackVisits } from './take-back-visits.ts';
export { type VisitOutcome, type VisitState, visitOutcomes, visitProofs, visitStates } from './visit.ts';
export { languageCalled, type VisitFault } from './visit-list.ts';

export const visitsUseCases = [
  listVisits,
  exportVisits,
  countVisits,
  getVisit,
  recordVisit,
  cancelVisit,
  giveVisits,
  previewGiveVisits,
  cancelVisits,
  previewCancelVisits,
  recordVisitList,
  dropVisitFiles,
];

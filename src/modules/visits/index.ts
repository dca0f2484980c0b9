import { cancelVisit } from './cancel-visit.ts';
import { countVisits } from './count-visits.ts';
import { dropVisitFiles } from './drop-files.ts';
import { getVisit } from './get-visit.ts';
import { listVisits } from './list-visits.ts';
import { recordVisit } from './record-visit.ts';
import { recordVisitList } from './record-visit-list.ts';

export { cancelVisit } from './cancel-visit.ts';
export { countVisits } from './count-visits.ts';
export { createVisits, type Sending } from './create-visits.ts';
export { dropVisitFiles } from './drop-files.ts';
export { getVisit, type LineToTell } from './get-visit.ts';
export { type ListedVisit, listVisits } from './list-visits.ts';
export { recordVisit } from './record-visit.ts';
export { recordVisitList } from './record-visit-list.ts';
export { visitsSubscriptions } from './subscriptions.ts';
export { type VisitOutcome, type VisitState, visitOutcomes, visitProofs, visitStates } from './visit.ts';
export { languageCalled, type VisitFault } from './visit-list.ts';

export const visitsUseCases = [
  listVisits,
  countVisits,
  getVisit,
  recordVisit,
  cancelVisit,
  recordVisitList,
  dropVisitFiles,
];

import { closePlan } from './close-plan.ts';
import { dropPlanFiles } from './drop-files.ts';
import { exportPlan } from './export-plan.ts';
import { followEdition } from './follow-edition.ts';
import { getPlan, getSignedFile } from './get-plan.ts';
import { importPlan } from './import-plan.ts';
import { issuePlan } from './issue-plan.ts';
import { getActivity, listActivities } from './list-activities.ts';
import { listDueLines } from './list-due-lines.ts';
import { findPlans, listPlans } from './list-plans.ts';
import { nameHead } from './name-head.ts';
import { raiseThreshold } from './raise-threshold.ts';
import { voidActivity } from './void-activity.ts';

export type { Activity, NewActivity } from './activity.ts';
export { closePlan } from './close-plan.ts';
export { dropPlanFiles, plansSubscriptions } from './drop-files.ts';
export type { PlansChanged } from './events.ts';
export { exportPlan } from './export-plan.ts';
export { followEdition } from './follow-edition.ts';
export { getPlan, getSignedFile, type PlanView } from './get-plan.ts';
export { importPlan, type LineOfNobody } from './import-plan.ts';
export { issuePlan } from './issue-plan.ts';
export { type Line, type LineTerms, type PlanState, planStates, subjectOf } from './line.ts';
export { getActivity, listActivities } from './list-activities.ts';
export { type DueHead, listDueLines } from './list-due-lines.ts';
export { findPlans, listPlans, planPhases, planSorts } from './list-plans.ts';
export { nameHead } from './name-head.ts';
export type { Phase, Plan } from './plan.ts';
export { type LateHead, lateHeads, mayBeRecorded, type Standing, standingOf, standings } from './progress.ts';
export { raiseThreshold } from './raise-threshold.ts';
export { recordActivity } from './record-activity.ts';
export { SIGNED_LIMIT } from './signed-pdf.ts';
export { findPlanByCode } from './store.ts';
export { activitiesOf } from './store-activities.ts';
export { findLine, getLine, linesById, linesInForce, linesIssued, linesOf, linesOn } from './store-lines.ts';
export { voidActivity } from './void-activity.ts';

export const plansUseCases = [
  importPlan,
  exportPlan,
  issuePlan,
  closePlan,
  raiseThreshold,
  followEdition,
  nameHead,
  voidActivity,
  dropPlanFiles,
  listPlans,
  findPlans,
  listDueLines,
  getPlan,
  getSignedFile,
  listActivities,
  getActivity,
];

import type { UseCase } from '../../platform/command.ts';
import { closeMonths, listOpenMonths } from './close-months.ts';
import { exportEvidence } from './evidence/export-evidence.ts';
import { exportCoverage } from './export-coverage.ts';
import { getCoverage } from './get-coverage.ts';
import { leftBehindUseCases } from './left-behind/index.ts';
import { lineLadders } from './line-ladders.ts';
import { listMonths } from './list-months.ts';
import { exportReached, listReached } from './list-reached.ts';
import { notReachedTrend } from './not-reached-trend.ts';
import { summarisePlan } from './plan-summary.ts';
import { listMarkedLines, markAll, recomputeLine } from './recompute-line.ts';

export { type Cell, type Facet, facets, type Numbers } from './cells.ts';
export { closeMonths, listOpenMonths } from './close-months.ts';
export { computeCells } from './compute-cells.ts';
export { exportEvidence } from './evidence/export-evidence.ts';
export { exportCoverage } from './export-coverage.ts';
export { type Coverage, type CoverageRow, getCoverage, type LineCoverage } from './get-coverage.ts';
export { coverageJobs } from './jobs.ts';
export {
  assignFollowUp,
  exportLeftBehind,
  isFor,
  type LeftBehind,
  leftBehindSorts,
  listLeftBehind,
  type MissingLine,
  MOST_ASSIGNED,
  type PlaceSummary,
  previewFollowUp,
  type Reason,
  reasons,
  type Step,
  sheetBody,
  sheetDocument,
  steps,
  undoFollowUp,
  type VillageSheet,
  villageSheet,
} from './left-behind/index.ts';
export { type Ladder, lineLadders } from './line-ladders.ts';
export type { Figures, Source } from './line-rows.ts';
export { listMonths, type Month } from './list-months.ts';
export { type CoveredSubject, exportReached, listReached } from './list-reached.ts';
export { type LineTrend, notReachedTrend } from './not-reached-trend.ts';
export { countEarlier, summarisePlan } from './plan-summary.ts';
export { listMarkedLines, markAll, recomputeLine } from './recompute-line.ts';
export {
  coverageCsv,
  howCounted,
  percent,
  sourceName,
  unitCounted,
  valueName,
  writeCoverageXlsx,
} from './sheet.ts';
export { type FigureName, figureNames, rowSorts } from './store-rows.ts';
export { coverageSubscriptions } from './subscriptions.ts';
export { ELSEWHERE, type Level, levels } from './where.ts';

export const coverageUseCases: readonly UseCase[] = [
  getCoverage,
  exportCoverage,
  listReached,
  exportReached,
  summarisePlan,
  notReachedTrend,
  lineLadders,
  listMonths,
  listMarkedLines,
  recomputeLine,
  markAll,
  listOpenMonths,
  closeMonths,
  exportEvidence,
  ...leftBehindUseCases,
];

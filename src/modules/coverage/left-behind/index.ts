import { assignFollowUp, previewFollowUp } from './assign-follow-up.ts';
import { exportLeftBehind, listLeftBehind } from './list-left-behind.ts';
import { undoFollowUp } from './undo-follow-up.ts';
import { villageSheet } from './village-sheet.ts';

export { assignFollowUp, previewFollowUp } from './assign-follow-up.ts';
export { MOST_ASSIGNED } from './follow-up.ts';
export { exportLeftBehind, listLeftBehind } from './list-left-behind.ts';
export type { LeftBehind, MissingLine, PlaceSummary } from './missing.ts';
export { isFor, type Reason, reasons, type Step, steps } from './reason.ts';
export { sheetBody, sheetDocument } from './sheet-html.ts';
export { leftBehindSorts } from './store.ts';
export { undoFollowUp } from './undo-follow-up.ts';
export { type VillageSheet, villageSheet } from './village-sheet.ts';

export const leftBehindUseCases = [
  listLeftBehind,
  exportLeftBehind,
  previewFollowUp,
  assignFollowUp,
  undoFollowUp,
  villageSheet,
];

import { assignFollowUp } from './assign-follow-up.ts';
import { exportLeftBehind, listLeftBehind } from './list-left-behind.ts';
import { villageSheet } from './village-sheet.ts';

export { assignFollowUp } from './assign-follow-up.ts';
export { exportLeftBehind, listLeftBehind } from './list-left-behind.ts';
export type { LeftBehind, MissingLine, PlaceSummary } from './missing.ts';
export { isFor, type Reason, reasons, type Step, steps } from './reason.ts';
export { sheetBody, sheetDocument } from './sheet-html.ts';
export { type VillageSheet, villageSheet } from './village-sheet.ts';

export const leftBehindUseCases = [listLeftBehind, exportLeftBehind, assignFollowUp, villageSheet];

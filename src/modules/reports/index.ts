import type { UseCase } from '../../platform/command.ts';
import { planResults } from './plan-results.ts';

export type { PlanReport } from './plan-report.ts';
export { planResults } from './plan-results.ts';
export { writePlanResultsDocx } from './write-docx.ts';
export { writePlanResultsXlsx } from './write-xlsx.ts';

export const reportsUseCases: readonly UseCase[] = [planResults];

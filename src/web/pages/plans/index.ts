import type { Page } from '../../page.ts';
import { planActivityPages } from './activity.page.tsx';
import { planImportPages } from './import.page.tsx';
import { planIssuePages } from './issue.page.tsx';
import { planLinePages } from './line.page.tsx';
import { planListPages } from './list.page.tsx';
import { planPages } from './plan.page.tsx';
import { planReportPages } from './report.page.tsx';

/** Plans: list → one plan (head, lines, what is late) → a line with what was done for it; from a file, and signed. */
export const plansPages: readonly Page[] = [
  ...planListPages,
  ...planImportPages,
  ...planActivityPages,
  ...planPages,
  ...planIssuePages,
  ...planLinePages,
  ...planReportPages,
];

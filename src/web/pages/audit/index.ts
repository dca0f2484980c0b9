import type { Page } from '../../page.ts';
import { auditPage } from './audit.page.tsx';
import { auditCsvPage } from './csv.page.ts';

/** The audit: who did what, when; the same as a file. */
export const auditPages: readonly Page[] = [auditPage, auditCsvPage];

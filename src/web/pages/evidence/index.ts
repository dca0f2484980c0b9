import type { Page } from '../../page.ts';

export const evidencePages: readonly Page[] = [];

import type { Page } from '../../page.ts';

export const visitsPages: readonly Page[] = [];

import type { Page } from '../../page.ts';

export const plansPages: readonly Page[] = [];

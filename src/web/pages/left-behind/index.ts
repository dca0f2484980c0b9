import type { Page } from '../../page.ts';

export const leftBehindPages: readonly Page[] = [];

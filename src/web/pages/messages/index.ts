import type { Page } from '../../page.ts';

export const messagesPages: readonly Page[] = [];

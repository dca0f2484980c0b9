import type { Page } from '../../page.ts';

export const audiencesPages: readonly Page[] = [];

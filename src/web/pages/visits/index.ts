import type { Page } from '../../page.ts';
import { visitImportPages } from './import.page.tsx';
import { visitListPages } from './list.page.tsx';
import { visitPages } from './visit.page.tsx';

export const visitsPages: readonly Page[] = [...visitListPages, ...visitImportPages, ...visitPages];

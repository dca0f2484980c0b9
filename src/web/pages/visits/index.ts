import type { Page } from '../../page.ts';
import { visitImportPages } from './import.page.tsx';
import { visitListPage } from './list.page.tsx';
import { visitPages } from './visit.page.tsx';

export const visitsPages: readonly Page[] = [visitListPage, ...visitImportPages, ...visitPages];

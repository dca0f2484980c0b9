import type { Page } from '../../page.ts';
import { leftBehindListPages } from './list.page.tsx';
import { sheetPage } from './sheet.page.tsx';

export const leftBehindPages: readonly Page[] = [...leftBehindListPages, sheetPage];

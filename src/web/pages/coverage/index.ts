import type { Page } from '../../page.ts';
import { coveragePage } from './coverage.page.tsx';
import { coverageFilePages } from './files.page.ts';
import { coverageRowsPages } from './rows.page.tsx';

export { coverageAddress } from './asked.ts';

/** Coverage: figures of a plan or a line → the rows behind a figure; the same as a file. */
export const coveragePages: readonly Page[] = [coveragePage, ...coverageRowsPages, ...coverageFilePages];

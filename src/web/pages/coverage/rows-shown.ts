import type { CoverageRow, LineCoverage } from '../../../modules/coverage/index.ts';

/** Officers have their posts in a few places: those of the line where there is none of them say nothing. */
export const rowsShown = ({ rows, subject }: LineCoverage): readonly CoverageRow[] =>
  subject === 'officer' && rows.some(({ n }) => n > 0)
    ? rows.filter(({ n, unknown, recomputed }) => n > 0 || unknown > 0 || (recomputed?.n ?? 0) > 0)
    : rows;

import type { Day } from '../../../shared/dates.ts';
import type { HouseholdClass, ListShape } from '../list/index.ts';

/** Where a list stands on its way into the registry. */
const importStates = ['uploaded', 'read', 'checked', 'committed', 'undone', 'discarded', 'failed'] as const;
export type ImportState = (typeof importStates)[number];

/** The same as an officer looks for them: what waits for somebody first. `busy` = a job works on it. */
export const shownStates = ['read', 'checked', 'failed', 'busy', 'committed', 'undone', 'discarded'] as const;

/** What the officer says of a household that is missing from a complete list, or of a possible duplicate. */
export const missingAnswers = ['escaped', 'moved', 'gone', 'mistake'] as const;
export const duplicateAnswers = ['same', 'different'] as const;
export type Answer = (typeof missingAnswers)[number] | (typeof duplicateAnswers)[number];

export const severities = ['error', 'warning'] as const;

/** What the dry run found. Rows of the file = households + members + left out + rows with errors. */
export interface ImportCounts {
  readonly households: number;
  readonly members: number;
  readonly leftOut: number;
  readonly errors: number;
  readonly warnings: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly missing: number;
  readonly duplicates: number;
}

export interface ImportRow {
  readonly importId: string;
  readonly state: ImportState;
  /** A job works on it now. */
  readonly busy: boolean;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly membersFileName: string | null;
  readonly membersSha256: string | null;
  readonly placeId: string;
  /** The day for which the list tells how things are. */
  readonly asOf: Day;
  readonly completeClasses: readonly HouseholdClass[] | null;
  readonly standard: string;
  readonly sender: string;
  readonly synthetic: boolean;
  readonly shape: ListShape | null;
  readonly counts: ImportCounts | null;
  readonly failure: { readonly code: string; readonly params: Record<string, string | number> } | null;
  readonly createdAt: Date;
  readonly createdByName: string;
  readonly committedAt: Date | null;
  readonly undoneAt: Date | null;
}

export const listedClasses = [
  'poor',
  'near_poor',
  'newly_escaped',
  'average',
  'not_poor',
] as const satisfies readonly HouseholdClass[];

/** The multidimensional standard in force for a review: NĐ 07/2021/NĐ-CP from 01/01/2022, QĐ 59/2015/QĐ-TTg before. */
export const standards = ['ND-07-2021', 'QD-59-2015'] as const;
export const standardOn = (asOf: Day): (typeof standards)[number] =>
  asOf < '2022-01-01' ? 'QD-59-2015' : 'ND-07-2021';

import type { Day, PartialDate } from '../../../shared/dates.ts';
import type { Params } from '../../../shared/errors.ts';
import type { HouseholdClass, Origin } from './classes.ts';

/** One household of a list as read: cleaned and typed, nothing matched yet. */
export interface HouseholdRow {
  readonly sheet: string;
  /** As Excel numbers it. */
  readonly row: number;
  readonly code: string | null;
  readonly headName: string;
  readonly headBirth: PartialDate | null;
  readonly headSex: 'male' | 'female' | null;
  readonly headIdNumber: string | null;
  readonly ethnicity: string | null;
  readonly village: string | null;
  readonly commune: string | null;
  readonly size: number | null;
  readonly class: HouseholdClass;
  readonly origin: Origin | null;
  readonly b1: number | null;
  readonly b2: number | null;
  /** d1..d12; null = the list does not say. */
  readonly indicators: readonly (boolean | null)[];
  readonly causes: readonly string[] | null;
  readonly needs: string | null;
  readonly groups: readonly string[] | null;
  readonly decisionNumber: string | null;
  readonly decisionDate: Day | null;
  readonly certificateNumber: string | null;
  /** E.164; null = the list has no such column. */
  readonly phones: readonly string[] | null;
  /** ISO 639. */
  readonly languages: readonly string[] | null;
  readonly languagesRead: readonly string[] | null;
  readonly devices: readonly string[] | null;
  readonly livelihood: string | null;
  readonly notes: string | null;
}

export interface MemberRow {
  readonly sheet: string;
  readonly row: number;
  readonly householdCode: string;
  readonly name: string;
  readonly relation: string | null;
  readonly birth: PartialDate | null;
  readonly sex: 'male' | 'female' | null;
  readonly idNumber: string | null;
  readonly ethnicity: string | null;
  readonly school: string | null;
  readonly job: string | null;
  readonly insured: boolean | null;
  readonly disabled: boolean | null;
  readonly reads: boolean | null;
  readonly phone: string | null;
}

/**
 * One thing wrong in one cell. An error keeps the list from being committed; with a warning the row is taken, the cell
 * is not (or is, with a remark). The sentence is made from `code` when it is shown.
 */
export interface RowFault {
  readonly sheet: string;
  readonly row: number | null;
  readonly column: string | null;
  /** B7, as Excel names it. */
  readonly cell: string | null;
  readonly value: string;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly params: Params;
}

/**
 * Why a row below the header is no household: a total, a signature, a heading of a group, a line of numbers, a remark,
 * the header again, a further line of the household above (its name is merged down; a warning says so), or a member below
 * its head in a list without codes (a warning says so).
 */
export type LeftOutReason = 'total' | 'signature' | 'group' | 'numbers' | 'remark' | 'header' | 'continued' | 'member';

export type ListItem =
  | { readonly kind: 'household'; readonly row: HouseholdRow }
  | { readonly kind: 'member'; readonly row: MemberRow }
  | { readonly kind: 'fault'; readonly fault: RowFault }
  | {
      readonly kind: 'left-out';
      readonly sheet: string;
      readonly row: number;
      readonly reason: LeftOutReason;
      readonly text: string;
    };

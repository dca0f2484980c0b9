import type { Context } from '../../platform/command.ts';

/** Lines are new, or what they ask for has changed: edition, rule, places, dates, threshold. */
export interface PlansChanged {
  readonly lineIds: readonly string[];
  /** Lines that are no more: a draft was brought in again without them. */
  readonly removedLineIds: readonly string[];
}

export const announceChanged = (
  ctx: Context,
  lineIds: readonly string[],
  removedLineIds: readonly string[] = [],
): Promise<void> => ctx.announce('plans.changed', { lineIds, removedLineIds } satisfies PlansChanged);

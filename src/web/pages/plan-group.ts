import type { Phase } from '../../modules/plans/index.ts';
import type { Say } from '../../shared/words/index.ts';

/** Where lists to choose a plan from keep those whose period is over: below a heading of their own, which stands last. */
export const groupOf = (say: Say, phase: Phase): string | undefined =>
  phase === 'over' ? say('page.plans.over-group') : undefined;

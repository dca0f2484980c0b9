import type { Say } from '../../../shared/words/index.ts';
import type { HowMade } from '../../../ui/index.ts';

/** The paragraphs about the figures of a line. */
export const howLines = (say: Say): HowMade => [
  ['plan-numbers', say('page.plans.target')],
  ['progress', say('page.plans.progress')],
];

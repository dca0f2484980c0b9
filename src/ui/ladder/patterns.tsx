import type { ComponentChild } from 'preact';
import type { LadderStage } from './steps.ts';

/*
 * The signs of the evidence ladder, one look everywhere: ordered steps told apart by pattern as well as by colour; what could be
 * heard is hatched, since it belongs to a village and proves nothing of a household; who is not reached stands in a frame with a
 * cross. Drawn here and by no library of charts: a handful of rectangles by shares of a width that the page gives needs none, and
 * only so do the patterns keep their grain at every width, on paper and in one ink.
 */

export const fillOf = (stage: LadderStage): string => `url(#ladder-${stage})`;
export const HEAR_FILL = 'url(#ladder-hear)';

/** The patterns, once on a page: the frame brings them. */
export const LadderPatterns = () => (
  <svg class="ladder ladder-patterns" width="0" height="0" aria-hidden="true" focusable="false">
    <defs>
      <pattern id="ladder-5" width="8" height="8" patternUnits="userSpaceOnUse">
        <rect class="l5" width="8" height="8" />
      </pattern>
      <pattern id="ladder-4" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect class="l4" width="6" height="6" />
        <path class="on-dark" d="M0 3H6M3 0V6" />
      </pattern>
      <pattern id="ladder-3" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect class="l3" width="6" height="6" />
        <path class="on-light" d="M0 3H6" />
      </pattern>
      <pattern id="ladder-2" width="8" height="8" patternUnits="userSpaceOnUse">
        <rect class="l2" width="8" height="8" />
        <circle class="dot" cx="2" cy="2" r="1.2" />
        <circle class="dot" cx="6" cy="6" r="1.2" />
      </pattern>
      <pattern id="ladder-hear" width="6" height="6" patternUnits="userSpaceOnUse">
        <path class="hear-line" d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" />
      </pattern>
    </defs>
  </svg>
);

/** The sign of who is not reached, around a point. */
export const Cross = () => <path class="cross" d="M-5 -5L5 5M5 -5L-5 5" />;

export const Swatch = ({ children }: { children: ComponentChild }) => (
  <svg class="ladder" width="36" height="20" viewBox="0 0 36 20" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

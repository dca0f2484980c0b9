import type { ComponentChild } from 'preact';
import type { Say } from '../shared/words/index.ts';
import {
  type LadderFigures,
  type LadderStage,
  ladderStages,
  notReachedOf,
  reachedOf,
  shareOf,
  stepsOf,
} from './ladder-steps.ts';

/*
 * The evidence ladder as a bar. Drawn here and by no library of charts: a handful of rectangles by shares of a width that the
 * page gives needs none, and only so do the patterns keep their grain at every width, on paper and in one ink. Every step has its
 * name and a pattern, never a colour alone; what could be heard is hatched and stands below the bar, since it belongs to a
 * village and proves nothing of a household; who is not reached stands in a frame with a cross.
 */

const BAR = { top: 8, height: 24 };
const HEAR = { top: 36, height: 8 };
const HEIGHT = 46;
/** A frame narrower than this has no room for its cross; the number beside it says the same. */
const CROSS_FROM = 0.06;

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

export const fillOf = (stage: LadderStage): string => `url(#ladder-${stage})`;
export const HEAR_FILL = 'url(#ladder-hear)';

/** The patterns, once on a page: with the key, which stands above whatever is drawn by them. */
const Patterns = () => (
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

const Swatch = ({ children }: { children: ComponentChild }) => (
  <svg class="ladder" width="36" height="20" viewBox="0 0 36 20" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

/** What each sign means, in the order of the bars. Stands once on a page, above the first of them. */
export const LadderKey = ({ say }: { say: Say }) => (
  <div class="ladder-key">
    <Patterns />
    <p>{say('ladder.key')}</p>
    <ul>
      {ladderStages.map((stage) => (
        <li>
          <Swatch>
            <rect class="edge" x="1" y="1" width="34" height="18" fill={fillOf(stage)} />
          </Swatch>
          {say(`stage.${stage}`)}
        </li>
      ))}
      <li>
        <Swatch>
          <rect class="missing" x="1.5" y="1.5" width="33" height="17" />
          <svg class="ladder" aria-hidden="true" x="18" y="10">
            <Cross />
          </svg>
        </Swatch>
        {say('ladder.not-reached')}
      </li>
      <li>
        <Swatch>
          <rect class="hear" x="1" y="6" width="34" height="8" fill={HEAR_FILL} />
        </Swatch>
        {say('ladder.could-hear')}
      </li>
      <li>
        <Swatch>
          <path class="target" d="M12 2H24L18 10Z" />
          <path class="target-line" d="M18 10V20" />
        </Swatch>
        {say('ladder.target')}
      </li>
    </ul>
  </div>
);

/** The whole bar in one sentence, for who does not see it. */
export const ladderSentence = (say: Say, figures: LadderFigures): string =>
  say('ladder.sentence', {
    ...{ n: figures.n, s2: figures.s2, s3: figures.s3, s4: figures.s4, s5: figures.s5 },
    ...{ missing: notReachedOf(figures), hear: figures.couldHear },
  });

const Bar = ({ say, figures, target }: { say: Say; figures: LadderFigures; target: number }) => {
  const [reached, missing] = [shareOf(reachedOf(figures), figures), shareOf(notReachedOf(figures), figures)];
  // Beside the steps below the line's stage where there is room: a pattern under the cross would blur it.
  const proven = Math.max(reached, shareOf(figures.s2, figures));
  const clear = 1 - proven >= CROSS_FROM ? proven : reached;
  return (
    <svg class="ladder" width="100%" height={HEIGHT} role="img" aria-label={ladderSentence(say, figures)}>
      <rect class="empty" x="0" y={BAR.top} width="100%" height={BAR.height} />
      {stepsOf(figures).map(({ stage, from, to }) => (
        <rect
          class="edge"
          x={percent(from)}
          y={BAR.top}
          width={percent(to - from)}
          height={BAR.height}
          fill={fillOf(stage)}
        />
      ))}
      {missing > 0 && (
        <rect class="missing" x={percent(reached)} y={BAR.top} width={percent(missing)} height={BAR.height} />
      )}
      {missing >= CROSS_FROM && (
        <svg class="ladder" aria-hidden="true" x={percent((clear + 1) / 2)} y={BAR.top + BAR.height / 2}>
          <circle class="cross-ground" r="9" />
          <Cross />
        </svg>
      )}
      <svg class="ladder" aria-hidden="true" x={percent(target)}>
        <path class="target" d="M-6 0H6L0 8Z" />
        <path class="target-line" d={`M0 8V${BAR.top + BAR.height}`} />
      </svg>
      {figures.couldHear > 0 && (
        <rect
          class="hear"
          x="0"
          y={HEAR.top}
          width={percent(shareOf(figures.couldHear, figures))}
          height={HEAR.height}
          fill={HEAR_FILL}
        />
      )}
    </svg>
  );
};

export interface LadderRow {
  readonly name: string;
  /** Opens the rows behind it; none where nobody is meant. */
  readonly href: string | undefined;
  readonly figures: LadderFigures;
  /** Share that should be reached, between 0 and 1. */
  readonly target: number;
}

const Numbers = ({ say, figures }: { say: Say; figures: LadderFigures }) => (
  <span class="ladder-numbers">
    <span>{say('ladder.numbers', { reached: reachedOf(figures), n: figures.n, missing: notReachedOf(figures) })}</span>
    <span>{say('ladder.hear', { hear: figures.couldHear })}</span>
  </span>
);

/** Bars below each other, all of one length: shares are compared. The same numbers stand in a table beside it. */
export const LadderChart = ({ say, label, rows }: { say: Say; label: string; rows: readonly LadderRow[] }) => (
  <figure class="ladder-chart">
    <figcaption>{label}</figcaption>
    <ol>
      {rows.map((row) => (
        <li>
          <span class="ladder-name">{row.href ? <a href={row.href}>{row.name}</a> : row.name}</span>
          {row.figures.n === 0 ? (
            <span class="lead">{say('ladder.nobody')}</span>
          ) : (
            <>
              <Bar say={say} figures={row.figures} target={row.target} />
              <Numbers say={say} figures={row.figures} />
            </>
          )}
        </li>
      ))}
    </ol>
  </figure>
);

import type { Say } from '../../shared/words/index.ts';
import { Cross, fillOf, HEAR_FILL } from './patterns.tsx';
import { type LadderFigures, notReachedOf, reachedOf, shareOf, stepsOf } from './steps.ts';

/** The evidence ladder as a bar: the product's signature. Its signs: `patterns.tsx`. */

const BAR = { top: 8, height: 24 };
const HEAR = { top: 36, height: 8 };
const HEIGHT = 46;
/** A frame narrower than this has no room for its cross; the number beside it says the same. */
const CROSS_FROM = 0.06;

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

/** The whole bar in one sentence, for who does not see it. */
export const ladderSentence = (say: Say, figures: LadderFigures): string =>
  say('ladder.sentence', {
    ...{ n: figures.n, s2: figures.s2, s3: figures.s3, s4: figures.s4, s5: figures.s5 },
    ...{ missing: notReachedOf(figures), hear: figures.couldHear },
  });

interface BarProps {
  readonly say: Say;
  readonly figures: LadderFigures;
  /** Share that should be reached, between 0 and 1. */
  readonly target: number;
}

const Bar = ({ say, figures, target }: BarProps) => {
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

/**
 * The bar alone, for a cell or a line of a list: the same order and signs, its numbers in a sentence for who does not see it.
 * The page it stands on has the key, or a link to it.
 */
export const LadderStrip = (props: BarProps) =>
  props.figures.n === 0 ? (
    <span class="lead">{props.say('ladder.nobody')}</span>
  ) : (
    <span class="ladder-strip">
      <Bar {...props} />
    </span>
  );

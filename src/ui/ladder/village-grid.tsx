import type { Say } from '../../shared/words/index.ts';
import { type LadderRow, ladderSentence } from './bar.tsx';
import { Cross, fillOf, HEAR_FILL } from './patterns.tsx';
import { type LadderFigures, notReachedOf, reachedOf, shareOf, stepsOf } from './steps.ts';

/** Side of a village of nobody, and of the largest, in pixels. */
const [SMALLEST, LARGEST] = [28, 104];
const HEAR_WIDTH = 7;
const GAP = 3;
/** A frame lower than this has no room for its cross. */
const CROSS_FROM = 16;

// The area grows with the households: twice as many, twice the area.
export const sideOf = (n: number, most: number): number =>
  Math.round(SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(most === 0 ? 0 : n / most));

/** What a tile of that side takes up, with what could be heard beside it. */
export const tileSize = (side: number) => ({ width: side + GAP + HEAR_WIDTH + 2, height: side + 2 });

/**
 * The ladder standing up: strongest at the foot, who is not reached above, what could be heard beside it. With `at` it is a
 * part of another picture: its upper left corner there, and by how much it shrinks.
 */
export const Tile = (props: {
  figures: LadderFigures;
  side: number;
  at?: { readonly x: number; readonly y: number; readonly scale: number };
}) => {
  const { figures, side, at } = props;
  const { width, height } = tileSize(side);
  const y = (share: number): number => Math.round((1 - share) * side * 10) / 10;
  const [reached, hear] = [shareOf(reachedOf(figures), figures), shareOf(figures.couldHear, figures)];
  const missing = notReachedOf(figures) > 0 ? y(reached) : 0;
  return (
    <svg
      class="ladder"
      {...(at && { x: at.x, y: at.y })}
      width={width * (at?.scale ?? 1)}
      height={height * (at?.scale ?? 1)}
      viewBox={`-1 -1 ${width} ${height}`}
      aria-hidden="true"
      focusable="false"
    >
      <rect class="empty" width={side} height={side} />
      {stepsOf(figures).map(({ stage, from, to }) => (
        <rect class="edge" y={y(to)} width={side} height={y(from) - y(to)} fill={fillOf(stage)} />
      ))}
      {missing > 0 && <rect class="missing" width={side} height={missing} />}
      {missing >= CROSS_FROM && (
        <svg class="ladder" aria-hidden="true" x={side / 2} y={missing / 2}>
          <circle class="cross-ground" r="8" />
          <Cross />
        </svg>
      )}
      {hear > 0 && (
        <rect class="hear" x={side + GAP} y={y(hear)} width={HEAR_WIDTH} height={side - y(hear)} fill={HEAR_FILL} />
      )}
    </svg>
  );
};

/**
 * The villages as tiles, standing in for a map until a commune brings its own (`village-map.tsx`): nobody publishes the
 * boundaries of villages, and a drawn one would say more than is known. A tile is as large as its village has households that are meant; it opens them.
 */
export const VillageGrid = ({ say, label, rows }: { say: Say; label: string; rows: readonly LadderRow[] }) => {
  const most = Math.max(0, ...rows.map(({ figures }) => figures.n));
  const inside = ({ name, figures }: LadderRow) => (
    <>
      <Tile figures={figures} side={sideOf(figures.n, most)} />
      <span class="tile-name">{name}</span>
      <span class="tile-numbers" aria-hidden="true">
        {figures.n === 0 ? say('ladder.nobody') : say('ladder.tile', { missing: notReachedOf(figures), n: figures.n })}
      </span>
      <span class="hidden">{figures.n === 0 ? say('ladder.nobody') : ladderSentence(say, figures)}</span>
    </>
  );
  return (
    <ul class="village-grid" aria-label={label}>
      {rows.map((row) => (
        <li>{row.href ? <a href={row.href}>{inside(row)}</a> : <div>{inside(row)}</div>}</li>
      ))}
    </ul>
  );
};

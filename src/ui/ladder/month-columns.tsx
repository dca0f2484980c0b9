import type { Say } from '../../shared/words/index.ts';
import { fillOf, HEAR_FILL } from './patterns.tsx';
import { type LadderFigures, notReachedOf, reachedOf, shareOf, stepsOf } from './steps.ts';

export interface MonthFigures extends LadderFigures {
  /** `11/2025` */
  readonly label: string;
}

interface Props {
  readonly say: Say;
  /** What is drawn: "Cả địa bàn", a village. */
  readonly name: string;
  readonly months: readonly MonthFigures[];
  /** One of many small ones: the steps alone, and the frame only around the last month. */
  readonly small?: boolean;
}

/** Room for a year at least, so that few months are no walls. */
const ROOM = 12;
const LABELS = 18;

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

const Column = (props: { month: MonthFigures; height: number; framed: boolean; hear: boolean }) => {
  const { month, height, framed, hear } = props;
  const y = (share: number): number => Math.round((1 - share) * height * 10) / 10 + 1;
  const [reached, heard] = [shareOf(reachedOf(month), month), shareOf(month.couldHear, month)];
  return (
    <>
      <rect class="empty" y={y(1)} width="70%" height={height} />
      {stepsOf(month).map(({ stage, from, to }) => (
        <rect class="edge" y={y(to)} width="70%" height={y(from) - y(to)} fill={fillOf(stage)} />
      ))}
      {framed && notReachedOf(month) > 0 && <rect class="missing" y={y(1)} width="70%" height={y(reached) - y(1)} />}
      {hear && heard > 0 && (
        <rect class="hear" x="76%" y={y(heard)} width="12%" height={y(0) - y(heard)} fill={HEAR_FILL} />
      )}
    </>
  );
};

/**
 * A ladder standing up for every closed month, oldest first: the same steps, signs and order as the bars, and drawn by
 * ourselves for the same reasons. Under a column stands the number of its month; the figures are in the table.
 */
export const MonthColumns = ({ say, name, months, small = false }: Props) => {
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return null;
  const height = small ? 48 : 120;
  const room = Math.max(months.length, ROOM);
  const labelled = (at: number): boolean => !small && (months.length <= ROOM || at % 3 === 0);
  const drawn = (
    <svg
      class="ladder"
      width="100%"
      height={height + 2 + (small ? 0 : LABELS)}
      role="img"
      aria-label={say('ladder.months-sentence', {
        ...{ name, from: first.label, to: last.label },
        ...{ before: reachedOf(first), beforeOf: first.n, now: reachedOf(last), nowOf: last.n },
      })}
    >
      {months.map((month, at) => (
        <svg class="ladder" aria-hidden="true" x={percent(at / room)} width={percent(1 / room)} height={height + 2}>
          <Column month={month} height={height} framed={!small || month === last} hear={!small} />
          {labelled(at) && (
            <text class="month" x="0" y={height + LABELS - 3}>
              {Number(month.label.slice(0, 2))}
            </text>
          )}
        </svg>
      ))}
    </svg>
  );
  return small ? drawn : <div class="month-columns">{drawn}</div>;
};

/** Small multiples: a chart a village, each in its own scale of shares, so that they can be compared at one look. */
export const SmallMonths = (props: {
  say: Say;
  of: readonly { readonly name: string; readonly months: readonly MonthFigures[] }[];
}) => (
  <ul class="months">
    {props.of.map(({ name, months }) => (
      <li>
        <p>{name}</p>
        <MonthColumns say={props.say} name={name} months={months} small />
      </li>
    ))}
  </ul>
);

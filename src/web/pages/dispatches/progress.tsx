import type { DeliveryState } from '../../../modules/delivery/index.ts';
import type { PageRequest } from '../../page.ts';
import { showNumber } from '../../show.ts';

/** Where deliveries stand, in the order of the bar. */
const STANDINGS = [
  { name: 'arrived', states: ['delivered'] },
  { name: 'under-way', states: ['accepted', 'sending'] },
  { name: 'waiting', states: ['created'] },
  { name: 'not-arrived', states: ['failed', 'no-receipt', 'uncertain', 'withheld'] },
] as const satisfies readonly { name: string; states: readonly DeliveryState[] }[];

type Counts = Readonly<Record<DeliveryState, number>>;

const WIDTH = 1_000;

/** How far a sending is: a bar, and below it the same in words and numbers. */
export const Progress = ({ request: { say, language }, counts }: { request: PageRequest; counts: Counts }) => {
  const parts = STANDINGS.map(({ name, states }) => ({
    name,
    count: states.reduce((sum, state) => sum + counts[state], 0),
  })).filter(({ count }) => count > 0);
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  let from = 0;
  return (
    <div class="progress">
      <svg viewBox={`0 0 ${WIDTH} 12`} preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ name, count }) => {
          const width = (count / all) * WIDTH;
          const x = from;
          from += width;
          return <rect class={name} x={x} y="0" width={Math.max(1, width - 2)} height="12" />;
        })}
      </svg>
      <ul>
        {parts.map(({ name, count }) => (
          <li class={name}>
            {say(`page.dispatches.standing.${name}`)}: <strong>{showNumber(count, language)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
};

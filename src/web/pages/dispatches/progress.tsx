import type { DeliveryState } from '../../../modules/delivery/index.ts';
import { Progress as Bar } from '../../../ui/index.ts';
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

/** How far a sending is: a bar, and below it the same in words and numbers. */
export const Progress = ({ request: { say, language }, counts }: { request: PageRequest; counts: Counts }) => (
  <Bar
    parts={STANDINGS.map(({ name: kind, states }) => {
      const count = states.reduce((sum, state) => sum + counts[state], 0);
      return { kind, count, label: say(`page.dispatches.standing.${kind}`), shown: showNumber(count, language) };
    })}
  />
);

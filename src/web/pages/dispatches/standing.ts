import type { DispatchView } from '../../../modules/delivery/index.ts';
import type { Say } from '../../../shared/words/index.ts';
import { type StateOf, stateText } from '../../states.ts';

interface Standing {
  readonly state: 'open' | 'stopped' | 'done';
  readonly waitsForMorning: boolean;
  readonly counts: { readonly created: number };
}

/** The state of a sending as it is shown: one that waits for the morning is not called under way. */
export const dispatchState = ({ state, waitsForMorning, counts }: Standing): StateOf<'dispatch'> =>
  waitsForMorning && counts.created > 0 ? 'morning' : state;

/** "đang gửi", "đã dừng" …: how a sending stands, in a few words. */
export const standingText = (say: Say, sending: Standing): string =>
  stateText(say, { kind: 'dispatch', state: dispatchState(sending) });

type Groups = Pick<DispatchView, 'groups'>;

/** Those that did not end well. */
export const notArrived = ({ groups }: Groups): number => groups.reduce((sum, { count }) => sum + count, 0);

/** Of them, those that no other sending has addressed since. */
export const stillNotArrived = ({ groups }: Groups): number =>
  groups.reduce((sum, { count, sentAgain }) => sum + count - sentAgain, 0);

/** Where the page of a plan's line stands. */
export const lineAddress = ({ code, position }: { code: string; position: number }): string =>
  `/plans/${code}/lines/${position}`;

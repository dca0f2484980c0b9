import type { Say } from '../../../shared/words/index.ts';

interface Standing {
  readonly state: 'open' | 'stopped' | 'done';
  readonly waitsForMorning: boolean;
  readonly counts: { readonly created: number };
}

/** "đang gửi", "đã dừng" …: how a sending stands, in a few words. */
export const standingText = (say: Say, { state, waitsForMorning, counts }: Standing): string =>
  say(`page.dispatches.state.${waitsForMorning && counts.created > 0 ? 'morning' : state}`);

/** Where the page of a plan's line stands. */
export const lineAddress = ({ code, position }: { code: string; position: number }): string =>
  `/plans/${code}/lines/${position}`;

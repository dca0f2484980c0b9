import type { Log } from '../platform/log.ts';

const MOST = 500;
/** So many are handed over without waiting for more. */
const ENOUGH = 250;
/** Fewer are when nothing more came for so long (whoever sends them may wait for an answer), */
const LULL_MS = 5;
/** and at the latest after so long. */
const WAIT_MS = 20;
/** So much waits at most; what comes on top is turned away at once and comes again later. */
const FULL = 20_000;

/** Things that come one by one from outside, taken in by the batch. */
export interface Gather<T> {
  /** @param answer is called once: true when it is kept for good, false when it has to come again */
  add(item: T, answer: (kept: boolean) => void): void;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
}

/** Gathers for moments or up to 500, hands over one batch at a time, and answers each thing only when its batch is kept. */
export const openGather = <T>(take: (items: readonly T[]) => Promise<void>, log: Log): Gather<T> => {
  let waiting: { readonly item: T; readonly answer: (kept: boolean) => void }[] = [];
  let working: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let since = 0;

  const work = async () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting.slice(0, MOST);
    waiting = waiting.slice(MOST);
    const kept = await take(batch.map(({ item }) => item)).then(
      () => true,
      (err: unknown) => {
        log.error({ err, count: batch.length }, 'could not be kept, will come again');
        return false;
      },
    );
    for (const { answer } of batch) answer(kept);
    working = undefined;
    if (waiting.length > 0) look();
  };
  const start = () => {
    working ??= work();
    return working;
  };
  /** Something waits and nothing is under way: now, or in a moment. */
  const look = () => {
    if (waiting.length >= ENOUGH || (timer && performance.now() - since >= WAIT_MS)) void start();
    else if (timer) timer.refresh();
    else {
      since = performance.now();
      timer = setTimeout(start, LULL_MS);
    }
  };
  return {
    add: (item, answer) => {
      if (waiting.length >= FULL) return answer(false);
      waiting.push({ item, answer });
      if (!working) look();
    },
    drain: async () => {
      while (waiting.length > 0 || working) await start();
    },
  };
};

import type { Log } from '../platform/log.ts';

const MOST = 500;
const WAIT_MS = 50;
/** So much waits at most; what comes on top is turned away at once and comes again later. */
const FULL = 20_000;

/** Things that come one by one from outside, taken in by the batch. */
export interface Gather<T> {
  /** @param answer is called once: true when it is kept for good, false when it has to come again */
  add(item: T, answer: (kept: boolean) => void): void;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
}

/** Gathers for 50 ms or up to 500, hands over one batch at a time, and answers each thing only when its batch is kept. */
export const openGather = <T>(take: (items: readonly T[]) => Promise<void>, log: Log): Gather<T> => {
  let waiting: { readonly item: T; readonly answer: (kept: boolean) => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;

  const work = async () => {
    while (waiting.length > 0) {
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
    }
    working = undefined;
  };
  const start = () => {
    clearTimeout(timer);
    timer = undefined;
    working ??= work();
    return working;
  };
  return {
    add: (item, answer) => {
      if (waiting.length >= FULL) return answer(false);
      waiting.push({ item, answer });
      if (working) return;
      if (waiting.length >= MOST) void start();
      else timer ??= setTimeout(start, WAIT_MS);
    },
    drain: async () => {
      while (waiting.length > 0 || working) await start();
    },
  };
};

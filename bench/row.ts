/** One figure of a benchmark, as it is printed and kept. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same work done by the barest means in the same run; null where there is none. */
  readonly baseline: number | null;
  /** value / baseline. */
  readonly ratio: number | null;
  /** What is asked for, in words. */
  readonly threshold: string;
  readonly holds: boolean;
  /** What was measured: sizes, windows, whatever the figure hangs on. */
  readonly sizes: Readonly<Record<string, number | string>>;
}

export interface Options {
  /** A tenth of the size or less: says whether it works, and little about how quick it is. */
  readonly quick: boolean;
  /** Says what is going on, to the terminal of errors. */
  readonly tell: (line: string) => void;
}

export type Bench = (options: Options) => Promise<readonly Row[]>;

/** Runs something and says how many seconds it took. */
export const timed = async <T>(run: () => Promise<T>): Promise<{ seconds: number; result: T }> => {
  const from = performance.now();
  const result = await run();
  return { seconds: (performance.now() - from) / 1_000, result };
};

/** Three figures that mean something. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

/** The middle of an odd number of figures, the mean of the two in the middle of an even one. */
export const median = (figures: readonly number[]): number => {
  const sorted = figures.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
};

/** The middle of several runs of something quick, in milliseconds; the first is thrown away. */
export const medianMs = async (runs: number, run: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let no = 0; no <= runs; no += 1) {
    const { seconds } = await timed(run);
    if (no > 0) times.push(seconds * 1_000);
  }
  return median(times);
};

/** How many tokens a bucket holds, as of a moment. */
interface Bucket {
  readonly tokens: number;
  /** Milliseconds on a clock that never goes back. */
  readonly at: number;
}

/** As much as a rate may bring at once after a pause: a twentieth of a second's worth. */
const roomOf = (perSecond: number): number => Math.max(1, perSecond / 20);

/** What is in the bucket at a later moment. */
export const refill = (bucket: Bucket, perSecond: number, now: number): Bucket => ({
  tokens: Math.min(roomOf(perSecond), bucket.tokens + ((now - bucket.at) * perSecond) / 1_000),
  at: now,
});

/** Milliseconds until a whole token is there. */
export const waitFor = (bucket: Bucket, perSecond: number): number =>
  Math.max(0, Math.ceil(((1 - bucket.tokens) * 1_000) / perSecond));

/** "go": it has a place, to be given back by `leave`. "late": its time was up before its turn. "shut": nothing goes out now. */
export type Turn = 'go' | 'late' | 'shut';

/** Lets parts out in the order they came, as many at once and as fast as the contract allows. */
export interface Pace {
  /** @param until moment on the clock of `performance.now()` */
  enter(until: number): Promise<Turn>;
  leave(): void;
  /** Sends away whoever waits: the connection is gone. */
  shut(): void;
  /** Milliseconds that this many parts take by the rate alone, behind those who wait already. */
  takes(parts: number): number;
}

interface Waiting {
  readonly until: number;
  readonly resolve: (turn: Turn) => void;
  readonly timer: NodeJS.Timeout;
  gone: boolean;
}

/** Takes a token from the bucket; where there is none, calls back once there is. */
const openRate = (perSecond: number | null, awake: () => void) => {
  if (perSecond === null) return () => true;
  let bucket: Bucket = { tokens: roomOf(perSecond), at: performance.now() };
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    timer = undefined;
    awake();
  };
  return (): boolean => {
    bucket = refill(bucket, perSecond, performance.now());
    if (bucket.tokens < 1) {
      if (!timer) timer = setTimeout(later, waitFor(bucket, perSecond));
      return false;
    }
    bucket = { ...bucket, tokens: bucket.tokens - 1 };
    return true;
  };
};

export const openPace = ({ window, perSecond }: { window: number; perSecond: number | null }): Pace => {
  let queue: Waiting[] = [];
  let inside = 0;
  const paid = openRate(perSecond, () => pump());
  const settle = (one: Waiting, turn: Turn) => {
    one.gone = true;
    clearTimeout(one.timer);
    one.resolve(turn);
  };
  const pump = () => {
    let next = 0;
    while (next < queue.length && inside < window) {
      const one = queue[next]!;
      // Its clock may not have rung yet, though its time is up.
      if (!one.gone && performance.now() >= one.until) settle(one, 'late');
      if (!one.gone) {
        if (!paid()) break;
        inside += 1;
        settle(one, 'go');
      }
      next += 1;
    }
    if (next > 0) queue = queue.slice(next);
  };
  return {
    enter: (until) =>
      new Promise((resolve) => {
        const late = () => settle(one, 'late');
        const one: Waiting = {
          until,
          resolve,
          gone: false,
          timer: setTimeout(late, Math.max(0, until - performance.now())),
        };
        queue.push(one);
        pump();
      }),
    leave: () => {
      inside -= 1;
      pump();
    },
    shut: () => {
      const waiting = queue;
      queue = [];
      for (const one of waiting) if (!one.gone) settle(one, 'shut');
    },
    takes: (parts) => (perSecond === null ? 0 : ((queue.length + parts) * 1_000) / perSecond),
  };
};

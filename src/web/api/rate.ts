import { Refusal } from './refusal.ts';

/** Counts in a window of time that begins with the first of its kind. Per process: two processes allow twice as much. */
export interface Rate {
  /** Counts one more. Throws a refusal (429, says when to come again) for one too many. */
  take(key: string, at: Date): void;
  /** Throws when no more is left, and counts nothing. */
  look(key: string, at: Date): void;
}

const KEPT = 10_000;

export const createRate = ({ most, seconds }: { most: number; seconds: number }): Rate => {
  const windows = new Map<string, { readonly until: number; count: number }>();
  const windowOf = (key: string, now: number) => {
    const known = windows.get(key);
    if (known && known.until > now) return known;
    // Whoever comes from ever new addresses must not fill the memory: what is over goes, then the oldest.
    if (windows.size >= KEPT) for (const [other, { until }] of windows) if (until <= now) windows.delete(other);
    if (windows.size >= KEPT) windows.delete(windows.keys().next().value!);
    const fresh = { until: now + seconds * 1000, count: 0 };
    windows.delete(key);
    windows.set(key, fresh);
    return fresh;
  };
  const refuse = (until: number, now: number): never => {
    const wait = Math.max(1, Math.ceil((until - now) / 1000));
    throw new Refusal(429, 'too-many', 'api.too-many', {
      params: { seconds: wait },
      headers: { 'retry-after': String(wait) },
    });
  };
  return {
    take: (key, at) => {
      const window = windowOf(key, at.getTime());
      if (window.count >= most) refuse(window.until, at.getTime());
      window.count += 1;
    },
    look: (key, at) => {
      const known = windows.get(key);
      if (known && known.until > at.getTime() && known.count >= most) refuse(known.until, at.getTime());
    },
  };
};

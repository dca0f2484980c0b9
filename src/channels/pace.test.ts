import { describe, expect, it } from 'vitest';
import { openPace, refill, waitFor } from './pace.ts';

const never = () => performance.now() + 60_000;

describe('the rate', () => {
  it('brings what the span is worth, and saves no more than a twentieth of a second', () => {
    expect(refill({ tokens: 0, at: 0 }, 100, 20)).toEqual({ tokens: 2, at: 20 });
    expect(refill({ tokens: 0, at: 0 }, 100, 10_000)).toEqual({ tokens: 5, at: 10_000 });
    expect(refill({ tokens: 0, at: 0 }, 0.5, 1_000)).toEqual({ tokens: 0.5, at: 1_000 });
    expect(refill({ tokens: 0, at: 0 }, 0.5, 60_000)).toEqual({ tokens: 1, at: 60_000 });
  });

  it('says how long a whole token takes', () => {
    expect(waitFor({ tokens: 0, at: 0 }, 100)).toBe(10);
    expect(waitFor({ tokens: 0.5, at: 0 }, 1)).toBe(500);
    expect(waitFor({ tokens: 3, at: 0 }, 1)).toBe(0);
  });

  it('never lets more through than is worth the span', () => {
    // A simulated second, looked at every millisecond: whoever finds a token takes it.
    let bucket = { tokens: 0, at: 0 };
    let taken = 0;
    for (let now = 1; now <= 1_000; now += 1) {
      bucket = refill(bucket, 70, now);
      if (bucket.tokens < 1) continue;
      bucket = { ...bucket, tokens: bucket.tokens - 1 };
      taken += 1;
    }
    expect(taken).toBeGreaterThanOrEqual(69);
    expect(taken).toBeLessThanOrEqual(70);
  });
});

describe('the window', () => {
  it('lets in as many as it holds, in their order, and the next when one leaves', async () => {
    const pace = openPace({ window: 2, perSecond: null });
    const story: number[] = [];
    const turns = [0, 1, 2, 3].map((n) => pace.enter(never()).then(() => story.push(n)));
    await Promise.all(turns.slice(0, 2));
    expect(story).toEqual([0, 1]);
    pace.leave();
    await turns[2];
    pace.leave();
    await turns[3];
    expect(story).toEqual([0, 1, 2, 3]);
  });

  it('sends away whose time is up, and all who wait when the connection is gone', async () => {
    const pace = openPace({ window: 1, perSecond: null });
    expect(await pace.enter(never())).toBe('go');
    expect(await pace.enter(performance.now() + 5)).toBe('late');
    const waiting = [pace.enter(never()), pace.enter(never())];
    pace.shut();
    expect(await Promise.all(waiting)).toEqual(['shut', 'shut']);
    pace.leave();
    expect(await pace.enter(never())).toBe('go');
  });

  it('comes to everybody with a rate', async () => {
    const pace = openPace({ window: 100, perSecond: 1_000 });
    const turns = await Promise.all(Array.from({ length: 200 }, () => pace.enter(never()).finally(pace.leave)));
    expect(new Set(turns)).toEqual(new Set(['go']));
    expect(pace.takes(500)).toBe(500);
    expect(openPace({ window: 1, perSecond: null }).takes(500)).toBe(0);
  });
});

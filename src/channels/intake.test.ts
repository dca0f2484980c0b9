import { describe, expect, it } from 'vitest';
import { silentLog } from '../platform/log.ts';
import { openGather } from './gather.ts';
import { openJoiner } from './join-pieces.ts';

const piece = (part: number, text: string, group = 1) => ({
  from: '+84540000010',
  to: '8000',
  text,
  group,
  part,
  of: 3,
});

describe('what comes from outside', () => {
  it('is taken in by at most 500 at once, one batch after the other, and answered when it is kept', async () => {
    const sizes: number[] = [];
    let [inside, most, answered] = [0, 0, 0];
    const gather = openGather<number>(async (items) => {
      inside += 1;
      most = Math.max(most, inside);
      sizes.push(items.length);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
    }, silentLog());
    for (let n = 0; n < 1_200; n += 1)
      gather.add(n, (kept) => {
        answered += kept ? 1 : 0;
      });
    await gather.drain();
    expect(sizes).toEqual([250, 500, 450]);
    expect(most).toBe(1);
    expect(answered).toBe(1_200);
  });

  it('does not wait for more when nothing more comes', async () => {
    const kept: number[] = [];
    const gather = openGather<number>(async (items) => void kept.push(...items), silentLog());
    // Whoever brings ten and waits for their answers before it brings more must not wait for five hundred.
    for (let round = 0; round < 3; round += 1)
      await Promise.all(
        Array.from({ length: 10 }, (_, n) => new Promise((answered) => gather.add(round * 10 + n, answered))),
      );
    expect(kept).toEqual(Array.from({ length: 30 }, (_, n) => n));
  });

  it('is told to come again when it could not be kept, and others after it are kept', async () => {
    const answers: boolean[] = [];
    let broken = true;
    const gather = openGather<number>(async () => {
      if (broken) throw new Error('not kept');
    }, silentLog());
    gather.add(1, (kept) => answers.push(kept));
    await gather.drain();
    broken = false;
    gather.add(2, (kept) => answers.push(kept));
    await gather.drain();
    expect(answers).toEqual([false, true]);
  });

  it('is turned away when too much waits already', () => {
    const gather = openGather<number>(() => new Promise(() => {}), silentLog());
    let turnedAway = 0;
    for (let n = 0; n < 25_000; n += 1)
      gather.add(n, (kept) => {
        turnedAway += kept ? 0 : 1;
      });
    expect(turnedAway).toBeGreaterThan(4_000);
    expect(turnedAway).toBeLessThan(5_001);
  });
});

describe('pieces', () => {
  it('are put together in their order, whatever order they come in, twice or mixed with others', () => {
    const found: string[] = [];
    const answers: boolean[] = [];
    const joiner = openJoiner(({ text }, answer) => {
      found.push(text);
      answer(true);
    });
    const answer = (kept: boolean) => answers.push(kept);
    joiner.take(piece(3, 'c'), answer);
    joiner.take(piece(1, 'A', 2), answer);
    joiner.take(piece(1, 'a'), answer);
    joiner.take(piece(1, 'a'), answer);
    expect(found).toEqual([]);
    expect(answers).toEqual([]);
    joiner.take(piece(2, 'b'), answer);
    expect(found).toEqual(['abc']);
    expect(answers).toEqual([true, true, true, true]);
    joiner.flush();
    expect(found).toEqual(['abc', 'A']);
  });

  it('go on as they are when the rest does not come', async () => {
    const text = await new Promise<string>((resolve) => {
      const joiner = openJoiner((message) => resolve(message.text), 10);
      joiner.take(piece(1, 'a'), () => {});
      joiner.take(piece(3, 'c'), () => {});
    });
    expect(text).toBe('ac');
  });
});

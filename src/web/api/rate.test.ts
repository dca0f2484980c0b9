import { expect, it } from 'vitest';
import { createRate } from './rate.ts';
import { Refusal } from './refusal.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 5, 15) + seconds * 1000);
const refusal = (take: () => void): Refusal | undefined => {
  try {
    take();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

it('so many in a window, then it says when to come again', () => {
  const rate = createRate({ most: 3, seconds: 60 });
  for (const second of [0, 10, 20]) expect(refusal(() => rate.take('a', at(second)))).toBeUndefined();
  expect(refusal(() => rate.take('a', at(30)))).toMatchObject({
    ...{ status: 429, kind: 'too-many', params: { seconds: 30 }, headers: { 'retry-after': '30' } },
  });
  expect(refusal(() => rate.take('b', at(30)))).toBeUndefined();
  expect(refusal(() => rate.take('a', at(59.5)))!.params).toEqual({ seconds: 1 });
  expect(refusal(() => rate.take('a', at(60)))).toBeUndefined();
});

it('to look counts nothing', () => {
  const rate = createRate({ most: 1, seconds: 60 });
  for (let no = 0; no < 5; no += 1) expect(refusal(() => rate.look('a', at(0)))).toBeUndefined();
  rate.take('a', at(0));
  expect(refusal(() => rate.look('a', at(1)))).toBeInstanceOf(Refusal);
  expect(refusal(() => rate.look('a', at(60)))).toBeUndefined();
});

it('ever new names push out the oldest, and do not fill the memory', () => {
  const rate = createRate({ most: 1, seconds: 60 });
  for (let no = 0; no <= 10_000; no += 1) rate.take(`address ${no}`, at(0));
  expect(refusal(() => rate.take('address 10000', at(1)))).toBeInstanceOf(Refusal);
  expect(refusal(() => rate.take('address 0', at(1)))).toBeUndefined();
});

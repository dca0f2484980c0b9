import { expect, it } from 'vitest';
import { peopleDiffer } from './people-differ.ts';

it('people and households of a meeting are asked about only where they tell of two different meetings', () => {
  for (const [people, households] of [
    [5, 40],
    [39, 40],
    [1_200, 3],
    [100, 4],
  ] as const)
    expect(peopleDiffer(people, households), `${people} ${households}`).toBe(true);
  for (const [people, households] of [
    [40, 40],
    [200, 40],
    [12, 1],
    [50, 1],
    [3, 0],
    [0, 40],
    [null, 40],
  ] as const)
    expect(peopleDiffer(people, households), `${people} ${households}`).toBe(false);
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { streamProvince } from './locality.ts';

describe('a province', () => {
  it('comes household by household, as many as asked for, one commune after the other', () => {
    const codes = new Set<string>();
    const communes: string[] = [];
    for (const { household, village } of streamProvince({ seed: 5, households: 5_000 })) {
      codes.add(household.code);
      if (communes.at(-1) !== village.communeOldCode) communes.push(village.communeOldCode);
      expect(household.reviews).toHaveLength(1);
    }
    expect(codes.size).toBe(5_000);
    expect(communes).toEqual([...new Set(communes)]);
    expect(communes.every((code) => Number(code) > 90_000)).toBe(true);
  });

  it('keeps nothing of what it has handed out: the heap of the 60,000th household is the heap of the 10,000th', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heapAt = new Map<number, number>();
    let passed = 0;
    for (const _ of streamProvince({ seed: 5, households: 60_500 })) {
      passed += 1;
      if (passed !== 10_000 && passed !== 60_000) continue;
      collect();
      heapAt.set(passed, process.memoryUsage().heapUsed);
    }
    // One household with its people takes about 4 KB; 50,000 of them would be 200 MB.
    expect(heapAt.get(60_000)! - heapAt.get(10_000)!).toBeLessThan(20 * 1_048_576);
  });
});

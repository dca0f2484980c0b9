/**
 * Dice for invented data: the same key always rolls the same numbers, on every machine. The generator is sfc32 of
 * PractRand (Chris Doty-Humphrey, public domain), its state filled by splitmix32 from an FNV-1a hash of the key.
 */
export interface Dice {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  normal(mean: number, deviation: number): number;
}

const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
};

const splitmix32 = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) | 0;
  };
};

const sfc32 = (seed: number): (() => number) => {
  const fill = splitmix32(seed);
  let a = fill();
  let b = fill();
  let c = fill();
  let counter = 1;
  const roll = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let warm = 0; warm < 12; warm += 1) roll();
  return roll;
};

/** Dice of their own for every key, so that one household's life does not change the next one's. */
export const dice = (...key: readonly (string | number)[]): Dice => {
  const next = sfc32(hash(key.join('\u001f')));
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    weighted: (choices) => {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [choice, weight] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return choices.at(-1)![0];
    },
    normal: (mean, deviation) => {
      // Irwin-Hall with four terms: close enough to normal for ages and noise, and bounded.
      const sum = next() + next() + next() + next() - 2;
      return mean + deviation * sum * Math.sqrt(3);
    },
  };
};

/** A number in [0, 1) for a key: what is drawn once and for all, such as how somebody types a phone number. */
export const drawn = (...key: readonly (string | number)[]): number =>
  splitmix32(hash(key.join('\u001f')))() / 4_294_967_296 + 0.5;

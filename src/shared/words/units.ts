import { type Say, words } from './index.ts';

/** What reach is counted for: households, officers, or (in a list of a whole plan) both. */
export type Unit = 'household' | 'officer' | 'both';

export const unitOf = (subjects: Iterable<Exclude<Unit, 'both'>>): Unit => {
  const [first = 'household', ...others] = new Set(subjects);
  return others.length > 0 ? 'both' : first;
};

/** `key.officer` (or `key.both`) where there is such a sentence, else `key`, which is about households or about anybody. */
export const keyOf = (key: string, unit: Unit): string => (`${key}.${unit}` in words.vi ? `${key}.${unit}` : key);

/** Speaks of the unit. */
export const sayOf =
  (say: Say, unit: Unit): Say =>
  (key, params) =>
    say(keyOf(key, unit), params);

import type { Day } from '../shared/dates.ts';
import { type Locality, type PovertyClass, reviewDate } from './model.ts';

interface TruthCount {
  readonly villageKey: string;
  readonly date: Day;
  readonly class: PovertyClass;
  readonly households: number;
}

export interface Truth {
  /** Households per village, class and review date; `not_poor` are those that stand on no list. */
  readonly counts: readonly TruthCount[];
  /** All households of a village on a review date: the denominator the lists cannot give. */
  readonly totals: readonly { readonly villageKey: string; readonly date: Day; readonly households: number }[];
}

/** What the generator knows, to be compared with what the product counts and with a recount of the files. */
export const truth = (locality: Locality): Truth => {
  const classes: readonly PovertyClass[] = ['poor', 'near_poor', 'newly_escaped', 'not_poor'];
  const cells = new Map<string, number>();
  const key = (village: string, date: Day, povertyClass: PovertyClass): string => `${village}|${date}|${povertyClass}`;
  for (const household of locality.households) {
    for (const { villageKey, date, class: found } of household.reviews) {
      const cell = key(villageKey, date, found);
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
  }
  const counts = locality.villages.flatMap((village) =>
    locality.years.map(reviewDate).flatMap((date) =>
      classes.map((found) => ({
        villageKey: village.key,
        date,
        class: found,
        households: cells.get(key(village.key, date, found)) ?? 0,
      })),
    ),
  );
  const totals = locality.villages.flatMap((village) =>
    locality.years.map(reviewDate).map((date) => ({
      villageKey: village.key,
      date,
      households: counts
        .filter((count) => count.villageKey === village.key && count.date === date)
        .reduce((sum, count) => sum + count.households, 0),
    })),
  );
  return { counts, totals };
};

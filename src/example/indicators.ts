import type { Day } from '../shared/dates.ts';
import { type Life, LUCK } from './life.ts';
import { ageAt, type Person, type PovertyClass, type Standard } from './model.ts';
import { profileFacts } from './profiles.ts';

/** What a review notes as lacking; `null` = the standard did not ask. */
export interface Lacks {
  readonly twelve: (boolean | null)[];
  readonly oldHealthAccess: boolean;
  readonly count: number;
}

// Order of NĐ 07/2021: job, dependants, nutrition, insurance, adult schooling, child schooling, house, room, water,
// latrine, internet, devices. The second, eleventh and twelfth follow from the people and the devices.
const DRAWN = [0, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const SEVERITY: Readonly<Record<PovertyClass, number>> = {
  poor: 1,
  near_poor: 0.42,
  newly_escaped: 0.4,
  not_poor: 0.3,
};
const POOR_LACKS_AT_LEAST = 3;

const isDependant = (person: Person, date: Day): boolean => {
  const age = ageAt(person.born.date, date);
  return age < 16 || age >= 80 || person.disabled;
};

const possible = (indicator: number, ages: readonly number[]): boolean => {
  if (indicator === 2) return ages.some((age) => age < 16);
  if (indicator === 4) return ages.some((age) => age >= 16 && age <= 30);
  if (indicator === 5) return ages.some((age) => age >= 3 && age < 16);
  if (indicator === 0) return ages.some((age) => age >= 16 && age < 60);
  return indicator !== 3 || ages.some((age) => age >= 6);
};

/**
 * The lacks of a household at a review. They follow what was drawn once for the household, so that they change with its
 * class and not by the weather, and they agree with the class: a poor household lacks at least three things, a near-poor
 * one fewer (a near-poor household without any device is given one).
 */
export const lacksAt = (life: Life, people: readonly Person[], date: Day, standard: Standard): Lacks => {
  const ages = people.map((person) => ageAt(person.born.date, date));
  const old = standard === 'QD-59-2015';
  const better = 0.96 ** Math.max(0, Number(date.slice(0, 4)) - 2021);
  const base = profileFacts[life.village.profile].lacks;
  const margin = (indicator: number): number =>
    base[indicator]! * SEVERITY[life.class] * better - life.luck[indicator]!;
  const drawn = DRAWN.filter(
    (indicator) => possible(indicator, ages) && !(old && (indicator === 0 || indicator === 2)),
  );
  const lacking = new Set<number>(drawn.filter((indicator) => margin(indicator) > 0));
  const oldHealthAccess = old && life.luck[LUCK.health]! < 0.3 * SEVERITY[life.class];
  const dependants = people.filter((person) => isDependant(person, date)).length * 2 > people.length;
  const fixed = (): number =>
    (old ? Number(oldHealthAccess) : Number(dependants)) + Number(!life.online) + Number(!life.hasDevice);
  const byMargin = [...drawn].sort((a, b) => margin(b) - margin(a));
  if (life.class === 'poor') {
    for (const indicator of byMargin) if (fixed() + lacking.size < POOR_LACKS_AT_LEAST) lacking.add(indicator);
  }
  if (life.class === 'near_poor') {
    for (const indicator of byMargin.reverse())
      if (fixed() + lacking.size >= POOR_LACKS_AT_LEAST) lacking.delete(indicator);
    if (fixed() + lacking.size >= POOR_LACKS_AT_LEAST) life.hasDevice = true;
  }
  const twelve = Array.from({ length: 12 }, (_, indicator): boolean | null => {
    if (indicator === 10) return !life.online;
    if (indicator === 11) return !life.hasDevice;
    if (old && indicator < 3) return null;
    return indicator === 1 ? dependants : lacking.has(indicator);
  });
  return { twelve, oldHealthAccess, count: fixed() + lacking.size };
};

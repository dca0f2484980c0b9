import { addDays } from '../shared/dates.ts';
import { firstClasses, nextClasses, type Targets } from './classes.ts';
import { poorShareKnown } from './communes.ts';
import { type Life, openHousehold, settleFamily, type World } from './life.ts';
import { type Household, reviewDate, standardOf, type VillageSpec } from './model.ts';
import type { NumberBook } from './numbers.ts';
import { poorLevel, profileFacts } from './profiles.ts';
import { drawn } from './random.ts';
import { reviewHousehold } from './review.ts';
import { liveYear } from './years.ts';

export interface Play {
  readonly seed: number;
  readonly villages: readonly VillageSpec[];
  /** Years of the reviews, rising and without gaps. */
  readonly years: readonly number[];
  readonly numbers: NumberBook;
  /** Share of poor households over all villages in 2022; without it each village's profile decides. */
  readonly poorShare?: number;
}

const groupBy = <T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> => Map.groupBy(items, key);

const openCodes = (villages: readonly VillageSpec[]): World['nextCode'] => {
  const prefix = new Map<string, string>();
  for (const [commune, own] of groupBy(villages, (village) => village.communeOldCode)) {
    own.forEach((village, at) => {
      prefix.set(village.key, `${commune}.${String(at + 1).padStart(2, '0')}`);
    });
  }
  const issued = new Map<string, number>();
  return (village) => {
    const n = (issued.get(village.key) ?? 0) + 1;
    issued.set(village.key, n);
    return `${prefix.get(village.key)!}.${String(n).padStart(4, '0')}`;
  };
};

const logit = (share: number): number => Math.log(share / (1 - share));
const expit = (value: number): number => 1 / (1 + Math.exp(-value));

/** Poor share of every old commune in 2022, shifted on the logit scale until the whole is as asked for. */
const poorShares = ({ seed, villages, poorShare }: Play): ReadonlyMap<string, number> => {
  const communes = [...groupBy(villages, (village) => village.communeOldCode)].map(([code, own]) => {
    const households = own.reduce((sum, village) => sum + village.households, 0);
    const byProfile = own.reduce((sum, village) => sum + village.households * profileFacts[village.profile].poor, 0);
    const share =
      poorShareKnown(code) ?? expit(logit(byProfile / households) + (drawn(seed, 'commune', code) - 0.5) * 0.4);
    return { code, households, share };
  });
  const total = communes.reduce((sum, commune) => sum + commune.households, 0);
  const overall = (shift: number): number =>
    communes.reduce((sum, { households, share }) => sum + households * expit(logit(share) + shift), 0) / total;
  let low = -4;
  let high = 4;
  for (let step = 0; step < 50 && poorShare !== undefined; step += 1) {
    const middle = (low + high) / 2;
    if (overall(middle) < poorShare) low = middle;
    else high = middle;
  }
  const shift = (low + high) / 2;
  return new Map(communes.map(({ code, share }) => [code, expit(logit(share) + shift)]));
};

const targetsOf = (poorShare: number, year: number, households: number): Targets => ({
  poor: Math.round(poorShare * poorLevel(year) * households),
  nearPoor: Math.round((standardOf(year) === 'QD-59-2015' ? 0.09 : 0.1) * households),
});

/** Plays the years of some villages and returns their households, those that ended among them, in order of founding. */
export const simulate = (play: Play): Household[] => {
  const { villages, years, numbers } = play;
  const world: World = { seed: play.seed, numbers, nextCode: openCodes(villages) };
  const shares = poorShares(play);
  const firstDate = reviewDate(years[0]!);
  const lives: Life[] = villages.flatMap((village) =>
    Array.from({ length: village.households }, () => {
      const life = openHousehold(world, village, `${years[0]!}-01-01`);
      settleFamily(world, life, firstDate);
      return life;
    }),
  );
  years.forEach((year, at) => {
    const date = reviewDate(year);
    const newborn = new Set<Life>();
    if (at > 0) {
      const from = addDays(reviewDate(year - 1), 1);
      for (const life of lives.filter((candidate) => !candidate.record.to)) {
        const young = liveYear(world, life, villages, from, date);
        if (young) newborn.add(young);
      }
      lives.push(...newborn);
    }
    const present = lives.filter((life) => !life.record.to);
    for (const [commune, own] of groupBy(present, (life) => life.village.communeOldCode)) {
      const round = { date, lives: own, targets: targetsOf(shares.get(commune)!, year, own.length) };
      if (at === 0) firstClasses(round);
      else nextClasses(round, newborn);
    }
    for (const life of present) life.record.reviews.push(reviewHousehold(world, life, date));
  });
  // A phone number is noted by the review that hears of it, with the earlier day since when it is in use.
  for (const { record } of lives) record.events.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return lives.map((life) => life.record);
};

import type { Household, Locality, VillageSpec } from './model.ts';
import { openNumbers } from './numbers.ts';
import { simulate } from './simulate.ts';

export const exampleYears = [2021, 2022, 2023, 2024, 2025] as const;

/** Poor households of the whole at the review of 2022: published of the district for about that time. */
const POOR_SHARE_2022 = 0.62;

const checkYears = (years: readonly number[]): void => {
  const rising =
    years.length > 0 && years.every((year, at) => Number.isInteger(year) && (at === 0 || year === years[at - 1]! + 1));
  if (!rising) throw new RangeError(`years of reviews must follow one another: ${years.join(', ')}`);
};

/**
 * An invented locality and its years (dữ liệu mô phỏng): the same input gives the same people, to the byte. The villages
 * hold as many households as asked for on the first review date; from then on families grow, split, move and end.
 */
export const generateLocality = (input: {
  readonly seed: number;
  readonly villages: readonly VillageSpec[];
  readonly years?: readonly number[];
  /** Share of poor households at the review of 2022; `null` leaves it to the villages' profiles. */
  readonly poorShare?: number | null;
}): Locality => {
  const { seed, villages, years = exampleYears, poorShare = POOR_SHARE_2022 } = input;
  checkYears(years);
  const numbers = openNumbers(seed);
  const households = simulate({ seed, villages, years, numbers, ...(poorShare === null ? {} : { poorShare }) });
  // Sorting is stable: what happened to one household on one day stays in its order.
  const events = households
    .flatMap((household) => household.events)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return { seed, years, villages, households, events };
};

export interface ProvinceInput {
  readonly seed: number;
  readonly households: number;
  /** Years of the reviews; one is enough for a list, more cost time, not memory. */
  readonly years?: readonly number[];
}

const VILLAGES_IN_COMMUNE = 10;
const MEAN_VILLAGE = 107;

/** The villages of an invented province, commune by commune; codes from 90001 on belong to no unit of the country. */
const provinceVillages = function* ({ households }: ProvinceInput): Generator<VillageSpec> {
  const count = Math.max(1, Math.round(households / MEAN_VILLAGE));
  let given = 0;
  for (let at = 0; at < count; at += 1) {
    const upTo = Math.round(((at + 1) * households) / count);
    const commune = Math.floor(at / VILLAGES_IN_COMMUNE);
    const code = String(90_001 + commune);
    const profile = (['highland-mong', 'midland-mixed', 'valley-thai', 'midland-mixed', 'town'] as const)[commune % 5]!;
    yield {
      key: `${code}-${at % VILLAGES_IN_COMMUNE}`,
      name: `Thôn mô phỏng ${(at % VILLAGES_IN_COMMUNE) + 1}`,
      communeOldCode: code,
      communeNewCode: code,
      communeOldName: `Xã mô phỏng ${commune + 1}`,
      communeNewName: `Xã mô phỏng ${commune + 1}`,
      households: upTo - given,
      profile,
    };
    given = upTo;
  }
};

/** A household of the province with the village it stood in at the end. */
export interface ProvinceHousehold {
  readonly household: Household;
  readonly village: VillageSpec;
}

/**
 * The households of a province, one after the other, made by the same rules as the example. Holds one commune at a time, so
 * memory does not grow with the number asked for; nobody moves out of a commune.
 */
export const streamProvince = function* (input: ProvinceInput): Generator<ProvinceHousehold> {
  const years = input.years ?? [2025];
  checkYears(years);
  const numbers = openNumbers(input.seed);
  const play = function* (villages: readonly VillageSpec[]): Generator<ProvinceHousehold> {
    const byKey = new Map(villages.map((village) => [village.key, village]));
    for (const household of simulate({ seed: input.seed, villages, years, numbers })) {
      yield { household, village: byKey.get(household.homes.at(-1)!.villageKey)! };
    }
  };
  let commune: VillageSpec[] = [];
  for (const village of provinceVillages(input)) {
    if (commune[0] && commune[0].communeOldCode !== village.communeOldCode) {
      yield* play(commune);
      commune = [];
    }
    commune.push(village);
  }
  yield* play(commune);
};

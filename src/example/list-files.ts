import type { Day } from '../shared/dates.ts';
import { fold } from '../shared/text.ts';
import { communeName } from './communes.ts';
import {
  communeOf,
  type Household,
  type ListedClass,
  type Locality,
  type ReviewState,
  reviewDate,
  type Standard,
  standardOf,
  type VillageSpec,
} from './model.ts';

const listedClasses: readonly ListedClass[] = ['poor', 'near_poor', 'newly_escaped'];

/** One list of one commune, as its office kept it after a review. */
export interface ListFile {
  readonly reviewYear: number;
  readonly reviewDate: Day;
  /** Code in the boundaries of the review date; `boundary` says which, for the same code may name another commune later. */
  readonly communeCode: string;
  readonly boundary: 'old' | 'new';
  readonly communeName: string;
  /** The list names every household of these classes in the commune, and no other household. */
  readonly completeFor: readonly ListedClass[];
  readonly standard: Standard;
  /** Office that keeps the list; the same words every year. */
  readonly sender: string;
  readonly format: 'xlsx' | 'csv';
  /** Below the folder of the example, with `/`. */
  readonly path: string;
  /** A CSV has one table: the members stand in a file of their own. */
  readonly membersPath?: string;
}

export interface ListRow {
  readonly household: Household;
  readonly state: ReviewState;
  readonly village: VillageSpec;
}

export const boundaryAt = (date: Day): 'old' | 'new' => (date < '2025-07-01' ? 'old' : 'new');

// The office of this commune (Tà Xi Láng, unchanged in 2025) saves its lists as CSV.
const CSV_COMMUNE = '04603';

const DISTRICT = { old: 'huyện Trạm Tấu, tỉnh Yên Bái', new: 'tỉnh Lào Cai' } as const;

const listFile = (reviewYear: number, communeCode: string, village: VillageSpec): ListFile => {
  const date = reviewDate(reviewYear);
  const boundary = boundaryAt(date);
  const name = communeName(communeCode, boundary, village);
  const stem = `${communeCode}-${fold(name).replaceAll(' ', '-')}-${reviewYear}`;
  const csv = communeCode === CSV_COMMUNE;
  return {
    reviewYear,
    reviewDate: date,
    communeCode,
    boundary,
    communeName: name,
    completeFor: listedClasses,
    standard: standardOf(reviewYear),
    sender: `UBND ${name.replace(/^./u, (letter) => letter.toLowerCase())}, ${DISTRICT[boundary]}`,
    format: csv ? 'csv' : 'xlsx',
    path: `${reviewYear}/${stem}-du-lieu-mo-phong.${csv ? 'csv' : 'xlsx'}`,
    ...(csv ? { membersPath: `${reviewYear}/${stem}-thanh-vien-du-lieu-mo-phong.csv` } : {}),
  };
};

/** All lists in the order in which they came in: year by year, by commune code. */
export const listFiles = (locality: Pick<Locality, 'years' | 'villages'>): ListFile[] =>
  locality.years.flatMap((reviewYear) => {
    const communes = new Map(locality.villages.map((village) => [communeOf(village, reviewDate(reviewYear)), village]));
    return [...communes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, village]) => listFile(reviewYear, code, village));
  });

const isListed = (state: ReviewState | undefined): state is ReviewState =>
  state !== undefined && state.class !== 'not_poor';

/** The rows of a list, village by village in the order of the commune's villages, then by code. */
export const listRows = (locality: Locality, file: Pick<ListFile, 'communeCode' | 'reviewDate'>): ListRow[] => {
  const order = new Map(locality.villages.map((village, at) => [village.key, { village, at }]));
  return locality.households
    .flatMap((household) => {
      const state = household.reviews.find((review) => review.date === file.reviewDate);
      if (!isListed(state)) return [];
      const { village, at } = order.get(state.villageKey)!;
      return communeOf(village, file.reviewDate) === file.communeCode ? [{ household, state, village, at }] : [];
    })
    .sort((a, b) => a.at - b.at || (a.household.code < b.household.code ? -1 : 1));
};

/** Why a household of last year's list is not on this one, as the officer of the commune knows it. */
export interface MissingAnswer {
  readonly code: string;
  readonly answer: 'escaped' | 'moved' | 'gone';
  /** When it happened; for an escape the review that found it. */
  readonly on: Day;
  /** The village moved to. */
  readonly villageKey?: string;
}

/**
 * The households that stood on the last list of these villages and do not stand on this one, with the reason. Whoever stopped
 * being "newly escaped" after 36 months is not among them: that ends by the calendar. A household that moved to another
 * commune and left the classes of the list is answered as escaped.
 */
export const missingAnswers = (
  locality: Locality,
  file: Pick<ListFile, 'communeCode' | 'reviewDate' | 'reviewYear'>,
): MissingAnswer[] => {
  const villages = new Map(locality.villages.map((village) => [village.key, village]));
  const inCommune = (key: string): boolean => communeOf(villages.get(key)!, file.reviewDate) === file.communeCode;
  const before = reviewDate(file.reviewYear - 1);
  return locality.households.flatMap((household): MissingAnswer[] => {
    const last = household.reviews.find((review) => review.date === before);
    if (!isListed(last) || !inCommune(last.villageKey)) return [];
    const state = household.reviews.find((review) => review.date === file.reviewDate);
    const { code } = household;
    if (!state) return [{ code, answer: 'gone', on: household.to! }];
    if (isListed(state)) {
      if (inCommune(state.villageKey)) return [];
      const home = household.homes.findLast(({ from }) => from <= file.reviewDate)!;
      return [{ code, answer: 'moved', on: home.from, villageKey: state.villageKey }];
    }
    return last.class === 'newly_escaped' ? [] : [{ code, answer: 'escaped', on: file.reviewDate }];
  });
};

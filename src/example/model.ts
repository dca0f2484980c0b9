import type { Day, PartialDate } from '../shared/dates.ts';

/** What a village is like; decides ethnic groups, poverty, livelihoods. */
const profiles = ['highland-mong', 'valley-thai', 'town', 'midland-mixed'] as const;
export type Profile = (typeof profiles)[number];

export interface VillageSpec {
  readonly key: string;
  readonly name: string;
  /** Commune before and after 1 July 2025: official codes of their time (the same code may name another unit later). */
  readonly communeOldCode: string;
  readonly communeNewCode: string;
  /** Households on the first review date. */
  readonly households: number;
  readonly profile: Profile;
  /** Names of communes that are not in `communes.ts`. */
  readonly communeOldName?: string;
  readonly communeNewName?: string;
}

export type Ethnicity = 'Mông' | 'Thái' | 'Kinh' | 'Khơ Mú' | 'Tày' | 'Mường' | 'Dao';
export type Sex = 'male' | 'female';
export type ListedClass = 'poor' | 'near_poor' | 'newly_escaped';
export type PovertyClass = ListedClass | 'not_poor';
export type Origin = 'relapsed' | 'newly_arising';
export type Device = 'tv' | 'radio' | 'mobile' | 'smartphone';
export type Standard = 'QD-59-2015' | 'ND-07-2021';

interface Phone {
  readonly number: string;
  readonly from: Day;
}

export interface Person {
  /** Household of first appearance and running number; kept when the person moves to a household of their own. */
  readonly id: string;
  readonly name: string;
  readonly sex: Sex;
  readonly born: PartialDate;
  readonly ethnicity: Ethnicity;
  readonly idNumber?: string;
  readonly fatherId?: string;
  readonly motherId?: string;
  spouseId?: string;
  /** Reads Vietnamese, from the age of ten on. */
  readonly reads: boolean;
  readonly disabled: boolean;
  readonly from: Day;
  to?: Day;
  left?: 'died' | 'married-out' | 'split' | 'household-ended';
  readonly phones: Phone[];
}

export type Relation = 'head' | 'wife' | 'husband' | 'child' | 'child-in-law' | 'grandchild' | 'parent' | 'other';

export interface MemberState {
  readonly personId: string;
  readonly relation: Relation;
  readonly school: string;
  readonly job: string;
  readonly insured: boolean;
}

/** A household as a review found it. */
export interface ReviewState {
  readonly date: Day;
  readonly villageKey: string;
  readonly headId: string;
  readonly members: readonly MemberState[];
  readonly class: PovertyClass;
  /** How a household came to be poor, said only in the review that found it. */
  readonly origin?: Origin;
  readonly standard: Standard;
  readonly b1: number;
  readonly b2: number;
  /** The twelve of NĐ 07/2021/NĐ-CP in its order; null where the standard of the year did not ask. */
  readonly indicators: readonly (boolean | null)[];
  /** "Tiếp cận dịch vụ y tế", one of the ten of QĐ 59/2015/QĐ-TTg, without a counterpart among the twelve. */
  readonly oldHealthAccess?: boolean;
  /** ISO 639 codes. */
  readonly languages: readonly string[];
  readonly languagesRead: readonly string[];
  readonly devices: readonly Device[];
  readonly livelihood: string;
  readonly causes: readonly string[];
  readonly needs: string;
  readonly groups: readonly string[];
  readonly phones: readonly string[];
  readonly decisionNumber?: string;
  readonly certificateNumber?: string;
}

const eventKinds = [
  'born',
  'died',
  'head-changed',
  'married-in',
  'married-out',
  'split',
  'founded',
  'moved',
  'moved-away',
  'dissolved',
  'extinct',
  'phone',
  'poor-by-new-standard',
  'newly-arising',
  'relapsed',
  'became-near-poor',
  'poor-to-near-poor',
  'escaped',
  'left-near-poor',
  'escape-ended',
] as const;
export type EventKind = (typeof eventKinds)[number];

interface LifeEvent {
  readonly date: Day;
  readonly kind: EventKind;
  readonly code: string;
  readonly personId?: string;
  /** The other household of a split, the village moved to. */
  readonly other?: string;
}

export interface Household {
  /**
   * `<old commune code>.<number of the village in it>.<running number>`, e.g. `04618.03.0127`: given once, when the
   * household is first entered, and kept through moves and through the merger of 2025.
   */
  readonly code: string;
  readonly ethnicity: Ethnicity;
  readonly from: Day;
  to?: Day;
  endReason?: 'extinct' | 'dissolved' | 'moved-away';
  readonly parentCode?: string;
  readonly homes: { readonly from: Day; readonly villageKey: string }[];
  readonly people: Person[];
  readonly reviews: ReviewState[];
  readonly events: LifeEvent[];
}

export interface Locality {
  readonly seed: number;
  readonly years: readonly number[];
  readonly villages: readonly VillageSpec[];
  readonly households: readonly Household[];
  /** The truth log: all events of all households, in order of date. */
  readonly events: readonly LifeEvent[];
}

/** Reviews are held as of 30 November. */
export const reviewDate = (year: number): Day => `${year}-11-30`;

/** The list of 2021 was drawn up under QĐ 59/2015/QĐ-TTg, those of 2022 on under NĐ 07/2021/NĐ-CP. */
export const standardOf = (year: number): Standard => (year <= 2021 ? 'QD-59-2015' : 'ND-07-2021');

/** Lists are drawn up by the communes of their day: the old ones until the merger of 1 July 2025. */
export const communeOf = (village: VillageSpec, date: Day): string =>
  date < '2025-07-01' ? village.communeOldCode : village.communeNewCode;

/** Full years at a date. */
export const ageAt = (born: Day, date: Day): number => {
  const years = Number(date.slice(0, 4)) - Number(born.slice(0, 4));
  return date.slice(5) < born.slice(5) ? years - 1 : years;
};

export const livingIn = (household: Household, date: Day): Person[] =>
  household.people.filter((person) => person.from <= date && (!person.to || person.to > date));

import type { Day } from '../../shared/dates.ts';
import { byName } from '../../shared/order.ts';
import { clean, fold } from '../../shared/text.ts';

export const placeKinds = ['country', 'province', 'district', 'commune', 'village'] as const;

export type PlaceKind = (typeof placeKinds)[number];

/** A place as it was from one day until another (exclusive; null = still so). */
export interface PlaceVersion {
  readonly placeId: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly name: string;
  /** Official list and local use: neither is wrong. */
  readonly otherNames: readonly string[];
  readonly kind: PlaceKind;
  /** xã, phường, thị trấn, thôn, bản, tổ dân phố … as written before the name. */
  readonly unitType: string;
  readonly officialCode: string | null;
  readonly parentId: string | null;
  readonly urban: boolean;
}

// Longest first: "to dan pho 3" is the unit word and its name, not "to" and "dan pho 3".
const UNIT_WORDS = [
  'to dan pho',
  'thanh pho',
  'khu dan cu',
  'thi tran',
  'dac khu',
  'thi xa',
  'khu pho',
  'phuong',
  'huyen',
  'buon',
  'tinh',
  'quan',
  'thon',
  'lang',
  'xom',
  'ban',
  'plei',
  'tdp',
  'khu',
  'xa',
  'ap',
  'tp',
  'tx',
  'tt',
  'to',
];

/** Unit words as they are shortened before a name: "P. Bến Nghé", "TX.Nghĩa Lộ". */
const SHORT: Readonly<Record<string, string>> = {
  p: 'phường',
  q: 'quận',
  h: 'huyện',
  x: 'xã',
  t: 'tỉnh',
  tp: 'thành phố',
  tx: 'thị xã',
  tt: 'thị trấn',
};
const SHORTENED = /^\s*(p|q|h|x|t|tp|tx|tt)\.\s*(?=[\p{L}\p{N}])/iu;

/** Folded, numbers without leading zeros and without "số" before them ("Thôn 01" = "thôn số 1" = "thon 1"). */
export const foldPlace = (text: string): string =>
  fold(text.replace(SHORTENED, (_, word: string) => `${SHORT[word.toLowerCase()]} `))
    .replace(/\b0+(?=\d)/gu, '')
    .replace(/\bso (?=\d)/gu, '');

/** Folded without the word for the kind of unit; a name that is nothing but such a word stays whole. */
export const barePlace = (text: string): string => {
  const folded = foldPlace(text);
  const word = UNIT_WORDS.find((candidate) => folded.startsWith(`${candidate} `));
  return word ? folded.slice(word.length + 1) : folded;
};

/**
 * The rows under which a place is found, with a rank: 0 its name, 1 its name with the unit word, 2 another name,
 * 3 a later word of a name (so that "mu" finds Bản Mù).
 */
export const searchKeys = (version: Pick<PlaceVersion, 'name' | 'otherNames' | 'unitType'>): Map<string, number> => {
  const keys = new Map<string, number>();
  const put = (key: string, rank: number): void => {
    if (key && (keys.get(key) ?? 9) > rank) keys.set(key, rank);
  };
  const names = [version.name, ...version.otherNames];
  names.forEach((name, index) => {
    put(foldPlace(name), index === 0 ? 0 : 2);
    put(foldPlace(`${version.unitType} ${barePlace(name)}`), index === 0 ? 1 : 2);
    // The unit word before a name that itself begins with one: "xã Bản Mù".
    put(foldPlace(fullName(version.unitType, name)), index === 0 ? 1 : 2);
    put(barePlace(name), index === 0 ? 1 : 2);
    const parts = foldPlace(name).split(' ');
    for (let from = 1; from < parts.length; from += 1) put(parts.slice(from).join(' '), 3);
  });
  return keys;
};

/**
 * The unit's word and name as people write it: "xã Bản Mù"; a village's name often carries its word already. With its
 * marks: "Xà Hồ" does not begin with "xã".
 */
export const fullName = (unitType: string, name: string): string =>
  clean(name)
    .toLowerCase()
    .startsWith(`${clean(unitType).toLowerCase()} `)
    ? name
    : `${unitType} ${name}`;

const listedAs = ({ kind, unitType, name }: PlaceVersion): string =>
  kind === 'village' ? fullName(unitType, name) : name;

/** The order of a list of places: villages as they are written there ("bản Khấu Ly", "thôn 2"), other units by their name. */
export const inPlaceOrder = (a: PlaceVersion, b: PlaceVersion): number =>
  byName(listedAs(a), listedAs(b)) || (a.placeId < b.placeId ? -1 : 1);

/** How far two folded names are apart in letters (Levenshtein), for suggestions when a village is not found. */
export const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
};

/** Every way a place is called: its names, with and without the unit's word. */
export const placeNames = ({
  name,
  otherNames,
  unitType,
}: Pick<PlaceVersion, 'name' | 'otherNames' | 'unitType'>): string[] =>
  [name, ...otherNames].flatMap((each) => [each, fullName(unitType, each)]);

/** The same name as people write it: without diacritics and the unit's word. */
export const sameName = (a: string, b: string): boolean =>
  foldPlace(a) === foldPlace(b) || barePlace(a) === barePlace(b);

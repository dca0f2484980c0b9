import { byName } from '../../shared/order.ts';
import { barePlace, distance, foldPlace, type PlaceVersion } from './place.ts';

/** What a village's name in a list means: one place, or why not, with the nearest names. */
export type VillageMatch =
  | { readonly placeId: string }
  | { readonly placeId: null; readonly why: 'none' | 'several'; readonly nearest: readonly string[] };

/**
 * Matches the village names of a list against the villages of its commune: first as written, then without the word
 * thôn/bản/tổ … before it ("Thôn Bản Mù" for Bản Mù), then without such a word on either side; a name that fits several
 * villages is not guessed.
 */
export const matchVillages = (
  villages: readonly PlaceVersion[],
  texts: readonly string[],
): Map<string, VillageMatch> => {
  const whole = new Map<string, Set<string>>();
  const bare = new Map<string, Set<string>>();
  const put = (map: Map<string, Set<string>>, key: string, id: string): void => {
    map.set(key, (map.get(key) ?? new Set()).add(id));
  };
  for (const village of villages) {
    for (const name of [village.name, ...village.otherNames]) {
      put(whole, foldPlace(name), village.placeId);
      put(whole, `${foldPlace(village.unitType)} ${barePlace(name)}`, village.placeId);
      put(bare, barePlace(name), village.placeId);
    }
  }
  const match = (text: string): VillageMatch => {
    const found =
      whole.get(foldPlace(text)) ?? whole.get(barePlace(text)) ?? bare.get(barePlace(text)) ?? new Set<string>();
    if (found.size === 1) return { placeId: [...found][0]! };
    const target = barePlace(text);
    const nearest = villages
      .map((village) => ({ name: village.name, far: distance(barePlace(village.name), target) }))
      .sort((a, b) => a.far - b.far || byName(a.name, b.name))
      .filter(({ far }) => far <= Math.max(2, target.length / 3))
      .slice(0, 3)
      .map(({ name }) => name);
    return { placeId: null, why: found.size > 1 ? 'several' : 'none', nearest };
  };
  return new Map(texts.map((text) => [text, match(text)]));
};

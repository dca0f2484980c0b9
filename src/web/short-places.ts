import { capital } from './show.ts';

const split = (place: string): readonly [string, string] => {
  const at = place.indexOf(', ');
  return at === -1 ? [place, ''] : [place.slice(0, at), place.slice(at)];
};

/**
 * Names of places in the rows of one list, as they begin a cell: where all lie in the same commune ("thôn Một, xã Hạnh Phúc" …),
 * the village alone says which it is; else as they are.
 */
export const shortPlaces = (places: Iterable<string>): ((place: string) => string) => {
  const communes = new Set<string>();
  for (const place of places) if (place !== '') communes.add(split(place)[1]);
  return communes.size > 1 ? capital : (place) => capital(split(place)[0]);
};

/** "Thôn Một, Thôn Hai, xã Hạnh Phúc": the commune once, where all lie in one; else each with its own. */
export const placesText = (places: readonly string[]): string => {
  const communes = new Set(places.map((place) => split(place)[1]));
  const [commune] = communes;
  return places.length < 2 || communes.size > 1 || !commune
    ? places.map(capital).join('; ')
    : places.map((place) => capital(split(place)[0])).join(', ') + commune;
};

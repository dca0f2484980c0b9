import { fold } from '../../../shared/text.ts';
import { type PlaceVersion, sameName } from '../place.ts';
import { matchVillages } from '../village-texts.ts';
import type { FileShape } from './shape.ts';

/** A feature that is no village's: `page.map.why.<why>` says it. */
export interface LeftShape {
  readonly number: number;
  /** What the file calls it; empty when it has no name. */
  readonly text: string;
  readonly why: 'none' | 'several' | 'no-name' | 'elsewhere' | 'second-point';
  /** Names of villages that are nearly the same. */
  readonly nearest: readonly string[];
}

interface MatchedShapes {
  /** By village, in the order of the file. */
  readonly found: ReadonlyMap<string, readonly FileShape[]>;
  readonly left: readonly LeftShape[];
}

const keyOf = (key: string): string => fold(key).replace(/[^a-z]/gu, '');

/** Columns that by their heading hold the names of villages, a code, or the commune. */
const NAME_KEYS = new Set([
  ...['ten', 'name', 'village', 'thon', 'ban', 'xom', 'thonban', 'tdp', 'label', 'nhan', 'diadanh'],
  ...['tenthon', 'tenban', 'tenxom', 'tento', 'tentdp', 'tenthonban', 'tenap', 'tenbuon', 'tenkhu', 'tenkhupho'],
  ...['tendiadanh', 'tendoituong', 'villagename', 'namevi', 'tenvi'],
]);
const CODE_KEYS = new Set(['placeid', 'ma', 'code', 'mathon', 'maban', 'mato', 'villagecode']);
const COMMUNE_KEYS = new Set([
  ...['xa', 'tenxa', 'maxa', 'phuong', 'tenphuong', 'xaphuong', 'tenxaphuong', 'phuongxa', 'tenphuongxa'],
  ...['commune', 'communename', 'communecode', 'ward', 'wardname'],
]);

const keysOf = (shapes: readonly FileShape[]): string[] => [
  ...new Set(shapes.flatMap(({ properties }) => Object.keys(properties))),
];

/** The village that a feature names by its id or its official code. */
const byCode = (villages: readonly PlaceVersion[], { properties }: FileShape): string | undefined =>
  villages.find(({ placeId, officialCode }) =>
    Object.entries(properties).some(
      ([key, value]) =>
        value.toLowerCase() === placeId ||
        (officialCode !== null && CODE_KEYS.has(keyOf(key)) && value === officialCode),
    ),
  )?.placeId;

/**
 * The column with the names: of those headed so the one that fits most villages, else of all the one that does. Numbers
 * alone are names under such a heading only: a column that counts the rows fits "Thôn 1", "Thôn 2" as well.
 */
const nameKey = (villages: readonly PlaceVersion[], shapes: readonly FileShape[]): string | undefined => {
  const fits = (key: string, numbersToo: boolean): number => {
    const texts = shapes
      .map(({ properties }) => properties[key] ?? '')
      .filter((text) => text !== '' && (numbersToo || !/^[\d\s.,-]+$/u.test(text)));
    const matches = matchVillages(villages, texts);
    return texts.filter((text) => {
      const match = matches.get(text)!;
      return match.placeId !== null || match.why === 'several';
    }).length;
  };
  const best = (keys: readonly string[], numbersToo: boolean): string | undefined =>
    keys
      .map((key) => ({ key, count: fits(key, numbersToo) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)[0]?.key;
  const keys = keysOf(shapes);
  const headed = keys.filter((key) => NAME_KEYS.has(keyOf(key)));
  return best(headed, true) ?? best(keys, false) ?? headed[0];
};

/** Features that lie in another commune, as a column of the file says; without such a column, none. */
const elsewhere = (shapes: readonly FileShape[], commune: readonly string[]): Set<FileShape> => {
  const here = (text: string): boolean => commune.some((name) => name === text || sameName(name, text));
  const key = keysOf(shapes).find(
    (each) =>
      COMMUNE_KEYS.has(keyOf(each)) && shapes.some(({ properties }) => properties[each] && here(properties[each])),
  );
  return new Set(key === undefined ? [] : shapes.filter(({ properties }) => !here(properties[key] ?? '')));
};

/**
 * Which features of a file are which villages of a commune: by id or official code, else by name. A name that fits several
 * villages is not guessed; features of one village are taken together, but for a second point.
 *
 * @param commune names and codes of the commune, and of what it was made of: a file of a province has many a "Thôn 1"
 */
export const matchShapes = (
  villages: readonly PlaceVersion[],
  shapes: readonly FileShape[],
  commune: readonly string[],
): MatchedShapes => {
  const found = new Map<string, FileShape[]>();
  const left: LeftShape[] = [];
  const others = elsewhere(shapes, commune);
  const ours = shapes.filter((shape) => !others.has(shape));
  const key = nameKey(villages, ours);
  const nameOf = ({ properties }: FileShape): string => (key === undefined ? '' : (properties[key] ?? ''));
  const names = matchVillages(villages, ours.map(nameOf));
  const leave = (shape: FileShape, why: LeftShape['why'], nearest: readonly string[] = []) =>
    left.push({ number: shape.number, text: nameOf(shape), why, nearest });
  for (const shape of shapes) {
    if (others.has(shape)) {
      leave(shape, 'elsewhere');
      continue;
    }
    const name = nameOf(shape);
    const match = names.get(name);
    const placeId = byCode(villages, shape) ?? (name === '' ? undefined : match?.placeId);
    if (!placeId) {
      if (name === '' || !match || match.placeId !== null) leave(shape, 'no-name');
      else leave(shape, match.why, match.nearest);
      continue;
    }
    const known = found.get(placeId) ?? [];
    if (shape.geometry.type === 'Point' && known.length > 0) leave(shape, 'second-point');
    else found.set(placeId, [...known, shape]);
  }
  return { found, left };
};

import type { Context } from '../../platform/command.ts';
import { type Day, readDay, showDay } from '../../shared/dates.ts';
import { isId } from '../../shared/ids.ts';
import { clean, fold } from '../../shared/text.ts';
import { type FoundPlace, findPlaces } from './find-places.ts';
import { fullName, type PlaceKind, placeNames, sameName } from './place.ts';
import { findByCode, pathsOf, versionsOf } from './store.ts';
import { daysThen } from './store-covered.ts';

const CODE = /^\d{1,5}$/u;
const CANDIDATES = 20;
const MOST = 100;

/** Codes are as long as their kind: two digits a province, three a district, five a commune (a leading zero may be lost). */
const kindOfCode = (code: string): PlaceKind =>
  code.length <= 2 ? 'province' : code.length === 3 ? 'district' : 'commune';

const LENGTH: Readonly<Partial<Record<PlaceKind, number>>> = { province: 2, district: 3, commune: 5 };

/** Folded, and "số 01" as "1". */
const plain = (text: string): string => fold(text).replace(/\b(?:so )?0*(?=\d)/gu, '');

/**
 * The places that a text in somebody's document may mean: an official code or a name ("Thôn Ví Dụ, xã Bản Mù"), as on the
 * given day, or on the day written behind it ("04585@30/06/2025"); or an id. One place when the text is clear, several when
 * it is not, none when nobody knows it (or the day is none).
 */
export const placesCalled = async (ctx: Context, text: string, on: Day): Promise<string[]> => {
  const asked = clean(text);
  if (isId(asked)) return (await versionsOf(ctx.tx, asked)).length > 0 ? [asked] : [];
  const at = asked.lastIndexOf('@');
  const written = at < 0 ? undefined : readDay(asked.slice(at + 1));
  if (at >= 0 && written?.precision !== 'day') return [];
  const day = written?.date ?? on;
  const name = clean(at < 0 ? asked : asked.slice(0, at));
  if (!CODE.test(name)) return (await byName(ctx, name, day)).map(({ placeId }) => placeId);
  const kind = kindOfCode(name);
  const found = await findByCode(ctx.tx, name.padStart(LENGTH[kind] ?? 0, '0'), day, kind);
  return found ? [found.placeId] : [];
};

const byName = async (ctx: Context, text: string, on: Day): Promise<FoundPlace[]> => {
  const [name = '', ...above] = text.split(',').map(clean);
  if (fold(name) === '') return [];
  const over = above.length > 0 ? (await byName(ctx, above.join(','), on)).slice(0, CANDIDATES) : undefined;
  const near: FoundPlace[] = [];
  for (const within of over?.map(({ placeId }) => placeId) ?? [null])
    near.push(...(await findPlaces.run(ctx, { text: name, on, within, limit: MOST })));
  const known = [...new Map(near.map((place) => [place.placeId, place])).values()];
  const called = (is: (known: string) => boolean) => known.filter((place) => placeNames(place).some(is));
  const exact = called((each) => plain(each) === plain(name));
  // The unit's word may be left out, but no other one stands for it: "Thôn 1" is not "Tổ 1".
  return exact.length > 0 ? exact : called((each) => sameName(each, name) && plain(each).endsWith(` ${plain(name)}`));
};

/**
 * A text that means just this place for `placesCalled`, whatever day that is asked on: its code or its path of names, with a
 * day on which they are so (its last one, when it has ended by `on`); its id only where neither is clear.
 */
export const writePlace = async (ctx: Context, placeId: string, on: Day): Promise<string> => {
  const day = (await daysThen(ctx.tx, [placeId], on)).get(placeId);
  if (!day) return placeId;
  const version = (await versionsOf(ctx.tx, placeId)).find(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo > day),
  );
  const path = (await pathsOf(ctx.tx, [placeId], day)).get(placeId) ?? [];
  const names = [version, ...path].flatMap((each) => (each ? [fullName(each.unitType, each.name)] : []));
  const ways = [
    ...(version?.officialCode ? [version.officialCode] : []),
    ...names.map((_, end) => names.slice(0, end + 1).join(', ')).slice(path.length > 0 ? 1 : 0),
  ];
  for (const way of ways) {
    const text = `${way}@${showDay(day)}`;
    const [only, ...others] = await placesCalled(ctx, text, day);
    if (only === placeId && others.length === 0) return text;
  }
  return placeId;
};

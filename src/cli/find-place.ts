import {
  type FoundPlace,
  findByCode,
  findPlaces,
  fullName,
  getPlace,
  type PlaceKind,
  placeNames,
  sameName,
} from '../modules/territory/index.ts';
import { addDays, type Day, showDay } from '../shared/dates.ts';
import { AppError, type FieldFault, notFound } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import { fold } from '../shared/text.ts';
import { readDate } from './read-options.ts';
import type { Session } from './session.ts';

const CODE = /^(\d{1,5})(?:@(.+))?$/u;
const CANDIDATES = 20;
const MOST = 100;

/** Codes are as long as their kind: two digits a province, three a district, five a commune (a leading zero may be lost). */
const kindOfCode = (code: string): PlaceKind =>
  code.length <= 2 ? 'province' : code.length === 3 ? 'district' : 'commune';

const LENGTH: Readonly<Partial<Record<PlaceKind, number>>> = { province: 2, district: 3, commune: 5 };

/**
 * The place that somebody means: an id; an official code, with `@DATE` when it is that of another day (codes are used
 * again for other units); or a name, also as "village, commune". A name must mean one place on that day; else all that
 * it may mean are listed with their ids, and nothing is guessed.
 */
export const findPlace = async (session: Session, text: string, on: Day): Promise<string> => {
  const asked = text.trim();
  if (isId(asked)) return (await session.ask(getPlace, { placeId: asked })).placeId;
  const coded = CODE.exec(asked);
  return coded ? byCode(session, coded[1]!, dayOfCode(asked) ?? on) : byName(session, asked, on);
};

/** The day that somebody put behind a code. */
export const dayOfCode = (text: string): Day | undefined => {
  const day = CODE.exec(text.trim())?.[2];
  return day === undefined ? undefined : readDate(day, text);
};

const byCode = async (session: Session, code: string, on: Day): Promise<string> => {
  const kind = kindOfCode(code);
  const { database } = await session.app();
  // Units and their codes are public: whoever may start the command may ask.
  const found = await findByCode(database.db, code.padStart(LENGTH[kind] ?? 0, '0'), on, kind);
  if (!found) throw notFound('cli.no-code', { code, on: showDay(on) });
  return found.placeId;
};

interface Matches {
  /** Places of just this name. */
  readonly same: readonly FoundPlace[];
  /** Places whose name, or a word of it, begins so. */
  readonly near: readonly FoundPlace[];
}

/** Folded, and "số 01" as "1". */
const plain = (text: string): string => fold(text).replace(/\b(?:so )?0*(?=\d)/gu, '');

/** What a name, or "name, of this commune", may mean on a day. */
const matching = async (session: Session, text: string, on: Day): Promise<Matches> => {
  const [name = '', ...above] = text.split(',').map((part) => part.trim());
  const over = above.length > 0 ? await matching(session, above.join(','), on) : undefined;
  const near: FoundPlace[] = [];
  for (const within of over ? over.same.slice(0, CANDIDATES).map(({ placeId }) => placeId) : [null])
    near.push(...(await session.ask(findPlaces, { text: name, on, within, limit: MOST })));
  const known = [...new Map(near.map((place) => [place.placeId, place])).values()];
  const called = (is: (known: string) => boolean) => known.filter((place) => placeNames(place).some(is));
  const exact = called((each) => plain(each) === plain(name));
  // The unit's word may be left out, but no other one stands for it: "Thôn 1" is not "Tổ 1".
  const bare = called((each) => sameName(each, name) && plain(each).endsWith(` ${plain(name)}`));
  return { same: exact.length > 0 ? exact : bare, near: known };
};

const byName = async (session: Session, text: string, on: Day): Promise<string> => {
  const { same, near } = await matching(session, text, on);
  const [only, ...others] = same;
  if (only && others.length === 0) return only.placeId;
  if (only) throw new AppError('invalid', 'cli.place-many', { text, count: same.length }, candidates(same));
  if (near.length === 0) throw notFound('cli.no-place', { text, on: showDay(on) });
  throw new AppError('not-found', 'cli.place-near', { text, on: showDay(on) }, candidates(near));
};

const candidates = (places: readonly FoundPlace[]): FieldFault[] =>
  places.slice(0, CANDIDATES).map((place) => ({
    path: place.placeId,
    code: 'cli.candidate',
    params: { place: placeWithPath(place), code: place.officialCode ?? '–' },
  }));

/** "thôn Ví Dụ, Bản Mù, Yên Bái". */
const placeWithPath = ({ unitType, name, path }: FoundPlace): string => [fullName(unitType, name), ...path].join(', ');

/** A place's name as it is, or last was; empty when nobody knows it. */
export const placeName = async (session: Session, placeId: string): Promise<string> => {
  const { versions } = await session.ask(getPlace, { placeId });
  const last = versions.at(-1);
  return last ? fullName(last.unitType, last.name) : '';
};

/** From its first day to its last. */
export const span = (from: Day, to: Day | null): string =>
  `${from <= '1900-01-01' ? '…' : showDay(from)} – ${to === null ? '…' : showDay(addDays(to, -1))}`;

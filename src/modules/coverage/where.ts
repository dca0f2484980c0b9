import type { Db } from '../../platform/db/connect.ts';
import { type Day, showDay } from '../../shared/dates.ts';
import { conflict } from '../../shared/errors.ts';
import { communesAbove, daysThen, endedUnder, findVersion, placesUnder, placesWithin } from '../territory/index.ts';

export const levels = ['village', 'commune', 'total'] as const;

export type Level = (typeof levels)[number];

/** A place that figures are asked for, on a day, by the map of the same or another day. */
export interface Where {
  readonly placeId: string;
  /** The map by which villages are put under communes. */
  readonly boundaries: Day;
  /** The day whose map says what lies in the place: that of the boundaries, or one on which it was there. */
  readonly placeDay: Day;
  /** Everything in the place: by that map, and, so that nobody is left out, by that of the day of the figures. */
  readonly inside: ReadonlySet<string>;
  /** Nothing was taken out of `inside`: what is kept of the place itself says the same. */
  readonly whole: boolean;
}

/** A place without those in it that are not looked at, or are counted elsewhere. */
export const cutTo = (where: Where, stays: (placeId: string) => boolean): Where => {
  const inside = new Set([...where.inside].filter(stays));
  return inside.size === where.inside.size ? where : { ...where, inside, whole: false };
};

interface Days {
  readonly on: Day;
  readonly today: Day;
  readonly boundaries: Day | null;
}

/** What lies in places on a day; of one answer the same is asked by its lines and by its place. */
export type Under = (placeIds: readonly string[], on: Day) => Promise<string[]>;

export const rememberUnder = (tx: Db): Under => {
  const known = new Map<string, Promise<string[]>>();
  return (placeIds, on) => {
    const key = `${on} ${[...placeIds].sort().join(' ')}`;
    const under = known.get(key) ?? placesUnder(tx, placeIds, on);
    known.set(key, under);
    return under;
  };
};

export const whereOf = async (
  tx: Db,
  placeId: string,
  { on, today, boundaries }: Days,
  under: Under,
): Promise<Where> => {
  const last = (await daysThen(tx, [placeId], today)).get(placeId);
  const days = [...(boundaries ? [boundaries] : []), on, today, ...(last ? [last] : [])];
  let placeDay: Day | undefined;
  for (const day of days) if (!placeDay && (await findVersion(tx, placeId, day))) placeDay = day;
  if (!placeDay) throw conflict('place-not-then', { on: showDay(on) });
  const byMap = await under([placeId], placeDay);
  const then = placeDay === on ? [] : await under([placeId], on);
  return { placeId, boundaries: boundaries ?? placeDay, placeDay, inside: new Set([...byMap, ...then]), whole: true };
};

/** Where nothing of the map fits: villages that it does not know, posts above the commune. */
export const ELSEWHERE = 'elsewhere';

/** In which row of the answer an own place is counted, and which rows stand there even when nobody is counted in them. */
export interface Grouping {
  readonly groupOf: (placeId: string) => string;
  readonly rows: readonly string[];
  /** Every row holds the whole of its place, and the map is that of the day: cells of that level say the same. */
  readonly plain: boolean;
}

const byCommune = async (tx: Db, where: Where, own: readonly string[]): Promise<Grouping> => {
  const { placeId, boundaries, placeDay } = where;
  const within =
    placeDay === boundaries
      ? (await placesWithin(tx, placeId, boundaries, 'commune')).map((commune) => commune.placeId)
      : [];
  const known = new Set(within);
  // A commune is its own: posts of officers are there.
  const below = own.filter((each) => !known.has(each));
  const above = await communesAbove(tx, below, boundaries, within);
  const communes = new Map(below.map((placeId) => [placeId, above.get(placeId) ?? ELSEWHERE]));
  // A village that has ended is in the commune that it lay in at the end, or that has what it became.
  const lost = below.filter((each) => communes.get(each) === ELSEWHERE);
  for (const { placeId: village, ancestorId } of await endedUnder(tx, lost, boundaries))
    if (known.has(ancestorId)) communes.set(village, ancestorId);
  const isCommune = new Set([...within, ...communes.values()]);
  const groupOf = (placeId: string) => (isCommune.has(placeId) ? placeId : (communes.get(placeId) ?? ELSEWHERE));
  const taken = new Set(own.map(groupOf));
  const named = within.length > 0 ? within.filter((commune) => taken.has(commune)) : [...taken];
  return { groupOf, rows: named.filter((each) => each !== ELSEWHERE), plain: within.length > 0 };
};

/**
 * How own places are put together. A place below the commune has no communes in it: by the map of its day it is one row of
 * itself.
 */
export const groupingOf = async (tx: Db, where: Where, by: Level, own: readonly string[]): Promise<Grouping> => {
  const { placeId, boundaries, placeDay } = where;
  if (by === 'village') {
    const villages = new Map(
      (await placesWithin(tx, placeId, placeDay, 'village')).map((each) => [each.placeId, each]),
    );
    const onMap = new Set(await placesUnder(tx, [placeId], placeDay));
    const taken = new Set(own);
    return {
      groupOf: (each) => (onMap.has(each) ? each : ELSEWHERE),
      rows: [...villages.keys()].filter((each) => taken.has(each)),
      plain: false,
    };
  }
  if (by === 'commune') {
    const grouping = await byCommune(tx, where, own);
    if (grouping.plain || placeDay !== boundaries) return grouping;
  }
  return { groupOf: () => placeId, rows: [placeId], plain: true };
};

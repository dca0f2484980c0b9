import { clean } from './text.ts';

/**
 * Calendar days as `yyyy-mm-dd` strings, the only form in which a day travels in this product; on screen dd/mm/yyyy.
 * A day is a day in Asia/Ho_Chi_Minh (UTC+7, no summer time since 1975).
 */
export type Day = string;

export const ZONE = 'Asia/Ho_Chi_Minh';

/** What is known of a date of birth: the day, the month, or, often, only the year. `date` is the first possible day. */
export interface PartialDate {
  readonly date: Day;
  readonly precision: 'day' | 'month' | 'year';
}

export const isDay = (text: string): boolean => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return parts !== null && day(Number(parts[1]), Number(parts[2]), Number(parts[3])) === text;
};

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** A real calendar day, or undefined (31/02, month 13, year 0). */
export const day = (year: number, month: number, dayOfMonth: number): Day | undefined => {
  const at = new Date(Date.UTC(year, month - 1, dayOfMonth));
  const real =
    year >= 1000 &&
    year <= 9999 &&
    at.getUTCFullYear() === year &&
    at.getUTCMonth() === month - 1 &&
    at.getUTCDate() === dayOfMonth;
  return real ? `${year}-${two(month)}-${two(dayOfMonth)}` : undefined;
};

// To make one takes a hundred times as long as to use it.
const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });

export const dayOf = (at: Date): Day => isoDay.format(at);

export const addDays = (from: Day, days: number): Day => {
  const at = new Date(`${from}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
};

/** dd/mm/yyyy, or mm/yyyy or yyyy when that is all that is known. */
export const showDay = (date: Day, precision: PartialDate['precision'] = 'day'): string => {
  const [y, m, d] = date.split('-');
  if (precision === 'year') return y!;
  return precision === 'month' ? `${m}/${y}` : `${d}/${m}/${y}`;
};

/**
 * A day as people type it: dd/mm/yyyy (also with . or -), yyyy-mm-dd, mm/yyyy or yyyy; 00 stands for a day or month that
 * is not known; a time of day behind it is dropped. Undefined when it is none of these or no real day; a year of two
 * digits is not guessed.
 */
export const readDay = (text: string): PartialDate | undefined => {
  let typed = clean(text);
  if (typed.includes(':')) typed = typed.replace(/[\s,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?$/iu, '');
  if (typed.endsWith('.')) typed = typed.replace(/(?<=\d)\.$/u, '');
  const vn = /^(?:(?:(\d{1,2})\s*[/.-]\s*)?(\d{1,2})\s*[/.-]\s*)?(\d{4})$/u.exec(typed);
  if (vn) return partial(Number(vn[3]), Number(vn[2] ?? 0), Number(vn[1] ?? 0));
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+Z?)?$/u.exec(typed);
  return iso ? partial(Number(iso[1]), Number(iso[2]), Number(iso[3])) : undefined;
};

const partial = (year: number, month: number, dayOfMonth: number): PartialDate | undefined => {
  // A day without its month says nothing that can be kept.
  if (month === 0 && dayOfMonth > 0) return undefined;
  const date = day(year, month || 1, dayOfMonth || 1);
  return date ? { date, precision: dayOfMonth ? 'day' : month ? 'month' : 'year' } : undefined;
};

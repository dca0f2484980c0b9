import type { Cell } from '../../../platform/sheets/index.ts';
import { addDays, type Day, isDay, type PartialDate, readDay, showDay } from '../../../shared/dates.ts';
import type { Params } from '../../../shared/errors.ts';
import { remember } from '../../../shared/remember.ts';
import { clean, fold, isPlain } from '../../../shared/text.ts';

/** What one cell says, or why it could not be told (a fault code); `note` = read, with a remark (a warning code). */
export interface Reading<T> {
  readonly value: T | null;
  readonly fault?: string;
  readonly note?: string;
  readonly params?: Params;
}

export const nothing = { value: null } as const;
export const unreadable = (fault: string, params?: Params) =>
  ({ value: null, fault, ...(params && { params }) }) as const;

/** Nothing but signs that people put where they have nothing to write. */
export const empty = (text: string): boolean => /^[-–—_./…?\s]*$/u.test(text);

// A cell is looked at several times before its row is understood.
const tidyMarked = remember((text) => clean(text.replace(/\p{Cc}+/gu, ' ')).toWellFormed(), 10_000);

/** One line without control characters, which no column of text in the database takes. */
export const tidy = (text: string): string => (isPlain(text) ? text : tidyMarked(text));

export const textOf = (cell: Cell | undefined): string => (cell && !cell.unreadable ? tidy(cell.text) : '');

/** A question mark right before a letter: a program that could not write the letter there wrote the mark for it. */
export const lettersLost = (text: string): boolean => /\?\p{L}|\uFFFD/u.test(text);

/** A text cut to a length without cutting a character apart. */
export const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed();

const daysSince1899 = (at: Date): number => Math.floor(at.getTime() / 86_400_000) + 25_569;

// Five digits are a day between 1927 and 2064 whose date format was lost; four could as well be a year typed wrongly.
const SERIAL = { from: 10_000, to: 60_000 };

const BARE_DATE = /^[\d/.-]+$/u;

const plainDate = (text: string): string => {
  if (BARE_DATE.test(text)) return text;
  return text
    .replace(/^['’]/u, '')
    .replace(/^(?:(?:sinh|ng[aà]y|th[aá]ng|n[aă]m|ns|sn)[\s:.]+)+/iu, '')
    .replace(/\s*(?:th[aá]ng|n[aă]m)\s*/giu, '/');
};

/** A date of birth or of a paper; `after` = a day that it cannot lie behind (today, the review). */
export const readDate = (cell: Cell, after: Day): Reading<PartialDate> => {
  const text = textOf(cell);
  if (empty(text)) return nothing;
  let note: Partial<Reading<PartialDate>> = {};
  let found: PartialDate | undefined;
  if (cell.value instanceof Date) {
    // The year 1962 in a cell formatted as a date is the day 1,962 after 1899: a day of spring 1905.
    const days = daysSince1899(cell.value);
    if (days >= 1900 && days <= Number(after.slice(0, 4))) return unreadable('list.date-year', { year: String(days) });
    found = readDay(text);
  } else if (/^\d{5}(?:[.,]\d+)?$/u.test(text)) {
    const serial = Number.parseInt(text, 10);
    if (serial >= SERIAL.from && serial <= SERIAL.to) {
      const date = addDays('1899-12-30', serial);
      found = { date, precision: 'day' };
      note = { note: 'list.date-serial', params: { date: showDay(date) } };
    }
  } else found = readDay(plainDate(text));
  if (!found || !isDay(found.date) || found.date < '1850-01-01') return unreadable('list.date');
  return found.date > after ? unreadable('list.date-ahead') : { value: found, ...note };
};

/** A day of a paper: less than a day is not enough. */
export const readFullDay = (cell: Cell, after: Day): Reading<Day> => {
  const { value, ...rest } = readDate(cell, after);
  if (!value) return { value: null, ...rest };
  return value.precision === 'day' ? { value: value.date, ...rest } : unreadable('list.date-partial');
};

export const readWhole = (cell: Cell): Reading<number> => {
  const text = textOf(cell).replace(/\s*(?:nhân khẩu|khẩu|người|điểm|đ|k)\.?$/iu, '');
  if (empty(text)) return empty(textOf(cell)) ? nothing : unreadable('list.number');
  return /^\d{1,4}(?:[.,]0{1,2})?$/u.test(text) ? { value: Number.parseInt(text, 10) } : unreadable('list.number');
};

const SEX: ReadonlyMap<string, 'male' | 'female'> = new Map([
  ...['nam', 'trai', 'm', 'male', 'nam gioi', 'ong'].map((word) => [word, 'male'] as const),
  ...['nu', 'gai', 'f', 'female', 'nu gioi', 'ba'].map((word) => [word, 'female'] as const),
]);

export const readSex = (cell: Cell): Reading<'male' | 'female'> => {
  const text = textOf(cell);
  if (empty(text)) return nothing;
  const value = SEX.get(fold(text));
  return value ? { value } : unreadable('list.sex');
};

const YES = /^(?:x+|v|1|10|co|yes|true|dung|thieu|thieu hut|bi thieu hut|10 diem)$/u;
const NO = /^(?:0|khong|k|ko|no|false|khong co|khong thieu( hut)?|0 diem|00)$/u;

/** The ticks of the font Wingdings, which are letters when the font is not kept. */
export const isTick = (cell: Cell): boolean => /^[üþ]$/u.test(cell.text.trim());

/** A mark in a column of marks; an empty cell is "no" there, because that is how lists are marked. */
export const readMark = (cell: Cell): Reading<boolean> => {
  if (isTick(cell)) return { value: true };
  const text = textOf(cell);
  if (text !== '?' && empty(text)) return { value: false };
  const folded = fold(text.replace(/[.,]0{1,2}$/u, ''));
  if (YES.test(folded) || /^[✓✔√☑☒+×хХ*●•]+$/u.test(text)) return { value: true };
  return NO.test(folded) ? { value: false } : unreadable('list.mark');
};

const yesNo =
  (yes: RegExp, no: RegExp) =>
  (cell: Cell): Reading<boolean> => {
    const text = textOf(cell);
    if (empty(text) && !isTick(cell)) return nothing;
    const folded = fold(text);
    if (no.test(folded)) return { value: false };
    return yes.test(folded) ? { value: true } : readMark(cell);
  };

/** Has a health insurance card; many lists write its number or its code of rights instead of "có". */
export const readInsured = yesNo(
  /^[a-z]{2} ?\d[\d ]{7,}$|^\d{10}$|^(?:da |dang )?(?:co|tham gia|duoc cap|cap)\b.*$/u,
  /^(?:khong|chua)\b/u,
);

/** Disabled: a mark, or how much, or in what. */
export const readDisabled = yesNo(
  /^(?:(?:dac biet )?nang|nhe|van dong|nghe noi|nhin|than kinh.*|tri tue|khac|kt|nkt|khuyet tat.*)$/u,
  /^khong\b/u,
);

export const readReads = yesNo(
  /^(?:biet|doc duoc|biet doc).*$/u,
  /^(?:(?:khong|chua)( biet| doc duoc)?( doc)?( chu)?|mu chu)$/u,
);

/** Digits that a spreadsheet replaced by zeros, or by E+11, are gone. */
export const lostDigits = (text: string): boolean =>
  /^\d(?:[.,]\d+)?e\+?\d+$/iu.test(text.replace(/\s/gu, '')) || /^\d{4,6}0{6,}$/u.test(text);

/** Codes of provinces in a số định danh: 001, 002, 004, 006, 008, then 010 to 096. */
const PROVINCE = /^0(?:0[12468]|[1-8]\d|9[0-6])/u;

/**
 * Zeros that a spreadsheet dropped in front are put back: a number that still begins with one has lost another digit, and
 * nobody knows which.
 */
const withZeros = (digits: string): string | undefined => {
  if (/^[1-9]\d{7}$/u.test(digits)) return digits.padStart(9, '0');
  const whole = digits.padStart(12, '0');
  return /^[1-9]\d{9,10}$/u.test(digits) && PROVINCE.test(whole) ? whole : undefined;
};

/** Số định danh (12 digits), or the 9 digits of a CMND. */
export const readIdNumber = (cell: Cell): Reading<string> => {
  const text = textOf(cell).replace(/^(?:số\s*)?(?:cccd|cmnd|cmt|cc|đdcn)[\s:.]*/iu, '');
  if (empty(text) || /^(?:khong|chua)( co| lam| cap)?$/u.test(fold(text))) return nothing;
  if (lostDigits(text)) return unreadable('list.id-lost');
  const digits = text.replace(/[\s.'’-]/gu, '');
  if (/^\d{12}$|^\d{9}$/u.test(digits)) return { value: digits };
  const whole = withZeros(digits);
  return whole ? { value: whole, note: 'list.id-zero' } : unreadable('list.id');
};

/**
 * Century and sex (4th digit) and year of birth (5th, 6th) of a số định danh (NĐ 137/2015/NĐ-CP, art. 13);
 * undefined for the nine digits of a CMND.
 */
export const factsOfId = (id: string): { sex: 'male' | 'female'; year: number } | undefined => {
  if (id.length !== 12) return undefined;
  const century = Number(id[3]);
  return {
    sex: century % 2 === 0 ? 'male' : 'female',
    year: 1900 + Math.floor(century / 2) * 100 + Number(id.slice(4, 6)),
  };
};

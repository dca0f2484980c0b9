import type { Cell } from '../../../platform/sheets/index.ts';
import { addDays, type Day, day, isDay, type PartialDate, readDay } from '../../../shared/dates.ts';
import { clean, fold } from '../../../shared/text.ts';

/** What one cell says, or why it could not be told (a fault code); `note` = read, with a remark (a warning code). */
export interface Reading<T> {
  readonly value: T | null;
  readonly fault?: string;
  readonly note?: string;
}

const nothing = { value: null } as const;
const unreadable = (fault: string) => ({ value: null, fault }) as const;
const empty = (text: string): boolean => /^[-–—./?]*$/u.test(text);

export const textOf = (cell: Cell | undefined): string => (cell && !cell.unreadable ? clean(cell.text) : '');

// Excel counts days from 30/12/1899; between these lie 1910 and 2064, which no year or household number looks like.
const SERIAL = { from: 3_654, to: 60_000 };

const fromSerial = (serial: number): Day => addDays('1899-12-30', Math.floor(serial));

/** A date of birth or of a paper; `after` = a day that it cannot lie behind (today, the review). */
export const readDate = (cell: Cell, after: Day): Reading<PartialDate> => {
  const text = textOf(cell);
  if (empty(text)) return nothing;
  let found: PartialDate | undefined;
  if (cell.value instanceof Date) {
    const at = cell.value;
    const date = day(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
    found = date ? { date, precision: 'day' } : undefined;
  } else if (/^\d{4,5}$/u.test(text) && (text.length === 5 || Number(text) > 2100)) {
    const serial = Number(text);
    found = serial >= SERIAL.from && serial <= SERIAL.to ? { date: fromSerial(serial), precision: 'day' } : undefined;
  } else {
    found = readDay(text.replace(/^(?:ngày|sinh năm|năm)\s+/iu, ''));
  }
  if (!found || !isDay(found.date) || found.date < '1850-01-01') return unreadable('list.date');
  return found.date > after ? unreadable('list.date-ahead') : { value: found };
};

export const readWhole = (cell: Cell): Reading<number> => {
  const text = textOf(cell);
  if (empty(text)) return nothing;
  const number = /^\d+(?:[.,]0+)?$/u.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  return Number.isInteger(number) && number < 10_000 ? { value: number } : unreadable('list.number');
};

const SEX: Readonly<Record<string, 'male' | 'female'>> = {
  nam: 'male', trai: 'male', m: 'male', male: 'male', nu: 'female', gai: 'female', f: 'female', female: 'female', 'nu gioi': 'female', 'nam gioi': 'male',
}; // biome-ignore format: a table of words

export const readSex = (cell: Cell): Reading<'male' | 'female'> => {
  const text = fold(textOf(cell));
  if (!text) return nothing;
  return SEX[text] ? { value: SEX[text] } : unreadable('list.sex');
};

const YES = /^(?:x+|v|✓|✔|√|1|10|co|yes|true|dung|thieu|thieu hut)$/u;
const NO = /^(?:0|khong|k|ko|no|false|khong thieu( hut)?)$/u;

/** A mark in a column of marks; an empty cell is "no" there, because that is how lists are marked. */
export const readMark = (cell: Cell): Reading<boolean> => {
  const text = textOf(cell);
  if (empty(text)) return { value: false };
  const folded = fold(text) || text.toLowerCase();
  if (YES.test(folded) || /^[✓✔√☑+]$/u.test(text)) return { value: true };
  return NO.test(folded) ? { value: false } : unreadable('list.mark');
};

/** Yes, no, or nothing said. */
export const readYesNo = (cell: Cell): Reading<boolean> => (empty(textOf(cell)) ? nothing : readMark(cell));

/** Số định danh (12 digits), or the 9 digits of a CMND; leading zeros that a spreadsheet dropped are put back. */
export const readIdNumber = (cell: Cell): Reading<string> => {
  const text = textOf(cell);
  if (empty(text)) return nothing;
  const digits = text.replace(/[\s.'’-]/gu, '');
  if (/^\d{12}$|^\d{9}$/u.test(digits)) return { value: digits };
  if (/^\d{10,11}$/u.test(digits)) return { value: digits.padStart(12, '0'), note: 'list.id-zero' };
  if (/^\d{8}$/u.test(digits)) return { value: digits.padStart(9, '0'), note: 'list.id-zero' };
  return unreadable(/e\+/iu.test(digits) ? 'list.id-lost' : 'list.id');
};

/**
 * Century and sex (4th digit) and year of birth (5th, 6th) of a số định danh (NĐ 137/2015/NĐ-CP, art. 13);
 * undefined when the number has nine digits or names no century.
 */
export const factsOfId = (id: string): { sex: 'male' | 'female'; year: number } | undefined => {
  if (id.length !== 12) return undefined;
  const century = Number(id[3]);
  return {
    sex: century % 2 === 0 ? 'male' : 'female',
    year: 1900 + Math.floor(century / 2) * 100 + Number(id.slice(4, 6)),
  };
};

export type HouseholdClass = 'poor' | 'near_poor' | 'newly_escaped' | 'average' | 'not_poor';
export type Origin = 'relapsed' | 'newly_arising';

const CLASSES: readonly (readonly [pattern: RegExp, value: HouseholdClass, origin?: Origin])[] = [
  [/^(ho )?tai can ngheo$|^(ho )?can ngheo tai( ngheo)?$/u, 'near_poor', 'relapsed'],
  [/^(ho )?can ngheo( moi)? phat sinh( moi)?$|^(ho )?phat sinh( moi)? can ngheo$/u, 'near_poor', 'newly_arising'],
  [/^(ho )?tai ngheo$|^(ho )?ngheo tai ngheo$/u, 'poor', 'relapsed'],
  [/^(ho )?(ngheo )?(moi )?phat sinh( moi)?( ngheo)?$/u, 'poor', 'newly_arising'],
  [/^(ho )?(moi )?thoat (can )?ngheo$|^htn$|^mtn$|^tn$/u, 'newly_escaped'],
  [/^(ho )?can ngheo$|^cn$|^hcn$/u, 'near_poor'],
  [/^(ho )?ngheo$|^n$|^hn$/u, 'poor'],
  [/^(ho )?co muc song trung binh$|^(ho )?(muc song )?trung binh$|^mstb$/u, 'average'],
  [/^(ho )?khong ngheo$|^(ho )?(kha|giau)$|^kn$/u, 'not_poor'],
];

export const readClass = (cell: Cell): Reading<{ class: HouseholdClass; origin: Origin | null }> => {
  const text = textOf(cell);
  if (empty(text)) return nothing;
  const folded = fold(text);
  const found = CLASSES.find(([pattern]) => pattern.test(folded));
  return found ? { value: { class: found[1], origin: found[2] ?? null } } : unreadable('list.class');
};

const split = (text: string, by: RegExp): string[] =>
  text
    .split(by)
    .map(clean)
    .filter((part) => !empty(part));

// "ốm đau/tai nạn" is one cause; "tivi/đài" are two devices.
const TEXTS = /[,;+\n|]|\s[/-]\s|\svà\s/u;
const CODES = /[,;/+\n|]|\s-\s|\svà\s/u;

/** Several things in one cell, as typed. */
export const readTexts = (cell: Cell): Reading<string[]> => {
  const text = textOf(cell);
  return empty(text) || /^khong( co)?$/u.test(fold(text))
    ? { value: [] }
    : { value: split(cell.text.includes('\n') ? cell.text : text, TEXTS) };
};

// ISO 639: the languages of the north-west, and what people call them.
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  vi: ['viet', 'pho thong', 'kinh', 'quoc ngu', 'vi'],
  hmn: ['mong', 'hmong', 'h mong', 'meo', 'hmn'],
  blt: ['thai', 'thai den', 'thai trang', 'blt'],
  kjg: ['kho mu', 'khmu', 'kjg'],
  tyz: ['tay', 'tyz'],
  mtq: ['muong', 'mtq'],
  ium: ['dao', 'ium'],
  nut: ['nung', 'nut'],
  pcc: ['giay', 'pcc'],
  hni: ['ha nhi', 'hni'],
};

const DEVICES: Readonly<Record<string, readonly string[]>> = {
  tv: ['tivi', 'ti vi', 'tv', 'vo tuyen', 'truyen hinh'],
  radio: ['dai', 'radio', 'cat set', 'dai radio', 'may thu thanh'],
  mobile: ['dien thoai', 'dien thoai di dong', 'dien thoai thuong', 'dt'],
  smartphone: ['dien thoai thong minh', 'smartphone', 'dt thong minh', 'smart phone'],
  computer: ['may tinh', 'laptop', 'may tinh bang', 'may vi tinh'],
};

const coded = (table: Readonly<Record<string, readonly string[]>>, fault: string, lead: RegExp) => {
  const codes = new Map(Object.entries(table).flatMap(([code, names]) => names.map((name) => [name, code] as const)));
  return (cell: Cell): Reading<string[]> => {
    const text = textOf(cell);
    if (empty(text)) return nothing;
    if (/^(khong( co| biet)?|chua biet)( chu)?$/u.test(fold(text))) return { value: [] };
    const found = split(text, CODES).map((part) => codes.get(fold(part)) ?? codes.get(fold(part).replace(lead, '')));
    const known = [...new Set(found.filter((code) => code !== undefined))];
    if (known.length === 0) return unreadable(fault);
    return { value: known, ...(found.includes(undefined) && { note: fault }) };
  };
};

export const readLanguages = coded(LANGUAGES, 'list.language', /^(tieng|chu) /u);

export const readDevices = coded(DEVICES, 'list.device', /^(co|1|mot) /u);

/** Languages a household can read; "có" means Vietnamese, "không" none. */
export const readLanguagesRead = (cell: Cell): Reading<string[]> =>
  /^(co|biet|x|1)( chu)?$/u.test(fold(textOf(cell))) ? { value: ['vi'] } : readLanguages(cell);

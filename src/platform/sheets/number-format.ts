/** How Excel shows a number: only as far as it matters for lists, which is days and codes with leading zeros. */

const DAY = 86_400_000;

// Built-in formats that are dates in every language of Excel (ECMA-376 part 1, 18.8.30).
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

const bare = (format: string): string =>
  (format.split(';')[0] ?? '')
    .replace(/"[^"]*"|\\.|_.|\*./gu, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, '')
    .toLowerCase();

const isDateFormat = (id: number, format: string | undefined): boolean => {
  if (format === undefined) return isBuiltInDate(id);
  const pattern = bare(format);
  return pattern !== 'general' && /[ymdhs]/u.test(pattern) && !/[0#?]/u.test(pattern.replace(/[s:]\.0+/gu, ''));
};

export interface NumberFormat {
  readonly date: boolean;
  /** What of a date is shown; a year alone stands for "some time in that year". */
  readonly shows: 'day' | 'month' | 'year';
  /** A number as it is seen. */
  show(value: number): string;
}

// Excel keeps 15 digits. All of them are shown: in a narrow column Excel would show 3.05E+10, the file holds the number.
const plain = (value: number): string => Number.parseFloat(value.toPrecision(15)).toString();

/** `0000`, `000-000`, `"YB"0000`: digits from the right into the places, what is left over in front. */
const showCode = (format: string, value: number): string | undefined => {
  const section = format.split(';')[0] ?? '';
  const parts = [...section.matchAll(/"([^"]*)"|\\(.)|\[[^\]]*\]|(0)|([-/ .])|(.)/gu)];
  const places = parts.filter((part) => part[3] !== undefined).length;
  if (places < 2 || parts.some((part) => part[5] !== undefined) || !Number.isInteger(value) || value < 0)
    return undefined;
  if (/0\.0/u.test(section)) return undefined;
  const digits = String(value).padStart(places, '0');
  let next = digits.length - places;
  let shown = '';
  for (const part of parts) {
    if (part[3] === undefined) shown += part[1] ?? part[2] ?? part[4] ?? '';
    else {
      shown += next > 0 && !/\d/u.test(shown) ? digits.slice(0, next + 1) : digits[next];
      next += 1;
    }
  }
  return shown;
};

/** The format of a style: `id` as in the file, `format` its code when the file defines it. */
export const numberFormat = (id: number, format: string | undefined): NumberFormat => {
  const date = isDateFormat(id, format);
  const pattern = format === undefined ? 'd' : bare(format);
  const shows = pattern.includes('d') || !pattern.includes('y') ? 'day' : pattern.includes('m') ? 'month' : 'year';
  const code = format !== undefined && /0/u.test(format) ? format : undefined;
  return { date, shows, show: (value) => (code && showCode(code, value)) ?? plain(value) };
};

/**
 * The day a serial number stands for, at 00:00 UTC plus the time. 1900 system: day 1 is 01/01/1900 and the day 60 that
 * never was (29/02/1900) is counted; 1904 system: day 0 is 01/01/1904. Undefined before 1900 and after 9999.
 */
export const dateOfSerial = (serial: number, date1904: boolean): Date | undefined => {
  const days = date1904 ? serial + 1462 : serial;
  if (days < 1 || days >= 2_958_466 || Math.floor(days) === 60) return undefined;
  const sinceEpoch = days - 25_569 + (days < 60 ? 1 : 0);
  return new Date(Math.round(sinceEpoch * 86_400) * 1000);
};

/** dd/mm/yyyy, mm/yyyy or yyyy, with hh:mm behind when there is a time of day. */
export const showDate = (date: Date, shows: NumberFormat['shows'] = 'day'): string => {
  const [year, month, dayOfMonth] = date.toISOString().slice(0, 10).split('-');
  if (shows !== 'day') return shows === 'year' ? year! : `${month}/${year}`;
  const time = date.getTime() % DAY === 0 ? '' : ` ${date.toISOString().slice(11, 16)}`;
  return `${dayOfMonth}/${month}/${year}${time}`;
};

import { ZONE } from '../shared/dates.ts';
import type { Language } from '../shared/words/index.ts';

const moment = new Intl.DateTimeFormat('vi-VN', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hourCycle: 'h23',
});

/** 14:05 24/11/2026: the time and day of the country. */
export const showMoment = (at: Date): string => moment.format(at);

/** 7.430 in Vietnamese, 7,430 in English. */
export const showNumber = (value: number, language: Language): string =>
  value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB');

/** "xã Hạnh Phúc, tỉnh Lào Cai" as it stands at the beginning of a cell or a line. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);

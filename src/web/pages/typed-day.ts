import { readDay } from '../../shared/dates.ts';

/** A day as typed (30/11/2025) or as a date field sends it; anything else stays as it is and is refused by the use case. */
export const typedDay = (text: string): string => {
  const read = readDay(text.trim());
  return read?.precision === 'day' ? read.date : text.trim();
};

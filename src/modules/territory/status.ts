import { fold } from '../../shared/text.ts';

/** Special statuses that have a word of their own (`place-status.<code>`); an officer may write down others. */
export const placeStatuses = [
  'special-difficulty',
  'special-village',
  'zone-I',
  'zone-II',
  'zone-III',
  'poor-district',
  'poor-commune',
] as const;

// In a list of villages "đặc biệt khó khăn" alone is said of the village (QĐ 612/QĐ-UBDT), not of its commune.
const NAMES: Readonly<Record<string, (typeof placeStatuses)[number]>> = {
  'xa dac biet kho khan': 'special-difficulty',
  'xa dbkk': 'special-difficulty',
  'dac biet kho khan': 'special-village',
  dbkk: 'special-village',
  'thon dac biet kho khan': 'special-village',
  'thon dbkk': 'special-village',
  'khu vuc i': 'zone-I',
  'khu vuc ii': 'zone-II',
  'khu vuc iii': 'zone-III',
  'huyen ngheo': 'poor-district',
  'xa ngheo': 'poor-commune',
};

/** The code of a status as lists write it; a text that is none of these stays as it is. */
export const statusCode = (text: string): string =>
  NAMES[
    fold(text)
      .replace(/^xa (?=khu vuc)/u, '')
      .replace(/^kv /u, 'khu vuc ')
  ] ?? text;

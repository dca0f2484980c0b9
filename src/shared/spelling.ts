import { fold } from './text.ts';

// The one group whose name lists write in several ways for sure (official: "Mông"; people and lists: "H'Mông").
const MONG = ['Mông', 'H’Mông', "H'Mông", 'HMông', 'Hmông', 'H Mông', 'H-Mông'];

const titled = (text: string): string => text.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());

/** A short name however it is usually capitalised: names are compared as they stand, which costs the database nothing. */
export const spellings = (texts: readonly string[]): string[] => [
  ...new Set(
    texts.flatMap((text) => {
      const lower = text.toLowerCase();
      return [text, lower, text.toUpperCase(), lower.charAt(0).toUpperCase() + lower.slice(1), titled(lower)];
    }),
  ),
];

/** The same of an ethnic group, also by its other names. */
export const groupSpellings = (names: readonly string[]): string[] =>
  spellings(names.flatMap((name) => (MONG.some((each) => fold(each) === fold(name)) ? [name, ...MONG] : [name])));

/** One key for all spellings of a group's name: "H'Mông" and "MÔNG" are one group. */
export const groupKey = (name: string): string =>
  MONG.some((each) => fold(each) === fold(name)) ? 'mông' : name.trim().toLowerCase();

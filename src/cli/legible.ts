// Control characters (also the eight-bit ones) and the marks that turn the direction of writing: a terminal obeys them.
const OBEYED = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text from data or from a person, safe to write to a terminal: what a terminal would obey is shown as its number. */
export const legible = (text: string): string => text.replace(OBEYED, escaped);

/** One line of JSON in which nothing is left that a terminal would obey; it reads back to the same value. */
export const legibleJson = (value: unknown): string => JSON.stringify(value).replace(OBEYED, escaped);

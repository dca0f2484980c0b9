import { type Day, readDay } from '../../../shared/dates.ts';
import { fold } from '../../../shared/text.ts';
import { type Item, type Source, textIn } from './document.ts';

const WORD = 200;

/** A value as read, with where it stands: what it names is looked up afterwards. */
export interface At<T> {
  readonly value: T;
  readonly item: Item;
}

export const dayIn = (source: Source, item: Item): Day | undefined => {
  const text = textIn(source, item, WORD);
  if (text === undefined) return undefined;
  const read = readDay(text);
  if (read?.precision === 'day') return read.date;
  source.refuse(item, 'plan-file.not-a-day', { value: text });
  return undefined;
};

// 1.200.000 or 1 200 000 or 1_200_000 or 1200000; a comma before decimals: 1,5.
const NUMBER = /^(?:\d{1,3}(?:[.\s_]\d{3})+|\d{1,15})(?:,\d{1,3})?$/u;

/** A number as people in Việt Nam write it; a point parts thousands, a comma decimals. */
export const numberIn = (
  source: Source,
  item: Item,
  { code, ok }: { code: string; ok: (value: number) => boolean },
): number | undefined => {
  const text = textIn(source, item, WORD);
  if (text === undefined) return undefined;
  const value = NUMBER.test(text) ? Number(text.replaceAll(/[.\s_]/gu, '').replace(',', '.')) : Number.NaN;
  if (ok(value)) return value;
  source.refuse(item, code, { value: text });
  return undefined;
};

export const writeNumber = (value: number): string => String(value).replace('.', ',');

/** The ladder as a plan file writes it; the number does as well. */
export const THRESHOLDS: Readonly<Record<number, string>> = {
  2: 'đã nhận',
  3: 'đã nghe trực tiếp',
  4: 'đã hiểu',
  5: 'đã làm',
};

export const thresholdIn = (source: Source, item: Item): number | undefined => {
  const text = textIn(source, item, WORD);
  if (text === undefined) return undefined;
  const found = Object.entries(THRESHOLDS).find(([stage, word]) => stage === text || fold(word) === fold(text));
  if (found) return Number(found[0]);
  source.refuse(item, 'plan-file.threshold', { value: text });
  return undefined;
};

/** "Họ tên, chức vụ": the person by name, and the post. */
export const headIn = (source: Source, item: Item): { name: string; post: string } | undefined => {
  const text = textIn(source, item, WORD);
  if (text === undefined) return undefined;
  const [name = '', ...post] = text.split(',').map((part) => part.trim());
  if (name !== '' && post.join('') !== '') return { name, post: post.join(', ') };
  source.refuse(item, 'plan-file.head', { value: text });
  return undefined;
};

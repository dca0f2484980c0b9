import { fold } from '../../shared/text.ts';
import { conditionNames, valueNames } from './gap-names.ts';
import { type Piece, parseTemplate } from './template.ts';

/** What looks like a gap that was written in another way: it goes out as it stands, and people read the brackets. Pure. */
export interface GapSlip {
  /** As it stands in the text: `{tên}`. */
  readonly found: string;
  /** The gap that was probably meant, as it is written: `((tên))`; null = no name we have is like it. */
  readonly meant: string | null;
}

const likeness = (name: string): string => fold(name.replaceAll('_', ' '));

/** The name of ours that differs in its marks alone (`ten` for `tên`); undefined when there is none. */
export const nearName = (name: string, known: readonly { readonly name: string }[]): string | undefined =>
  known.find((each) => likeness(each.name) === likeness(name))?.name;

const gapOf = (name: string): string | null => {
  const value = nearName(name, valueNames);
  if (value) return `((${value}))`;
  const condition = nearName(name, conditionNames);
  return condition ? `((${condition}??…))` : null;
};

// Curly brackets stand in no text that people read; the others only give a gap away by the name in them.
const CURLY = /\{{1,3}\s*([^{}\n]{1,30}?)\s*\}{1,3}/gu;
const OTHERS = [
  /\[{1,2}\s*([^[\]\n]{1,30}?)\s*\]{1,2}/gu,
  /<{1,2}\s*([^<>\n]{1,30}?)\s*>{1,2}/gu,
  /\(\s*([^()\n]{1,30}?)\s*\)/gu,
] as const;

const writtenText = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => (piece.kind === 'text' ? piece.text : piece.kind === 'when' ? writtenText(piece.pieces) : '\n'))
    .join('');

/** Every such slip of a text, each once; none of a text whose brackets do not fit: that one is refused anyway. */
export const gapSlips = (text: string): GapSlip[] => {
  const parsed = parseTemplate(text);
  if ('fault' in parsed) return [];
  const written = writtenText(parsed.pieces);
  const curly = [...written.matchAll(CURLY)].map(([found, name = '']) => ({ found, meant: gapOf(name) }));
  const others = OTHERS.flatMap((pattern) => [...written.matchAll(pattern)])
    .map(([found, name = '']) => ({ found, meant: gapOf(name) }))
    // "(có điện thoại)" and "8 (giờ)" are how people write; "(tên)" is not.
    .filter(({ found, meant }) => meant !== null && (!found.startsWith('(') || meant === '((tên))'));
  return [...new Map([...curly, ...others].map((slip) => [slip.found, slip])).values()];
};

import { invalid } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';

/**
 * Texts with gaps, in the way of GOV.UK Notify: `((tên))` is filled with a value, `((đọc_được??Anh chị đọc bảng tin.))`
 * stands only when the condition holds, and may hold `((tên))` but no condition of its own. Pure.
 */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'when'; readonly name: string; readonly pieces: readonly Piece[] };

export interface TemplateFault {
  readonly code: 'template.unclosed' | 'template.unopened' | 'template.nested' | 'template.unnamed';
  /** The piece of text where it is wrong, short enough to be found again by eye. */
  readonly near: string;
}

type Parsed = { readonly pieces: readonly Piece[] } | { readonly fault: TemplateFault };

/** Names are the same whatever the case and the composition of their letters; a space stands for an underscore. */
export const plainName = (name: string): string => clean(name).toLocaleLowerCase('vi').replaceAll(' ', '_');

const NEAR = 24;

const nearby = (text: string, at: number): string => clean(text.slice(at, at + NEAR));

/** Where the next gap opens: of a longer run of brackets the last two, so that `(((tên)))` is a name in brackets. */
const opening = (text: string, from: number): number => {
  let at = text.indexOf('((', from);
  while (at >= 0 && text[at + 2] === '(') at += 1;
  return at;
};

/** A `))` that no bracket of the text itself accounts for ("(xem (bảng tin))" is just text). */
const strayClosing = (text: string): number => {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') open += 1;
    if (text[at] !== ')') continue;
    if (open === 0 && text[at + 1] === ')') return at;
    open = Math.max(0, open - 1);
  }
  return -1;
};

const strays = (pieces: readonly Piece[]): TemplateFault | undefined => {
  // Gaps count as nothing, so a bracket around one is whole.
  const text = pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
  const at = strayClosing(text);
  return at < 0 ? undefined : { code: 'template.unopened', near: nearby(text, Math.max(0, at - NEAR + 2)) };
};

/** The end of a condition: the first `))` that closes neither a gap within it nor a bracket of its text; -1 when there is none. */
const closingOf = (text: string, from: number): number => {
  let open = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(' && text[at + 1] === '(' && text[at + 2] !== '(') {
      const inner = text.indexOf('))', at + 2);
      if (inner < 0) return -1;
      at = inner + 1;
    } else if (text[at] === '(') open += 1;
    else if (text[at] === ')' && open > 0) open -= 1;
    else if (text[at] === ')' && text[at + 1] === ')') return at;
  }
  return -1;
};

const gapAt = (text: string, at: number, nested: boolean): { piece: Piece; end: number } | { fault: TemplateFault } => {
  const start = at + 2;
  const unclosed = { fault: { code: 'template.unclosed', near: nearby(text, at) } } as const;
  const first = text.indexOf('))', start);
  if (first < 0) return unclosed;
  const question = text.indexOf('??', start);
  const conditional = question >= 0 && question < first;
  const name = plainName(text.slice(start, conditional ? question : first));
  // A bracket within a name: the gap before it was never closed.
  if (name.includes('(')) return unclosed;
  if (name === '') return { fault: { code: 'template.unnamed', near: nearby(text, at) } };
  if (!conditional) return { piece: { kind: 'value', name }, end: first + 2 };
  if (nested) return { fault: { code: 'template.nested', near: nearby(text, at) } };
  const end = closingOf(text, question + 2);
  if (end < 0) return unclosed;
  const inner = piecesOf(text.slice(question + 2, end), true);
  return 'fault' in inner ? inner : { piece: { kind: 'when', name, pieces: inner.pieces }, end: end + 2 };
};

const piecesOf = (text: string, nested: boolean): Parsed => {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = opening(text, 0); at >= 0; at = opening(text, from)) {
    const gap = gapAt(text, at, nested);
    if ('fault' in gap) return gap;
    if (at > from) pieces.push({ kind: 'text', text: text.slice(from, at) });
    pieces.push(gap.piece);
    from = gap.end;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  const fault = strays(pieces);
  return fault ? { fault } : { pieces };
};

/** Takes a text apart, or says the first thing that is wrong with its brackets. */
export const parseTemplate = (text: string): Parsed => piecesOf(text, false);

interface UsedNames {
  readonly values: readonly string[];
  readonly conditions: readonly string[];
}

/** The names a text uses, each once, in their order. */
export const namesUsed = (pieces: readonly Piece[]): UsedNames => {
  const flat = pieces.flatMap((piece) => (piece.kind === 'when' ? [piece, ...piece.pieces] : [piece]));
  const of = (kind: 'value' | 'when') => [
    ...new Set(flat.flatMap((piece) => (piece.kind === kind ? [(piece as { name: string }).name] : []))),
  ];
  return { values: of('value'), conditions: of('when') };
};

/** The names of the values a text asks for; none of a text whose brackets do not fit. */
export const valuesUsed = (text: string): readonly string[] => {
  const parsed = parseTemplate(text);
  return 'fault' in parsed ? [] : namesUsed(parsed.pieces).values;
};

/** The text outside the gaps' names, those within conditions too: what somebody may come to read. */
export const spokenText = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => (piece.kind === 'text' ? piece.text : piece.kind === 'when' ? spokenText(piece.pieces) : ' '))
    .join('');

const filled = (
  pieces: readonly Piece[],
  valueFor: (name: string) => string,
  holds: (name: string) => boolean,
): string =>
  pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'value') return valueFor(piece.name);
      return holds(piece.name) ? filled(piece.pieces, valueFor, holds) : '';
    })
    .join('');

const byPlainName = <T>(record: Readonly<Record<string, T>>): Map<string, T> =>
  new Map(Object.entries(record).map(([name, value]) => [plainName(name), value]));

/**
 * Fills the gaps. A condition that nothing is known of does not hold. Values are put in as they are, brackets and all.
 * Throws invalid `template.no-value` when a value is missing, and the fault of a text whose brackets do not fit.
 */
export const fillText = (
  text: string,
  values: Readonly<Record<string, string>>,
  conditions: Readonly<Record<string, boolean>>,
): string => {
  const parsed = parseTemplate(text);
  if ('fault' in parsed) throw invalid(parsed.fault.code, { near: parsed.fault.near });
  const known = byPlainName(values);
  const held = byPlainName(conditions);
  const valueFor = (name: string): string => {
    const value = known.get(name);
    if (value === undefined) throw invalid('template.no-value', { name });
    return value;
  };
  return filled(parsed.pieces, valueFor, (name) => held.get(name) === true);
};

import { conditionNames, type Piece, parseTemplate } from '../../content/index.ts';

/** What a paper for a whole village can fill; what differs from house to house stays a line to fill in. */
const BLANK = '………………';

const spoken = (
  pieces: readonly Piece[],
  values: Readonly<Record<string, string>>,
  whenOf: (key: string) => string,
): string =>
  pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'value') return values[piece.name] ?? BLANK;
      const key = conditionNames.find(({ name }) => name === piece.name)?.key ?? piece.name;
      return `[${whenOf(key)}: ${spoken(piece.pieces, values, whenOf)}]`;
    })
    .join('');

/**
 * A text with gaps as it stands on paper: names of the village filled, what only some households are told in brackets with
 * whom it is for. @param whenOf says a condition ("if somebody there reads it")
 */
export const paperText = (
  text: string,
  values: Readonly<Record<string, string>>,
  whenOf: (key: string) => string,
): string => {
  const parsed = parseTemplate(text);
  // Approved texts were checked when they were saved.
  return 'fault' in parsed ? text : spoken(parsed.pieces, values, whenOf);
};

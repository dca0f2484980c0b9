/** A title is never broken before these: within a name, or between a word and its number. */
const held = (before: string, after: string): boolean =>
  /^[\p{Lu}\d]/u.test(after) &&
  (/^\p{Lu}/u.test(before) || /^(?:xã|phường|huyện|tỉnh|thôn|bản|năm|số|giai|đoạn)$/iu.test(before));

/** Words that stay together. */
const piecesOf = (text: string): string[] => {
  const pieces: string[] = [];
  let last = '';
  for (const word of text.split(/\s+/u).filter(Boolean)) {
    const joined = pieces.length > 0 && held(last, word);
    if (joined) pieces.push(`${pieces.pop()} ${word}`);
    else pieces.push(word);
    last = word;
  }
  return pieces;
};

const filled = (pieces: readonly string[], most: number): string[] => {
  const lines: string[] = [];
  for (const piece of pieces) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${piece}` : piece;
    if (lines.length > 0 && longer.length <= most) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
};

/**
 * Breaks a title into as few lines of at most `most` letters as it needs, about as long as each other, so that no word is
 * left alone on the last, and no name is torn in two. One that has no space to break at stays longer.
 */
export const evenLines = (text: string, most: number): string[] => {
  const pieces = piecesOf(text);
  const fewest = filled(pieces, most);
  // The narrowest that needs no more lines is the most even.
  for (let width = Math.ceil(text.length / Math.max(1, fewest.length)); width < most; width += 1) {
    const lines = filled(pieces, width);
    if (lines.length === fewest.length) return lines;
  }
  return fewest;
};

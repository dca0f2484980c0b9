/** Longer texts come once. */
const LONGEST = 100;

/**
 * The same answer for the same text without asking again: lists repeat their words, villages and classes. For answers that
 * hang on the text alone. Forgotten as a whole when there are more than `most`; long texts are never remembered.
 */
export const remember = <T>(ask: (text: string) => T, most: number): ((text: string) => T) => {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const fresh = ask(text);
    if (text.length > LONGEST) return fresh;
    if (answers.size >= most) answers.clear();
    answers.set(text, fresh);
    return fresh;
  };
};

/**
 * JSON whose numbers stay as they were written: names of messages are often longer than a number of JavaScript is exact.
 * @throws SyntaxError when it is no JSON
 */
export const readJson = (text: string): unknown => {
  const asWritten = (_: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value;
  return JSON.parse(text, asWritten);
};

/** What stands at `a.0.b`; `.` is all of it; undefined where nothing does. */
export const valueAt = (root: unknown, path: string): unknown =>
  path
    .split('.')
    .filter(Boolean)
    .reduce<unknown>(
      (at, key) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, key)
          ? (at as Record<string, unknown>)[key]
          : undefined,
      root,
    );

/** A single value there as a text; undefined where none is. */
export const textAt = (root: unknown, path: string): string | undefined => {
  const found = valueAt(root, path);
  return typeof found === 'string' || typeof found === 'boolean' || typeof found === 'number'
    ? String(found)
    : undefined;
};

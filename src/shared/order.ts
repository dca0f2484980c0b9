/**
 * The order in which Vietnamese readers look for a name: "Thôn 2" before "Thôn 10", Đ after D. PostgreSQL's order by bytes
 * puts neither so.
 */
const names = new Intl.Collator('vi', { numeric: true });

/** Names that read alike ("Thôn 01", "Thôn 1") stand by their letters, so that the order is always the same. */
export const byName = (a: string, b: string): number => {
  const order = names.compare(a, b);
  if (order !== 0 || a === b) return order;
  return a < b ? -1 : 1;
};

/**
 * The same order for a store to put rows by: JSON text of key to number, `(text::jsonb ->> key)::int` in SQL. Names that are
 * the same stand by their keys.
 */
export const ranksOf = (names: Iterable<readonly [key: string, name: string]>): string => {
  const sorted = [...names].sort(([a, first], [b, second]) => byName(first, second) || (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted.map(([key], at) => [key, at])));
};

interface Sorting<S extends string> {
  readonly sort?: S | null | undefined;
  readonly descending?: boolean | undefined;
}

/**
 * Rows of a list that is whole in memory, by one of its orders: texts as names are read, numbers by size, what is empty (null)
 * last either way. Rows that are alike, and all rows when no order is asked for, stay as they were.
 */
export const sortedBy = <R, S extends string>(
  rows: readonly R[],
  { sort, descending }: Sorting<S>,
  keys: Readonly<Record<S, (row: R) => string | number | null>>,
): R[] => {
  if (!sort) return [...rows];
  const sign = descending ? -1 : 1;
  const compare = (a: string | number | null, b: string | number | null): number => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * names.compare(String(a), String(b));
  };
  const keyed = rows.map((row) => ({ row, key: keys[sort](row) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ row }) => row);
};

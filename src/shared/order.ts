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

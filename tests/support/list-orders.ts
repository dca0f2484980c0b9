import { fold } from '../../src/shared/text.ts';

/** What a row is put in order by; null = nothing, which comes last either way round. */
type Key = string | number | null;

interface Asked<S extends string> {
  readonly sort: S | null;
  readonly descending: boolean;
  readonly limit?: number;
  readonly offset?: number;
}

interface Listed<R, S extends string> {
  /** The read, as a page asks it. */
  readonly ask: (asked: Asked<S>) => Promise<{ readonly rows: readonly R[]; readonly total: number }>;
  readonly idOf: (row: R) => string;
  /** For every order of the list, what a person would compare. */
  readonly keys: Readonly<Record<S, (row: R) => Key>>;
  /** Rows a page, for the look at paging. */
  readonly size?: number;
}

const compare = (a: Key, b: Key, way: number): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return (a < b ? -1 : a > b ? 1 : 0) * way;
};

/** A name as it is looked for: without marks and case; nothing where there is none. */
export const named = (text: string | null | undefined): Key => (text ? fold(text) : null);

/** Vietnamese readers look for "Thôn Ba" before "Thôn Hai", and for "Thôn 2" before "Thôn 10". */
const reader = new Intl.Collator('vi', { numeric: true });

/** Where a name stands among others. */
export const rankIn = (names: readonly string[], name: string): Key => {
  const at = [...new Set(names)].sort(reader.compare).indexOf(name);
  return at < 0 ? null : at;
};

/**
 * Asks a list by each of its orders, both ways round, whole and page by page, and puts the same rows in order by hand.
 * @returns what is not as it should be, a sentence each; and by how many orders rows were really moved
 */
export const disorder = async <R, S extends string>({ ask, idOf, keys, size = 2 }: Listed<R, S>) => {
  const usual = await ask({ sort: null, descending: false });
  const wrong: string[] = [];
  const moving: string[] = [];
  if (usual.total !== usual.rows.length) wrong.push(`${usual.rows.length} rows of ${usual.total}`);
  for (const [sort, keyOf] of Object.entries(keys) as [S, (row: R) => Key][])
    for (const descending of [false, true]) {
      const way = descending ? -1 : 1;
      const byHand = usual.rows.toSorted((a, b) => compare(keyOf(a), keyOf(b), way)).map(idOf);
      const whole = (await ask({ sort, descending })).rows.map(idOf);
      const name = `${descending ? '-' : ''}${sort}`;
      if (whole.join() !== byHand.join()) wrong.push(`${name}: ${whole.join(' ')} instead of ${byHand.join(' ')}`);
      if (byHand.join() !== usual.rows.map(idOf).join()) moving.push(name);
      const paged: string[] = [];
      for (let offset = 0; offset < usual.total; offset += size) {
        const { rows, total } = await ask({ sort, descending, limit: size, offset });
        if (total !== usual.total) wrong.push(`${name}: ${total} in all at ${offset}`);
        paged.push(...rows.map(idOf));
      }
      if (paged.join() !== byHand.join()) wrong.push(`${name} in pages: ${paged.join(' ')}`);
    }
  return { wrong, moving };
};

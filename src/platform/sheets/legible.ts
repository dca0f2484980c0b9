import { decodeOld, type OldEncoding, oldEncodings } from './old-encodings.ts';
import type { Cell, SheetRow } from './sheet.ts';
import { addPlausibility, type Plausibility, plausibility } from './vietnamese.ts';

/**
 * Cells of a Unicode file whose text was typed with an old 8-bit font hold Latin-1 letters that only look Vietnamese in
 * that font. Which cells these are is decided by the font of the cell, and where fonts are not kept by how the whole
 * column reads. What can be read neither way is marked `unreadable`; nothing is guessed letter by letter.
 */

// The first rows tell what a column is written in.
const LOOK_AHEAD = 400;

const NOTHING: Plausibility = { words: 0, good: 0 };
// Letters that a cell in an old encoding can hold: Latin-1, and the punctuation that word processors put in.
const ONLY_LATIN = /^[\u0000-\u00FF\u2010-\u203A\u20AB\u2022\u2026]*$/u;
const BEYOND = /[\u0080-\u00FF]/u;
// Anything that has to be looked at.
const SUSPECT = /[\u0080-\u00FF\uFFFD]/u;
// What some program wrote for letters it could not write: they are gone.
const GONE = /\uFFFD/u;
// The bytes of UTF-8 read one by one ("Giàng" as "GiÃ ng", "Thị" as "Thá»‹"); no Vietnamese encoding has such pairs.
const BYTES = /[ÃÄÅÆ][\u0080-\u00BF\u0152-\u017E\u0192\u02C6\u02DC\u2013-\u203A\u20AC\u2122]|á[º»]/u;

const share = ({ words, good }: Plausibility): number => (words === 0 ? 0 : good / words);

const byFont = (font: string | undefined): OldEncoding | undefined =>
  font === undefined ? undefined : /^vni-/iu.test(font) ? 'vni' : 'tcvn3';

interface Tally {
  asIs: Plausibility;
  readonly old: Record<OldEncoding, Plausibility>;
  /** Cells with letters that only Unicode has, which read well. */
  unicode: number;
  /** Cells that read well in an old encoding, and not as they stand. */
  readonly cells: Record<OldEncoding, number>;
}

const emptyTally = (): Tally => ({
  asIs: NOTHING,
  old: { tcvn3: NOTHING, vni: NOTHING },
  unicode: 0,
  cells: { tcvn3: 0, vni: 0 },
});

const reads = ({ words, good }: Plausibility): boolean => words > 0 && words === good;

const count = (tally: Tally, text: string): void => {
  const asIs = plausibility(text);
  tally.asIs = addPlausibility(tally.asIs, asIs);
  for (const name of oldEncodings) {
    const old = plausibility(decodeOld(name, text));
    tally.old[name] = addPlausibility(tally.old[name], old);
    if (reads(old) && !reads(asIs)) tally.cells[name] += 1;
  }
};

const addTally = (sum: Tally, tally: Tally): void => {
  sum.asIs = addPlausibility(sum.asIs, tally.asIs);
  sum.unicode += tally.unicode;
  for (const name of oldEncodings) {
    sum.old[name] = addPlausibility(sum.old[name], tally.old[name]);
    sum.cells[name] += tally.cells[name];
  }
};

/** The encoding in which a tally reads well while it does not as it stands. */
const verdict = (tally: Tally): OldEncoding | undefined => {
  const [best, second] = [...oldEncodings].sort((one, other) => share(tally.old[other]) - share(tally.old[one]));
  const sure = share(tally.old[best!]) >= 0.85 && share(tally.old[best!]) - share(tally.old[second!]) >= 0.15;
  return sure && share(tally.asIs) <= 0.6 ? best : undefined;
};

/** How a column with text in an old encoding is read; `both` = what reads well both ways, where Unicode stands beside it. */
interface Decision {
  readonly encoding: OldEncoding;
  readonly both: 'old' | 'as-is' | 'unreadable';
}

/** Ten to one is a list in the old encoding with something pasted in; of anything closer the larger part cannot be sure. */
const decide = (tally: Tally): Decision | undefined => {
  const encoding = verdict(tally);
  if (!encoding) return undefined;
  const old = tally.cells[encoding];
  return { encoding, both: tally.unicode * 10 <= old ? 'old' : tally.unicode >= old ? 'as-is' : 'unreadable' };
};

interface Columns {
  readonly byColumn: ReadonlyMap<number, Decision>;
  /** For columns with too little text of their own. */
  readonly sheet: Decision | undefined;
  /** Columns that read well as they stand. */
  readonly unicode: ReadonlySet<number>;
  readonly fonts: boolean;
}

const isUnicode = (text: string): boolean => !ONLY_LATIN.test(text) && reads(plausibility(text));

const tallyColumns = (rows: readonly SheetRow[]): Map<number, Tally> => {
  const tallies = new Map<number, Tally>();
  const headed = new Set<number>();
  for (const row of rows)
    row.cells.forEach((cell, column) => {
      if (cell.kind !== 'text' || cell.mergedFrom) return;
      const unicode = isUnicode(cell.text);
      // Headings are often Unicode over text that is not: the first such text of a column says nothing of the others.
      const heading = unicode && !headed.has(column);
      if (heading) headed.add(column);
      const old = BEYOND.test(cell.text) && ONLY_LATIN.test(cell.text);
      if (heading || (!unicode && !old)) return;
      const tally = tallies.get(column) ?? emptyTally();
      tallies.set(column, tally);
      if (unicode) tally.unicode += 1;
      else count(tally, cell.text);
    });
  return tallies;
};

const learn = (rows: readonly SheetRow[]): Columns => {
  const byColumn = new Map<number, Decision>();
  const unicode = new Set<number>();
  const whole = emptyTally();
  for (const [column, tally] of tallyColumns(rows)) {
    addTally(whole, tally);
    const found = decide(tally);
    if (found) byColumn.set(column, found);
    else if (tally.unicode > 0 || (share(tally.asIs) > 0.85 && tally.asIs.words >= 3)) unicode.add(column);
  }
  const sheet = decide(whole);
  const fonts = rows.some((row) => row.cells.some((cell) => cell.font));
  return { byColumn, sheet: sheet?.both === 'old' ? sheet : undefined, unicode, fonts };
};

const withText = (cell: Cell, text: string): Cell => {
  if (cell.font === undefined && cell.value === text && cell.text === text) return cell;
  const { font: _, ...rest } = cell;
  return { ...rest, value: text, text };
};

const mend = (cell: Cell, column: number, columns: Columns): Cell => {
  if (cell.kind !== 'text' || !SUSPECT.test(cell.text)) return cell;
  if (GONE.test(cell.text)) return { ...cell, unreadable: true };
  const asIs = plausibility(cell.text);
  if (!reads(asIs) && BYTES.test(cell.text)) return { ...cell, unreadable: true };
  // Real Unicode in an old font happens: somebody pasted it there.
  if (!ONLY_LATIN.test(cell.text)) return withText(cell, cell.text);
  // Where fonts are kept, text in another font that reads well is what it says.
  const doubted = !columns.fonts || asIs.good < asIs.words;
  const byText = columns.byColumn.get(column) ?? (columns.unicode.has(column) ? undefined : columns.sheet);
  const font = byFont(cell.font);
  if (!font && byText && byText.both !== 'old' && asIs.words === asIs.good) {
    const clear = byText.both === 'as-is' || !reads(plausibility(decodeOld(byText.encoding, cell.text)));
    return clear ? cell : { ...cell, unreadable: true };
  }
  const typed = font ?? (doubted ? byText?.encoding : undefined);
  if (typed) {
    const decoded = decodeOld(typed, cell.text, cell.font);
    if (share(plausibility(decoded)) >= Math.max(0.5, share(asIs))) return withText(cell, decoded);
  }
  return asIs.words === asIs.good ? cell : byItself(cell, asIs);
};

/** In a column without a decision a single cell may still be clear. */
const byItself = (cell: Cell, asIs: Plausibility): Cell => {
  const own = emptyTally();
  count(own, cell.text);
  const found = asIs.words >= 2 ? verdict(own) : undefined;
  if (found) return withText(cell, decodeOld(found, cell.text));
  return share(asIs) >= 0.5 ? cell : { ...cell, unreadable: true };
};

/** The same rows with their text made legible, or marked. Looks at the first 400 rows before it hands out any. */
export async function* legible(rows: AsyncIterable<SheetRow>): AsyncGenerator<SheetRow> {
  let ahead: SheetRow[] | undefined = [];
  let columns: Columns | undefined;
  const mended = (row: SheetRow, by: Columns): SheetRow => {
    if (!row.cells.some((cell) => cell.font !== undefined || (cell.kind === 'text' && SUSPECT.test(cell.text))))
      return row;
    return { ...row, cells: row.cells.map((cell, column) => mend(cell, column, by)) };
  };
  for await (const row of rows) {
    if (ahead) {
      ahead.push(row);
      if (ahead.length < LOOK_AHEAD) continue;
      columns = learn(ahead);
      for (const waiting of ahead) yield mended(waiting, columns);
      ahead = undefined;
    } else yield mended(row, columns!);
  }
  if (!ahead) return;
  columns = learn(ahead);
  for (const waiting of ahead) yield mended(waiting, columns);
}

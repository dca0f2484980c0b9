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

const share = ({ words, good }: Plausibility): number => (words === 0 ? 0 : good / words);

const byFont = (font: string | undefined): OldEncoding | undefined =>
  font === undefined ? undefined : /^vni-/iu.test(font) ? 'vni' : 'tcvn3';

interface Tally {
  asIs: Plausibility;
  readonly old: Record<OldEncoding, Plausibility>;
}

const emptyTally = (): Tally => ({ asIs: NOTHING, old: { tcvn3: NOTHING, vni: NOTHING } });

const count = (tally: Tally, text: string): void => {
  tally.asIs = addPlausibility(tally.asIs, plausibility(text));
  for (const name of oldEncodings)
    tally.old[name] = addPlausibility(tally.old[name], plausibility(decodeOld(name, text)));
};

/** The encoding in which a tally reads well while it does not as it stands. */
const verdict = (tally: Tally): OldEncoding | undefined => {
  const [best, second] = [...oldEncodings].sort((one, other) => share(tally.old[other]) - share(tally.old[one]));
  const sure = share(tally.old[best!]) >= 0.85 && share(tally.old[best!]) - share(tally.old[second!]) >= 0.15;
  return sure && share(tally.asIs) <= 0.6 ? best : undefined;
};

interface Columns {
  readonly byColumn: ReadonlyMap<number, OldEncoding>;
  /** For columns with too little text of their own. */
  readonly sheet: OldEncoding | undefined;
  /** Columns that read well as they stand. */
  readonly unicode: ReadonlySet<number>;
  readonly fonts: boolean;
}

const learn = (rows: readonly SheetRow[]): Columns => {
  const tallies = new Map<number, Tally>();
  const whole = emptyTally();
  let fonts = false;
  for (const row of rows)
    row.cells.forEach((cell, column) => {
      if (cell.font) fonts = true;
      if (cell.kind !== 'text' || cell.mergedFrom || !BEYOND.test(cell.text) || !ONLY_LATIN.test(cell.text)) return;
      const tally = tallies.get(column) ?? emptyTally();
      tallies.set(column, tally);
      count(tally, cell.text);
      count(whole, cell.text);
    });
  const byColumn = new Map<number, OldEncoding>();
  const unicode = new Set<number>();
  for (const [column, tally] of tallies) {
    const found = verdict(tally);
    if (found) byColumn.set(column, found);
    else if (share(tally.asIs) > 0.85 && tally.asIs.words >= 3) unicode.add(column);
  }
  return { byColumn, sheet: verdict(whole), unicode, fonts };
};

const withText = (cell: Cell, text: string): Cell => {
  const { font: _, ...rest } = cell;
  return { ...rest, value: text, text };
};

const mend = (cell: Cell, column: number, columns: Columns): Cell => {
  if (cell.kind !== 'text' || !BEYOND.test(cell.text)) return cell;
  // Real Unicode in an old font happens: somebody pasted it there.
  if (!ONLY_LATIN.test(cell.text)) return withText(cell, cell.text);
  const asIs = plausibility(cell.text);
  // Where fonts are kept, text in another font that reads well is what it says.
  const doubted = !columns.fonts || asIs.good < asIs.words;
  const byText = columns.byColumn.get(column) ?? (columns.unicode.has(column) ? undefined : columns.sheet);
  const typed = byFont(cell.font) ?? (doubted ? byText : undefined);
  if (typed) {
    const decoded = decodeOld(typed, cell.text, cell.font);
    if (share(plausibility(decoded)) >= Math.max(0.5, share(asIs))) return withText(cell, decoded);
  }
  if (asIs.words === asIs.good) return cell;
  // In a column without a decision a single cell may still be clear by itself.
  const own = emptyTally();
  count(own, cell.text);
  const found = own.asIs.words >= 2 ? verdict(own) : undefined;
  if (found) return withText(cell, decodeOld(found, cell.text));
  return share(asIs) >= 0.5 ? cell : { ...cell, unreadable: true };
};

/** The same rows with their text made legible, or marked. Looks at the first 400 rows before it hands out any. */
export async function* legible(rows: AsyncIterable<SheetRow>): AsyncGenerator<SheetRow> {
  let ahead: SheetRow[] | undefined = [];
  let columns: Columns | undefined;
  const mended = (row: SheetRow, by: Columns): SheetRow => {
    if (!row.cells.some((cell) => cell.font !== undefined || (cell.kind === 'text' && BEYOND.test(cell.text))))
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

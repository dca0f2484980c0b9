import { posix } from 'node:path';
import { invalid } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';
import { type NumberFormat, numberFormat } from './number-format.ts';
import { attribute, type XmlListener } from './xml.ts';
import { readPart, type Zip } from './zip.ts';

export interface Style {
  readonly format: NumberFormat;
  readonly font: string | undefined;
}

export interface SharedString {
  readonly text: string;
  readonly font: string | undefined;
}

/** What the sheets of an XLSX need from its other parts. */
export interface Book {
  readonly date1904: boolean;
  readonly sheets: readonly { name: string; hidden: boolean; part: string }[];
  readonly styles: readonly Style[];
  readonly strings: readonly SharedString[];
}

/** Fonts whose bytes are not Unicode: TCVN3 (`.VnTime`, `.VnArialH`) and VNI (`VNI-Times`). */
const legacyFont = (name: string | undefined): string | undefined =>
  name !== undefined && /^(?:\.vn|vni-)/iu.test(name) ? name : undefined;

const unescapeString = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

// A cell holds at most 32,767 characters, a workbook 65,490 styles, the code of a format 255 characters; whatever is far
// above was made to fill the memory.
const LONGEST_TEXT = 1_000_000;
const MOST_STYLES = 200_000;
const LONGEST_FORMAT = 2_000;
const MOST_SHEETS = 5_000;

/** A text grown by a piece that came; `file.damaged` when no cell holds so much. */
export const grow = (text: string, piece: string): string => {
  if (text.length + piece.length > LONGEST_TEXT) throw invalid('file.damaged');
  return text + piece;
};

/** Collects one string item (`si`, `is`): its runs joined, phonetic hints left out, an old font noted. */
export const stringItem = (): XmlListener & { take(): SharedString } => {
  let text = '';
  let font: string | undefined;
  let inText = false;
  let phonetic = false;
  return {
    open: (name, attributes) => {
      if (name === 'rPh') phonetic = true;
      else if (name === 't') inText = !phonetic;
      else if (name === 'rFont') font ??= legacyFont(attribute(attributes, 'val'));
    },
    text: (piece) => {
      if (inText) text = grow(text, piece);
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
    },
    take: () => {
      const item = { text: unescapeString(text), font };
      text = '';
      font = undefined;
      return item;
    },
  };
};

const readStrings = async (zip: Zip, part: string | undefined, limit: number): Promise<SharedString[]> => {
  const strings: SharedString[] = [];
  if (part === undefined || !zip.has(part)) return strings;
  const item = stringItem();
  let size = 0;
  await readPart(zip, part, {
    ...item,
    close: (name) => {
      item.close?.(name);
      if (name !== 'si') return;
      const taken = item.take();
      size += taken.text.length * 2 + 64;
      if (size > limit) throw invalid('file.too-large', { limit: Math.floor(limit / 1_048_576) });
      strings.push(taken);
    },
  });
  return strings;
};

const readStyles = async (zip: Zip, part: string | undefined): Promise<Style[]> => {
  if (part === undefined || !zip.has(part)) return [];
  const formats = new Map<number, string>();
  const fonts: (string | undefined)[] = [];
  const styles: Style[] = [];
  let section = '';
  await readPart(zip, part, {
    open: (name, attributes) => {
      if (formats.size + fonts.length + styles.length > MOST_STYLES) throw invalid('file.damaged');
      if (name === 'fonts' || name === 'cellXfs' || name === 'numFmts') section = name;
      else if (name === 'numFmt' && section === 'numFmts') {
        const code = attribute(attributes, 'formatCode') ?? 'General';
        formats.set(Number(attribute(attributes, 'numFmtId')), code.length > LONGEST_FORMAT ? 'General' : code);
      } else if (name === 'font' && section === 'fonts') fonts.push(undefined);
      else if (name === 'name' && section === 'fonts') fonts[fonts.length - 1] = attribute(attributes, 'val');
      else if (name === 'xf' && section === 'cellXfs') {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0);
        const font = legacyFont(fonts[Number(attribute(attributes, 'fontId') ?? 0)]);
        styles.push({ format: numberFormat(id, formats.get(id)), font });
      }
    },
    close: (name) => {
      if (name === section) section = '';
    },
  });
  return styles;
};

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly part: string;
}

/** The relations of a part ('' = of the whole file), with external targets (linked workbooks, web addresses, DDE) left out. */
const readRelations = async (zip: Zip, part: string): Promise<Relation[]> => {
  const folder = posix.dirname(part);
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  if (!zip.has(file)) return relations;
  await readPart(zip, file, {
    open: (name, attributes) => {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const target = attribute(attributes, 'Target') ?? '';
      if (relations.length > MOST_SHEETS) throw invalid('file.damaged');
      relations.push({
        id: attribute(attributes, 'Id') ?? '',
        type: posix.basename(attribute(attributes, 'Type') ?? ''),
        part: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      });
    },
  });
  return relations;
};

/** Reads everything but the sheets. Errors: `file.damaged` when the workbook or its sheets are not where they must be. */
export const readBook = async (zip: Zip, stringLimit: number): Promise<Book> => {
  const root = await readRelations(zip, '');
  const main = root.find((relation) => relation.type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  if (!zip.has(main)) throw invalid('file.damaged');
  const relations = await readRelations(zip, main);
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.part;
  const sheets: { name: string; hidden: boolean; part: string }[] = [];
  let date1904 = false;
  await readPart(zip, main, {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      // The relation's id is the only attribute `id` of a sheet (`r:id`); a chart sheet has no rows and is left out.
      const target = relations.find((relation) => relation.id === attribute(attributes, 'id'));
      if (target?.type !== 'worksheet') return;
      if (sheets.length > MOST_SHEETS) throw invalid('file.damaged');
      const state = attribute(attributes, 'state') ?? 'visible';
      sheets.push({ name: clean(attribute(attributes, 'name') ?? ''), hidden: state !== 'visible', part: target.part });
    },
  });
  if (sheets.length === 0) throw invalid('file.damaged');
  const styles = await readStyles(zip, partOf('styles'));
  return { date1904, sheets, styles, strings: await readStrings(zip, partOf('sharedStrings'), stringLimit) };
};

import {
  AlignmentType,
  BorderStyle,
  type IParagraphOptions,
  type IRunOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { printable } from './wording.ts';

/** Pieces of a paper after annex I of NĐ 30/2020/NĐ-CP. Lengths in mm, sizes of letters in points. */

const TWIPS_PER_MM = 1_440 / 25.4;

const mm = (length: number): number => Math.round(length * TWIPS_PER_MM);

/** Margins: top and bottom 20 to 25, left 30 to 35, right 15 to 20. */
export const MARGIN = {
  top: mm(20),
  bottom: mm(20),
  left: mm(30),
  right: mm(15),
  header: mm(9),
  footer: mm(9),
} as const;

export const A4 = { width: mm(210), height: mm(297) } as const;

/** What is left for text on a page that stands, and on one on its side. */
export const TEXT_WIDTH = { upright: 165, sideways: 252 } as const;

/** 13 or 14 points are asked for; tables may be smaller. */
export const BODY = 13;
export const SMALL = 10;

interface Letters {
  readonly size?: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
}

export const run = (text: string, { size = BODY, ...letters }: Letters = {}): TextRun =>
  new TextRun({ text: printable(text), size: size * 2, ...letters } satisfies IRunOptions);

type Layout = Omit<IParagraphOptions, 'children' | 'text'>;

export const paragraph = (text: string, letters: Letters = {}, layout: Layout = {}): Paragraph =>
  new Paragraph({ ...layout, children: [run(text, letters)] });

export const centred = (text: string, letters: Letters = {}, layout: Layout = {}): Paragraph =>
  paragraph(text, letters, { alignment: AlignmentType.CENTER, ...layout });

/** Text of the body: justified, first line drawn in by 1 cm, 6 points after it. */
export const body = (text: string, letters: Letters = {}, layout: Layout = {}): Paragraph =>
  paragraph(text, letters, {
    ...layout,
    alignment: AlignmentType.BOTH,
    indent: { firstLine: mm(10) },
    spacing: { after: 120 },
  });

export const sectionTitle = (text: string): Paragraph =>
  paragraph(text, { bold: true }, { spacing: { before: 120, after: 120 }, keepNext: true });

/** The solid line below a heading, `length` mm long in the middle of a space of `width` mm. */
export const lineBelow = (width: number, length: number): Paragraph => {
  const indent = mm((width - length) / 2);
  return new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { before: 50, after: 0, line: 60, lineRule: 'exact' },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    children: [],
  });
};

const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = {
  ...{ top: NO_BORDER, bottom: NO_BORDER, left: NO_BORDER, right: NO_BORDER },
  ...{ insideHorizontal: NO_BORDER, insideVertical: NO_BORDER },
} as const;

const widthOf = (length: number) => ({ size: mm(length), type: WidthType.DXA });

/** Blocks side by side, without any line: heading, signature. `widths` in mm. */
export const sideBySide = (widths: readonly number[], rows: readonly (readonly Paragraph[])[][]): Table =>
  new Table({
    layout: TableLayoutType.FIXED,
    width: widthOf(widths.reduce((sum, each) => sum + each, 0)),
    columnWidths: widths.map(mm),
    borders: NO_BORDERS,
    margins: { left: 0, right: 0 },
    rows: rows.map(
      (cells) =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (children, at) =>
              new TableCell({ width: widthOf(widths[at]!), borders: NO_BORDERS, children: [...children] }),
          ),
        }),
    ),
  });

export interface Column {
  readonly label: string;
  /** In mm. */
  readonly width: number;
  /** Figures stand in the middle, texts on the left. */
  readonly figure?: boolean;
}

const cell = (texts: readonly string[], { width, figure }: Column, letters: Letters): TableCell =>
  new TableCell({
    width: widthOf(width),
    verticalAlign: letters.bold ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
    children: (texts.length > 0 ? texts : ['']).map((text) =>
      paragraph(
        text,
        { size: SMALL, ...letters },
        { alignment: figure || letters.bold ? AlignmentType.CENTER : AlignmentType.LEFT },
      ),
    ),
  });

/** A table with lines; its head stands again on every page, and no row is torn in two. */
export const ruledTable = (columns: readonly Column[], rows: readonly (readonly (readonly string[])[])[]): Table =>
  new Table({
    layout: TableLayoutType.FIXED,
    width: widthOf(columns.reduce((sum, { width }) => sum + width, 0)),
    columnWidths: columns.map(({ width }) => mm(width)),
    margins: { left: mm(1), right: mm(1), top: mm(0.5), bottom: mm(0.5) },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((column) => cell([column.label], column, { bold: true })),
      }),
      ...rows.map(
        (cells) =>
          new TableRow({ cantSplit: true, children: columns.map((column, at) => cell(cells[at] ?? [], column, {})) }),
      ),
    ],
  });

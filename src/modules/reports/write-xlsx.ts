import ExcelJS from 'exceljs';
import { showDay } from '../../shared/dates.ts';
import type { Say } from '../../shared/words/index.ts';
import { sayOf } from '../../shared/words/units.ts';
import { FONT } from './docx-font.ts';
import type { PlanReport, ReportLine } from './plan-report.ts';
import {
  basesOf,
  doneText,
  headingOf,
  headText,
  isSynthetic,
  messageText,
  notesOf,
  printable,
  reasonsText,
  summaryOf,
  unitOfReport,
} from './wording.ts';

/** What a column shows of a line; shares are between 0 and 1 and are shown in per cent. */
interface Column {
  readonly label: string;
  readonly width: number;
  readonly share?: boolean;
  readonly of: (line: ReportLine) => string | number | null;
}

const sent = (line: ReportLine, what: 'recipients' | 'delivered' | 'failed'): number =>
  line.sendings.reduce((sum, each) => sum + each[what], 0);

const planned = (say: Say): Column[] => [
  { label: say('reports.column.position'), width: 5, of: ({ coverage }) => coverage.position },
  { label: say('reports.sheet.what'), width: 30, of: ({ coverage }) => coverage.what },
  { label: say('reports.sheet.message'), width: 26, of: messageText },
  { label: say('reports.column.audience'), width: 20, of: ({ coverage }) => coverage.audienceName },
  { label: say('reports.column.head'), width: 24, of: headText },
  { label: say('reports.sheet.from'), width: 11, of: ({ coverage }) => showDay(coverage.startsOn) },
  { label: say('reports.sheet.to'), width: 11, of: ({ coverage }) => showDay(coverage.endsOn) },
  { label: say('reports.sheet.stage'), width: 13, of: ({ coverage }) => say(`stage.${coverage.threshold}`) },
  {
    label: say('reports.sheet.target-percent'),
    width: 9,
    share: true,
    of: ({ coverage }) => coverage.targetPercent / 100,
  },
  { label: say('reports.sheet.target-count'), width: 9, of: ({ targetCount }) => targetCount },
];

const done = (say: Say): Column[] => [
  { label: say('reports.column.done'), width: 36, of: (line) => doneText(say, line).join('; ') },
  {
    label: say('reports.sheet.activities'),
    width: 9,
    of: ({ activities }) => activities.reduce((sum, { count }) => sum + count, 0),
  },
  { label: say('reports.sheet.recipients'), width: 8, of: (line) => sent(line, 'recipients') },
  { label: say('reports.sheet.delivered'), width: 8, of: (line) => sent(line, 'delivered') },
  { label: say('reports.sheet.failed'), width: 8, of: (line) => sent(line, 'failed') },
];

const reached = (say: Say, own: Say): Column[] => [
  { label: own('reports.column.n'), width: 8, of: ({ coverage }) => coverage.sum.n },
  { label: say('reports.sheet.could-hear'), width: 12, of: ({ coverage }) => coverage.sum.couldHear },
  { label: say('reports.sheet.reached'), width: 8, of: ({ coverage }) => coverage.sum.reached },
  { label: say('reports.sheet.rate'), width: 8, share: true, of: ({ coverage }) => coverage.sum.rate },
  { label: say('reports.sheet.declared'), width: 8, of: ({ coverage }) => coverage.sum.declared },
  {
    label: say('reports.sheet.declared-share'),
    width: 8,
    share: true,
    of: ({ coverage }) => coverage.sum.declaredShare,
  },
  { label: say('reports.sheet.earlier'), width: 10, of: ({ earlier }) => earlier },
  { label: say('reports.column.not-reached'), width: 8, of: ({ notReached }) => notReached },
  { label: say('reports.column.reasons'), width: 36, of: (line) => reasonsText(say, line).join('; ') },
  { label: say('reports.sheet.unknown'), width: 12, of: ({ coverage }) => coverage.sum.unknown },
];

type Sheet = ExcelJS.Worksheet;

/** A4 on its side, so many pages wide; the mark of invented people at the foot of every page. */
const addSheet = (book: ExcelJS.Workbook, name: string, mark: string, pagesWide = 1): Sheet =>
  book.addWorksheet(name, {
    pageSetup: {
      ...{ paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: pagesWide, fitToHeight: 0 },
      margins: { left: 0.5, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: `&C${mark ? `${mark}  ` : ''}&P/&N` },
  });

/** Texts stay texts: a cell that begins with "=" is no formula. */
const addRow = (
  sheet: Sheet,
  cells: readonly (string | number | null)[],
  font: Partial<ExcelJS.Font> = {},
): ExcelJS.Row => {
  const row = sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? printable(cell) : cell)));
  row.font = { name: FONT, size: 11, ...font };
  return row;
};

const THIN = { style: 'thin' } as const;
const RULED = { top: THIN, bottom: THIN, left: THIN, right: THIN };

const ruled = (row: ExcelJS.Row): void => {
  row.eachCell({ includeEmpty: true }, (cell) => {
    cell.border = RULED;
  });
};

const LINE_HEIGHT = 15;

/** So high that no text is cut off, in points: not every program makes room by itself. Words never fill a line to its end. */
const heighten = (row: ExcelJS.Row, widths: readonly number[]): void => {
  const lines = widths.map((width, at) => Math.ceil((String(row.getCell(at + 1).value ?? '').length * 1.15) / width));
  row.height = Math.max(1, ...lines) * LINE_HEIGHT;
};

/** The head of a table, which gives its columns their widths. */
const addHead = (sheet: Sheet, labels: readonly string[], widths: readonly number[]): void => {
  const row = addRow(sheet, labels, { bold: true });
  row.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
  ruled(row);
  heighten(row, widths);
  widths.forEach((width, at) => {
    sheet.getColumn(at + 1).width = width;
  });
};

const linesSheet = (say: Say, book: ExcelJS.Workbook, report: PlanReport, mark: string): void => {
  const sheet = addSheet(book, say('reports.sheet.lines'), mark, 2);
  const columns = [...planned(say), ...done(say), ...reached(say, sayOf(say, unitOfReport(report)))];
  const { kind, about, figuresOf } = headingOf(say, report);
  const above = [`${kind}: ${about}`, figuresOf, ...(mark ? [mark] : []), ...summaryOf(say, report)];
  above.forEach((text, at) => {
    addRow(sheet, [text], at === 0 ? { bold: true, size: 14 } : {});
  });
  sheet.addRow([]);
  const widths = columns.map(({ width }) => width);
  addHead(
    sheet,
    columns.map(({ label }) => label),
    widths,
  );
  const heading = sheet.rowCount;
  for (const line of report.lines) {
    const row = addRow(
      sheet,
      columns.map(({ of }) => of(line)),
    );
    row.alignment = { wrapText: true, vertical: 'top' };
    ruled(row);
    heighten(row, widths);
    columns.forEach(({ share }, at) => {
      if (share) row.getCell(at + 1).numFmt = '0.0%';
    });
  }
  sheet.views = [{ state: 'frozen', ySplit: heading, xSplit: 2 }];
  // What and its number stand again at the left of the second page.
  sheet.pageSetup.printTitlesRow = `${heading}:${heading}`;
  sheet.pageSetup.printTitlesColumn = 'A:B';
};

const LATE_WIDTHS = [44, 6, 60, 12];

const lateSheet = (say: Say, book: ExcelJS.Workbook, { late }: PlanReport, mark: string): void => {
  const sheet = addSheet(book, say('reports.sheet.late'), mark);
  const labels = ['reports.column.head', 'reports.column.position', 'reports.sheet.what', 'reports.sheet.to'];
  addHead(
    sheet,
    labels.map((label) => say(label)),
    LATE_WIDTHS,
  );
  for (const { name, post, lines } of late)
    for (const { position, what, endsOn } of lines) {
      const row = addRow(sheet, [headText({ head: { name, post } }), position, what, showDay(endsOn)]);
      row.alignment = { wrapText: true, vertical: 'top' };
      ruled(row);
      heighten(row, LATE_WIDTHS);
    }
  if (late.length === 0) addRow(sheet, [say('reports.no-late')]);
};

const NOTES_WIDTH = 120;

const notesSheet = (say: Say, book: ExcelJS.Workbook, report: PlanReport, mark: string): void => {
  const sheet = addSheet(book, say('reports.sheet.notes'), mark);
  sheet.getColumn(1).width = NOTES_WIDTH;
  for (const text of [...basesOf(say, report), ...notesOf(say, report)]) {
    const row = addRow(sheet, [text]);
    row.alignment = { wrapText: true, vertical: 'top' };
    heighten(row, [NOTES_WIDTH]);
  }
};

/** The report as a spreadsheet: the lines with every figure as a number, what is late, what the figures mean. */
export const writePlanResultsXlsx = async (say: Say, report: PlanReport): Promise<Buffer> => {
  const book = new ExcelJS.Workbook();
  book.creator = 'Lan Tỏa';
  const mark = isSynthetic(report) ? say('coverage.synthetic') : '';
  linesSheet(say, book, report, mark);
  lateSheet(say, book, report, mark);
  notesSheet(say, book, report, mark);
  return Buffer.from(await book.xlsx.writeBuffer());
};

import ExcelJS from 'exceljs';
import { showDay } from '../../shared/dates.ts';
import type { Say } from '../../shared/words/index.ts';
import { sourceName } from '../coverage/index.ts';
import type { PlanReport, ReportLine } from './plan-report.ts';
import {
  basesOf,
  doneText,
  headingOf,
  headText,
  isSynthetic,
  notesOf,
  printable,
  reasonsText,
  summaryOf,
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
  { label: say('reports.column.position'), width: 6, of: ({ coverage }) => coverage.position },
  { label: say('reports.sheet.what'), width: 40, of: ({ coverage }) => coverage.what },
  { label: say('reports.sheet.message'), width: 36, of: ({ message }) => message.title },
  { label: say('reports.sheet.message-code'), width: 18, of: ({ message }) => message.code },
  { label: say('reports.column.audience'), width: 26, of: ({ coverage }) => coverage.audienceName },
  { label: say('reports.sheet.name'), width: 24, of: ({ head }) => head.name },
  { label: say('reports.sheet.post'), width: 26, of: ({ head }) => head.post },
  { label: say('reports.sheet.from'), width: 12, of: ({ coverage }) => showDay(coverage.startsOn) },
  { label: say('reports.sheet.to'), width: 12, of: ({ coverage }) => showDay(coverage.endsOn) },
  { label: say('reports.sheet.stage'), width: 18, of: ({ coverage }) => say(`stage.${coverage.threshold}`) },
  {
    label: say('reports.sheet.target-percent'),
    width: 10,
    share: true,
    of: ({ coverage }) => coverage.targetPercent / 100,
  },
  { label: say('reports.sheet.target-count'), width: 10, of: ({ targetCount }) => targetCount },
];

const done = (say: Say): Column[] => [
  {
    label: say('reports.sheet.activities'),
    width: 10,
    of: ({ activities }) => activities.reduce((sum, { count }) => sum + count, 0),
  },
  { label: say('reports.sheet.recipients'), width: 10, of: (line) => sent(line, 'recipients') },
  { label: say('reports.sheet.delivered'), width: 10, of: (line) => sent(line, 'delivered') },
  { label: say('reports.sheet.failed'), width: 10, of: (line) => sent(line, 'failed') },
  { label: say('reports.column.done'), width: 44, of: (line) => doneText(say, line).join('; ') },
];

const reached = (say: Say): Column[] => [
  { label: say('reports.column.n'), width: 10, of: ({ coverage }) => coverage.sum.n },
  { label: say('reports.sheet.could-hear'), width: 14, of: ({ coverage }) => coverage.sum.couldHear },
  { label: say('reports.sheet.reached'), width: 10, of: ({ coverage }) => coverage.sum.reached },
  { label: say('reports.sheet.rate'), width: 10, share: true, of: ({ coverage }) => coverage.sum.rate },
  { label: say('reports.sheet.declared'), width: 10, of: ({ coverage }) => coverage.sum.declared },
  {
    label: say('reports.sheet.declared-share'),
    width: 10,
    share: true,
    of: ({ coverage }) => coverage.sum.declaredShare,
  },
  { label: say('reports.column.not-reached'), width: 10, of: ({ notReached }) => notReached },
  { label: say('reports.column.reasons'), width: 44, of: (line) => reasonsText(say, line).join('; ') },
  { label: say('reports.sheet.unknown'), width: 12, of: ({ coverage }) => coverage.sum.unknown },
  {
    label: say('reports.sheet.list-date'),
    width: 14,
    of: ({ coverage }) => (coverage.listDate ? showDay(coverage.listDate) : say('coverage.no-list')),
  },
  { label: say('reports.sheet.source'), width: 26, of: ({ coverage }) => sourceName(say, coverage) },
];

type Sheet = ExcelJS.Worksheet;

/** A4 on its side, as wide as the page, the mark of invented people at the foot of every page. */
const addSheet = (book: ExcelJS.Workbook, name: string, mark: string): Sheet =>
  book.addWorksheet(name, {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: `&C${mark ? `${mark}  ` : ''}&P/&N` },
  });

/** Texts stay texts: a cell that begins with "=" is no formula. */
const addRow = (sheet: Sheet, cells: readonly (string | number | null)[]): ExcelJS.Row =>
  sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? printable(cell) : cell)));

const addHead = (sheet: Sheet, labels: readonly string[]): void => {
  const row = addRow(sheet, labels);
  row.font = { bold: true };
  row.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
};

const linesSheet = (say: Say, book: ExcelJS.Workbook, report: PlanReport, mark: string): void => {
  const sheet = addSheet(book, say('reports.sheet.lines'), mark);
  const columns = [...planned(say), ...done(say), ...reached(say)];
  const { kind, about, figuresOf } = headingOf(say, report);
  const above = [`${kind}: ${about}`, figuresOf, ...(mark ? [mark] : []), ...summaryOf(say, report)];
  above.forEach((text, at) => {
    addRow(sheet, [text]).font = { bold: at === 0, size: at === 0 ? 14 : 11 };
  });
  sheet.addRow([]);
  addHead(
    sheet,
    columns.map(({ label }) => label),
  );
  const heading = sheet.rowCount;
  for (const line of report.lines) {
    const row = addRow(
      sheet,
      columns.map(({ of }) => of(line)),
    );
    row.alignment = { wrapText: true, vertical: 'top' };
    columns.forEach(({ share }, at) => {
      if (share) row.getCell(at + 1).numFmt = '0.0%';
    });
  }
  columns.forEach(({ width }, at) => {
    sheet.getColumn(at + 1).width = width;
  });
  sheet.views = [{ state: 'frozen', ySplit: heading, xSplit: 2 }];
  sheet.pageSetup.printTitlesRow = `${heading}:${heading}`;
};

const lateSheet = (say: Say, book: ExcelJS.Workbook, { late }: PlanReport, mark: string): void => {
  const sheet = addSheet(book, say('reports.sheet.late'), mark);
  addHead(sheet, [
    say('reports.column.head'),
    say('reports.column.position'),
    say('reports.sheet.what'),
    say('reports.sheet.to'),
  ]);
  for (const { name, post, lines } of late)
    for (const { position, what, endsOn } of lines)
      addRow(sheet, [headText({ head: { name, post } }), position, what, showDay(endsOn)]);
  if (late.length === 0) addRow(sheet, [say('reports.no-late')]);
  [44, 6, 60, 12].forEach((width, at) => {
    sheet.getColumn(at + 1).width = width;
  });
};

const notesSheet = (say: Say, book: ExcelJS.Workbook, report: PlanReport, mark: string): void => {
  const sheet = addSheet(book, say('reports.sheet.notes'), mark);
  for (const text of [...basesOf(say, report), ...notesOf(say, report)])
    addRow(sheet, [text]).alignment = { wrapText: true };
  sheet.getColumn(1).width = 120;
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

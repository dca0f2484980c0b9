import {
  AlignmentType,
  Document,
  type FileChild,
  Footer,
  Header,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx';
import { showDay } from '../../shared/dates.ts';
import type { Say } from '../../shared/words/index.ts';
import { sayOf } from '../../shared/words/units.ts';
import { percent } from '../coverage/index.ts';
import { embeddedFont, FONT } from './docx-font.ts';
import { endParts, headingParts } from './docx-heading.ts';
import {
  A4,
  BODY,
  body,
  type Column,
  centred,
  MARGIN,
  paragraph,
  ruledTable,
  SMALL,
  sectionTitle,
} from './docx-parts.ts';
import type { PlanReport, ReportLine } from './plan-report.ts';
import {
  doneText,
  headingOf,
  headText,
  isSynthetic,
  notesOf,
  reasonsText,
  summaryOf,
  targetText,
  underTable,
  unitOfReport,
  whatText,
} from './wording.ts';

/** In mm; together the width of a page on its side. */
const COLUMNS = [
  ['position', 8],
  ['what', 46],
  ['audience', 19],
  ['head', 24],
  ['target', 18],
  ['done', 34],
  ['n', 13],
  ['could-hear', 15],
  ['reached', 15],
  ['declared', 14],
  ['not-reached', 12],
  ['reasons', 34],
] as const;

const FIGURES: readonly string[] = ['position', 'n', 'could-hear', 'reached', 'declared', 'not-reached'];

const columnsOf = (say: Say): Column[] =>
  COLUMNS.map(([name, width]) => ({ label: say(`reports.column.${name}`), width, figure: FIGURES.includes(name) }));

const rowOf = (say: Say, line: ReportLine): string[][] => {
  const { position, audienceName, sum } = line.coverage;
  const number = (value: number) => say('reports.number', { value });
  const part = (key: string, value: number, share: number | null) =>
    share === null ? number(value) : say(`reports.${key}`, { value, share: percent(share, say) });
  return [
    [number(position)],
    whatText(say, line),
    [audienceName],
    [headText(line)],
    targetText(say, line),
    doneText(say, line),
    [number(sum.n), ...(sum.unknown > 0 ? [say('reports.unknown', { count: sum.unknown })] : [])],
    [number(sum.couldHear)],
    [part('with-share', sum.reached, sum.rate)],
    [part('with-share', sum.declared, sum.declaredShare)],
    [number(line.notReached)],
    reasonsText(say, line),
  ];
};

const lateParts = (say: Say, { late }: PlanReport): Paragraph[] =>
  late.length === 0
    ? [body(say('reports.no-late'))]
    : late.flatMap(({ name, post, lines }) => [
        body(say('reports.late-head', { name: headText({ head: { name, post } }), count: lines.length }), {
          bold: true,
        }),
        ...lines.map(({ position, what, endsOn }) =>
          body(`- ${say('reports.late-line', { position, what, day: showDay(endsOn) })}`),
        ),
      ]);

/** The number of the page in the middle of the upper margin, not on the first page. */
const pageNumber = (): Header =>
  new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT], size: BODY * 2 })],
      }),
    ],
  });

const noHeader = (): Header => new Header({ children: [new Paragraph({})] });

const markOf = (say: Say, report: PlanReport): Footer =>
  new Footer({
    children: [
      isSynthetic(report)
        ? centred(say('coverage.synthetic'), { size: 12, bold: true, italics: true })
        : new Paragraph({}),
    ],
  });

const sectionOf = (
  say: Say,
  report: PlanReport,
  children: readonly FileChild[],
  { sideways = false, first = false }: { sideways?: boolean; first?: boolean } = {},
): ISectionOptions => ({
  properties: {
    page: {
      margin: MARGIN,
      size: { ...A4, orientation: sideways ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
    },
    titlePage: first,
  },
  headers: { default: pageNumber(), first: noHeader() },
  footers: { default: markOf(say, report), first: markOf(say, report) },
  children: [...children],
});

/** The report as a Word file that the office completes (number, addressee, signature) and signs. */
export const writePlanResultsDocx = async (say: Say, report: PlanReport): Promise<Buffer> => {
  const { kind, about } = headingOf(say, report);
  const opening = [
    ...headingParts(say, report),
    sectionTitle(say('reports.section.summary')),
    ...summaryOf(say, report).map((text) => body(`- ${text}`)),
  ];
  const table = [
    sectionTitle(say('reports.section.lines')),
    ruledTable(
      columnsOf(sayOf(say, unitOfReport(report))),
      report.lines.map((line) => rowOf(say, line)),
    ),
    paragraph(underTable(say, report), { size: SMALL, italics: true }, { spacing: { before: 60 } }),
  ];
  const closing = [
    sectionTitle(say('reports.section.late')),
    ...lateParts(say, report),
    sectionTitle(say('reports.section.notes')),
    // The last of them stays with the signature, which never stands on a page alone.
    ...notesOf(say, report).map((text, at, all) => body(`- ${text}`, {}, { keepNext: at >= all.length - 2 })),
    ...endParts(say, report),
  ];
  const file = new Document({
    title: `${kind}: ${about}`,
    creator: 'Lan Tỏa',
    lastModifiedBy: 'Lan Tỏa',
    fonts: [await embeddedFont()],
    styles: { default: { document: { run: { font: FONT, size: BODY * 2, language: { value: 'vi-VN' } } } } },
    sections: [
      sectionOf(say, report, opening, { first: true }),
      sectionOf(say, report, table, { sideways: true }),
      sectionOf(say, report, closing),
    ],
  });
  return Packer.toBuffer(file);
};

import type { Writable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';
import { dayOf, showDay } from '../../shared/dates.ts';
import type { Say } from '../../shared/words/index.ts';
import { sayOf, type Unit, unitOf } from '../../shared/words/units.ts';
import type { Coverage, CoverageRow, LineCoverage } from './get-coverage.ts';
import type { Figures } from './line-rows.ts';

/** A share between 0 and 1, shown in per cent. */
interface Share {
  readonly share: number;
}

type SheetCell = string | number | Share | null;

/** Coverage as it is written to a file: what it is, then a table. */
interface Sheet {
  readonly about: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
}

const shareOf = (value: number | null): Share | null => (value === null ? null : { share: value });

/** What a value of a facet is called. */
export const valueName = (say: Say, facet: Coverage['facet'], value: string): string => {
  if (facet === 'all' || value === '') return '';
  return value === 'unknown' ? say('coverage.unknown-value') : say(`${facet}.${value}`);
};

/** Whom the lines count: households, officers, or some lines these and some those. */
export const unitCounted = ({ lines }: Pick<Coverage, 'lines'>): Unit => unitOf(lines.map(({ subject }) => subject));

/** The sentences that say what is counted: the same on the page, in the terminal and above every table. */
export const howCounted = (plain: Say, coverage: Coverage): string[] => {
  const say = sayOf(plain, unitCounted(coverage));
  return [
    say('coverage.how.denominator'),
    say('coverage.how.reached'),
    say('coverage.how.earlier'),
    say('coverage.how.could-hear'),
    say('coverage.how.declared'),
    say('coverage.how.unknown'),
    ...(coverage.facet === 'language' ? [say('coverage.how.language')] : []),
  ];
};

export const sourceName = (say: Say, line: LineCoverage): string =>
  line.source === 'closed' && line.closedAt
    ? say('coverage.source.closed', { day: showDay(dayOf(line.closedAt)) })
    : say(`coverage.source.${line.source}`);

const aboutOf = (say: Say, coverage: Coverage): string[] => [
  say('coverage.sheet.title', { plan: coverage.lines[0]!.planTitle }),
  say('coverage.of', { on: showDay(coverage.on), boundaries: showDay(coverage.boundaries) }),
  ...coverage.lines.map((line) =>
    say('coverage.sheet.line', {
      position: line.position,
      what: line.what,
      audience: line.audienceName,
      stage: say(`stage.${line.threshold}`),
      target: line.targetPercent,
      list: line.listDate ? showDay(line.listDate) : say('coverage.no-list'),
      source: sourceName(say, line),
    }),
  ),
  ...howCounted(say, coverage),
  ...(coverage.lines.some(({ synthetic }) => synthetic) ? [say('coverage.synthetic')] : []),
];

const figureCells = (figures: Figures, line: LineCoverage): SheetCell[] => [
  figures.n,
  figures.couldHear,
  ...[figures.s2, figures.s3, figures.s4, figures.s5],
  ...[figures.reached, shareOf(figures.rate), { share: line.targetPercent / 100 }],
  ...[figures.declared, shareOf(figures.declaredShare), figures.unknown],
];

const againCells = (again: Figures | undefined): SheetCell[] =>
  again ? [again.n, again.reached, shareOf(again.rate)] : [null, null, null];

const coverageSheet = (plain: Say, coverage: Coverage): Sheet => {
  const say = sayOf(plain, unitCounted(coverage));
  const compares = coverage.lines.some(({ recomputedSum }) => recomputedSum !== undefined);
  const synthetic = coverage.lines.some((line) => line.synthetic) ? [say('coverage.synthetic')] : [];
  const column = (name: string) => say(`coverage.column.${name}`);
  const row = (line: LineCoverage, place: string, value: string, figures: Figures, again: Figures | undefined) => [
    ...[line.position, line.what, place, ...(coverage.facet === 'all' ? [] : [value])],
    ...figureCells(figures, line),
    ...(compares ? againCells(again) : []),
    ...synthetic,
  ];
  const placeName = ({ placeId, place }: CoverageRow) => (placeId === null ? say('coverage.elsewhere') : place);
  return {
    about: aboutOf(say, coverage),
    head: [
      ...[column('line'), column('what'), column('place')],
      ...(coverage.facet === 'all' ? [] : [column(coverage.facet)]),
      ...[column('n'), say('stage.1'), ...['s2', 's3', 's4', 's5'].map((name) => say(`coverage.what.${name}`))],
      ...[column('reached'), column('rate'), column('target'), column('declared'), column('declared-share')],
      column('unknown'),
      ...(compares ? [column('again-n'), column('again-reached'), column('again-rate')] : []),
      ...(synthetic.length > 0 ? [column('note')] : []),
    ],
    rows: coverage.lines.flatMap((line) => [
      ...line.rows.map((each) =>
        row(line, placeName(each), valueName(say, coverage.facet, each.value), each, each.recomputed),
      ),
      ...(coverage.by === 'total' && coverage.facet === 'all'
        ? []
        : [row(line, say('coverage.sum'), '', line.sum, line.recomputedSum)]),
    ]),
  };
};

/** One decimal, as the language writes it; a rate of nobody stays empty. */
export const percent = (value: number | null, say: Say): string =>
  value === null ? '' : say('coverage.percent', { value: Math.round(value * 1_000) / 10 });

const text = (cell: SheetCell, say: Say): string | number =>
  cell === null ? '' : typeof cell === 'object' ? percent(cell.share, say) : cell;

export const coverageCsv = (say: Say, coverage: Coverage): string => {
  const { about, head, rows } = coverageSheet(say, coverage);
  return stringify(
    [...about.map((line) => [line]), [], head, ...rows.map((row) => row.map((cell) => text(cell, say)))],
    {
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
    },
  );
};

/** Row by row into the stream, which is closed at the end. Texts stay texts: a cell that begins with "=" is no formula. */
export const writeCoverageXlsx = async (say: Say, coverage: Coverage, stream: Writable): Promise<void> => {
  const { about, head, rows } = coverageSheet(say, coverage);
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  const frozen = about.length + 2;
  const sheet = book.addWorksheet(say('coverage.sheet.name'), { views: [{ state: 'frozen', ySplit: frozen }] });
  sheet.columns = head.map((_, at) => ({ width: at === 1 || at === 2 ? 34 : 14 }));
  about.forEach((line, at) => {
    const row = sheet.addRow([line]);
    if (at === 0) row.font = { bold: true, size: 14 };
    row.commit();
  });
  sheet.addRow([]).commit();
  const heading = sheet.addRow([...head]);
  heading.font = { bold: true };
  heading.alignment = { wrapText: true, vertical: 'top' };
  heading.commit();
  for (const cells of rows) {
    const row = sheet.addRow(cells.map((cell) => (cell !== null && typeof cell === 'object' ? cell.share : cell)));
    cells.forEach((cell, at) => {
      if (cell !== null && typeof cell === 'object') row.getCell(at + 1).numFmt = '0.0%';
    });
    row.commit();
  }
  await book.commit();
};

import type { Writable } from 'node:stream';
import { csvOf, type FileCell, type TableFile, writeXlsx } from '../../platform/table-file.ts';
import { dayOf, showDay } from '../../shared/dates.ts';
import type { Say } from '../../shared/words/index.ts';
import { sayOf, type Unit, unitOf } from '../../shared/words/units.ts';
import type { Coverage, CoverageRow, LineCoverage } from './get-coverage.ts';
import type { Figures } from './line-rows.ts';

const shareOf = (value: number | null): FileCell => (value === null ? null : { share: value });

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

const figureCells = (figures: Figures, line: LineCoverage): FileCell[] => [
  figures.n,
  figures.couldHear,
  ...[figures.s2, figures.s3, figures.s4, figures.s5],
  ...[figures.reached, shareOf(figures.rate), { share: line.targetPercent / 100 }],
  ...[figures.declared, shareOf(figures.declaredShare), figures.unknown],
];

const againCells = (again: Figures | undefined): FileCell[] =>
  again ? [again.n, again.reached, shareOf(again.rate)] : [null, null, null];

/** Widths of columns in signs: the line and the place are words, all others numbers. */
const [NARROW, WIDE] = [14, 34];

const coverageSheet = (plain: Say, coverage: Coverage): TableFile => {
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
    name: say('coverage.sheet.name'),
    widths: [NARROW, WIDE, WIDE],
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

export const coverageCsv = (say: Say, coverage: Coverage): string =>
  csvOf(coverageSheet(say, coverage), (share) => percent(share, say));

/** Row by row into the stream, which is closed at the end. */
export const writeCoverageXlsx = (say: Say, coverage: Coverage, stream: Writable): Promise<void> =>
  writeXlsx(coverageSheet(say, coverage), stream);

import type { ComponentChild } from 'preact';
import {
  type Coverage,
  type CoverageRow,
  ELSEWHERE,
  type FigureName,
  type Figures,
  type LineCoverage,
  percent,
  unitCounted,
  valueName,
} from '../../../modules/coverage/index.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf, type Unit } from '../../../shared/words/units.ts';
import { Counted, type HowMade, RateBar, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { type AskedFor, addressOf } from './asked.ts';
import { rowsShown } from './rows-shown.ts';

/** A row of a table of figures: of one line, or one line as a whole. */
interface Shown {
  readonly line: LineCoverage;
  readonly name: ComponentChild;
  readonly value: string;
  readonly figures: Figures;
  readonly again: Figures | undefined;
  /** The rows behind a figure of this row. */
  readonly behind: (what: FigureName) => string;
}

type Speaks = Pick<PageRequest, 'say' | 'language'>;

const rateCell = ({ say }: Speaks, { figures, line }: Shown): ComponentChild => {
  if (figures.rate === null) return '—';
  const rate = percent(figures.rate, say);
  const target = percent(line.targetPercent / 100, say);
  return (
    <>
      <RateBar
        rate={figures.rate}
        target={line.targetPercent / 100}
        label={say('page.coverage.bar', { rate, target })}
      />{' '}
      <strong>{rate}</strong>
    </>
  );
};

/** The number with its difference to the closed one. */
const againCell = ({ say }: Speaks, { again, figures }: Shown): string => {
  if (!again) return '—';
  const apart = again.reached - figures.reached;
  const difference = apart > 0 ? `+${apart}` : String(apart).replace('-', '−');
  return say('page.coverage.again-difference', { reached: again.reached, n: again.n, difference });
};

const columnsOf = (speaks: Speaks, coverage: Coverage, first: string, rows: readonly Shown[], unit: Unit) => {
  const { language } = speaks;
  const say = sayOf(speaks.say, unit);
  const linked = (label: string, what: FigureName, count: (figures: Figures) => number) => ({
    label,
    number: true,
    cell: (row: Shown) => {
      const shown = showNumber(count(row.figures), language);
      return count(row.figures) === 0 ? shown : <a href={row.behind(what)}>{shown}</a>;
    },
  });
  return [
    { label: say(first), cell: (row: Shown) => row.name },
    ...(coverage.facet === 'all'
      ? []
      : [{ label: say(`coverage.column.${coverage.facet}`), cell: (row: Shown) => row.value || '—' }]),
    linked(say('coverage.column.n'), 'n', ({ n }) => n),
    linked(say('stage.1'), 'could_hear', ({ couldHear }) => couldHear),
    linked(say('coverage.what.s2'), 's2', ({ s2 }) => s2),
    linked(say('coverage.what.s3'), 's3', ({ s3 }) => s3),
    linked(say('coverage.what.s4'), 's4', ({ s4 }) => s4),
    linked(say('coverage.what.s5'), 's5', ({ s5 }) => s5),
    { label: say('page.coverage.rate'), number: true, cell: (row: Shown) => rateCell(speaks, row) },
    {
      label: say('coverage.column.target'),
      number: true,
      cell: ({ line }: Shown) => percent(line.targetPercent / 100, say),
    },
    {
      label: say('coverage.column.declared-share'),
      number: true,
      cell: ({ figures, behind }: Shown) =>
        figures.declared === 0 ? (
          percent(figures.declaredShare, say) || '—'
        ) : (
          <a href={behind('declared')}>{percent(figures.declaredShare, say)}</a>
        ),
    },
    linked(say('page.coverage.not-reached'), 'not-reached', ({ n, reached }) => n - reached),
    ...(rows.some(({ figures }) => figures.unknown > 0)
      ? [linked(say('coverage.column.unknown'), 'unknown', ({ unknown }) => unknown)]
      : []),
    ...(rows.some(({ again }) => again)
      ? [{ label: say('page.coverage.again'), number: true, cell: (row: Shown) => againCell(speaks, row) }]
      : []),
  ];
};

/** The paragraphs about the columns, by their names. */
const howMade = (say: Say, rows: readonly Shown[]): HowMade => [
  ['denominator', say('coverage.column.n')],
  ['could-hear', capital(say('stage.1'))],
  ['stages', say('help.of-stages')],
  ['reached', say('coverage.column.reached')],
  ['declared', say('coverage.column.declared-share')],
  ['not-reached', say('page.coverage.not-reached')],
  ...(rows.some(({ figures }) => figures.unknown > 0) ? ([['unknown', say('coverage.column.unknown')]] as const) : []),
  ...(rows.some(({ again }) => again) ? ([['closed', say('page.coverage.again')]] as const) : []),
];

/** The rows behind a figure of one row. */
export const behindRow = (asked: AskedFor, line: LineCoverage, row: CoverageRow) => (what: FigureName) =>
  addressOf(
    '/coverage/rows',
    { ...asked, position: line.position, placeId: row.within },
    {
      row: row.placeId ?? ELSEWHERE,
      value: row.value || null,
      what,
    },
  );

const behindLine = (asked: AskedFor, line: LineCoverage) => (what: FigureName) =>
  addressOf('/coverage/rows', { ...asked, position: line.position }, { what });

/** One line by place and facet, its sum below. */
export const LineTable = (props: { request: PageRequest; asked: AskedFor; coverage: Coverage; line: LineCoverage }) => {
  const { request, asked, coverage, line } = props;
  const { say } = request;
  const rows: Shown[] = rowsShown(line).map((row) => ({
    line,
    name: row.placeId === null ? say('coverage.elsewhere') : capital(row.place),
    value: valueName(say, coverage.facet, row.value),
    figures: row,
    again: row.recomputed,
    behind: behindRow(asked, line, row),
  }));
  if (rows.length > 1)
    rows.push({
      line,
      name: <strong>{say('coverage.sum')}</strong>,
      value: '',
      figures: line.sum,
      again: line.recomputedSum,
      behind: behindLine(asked, line),
    });
  return (
    <Counted say={say} how={howMade(sayOf(say, line.subject), rows)}>
      <Table
        caption={say('page.coverage.line-title', { position: line.position, what: line.what })}
        captionHidden
        rows={rows}
        columns={columnsOf(request, coverage, 'coverage.column.place', rows, line.subject)}
      />
    </Counted>
  );
};

/** All lines of a plan in one place, a row each. */
export const PlanTable = ({
  request,
  asked,
  coverage,
}: {
  request: PageRequest;
  asked: AskedFor;
  coverage: Coverage;
}) => {
  const { say } = request;
  const rows: Shown[] = coverage.lines.map((line) => ({
    line,
    name: (
      <a href={addressOf('/coverage', { ...asked, position: line.position, by: 'village' })}>
        {say('page.coverage.line-option', { position: line.position, what: line.what })}
      </a>
    ),
    value: '',
    figures: line.sum,
    again: line.recomputedSum,
    behind: behindLine(asked, line),
  }));
  return (
    <Counted say={say} how={howMade(sayOf(say, unitCounted(coverage)), rows)}>
      <Table
        caption={say('page.coverage.all-lines')}
        captionHidden
        rows={rows}
        columns={columnsOf(request, coverage, 'page.coverage.line', rows, unitCounted(coverage))}
      />
    </Counted>
  );
};

import {
  type CoveredSubject,
  ELSEWHERE,
  exportReached,
  type FigureName,
  figureNames,
  getCoverage,
  listReached,
  rowSorts,
  valueName,
} from '../../../modules/coverage/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { notFound } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf } from '../../../shared/words/units.ts';
import { Alert, Button, EmptyState, Field, How, type HowId, PageHead, SearchForm } from '../../../ui/index.ts';
import { List, type ListColumn, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { shortPlaces } from '../../short-places.ts';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { type AskedFor, addressOf, askedFor } from './asked.ts';

const LIST = {
  name: 'coverage-rows',
  path: '/coverage/rows',
  filters: ['plan', 'line', 'place', 'on', 'boundaries', 'by', 'facet', 'again', 'row', 'value', 'what', 'text'],
  sorts: rowSorts,
} as const;

/** The paragraph about each figure. */
const howOf = {
  n: 'denominator',
  could_hear: 'could-hear',
  ...({ s2: 'stages', s3: 'stages', s4: 'stages', s5: 'stages' } as const),
  ...{ reached: 'reached', 'not-reached': 'not-reached' },
  ...{ declared: 'declared', unknown: 'unknown' },
} as const satisfies Record<FigureName, HowId>;

type Found = Awaited<ReturnType<(typeof listReached)['run']>>;
type Column = ListColumn<CoveredSubject, (typeof rowSorts)[number]>;

const stageCell = (say: Say, { startsOn }: Found['line'], row: CoveredSubject): string => {
  const { stage, since, declared, couldHear } = row;
  if (stage === null || since === null) return couldHear ? say('stage.1') : say('page.coverage.row-none');
  const reached = say('page.coverage.row-since', { stage: say(`stage.${stage}`), day: showDay(since) });
  const notes = [
    ...(since < startsOn ? [say('page.coverage.row-earlier')] : []),
    ...(declared ? [say('page.coverage.row-declared')] : []),
  ];
  return notes.length > 0 ? `${reached} (${notes.join(', ')})` : reached;
};

const columnsOf = (plain: Say, { line, rows }: Pick<Found, 'line' | 'rows'>): Column[] => {
  const short = shortPlaces(rows.map(({ place }) => place));
  const say = sayOf(plain, line.subject);
  const languages = (row: CoveredSubject) =>
    (row.languages ?? []).map((code) => say(`language.${code}`)).join(', ') || say('coverage.unknown-value');
  const ofHouseholds: Column[] = [
    {
      ...{ name: 'class', label: say('coverage.column.class'), sort: 'class' },
      cell: (row) => (row.class ? say(`class.${row.class}`) : '—'),
      text: (row) => (row.class ? say(`class.${row.class}`) : ''),
    },
    {
      ...{ name: 'language', label: say('coverage.column.language'), sort: 'language' },
      cell: languages,
      text: languages,
    },
  ];
  return [
    {
      ...{ name: 'head', label: say('page.coverage.row-head'), sort: 'head', always: true },
      cell: (row) =>
        row.kind === 'household' ? (
          <a href={`/households/${row.subjectId}`}>{row.headName ?? row.code}</a>
        ) : (
          (row.headName ?? row.code)
        ),
      text: (row) => row.headName ?? '',
    },
    {
      ...{ name: 'code', label: say('page.coverage.row-code'), sort: 'code' },
      cell: (row) => row.code,
      text: (row) => row.code,
    },
    {
      ...{ name: 'place', label: say('coverage.column.place'), sort: 'place' },
      cell: (row) => short(row.place),
      text: (row) => capital(row.place),
    },
    ...(line.subject === 'officer' ? [] : ofHouseholds),
    {
      ...{ name: 'stage', label: say('page.coverage.row-stage'), sort: 'stage', largestFirst: true },
      cell: (row) => stageCell(say, line, row),
      text: (row) => stageCell(say, line, row),
    },
    {
      ...{ name: 'since', label: say('page.coverage.row-day'), sort: 'since', largestFirst: true, extra: true },
      cell: (row) => (row.since ? showDay(row.since) : '—'),
      text: (row) => (row.since ? showDay(row.since) : ''),
    },
  ];
};

/** Whether the figure stood in a month that is closed: its names are of today's knowledge. */
const isClosed = async ({ execute }: PageRequest, asked: AskedFor): Promise<boolean> =>
  asked.on !== null && (await execute(getCoverage, { ...asked, by: 'total', facet: 'all', recomputed: false })).closed;

/** The figure that the address asks for, and which row of it. */
const askedRows = async (request: PageRequest) => {
  const { query } = request;
  const { asked } = await askedFor(request);
  if (!asked) throw notFound('plan');
  const row = textOf(query, 'row');
  return {
    asked,
    rows: {
      ...asked,
      what: figureNames.find((name) => name === textOf(query, 'what')) ?? ('not-reached' as const),
      value: textOf(query, 'value'),
      row: isId(row) || row === ELSEWHERE ? row : null,
      text: textOf(query, 'text').slice(0, 100),
    },
  };
};

const Filters = ({ request: { say, query } }: { request: PageRequest }) => (
  <SearchForm action={LIST.path} label={say('page.coverage.rows-show')}>
    {LIST.filters
      .filter((name) => name !== 'text' && textOf(query, name) !== '')
      .map((name) => (
        <input type="hidden" name={name} value={textOf(query, name)} />
      ))}
    <Field name="text" type="search" label={say('page.coverage.rows-text')} value={textOf(query, 'text')} />
    <Button>{say('page.coverage.rows-show')}</Button>
  </SearchForm>
);

/** The households or officers behind one figure. */
const rowsPage = page({
  method: 'GET',
  path: LIST.path,
  signedIn: true,
  handle: async (request) => {
    const { say, language, query, execute } = request;
    const { asked, rows } = await askedRows(request);
    const { what, value } = rows;
    const found = await execute(listReached, { ...rows, ...listAsked(LIST, query) });
    const total = showNumber(found.total, language);
    const figure = sayOf(say, found.line.subject)(`coverage.what.${what}`);
    const named = value ? valueName(say, asked.facet, value) : '';
    return {
      title: say('page.coverage.rows'),
      body: (
        <>
          <PageHead
            title={say('page.coverage.rows')}
            lead={
              <>
                {say('page.coverage.line-title', { position: found.line.position, what: found.line.what })}.{' '}
                {say('coverage.of', { on: showDay(found.on), boundaries: showDay(found.boundaries) })}.
              </>
            }
            back={{ href: addressOf('/coverage', asked), label: say('page.coverage.rows-back') }}
          />
          <p>
            <strong>{say('page.coverage.rows-of', { what: figure, total })}</strong>
            {found.rowPlace && ` · ${capital(found.rowPlace)}`}
            {named && ` · ${named}`}
          </p>
          <How say={say} id={howOf[what]} of={figure} />
          {(await isClosed(request, asked)) && (
            <Alert tone="info">
              <p>{say('page.coverage.rows-closed')}</p>
            </Alert>
          )}
          <Filters request={request} />
          <List
            request={request}
            kind={LIST}
            columns={columnsOf(say, found)}
            found={found}
            caption={say('page.coverage.rows')}
            count={say('page.coverage.rows-of', { what: figure, total })}
            empty={
              <EmptyState
                title={say(textOf(request.query, 'text') ? 'page.coverage.rows-none-such' : 'page.coverage.rows-none')}
              >
                <p>
                  {say(
                    textOf(request.query, 'text')
                      ? 'page.coverage.rows-none-such-next'
                      : 'page.coverage.rows-none-next',
                  )}
                </p>
              </EmptyState>
            }
            files={request.actor.grants.some(({ role }) => role === 'officer' || role === 'leader')}
          />
        </>
      ),
    };
  },
});

export const coverageRowsPages = [
  rowsPage,
  ...listFilePages(LIST, {
    fileName: 'sau-con-so',
    title: ({ say }) => say('page.coverage.rows'),
    find: async (request, { sort, descending }) => {
      const { rows } = await askedRows(request);
      const found = await request.execute(exportReached, { ...rows, sort, descending });
      return { ...found, columns: columnsOf(request.say, found) };
    },
  }),
];

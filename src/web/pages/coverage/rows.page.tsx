import {
  type CoveredSubject,
  ELSEWHERE,
  figureNames,
  getCoverage,
  listReached,
  valueName,
} from '../../../modules/coverage/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { notFound } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf } from '../../../shared/words/units.ts';
import { Actions, Alert, EmptyState, LinkButton, Table } from '../../../ui/index.ts';
import { type PageRequest, page } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { type AskedFor, addressOf, askedFor } from './asked.ts';

const SIZE = 50;

type Found = Awaited<ReturnType<(typeof listReached)['run']>>;

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

const SubjectTable = ({ request, found: { rows, line } }: { request: PageRequest; found: Found }) => {
  const officers = line.subject === 'officer';
  const say = sayOf(request.say, line.subject);
  return (
    <Table
      caption={say('page.coverage.rows')}
      captionHidden
      rows={rows}
      columns={[
        {
          label: say('page.coverage.row-head'),
          cell: (row) =>
            row.kind === 'household' ? (
              <a href={`/households/${row.subjectId}`}>{row.headName ?? row.code}</a>
            ) : (
              (row.headName ?? row.code)
            ),
        },
        { label: say('page.coverage.row-code'), cell: (row) => row.code },
        { label: say('coverage.column.place'), cell: (row) => capital(row.place) },
        ...(officers
          ? []
          : [
              {
                label: say('coverage.column.class'),
                cell: (row: CoveredSubject) => (row.class ? say(`class.${row.class}`) : '—'),
              },
              {
                label: say('coverage.column.language'),
                cell: (row: CoveredSubject) =>
                  (row.languages ?? []).map((code) => say(`language.${code}`)).join(', ') ||
                  say('coverage.unknown-value'),
              },
            ]),
        { label: say('page.coverage.row-stage'), cell: (row) => stageCell(say, line, row) },
      ]}
    />
  );
};

/** Whether the figure stood in a month that is closed: its names are of today's knowledge. */
const isClosed = async ({ execute }: PageRequest, asked: AskedFor): Promise<boolean> =>
  asked.on !== null && (await execute(getCoverage, { ...asked, by: 'total', facet: 'all', recomputed: false })).closed;

/** The households or officers behind one figure. */
export const coverageRowsPage = page({
  method: 'GET',
  path: '/coverage/rows',
  signedIn: true,
  handle: async (request) => {
    const { say, language, query, execute } = request;
    const { asked } = await askedFor(request);
    if (!asked) throw notFound('plan');
    const [row, value] = [textOf(query, 'row'), textOf(query, 'value')];
    const what = figureNames.find((name) => name === textOf(query, 'what')) ?? 'not-reached';
    const at = pageOf(query);
    const found = await execute(listReached, {
      ...asked,
      what,
      value,
      row: isId(row) || row === ELSEWHERE ? row : null,
      limit: SIZE,
      offset: at * SIZE,
    });
    const total = showNumber(found.total, language);
    const named = value ? valueName(say, asked.facet, value) : '';
    return {
      title: say('page.coverage.rows'),
      body: (
        <>
          <h1>{say('page.coverage.rows')}</h1>
          <p class="lead">
            {say('page.coverage.line-title', { position: found.line.position, what: found.line.what })}.{' '}
            {say('coverage.of', { on: showDay(found.on), boundaries: showDay(found.boundaries) })}.
          </p>
          <p>
            <strong>
              {say('page.coverage.rows-of', { what: sayOf(say, found.line.subject)(`coverage.what.${what}`), total })}
            </strong>
            {found.rowPlace && ` · ${capital(found.rowPlace)}`}
            {named && ` · ${named}`}
          </p>
          {(await isClosed(request, asked)) && (
            <Alert tone="info">
              <p>{say('page.coverage.rows-closed')}</p>
            </Alert>
          )}
          {found.rows.length === 0 ? (
            <EmptyState title={say('page.coverage.rows-none')} />
          ) : (
            <SubjectTable request={request} found={found} />
          )}
          {pagerOf({ request, at, more: found.total > (at + 1) * SIZE })}
          <Actions>
            <LinkButton href={addressOf('/coverage', asked)}>{say('page.coverage.rows-back')}</LinkButton>
          </Actions>
        </>
      ),
    };
  },
});

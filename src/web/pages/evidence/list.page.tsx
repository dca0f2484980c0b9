import { listLines, listRecent, recordedKinds, recordedSorts } from '../../../modules/delivery/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { isId } from '../../../shared/ids.ts';
import { Button, Card, EmptyState, LinkButton, PageHead, Part, SearchForm, Select, Table } from '../../../ui/index.ts';
import { List, type ListColumn, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { shortPlaces } from '../../short-places.ts';
import { capital, showMoment, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { placeFilter } from '../list-filters.tsx';
import { UnknownChoice } from '../unknown-choice.tsx';

const LIST = {
  name: 'evidence',
  path: '/evidence',
  filters: ['kind', 'place', 'counts'],
  sorts: recordedSorts,
  size: 20,
} as const;

type Row = Awaited<ReturnType<(typeof listRecent)['run']>>['rows'][number];
type Column = ListColumn<Row, (typeof recordedSorts)[number]>;

const SHOWN = 3;

/** A few names and how many more. */
const villagesText = (
  { say, language }: PageRequest,
  villages: readonly string[],
  short: (place: string) => string,
): string => {
  const first = villages.slice(0, SHOWN).map(short).join('; ');
  const more = villages.length - SHOWN;
  return more > 0 ? say('page.evidence.and-more', { villages: first, more: showNumber(more, language) }) : first;
};

type Line = Awaited<ReturnType<(typeof listLines)['run']>>[number];

const lineTable = ({ say, language }: PageRequest, rows: readonly Line[]) => (
  <Table
    caption={say('page.evidence.lines')}
    captionHidden
    rows={rows}
    columns={[
      {
        label: say('page.evidence.line'),
        cell: (line) => <a href={`/evidence/new?line=${line.lineId}`}>{line.what}</a>,
      },
      { label: say('page.evidence.message'), cell: ({ message }) => message.title },
      {
        label: say('page.evidence.plan'),
        cell: (line) => say('page.evidence.plan-line', { plan: line.planTitle, position: String(line.position) }),
      },
      {
        label: say('page.evidence.villages-count'),
        number: true,
        cell: (line) => showNumber(line.villages, language),
      },
    ]}
  />
);

/** Lines for which something can be written down; folded away, those of plans whose period is over. */
const lines = async (request: PageRequest) => {
  const { say, execute } = request;
  const found = (await execute(listLines, {})).filter(({ mayBeRecorded }) => mayBeRecorded);
  if (found.length === 0)
    return (
      <EmptyState title={say('page.evidence.no-lines')}>
        <p>{say('page.evidence.no-lines-hint')}</p>
        <LinkButton href="/plans">{say('page.plans.title')}</LinkButton>
      </EmptyState>
    );
  const past = found.filter(({ over }) => over);
  const now = found.filter(({ over }) => !over);
  return (
    <>
      {now.length > 0 && lineTable(request, now)}
      {past.length > 0 && (
        <Part title={say('page.plans.over-group')} open={now.length === 0}>
          {lineTable(request, past)}
        </Part>
      )}
    </>
  );
};

const columnsOf = (request: PageRequest, rows: readonly Row[]): Column[] => {
  const { say } = request;
  const short = shortPlaces(rows.flatMap(({ villages }) => villages));
  const what = ({ kind }: Row) => capital(say(`channel.${kind}`));
  const by = (row: Row) =>
    row.voidedAt
      ? say('page.evidence.voided-because', { reason: row.voidReason ?? '' })
      : say('page.evidence.by-at', { name: row.recordedByName, at: showMoment(row.recordedAt) });
  return [
    {
      ...{ name: 'what', label: say('page.evidence.what-was-done'), sort: 'what', always: true },
      cell: (row) => <a href={`/evidence/activities/${row.activityId}`}>{what(row)}</a>,
      text: what,
    },
    {
      ...{ name: 'day', label: say('page.evidence.day'), sort: 'day', largestFirst: true },
      cell: (row) => showDay(row.happenedOn),
      text: (row) => showDay(row.happenedOn),
    },
    {
      ...{ name: 'message', label: say('page.evidence.message'), sort: 'message' },
      cell: ({ message }) => message,
      text: ({ message }) => message,
    },
    {
      ...{ name: 'villages', label: say('page.evidence.villages') },
      cell: ({ villages }) => villagesText(request, villages, short),
      text: ({ villages }) => villages.join('; '),
    },
    {
      ...{ name: 'language', label: say('page.evidence.language'), sort: 'language' },
      cell: (row) => say(`language.${row.language}`),
      text: (row) => say(`language.${row.language}`),
    },
    {
      ...{ name: 'proof', label: say('page.evidence.proof'), sort: 'proof' },
      cell: (row) => say(`proof.${row.proof}`),
      text: (row) => say(`proof.${row.proof}`),
    },
    {
      ...{ name: 'recorded', label: say('page.evidence.recorded-by'), sort: 'recorded', largestFirst: true },
      cell: by,
      text: by,
    },
    {
      ...{ name: 'plan', label: say('page.evidence.plan'), extra: true },
      cell: (row) => (
        <a href={`/plans/${row.planCode}/lines/${row.position}`}>
          {say('page.evidence.plan-line', { plan: row.planCode, position: String(row.position) })}
        </a>
      ),
      text: (row) => say('page.evidence.plan-line', { plan: row.planCode, position: String(row.position) }),
    },
  ];
};

const COUNTS = ['yes', 'no'] as const;

const filtersOf = ({ query }: PageRequest) => {
  const [place, counts] = [textOf(query, 'place'), COUNTS.find((each) => each === textOf(query, 'counts'))];
  return {
    kind: recordedKinds.find((each) => each === textOf(query, 'kind')) ?? null,
    placeId: isId(place) ? place : null,
    counts: counts ? counts === 'yes' : null,
  };
};

const Filters = async ({ request }: { request: PageRequest }) => {
  const { say, query } = request;
  return (
    <SearchForm action={LIST.path} label={say('page.evidence.show')}>
      <Select
        name="kind"
        label={say('page.evidence.how')}
        options={recordedKinds.map((value) => ({ value, label: capital(say(`channel.${value}`)) }))}
        empty={say('page.evidence.any-kind')}
        value={textOf(query, 'kind')}
      />
      {await placeFilter(request, say('page.evidence.where'), say('page.evidence.any-place'))}
      <Select
        name="counts"
        label={say('page.evidence.counts')}
        options={COUNTS.map((value) => ({ value, label: say(`page.evidence.counts.${value}`) }))}
        empty={say('page.evidence.any-counts')}
        value={textOf(query, 'counts')}
      />
      <Button>{say('page.evidence.show')}</Button>
    </SearchForm>
  );
};

const recent = async (request: PageRequest) => {
  const { say, execute, query, language } = request;
  const asked = filtersOf(request);
  const found = await execute(listRecent, { ...asked, ...listAsked(LIST, query) });
  const narrowed = asked.kind !== null || asked.placeId !== null || asked.counts !== null;
  if (found.total === 0 && !narrowed)
    return (
      <EmptyState title={say('page.evidence.nothing-yet')}>
        <p>{say('page.evidence.nothing-yet-next')}</p>
      </EmptyState>
    );
  return (
    <>
      {await Filters({ request })}
      <List
        request={request}
        kind={LIST}
        columns={columnsOf(request, found.rows)}
        found={found}
        caption={say('page.evidence.recent')}
        count={say('page.evidence.found', { total: showNumber(found.total, language) })}
        empty={
          <EmptyState title={say('page.evidence.none-such')}>
            <LinkButton href={LIST.path}>{say('page.evidence.all')}</LinkButton>
          </EmptyState>
        }
        files
        quiet={({ voidedAt }) => voidedAt !== null}
      />
    </>
  );
};

const listPage = page({
  method: 'GET',
  path: LIST.path,
  signedIn: true,
  handle: async (request) => {
    const { say } = request;
    return {
      title: say('nav.evidence'),
      body: (
        <>
          <PageHead
            title={say('nav.evidence')}
            lead={say('page.evidence.lead')}
            actions={
              <>
                <LinkButton href="/evidence/log">{say('page.evidence.log')}</LinkButton>
                <LinkButton href="/visits">{say('page.evidence.visits')}</LinkButton>
              </>
            }
          />
          <UnknownChoice request={request} name="kind" known={recordedKinds} />
          <UnknownChoice request={request} name="counts" known={COUNTS} />
          <Card title={say('page.evidence.lines')}>{await lines(request)}</Card>
          <Card title={say('page.evidence.recent')}>{await recent(request)}</Card>
        </>
      ),
    };
  },
});

export const evidenceListPages = [
  listPage,
  ...listFilePages(LIST, {
    fileName: 'hoat-dong-da-ghi',
    title: ({ say }) => say('page.evidence.recent'),
    find: async (request, asked) => {
      const found = await request.execute(listRecent, { ...filtersOf(request), ...asked });
      return { ...found, columns: columnsOf(request, found.rows) };
    },
  }),
];

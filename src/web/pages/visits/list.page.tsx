import { exportVisits, type ListedVisit, listVisits, MOST_CHANGED } from '../../../modules/visits/index.ts';
import {
  Alert,
  Button,
  EmptyState,
  Field,
  FormTrouble,
  How,
  Lead,
  Lines,
  LinkButton,
  PageHead,
  Pager,
  SearchForm,
  Select,
} from '../../../ui/index.ts';
import { List, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { textOf, troubleOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { type AskedVisits, askedOf, ENDED, ended, filtersOf, LATE, LIST } from './asked.ts';
import { columnsOf } from './columns.tsx';
import { manyPage } from './many.page.tsx';
import { ManyForm } from './many-form.tsx';
import { mayRecordVisit, seesAll, VisitCards } from './parts.tsx';

type Found = Awaited<ReturnType<(typeof listVisits)['run']>>;

/** What was done just now, said above the list. */
const said = ({ say, query }: PageRequest) =>
  (['recorded', 'given', 'cancelled'] as const).map((name) => {
    const count = Number(textOf(query, name));
    return Number.isInteger(count) && count > 0 ? (
      <Alert tone="success">
        <p>{say(`page.visits.list-${name}`, { count })}</p>
      </Alert>
    ) : null;
  });

/** For who has no filters: those still to be made, or those that are over. */
const OtherStates = ({ say, state }: { say: PageRequest['say']; state: string }) => (
  <p>
    {state === 'open' ? (
      <a href={`/visits?state=${ENDED}`}>{say('page.visits.to.ended')}</a>
    ) : (
      <a href="/visits">{say('page.visits.to.open')}</a>
    )}
  </p>
);

const filters = async (request: PageRequest, { state, mine, values }: AskedVisits) => {
  const { say } = request;
  return (
    <SearchForm action={LIST.path} label={say('page.visits.show')}>
      <Field name="text" type="search" label={say('page.visits.text')} value={textOf(values, 'text')} />
      <Select
        name="place"
        label={say('page.visits.place')}
        options={await ownPlaces(request)}
        empty={say('page.visits.all-places')}
        value={textOf(values, 'place')}
      />
      <Select
        name="state"
        label={say('page.visits.state')}
        options={[
          { value: 'open', label: say('visit-state.open') },
          { value: LATE, label: say('page.visits.late') },
          { value: ENDED, label: say('page.visits.ended-all') },
          ...ended.map((value) => ({ value, label: say(`visit-state.${value}`) })),
        ]}
        empty={say('page.visits.all-states')}
        value={state}
      />
      <Select
        name="whose"
        label={say('page.visits.agent')}
        options={[{ value: 'mine', label: say('page.visits.mine') }]}
        empty={say('page.visits.anybody')}
        value={mine ? 'mine' : ''}
      />
      <Button>{say('page.visits.show')}</Button>
    </SearchForm>
  );
};

/** The sheets of the villages and lines of these visits: to take along on paper. */
const sheets = ({ say }: PageRequest, visits: readonly ListedVisit[]) => {
  const pairs = new Map(
    visits.flatMap(({ villageId, village, lines }) =>
      lines.map(({ lineId, title }) => [`what=line:${lineId}&village=${villageId}`, { village, title }] as const),
    ),
  );
  return pairs.size === 0 ? null : (
    <>
      <h2>{say('page.visits.sheets')}</h2>
      <Lines>
        {[...pairs].map(([query, { village, title }]) => (
          <li>
            <a href={`/left-behind/sheet?${query}`}>
              {capital(village.split(',')[0]!)}: {title}
            </a>
          </li>
        ))}
      </Lines>
    </>
  );
};

/** For who goes there: one household a card, their own first. */
const AgentVisits = ({ request, asked, found }: { request: PageRequest; asked: AskedVisits; found: Found }) => {
  const { say, language } = request;
  const { visits, total } = found;
  const { limit, offset } = listAsked(LIST, asked.values);
  const own = visits.filter((visit) => visit.own && visit.state === 'open');
  const rest = visits.filter((visit) => !own.includes(visit));
  const [at, pages] = [offset / limit, Math.max(1, Math.ceil(total / limit))];
  const link = (to: number, label: string) => ({ href: `/visits?state=${asked.state}&page=${to + 1}`, label });
  return (
    <>
      <OtherStates say={say} state={asked.state} />
      <Lead>{say('page.visits.found', { total: showNumber(total, language) })}</Lead>
      {total === 0 && (
        <EmptyState title={say(asked.state === 'open' ? 'page.visits.none-open' : 'page.visits.none')}>
          <p>{say('page.visits.none-agent')}</p>
        </EmptyState>
      )}
      {own.length > 0 && (
        <>
          <h2>{say('page.visits.own')}</h2>
          <VisitCards say={say} visits={own} />
        </>
      )}
      {rest.length > 0 && (
        <>
          <h2>{say(asked.state === 'open' ? 'page.visits.rest' : 'page.visits.ended-title')}</h2>
          <VisitCards say={say} visits={rest} />
        </>
      )}
      {sheets(
        request,
        visits.filter((visit) => visit.state === 'open' && visit.villageId),
      )}
      {pages > 1 && (
        <Pager
          label={say('ui.list.page', { page: at + 1, pages })}
          previous={at > 0 ? link(at - 1, say('ui.pager.previous')) : undefined}
          next={at + 1 < pages ? link(at + 1, say('ui.pager.next')) : undefined}
        />
      )}
    </>
  );
};

/** That some are one's own, for who sees everybody's. */
const OwnFirst = async ({ request, asked }: { request: PageRequest; asked: AskedVisits }) => {
  const { say, execute } = request;
  if (asked.mine) return null;
  const { total } = await execute(listVisits, { states: ['open'], mine: true, limit: 1 });
  return total === 0 ? null : (
    <p>
      <a href="/visits?whose=mine">{say('page.visits.own-count', { count: total })}</a>
    </p>
  );
};

/** For who works with a commune: everybody's, to be looked through, given to others and called off. */
const AllVisits = async ({ request, asked, found }: { request: PageRequest; asked: AskedVisits; found: Found }) => {
  const { say, language } = request;
  const onlyOpen = asked.state === 'open' || asked.state === LATE;
  return (
    <>
      {await filters(request, asked)}
      {await OwnFirst({ request, asked })}
      {/* What is said of a choice of visits leads here. */}
      <div id="field-visits" tabIndex={-1}>
        <List
          request={request}
          kind={LIST}
          columns={columnsOf(request, found.visits)}
          found={{ rows: found.visits, total: found.total }}
          caption={say('nav.visits')}
          count={say('page.visits.found', { total: showNumber(found.total, language) })}
          empty={
            <EmptyState title={say('page.visits.none')}>
              <p>{say('page.visits.none-next')}</p>
              <LinkButton href="/left-behind">{say('page.visits.to.left-behind')}</LinkButton>
            </EmptyState>
          }
          files
          at={{ path: LIST.path, query: asked.values }}
        >
          {found.visits.some(({ state }) => state === 'open') &&
            // More than can be changed at once are not offered as "all of the list".
            (await ManyForm({ request, asked, all: onlyOpen && found.total <= MOST_CHANGED ? found.total : null }))}
        </List>
      </div>
    </>
  );
};

/** What somebody has to do today comes first; those who work with a commune see all visits, with filters. */
const view = async (request: PageRequest): Promise<View> => {
  const { say, execute, today } = request;
  const asked = askedOf(request);
  const found = await execute(listVisits, { ...filtersOf(asked, today), ...listAsked(LIST, asked.values) });
  const shown = { request, asked, found };
  return {
    title: say('nav.visits'),
    body: (
      <>
        <PageHead
          title={say('nav.visits')}
          lead={say('page.visits.lead')}
          actions={
            mayRecordVisit(request) && <LinkButton href="/visits/import">{say('page.visits.import')}</LinkButton>
          }
        />
        <FormTrouble trouble={troubleOf(request)} />
        {said(request)}
        {asked.unknown !== null && (
          <Alert tone="warning">
            <p>{say('page.visits.no-such-state', { state: asked.unknown })}</p>
          </Alert>
        )}
        {seesAll(request) ? await AllVisits(shown) : <AgentVisits {...shown} />}
        {found.total > 0 && <How say={say} id="visits" />}
      </>
    ),
  };
};

export const visitListPages = [
  page({ method: 'GET', path: LIST.path, signedIn: true, handle: view }),
  manyPage(view),
  ...listFilePages(LIST, {
    fileName: 'luot-den-ho',
    title: ({ say }) => say('nav.visits'),
    find: async (request, { sort, descending }) => {
      const filter = filtersOf(askedOf(request), request.today);
      const { visits: rows, total } = await request.execute(exportVisits, { ...filter, sort, descending });
      return { rows, total, columns: columnsOf(request, rows) };
    },
  }),
];

import { type ListedVisit, listVisits, type VisitState, visitStates } from '../../../modules/visits/index.ts';
import { isId } from '../../../shared/ids.ts';
import { Actions, Alert, Button, EmptyState, LinkButton, SearchForm, Select } from '../../../ui/index.ts';
import { type PageRequest, page } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { mayRecordVisit, seesAll, VisitCards, VisitTable } from './parts.tsx';

const SIZE = 50;

const recorded = ({ say, query }: PageRequest) => {
  const count = Number(textOf(query, 'recorded'));
  return Number.isInteger(count) && count > 0 ? (
    <Alert tone="success">
      <p>{say('page.visits.list-recorded', { count })}</p>
    </Alert>
  ) : null;
};

/** Every end that a visit may have came to; an address of the page only. */
const ENDED = 'ended';
const ended = visitStates.filter((state) => state !== 'open');

/** The state asked for, empty = all; what is none is said, and those still to be made are shown. */
const stateOf = (query: PageRequest['query']): { state: string; unknown: string | null } => {
  if (query.state === undefined) return { state: 'open', unknown: null };
  const asked = textOf(query, 'state').trim();
  const known = asked === '' || asked === ENDED || visitStates.some((state) => state === asked);
  return known ? { state: asked, unknown: null } : { state: 'open', unknown: asked.slice(0, 40) };
};

const statesOf = (state: string): VisitState[] =>
  state === ENDED ? [...ended] : visitStates.filter((each) => each === state);

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

const filters = async (request: PageRequest) => {
  const { say, query } = request;
  return (
    <SearchForm action="/visits" label={say('page.visits.show')}>
      <Select
        name="place"
        label={say('page.visits.place')}
        options={await ownPlaces(request)}
        empty={say('page.visits.all-places')}
        value={textOf(query, 'place')}
      />
      <Select
        name="state"
        label={say('page.visits.state')}
        options={[
          { value: 'open', label: say('visit-state.open') },
          { value: ENDED, label: say('page.visits.ended-all') },
          ...ended.map((value) => ({ value, label: say(`visit-state.${value}`) })),
        ]}
        empty={say('page.visits.all-states')}
        value={stateOf(query).state}
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
      <ul class="groups">
        {[...pairs].map(([query, { village, title }]) => (
          <li>
            <a href={`/left-behind/sheet?${query}`}>
              {capital(village.split(',')[0]!)}: {title}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
};

/** What somebody has to do today comes first; those who work with a commune see all visits, with filters. */
export const visitListPage = page({
  method: 'GET',
  path: '/visits',
  signedIn: true,
  handle: async (request) => {
    const { say, language, query, execute } = request;
    const place = textOf(query, 'place');
    const { state, unknown } = stateOf(query);
    const at = pageOf(query);
    const { visits, total } = await execute(listVisits, {
      placeId: isId(place) ? place : null,
      states: statesOf(state),
      limit: SIZE,
      offset: at * SIZE,
    });
    const own = visits.filter((visit) => visit.own && visit.state === 'open');
    const rest = visits.filter((visit) => !own.includes(visit));
    const wide = seesAll(request);
    return {
      title: say('nav.visits'),
      body: (
        <>
          <h1>{say('nav.visits')}</h1>
          <p class="lead">{say('page.visits.lead')}</p>
          {recorded(request)}
          {unknown !== null && (
            <Alert tone="warning">
              <p>{say('page.visits.no-such-state', { state: unknown })}</p>
            </Alert>
          )}
          {wide ? await filters(request) : <OtherStates say={say} state={state} />}
          <p class="lead">{say('page.visits.found', { total: showNumber(total, language) })}</p>
          {total === 0 && <EmptyState title={say('page.visits.none')} />}
          {own.length > 0 && (
            <>
              <h2>{say('page.visits.own')}</h2>
              <VisitCards say={say} visits={own} />
            </>
          )}
          {rest.length > 0 && (
            <>
              <h2>
                {say(wide ? 'page.visits.all' : state === 'open' ? 'page.visits.rest' : 'page.visits.ended-title')}
              </h2>
              {wide ? <VisitTable say={say} visits={rest} /> : <VisitCards say={say} visits={rest} />}
            </>
          )}
          {!wide &&
            sheets(
              request,
              visits.filter((visit) => visit.state === 'open' && visit.villageId),
            )}
          {pagerOf({ request, at, more: total > (at + 1) * SIZE })}
          {mayRecordVisit(request) && (
            <Actions>
              <LinkButton href="/visits/import">{say('page.visits.import')}</LinkButton>
            </Actions>
          )}
        </>
      ),
    };
  },
});

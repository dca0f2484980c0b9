import { exportLeftOut, leftOutCodes, leftOutSorts, listLeftOut, otherWays } from '../../../modules/delivery/index.ts';
import { subjectOf } from '../../../modules/plans/index.ts';
import { isId } from '../../../shared/ids.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf } from '../../../shared/words/units.ts';
import { Button, EmptyState, How, LinkButton, PageHead, SearchForm, Select } from '../../../ui/index.ts';
import { List, type ListColumn, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { shortPlaces } from '../../short-places.ts';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { choicesOf, chosenAddress, fieldsOf, leftOutAddress } from './choices.ts';

const LIST = {
  name: 'left-out',
  path: '/dispatches/new/left-out',
  filters: [
    ...['line', 'retry', 'kind', 'placeIds', 'who', 'reading', 'hour', 'where', 'urgentReason', 'uncertain'],
    ...['way', 'why'],
  ],
  sorts: leftOutSorts,
} as const;

type Found = Awaited<ReturnType<typeof listLeftOut.run>>;
type Column = ListColumn<Found['rows'][number], (typeof leftOutSorts)[number]>;

/** The sending as chosen, and whom of those left out by it. */
const filtersOf = ({ query }: PageRequest) => ({
  ...choicesOf(query),
  way: otherWays.find((each) => each === textOf(query, 'way')) ?? null,
  why: leftOutCodes.find((each) => each === textOf(query, 'why')) ?? null,
});

const columnsOf = (say: Say, officers: boolean, short: (place: string) => string): Column[] => [
  {
    ...{ name: 'name', label: say('page.dispatches.household'), sort: 'name', always: true },
    // Officers have no page of their own.
    cell: ({ subjectId, name, code }) =>
      officers ? (name ?? code) : <a href={`/households/${subjectId}`}>{name ?? code}</a>,
    text: ({ name }) => name ?? '',
  },
  {
    ...{ name: 'code', label: say('page.dispatches.code'), sort: 'code' },
    cell: ({ code }) => code,
    text: ({ code }) => code,
  },
  {
    ...{ name: 'village', label: say('page.dispatches.village'), sort: 'village' },
    cell: ({ place }) => short(place),
    text: ({ place }) => capital(place),
  },
  {
    ...{ name: 'why', label: say('page.dispatches.why'), sort: 'why' },
    cell: ({ why }) => capital(say(`left-out.${why}`)),
    text: ({ why }) => capital(say(`left-out.${why}`)),
  },
  {
    ...{ name: 'way', label: say('page.dispatches.other-way'), sort: 'way' },
    cell: ({ way }) => say(`page.dispatches.way.${way}`),
    text: ({ way }) => say(`page.dispatches.way.${way}`),
  },
];

const Filters = ({ request, say }: { request: PageRequest; say: Say }) => {
  const { way, why, ...choices } = filtersOf(request);
  return (
    <SearchForm action={LIST.path} label={say('page.dispatches.show')}>
      {fieldsOf(choices).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Select
        name="why"
        label={say('page.dispatches.why')}
        options={leftOutCodes.map((value) => ({ value, label: capital(say(`left-out.${value}`)) }))}
        empty={say('page.dispatches.any-why')}
        value={why ?? ''}
      />
      <Select
        name="way"
        label={say('page.dispatches.other-way')}
        options={otherWays.map((value) => ({ value, label: capital(say(`page.dispatches.way.${value}`)) }))}
        empty={say('page.dispatches.any-way')}
        value={way ?? ''}
      />
      <Button>{say('page.dispatches.show')}</Button>
    </SearchForm>
  );
};

/** The rows behind the figures of the confirmation: whom this very sending leaves out, by other way or reason. */
const listPage = page({
  method: 'GET',
  path: LIST.path,
  signedIn: true,
  handle: async (request) => {
    const { query, execute, language } = request;
    const filters = filtersOf(request);
    if (!isId(filters.lineId)) return { redirect: '/dispatches' };
    const found = await execute(listLeftOut, { ...filters, ...listAsked(LIST, query) });
    const subject = subjectOf(found.line);
    const say = sayOf(request.say, subject);
    const title = say(filters.way ? `page.dispatches.left-out-way.${filters.way}` : 'page.dispatches.left-out');
    const count = say('page.dispatches.found-people', { count: showNumber(found.total, language) });
    return {
      title,
      body: (
        <>
          <PageHead
            title={title}
            lead={filters.why ? `${capital(say(`left-out.${filters.why}`))}: ${count}` : undefined}
            back={{ href: chosenAddress(choicesOf(query)), label: say('page.dispatches.to.confirmation') }}
            actions={
              <LinkButton href={`/left-behind?line=${found.line.lineId}`}>{say('page.dispatches.to.visit')}</LinkButton>
            }
          />
          <How say={say} id="left-out" of={say('page.dispatches.left-out')} />
          <UnknownChoice request={request} name="why" known={leftOutCodes} />
          <UnknownChoice request={request} name="way" known={otherWays} />
          <Filters request={request} say={say} />
          <List
            request={request}
            kind={LIST}
            columns={columnsOf(say, subject === 'officer', shortPlaces(found.rows.map(({ place }) => place)))}
            found={found}
            caption={say('page.dispatches.left-out')}
            count={count}
            empty={
              <EmptyState title={say('page.dispatches.nobody-such')}>
                <LinkButton href={leftOutAddress(choicesOf(query))}>{say('page.dispatches.all-left-out')}</LinkButton>
              </EmptyState>
            }
            files
          />
        </>
      ),
    };
  },
});

export const leftOutPages = [
  listPage,
  ...listFilePages(LIST, {
    fileName: 'khong-duoc-nhan',
    title: ({ say }) => say('page.dispatches.left-out'),
    find: async (request, { sort, descending }) => {
      const found = await request.execute(exportLeftOut, { ...filtersOf(request), sort, descending });
      const subject = subjectOf(found.line);
      return { ...found, columns: columnsOf(sayOf(request.say, subject), subject === 'officer', capital) };
    },
  }),
];

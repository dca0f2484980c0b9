import { exportHouseholds, findHouseholds, listedClasses } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { isId } from '../../../shared/ids.ts';
import { Button, EmptyState, How, LinkButton, PageHead, SearchForm, Select } from '../../../ui/index.ts';
import { List, type ListColumn, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { shortPlaces } from '../../short-places.ts';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { placeFilter, TextFilter } from '../list-filters.tsx';
import { UnknownChoice } from '../unknown-choice.tsx';
import { isOfficer } from './language-form.tsx';

const LIST = {
  name: 'households',
  path: '/households',
  filters: ['text', 'place', 'class'],
  sorts: ['head', 'code', 'village', 'class', 'class-from', 'members', 'phones'],
} as const;

type Row = Awaited<ReturnType<(typeof findHouseholds)['run']>>['rows'][number];

/** What the address asks for, as the read takes it. */
const filtersOf = ({ query }: PageRequest) => {
  const [place, wanted] = [textOf(query, 'place'), textOf(query, 'class')];
  return {
    text: textOf(query, 'text'),
    placeId: isId(place) ? place : null,
    classes: listedClasses.filter((each) => each === wanted),
  };
};

const columnsOf = ({ say }: PageRequest, rows: readonly Row[]): ListColumn<Row, (typeof LIST.sorts)[number]>[] => {
  const short = shortPlaces(rows.map((row) => row.village));
  const village = (row: Row, name: (place: string) => string) =>
    row.endedOn
      ? say('page.households.ended', { day: showDay(row.endedOn) })
      : name(row.village) || say('page.households.moved-away');
  return [
    {
      name: 'head',
      label: say('page.households.head'),
      sort: 'head',
      always: true,
      cell: (row) => <a href={`/households/${row.subjectId}`}>{row.headName ?? row.code}</a>,
      text: (row) => row.headName ?? '',
    },
    {
      name: 'code',
      label: say('page.households.code'),
      sort: 'code',
      cell: (row) => row.code,
      text: (row) => row.code,
    },
    {
      name: 'village',
      label: say('page.households.village'),
      sort: 'village',
      cell: (row) => village(row, short),
      text: (row) => village(row, capital),
    },
    {
      name: 'class',
      label: say('page.households.class'),
      sort: 'class',
      cell: (row) =>
        row.class && row.classFrom
          ? say('page.households.class-since', { class: say(`class.${row.class}`), day: showDay(row.classFrom) })
          : '—',
      text: (row) => (row.class ? say(`class.${row.class}`) : ''),
    },
    {
      name: 'class-from',
      label: say('page.households.class-from'),
      sort: 'class-from',
      largestFirst: true,
      extra: true,
      cell: (row) => (row.classFrom ? showDay(row.classFrom) : '—'),
      text: (row) => (row.classFrom ? showDay(row.classFrom) : ''),
    },
    {
      name: 'members',
      label: say('page.households.members'),
      sort: 'members',
      largestFirst: true,
      number: true,
      cell: (row) => (row.endedOn ? '—' : (row.size ?? row.members)),
      text: (row) => (row.endedOn ? null : (row.size ?? row.members)),
    },
    {
      name: 'phones',
      label: say('page.households.phones'),
      sort: 'phones',
      largestFirst: true,
      number: true,
      cell: (row) => (row.endedOn ? '—' : row.mobiles),
      text: (row) => (row.endedOn ? null : row.mobiles),
    },
  ];
};

const search = async (request: PageRequest) => {
  const { say, query } = request;
  return (
    <SearchForm action="/households" label={say('page.households.search')}>
      <TextFilter request={request} label={say('page.households.text')} hint={say('page.households.text-hint')} />
      {await placeFilter(request, say('page.imports.place'), say('page.households.all-places'))}
      <Select
        name="class"
        label={say('page.households.class')}
        options={listedClasses.map((value) => ({ value, label: say(`class.${value}`) }))}
        empty={say('page.households.all-classes')}
        value={textOf(query, 'class')}
      />
      <Button>{say('page.households.search')}</Button>
    </SearchForm>
  );
};

const Nothing = ({ request }: { request: PageRequest }) => {
  const { say } = request;
  const { text, placeId, classes } = filtersOf(request);
  if (text || placeId || classes.length > 0)
    return (
      <EmptyState title={say('page.households.none')}>
        <p>{say('page.households.none-next')}</p>
        <LinkButton href={LIST.path}>{say('page.households.all')}</LinkButton>
      </EmptyState>
    );
  const may = isOfficer(request);
  return (
    <EmptyState title={say('page.households.none-yet')}>
      <p>{say(may ? 'page.households.none-yet-next' : 'page.households.none-yet-others')}</p>
      {may && <LinkButton href="/imports/new">{say('page.imports.new')}</LinkButton>}
    </EmptyState>
  );
};

const mayExport = ({ actor }: PageRequest): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'leader');

export const householdListPages = [
  page({
    method: 'GET',
    path: LIST.path,
    signedIn: true,
    handle: async (request) => {
      const { say, language, query, execute } = request;
      const found = await execute(findHouseholds, { ...filtersOf(request), ...listAsked(LIST, query) });
      return {
        title: say('nav.households'),
        body: (
          <>
            <PageHead
              title={say('nav.households')}
              lead={say('page.home.to.households')}
              actions={
                <>
                  {isOfficer(request) && (
                    <LinkButton href="/households/languages">{say('page.languages.of-village')}</LinkButton>
                  )}
                  <LinkButton href="/refusals">{say('page.refusals.title')}</LinkButton>
                </>
              }
            />
            <UnknownChoice request={request} name="class" known={listedClasses} />
            {await search(request)}
            <List
              request={request}
              kind={LIST}
              columns={columnsOf(request, found.rows)}
              found={found}
              caption={say('nav.households')}
              count={say('page.households.found', { total: showNumber(found.total, language) })}
              empty={<Nothing request={request} />}
              files={mayExport(request)}
            />
            {found.total > 0 && <How say={say} id="register" />}
          </>
        ),
      };
    },
  }),
  ...listFilePages(LIST, {
    fileName: 'danh-sach-ho',
    title: ({ say }) => say('nav.households'),
    find: async (request, { sort, descending }) => ({
      ...(await request.execute(exportHouseholds, { ...filtersOf(request), sort, descending })),
      columns: columnsOf(request, []),
    }),
  }),
];

import { type ImportView, listImports, shownStates } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { isId } from '../../../shared/ids.ts';
import { Button, EmptyState, LinkButton, PageHead, SearchForm, Select } from '../../../ui/index.ts';
import { List, type ListColumn, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { capital, showMoment, showNumber } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';
import { stateText } from '../../states.ts';
import { textOf } from '../../typed.ts';
import { placeFilter, TextFilter } from '../list-filters.tsx';
import { UnknownChoice } from '../unknown-choice.tsx';
import { mayImport } from './may-import.ts';

const PATH = '/imports';

const LIST = {
  name: 'imports',
  path: PATH,
  filters: ['text', 'place', 'state'],
  sorts: ['file', 'place', 'as-of', 'state', 'households', 'received'],
  size: 25,
} as const;

/** What the address asks for, as the read takes it. */
const filtersOf = ({ query }: PageRequest) => {
  const [place, state] = [textOf(query, 'place'), textOf(query, 'state')];
  return {
    text: textOf(query, 'text'),
    placeId: isId(place) ? place : null,
    states: shownStates.filter((each) => each === state),
  };
};

const columnsOf = ({ say, language }: PageRequest): ListColumn<ImportView, (typeof LIST.sorts)[number]>[] => {
  const stateOf = (row: ImportView) => (row.busy ? 'busy' : row.state);
  const place = (row: ImportView) => capital(row.placeName);
  return [
    {
      name: 'file',
      label: say('page.imports.file'),
      sort: 'file',
      always: true,
      cell: (row) => <a href={`/imports/${row.importId}`}>{row.fileName}</a>,
      text: (row) => row.fileName,
    },
    { name: 'place', label: say('page.imports.place'), sort: 'place', cell: place, text: place },
    {
      name: 'as-of',
      label: say('page.imports.as-of'),
      sort: 'as-of',
      largestFirst: true,
      cell: (row) => showDay(row.asOf),
      text: (row) => showDay(row.asOf),
    },
    {
      name: 'state',
      label: say('page.imports.state'),
      sort: 'state',
      cell: (row) => <StateBadge say={say} kind="import" state={stateOf(row)} />,
      text: (row) => stateText(say, { kind: 'import', state: stateOf(row) }),
    },
    {
      name: 'households',
      label: say('page.imports.households'),
      sort: 'households',
      largestFirst: true,
      number: true,
      cell: (row) => (row.counts ? showNumber(row.counts.households, language) : ''),
      text: (row) => row.counts?.households ?? null,
    },
    {
      name: 'errors',
      label: say('page.imports.errors'),
      extra: true,
      number: true,
      cell: (row) => (row.counts ? showNumber(row.counts.errors, language) : ''),
      text: (row) => row.counts?.errors ?? null,
    },
    {
      name: 'sender',
      label: say('page.imports.sender-label'),
      extra: true,
      cell: (row) => row.sender,
      text: (row) => row.sender,
    },
    {
      name: 'received',
      label: say('page.imports.received'),
      sort: 'received',
      largestFirst: true,
      cell: (row) => say('page.imports.received-by', { at: showMoment(row.createdAt), name: row.createdByName }),
      text: (row) => say('page.imports.received-by', { at: showMoment(row.createdAt), name: row.createdByName }),
    },
  ];
};

const search = async (request: PageRequest) => {
  const { say, query } = request;
  return (
    <SearchForm action={PATH} label={say('page.imports.search')}>
      <TextFilter request={request} label={say('page.imports.text')} hint={say('page.imports.text-hint')} />
      {await placeFilter(request, say('page.imports.place'), say('page.households.all-places'))}
      <Select
        name="state"
        label={say('page.imports.state')}
        options={shownStates.map((value) => ({ value, label: capital(say(`page.imports.state.${value}`)) }))}
        empty={say('page.imports.all-states')}
        value={textOf(query, 'state')}
      />
      <Button>{say('page.imports.search')}</Button>
    </SearchForm>
  );
};

const Nothing = ({ request }: { request: PageRequest }) => {
  const { say } = request;
  const { text, placeId, states } = filtersOf(request);
  if (text || placeId || states.length > 0)
    return (
      <EmptyState title={say('page.imports.none-match')}>
        <p>{say('page.imports.none-match-next')}</p>
        <LinkButton href={PATH}>{say('page.imports.all')}</LinkButton>
      </EmptyState>
    );
  return (
    <EmptyState title={say('page.imports.none')}>
      <p>{say(mayImport(request) ? 'page.imports.none-next' : 'page.imports.none-next-others')}</p>
      {mayImport(request) && <LinkButton href="/imports/new">{say('page.imports.new')}</LinkButton>}
    </EmptyState>
  );
};

/** All imports of one's areas, newest first. */
export const importListPages = [
  page({
    method: 'GET',
    path: PATH,
    signedIn: true,
    handle: async (request) => {
      const { say, language, query, execute } = request;
      const found = await execute(listImports, { ...filtersOf(request), ...listAsked(LIST, query) });
      return {
        title: say('page.imports.title'),
        body: (
          <>
            <PageHead
              title={say('page.imports.title')}
              lead={say('page.imports.lead')}
              actions={
                mayImport(request) && (
                  <>
                    <LinkButton look="primary" href="/imports/new">
                      {say('page.imports.new')}
                    </LinkButton>
                    <LinkButton href="/villages/import">{say('page.imports.villages')}</LinkButton>
                  </>
                )
              }
            />
            <UnknownChoice request={request} name="state" known={shownStates} />
            {await search(request)}
            <List
              request={request}
              kind={LIST}
              columns={columnsOf(request)}
              found={found}
              caption={say('page.imports.title')}
              count={say('page.imports.found', { total: showNumber(found.total, language) })}
              empty={<Nothing request={request} />}
              files
            />
          </>
        ),
      };
    },
  }),
  ...listFilePages(LIST, {
    fileName: 'danh-sach-nhap-vao',
    title: ({ say }) => say('page.imports.title'),
    find: async (request, asked) => ({
      ...(await request.execute(listImports, { ...filtersOf(request), ...asked })),
      columns: columnsOf(request),
    }),
  }),
];

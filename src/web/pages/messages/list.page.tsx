import { findMessages, listedStates, messageSorts, topics } from '../../../modules/content/index.ts';
import { isId } from '../../../shared/ids.ts';
import { Aside, Button, EmptyState, Field, LinkButton, PageHead, SearchForm, Select } from '../../../ui/index.ts';
import { List, type ListColumn, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { capital, showMoment, showNumber } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';
import { textOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { mayWrite } from './may-write.ts';

const LIST = {
  name: 'messages',
  path: '/messages',
  filters: ['text', 'topic', 'state', 'place'],
  sorts: messageSorts,
} as const;

type Row = Awaited<ReturnType<(typeof findMessages)['run']>>['rows'][number];
type Column = ListColumn<Row, (typeof messageSorts)[number]>;

const filtersOf = ({ query }: PageRequest) => {
  const place = textOf(query, 'place');
  return {
    topic: topics.find((known) => known === textOf(query, 'topic')),
    state: listedStates.find((known) => known === textOf(query, 'state')),
    text: textOf(query, 'text').slice(0, 200),
    placeId: isId(place) ? place : null,
  };
};

const stateText = ({ say }: PageRequest, { latestEdition, latestState }: Row): string =>
  say('page.messages.edition-in', { edition: latestEdition, state: say(`content.state.${latestState}`) });

/** What is to be known beside where the newest edition stands. */
const besides = ({ say }: PageRequest, { approvedEdition, latestEdition, openForms }: Row): string[] => [
  ...(approvedEdition !== null && approvedEdition !== latestEdition
    ? [say('page.messages.in-use', { edition: approvedEdition })]
    : []),
  ...(openForms > 0 ? [say('page.messages.open-forms', { count: openForms })] : []),
];

const columnsOf = (request: PageRequest): Column[] => {
  const { say } = request;
  return [
    {
      ...{ name: 'title', label: say('page.messages.title'), sort: 'title', always: true },
      cell: (row) => <a href={`/messages/${row.messageId}`}>{row.title}</a>,
      text: (row) => row.title,
    },
    {
      ...{ name: 'code', label: say('page.messages.code'), sort: 'code', extra: true },
      cell: (row) => row.code,
      text: (row) => row.code,
    },
    {
      ...{ name: 'topic', label: say('page.messages.topic'), sort: 'topic' },
      cell: (row) => say(`topic.${row.topic}`),
      text: (row) => say(`topic.${row.topic}`),
    },
    {
      ...{ name: 'place', label: say('page.messages.place'), sort: 'place' },
      cell: (row) => capital(row.place),
      text: (row) => capital(row.place),
    },
    {
      ...{ name: 'state', label: say('page.messages.state'), sort: 'state' },
      cell: (row) => (
        <>
          <StateBadge say={say} kind="edition" state={row.latestState} />
          <Aside> {say('page.messages.edition-number', { edition: row.latestEdition })}</Aside>
          {besides(request, row).map((text) => (
            <Aside> · {text}</Aside>
          ))}
        </>
      ),
      text: (row) => [stateText(request, row), ...besides(request, row)].join(' · '),
    },
    {
      ...{ name: 'changed', label: say('page.messages.changed'), sort: 'changed', largestFirst: true },
      cell: (row) => showMoment(row.changedAt),
      text: (row) => showMoment(row.changedAt),
    },
  ];
};

const search = async (request: PageRequest) => {
  const { say } = request;
  const { text, topic, state, placeId } = filtersOf(request);
  return (
    <SearchForm action={LIST.path} label={say('page.messages.search')}>
      <Field
        name="text"
        type="search"
        label={say('page.messages.text')}
        hint={say('page.messages.text-hint')}
        value={text}
      />
      <Select
        name="topic"
        label={say('page.messages.topic')}
        options={topics.map((value) => ({ value, label: say(`topic.${value}`) }))}
        empty={say('page.messages.any-topic')}
        value={topic ?? ''}
      />
      <Select
        name="state"
        label={say('page.messages.state')}
        options={listedStates.map((value) => ({ value, label: say(`content.state.${value}`) }))}
        empty={say('page.messages.any-state')}
        value={state ?? ''}
      />
      <Select
        name="place"
        label={say('page.messages.used-in')}
        options={await ownPlaces(request)}
        empty={say('page.messages.any-place')}
        value={placeId ?? ''}
      />
      <Button>{say('page.messages.find')}</Button>
    </SearchForm>
  );
};

/** Messages that one may look at, those changed last first. */
const listPage = page({
  method: 'GET',
  path: LIST.path,
  signedIn: true,
  handle: async (request) => {
    const { say, query, execute, language } = request;
    const asked = filtersOf(request);
    const found = await execute(findMessages, { ...asked, ...listAsked(LIST, query) });
    const narrowed = asked.text !== '' || asked.topic || asked.state || asked.placeId;
    const write = mayWrite(request) && (
      <LinkButton look="primary" href="/messages/new">
        {say('page.messages.new')}
      </LinkButton>
    );
    return {
      title: say('nav.messages'),
      body: (
        <>
          <PageHead title={say('nav.messages')} lead={say('page.messages.lead')} actions={write} />
          <UnknownChoice request={request} name="topic" known={topics} />
          <UnknownChoice request={request} name="state" known={listedStates} />
          {await search(request)}
          <List
            request={request}
            kind={LIST}
            columns={columnsOf(request)}
            found={found}
            caption={say('nav.messages')}
            count={say('page.messages.found', { total: showNumber(found.total, language) })}
            empty={
              narrowed ? (
                <EmptyState title={say('page.messages.none')}>
                  <p>{say('page.messages.none-match-next')}</p>
                  <LinkButton href={LIST.path}>{say('page.messages.all')}</LinkButton>
                </EmptyState>
              ) : (
                <EmptyState title={say('page.messages.none-yet')}>
                  <p>{say(write ? 'page.messages.none-next' : 'page.messages.none-next-others')}</p>
                  {write && <LinkButton href="/messages/new">{say('page.messages.new')}</LinkButton>}
                </EmptyState>
              )
            }
            files
          />
        </>
      ),
    };
  },
});

export const messageListPages = [
  listPage,
  ...listFilePages(LIST, {
    fileName: 'thong-diep',
    title: ({ say }) => say('nav.messages'),
    find: async (request, asked) => ({
      ...(await request.execute(findMessages, { ...filtersOf(request), ...asked })),
      columns: columnsOf(request),
    }),
  }),
];

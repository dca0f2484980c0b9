import { findAudiences, type ListedAudience } from '../../../modules/audiences/index.ts';
import { Button, EmptyState, LinkButton, PageHead, SearchForm, Select } from '../../../ui/index.ts';
import { List, type ListColumn, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { TextFilter } from '../list-filters.tsx';
import { UnknownChoice } from '../unknown-choice.tsx';
import { maySave } from './may-save.ts';

const PATH = '/audiences';
const SUBJECTS = ['household', 'officer'] as const;
const WHOSE = ['built-in', 'own'] as const;

const LIST = {
  name: 'audiences',
  path: PATH,
  filters: ['text', 'subject', 'whose'],
  sorts: ['name', 'code', 'subject', 'whose'],
} as const;

/** What the address asks for, as the read takes it. */
const filtersOf = ({ query, language }: PageRequest) => ({
  text: textOf(query, 'text'),
  subject: SUBJECTS.find((each) => each === textOf(query, 'subject')) ?? null,
  whose: WHOSE.find((each) => each === textOf(query, 'whose')) ?? null,
  language,
});

const columnsOf = ({ say }: PageRequest): ListColumn<ListedAudience, (typeof LIST.sorts)[number]>[] => {
  const subject = (row: ListedAudience) => say(`page.audiences.subject.${row.subject}`);
  const whose = (row: ListedAudience) => (row.place === null ? say('page.audiences.built-in') : capital(row.place));
  const byReach = (row: ListedAudience) => (row.usesReach ? say('page.audiences.by-reach-yes') : '—');
  return [
    {
      name: 'name',
      label: say('page.audiences.name'),
      sort: 'name',
      always: true,
      cell: (row) => <a href={`/audiences/${row.code}`}>{row.name}</a>,
      text: (row) => row.name,
    },
    {
      name: 'code',
      label: say('page.audiences.code'),
      sort: 'code',
      cell: (row) => row.code,
      text: (row) => row.code,
    },
    { name: 'subject', label: say('page.audiences.subject'), sort: 'subject', cell: subject, text: subject },
    { name: 'whose', label: say('page.audiences.whose'), sort: 'whose', cell: whose, text: whose },
    { name: 'by-reach', label: say('page.audiences.by-reach'), extra: true, cell: byReach, text: byReach },
  ];
};

const Search = ({ request }: { request: PageRequest }) => {
  const { say, query } = request;
  return (
    <SearchForm action={PATH} label={say('page.audiences.search')}>
      <TextFilter request={request} label={say('page.audiences.text')} hint={say('page.imports.text-hint')} />
      <Select
        name="subject"
        label={say('page.audiences.subject')}
        options={SUBJECTS.map((value) => ({ value, label: say(`page.audiences.subject.${value}`) }))}
        empty={say('page.audiences.every-subject')}
        value={textOf(query, 'subject')}
      />
      <Select
        name="whose"
        label={say('page.audiences.whose')}
        options={WHOSE.map((value) => ({ value, label: say(`page.audiences.whose.${value}`) }))}
        empty={say('page.audiences.everybodys')}
        value={textOf(query, 'whose')}
      />
      <Button>{say('page.audiences.search')}</Button>
    </SearchForm>
  );
};

/** All audiences that may be chosen. Nothing is counted here: that is done on the page of one. */
export const audienceListPages = [
  page({
    method: 'GET',
    path: PATH,
    signedIn: true,
    handle: async (request) => {
      const { say, language, query, execute } = request;
      const found = await execute(findAudiences, { ...filtersOf(request), ...listAsked(LIST, query) });
      return {
        title: say('nav.audiences'),
        body: (
          <>
            <PageHead
              title={say('nav.audiences')}
              lead={say('page.audiences.lead')}
              actions={
                maySave(request) && (
                  <LinkButton look="primary" href="/audiences/new">
                    {say('page.audiences.new')}
                  </LinkButton>
                )
              }
            />
            <UnknownChoice request={request} name="subject" known={SUBJECTS} />
            <UnknownChoice request={request} name="whose" known={WHOSE} />
            <Search request={request} />
            <List
              request={request}
              kind={LIST}
              columns={columnsOf(request)}
              found={found}
              caption={say('nav.audiences')}
              count={say('page.audiences.found', { total: showNumber(found.total, language) })}
              empty={
                <EmptyState title={say('page.audiences.none-match')}>
                  <p>{say('page.audiences.none-match-next')}</p>
                  <LinkButton href={PATH}>{say('page.audiences.all')}</LinkButton>
                </EmptyState>
              }
              files
            />
          </>
        ),
      };
    },
  }),
  ...listFilePages(LIST, {
    fileName: 'doi-tuong',
    title: ({ say }) => say('nav.audiences'),
    find: async (request, asked) => ({
      ...(await request.execute(findAudiences, { ...filtersOf(request), ...asked })),
      columns: columnsOf(request),
    }),
  }),
];

import { exportEntries, groups, listEntries } from '../../../modules/audit/index.ts';
import { AppError } from '../../../shared/errors.ts';
import {
  Alert,
  Button,
  Checkboxes,
  EmptyState,
  Field,
  LinkButton,
  PageHead,
  Pager,
  SearchForm,
  Select,
} from '../../../ui/index.ts';
import { List, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { addressOf, askedOf, filterNames } from './asked.ts';
import { entryColumns, entryFileColumns } from './columns.tsx';

const LIST = { name: 'audit', path: '/audit', filters: filterNames, sorts: [] } as const;

type Found = Awaited<ReturnType<(typeof listEntries)['run']>>;

const SearchFields = (props: { request: PageRequest; people: Found['people']; error: AppError | undefined }) => {
  const { request, people, error } = props;
  const { say, query } = request;
  const asked = askedOf(query);
  const refused = (name: string) => {
    const fault = error?.fields.find(({ path }) => path === name);
    return fault && say(`error.${fault.code}`, fault.params);
  };
  const who = people.map(({ id, kind, name, username }) => ({
    value: id,
    label: kind === 'key' ? say('audit.by-key', { name }) : `${name} (${username})`,
  }));
  const named = people.find(({ id, username }) => asked.who === id || asked.who === username);
  return (
    <SearchForm action="/audit" label={say('page.audit.show')}>
      <Select
        name="who"
        label={say('page.audit.who')}
        options={who}
        empty={say('page.audit.everybody')}
        value={named?.id ?? ''}
        error={refused('who')}
      />
      <Select
        name="group"
        label={say('page.audit.group')}
        options={groups.map((value) => ({ value, label: capital(say(`audit.group.${value}`)) }))}
        empty={say('page.audit.every-group')}
        value={asked.group ?? ''}
      />
      <Field
        name="from"
        label={say('page.audit.from')}
        placeholder="01/06/2026"
        value={textOf(query, 'from')}
        error={refused('from')}
      />
      <Field
        name="to"
        label={say('page.audit.to')}
        placeholder="30/06/2026"
        value={textOf(query, 'to')}
        error={refused('to')}
      />
      <Field
        name="touched"
        label={say('page.audit.touched')}
        hint={say('page.audit.touched-hint')}
        value={textOf(query, 'touched')}
        error={refused('touched')}
      />
      <Checkboxes
        name="background"
        label={say('page.audit.background-title')}
        options={[{ value: '1', label: say('page.audit.background'), hint: say('page.audit.background-hint') }]}
        values={asked.background ? ['1'] : []}
      />
      <Button>{say('page.audit.show')}</Button>
    </SearchForm>
  );
};

const Answer = ({ request, found }: { request: PageRequest; found: Found }) => {
  const { say, query, language } = request;
  const { entries, next, total, more } = found;
  const begun = textOf(query, 'before') !== '';
  return (
    <>
      <List
        request={request}
        kind={LIST}
        columns={entryColumns(request)}
        // A page begins at a mark, not at a count: what the list knows is one page, and the ways to others stand below it.
        found={{ rows: entries, total: entries.length }}
        caption={say('page.audit.rows')}
        count={say(more ? 'page.audit.found-more' : 'page.audit.found', { total: showNumber(total, language) })}
        empty={
          <EmptyState title={say('page.audit.none')}>
            <p>{say('page.audit.none-next')}</p>
            <LinkButton href={LIST.path}>{say('page.audit.all')}</LinkButton>
          </EmptyState>
        }
        files
      />
      {(begun || next) && (
        <Pager
          label={say('page.audit.pages')}
          previous={begun ? { href: addressOf(LIST.path, query), label: say('page.audit.newest') } : undefined}
          next={
            next ? { href: addressOf(LIST.path, query, { before: next }), label: say('page.audit.older') } : undefined
          }
        />
      )}
    </>
  );
};

const lookedFor = async ({ execute, query }: PageRequest) => {
  try {
    const before = textOf(query, 'before') || null;
    return { found: await execute(listEntries, { ...askedOf(query), before }), error: undefined };
  } catch (error) {
    // A day that is none, a code that nothing has: said at the form, which keeps what was typed.
    if (!(error instanceof AppError) || error.kind !== 'invalid') throw error;
    return { found: await execute(listEntries, { limit: 1 }), error };
  }
};

/** Who did what, when: for leaders and administrators; the same as a file. */
export const auditPages = [
  page({
    method: 'GET',
    path: LIST.path,
    signedIn: true,
    handle: async (request) => {
      const { say } = request;
      const { found, error } = await lookedFor(request);
      return {
        title: say('nav.audit'),
        ...(error ? { status: 422 } : {}),
        body: (
          <>
            <PageHead title={say('nav.audit')} lead={say('page.audit.lead')} />
            {error && (
              <Alert tone="danger">
                <p>{say(`error.${error.fields[0]?.code ?? error.code}`, error.params)}</p>
              </Alert>
            )}
            <UnknownChoice request={request} name="group" known={groups} />
            <SearchFields request={request} people={found.people} error={error} />
            {!error && <Answer request={request} found={found} />}
          </>
        ),
      };
    },
  }),
  ...listFilePages(LIST, {
    fileName: 'nhat-ky',
    title: ({ say }) => say('nav.audit'),
    find: async (request) => {
      const { entries, total, more } = await request.execute(exportEntries, askedOf(request.query));
      return { rows: entries, total, more, columns: entryFileColumns(request) };
    },
  }),
];

import { type Entry, entryWhat, entryWho, groups, listEntries } from '../../../modules/audit/index.ts';
import { AppError } from '../../../shared/errors.ts';
import {
  Actions,
  Alert,
  Button,
  Checkboxes,
  EmptyState,
  Field,
  LinkButton,
  SearchForm,
  Select,
  Table,
} from '../../../ui/index.ts';
import { type PageRequest, page } from '../../page.ts';
import { capital, showMoment } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { addressOf, askedOf } from './asked.ts';
import { ThingList } from './thing-list.tsx';

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

const EntryTable = ({ request, entries }: { request: PageRequest; entries: readonly Entry[] }) => {
  const { say } = request;
  return (
    <Table
      caption={say('page.audit.rows')}
      captionHidden
      rows={entries}
      columns={[
        { label: say('page.audit.at'), cell: ({ at }) => showMoment(at) },
        { label: say('page.audit.who'), cell: (entry) => entryWho(say, entry) },
        { label: say('page.audit.what'), cell: (entry) => entryWhat(say, entry) },
        { label: say('page.audit.things'), cell: (entry) => <ThingList request={request} entry={entry} /> },
        { label: say('page.audit.via'), cell: ({ via }) => say(`audit.via.${via}`) },
      ]}
    />
  );
};

const Answer = ({ request, found }: { request: PageRequest; found: Found }) => {
  const { say, query } = request;
  const begun = textOf(query, 'before') !== '';
  return (
    <>
      {found.entries.length === 0 ? (
        <EmptyState title={say('page.audit.none')}>
          <p>{say('page.audit.none-next')}</p>
        </EmptyState>
      ) : (
        <EntryTable request={request} entries={found.entries} />
      )}
      {(begun || found.next) && (
        <nav aria-label={say('page.audit.pages')}>
          <Actions>
            {begun && <LinkButton href={addressOf('/audit', query)}>{say('page.audit.newest')}</LinkButton>}
            {found.next && (
              <LinkButton href={addressOf('/audit', query, { before: found.next })}>
                {say('page.audit.older')}
              </LinkButton>
            )}
          </Actions>
        </nav>
      )}
      {found.entries.length > 0 && (
        <Actions>
          <LinkButton href={addressOf('/audit.csv', query)}>{say('page.audit.csv')}</LinkButton>
        </Actions>
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

/** Who did what, when: for leaders and administrators. */
export const auditPage = page({
  method: 'GET',
  path: '/audit',
  signedIn: true,
  handle: async (request) => {
    const { say } = request;
    const { found, error } = await lookedFor(request);
    return {
      title: say('nav.audit'),
      ...(error ? { status: 422 } : {}),
      body: (
        <>
          <h1>{say('nav.audit')}</h1>
          <p class="lead">{say('page.audit.lead')}</p>
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
});

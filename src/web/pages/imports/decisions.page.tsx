import type { ComponentChild } from 'preact';
import {
  decideList,
  duplicateAnswers,
  exportDecisions,
  getImport,
  listDecisions,
  missingAnswers,
} from '../../../modules/registry/index.ts';
import { invalid } from '../../../shared/errors.ts';
import {
  Actions,
  Button,
  EmptyState,
  Form,
  FormTrouble,
  How,
  LinkButton,
  PageHead,
  Radios,
  SearchForm,
  Select,
} from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { List, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page, type View } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { faultAt, textOf, textsOf, troubleOf } from '../../typed.ts';
import { TextFilter } from '../list-filters.tsx';
import type { Import } from './about-import.tsx';
import { decisionColumns, decisionOrders } from './decision-columns.tsx';
import { mayImport, mayMap } from './may-import.ts';
import { ImportSteps } from './steps.tsx';

const LIST = {
  name: 'import-decisions',
  path: '/imports/:importId/decisions',
  filters: ['kind', 'answered', 'text'],
  sorts: decisionOrders,
  size: 100,
} as const;

const kindOf = ({ query, form }: PageRequest): 'missing' | 'duplicate' =>
  (textOf(form, 'kind') || textOf(query, 'kind')) === 'duplicate' ? 'duplicate' : 'missing';

/** What the address asks for, as the read takes it. */
const filtersOf = (request: PageRequest) => {
  const answered = textOf(request.query, 'answered');
  return {
    importId: request.params.importId!,
    kind: kindOf(request),
    answered: answered === 'yes' ? true : answered === 'no' ? false : null,
    text: textOf(request.query, 'text'),
  };
};

/** This part of the list: its form is sent there, and comes back to it when it is refused. */
const ownAddress = (request: PageRequest, asked = ['answered', 'text', 'sort', 'page']): string => {
  const params = new URLSearchParams({ kind: kindOf(request) });
  for (const name of asked) {
    const value = textOf(request.query, name);
    if (value) params.set(name, value);
  }
  return `/imports/${request.params.importId}/decisions?${params}`;
};

/** Where it goes on once answers are written: the same part from its first page on, for those answered may be there no more. */
const nextAddress = (request: PageRequest): string => ownAddress(request, ['answered', 'text', 'sort']);

const openOf = ({ open }: Import, kind: 'missing' | 'duplicate'): number =>
  kind === 'missing' ? open.missing : open.duplicates;

const Search = ({ request, importId }: { request: PageRequest; importId: string }) => {
  const { say, query } = request;
  return (
    <SearchForm action={`/imports/${importId}/decisions`} label={say('page.imports.decisions-search')}>
      <input type="hidden" name="kind" value={kindOf(request)} />
      <TextFilter request={request} label={say('page.imports.decisions-text')} hint={say('page.imports.text-hint')} />
      <Select
        name="answered"
        label={say('page.imports.answered')}
        options={['no', 'yes'].map((value) => ({ value, label: say(`page.imports.answered.${value}`) }))}
        empty={say('page.imports.answered.all')}
        value={textOf(query, 'answered')}
      />
      <Button>{say('page.imports.decisions-search')}</Button>
    </SearchForm>
  );
};

/** One answer for those that are marked, or for all that wait. */
const AnswerFields = ({ request, open }: { request: PageRequest; open: number }) => {
  const { say, typed } = request;
  const answers = kindOf(request) === 'missing' ? missingAnswers : duplicateAnswers;
  return (
    <>
      <Radios
        name="answer"
        label={say('page.imports.answer-label')}
        options={answers.map((value) => ({
          value,
          label: say(`page.imports.answer.${value}`),
          hint: say(`page.imports.answer-hint.${value}`),
        }))}
        value={textOf(typed.values, 'answer')}
        error={faultAt(request, 'answer')}
      />
      <Actions>
        <Button name="which" value="marked">
          {say('page.imports.answer-marked')}
        </Button>
        {/* It answers all that wait, not those that were looked for: not offered beside a part of them. */}
        {open > 0 && textOf(request.query, 'text') === '' && (
          <Button look="secondary" name="which" value="all">
            {say('page.imports.answer-all', { count: open })}
          </Button>
        )}
      </Actions>
    </>
  );
};

const Nothing = ({ request, importId }: { request: PageRequest; importId: string }) => {
  const { say } = request;
  const { text, answered, kind } = filtersOf(request);
  return text || answered !== null ? (
    <EmptyState title={say('page.imports.no-decision-fits')}>
      <LinkButton href={`/imports/${importId}/decisions?kind=${kind}`}>{say('page.imports.all-decisions')}</LinkButton>
    </EmptyState>
  ) : (
    <EmptyState title={say('page.imports.no-decisions')}>
      <p>{say('page.imports.no-decisions-next')}</p>
      <LinkButton href={`/imports/${importId}`}>{say('page.imports.back')}</LinkButton>
    </EmptyState>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, params, query, execute, typed, language } = request;
  const kind = kindOf(request);
  const list = await execute(getImport, { importId: params.importId! });
  const found = await execute(listDecisions, { ...filtersOf(request), ...listAsked(LIST, query) });
  const open = openOf(list, kind);
  const editable =
    mayImport(request) &&
    ((list.state === 'checked' && !list.busy) || (list.state === 'committed' && kind === 'missing' && open > 0));
  const own = ownAddress(request);
  const keep = editable ? await keptForm(request, own) : undefined;
  const form = (rows: ComponentChild) => (
    <Form action={own} csrf={csrf} keep={keep}>
      <input type="hidden" name="kind" value={kind} />
      {rows}
      <AnswerFields request={request} open={open} />
    </Form>
  );
  return {
    title: say(`page.imports.decisions.${kind}`),
    body: (
      <>
        <PageHead
          title={say(`page.imports.decisions.${kind}`)}
          lead={say(`page.imports.decisions-lead.${kind}`, { open })}
          back={{ href: `/imports/${list.importId}`, label: say('page.imports.back') }}
        />
        <ImportSteps
          say={say}
          at={list.state === 'committed' ? 'done' : 'decide'}
          importId={list.importId}
          mapping={mayMap(list, request)}
        />
        <How say={say} id="decisions" />
        <FormTrouble trouble={troubleOf(request)} />
        <Search request={request} importId={list.importId} />
        <List
          request={request}
          kind={LIST}
          columns={decisionColumns({ say, kind, marked: editable ? textsOf(typed.values, 'ids') : undefined })}
          found={found}
          caption={say(`page.imports.decisions.${kind}`)}
          count={say('page.imports.decisions-found', { total: showNumber(found.total, language) })}
          empty={<Nothing request={request} importId={list.importId} />}
          files
          {...(editable ? { around: form } : {})}
        />
      </>
    ),
  };
};

/** Once the list is in the registry an answer is written at once and stands: for all households it is asked twice. */
const confirmView = (request: PageRequest, count: number): View => {
  const { say, csrf, form } = request;
  const at = nextAddress(request);
  const answer = textOf(form, 'answer');
  const title = say('page.imports.confirm-title', { answer: say(`page.imports.answer.${answer}`), count });
  return {
    title,
    body: (
      <>
        <PageHead
          title={title}
          lead={say('page.imports.confirm-lead', { count })}
          back={{ href: at, label: say(`page.imports.decisions.missing`) }}
        />
        <p>{say(`page.imports.answer-hint.${answer}`)}</p>
        <Form action={at} csrf={csrf} draftId={textOf(form, 'draft')}>
          <input type="hidden" name="kind" value="missing" />
          <input type="hidden" name="answer" value={answer} />
          <input type="hidden" name="confirm" value="yes" />
          <Actions>
            <Button look="danger" name="which" value="all">
              {say('page.imports.confirm-all', { count })}
            </Button>
            <LinkButton href={at}>{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

export const decisionPages = [
  page({ method: 'GET', path: LIST.path, signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: LIST.path,
    signedIn: true,
    again: view,
    handle: async (request) => {
      const { form, params, execute } = request;
      const kind = kindOf(request);
      const all = textOf(form, 'which') === 'all';
      const ids = [...textsOf(form, 'ids')];
      if (!textOf(form, 'answer')) throw invalid('import.answer', {}, [{ path: 'answer', code: 'import.answer' }]);
      if (!all && ids.length === 0) throw invalid('import.nothing-chosen');
      if (all && kind === 'missing' && textOf(form, 'confirm') !== 'yes') {
        const list = await execute(getImport, { importId: params.importId! });
        const known = missingAnswers.some((each) => each === textOf(form, 'answer'));
        if (known && mayImport(request) && list.state === 'committed' && list.open.missing > 0)
          return confirmView(request, list.open.missing);
      }
      await execute(decideList, {
        importId: params.importId!,
        kind,
        ids: all ? null : ids,
        answer: textOf(form, 'answer') as 'escaped',
      });
      return { redirect: nextAddress(request) };
    },
  }),
  ...listFilePages(LIST, {
    fileName: 'cau-hoi-cua-danh-sach',
    title: (request) => request.say(`page.imports.decisions.${kindOf(request)}`),
    find: async (request, { sort, descending }) => ({
      ...(await request.execute(exportDecisions, { ...filtersOf(request), sort, descending })),
      columns: decisionColumns({ say: request.say, kind: kindOf(request) }),
    }),
  }),
];

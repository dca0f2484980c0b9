import {
  decideList,
  duplicateAnswers,
  getImport,
  listDecisions,
  missingAnswers,
} from '../../../modules/registry/index.ts';
import { invalid } from '../../../shared/errors.ts';
import { Actions, Button, EmptyState, Form, FormTrouble, LinkButton, Radios } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { faultAt, textOf, textsOf, troubleOf } from '../../typed.ts';
import { DecisionRow } from './decision-row.tsx';
import { mayImport, mayMap } from './may-import.ts';
import { ImportSteps } from './steps.tsx';

const SIZE = 100;

const kindOf = ({ query, form }: PageRequest): 'missing' | 'duplicate' =>
  (textOf(form, 'kind') || textOf(query, 'kind')) === 'duplicate' ? 'duplicate' : 'missing';

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, params, query, execute, typed } = request;
  const kind = kindOf(request);
  const at = pageOf(query);
  const list = await execute(getImport, { importId: params.importId! });
  const found = await execute(listDecisions, { importId: list.importId, kind, limit: SIZE + 1, offset: at * SIZE });
  const rows = found.slice(0, SIZE);
  const answers = kind === 'missing' ? missingAnswers : duplicateAnswers;
  const chosen = textsOf(typed.values, 'ids');
  const editable =
    mayImport(request) &&
    ((list.state === 'checked' && !list.busy) ||
      (list.state === 'committed' && kind === 'missing' && list.open.missing > 0));
  const open = kind === 'missing' ? list.open.missing : list.open.duplicates;
  return {
    title: say(`page.imports.decisions.${kind}`),
    body: (
      <>
        <h1>{say(`page.imports.decisions.${kind}`)}</h1>
        <ImportSteps
          say={say}
          at={list.state === 'committed' ? 'done' : 'decide'}
          importId={list.importId}
          mapping={mayMap(list, request)}
        />
        <p class="lead">{say(`page.imports.decisions-lead.${kind}`, { open })}</p>
        <FormTrouble trouble={troubleOf(request)} />
        {rows.length === 0 ? (
          <EmptyState title={say(at > 0 ? 'page.beyond' : 'page.imports.no-decisions')} />
        ) : (
          <Form action={`/imports/${list.importId}/decisions?kind=${kind}&page=${at + 1}`} csrf={csrf}>
            <input type="hidden" name="kind" value={kind} />
            <table class="table">
              <caption class="hidden">{say(`page.imports.decisions.${kind}`)}</caption>
              <thead>
                <tr>
                  {editable && <th scope="col">{say('page.imports.mark')}</th>}
                  <th scope="col">{say('page.imports.in-registry')}</th>
                  {kind === 'duplicate' && <th scope="col">{say('page.imports.in-list')}</th>}
                  <th scope="col">{say('page.imports.why')}</th>
                  <th scope="col">{say('page.imports.answer-given')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((decision) => (
                  <DecisionRow
                    decision={decision}
                    request={request}
                    editable={editable}
                    checked={chosen.includes(decision.decisionId)}
                  />
                ))}
              </tbody>
            </table>
            {pagerOf({ request, at, more: found.length > SIZE })}
            {editable && (
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
                  {open > 0 && (
                    <Button look="secondary" name="which" value="all">
                      {say('page.imports.answer-all', { count: open })}
                    </Button>
                  )}
                </Actions>
              </>
            )}
          </Form>
        )}
        <Actions>
          <LinkButton href={`/imports/${list.importId}`}>{say('page.imports.back')}</LinkButton>
        </Actions>
      </>
    ),
  };
};

/** Once the list is in the registry an answer is written at once and stands: for all households it is asked twice. */
const confirmView = (request: PageRequest, importId: string, count: number): View => {
  const { say, csrf, form } = request;
  const at = `/imports/${importId}/decisions?kind=missing`;
  const answer = textOf(form, 'answer');
  const title = say('page.imports.confirm-title', { answer: say(`page.imports.answer.${answer}`), count });
  return {
    title,
    body: (
      <>
        <h1>{title}</h1>
        <p class="lead">{say('page.imports.confirm-lead', { count })}</p>
        <p>{say(`page.imports.answer-hint.${answer}`)}</p>
        <Form action={at} csrf={csrf}>
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
  page({ method: 'GET', path: '/imports/:importId/decisions', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/imports/:importId/decisions',
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
          return confirmView(request, list.importId, list.open.missing);
      }
      await execute(decideList, {
        importId: params.importId!,
        kind,
        ids: all ? null : ids,
        answer: textOf(form, 'answer') as 'escaped',
      });
      return { redirect: `/imports/${params.importId}/decisions?kind=${kind}` };
    },
  }),
];

import { liftRefusal, listRefusals } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { forbidden, notFound } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import { showPhone } from '../../../shared/phone.ts';
import { Actions, Button, Field, Form, FormTrouble, LinkButton, PageHead, SummaryList } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { mayAllow } from './refusal-fields.tsx';

const PATH = '/refusals/:refusalId/lift';

/** Where a refusal is lifted; from a household's page it leads back there. */
export const liftPath = (refusalId: string, subjectId?: string): string =>
  `/refusals/${refusalId}/lift${subjectId ? `?household=${subjectId}` : ''}`;

const householdOf = ({ query }: Pick<PageRequest, 'query'>): string | undefined => {
  const subjectId = textOf(query, 'household');
  return isId(subjectId) ? subjectId : undefined;
};

const back = (request: Pick<PageRequest, 'query'>): string => {
  const subjectId = householdOf(request);
  return subjectId ? `/households/${subjectId}` : '/refusals';
};

const refusalAsked = async (request: PageRequest) => {
  if (!mayAllow(request)) throw forbidden('not-allowed', { what: request.url });
  const refusalId = request.params.refusalId!;
  if (!isId(refusalId)) throw notFound('refusal');
  const { rows } = await request.execute(listRefusals, { refusalId });
  if (!rows[0]) throw notFound('refusal');
  return rows[0];
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed } = request;
  const refusal = await refusalAsked(request);
  return {
    title: say('page.refusals.allow'),
    body: (
      <>
        <PageHead
          title={say('page.refusals.allow')}
          lead={say('page.refusals.allow-lead')}
          back={{
            href: back(request),
            label: say(householdOf(request) ? 'page.refusals.to-household' : 'page.refusals.title'),
          }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <SummaryList
          items={[
            { label: say('page.refusals.phone'), value: showPhone(refusal.value) },
            { label: say('page.refusals.since'), value: showDay(refusal.since) },
            { label: say('page.refusals.how-column'), value: say(`refusal-how.${refusal.how}`) },
            { label: say('page.refusals.whose'), value: refusal.subjects.map(({ name }) => name).join(', ') || '—' },
          ]}
        />
        <Form action={liftPath(refusal.refusalId, householdOf(request))} csrf={csrf}>
          <Field
            name="note"
            label={say('page.refusals.allow-note')}
            value={textOf(typed.values, 'note')}
            error={faultAt(request, 'note')}
          />
          <Actions>
            <Button look="danger">{say('page.refusals.allow-save')}</Button>
            <LinkButton href={back(request)}>{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

export const liftPages = [
  page({ method: 'GET', path: PATH, signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: PATH,
    signedIn: true,
    again: view,
    handle: async (request) => {
      const { value } = await refusalAsked(request);
      await request.execute(liftRefusal, { phone: value, note: textOf(request.form, 'note') });
      return { redirect: `${back(request)}?refusal=allowed` };
    },
  }),
];

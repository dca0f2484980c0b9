import { approveForm, type Correction, returnForm } from '../../../modules/content/index.ts';
import { notFound } from '../../../shared/errors.ts';
import {
  Actions,
  Alert,
  Button,
  Card,
  Form,
  FormTrouble,
  Hint,
  LinkButton,
  PageHead,
  TextArea,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { messageOf } from './edition-of.ts';
import { FilledText, formName, SaidText } from './edition-parts.tsx';

const load = async (request: PageRequest) => {
  const message = await messageOf(request);
  for (const edition of message.editions) {
    const correction = edition.corrections.find(({ formId }) => formId === request.params.formId);
    const now = edition.forms.find(
      ({ kind, language }) => kind === correction?.kind && language === correction.language,
    );
    if (correction?.acts.includes('return')) return { message, correction, now };
  }
  throw notFound('form');
};

const Decide = ({ correction, request }: { correction: Correction; request: PageRequest }) => {
  const { say, csrf, typed } = request;
  const at = `/messages/${correction.messageId}/corrections/${correction.formId}`;
  return (
    <>
      {correction.ownWork && (
        <Alert tone="info">
          <p>{say('page.messages.own-work')}</p>
        </Alert>
      )}
      {correction.acts.includes('approve') && (
        <Form action={`${at}/approve`} csrf={csrf}>
          <input type="hidden" name="seen" value={correction.text} />
          <Actions>
            <Button>{say('page.messages.approve')}</Button>
            <LinkButton href={`/messages/${correction.messageId}`}>{say('page.messages.back')}</LinkButton>
          </Actions>
        </Form>
      )}
      <Form action={`${at}/return`} csrf={csrf}>
        <TextArea
          name="note"
          label={say('page.messages.return-note')}
          hint={say('page.messages.return-hint')}
          value={textOf(typed.values, 'note')}
          error={faultAt(request, 'note')}
        />
        <Actions>
          <Button look="secondary">{say('page.messages.return')}</Button>
        </Actions>
      </Form>
    </>
  );
};

/** What is said now and what is proposed, above the button. */
const view = async (request: PageRequest): Promise<View> => {
  const { say } = request;
  const { message, correction, now } = await load(request);
  return {
    title: say('page.messages.approve-form-title'),
    body: (
      <>
        <PageHead
          title={say('page.messages.approve-form-title')}
          lead={say('page.messages.approve-form-lead')}
          back={{ href: `/messages/${message.messageId}`, label: say('page.messages.back') }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <p>
          {message.title} · {formName(correction, say)}
        </p>
        <Card title={say('page.messages.now')}>
          {now ? <SaidText said={now} say={say} /> : <Hint>{say('page.messages.no-form-now')}</Hint>}
        </Card>
        <Card title={say('page.messages.proposed')}>
          <SaidText said={correction} say={say} />
          <FilledText text={correction.text} say={say} />
        </Card>
        <Decide correction={correction} request={request} />
      </>
    ),
  };
};

const formAt = ({ messageId, formId }: Readonly<Record<string, string>>): string =>
  `/messages/${messageId}/corrections/${formId}`;

export const correctionPages = [
  page({ method: 'GET', path: '/messages/:messageId/corrections/:formId', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/messages/:messageId/corrections/:formId/approve',
    signedIn: true,
    formAt,
    again: view,
    handle: async ({ form, params, execute }) => {
      const { messageId } = await execute(approveForm, { formId: params.formId ?? '', seen: textOf(form, 'seen') });
      return { redirect: `/messages/${messageId}` };
    },
  }),
  page({
    method: 'POST',
    path: '/messages/:messageId/corrections/:formId/return',
    signedIn: true,
    formAt,
    again: view,
    handle: async ({ form, params, execute }) => {
      const { messageId } = await execute(returnForm, { formId: params.formId ?? '', note: textOf(form, 'note') });
      return { redirect: `/messages/${messageId}` };
    },
  }),
];

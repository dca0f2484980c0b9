import { type Correction, type EditionView, submitMessage } from '../../../modules/content/index.ts';
import {
  Actions,
  Alert,
  Button,
  Card,
  Form,
  FormTrouble,
  Hint,
  Lead,
  LinkButton,
  PageHead,
  Part,
  Said,
  Stack,
  SummaryList,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';
import { troubleOf } from '../../typed.ts';
import { type Message, messageOf } from './edition-of.ts';
import { Bases, FilledText, formName, History, SaidText } from './edition-parts.tsx';
import { EditionActs, EditionStanding } from './next-step.tsx';

interface Of {
  readonly message: Message;
  readonly edition: EditionView;
  readonly request: PageRequest;
}

const at = ({ message, edition }: Of): string => `/messages/${message.messageId}/editions/${edition.edition}`;

const formLink = (of: Of, { kind, language }: EditionView['forms'][number]): string =>
  `${at(of)}/form?kind=${kind}&language=${language}`;

const CorrectionNote = ({ correction, of }: { correction: Correction; of: Of }) => {
  const { say } = of.request;
  const waits = correction.state === 'submitted';
  const back = correction.steps.findLast(({ what }) => what === 'returned');
  return (
    <Alert tone={waits ? 'info' : 'warning'}>
      <p>
        <strong>{say(waits ? 'page.messages.correction' : 'page.messages.correction-back')}</strong>
        {!waits && back && `: ${back.note}`}
      </p>
      <Said quoted>{correction.text}</Said>
      {waits && correction.ownWork && <p>{say('page.messages.own-work')}</p>}
      {waits && correction.acts.includes('return') && (
        <p>
          <a href={`/messages/${correction.messageId}/corrections/${correction.formId}`}>
            {say('page.messages.look-correction')}
          </a>
        </p>
      )}
    </Alert>
  );
};

const FormCard = ({ form, of }: { form: EditionView['forms'][number]; of: Of }) => {
  const { edition, request } = of;
  const { say, csrf } = request;
  const older = edition.olderForms.filter(({ kind, language }) => kind === form.kind && language === form.language);
  const same = edition.corrections.find(({ kind, language }) => kind === form.kind && language === form.language);
  return (
    <Stack>
      <h3>
        {formName(form, say)}
        {form.version > 1 && ` · ${say('page.messages.form-version', { version: form.version })}`}
      </h3>
      <SaidText said={form} say={say} />
      <FilledText text={form.text} say={say} />
      {same && <CorrectionNote correction={same} of={of} />}
      <Actions>
        {edition.acts.includes('write') && (
          <LinkButton href={formLink(of, form)}>{say('page.messages.edit-form')}</LinkButton>
        )}
        {edition.acts.includes('revise') && (
          <LinkButton href={formLink(of, form)}>{say('page.messages.correct-form')}</LinkButton>
        )}
        {edition.acts.includes('write') && (
          <Form action={`/messages/${form.messageId}/forms/${form.formId}/remove`} csrf={csrf}>
            <Button look="secondary">{say('page.messages.remove-form')}</Button>
          </Form>
        )}
      </Actions>
      {older.length > 0 && (
        <Part title={say('page.messages.older', { count: older.length })}>
          {older.toReversed().map((old) => (
            <>
              <Hint>{say('page.messages.form-version', { version: old.version })}</Hint>
              <SaidText said={old} say={say} />
            </>
          ))}
        </Part>
      )}
    </Stack>
  );
};

const Edition = (of: Of) => {
  const { message, edition, request } = of;
  const { say } = request;
  const alone = edition.corrections.filter(
    (each) => !edition.forms.some(({ kind, language }) => kind === each.kind && language === each.language),
  );
  return (
    <>
      {edition.change && (
        <>
          <h3>{say('page.messages.change')}</h3>
          <Said>{edition.change}</Said>
        </>
      )}
      <h3>{say('page.messages.core')}</h3>
      {edition.core ? <Said>{edition.core}</Said> : <Hint>{say('page.messages.no-core')}</Hint>}
      <h3>{say('page.messages.bases')}</h3>
      <Bases bases={edition.bases} today={message.today} say={say} />
      {edition.forms.length + alone.length === 0 && <Hint>{say('page.messages.no-forms')}</Hint>}
      {edition.forms.map((form) => (
        <FormCard form={form} of={of} />
      ))}
      {alone.map((correction) => (
        <Stack>
          <h3>{formName(correction, say)}</h3>
          <CorrectionNote correction={correction} of={of} />
        </Stack>
      ))}
      <History edition={edition} say={say} />
    </>
  );
};

/** An edition before the newest, with its own standing and what may be done with it. */
const Older = (of: Of) => (
  <>
    <Lead>
      <EditionStanding {...of} />
    </Lead>
    <Actions>
      <EditionActs {...of} />
    </Actions>
    <Edition {...of} />
  </>
);

const view = async (request: PageRequest): Promise<View> => {
  const { say } = request;
  const message = await messageOf(request);
  const [newest, ...before] = message.editions;
  return {
    title: message.title,
    body: (
      <>
        <PageHead
          title={message.title}
          back={{ href: '/messages', label: say('nav.messages') }}
          lead={newest && <EditionStanding edition={newest} request={request} />}
          actions={newest && <EditionActs message={message} edition={newest} request={request} />}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <SummaryList
          items={[
            { label: say('page.messages.topic'), value: say(`topic.${message.topic}`) },
            { label: say('page.messages.code'), value: message.code },
            { label: say('page.messages.place'), value: capital(message.place) },
          ]}
        />
        {newest && (
          <Card title={say('page.messages.edition-number', { edition: newest.edition })}>
            <Edition message={message} edition={newest} request={request} />
          </Card>
        )}
        {before.map((edition) => (
          <Part
            card
            title={
              <>
                <h2>{say('page.messages.edition-number', { edition: edition.edition })}</h2>{' '}
                <StateBadge say={say} kind="edition" state={edition.state} />
              </>
            }
            open={edition.state === 'approved'}
          >
            <Older message={message} edition={edition} request={request} />
          </Part>
        ))}
      </>
    ),
  };
};

export const messagePages = [
  page({ method: 'GET', path: '/messages/:messageId', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/messages/:messageId/editions/:edition/submit',
    signedIn: true,
    formAt: ({ messageId }) => `/messages/${messageId}`,
    again: view,
    handle: async ({ params, execute }) => {
      const { messageId = '', edition } = params;
      await execute(submitMessage, { messageId, edition: Number(edition) });
      return { redirect: `/messages/${messageId}` };
    },
  }),
];

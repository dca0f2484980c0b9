import { type Correction, type EditionView, submitMessage } from '../../../modules/content/index.ts';
import { Actions, Alert, Button, Card, Form, FormTrouble, LinkButton, SummaryList } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital } from '../../show.ts';
import { troubleOf } from '../../typed.ts';
import { type Message, messageOf } from './edition-of.ts';
import { Bases, FilledText, formName, History, SaidText } from './edition-parts.tsx';

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
      <blockquote class="said">{correction.text}</blockquote>
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
    <section class="stack">
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
        <details class="part">
          <summary>{say('page.messages.older', { count: older.length })}</summary>
          {older.toReversed().map((old) => (
            <>
              <p class="hint">{say('page.messages.form-version', { version: old.version })}</p>
              <SaidText said={old} say={say} />
            </>
          ))}
        </details>
      )}
    </section>
  );
};

const EditionActs = (of: Of) => {
  const { message, edition, request } = of;
  const { say, csrf } = request;
  const may = (act: EditionView['acts'][number]): boolean => edition.acts.includes(act);
  const root = `/messages/${message.messageId}`;
  return (
    <>
      {edition.ownWork && (
        <Alert tone="info">
          <p>{say('page.messages.own-work')}</p>
        </Alert>
      )}
      <Actions>
        {may('return') && (
          <LinkButton look="primary" href={`${at(of)}/approve`}>
            {say('page.messages.to-approve')}
          </LinkButton>
        )}
        {may('write') && <LinkButton href={at(of)}>{say('page.messages.edit')}</LinkButton>}
        {(may('write') || may('revise')) && (
          <LinkButton href={`${at(of)}/form`}>{say('page.messages.add-form')}</LinkButton>
        )}
        {may('new-edition') && <LinkButton href={`${root}/new-edition`}>{say('page.messages.new-edition')}</LinkButton>}
        {may('retire') && <LinkButton href={`${at(of)}/retire`}>{say('page.messages.retire')}</LinkButton>}
      </Actions>
      {may('submit') && (
        <Form action={`${at(of)}/submit`} csrf={csrf}>
          <p class="hint">{say('page.messages.submit-hint')}</p>
          <Actions>
            <Button>{say('page.messages.submit')}</Button>
          </Actions>
        </Form>
      )}
    </>
  );
};

const Edition = (of: Of) => {
  const { message, edition, request } = of;
  const { say } = request;
  const returned = edition.state === 'draft' ? edition.steps.findLast(({ what }) => what === 'returned') : undefined;
  const alone = edition.corrections.filter(
    (each) => !edition.forms.some(({ kind, language }) => kind === each.kind && language === each.language),
  );
  return (
    <>
      {returned && (
        <Alert tone="warning">
          <p>{say('page.messages.returned', { note: returned.note })}</p>
        </Alert>
      )}
      {edition.change && (
        <>
          <h3>{say('page.messages.change')}</h3>
          <p class="said">{edition.change}</p>
        </>
      )}
      <h3>{say('page.messages.core')}</h3>
      {edition.core ? <p class="said">{edition.core}</p> : <p class="hint">{say('page.messages.no-core')}</p>}
      <h3>{say('page.messages.bases')}</h3>
      <Bases bases={edition.bases} today={message.today} say={say} />
      <EditionActs {...of} />
      {edition.forms.length + alone.length === 0 && <p class="hint">{say('page.messages.no-forms')}</p>}
      {edition.forms.map((form) => (
        <FormCard form={form} of={of} />
      ))}
      {alone.map((correction) => (
        <section class="stack">
          <h3>{formName(correction, say)}</h3>
          <CorrectionNote correction={correction} of={of} />
        </section>
      ))}
      <History edition={edition} say={say} />
    </>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say } = request;
  const message = await messageOf(request);
  const titleOf = ({ edition, state }: EditionView): string =>
    say('page.messages.edition-in', { edition, state: say(`content.state.${state}`) });
  const [newest, ...before] = message.editions;
  return {
    title: message.title,
    body: (
      <>
        <h1>{message.title}</h1>
        <FormTrouble trouble={troubleOf(request)} />
        <SummaryList
          items={[
            { label: say('page.messages.topic'), value: say(`topic.${message.topic}`) },
            { label: say('page.messages.code'), value: message.code },
            { label: say('page.messages.place'), value: capital(message.place) },
          ]}
        />
        {newest && (
          <Card title={titleOf(newest)}>
            <Edition message={message} edition={newest} request={request} />
          </Card>
        )}
        {before.map((edition) => (
          <details class="part card" open={edition.state === 'approved'}>
            <summary>
              <h2>{titleOf(edition)}</h2>
            </summary>
            <Edition message={message} edition={edition} request={request} />
          </details>
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

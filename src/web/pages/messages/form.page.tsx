import {
  conditionNames,
  type EditionView,
  formKinds,
  type GapSlip,
  gapSlips,
  inPlainLetters,
  removeForm,
  reviseForm,
  saveForm,
  valueNames,
} from '../../../modules/content/index.ts';
import { spokenLanguages } from '../../../shared/channels.ts';
import { conflict, invalid } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import {
  Actions,
  Alert,
  Button,
  Field,
  FieldGroup,
  Form,
  FormTrouble,
  Hint,
  Lines,
  LinkButton,
  PageHead,
  Part,
  Said,
  Select,
  TextArea,
} from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { type PageRequest, page, type Form as Sent, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { editionOf } from './edition-of.ts';
import { FilledText, formName, SaidText } from './edition-parts.tsx';
import { SmsCounter } from './sms-counter.tsx';

const ANSWERS = [1, 2, 3, 4] as const;

type Kind = (typeof formKinds)[number];
type SpokenLanguage = (typeof spokenLanguages)[number];

/** What was typed, as the use case takes it: blank answers are passed over, the right one is followed. */
const formOf = (sent: Sent) => {
  const kind = textOf(sent, 'kind') as Kind;
  const typed = ANSWERS.map((number) => ({ number, text: textOf(sent, `answers.${number}`).trim() }));
  const answers = kind === 'question' ? typed.filter(({ text }) => text !== '') : [];
  const right = answers.findIndex(({ number }) => String(number) === textOf(sent, 'rightAnswer'));
  return {
    kind,
    language: (textOf(sent, 'language') || 'vi') as SpokenLanguage,
    text: textOf(sent, 'text'),
    answers: answers.map(({ text }) => text),
    rightAnswer: kind === 'question' && right >= 0 ? right + 1 : null,
  };
};

const Gaps = ({ request: { say } }: { request: PageRequest }) => (
  <Part title={say('page.messages.gaps')}>
    <p>{say('page.messages.gaps-lead')}</p>
    <Lines>
      {[
        ...valueNames.map((gap) => ({ ...gap, mark: '' })),
        ...conditionNames.map((gap) => ({ ...gap, mark: '??…' })),
      ].map(({ name, key, mark }) => (
        <li>
          <code>{`((${name}${mark}))`}</code> {say(`gap.${key}`)}
        </li>
      ))}
    </Lines>
  </Part>
);

const Preview = ({ sent, request }: { sent: Sent; request: PageRequest }) => {
  const { say } = request;
  const form = formOf(sent);
  return (
    <Alert tone="info">
      <h2>{say('page.messages.preview-title')}</h2>
      <SaidText said={form} say={say} />
      <FilledText text={form.text} say={say} />
      <Hint>{say('page.messages.letters', { count: form.text.length })}</Hint>
      {form.kind === 'sms' && (
        <>
          <p>{say('page.messages.plain-offer')}</p>
          <Said quoted>{inPlainLetters(form.text)}</Said>
        </>
      )}
    </Alert>
  );
};

/** What looks like a gap and is none; nothing is refused for it. */
const Slips = ({ slips, say, saving }: { slips: readonly GapSlip[]; say: PageRequest['say']; saving: boolean }) =>
  slips.length === 0 ? null : (
    <Alert tone="warning">
      <p>{say('page.messages.slips')}</p>
      <ul>
        {slips.map(({ found, meant }) => (
          <li>
            {meant === null
              ? say('page.messages.slip-unknown', { found, known: valueNames.map(({ name }) => name).join(', ') })
              : say('page.messages.slip', { found, meant })}
          </li>
        ))}
      </ul>
      {saving && <p>{say('page.messages.slips-not-saved')}</p>}
    </Alert>
  );

const Answers = ({ value, request }: { value: (name: string) => string; request: PageRequest }) => {
  const { say } = request;
  return (
    <FieldGroup name="answers" label={say('page.messages.answers')} error={faultAt(request, 'answers')}>
      {ANSWERS.map((number) => (
        <Field
          name={`answers.${number}`}
          label={say('page.messages.answer', { number })}
          value={value(`answers.${number}`)}
        />
      ))}
      <Select
        name="rightAnswer"
        label={say('page.messages.right')}
        options={ANSWERS.map((number) => ({
          value: String(number),
          label: say('page.messages.answer', { number }),
        }))}
        empty={say('ui.choose')}
        value={value('rightAnswer')}
        error={faultAt(request, 'rightAnswer')}
      />
    </FieldGroup>
  );
};

/** Whose parts are counted; of a new form nobody knows yet what it will be. */
const COUNTED: readonly (Kind | undefined)[] = ['sms', 'sms-plain', undefined];

type Chosen = EditionView['forms'][number] | EditionView['corrections'][number];

/** The form that the address names: a correction that waits or came back before the one in use. */
const chosenIn = ({ corrections, forms }: EditionView, sent: Sent): Chosen | undefined =>
  [...corrections, ...forms].find(
    ({ kind, language }) => kind === textOf(sent, 'kind') && language === (textOf(sent, 'language') || 'vi'),
  );

const valuesOf = (known: Chosen | undefined): Record<string, string> => ({
  text: known?.text ?? '',
  rightAnswer: known?.rightAnswer ? String(known.rightAnswer) : '',
  ...Object.fromEntries(ANSWERS.map((number) => [`answers.${number}`, known?.answers[number - 1] ?? ''])),
});

const KindAndLanguage = ({ query, request }: { query: Sent; request: PageRequest }) => {
  const { say, typed } = request;
  const value = (name: string) => textOf(typed.values, name) || textOf(query, name);
  return (
    <>
      <Select
        name="kind"
        label={say('page.messages.kind')}
        options={formKinds.map((kind) => ({ value: kind, label: say(`content.kind.${kind}`) }))}
        value={value('kind')}
        error={faultAt(request, 'kind')}
      />
      <Select
        name="language"
        label={say('page.messages.language')}
        options={spokenLanguages.map((language) => ({ value: language, label: say(`language.${language}`) }))}
        value={value('language') || 'vi'}
        error={faultAt(request, 'language')}
      />
    </>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed, form, query } = request;
  const { message, edition } = await editionOf(request);
  const corrects = edition.acts.includes('revise');
  if (!corrects && !edition.acts.includes('write'))
    throw conflict('message.state', { state: `@content.state.${edition.state}` });
  const named = textOf(query, 'kind') !== '';
  const known = named ? chosenIn(edition, query) : undefined;
  const sent = Object.keys(typed.values).length > 0;
  const stored = valuesOf(known);
  const slips = sent ? gapSlips(textOf(typed.values, 'text')) : [];
  const value = (name: string) => (sent ? textOf(typed.values, name) : (stored[name] ?? ''));
  const kind = known?.kind;
  const at = `/messages/${message.messageId}/editions/${edition.edition}/form`;
  const behind = known ? `?kind=${known.kind}&language=${known.language}` : '';
  const title = known
    ? say('page.messages.edit-form-of', { form: formName(known, say) })
    : say('page.messages.add-form');
  return {
    title,
    ...(COUNTED.includes(kind) ? { script: 'smsCounter' } : {}),
    body: (
      <>
        <PageHead
          title={title}
          lead={corrects && say('page.messages.correct-lead')}
          back={{ href: `/messages/${message.messageId}`, label: message.title }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        {textOf(form, 'which') === 'preview' && !typed.error && <Preview sent={form} request={request} />}
        <Slips slips={slips} say={say} saving={textOf(form, 'which') === 'save'} />
        <Said>{edition.core}</Said>
        <Form action={`${at}${behind}`} csrf={csrf} keep={await keptForm(request, `${at}${behind}`)}>
          {known ? (
            <>
              <input type="hidden" name="kind" value={known.kind} />
              <input type="hidden" name="language" value={known.language} />
            </>
          ) : (
            <KindAndLanguage query={query} request={request} />
          )}
          <TextArea
            name="text"
            rows={8}
            label={say('page.messages.form-text')}
            hint={say('page.messages.form-text-hint')}
            value={value('text')}
            error={faultAt(request, 'text')}
          />
          {COUNTED.includes(kind) && <SmsCounter text={value('text')} say={say} />}
          <Gaps request={request} />
          {(kind === undefined || kind === 'question') && <Answers value={value} request={request} />}
          <Actions>
            <Button name="which" value="save">
              {say(corrects ? 'page.messages.send-correction' : 'page.messages.save-form')}
            </Button>
            {slips.length > 0 && (
              <Button look="secondary" name="which" value="save-anyway">
                {say('page.messages.save-anyway')}
              </Button>
            )}
            <Button look="secondary" name="which" value="preview">
              {say('page.messages.preview')}
            </Button>
            <LinkButton href={`/messages/${message.messageId}`}>{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

export const formPages = [
  page({ method: 'GET', path: '/messages/:messageId/editions/:edition/form', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/messages/:messageId/editions/:edition/form',
    signedIn: true,
    again: view,
    handle: async (request) => {
      const { form, execute } = request;
      const which = textOf(form, 'which');
      // Asked back once, where people may read brackets for a name.
      if (which === 'preview' || (which === 'save' && gapSlips(textOf(form, 'text')).length > 0))
        return view({ ...request, typed: { values: form, error: undefined, kept: false } });
      const { message, edition } = await editionOf(request);
      const input = { messageId: message.messageId, edition: edition.edition, ...formOf(form) };
      if (input.text.trim() === '')
        throw invalid('input', { fields: 'text' }, [{ path: 'text', code: 'field.too_small' }]);
      if (edition.state === 'approved') await execute(reviseForm, input);
      else await execute(saveForm, input);
      return { redirect: `/messages/${message.messageId}` };
    },
  }),
  page({
    method: 'POST',
    path: '/messages/:messageId/forms/:formId/remove',
    signedIn: true,
    formAt: ({ messageId }) => `/messages/${messageId}`,
    handle: async ({ params, execute }) => {
      await execute(removeForm, { formId: params.formId ?? '' });
      const messageId = params.messageId ?? '';
      return { redirect: isId(messageId) ? `/messages/${messageId}` : '/messages' };
    },
  }),
];

import { approveMessage, returnMessage } from '../../../modules/content/index.ts';
import { conflict } from '../../../shared/errors.ts';
import {
  Actions,
  Alert,
  Button,
  Card,
  Form,
  FormTrouble,
  LinkButton,
  PageHead,
  Said,
  SummaryList,
  TextArea,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital } from '../../show.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { editionOf } from './edition-of.ts';
import { Bases, FilledText, formName, History, SaidText } from './edition-parts.tsx';

/** Everything that is approved, on one page, before the button. */
const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed } = request;
  const { message, edition } = await editionOf(request);
  if (!edition.acts.includes('return')) throw conflict('message.state', { state: `@content.state.${edition.state}` });
  const at = `/messages/${message.messageId}/editions/${edition.edition}`;
  const unconfirmed = edition.bases.filter(({ mark }) => mark === 'unconfirmed').length;
  return {
    title: say('page.messages.approve-title'),
    body: (
      <>
        <PageHead
          title={say('page.messages.approve-title')}
          lead={say(edition.ownWork ? 'next.edition.submitted.own' : 'page.messages.approve-lead')}
          back={{ href: `/messages/${message.messageId}`, label: say('page.messages.back') }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <SummaryList
          items={[
            { label: say('page.messages.title'), value: message.title },
            { label: say('page.messages.topic'), value: say(`topic.${message.topic}`) },
            { label: say('page.messages.code'), value: message.code },
            { label: say('page.messages.place'), value: capital(message.place) },
            { label: say('page.messages.edition'), value: String(edition.edition) },
            ...(edition.change ? [{ label: say('page.messages.change'), value: edition.change }] : []),
          ]}
        />
        <Card title={say('page.messages.core')}>
          <Said>{edition.core}</Said>
        </Card>
        <Card title={say('page.messages.bases')}>
          {unconfirmed > 0 && (
            <Alert tone="warning">
              <p>{say('page.messages.unconfirmed', { count: unconfirmed })}</p>
            </Alert>
          )}
          <Bases bases={edition.bases} today={message.today} say={say} />
        </Card>
        {edition.forms.map((form) => (
          <Card title={formName(form, say)}>
            <SaidText said={form} say={say} />
            <FilledText text={form.text} say={say} />
          </Card>
        ))}
        <History edition={edition} say={say} />
        {edition.acts.includes('approve') && (
          <Form action={`${at}/approve`} csrf={csrf}>
            <input type="hidden" name="seen" value={edition.seen} />
            <Actions>
              <Button>{say('page.messages.approve')}</Button>
              <LinkButton href={`/messages/${message.messageId}`}>{say('page.messages.back')}</LinkButton>
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
    ),
  };
};

const formAt = ({ messageId, edition }: Readonly<Record<string, string>>): string =>
  `/messages/${messageId}/editions/${edition}/approve`;

export const approvePages = [
  page({ method: 'GET', path: '/messages/:messageId/editions/:edition/approve', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/messages/:messageId/editions/:edition/approve',
    signedIn: true,
    again: view,
    handle: async ({ form, params, execute }) => {
      const { messageId = '', edition } = params;
      await execute(approveMessage, { messageId, edition: Number(edition), seen: textOf(form, 'seen') });
      return { redirect: `/messages/${messageId}` };
    },
  }),
  page({
    method: 'POST',
    path: '/messages/:messageId/editions/:edition/return',
    signedIn: true,
    formAt,
    again: view,
    handle: async ({ form, params, execute }) => {
      const { messageId = '', edition } = params;
      await execute(returnMessage, { messageId, edition: Number(edition), note: textOf(form, 'note') });
      return { redirect: `/messages/${messageId}` };
    },
  }),
];

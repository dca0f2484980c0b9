import { newEdition, retireMessage } from '../../../modules/content/index.ts';
import { conflict } from '../../../shared/errors.ts';
import { Actions, Button, Form, FormTrouble, LinkButton, TextArea } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { editionOf, messageOf } from './edition-of.ts';

const retireView = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed } = request;
  const { message, edition } = await editionOf(request);
  if (!edition.acts.includes('retire')) throw conflict('message.state', { state: `@content.state.${edition.state}` });
  return {
    title: say('page.messages.retire'),
    body: (
      <>
        <h1>{say('page.messages.retire')}</h1>
        <p class="lead">{message.title}</p>
        <p>{say('page.messages.retire-lead', { edition: edition.edition })}</p>
        <FormTrouble trouble={troubleOf(request)} />
        <Form action={`/messages/${message.messageId}/editions/${edition.edition}/retire`} csrf={csrf}>
          <TextArea
            name="note"
            label={say('page.messages.retire-note')}
            value={textOf(typed.values, 'note')}
            error={faultAt(request, 'note')}
          />
          <Actions>
            <Button look="danger">{say('page.messages.retire')}</Button>
            <LinkButton href={`/messages/${message.messageId}`}>{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

const newEditionView = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed } = request;
  const message = await messageOf(request);
  const [newest] = message.editions;
  if (!newest?.acts.includes('new-edition'))
    throw conflict('message.state', { state: `@content.state.${newest?.state ?? 'draft'}` });
  return {
    title: say('page.messages.new-edition'),
    body: (
      <>
        <h1>{say('page.messages.new-edition')}</h1>
        <p class="lead">{message.title}</p>
        <p>{say('page.messages.new-edition-lead')}</p>
        <FormTrouble trouble={troubleOf(request)} />
        <Form action={`/messages/${message.messageId}/new-edition`} csrf={csrf}>
          <TextArea
            name="change"
            label={say('page.messages.change')}
            hint={say('page.messages.change-hint')}
            value={textOf(typed.values, 'change')}
            error={faultAt(request, 'change')}
          />
          <Actions>
            <Button>{say('page.messages.new-edition-start')}</Button>
            <LinkButton href={`/messages/${message.messageId}`}>{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

export const changePages = [
  page({ method: 'GET', path: '/messages/:messageId/editions/:edition/retire', signedIn: true, handle: retireView }),
  page({
    method: 'POST',
    path: '/messages/:messageId/editions/:edition/retire',
    signedIn: true,
    again: retireView,
    handle: async ({ form, params, execute }) => {
      const { messageId = '', edition } = params;
      await execute(retireMessage, { messageId, edition: Number(edition), note: textOf(form, 'note') });
      return { redirect: `/messages/${messageId}` };
    },
  }),
  page({ method: 'GET', path: '/messages/:messageId/new-edition', signedIn: true, handle: newEditionView }),
  page({
    method: 'POST',
    path: '/messages/:messageId/new-edition',
    signedIn: true,
    again: newEditionView,
    handle: async ({ form, params, execute }) => {
      const { messageId = '' } = params;
      const { edition } = await execute(newEdition, { messageId, change: textOf(form, 'change') });
      return { redirect: `/messages/${messageId}/editions/${edition}` };
    },
  }),
];

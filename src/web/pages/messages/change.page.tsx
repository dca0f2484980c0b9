import { newEdition, retireMessage } from '../../../modules/content/index.ts';
import { conflict } from '../../../shared/errors.ts';
import { Actions, Button, Form, FormTrouble, LinkButton, PageHead, TextArea } from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { editionOf, messageOf } from './edition-of.ts';

const retireView = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed } = request;
  const { message, edition } = await editionOf(request);
  if (!edition.acts.includes('retire')) throw conflict('message.state', { state: `@content.state.${edition.state}` });
  const at = `/messages/${message.messageId}/editions/${edition.edition}/retire`;
  return {
    title: say('page.messages.retire'),
    body: (
      <>
        <PageHead
          title={say('page.messages.retire')}
          lead={say('page.messages.retire-lead', { edition: edition.edition })}
          back={{ href: `/messages/${message.messageId}`, label: message.title }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <Form action={at} csrf={csrf} keep={await keptForm(request, at)}>
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
  const at = `/messages/${message.messageId}/new-edition`;
  return {
    title: say('page.messages.new-edition'),
    body: (
      <>
        <PageHead
          title={say('page.messages.new-edition')}
          lead={say('page.messages.new-edition-lead')}
          back={{ href: `/messages/${message.messageId}`, label: message.title }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <Form action={at} csrf={csrf} keep={await keptForm(request, at)}>
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

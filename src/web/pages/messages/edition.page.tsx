import { saveEdition, topics } from '../../../modules/content/index.ts';
import { conflict } from '../../../shared/errors.ts';
import {
  Actions,
  Button,
  Field,
  Form,
  FormTrouble,
  Lead,
  LinkButton,
  PageHead,
  Select,
  TextArea,
} from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { BasisFields, basesOf } from './basis-fields.tsx';
import { editionOf } from './edition-of.ts';
import { EditionStanding } from './next-step.tsx';

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed, form } = request;
  const { message, edition } = await editionOf(request);
  if (!edition.acts.includes('write')) throw conflict('message.state', { state: `@content.state.${edition.state}` });
  const sent = Object.keys(typed.values).length > 0;
  const value = (name: string, known: string) => (sent ? textOf(typed.values, name) : known);
  const first = message.editions.length === 1;
  const at = `/messages/${message.messageId}/editions/${edition.edition}`;
  return {
    title: message.title,
    body: (
      <>
        <PageHead
          title={say('page.messages.edit')}
          lead={<EditionStanding edition={edition} request={request} />}
          back={{ href: `/messages/${message.messageId}`, label: message.title }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <Form action={at} csrf={csrf} keep={await keptForm(request, at)}>
          {first ? (
            <>
              <Field
                name="title"
                label={say('page.messages.title')}
                hint={say('page.messages.title-hint')}
                value={value('title', message.title)}
                error={faultAt(request, 'title')}
              />
              <Select
                name="topic"
                label={say('page.messages.topic')}
                options={topics.map((topic) => ({ value: topic, label: say(`topic.${topic}`) }))}
                value={value('topic', message.topic)}
                error={faultAt(request, 'topic')}
              />
            </>
          ) : (
            <Lead>
              {message.title} · {say('page.messages.edition')} {edition.edition}
            </Lead>
          )}
          {edition.edition > 1 && (
            <TextArea
              name="change"
              label={say('page.messages.change')}
              hint={say('page.messages.change-hint')}
              value={value('change', edition.change)}
              error={faultAt(request, 'change')}
            />
          )}
          <TextArea
            name="core"
            rows={6}
            label={say('page.messages.core')}
            hint={say('page.messages.core-hint')}
            value={value('core', edition.core)}
            error={faultAt(request, 'core')}
          />
          <BasisFields bases={edition.bases} request={request} more={textOf(form, 'which') === 'more'} />
          <Actions>
            <Button name="which" value="save">
              {say('page.messages.save')}
            </Button>
            <Button look="secondary" name="which" value="more">
              {say('page.messages.basis-more')}
            </Button>
            <LinkButton href={`/messages/${message.messageId}`}>{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

export const editionPages = [
  page({ method: 'GET', path: '/messages/:messageId/editions/:edition', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/messages/:messageId/editions/:edition',
    signedIn: true,
    again: view,
    handle: async (request) => {
      const { form, params, execute } = request;
      if (textOf(form, 'which') === 'more')
        return view({ ...request, typed: { values: form, error: undefined, kept: false } });
      const { messageId = '', edition } = params;
      await execute(saveEdition, {
        messageId,
        edition: Number(edition),
        // Fields that were not there are left as they are.
        title: form.title === undefined ? null : textOf(form, 'title'),
        topic: form.topic === undefined ? null : (textOf(form, 'topic') as (typeof topics)[number]),
        core: textOf(form, 'core'),
        change: textOf(form, 'change'),
        bases: basesOf(form),
      });
      return { redirect: `/messages/${messageId}` };
    },
  }),
];

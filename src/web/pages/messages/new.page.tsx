import { addMessage, topics } from '../../../modules/content/index.ts';
import {
  Actions,
  Button,
  Field,
  Form,
  FormTrouble,
  LinkButton,
  type Option,
  PageHead,
  Select,
  TextArea,
} from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital } from '../../show.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { BasisFields, basesOf } from './basis-fields.tsx';
import { requireWriter } from './may-write.ts';

/** The places whose message it may be; an editor, who has nothing to do with lists of households, names the own ones. */
const writablePlaces = async (request: PageRequest): Promise<Option[]> => {
  const { actor, frame } = request;
  if (actor.grants.some(({ role }) => role === 'officer')) return ownPlaces(request);
  const { places } = await frame();
  return [...new Set(actor.grants.map(({ placeId }) => placeId))].flatMap((value) =>
    places[value] ? [{ value, label: capital(places[value]) }] : [],
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed, form } = request;
  requireWriter(request);
  const places = await writablePlaces(request);
  const value = (name: string) => textOf(typed.values, name);
  return {
    title: say('page.messages.new'),
    body: (
      <>
        <PageHead
          title={say('page.messages.new')}
          lead={say('page.messages.new-lead')}
          back={{ href: '/messages', label: say('nav.messages') }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <Form action="/messages" csrf={csrf} keep={await keptForm(request, '/messages/new')}>
          <Field
            name="title"
            label={say('page.messages.title')}
            hint={say('page.messages.title-hint')}
            value={value('title')}
            error={faultAt(request, 'title')}
          />
          <Select
            name="topic"
            label={say('page.messages.topic')}
            options={topics.map((topic) => ({ value: topic, label: say(`topic.${topic}`) }))}
            empty={say('ui.choose')}
            value={value('topic')}
            error={faultAt(request, 'topic')}
          />
          <Select
            name="placeId"
            label={say('page.messages.place')}
            hint={say('page.messages.place-hint')}
            options={places}
            value={value('placeId')}
            error={faultAt(request, 'placeId')}
          />
          <TextArea
            name="core"
            label={say('page.messages.core')}
            hint={say('page.messages.core-hint')}
            value={value('core')}
            error={faultAt(request, 'core')}
          />
          <BasisFields bases={[]} request={request} more={textOf(form, 'which') === 'more'} />
          <Field
            name="code"
            label={say('page.messages.code')}
            hint={say('page.messages.code-hint')}
            value={value('code')}
            error={faultAt(request, 'code')}
          />
          <Actions>
            <Button name="which" value="save">
              {say('page.messages.save')}
            </Button>
            <Button look="secondary" name="which" value="more">
              {say('page.messages.basis-more')}
            </Button>
            <LinkButton href="/messages">{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

export const newMessagePages = [
  page({ method: 'GET', path: '/messages/new', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/messages',
    signedIn: true,
    formAt: () => '/messages/new',
    again: view,
    handle: async (request) => {
      const { form, execute } = request;
      if (textOf(form, 'which') === 'more')
        return view({ ...request, typed: { values: form, error: undefined, kept: false } });
      const { messageId } = await execute(addMessage, {
        code: textOf(form, 'code').trim() || null,
        placeId: textOf(form, 'placeId'),
        topic: textOf(form, 'topic') as (typeof topics)[number],
        title: textOf(form, 'title'),
        core: textOf(form, 'core'),
        bases: basesOf(form),
      });
      return { redirect: `/messages/${messageId}` };
    },
  }),
];

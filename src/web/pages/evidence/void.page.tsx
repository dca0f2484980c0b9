import { listContacts, voidContact } from '../../../modules/reach/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { notFound } from '../../../shared/errors.ts';
import { Actions, Button, Field, Form, FormTrouble, LinkButton, PageHead, SummaryList } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed, params, query, execute } = request;
  const subjectId = textOf(query, 'household');
  const { contacts } = await execute(listContacts, { subjectId });
  const contact = contacts.find(({ contactId }) => contactId === params.contactId);
  if (!contact) throw notFound('contact');
  return {
    title: say('page.evidence.void-title'),
    body: (
      <>
        <PageHead
          title={say('page.evidence.void-title')}
          lead={say('page.evidence.void-lead')}
          back={{ href: `/households/${subjectId}`, label: contact.headName ?? contact.code }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <SummaryList
          items={[
            { label: say('evidence.column.head'), value: contact.headName ?? contact.code },
            { label: say('page.evidence.message'), value: contact.message.title },
            { label: say('page.evidence.day'), value: showDay(contact.happenedOn) },
            { label: say('page.evidence.recorded-as'), value: say(`stage.${contact.stage}`) },
            { label: say('page.evidence.how'), value: say(`channel.${contact.channel}`) },
          ]}
        />
        <Form action={`/evidence/contacts/${contact.contactId}/void?household=${subjectId}`} csrf={csrf}>
          <Field
            name="reason"
            label={say('page.evidence.void-reason')}
            value={textOf(typed.values, 'reason')}
            error={faultAt(request, 'reason')}
          />
          <Actions>
            <Button look="danger">{say('page.evidence.void')}</Button>
            <LinkButton href={`/households/${subjectId}`}>{say('page.evidence.void-keep')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

const PATH = '/evidence/contacts/:contactId/void';

export const voidContactPages = [
  page({ method: 'GET', path: PATH, signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: PATH,
    signedIn: true,
    again: view,
    handle: async ({ params, form, execute }) => {
      const { subjectId } = await execute(voidContact, {
        contactId: params.contactId!,
        reason: textOf(form, 'reason'),
      });
      return { redirect: `/households/${subjectId}` };
    },
  }),
];

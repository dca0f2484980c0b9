import { getHousehold, refuseContact } from '../../../modules/registry/index.ts';
import { notFound } from '../../../shared/errors.ts';
import { showPhone } from '../../../shared/phone.ts';
import { Actions, Button, Form, FormTrouble, LinkButton, PageHead, SummaryList } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { textOf, troubleOf } from '../../typed.ts';
import { noticeOf } from './notice.tsx';
import { RefusalFields, saidOf } from './refusal-fields.tsx';

const PATH = '/households/:subjectId/refuse';

/** Where a household's phone is refused; addressed by its id, so that no number stands in an address. */
export const refusePath = (subjectId: string, contactPointId: string): string =>
  `/households/${subjectId}/refuse?phone=${contactPointId}`;

const phoneAsked = async ({ params, query, execute }: PageRequest) => {
  const found = await execute(getHousehold, { subjectId: params.subjectId! });
  const phone = found.contacts.find(
    ({ contactPointId, value }) => contactPointId === textOf(query, 'phone') && value.startsWith('+84'),
  );
  if (!phone) throw notFound('household-phone');
  return { found, phone };
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf } = request;
  const { found, phone } = await phoneAsked(request);
  return {
    title: say('page.refusals.refuse'),
    body: (
      <>
        <PageHead
          title={say('page.refusals.refuse')}
          lead={say('page.refusals.refuse-lead')}
          back={{ href: `/households/${found.subjectId}`, label: say('page.refusals.to-household') }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <SummaryList
          items={[
            { label: say('page.refusals.phone'), value: showPhone(phone.value) },
            {
              label: say('page.households.head'),
              value: found.people.find(({ isHead }) => isHead)?.name ?? found.code,
            },
          ]}
        />
        <Form action={refusePath(found.subjectId, phone.contactPointId)} csrf={csrf}>
          <RefusalFields request={request} />
          <Actions>
            <Button>{say('page.refusals.save')}</Button>
            <LinkButton href={`/households/${found.subjectId}`}>{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

export const refusePages = [
  page({ method: 'GET', path: PATH, signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: PATH,
    signedIn: true,
    again: view,
    handle: async (request) => {
      const said = saidOf(request.form);
      const { found, phone } = await phoneAsked(request);
      const done = await request.execute(refuseContact, { phone: phone.value, ...said });
      return { redirect: `/households/${found.subjectId}?${noticeOf(done)}` };
    },
  }),
];

import { listReplies, markReplyRead } from '../../../modules/delivery/index.ts';
import { showPhone } from '../../../shared/phone.ts';
import { Button, EmptyState, Form, FormTrouble, Table } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { showMoment } from '../../show.ts';
import { troubleOf } from '../../typed.ts';

const SIZE = 50;

type Reply = Awaited<ReturnType<typeof listReplies.run>>[number];

const what = ({ say, csrf }: PageRequest, reply: Reply) => {
  if (reply.meaning === 'stop') return <strong>{say('page.dispatches.stopped-number')}</strong>;
  if (reply.readAt)
    return say('page.dispatches.read-by', { name: reply.readByName ?? '', at: showMoment(reply.readAt) });
  return (
    <Form action={`/dispatches/replies/${reply.inboundId}/read`} csrf={csrf}>
      <Button look="secondary">{say('page.dispatches.mark-read')}</Button>
    </Form>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, query, execute } = request;
  const at = pageOf(query);
  // One more than is shown tells whether there is another page.
  const found = await execute(listReplies, { limit: SIZE + 1, offset: at * SIZE });
  const rows = found.slice(0, SIZE);
  return {
    title: say('page.dispatches.replies'),
    body: (
      <>
        <p>
          <a href="/dispatches">{say('page.dispatches.back')}</a>
        </p>
        <h1>{say('page.dispatches.replies')}</h1>
        <p class="lead">{say('page.dispatches.replies-lead')}</p>
        <FormTrouble trouble={troubleOf(request)} />
        {rows.length === 0 ? (
          <EmptyState title={say('page.dispatches.no-replies')} />
        ) : (
          <Table
            caption={say('page.dispatches.replies')}
            captionHidden
            rows={rows}
            columns={[
              {
                label: say('page.dispatches.from'),
                cell: ({ subjects, address }) => (
                  <p>
                    {subjects.map(({ subjectId, name, code }, index) => (
                      <>
                        {index > 0 && ', '}
                        <a href={`/households/${subjectId}`}>{name ?? code}</a>
                      </>
                    ))}
                    <br />
                    <span class="unbroken">{showPhone(address)}</span>
                  </p>
                ),
              },
              {
                label: say('page.dispatches.text'),
                cell: ({ body }) => body ?? say('page.dispatches.text-gone'),
              },
              { label: say('page.dispatches.when'), cell: ({ receivedAt }) => showMoment(receivedAt) },
              { label: say('page.dispatches.seen-to'), cell: (reply) => what(request, reply) },
            ]}
          />
        )}
        {pagerOf({ request: { url: '/dispatches/replies', say }, at, more: found.length > SIZE })}
      </>
    ),
  };
};

export const replyPages = [
  page({ method: 'GET', path: '/dispatches/replies', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/dispatches/replies/:inboundId/read',
    signedIn: true,
    formAt: () => '/dispatches/replies',
    again: view,
    handle: async ({ params, execute }) => {
      await execute(markReplyRead, { inboundId: params.inboundId ?? '' });
      return { redirect: '/dispatches/replies' };
    },
  }),
];

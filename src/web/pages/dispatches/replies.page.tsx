import {
  countReplies,
  exportReplies,
  listReplies,
  markReplyRead,
  replySorts,
  replyStates,
} from '../../../modules/delivery/index.ts';
import { showPhone } from '../../../shared/phone.ts';
import {
  Button,
  EmptyState,
  Form,
  FormTrouble,
  LinkButton,
  PageHead,
  SearchForm,
  Select,
  Whole,
} from '../../../ui/index.ts';
import { List, type ListColumn, listAsked, listFilePages } from '../../list.tsx';
import { localPath } from '../../local-path.ts';
import { type Form as Fields, type PageRequest, page, type View } from '../../page.ts';
import { showMoment, showNumber } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';
import { nextText } from '../../states.ts';
import { textOf, troubleOf } from '../../typed.ts';
import { UnknownChoice } from '../unknown-choice.tsx';

const LIST = { name: 'replies', path: '/dispatches/replies', filters: ['state'], sorts: replySorts } as const;

type Reply = Awaited<ReturnType<typeof listReplies.run>>['rows'][number];
type Column = ListColumn<Reply, (typeof replySorts)[number]>;

const stateOf = ({ query }: PageRequest) => replyStates.find((each) => each === textOf(query, 'state')) ?? null;

/** The list as it is looked at. */
const hereOf = ({ query }: PageRequest): string => {
  const asked = ['state', 'sort', 'page']
    .map((name) => [name, textOf(query, name)])
    .filter(([, value]) => value !== '');
  return asked.length === 0 ? LIST.path : `${LIST.path}?${new URLSearchParams(asked)}`;
};

/** The list as it was when a reply was marked; the plain one when the form says anything else. */
const backOf = (form: Fields): string => {
  const path = localPath(textOf(form, 'next'));
  return path.split('?')[0] === LIST.path ? path : LIST.path;
};

const seenTo = ({ say }: PageRequest, { meaning, readAt, readByName }: Reply): string => {
  if (meaning === 'stop') return say('page.dispatches.stopped-number');
  return readAt ? say('page.dispatches.read-by', { name: readByName ?? '', at: showMoment(readAt) }) : '';
};

const seenToCell = (request: PageRequest, reply: Reply) => {
  const { say } = request;
  const state = reply.meaning === 'stop' ? 'stop' : 'read';
  if (state === 'stop' || reply.readAt)
    return (
      <>
        <StateBadge say={say} kind="reply" state={state} /> {seenTo(request, reply)}
      </>
    );
  return (
    <Form action={`/dispatches/replies/${reply.inboundId}/read`} csrf={request.csrf}>
      <input type="hidden" name="next" value={hereOf(request)} />
      <Button look="secondary">{say('page.dispatches.mark-read')}</Button>
    </Form>
  );
};

const columnsOf = (request: PageRequest): Column[] => {
  const { say } = request;
  return [
    {
      ...{ name: 'from', label: say('page.dispatches.from'), sort: 'from', always: true },
      cell: ({ subjects }) => (
        <p>
          {subjects.map(({ subjectId, name, code }, index) => (
            <>
              {index > 0 && ', '}
              <a href={`/households/${subjectId}`}>{name ?? code}</a>
            </>
          ))}
        </p>
      ),
      text: ({ subjects }) => subjects.map(({ name, code }) => name ?? code).join(', '),
    },
    {
      ...{ name: 'number', label: say('page.dispatches.number'), sort: 'number' },
      cell: ({ address }) => <Whole>{showPhone(address)}</Whole>,
      text: ({ address }) => showPhone(address),
    },
    {
      ...{ name: 'text', label: say('page.dispatches.text') },
      cell: ({ body }) => body ?? say('page.dispatches.text-gone'),
      text: ({ body }) => body ?? '',
    },
    {
      ...{ name: 'when', label: say('page.dispatches.when'), sort: 'when', largestFirst: true },
      cell: ({ receivedAt }) => showMoment(receivedAt),
      text: ({ receivedAt }) => showMoment(receivedAt),
    },
    {
      ...{ name: 'state', label: say('page.dispatches.seen-to'), sort: 'state' },
      cell: (reply) => seenToCell(request, reply),
      text: (reply) => seenTo(request, reply),
    },
  ];
};

const view = async (request: PageRequest): Promise<View> => {
  const { say, query, execute, language } = request;
  const state = stateOf(request);
  const found = await execute(listReplies, { state, ...listAsked(LIST, query) });
  const { unread } = await execute(countReplies, {});
  return {
    title: say('page.dispatches.replies'),
    body: (
      <>
        <PageHead
          title={say('page.dispatches.replies')}
          lead={
            nextText(say, { kind: 'reply', state: unread > 0 ? 'unread' : 'read' }, { params: { count: unread } }) ??
            say('page.dispatches.replies-lead')
          }
          back={{ href: '/dispatches', label: say('page.dispatches.back') }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <UnknownChoice request={request} name="state" known={replyStates} />
        {(found.total > 0 || state) && (
          <SearchForm action={LIST.path} label={say('page.dispatches.show')}>
            <Select
              name="state"
              label={say('page.dispatches.seen-to')}
              options={replyStates.map((value) => ({ value, label: say(`page.dispatches.reply.${value}`) }))}
              empty={say('page.dispatches.any-reply')}
              value={state ?? ''}
            />
            <Button>{say('page.dispatches.show')}</Button>
          </SearchForm>
        )}
        <List
          request={request}
          kind={LIST}
          columns={columnsOf(request)}
          found={found}
          caption={say('page.dispatches.replies')}
          count={say('page.dispatches.replies-found', { total: showNumber(found.total, language) })}
          empty={
            state ? (
              <EmptyState title={say('page.dispatches.no-such-replies')}>
                <LinkButton href={LIST.path}>{say('page.dispatches.all-replies')}</LinkButton>
              </EmptyState>
            ) : (
              <EmptyState title={say('page.dispatches.no-replies')}>
                <p>{say('page.dispatches.no-replies-next')}</p>
              </EmptyState>
            )
          }
          files
          at={{ path: LIST.path, query }}
        />
      </>
    ),
  };
};

export const replyPages = [
  page({ method: 'GET', path: LIST.path, signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/dispatches/replies/:inboundId/read',
    signedIn: true,
    formAt: () => LIST.path,
    again: (request) =>
      view({ ...request, query: Object.fromEntries(new URLSearchParams(backOf(request.form).split('?')[1])) }),
    handle: async ({ params, form, execute }) => {
      await execute(markReplyRead, { inboundId: params.inboundId ?? '' });
      return { redirect: backOf(form) };
    },
  }),
  ...listFilePages(LIST, {
    fileName: 'tin-tra-loi',
    title: ({ say }) => say('page.dispatches.replies'),
    find: async (request, { sort, descending }) => ({
      ...(await request.execute(exportReplies, { state: stateOf(request), sort, descending })),
      columns: columnsOf(request),
    }),
  }),
];

import {
  type DeliveryState,
  deliverySorts,
  deliveryStates,
  exportDeliveries,
  getDispatch,
  listDeliveries,
} from '../../../modules/delivery/index.ts';
import { showPhone } from '../../../shared/phone.ts';
import type { Say } from '../../../shared/words/index.ts';
import {
  Button,
  EmptyState,
  Field,
  LinkButton,
  PageHead,
  Part,
  Said,
  SearchForm,
  Select,
  Whole,
} from '../../../ui/index.ts';
import { List, type ListColumn, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { shortPlaces } from '../../short-places.ts';
import { capital, showMoment, showNumber } from '../../show.ts';
import { StateBadge, StateLead } from '../../state-badge.tsx';
import { textOf } from '../../typed.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { deliveriesAddress, whyKey } from './about-dispatch.tsx';

const LIST = {
  name: 'deliveries',
  path: '/dispatches/:dispatchId/deliveries',
  filters: ['text', 'state', 'fault'],
  sorts: deliverySorts,
} as const;

type Row = Awaited<ReturnType<typeof listDeliveries.run>>['rows'][number];
type Column = ListColumn<Row, (typeof deliverySorts)[number]>;

const filtersOf = ({ query, params }: PageRequest) => ({
  dispatchId: params.dispatchId ?? '',
  state: deliveryStates.find((state) => state === textOf(query, 'state')) ?? (null as DeliveryState | null),
  fault: textOf(query, 'fault').slice(0, 60) || null,
  text: textOf(query, 'text').slice(0, 100),
});

const whenOf = ({ sentAt, finalAt }: Row): string => {
  const at = finalAt ?? sentAt;
  return at ? showMoment(at) : '';
};

const whoColumns = ({ say }: PageRequest, short: (place: string) => string): Column[] => [
  {
    ...{ name: 'name', label: say('page.dispatches.household'), sort: 'name', always: true },
    cell: ({ kind, subjectId, name, code }) =>
      kind === 'household' ? <a href={`/households/${subjectId}`}>{name ?? code}</a> : (name ?? code),
    text: ({ name }) => name ?? '',
  },
  {
    ...{ name: 'code', label: say('page.dispatches.code'), sort: 'code' },
    cell: ({ code }) => code,
    text: ({ code }) => code,
  },
  {
    ...{ name: 'village', label: say('page.dispatches.village'), sort: 'village' },
    cell: ({ place }) => short(place),
    text: ({ place }) => capital(place),
  },
  {
    ...{ name: 'number', label: say('page.dispatches.number'), sort: 'number' },
    cell: ({ address }) => <Whole>{showPhone(address)}</Whole>,
    text: ({ address }) => showPhone(address),
  },
];

const becameColumns = ({ say }: PageRequest): Column[] => {
  const why = ({ state, fault }: Row) => (fault ? say(whyKey({ state, fault } as Parameters<typeof whyKey>[0])) : '');
  return [
    {
      ...{ name: 'state', label: say('page.dispatches.state'), sort: 'state' },
      cell: ({ state }) => <StateBadge say={say} kind="delivery" state={state} />,
      text: ({ state }) => capital(say(`delivery.state.${state}`)),
    },
    {
      ...{ name: 'why', label: say('page.dispatches.why'), sort: 'why' },
      cell: (row) => [why(row) || '—', row.fault && row.detail ? ` (${row.detail})` : ''].join(''),
      text: (row) => [why(row), row.fault && row.detail ? ` (${row.detail})` : ''].join(''),
    },
    {
      ...{ name: 'when', label: say('page.dispatches.when'), sort: 'when', largestFirst: true },
      cell: (row) => whenOf(row) || '—',
      text: whenOf,
    },
  ];
};

const columnsOf = (request: PageRequest, rows: readonly Row[]): Column[] => {
  const { say } = request;
  return [
    ...whoColumns(request, shortPlaces(rows.map(({ place }) => place))),
    {
      ...{ name: 'language', label: say('page.dispatches.language'), sort: 'language', extra: true },
      cell: ({ language }) => say(`language.${language}`),
      text: ({ language }) => say(`language.${language}`),
    },
    {
      ...{ name: 'parts', label: say('page.dispatches.parts-column'), sort: 'parts', extra: true, number: true },
      cell: ({ parts }) => parts,
      text: ({ parts }) => parts,
    },
    ...becameColumns(request),
    {
      ...{ name: 'text', label: say('page.dispatches.text') },
      cell: ({ body }) =>
        body === null ? (
          say('page.dispatches.text-gone')
        ) : (
          <Part title={say('page.dispatches.text-open')}>
            <Said>{body}</Said>
          </Part>
        ),
    },
  ];
};

const Filters = ({ request, dispatchId }: { request: PageRequest; dispatchId: string }) => {
  const { say } = request;
  const { text, state, fault } = filtersOf(request);
  return (
    <SearchForm action={deliveriesAddress(dispatchId)} label={say('page.dispatches.state')}>
      <Field
        name="text"
        type="search"
        label={say('page.dispatches.text-filter')}
        hint={say('page.dispatches.text-filter-hint')}
        value={text}
      />
      <Select
        name="state"
        label={say('page.dispatches.state')}
        options={deliveryStates.map((value) => ({ value, label: capital(say(`delivery.state.${value}`)) }))}
        empty={say('page.dispatches.all-states')}
        value={state ?? ''}
      />
      {fault && (
        <Select
          name="fault"
          label={say('page.dispatches.why')}
          options={[{ value: fault, label: capital(say(`send-fault.${fault}`)) }]}
          empty={say('page.dispatches.any-fault')}
          value={fault}
        />
      )}
      <Button>{say('page.dispatches.show')}</Button>
    </SearchForm>
  );
};

/** Of those of one fault, or of one state: what there is to do. */
const whatNext = (say: Say, { fault, state }: ReturnType<typeof filtersOf>) => {
  if (!fault) return state ? <StateLead say={say} kind="delivery" state={state} /> : undefined;
  const name = say(`send-fault.${fault}`);
  const todo = `send-todo.${fault}`;
  return [capital(name), ...(say(todo) === todo ? [] : [say(todo)])].join(': ');
};

const listPage = page({
  method: 'GET',
  path: LIST.path,
  signedIn: true,
  handle: async (request) => {
    const { say, query, execute, params, language } = request;
    const dispatch = await execute(getDispatch, { dispatchId: params.dispatchId ?? '' });
    const { dispatchId, run, message } = dispatch;
    const asked = filtersOf(request);
    const found = await execute(listDeliveries, { ...asked, dispatchId, ...listAsked(LIST, query) });
    const count = say('page.dispatches.found', { count: showNumber(found.total, language) });
    return {
      title: say('page.dispatches.deliveries'),
      body: (
        <>
          <PageHead
            title={say('page.dispatches.deliveries')}
            lead={whatNext(say, asked)}
            back={{
              href: `/dispatches/${dispatchId}`,
              label: say('page.dispatches.run-of', { run, title: message.title }),
            }}
          />
          <UnknownChoice request={request} name="state" known={deliveryStates} />
          <Filters request={request} dispatchId={dispatchId} />
          <List
            request={request}
            kind={LIST}
            columns={columnsOf(request, found.rows)}
            found={found}
            caption={say('page.dispatches.deliveries')}
            count={count}
            empty={
              <EmptyState title={say('page.dispatches.no-deliveries')}>
                <p>{say('page.dispatches.none-such-next')}</p>
                <LinkButton href={deliveriesAddress(dispatchId)}>{say('page.dispatches.all-deliveries')}</LinkButton>
              </EmptyState>
            }
            files
          />
        </>
      ),
    };
  },
});

export const deliveryPages = [
  listPage,
  ...listFilePages(LIST, {
    fileName: 'luot-gui',
    title: ({ say }) => say('page.dispatches.deliveries'),
    find: async (request, { sort, descending }) => {
      const found = await request.execute(exportDeliveries, { ...filtersOf(request), sort, descending });
      return { ...found, columns: columnsOf(request, found.rows) };
    },
  }),
];

import { stringify } from 'csv-stringify/sync';
import { type DeliveryState, deliveryStates, getDispatch, listDeliveries } from '../../../modules/delivery/index.ts';
import { showPhone } from '../../../shared/phone.ts';
import { Actions, Button, EmptyState, LinkButton, SearchForm, Select, Table } from '../../../ui/index.ts';
import { type Form, type PageRequest, page } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { capital, showMoment, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { deliveriesAddress, whyKey } from './about-dispatch.tsx';

const SIZE = 50;
/** Rows of a file that are asked for at once. */
const AT_ONCE = 5_000;

type Row = Awaited<ReturnType<typeof listDeliveries.run>>['rows'][number];

const askedOf = (query: Form): { state: DeliveryState | null; fault: string | null } => ({
  state: deliveryStates.find((state) => state === textOf(query, 'state')) ?? null,
  fault: textOf(query, 'fault').slice(0, 60) || null,
});

const whenOf = ({ sentAt, finalAt }: Row): string => {
  const at = finalAt ?? sentAt;
  return at ? showMoment(at) : '—';
};

const Rows = ({ request: { say }, rows }: { request: PageRequest; rows: readonly Row[] }) => (
  <Table
    caption={say('page.dispatches.deliveries')}
    captionHidden
    rows={rows}
    columns={[
      {
        label: say('page.dispatches.household'),
        cell: ({ kind, subjectId, name, code }) => (
          <p>
            {kind === 'household' ? <a href={`/households/${subjectId}`}>{name ?? code}</a> : (name ?? code)}
            <span class="hint"> {code}</span>
          </p>
        ),
      },
      { label: say('page.dispatches.village'), cell: ({ place }) => capital(place) },
      {
        label: say('page.dispatches.number'),
        cell: ({ address }) => <span class="unbroken">{showPhone(address)}</span>,
      },
      { label: say('page.dispatches.state'), cell: ({ state }) => capital(say(`delivery.state.${state}`)) },
      {
        label: say('page.dispatches.why'),
        cell: ({ state, fault, detail }) =>
          fault ? (
            <>
              {say(whyKey({ state, fault } as Parameters<typeof whyKey>[0]))}
              {detail && <span class="hint"> ({detail})</span>}
            </>
          ) : (
            '—'
          ),
      },
      { label: say('page.dispatches.when'), cell: whenOf },
      {
        label: say('page.dispatches.text'),
        cell: ({ body }) =>
          body === null ? (
            say('page.dispatches.text-gone')
          ) : (
            <details class="part">
              <summary class="unbroken">{say('page.dispatches.text-open')}</summary>
              <p class="said">{body}</p>
            </details>
          ),
      },
    ]}
  />
);

const listPage = page({
  method: 'GET',
  path: '/dispatches/:dispatchId/deliveries',
  signedIn: true,
  handle: async (request) => {
    const { say, query, execute, params, language } = request;
    const dispatch = await execute(getDispatch, { dispatchId: params.dispatchId ?? '' });
    const { dispatchId } = dispatch;
    const asked = askedOf(query);
    const at = pageOf(query);
    const { total, rows } = await execute(listDeliveries, { dispatchId, ...asked, limit: SIZE, offset: at * SIZE });
    return {
      title: say('page.dispatches.deliveries'),
      body: (
        <>
          <p>
            <a href={`/dispatches/${dispatchId}`}>
              {say('page.dispatches.run-of', { run: dispatch.run, title: dispatch.message.title })}
            </a>
          </p>
          <h1>{say('page.dispatches.deliveries')}</h1>
          <UnknownChoice request={request} name="state" known={deliveryStates} />
          <SearchForm action={deliveriesAddress(dispatchId)} label={say('page.dispatches.state')}>
            <Select
              name="state"
              label={say('page.dispatches.state')}
              options={deliveryStates.map((state) => ({
                value: state,
                label: capital(say(`delivery.state.${state}`)),
              }))}
              empty={say('page.dispatches.all-states')}
              value={asked.state ?? ''}
            />
            <Button>{say('page.dispatches.show')}</Button>
          </SearchForm>
          {rows.length === 0 ? (
            <EmptyState title={say('page.dispatches.no-deliveries')} />
          ) : (
            <>
              <p class="lead">
                {asked.fault && `${capital(say(`send-fault.${asked.fault}`))}: `}
                {say('page.dispatches.found', { count: showNumber(total, language) })}
              </p>
              <Rows request={request} rows={rows} />
              {pagerOf({ request, at, more: total > (at + 1) * SIZE })}
              <Actions>
                <LinkButton href={deliveriesAddress(dispatchId, asked.state ?? undefined, asked.fault, '.csv')}>
                  {say('page.dispatches.csv')}
                </LinkButton>
              </Actions>
            </>
          )}
        </>
      ),
    };
  },
});

const COLUMNS = ['code', 'household', 'village', 'number', 'language', 'parts-column', 'state', 'why', 'when'] as const;

/** The rows that are shown, all pages of them, as a file. */
const csvPage = page({
  method: 'GET',
  path: '/dispatches/:dispatchId/deliveries.csv',
  signedIn: true,
  handle: async ({ say, query, execute, params, frame }) => {
    const dispatchId = params.dispatchId ?? '';
    const asked = askedOf(query);
    const rows: Row[] = [];
    for (let all = 1; rows.length < all; ) {
      const found = await execute(listDeliveries, { dispatchId, ...asked, limit: AT_ONCE, offset: rows.length });
      if (found.rows.length === 0) break;
      rows.push(...found.rows);
      all = found.total;
    }
    const synthetic = (await frame()).synthetic ? [say('ui.shell.synthetic-short')] : [];
    const cells = rows.map((row) => [
      ...[row.code, row.name ?? '', row.place, showPhone(row.address), say(`language.${row.language}`), row.parts],
      ...[say(`delivery.state.${row.state}`), row.fault ? say(`send-fault.${row.fault}`) : '', whenOf(row)],
      ...synthetic,
    ]);
    const head = [
      ...COLUMNS.map((name) => say(`page.dispatches.${name}`)),
      ...(synthetic.length > 0 ? [say('list.field.notes')] : []),
    ];
    const text = stringify([head, ...cells], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
    return { download: text, fileName: 'luot-gui.csv', type: 'text/csv; charset=utf-8' };
  },
});

export const deliveryPages = [listPage, csvPage];

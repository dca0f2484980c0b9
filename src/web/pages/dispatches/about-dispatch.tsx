import type { DispatchView } from '../../../modules/delivery/index.ts';
import { SummaryList, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital, showMoment, showNumber } from '../../show.ts';
import { newAddress } from './choices.ts';
import { vnd } from './message-card.tsx';
import { lineAddress } from './standing.ts';

interface Props {
  readonly request: PageRequest;
  readonly dispatch: DispatchView;
}

const places = ({ say }: PageRequest, names: readonly string[]) =>
  names.length <= 5 ? (
    names.map(capital).join('; ')
  ) : (
    <details class="part">
      <summary>{say('page.dispatches.places', { count: names.length })}</summary>
      <p>{names.map(capital).join('; ')}</p>
    </details>
  );

/** What was sent, for which line, by whom and when, and what it comes to. */
export const AboutDispatch = ({ request, dispatch }: Props) => {
  const { say, language } = request;
  return (
    <SummaryList
      items={[
        {
          label: say('page.dispatches.message'),
          value: (
            <p>
              <a href={`/messages/${dispatch.messageId}`}>{dispatch.message.title}</a>{' '}
              {say('page.plans.edition', { edition: dispatch.edition })}
            </p>
          ),
        },
        {
          label: say('page.dispatches.line'),
          value: (
            <p>
              <a href={lineAddress(dispatch.plan)}>
                {say('page.dispatches.line-of', {
                  ...{ position: dispatch.plan.position, what: dispatch.what, plan: dispatch.plan.title },
                })}
              </a>
            </p>
          ),
        },
        {
          label: say('page.dispatches.sent-by'),
          value: `${dispatch.createdByName}, ${showMoment(dispatch.createdAt)}`,
        },
        { label: say('page.dispatches.kind'), value: say(`content.kind.${dispatch.formKind}`) },
        { label: say('page.dispatches.where-to'), value: places(request, dispatch.places) },
        { label: say('page.dispatches.all-parts'), value: showNumber(dispatch.parts, language) },
        { label: say('page.dispatches.cost'), value: vnd(request, dispatch.cost) },
        ...(dispatch.urgentReason ? [{ label: say('page.dispatches.urgent'), value: dispatch.urgentReason }] : []),
        ...(dispatch.retryOf
          ? [
              {
                label: say('page.dispatches.again-of'),
                value: (
                  <p>
                    <a href={`/dispatches/${dispatch.retryOf}`}>{say('page.dispatches.to.first')}</a>
                  </p>
                ),
              },
            ]
          : []),
      ]}
    />
  );
};

type Group = DispatchView['groups'][number];

/** Where the deliveries of a state, and of one fault, are listed. */
export const deliveriesAddress = (dispatchId: string, state?: string, fault?: string | null, ending = ''): string => {
  const query = new URLSearchParams({ ...(state ? { state } : {}), ...(fault ? { fault } : {}) }).toString();
  return `/dispatches/${dispatchId}/deliveries${ending}${query ? `?${query}` : ''}`;
};

/** Why a delivery stands as it does: the sentence of its fault, else of its state. */
export const whyKey = ({ state, fault }: Pick<Group, 'state' | 'fault'>): string =>
  fault ? `send-fault.${fault}` : `delivery.state.${state}`;

const todoKey = ({ state, fault }: Group): string =>
  fault ? `send-todo.${fault}` : state === 'no-receipt' ? 'send-todo.no-receipt' : 'ui.none';

/** What did not go well, in groups: how many, and what to do. */
export const FaultGroups = ({ request, dispatch }: Props) => {
  const { say, language } = request;
  const { dispatchId, groups } = dispatch;
  return (
    <Table
      caption={say('page.dispatches.not-well')}
      captionHidden
      rows={groups}
      columns={[
        { label: say('page.dispatches.why'), cell: (group) => capital(say(whyKey(group))) },
        {
          label: say('page.dispatches.count'),
          number: true,
          cell: ({ state, fault, count }) => (
            <a href={deliveriesAddress(dispatchId, state, fault)}>{showNumber(count, language)}</a>
          ),
        },
        { label: say('page.dispatches.todo'), cell: (group) => say(todoKey(group)) },
      ]}
    />
  );
};

/** Those that another run would address, or may when it is asked for. */
export const mayGoAgain = ({ groups }: DispatchView): boolean =>
  groups.some(({ again, state }) => again || state === 'uncertain');

export const againAddress = ({ lineId, dispatchId, formKind }: DispatchView): string =>
  newAddress({ lineId, retryOf: dispatchId, formKind });

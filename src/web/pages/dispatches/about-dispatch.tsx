import type { DispatchView } from '../../../modules/delivery/index.ts';
import { Counted, Lead, Part, SummaryList, Table } from '../../../ui/index.ts';
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
    <Part title={say('page.dispatches.places', { count: names.length })}>
      <p>{names.map(capital).join('; ')}</p>
    </Part>
  );

/** What was sent, for which line, by whom and when, and what it comes to. */
export const AboutDispatch = ({ request, dispatch }: Props) => {
  const { say, language } = request;
  return (
    <Counted say={say} how="parts" of={say('page.dispatches.all-parts')}>
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
        ]}
      />
    </Counted>
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

const todoKey = ({ state, fault, twice, count }: Group): string => {
  if (twice > 0 && twice === count) return 'send-todo.twice';
  return fault ? `send-todo.${fault}` : state === 'no-receipt' ? 'send-todo.no-receipt' : 'ui.none';
};

/** What to do about a group; of what was sent again since, the sending that did it tells more. */
const Todo = ({ request: { say, language }, dispatch, group }: Props & { group: Group }) => {
  const last = dispatch.retries.at(-1);
  if (last && group.sentAgain === group.count)
    return <a href={`/dispatches/${last.dispatchId}`}>{say('page.dispatches.sent-again-at', { run: last.run })}</a>;
  const some = group.twice > 0 && group.twice < group.count;
  return (
    <>
      {say(todoKey(group))}
      {some && ` ${say('page.dispatches.some-twice', { count: showNumber(group.twice, language) })}`}
    </>
  );
};

/** That this repeats another sending, or was repeated; with the way there. */
export const Repeats = ({ request: { say }, dispatch: { origin, retries } }: Props) => {
  const told = [
    ...(origin ? [{ ...origin, key: 'page.dispatches.again-of' }] : []),
    ...retries.map((retry) => ({ ...retry, key: 'page.dispatches.sent-again' })),
  ];
  return told.map(({ dispatchId, run, createdAt, key }) => (
    <Lead>
      {say(key)}{' '}
      <a href={`/dispatches/${dispatchId}`}>{say('page.dispatches.run-at', { run, at: showMoment(createdAt) })}</a>
    </Lead>
  ));
};

/** What did not go well, in groups: how many, and what to do. */
export const FaultGroups = ({ request, dispatch }: Props) => {
  const { say, language } = request;
  const { dispatchId, groups } = dispatch;
  return (
    <Counted say={say} how="not-arrived" of={say('page.dispatches.not-well')}>
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
          {
            label: say('page.dispatches.todo'),
            cell: (group) => <Todo request={request} dispatch={dispatch} group={group} />,
          },
        ]}
      />
    </Counted>
  );
};

const goesAgain = ({ again, state, sentAgain, count }: Group): boolean =>
  (again || state === 'uncertain') && sentAgain < count;

/** Those that another run would address, or may when it is asked for, and that none has addressed yet. */
export const mayGoAgain = ({ groups }: DispatchView): boolean => groups.some(goesAgain);

/** It was sent again already, or all that another run would address failed twice: somebody rather goes there. */
export const ratherVisit = ({ groups, retries }: DispatchView): boolean =>
  retries.length > 0 || groups.filter(goesAgain).every(({ twice, count }) => twice === count);

export const againAddress = ({ lineId, dispatchId, formKind }: DispatchView): string =>
  newAddress({ lineId, retryOf: dispatchId, formKind });

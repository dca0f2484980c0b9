import {
  type DispatchView,
  deliveryStates,
  getDispatch,
  giveUpDispatch,
  resumeDispatch,
  stopDispatch,
} from '../../../modules/delivery/index.ts';
import { conflict } from '../../../shared/errors.ts';
import { sayOf } from '../../../shared/words/units.ts';
import {
  Actions,
  Alert,
  Button,
  Card,
  Counted,
  Form,
  FormTrouble,
  Hint,
  LinkButton,
  Narrow,
  PageHead,
  Part,
  Stack,
  Table,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';
import { textOf, troubleOf } from '../../typed.ts';
import {
  AboutDispatch,
  againAddress,
  deliveriesAddress,
  FaultGroups,
  mayGoAgain,
  Repeats,
  ratherVisit,
} from './about-dispatch.tsx';
import { DispatchActions, DispatchStanding } from './next-step.tsx';
import { Progress } from './progress.tsx';
import { LeftOutTable } from './recipient-cards.tsx';

const load = ({ execute, params }: PageRequest) => execute(getDispatch, { dispatchId: params.dispatchId ?? '' });

const MINUTE = 60_000;

/** Something may still happen within moments: deliveries go out, or receipts of a sending just ended come in. */
const moves = ({ state, waitsForMorning, counts, doneAt, at }: DispatchView): boolean => {
  if (state === 'open') return !waitsForMorning || counts.sending > 0;
  return doneAt !== null && counts.accepted > 0 && at.getTime() - doneAt.getTime() < 5 * MINUTE;
};

const Refresh = ({ request, dispatch }: { request: PageRequest; dispatch: DispatchView }) => {
  const { say, query } = request;
  const own = `/dispatches/${dispatch.dispatchId}`;
  if (!moves(dispatch)) return null;
  if (textOf(query, 'hold') !== '')
    return (
      <p>
        <a href={own}>{say('page.dispatches.refresh-on')}</a>
      </p>
    );
  return (
    <Hint>
      {/* Without any script the page asks again by itself while something moves. */}
      <meta http-equiv="refresh" content={`3; url=${own}`} />
      {say('page.dispatches.refreshes')} <a href={`${own}?hold=1`}>{say('page.dispatches.refresh-off')}</a>
    </Hint>
  );
};

/** Deliveries that wait although nobody stopped them: since when, and for what. */
const Waiting = ({ request, dispatch }: { request: PageRequest; dispatch: DispatchView }) => {
  const { say } = request;
  const { state, counts, rows, waitsForMorning, createdAt, at } = dispatch;
  if (state !== 'open' || waitsForMorning || counts.created === 0) return null;
  const back = rows.filter((row) => row.state === 'created' && row.fault !== null);
  if (back.length > 0)
    return (
      <Alert tone="warning">
        {back.map(({ fault, count }) => (
          <p>
            <strong>{say(`send-fault.${fault}`)}</strong>: {say('page.dispatches.wait', { count })}{' '}
            {say(`send-todo.${fault}`)}
          </p>
        ))}
      </Alert>
    );
  const nothingYet = counts.created === dispatch.recipients && at.getTime() - createdAt.getTime() > 2 * MINUTE;
  return nothingYet ? (
    <Alert tone="warning">
      <p>{say('page.dispatches.not-begun')}</p>
    </Alert>
  ) : null;
};

const States = ({ request, dispatch }: { request: PageRequest; dispatch: DispatchView }) => {
  const { say, language } = request;
  return (
    <Narrow>
      <Table
        caption={say('page.dispatches.states')}
        captionHidden
        rows={deliveryStates.filter((state) => dispatch.counts[state] > 0)}
        columns={[
          {
            label: say('page.dispatches.state'),
            cell: (state) => <StateBadge say={say} kind="delivery" state={state} />,
          },
          {
            label: say('page.dispatches.count'),
            number: true,
            cell: (state) => (
              <a href={deliveriesAddress(dispatch.dispatchId, state)}>{showNumber(dispatch.counts[state], language)}</a>
            ),
          },
        ]}
      />
    </Narrow>
  );
};

const NotWell = ({ request, dispatch }: { request: PageRequest; dispatch: DispatchView }) => {
  const { say } = request;
  if (dispatch.groups.length === 0) return null;
  const again = mayGoAgain(dispatch) && (
    <LinkButton href={againAddress(dispatch)}>{say('page.dispatches.again')}</LinkButton>
  );
  const visit = (
    <LinkButton look={ratherVisit(dispatch) ? 'primary' : 'secondary'} href={`/left-behind?line=${dispatch.lineId}`}>
      {say('page.dispatches.to.visit')}
    </LinkButton>
  );
  return (
    <Stack id="not-well">
      <Card title={say('page.dispatches.not-well')}>
        <FaultGroups request={request} dispatch={dispatch} />
        <Actions>{ratherVisit(dispatch) ? [visit, again] : [again, visit]}</Actions>
      </Card>
    </Stack>
  );
};

const LeftOut = ({ request, dispatch }: { request: PageRequest; dispatch: DispatchView }) => {
  const { say } = request;
  const count = Object.values(dispatch.leftOut).reduce((sum, each) => sum + each, 0);
  return count === 0 ? null : (
    <Part card title={say('page.dispatches.left-out-then', { count })}>
      <Counted say={say} how="left-out" of={say('page.dispatches.left-out')}>
        <LeftOutTable
          request={request}
          why={dispatch.leftOut}
          caption={say('page.dispatches.why-left-out', { count })}
        />
      </Counted>
    </Part>
  );
};

const titleOf = ({ say }: PageRequest, { run, message }: DispatchView): string =>
  say('page.dispatches.run-of', { run, title: message.title });

const view = async (asked: PageRequest): Promise<View> => {
  const dispatch = await load(asked);
  const say = sayOf(asked.say, dispatch.subject);
  const request = { ...asked, say };
  const of = { request, dispatch };
  return {
    title: titleOf(request, dispatch),
    body: (
      <>
        <PageHead
          title={titleOf(request, dispatch)}
          back={{ href: '/dispatches', label: say('page.dispatches.back') }}
          lead={<DispatchStanding {...of} />}
          actions={<DispatchActions {...of} />}
        />
        <Repeats {...of} />
        <FormTrouble trouble={troubleOf(request)} />
        <Waiting {...of} />
        <Card title={say('page.dispatches.progress')}>
          <Counted say={say} how="states" of={say('page.dispatches.states')}>
            <Progress request={request} counts={dispatch.counts} />
          </Counted>
          <Refresh {...of} />
          <States {...of} />
          {dispatch.state === 'open' && !dispatch.mine && <Hint>{say('error.dispatch.partly-yours')}</Hint>}
          <p>
            <a href={deliveriesAddress(dispatch.dispatchId)}>{say('page.dispatches.to.deliveries')}</a>
          </p>
        </Card>
        <NotWell {...of} />
        <Card title={say('page.dispatches.about')}>
          <AboutDispatch {...of} />
        </Card>
        <LeftOut {...of} />
      </>
    ),
  };
};

const giveUpView = async (request: PageRequest): Promise<View> => {
  const { say, csrf } = request;
  const dispatch = await load(request);
  if (dispatch.state === 'done') throw conflict('dispatch.done');
  const own = `/dispatches/${dispatch.dispatchId}`;
  return {
    title: say('page.dispatches.give-up'),
    body: (
      <>
        <PageHead
          title={say('page.dispatches.give-up-title', { count: dispatch.counts.created })}
          lead={say('page.dispatches.give-up-lead')}
          back={{ href: own, label: titleOf(request, dispatch) }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <Form action={`${own}/give-up`} csrf={csrf}>
          <Actions>
            <Button look="danger">{say('page.dispatches.give-up')}</Button>
            <LinkButton href={own}>{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

type Steering = typeof stopDispatch | typeof resumeDispatch | typeof giveUpDispatch;

const steer = (name: string, useCase: Steering) =>
  page({
    method: 'POST',
    path: `/dispatches/:dispatchId/${name}`,
    signedIn: true,
    formAt: ({ dispatchId }) => `/dispatches/${dispatchId}`,
    again: view,
    handle: async ({ params, execute }) => {
      await execute(useCase as typeof stopDispatch, { dispatchId: params.dispatchId ?? '' });
      return { redirect: `/dispatches/${params.dispatchId}` };
    },
  });

export const oneDispatchPages = [
  page({ method: 'GET', path: '/dispatches/:dispatchId', signedIn: true, handle: view }),
  page({ method: 'GET', path: '/dispatches/:dispatchId/give-up', signedIn: true, handle: giveUpView }),
  steer('stop', stopDispatch),
  steer('resume', resumeDispatch),
  steer('give-up', giveUpDispatch),
];

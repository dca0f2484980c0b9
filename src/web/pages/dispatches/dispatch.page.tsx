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
import { Actions, Alert, Button, Card, Form, FormTrouble, LinkButton, Table } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital, showMoment, showNumber } from '../../show.ts';
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
import { Progress } from './progress.tsx';
import { LeftOutTable } from './recipient-cards.tsx';
import { standingText } from './standing.ts';

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
    <p class="hint">
      {/* Without any script the page asks again by itself while something moves. */}
      <meta http-equiv="refresh" content={`3; url=${own}`} />
      {say('page.dispatches.refreshes')} <a href={`${own}?hold=1`}>{say('page.dispatches.refresh-off')}</a>
    </p>
  );
};

/** Deliveries that wait although nobody stopped them: since when, and for what. */
const Waiting = ({ request, dispatch }: { request: PageRequest; dispatch: DispatchView }) => {
  const { say } = request;
  const { state, counts, rows, waitsForMorning, createdAt, at } = dispatch;
  if (state !== 'open' || counts.created === 0) return null;
  if (waitsForMorning)
    return (
      <Alert tone="info">
        <p>{say('page.dispatches.morning', { count: counts.created })}</p>
      </Alert>
    );
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

const Over = ({ request: { say }, dispatch }: { request: PageRequest; dispatch: DispatchView }) => {
  const { state, counts, stoppedByName, stoppedAt } = dispatch;
  if (state === 'stopped')
    return (
      <Alert tone="warning">
        <p>
          {say('page.dispatches.stopped', {
            ...{ name: stoppedByName ?? '', at: stoppedAt ? showMoment(stoppedAt) : '', count: counts.created },
          })}
        </p>
      </Alert>
    );
  if (state !== 'done') return null;
  return (
    <Alert tone={counts.delivered < dispatch.recipients ? 'info' : 'success'}>
      <p>
        {counts.accepted > 0
          ? say('page.dispatches.done-waiting', { count: counts.accepted })
          : say('page.dispatches.done', { delivered: counts.delivered, all: dispatch.recipients })}
      </p>
    </Alert>
  );
};

const Steer = ({ request, dispatch }: { request: PageRequest; dispatch: DispatchView }) => {
  const { say, csrf } = request;
  const { state, mine, counts, dispatchId } = dispatch;
  if (state === 'done') return null;
  if (!mine) return <p class="hint">{say('error.dispatch.partly-yours')}</p>;
  const own = `/dispatches/${dispatchId}`;
  return (
    <Actions>
      {state === 'open' ? (
        <Form action={`${own}/stop`} csrf={csrf}>
          <Button look="danger">{say('page.dispatches.stop')}</Button>
        </Form>
      ) : (
        <Form action={`${own}/resume`} csrf={csrf}>
          <Button>{say('page.dispatches.resume')}</Button>
        </Form>
      )}
      {counts.created > 0 && (
        <LinkButton look="danger" href={`${own}/give-up`}>
          {say('page.dispatches.give-up')}
        </LinkButton>
      )}
    </Actions>
  );
};

const States = ({ request, dispatch }: { request: PageRequest; dispatch: DispatchView }) => {
  const { say, language } = request;
  return (
    <div class="narrow">
      <Table
        caption={say('page.dispatches.states')}
        captionHidden
        rows={deliveryStates.filter((state) => dispatch.counts[state] > 0)}
        columns={[
          { label: say('page.dispatches.state'), cell: (state) => capital(say(`delivery.state.${state}`)) },
          {
            label: say('page.dispatches.count'),
            number: true,
            cell: (state) => (
              <a href={deliveriesAddress(dispatch.dispatchId, state)}>{showNumber(dispatch.counts[state], language)}</a>
            ),
          },
        ]}
      />
    </div>
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
    <Card title={say('page.dispatches.not-well')}>
      <FaultGroups request={request} dispatch={dispatch} />
      <Actions>{ratherVisit(dispatch) ? [visit, again] : [again, visit]}</Actions>
    </Card>
  );
};

const LeftOut = ({ request, dispatch }: { request: PageRequest; dispatch: DispatchView }) => {
  const { say } = request;
  const count = Object.values(dispatch.leftOut).reduce((sum, each) => sum + each, 0);
  return count === 0 ? null : (
    <details class="part card">
      <summary>{say('page.dispatches.left-out-then', { count })}</summary>
      <LeftOutTable request={request} why={dispatch.leftOut} caption={say('page.dispatches.why-left-out', { count })} />
    </details>
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
        <p>
          <a href="/dispatches">{say('page.dispatches.back')}</a>
        </p>
        <h1>{titleOf(request, dispatch)}</h1>
        <Repeats {...of} />
        <FormTrouble trouble={troubleOf(request)} />
        <Over {...of} />
        <Waiting {...of} />
        <Card title={say('page.dispatches.progress-of', { state: standingText(say, dispatch) })}>
          <Progress request={request} counts={dispatch.counts} />
          <Refresh {...of} />
          <States {...of} />
          <Steer {...of} />
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
        <h1>{say('page.dispatches.give-up-title', { count: dispatch.counts.created })}</h1>
        <FormTrouble trouble={troubleOf(request)} />
        <p class="lead">{titleOf(request, dispatch)}</p>
        <p>{say('page.dispatches.give-up-lead')}</p>
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

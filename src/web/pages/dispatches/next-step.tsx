import type { DispatchView } from '../../../modules/delivery/index.ts';
import { Button, Form, LinkButton } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { showMoment } from '../../show.ts';
import { StateLead } from '../../state-badge.tsx';
import type { Next } from '../../states.ts';
import { dispatchState, notArrived, stillNotArrived } from './standing.ts';

interface Props {
  readonly request: PageRequest;
  readonly dispatch: DispatchView;
}

/** Of a sending that is over: what did not arrive comes first, then what may still. */
const afterwards = (dispatch: DispatchView): Next => {
  const { counts, recipients } = dispatch;
  const count = stillNotArrived(dispatch);
  if (count > 0) return { how: 'failed', params: { count } };
  if (counts.accepted > 0) return { how: 'waiting', params: { count: counts.accepted } };
  return notArrived(dispatch) > 0 ? { how: 'again' } : { params: { all: recipients } };
};

const nextOf = (dispatch: DispatchView): Next => {
  const { state, counts, rows, mine, stoppedByName, stoppedAt } = dispatch;
  if (state === 'done') return afterwards(dispatch);
  const params = { count: counts.created };
  if (state === 'stopped')
    return {
      may: mine,
      params: { ...params, name: stoppedByName ?? '', at: stoppedAt ? showMoment(stoppedAt) : '' },
    };
  const held = rows.some((row) => row.state === 'created' && row.fault !== null);
  return held && dispatchState(dispatch) === 'open' ? { how: 'held', params } : { params };
};

/** How a sending stands, and what happens next. */
export const DispatchStanding = ({ request, dispatch }: Props) => (
  <StateLead say={request.say} kind="dispatch" state={dispatchState(dispatch)} {...nextOf(dispatch)} />
);

/** Stop it, go on, give up; or, when it is over, the way to what did not arrive. */
export const DispatchActions = ({ request, dispatch }: Props) => {
  const { say, csrf } = request;
  const { state, mine, counts, dispatchId } = dispatch;
  const own = `/dispatches/${dispatchId}`;
  if (state === 'done')
    return stillNotArrived(dispatch) > 0 ? (
      <LinkButton look="primary" href="#not-well">
        {say('page.dispatches.see-why')}
      </LinkButton>
    ) : null;
  if (!mine) return null;
  return (
    <>
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
    </>
  );
};

import { type DispatchView, deliveryStates, type listDispatches, momentOf } from '../modules/delivery/index.ts';
import { sayOf } from '../shared/words/units.ts';
import { showCost } from './dispatch-preview.ts';
import { columns } from './evidence-report.ts';
import type { Terminal } from './terminal.ts';

type Listed = Awaited<ReturnType<typeof listDispatches.run>>['dispatches'][number];

/** As it can be typed again. */
const nameOfRun = ({ plan, run }: Pick<Listed, 'plan' | 'run'>): string => `${plan.code}:${plan.position}:${run}`;

const stateOf = ({ say }: Terminal, { state, waitsForMorning }: Pick<Listed, 'state' | 'waitsForMorning'>): string =>
  say(`cli.dispatch.state.${waitsForMorning ? 'morning' : state}`);

export const showDispatches = (terminal: Terminal, dispatches: readonly Listed[]): void =>
  terminal.table(
    columns(terminal, 'sending', 'message', 'when', 'who', 'recipients', 'arrived', 'not-arrived', 'state', 'id'),
    dispatches.map((each) => [
      ...[nameOfRun(each), each.message.title, momentOf(each.createdAt), each.createdByName],
      ...[each.recipients, each.counts.delivered],
      each.counts.failed + each.counts['no-receipt'] + each.counts.uncertain + each.counts.withheld,
      ...[stateOf(terminal, each), each.dispatchId],
    ]),
  );

type Group = Pick<DispatchView['groups'][number], 'state' | 'fault'>;

/** Why a delivery did not end well, in words; of one without a fault its state says it. */
export const whyOf = ({ say }: Terminal, { state, fault }: Group): string =>
  say(fault ? `send-fault.${fault}` : `delivery.state.${state}`);

/** How a sending stands: what became of how many, what went wrong and what can be done about it. */
export const tellDispatch = (terminal: Terminal, view: DispatchView): void => {
  const say = sayOf(terminal.say, view.subject);
  terminal.line('cli.dispatch.head', {
    name: nameOfRun(view),
    title: view.message.title,
    state: stateOf(terminal, view),
  });
  terminal.line('cli.dispatch.by-whom', {
    ...{ who: view.createdByName, at: momentOf(view.createdAt), count: view.recipients, parts: view.parts },
    cost: showCost(terminal, view.cost),
  });
  if (view.urgentReason) terminal.line('cli.dispatch.urgent-why', { why: view.urgentReason });
  if (view.state === 'stopped' && view.stoppedAt)
    terminal.line('cli.dispatch.stopped-by', { who: view.stoppedByName ?? '', at: momentOf(view.stoppedAt) });
  terminal.gap();
  terminal.table(
    columns(terminal, 'state', 'count'),
    deliveryStates
      .filter((state) => view.counts[state] > 0)
      .map((state) => [say(`delivery.state.${state}`), view.counts[state]]),
  );
  if (view.groups.length === 0) return;
  terminal.gap();
  terminal.table(
    columns(terminal, 'state', 'why', 'count', 'to-do'),
    view.groups.map((group) => [
      ...[say(`delivery.state.${group.state}`), whyOf({ ...terminal, say }, group), group.count],
      say(`send-todo.${group.twice > 0 && group.twice === group.count ? 'twice' : (group.fault ?? group.state)}`),
    ]),
  );
};

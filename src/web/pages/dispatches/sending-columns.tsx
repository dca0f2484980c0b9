import { dispatchSorts, type listDispatches } from '../../../modules/delivery/index.ts';
import type { ListColumn } from '../../list.tsx';
import type { PageRequest } from '../../page.ts';
import { capital, showMoment, showNumber } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';
import { Progress } from './progress.tsx';
import { dispatchState, lineAddress, standingText } from './standing.ts';

export type Listed = Awaited<ReturnType<typeof listDispatches.run>>['dispatches'][number];

type Column = ListColumn<Listed, (typeof dispatchSorts)[number]>;

/** What every list of sendings has in common. */
export const SENDINGS = { sorts: dispatchSorts } as const;

/** Sendings, each with how far it is; `withLine` says of which line, where that is not clear from the page. */
export const columnsOf = (request: PageRequest, withLine: boolean): Column[] => {
  const { say, language } = request;
  const what = ({ run, message }: Listed) => say('page.dispatches.run-of', { run, title: message.title });
  const line = ({ plan, what: named }: Listed) =>
    say('page.dispatches.line-of', { position: plan.position, what: named, plan: plan.title });
  const ofLine: Column = {
    ...{ name: 'line', label: say('page.dispatches.line') },
    cell: (row) => <a href={lineAddress(row.plan)}>{line(row)}</a>,
    text: line,
  };
  return [
    {
      ...{ name: 'what', label: say('page.dispatches.what'), sort: 'what', always: true },
      cell: (row) => <a href={`/dispatches/${row.dispatchId}`}>{what(row)}</a>,
      text: what,
    },
    ...(withLine ? [ofLine] : []),
    {
      ...{ name: 'channel', label: say('page.dispatches.channel'), extra: true },
      cell: (row) => capital(say(`channel.${row.channel}`)),
      text: (row) => say(`channel.${row.channel}`),
    },
    {
      ...{ name: 'by', label: say('page.dispatches.by'), sort: 'by' },
      cell: (row) => row.createdByName,
      text: (row) => row.createdByName,
    },
    {
      ...{ name: 'sent', label: say('page.dispatches.at'), sort: 'sent', largestFirst: true },
      cell: (row) => showMoment(row.createdAt),
      text: (row) => showMoment(row.createdAt),
    },
    {
      ...{ name: 'recipients', label: say('page.dispatches.recipients'), sort: 'recipients' },
      ...{ largestFirst: true, number: true },
      cell: (row) => showNumber(row.recipients, language),
      text: (row) => row.recipients,
    },
    {
      ...{ name: 'standing', label: say('page.dispatches.standing'), sort: 'standing' },
      cell: (row) => (
        <>
          <StateBadge say={say} kind="dispatch" state={dispatchState(row)} />
          <Progress request={request} counts={row.counts} />
        </>
      ),
      text: (row) => standingText(say, row),
    },
    {
      ...{ name: 'arrived', label: say('page.dispatches.standing.arrived'), extra: true, number: true },
      cell: (row) => showNumber(row.counts.delivered, language),
      text: (row) => row.counts.delivered,
    },
    {
      ...{ name: 'parts', label: say('page.dispatches.all-parts'), extra: true, number: true },
      cell: (row) => showNumber(row.parts, language),
      text: (row) => row.parts,
    },
  ];
};

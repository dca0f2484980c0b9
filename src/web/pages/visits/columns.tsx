import type { ListedVisit, visitSorts } from '../../../modules/visits/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { Tick, Whole } from '../../../ui/index.ts';
import type { ListColumn } from '../../list.tsx';
import type { PageRequest } from '../../page.ts';
import { shortPlaces } from '../../short-places.ts';
import { capital, showMoment } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';
import { textsOf } from '../../typed.ts';
import { languagesOf, overdueMark, stateText } from './parts.tsx';

type Column = ListColumn<ListedVisit, (typeof visitSorts)[number]>;

/** The form that the ticks of the list are sent with. */
export const MANY = 'many';

/** Whom a row is about; only what is open can be given to another or called off. */
const headColumn = ({ say, typed }: PageRequest): Column => {
  const ticked = new Set(textsOf(typed.values, 'visit'));
  const link = (visit: ListedVisit) => <a href={`/visits/${visit.visitId}`}>{visit.head ?? visit.code}</a>;
  return {
    ...{ name: 'head', label: say('page.households.head'), sort: 'head', always: true },
    cell: (visit) =>
      visit.state === 'open' ? (
        <Tick
          form={MANY}
          name="visit"
          value={visit.visitId}
          checked={ticked.has(visit.visitId)}
          label={say('page.visits.tick', { head: visit.head ?? visit.code })}
        >
          {link(visit)}
        </Tick>
      ) : (
        link(visit)
      ),
    text: (visit) => visit.head ?? '',
  };
};

export const columnsOf = (request: PageRequest, visits: readonly ListedVisit[]): Column[] => {
  const { say } = request;
  const short = shortPlaces(visits.map(({ village }) => village));
  const what = ({ lines }: ListedVisit) => lines.map(({ title }) => title).join('; ');
  return [
    headColumn(request),
    {
      ...{ name: 'code', label: say('page.households.code'), sort: 'code' },
      cell: (visit) => visit.code,
      text: (visit) => visit.code,
    },
    {
      ...{ name: 'village', label: say('page.visits.village'), sort: 'village' },
      cell: (visit) => short(visit.village),
      text: (visit) => capital(visit.village),
    },
    {
      ...{ name: 'languages', label: say('page.visits.languages') },
      cell: (visit) => languagesOf(say, visit),
      text: (visit) => languagesOf(say, visit),
    },
    { ...{ name: 'what', label: say('page.visits.what') }, cell: what, text: what },
    {
      ...{ name: 'agent', label: say('page.visits.agent'), sort: 'agent' },
      cell: (visit) => visit.agentName,
      text: (visit) => visit.agentName,
    },
    {
      ...{ name: 'due', label: say('page.visits.due'), sort: 'due' },
      cell: (visit) => (
        <>
          <Whole>{showDay(visit.dueOn)}</Whole>
          {overdueMark(say, visit)}
        </>
      ),
      text: (visit) => showDay(visit.dueOn),
    },
    {
      ...{ name: 'state', label: say('page.visits.state'), sort: 'state' },
      cell: ({ state, happenedOn }) => (
        <>
          <StateBadge say={say} kind="visit" state={state} /> {happenedOn && showDay(happenedOn)}
        </>
      ),
      text: (visit) => stateText(say, visit),
    },
    {
      ...{ name: 'assigned', label: say('page.visits.assigned-by'), sort: 'assigned', largestFirst: true, extra: true },
      cell: (visit) => `${visit.assignedByName}, ${showMoment(visit.assignedAt)}`,
      text: (visit) => `${visit.assignedByName}, ${showMoment(visit.assignedAt)}`,
    },
    {
      ...{ name: 'closed', label: say('page.visits.closed'), sort: 'closed', largestFirst: true, extra: true },
      cell: (visit) => (visit.closedAt ? `${visit.closedByName ?? ''}, ${showMoment(visit.closedAt)}` : '—'),
      text: (visit) => (visit.closedAt ? `${visit.closedByName ?? ''}, ${showMoment(visit.closedAt)}` : ''),
    },
    {
      ...{ name: 'note', label: say('page.visits.note'), extra: true },
      cell: (visit) => visit.outcomeNote || visit.note || '—',
      text: (visit) => visit.outcomeNote || visit.note,
    },
  ];
};

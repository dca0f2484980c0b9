import { type PlanView, standings } from '../../../modules/plans/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { sortedBy } from '../../../shared/order.ts';
import { EmptyState, LadderStrip, LinkButton, reachedShare, Whole } from '../../../ui/index.ts';
import { List, type ListAsked, type ListColumn, listAsked } from '../../list.tsx';
import type { PageRequest } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';
import { stateText } from '../../states.ts';
import type { laddersOf } from './line-ladder.tsx';
import { mayCount, mayImportPlan, mayRecord } from './may-plan.ts';
import { waySent } from './way-sent.ts';

type LineView = PlanView['lines'][number];

const keys = {
  position: ({ position }: LineView) => position,
  what: ({ what }: LineView) => what,
  audience: ({ audienceName }: LineView) => audienceName,
  target: ({ targetPercent }: LineView) => targetPercent,
  from: ({ startsOn }: LineView) => startsOn,
  to: ({ endsOn }: LineView) => endsOn,
  head: ({ headName }: LineView) => headName || null,
  standing: ({ standing }: LineView) => (standing ? standings.indexOf(standing) : null),
  activities: ({ done }: LineView) => done.activities,
};

type Sort = keyof typeof keys;

/** The lines of a plan, as its page and its files have them; a plan has as many as fit on one page. */
export const LINES = {
  name: 'plan-lines',
  path: '/plans/:code',
  filters: [],
  sorts: Object.keys(keys) as Sort[],
  size: 100,
} as const;

export const linesFound = ({ lines }: PlanView, { limit, offset, ...order }: ListAsked<Sort>) => ({
  rows: sortedBy(lines, order, keys).slice(offset, offset + limit),
  total: lines.length,
});

const doneText = ({ done }: LineView, { say, language }: PageRequest): string =>
  done.activities === 0
    ? ''
    : say('page.plans.done', {
        activities: showNumber(done.activities, language),
        places: showNumber(done.places, language),
        last: showDay(done.last!),
      });

/** The one thing to do next for a line; the others stand on its own page. */
const nextThing = (plan: PlanView, line: LineView, request: PageRequest) => {
  const { say } = request;
  const sent = waySent(line);
  const [href, key] =
    plan.state === 'issued' && mayRecord(request) && line.mayBeRecorded
      ? [`/evidence/new?line=${line.lineId}`, 'record']
      : plan.state === 'issued' && mayCount(request) && sent
        ? [sent.href, sent.key]
        : mayCount(request)
          ? [`/left-behind?line=${line.lineId}`, 'left-behind']
          : [undefined, ''];
  return href ? <a href={href}>{say(`page.plans.to.${key}`)}</a> : '—';
};

const reachedColumn = ({ say }: PageRequest, ladders: Ladders): ListColumn<LineView, Sort> => ({
  ...{ name: 'reached', label: say('page.plans.reached') },
  cell: ({ position }) => {
    const ladder = ladders.get(position);
    return ladder ? <LadderStrip say={say} figures={ladder} target={ladder.targetPercent / 100} /> : '—';
  },
  text: ({ position }) => {
    const ladder = ladders.get(position);
    return ladder && ladder.n > 0 ? { share: reachedShare(ladder) } : null;
  },
});

/** How far each line is, by its position; empty where nothing is counted yet, or this reader may not see it. */
type Ladders = Awaited<ReturnType<typeof laddersOf>>;

export const lineColumns = (plan: PlanView, request: PageRequest, ladders: Ladders): ListColumn<LineView, Sort>[] => {
  const { say } = request;
  const target = ({ targetPercent, threshold }: LineView) =>
    say('plan.target', { percent: targetPercent, stage: `@stage.${threshold}` });
  const head = ({ headName, headPost }: LineView) => [headName, headPost].filter(Boolean).join(', ');
  return [
    {
      ...{ name: 'position', label: say('page.plans.position'), sort: 'position', number: true, always: true },
      cell: ({ position }) => String(position),
      text: ({ position }) => position,
    },
    {
      ...{ name: 'what', label: say('page.plans.what'), sort: 'what', always: true },
      cell: (line) => <a href={`/plans/${plan.code}/lines/${line.position}`}>{line.what}</a>,
      text: ({ what }) => what,
    },
    {
      ...{ name: 'audience', label: say('page.plans.audience'), sort: 'audience', extra: true },
      cell: ({ audienceName }) => audienceName,
      text: ({ audienceName }) => audienceName,
    },
    { ...{ name: 'target', label: say('page.plans.target'), sort: 'target' }, cell: target, text: target },
    ...(ladders.size > 0 ? [reachedColumn(request, ladders)] : []),
    {
      ...{ name: 'days', label: say('page.plans.days'), sort: 'to' },
      cell: ({ startsOn, endsOn }) => (
        <>
          <Whole>{showDay(startsOn)} –</Whole> <Whole>{showDay(endsOn)}</Whole>
        </>
      ),
      text: ({ startsOn, endsOn }) => `${showDay(startsOn)} – ${showDay(endsOn)}`,
    },
    {
      ...{ name: 'from', label: say('page.plans.from'), sort: 'from', extra: true },
      cell: ({ startsOn }) => <Whole>{showDay(startsOn)}</Whole>,
      text: ({ startsOn }) => showDay(startsOn),
    },
    {
      ...{ name: 'to', label: say('page.plans.until'), sort: 'to', extra: true },
      cell: ({ endsOn }) => <Whole>{showDay(endsOn)}</Whole>,
      text: ({ endsOn }) => showDay(endsOn),
    },
    { ...{ name: 'head', label: say('page.plans.head'), sort: 'head' }, cell: head, text: head },
    {
      ...{ name: 'progress', label: say('page.plans.progress'), sort: 'standing' },
      cell: (line) => (
        <>
          <StateBadge say={say} kind="line" state={line.standing ?? 'none'} />
          <br />
          {doneText(line, request)}
        </>
      ),
      text: (line) =>
        [stateText(say, { kind: 'line', state: line.standing ?? 'none' }), doneText(line, request)]
          .filter(Boolean)
          .join(': '),
    },
    {
      ...{ name: 'activities', label: say('page.plans.activities'), sort: 'activities', largestFirst: true },
      ...{ number: true, extra: true },
      cell: ({ done }) => showNumber(done.activities, request.language),
      text: ({ done }) => done.activities,
    },
    // Of a draft nothing can be recorded or counted yet.
    ...(plan.state === 'draft'
      ? []
      : [
          {
            name: 'go',
            label: say('page.plans.go'),
            cell: (line: LineView) => nextThing(plan, line, request),
          },
        ]),
  ];
};

export const PlanLines = (props: { plan: PlanView; request: PageRequest; ladders: Ladders }) => {
  const { plan, request, ladders } = props;
  const { say, query, language } = request;
  const found = linesFound(plan, listAsked(LINES, query));
  return (
    <List
      request={request}
      kind={LINES}
      columns={lineColumns(plan, request, ladders)}
      found={found}
      caption={say('page.plans.lines')}
      count={say('page.plans.lines-found', { total: showNumber(found.total, language) })}
      empty={
        <EmptyState title={say('page.plans.no-lines')}>
          <p>{say('page.plans.no-lines-next')}</p>
          {mayImportPlan(request) && <LinkButton href="/plans/import">{say('page.plans.import-again')}</LinkButton>}
        </EmptyState>
      }
      files
      at={{ path: `/plans/${plan.code}`, query }}
    />
  );
};

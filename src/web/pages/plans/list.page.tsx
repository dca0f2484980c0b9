import type { ComponentChildren } from 'preact';
import { findPlans, planPhases, planSorts, planStates } from '../../../modules/plans/index.ts';
import { showDay } from '../../../shared/dates.ts';
import {
  Actions,
  Badge,
  Button,
  EmptyState,
  Field,
  How,
  LinkButton,
  PageHead,
  SearchForm,
  Select,
} from '../../../ui/index.ts';
import { List, type ListColumn, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { StateBadge } from '../../state-badge.tsx';
import { stateText } from '../../states.ts';
import { textOf } from '../../typed.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { mayImportPlan } from './may-plan.ts';

const LIST = {
  name: 'plans',
  path: '/plans',
  filters: ['text', 'phase', 'state'],
  sorts: planSorts,
} as const;

type Row = Awaited<ReturnType<(typeof findPlans)['run']>>['rows'][number];
type Column = ListColumn<Row, (typeof planSorts)[number]>;

/** Of the page's address only: whatever its period. */
const ALL = 'all';

const phases = [...planPhases, ALL] as const;

/** What is under way and ahead, unless something else is asked for. */
const phaseOf = ({ query }: PageRequest): (typeof phases)[number] =>
  phases.find((each) => each === textOf(query, 'phase')) ?? 'open';

const filtersOf = (request: PageRequest) => {
  const phase = phaseOf(request);
  return {
    text: textOf(request.query, 'text').slice(0, 100),
    phase: phase === ALL ? null : phase,
    state: planStates.find((each) => each === textOf(request.query, 'state')) ?? null,
  };
};

const columnsOf = ({ say, language }: PageRequest): Column[] => {
  const number = (value: number) => showNumber(value, language);
  const heads = ({ lateHeads }: Row): string =>
    lateHeads.map(({ name, lines }) => `${name} (${number(lines)})`).join(', ');
  return [
    {
      ...{ name: 'title', label: say('page.plans.plan'), sort: 'title', always: true },
      cell: (plan) => <a href={`/plans/${plan.code}`}>{plan.title}</a>,
      text: (plan) => plan.title,
    },
    {
      ...{ name: 'place', label: say('page.plans.place'), sort: 'place' },
      cell: (plan) => capital(plan.place),
      text: (plan) => capital(plan.place),
    },
    {
      ...{ name: 'from', label: say('page.plans.from'), sort: 'from', largestFirst: true },
      cell: (plan) => showDay(plan.periodFrom),
      text: (plan) => showDay(plan.periodFrom),
    },
    {
      ...{ name: 'to', label: say('page.plans.until'), sort: 'to' },
      cell: (plan) => showDay(plan.periodTo),
      text: (plan) => showDay(plan.periodTo),
    },
    {
      ...{ name: 'state', label: say('page.plans.state'), sort: 'state' },
      cell: (plan) => <StateBadge say={say} kind="plan" state={plan.state} />,
      text: (plan) => stateText(say, { kind: 'plan', state: plan.state }),
    },
    {
      ...{ name: 'lines', label: say('page.plans.lines'), sort: 'lines', largestFirst: true, number: true },
      cell: (plan) => number(plan.lines),
      text: (plan) => plan.lines,
    },
    {
      ...{ name: 'begun', label: say('page.plans.begun'), sort: 'begun', largestFirst: true, number: true },
      cell: (plan) => number(plan.begun),
      text: (plan) => plan.begun,
    },
    {
      ...{ name: 'late', label: say('page.plans.late'), sort: 'late', largestFirst: true },
      cell: (plan) =>
        plan.late === 0 ? (
          '0'
        ) : (
          <>
            <Badge tone="danger">{number(plan.late)}</Badge> {heads(plan)}
          </>
        ),
      text: (plan) => [number(plan.late), heads(plan)].filter(Boolean).join(' '),
    },
  ];
};

const Filters = ({ request }: { request: PageRequest }) => {
  const { say } = request;
  const { text, state } = filtersOf(request);
  return (
    <SearchForm action={LIST.path} label={say('page.plans.show')}>
      <Field name="text" type="search" label={say('page.plans.text')} value={text} />
      <Select
        name="phase"
        label={say('page.plans.period')}
        options={phases.map((value) => ({ value, label: say(`page.plans.phase.${value}`) }))}
        value={phaseOf(request)}
      />
      <Select
        name="state"
        label={say('page.plans.state')}
        options={planStates.map((value) => ({ value, label: say(`plan.state.${value}`) }))}
        empty={say('page.plans.any-state')}
        value={state ?? ''}
      />
      <Button>{say('page.plans.show')}</Button>
    </SearchForm>
  );
};

interface NothingProps {
  readonly request: PageRequest;
  readonly narrowed: boolean;
  /** There are plans, but of another time. */
  readonly elsewhere: boolean;
  readonly children: ComponentChildren;
}

const Nothing = ({ request, narrowed, elsewhere, children }: NothingProps) => {
  const { say } = request;
  if (narrowed)
    return (
      <EmptyState title={say('page.plans.none-such')}>
        <p>{say('page.plans.none-such-next')}</p>
        <LinkButton href={`${LIST.path}?phase=${ALL}`}>{say('page.plans.all')}</LinkButton>
      </EmptyState>
    );
  if (elsewhere) return <EmptyState title={say(`page.plans.none-${phaseOf(request)}`)}>{children}</EmptyState>;
  const may = mayImportPlan(request);
  return (
    <EmptyState title={say('page.plans.none')}>
      <p>{say(may ? 'page.plans.none-next' : 'page.plans.none-next-others')}</p>
      {may && <LinkButton href="/plans/import">{say('page.plans.import')}</LinkButton>}
    </EmptyState>
  );
};

/** All plans that concern one's areas: those under way and ahead, or, when asked for, those whose period is over. */
const listPage = page({
  method: 'GET',
  path: LIST.path,
  signedIn: true,
  handle: async (request) => {
    const { say, query, execute, language } = request;
    const asked = filtersOf(request);
    const { others, ...found } = await execute(findPlans, { ...asked, ...listAsked(LIST, query) });
    const phase = phaseOf(request);
    const other = phase === 'over' ? 'open' : 'over';
    const more = others > 0 && (
      <LinkButton href={`/plans?phase=${other}`}>{say(`page.plans.others-${other}`, { count: others })}</LinkButton>
    );
    const narrowed = asked.text !== '' || asked.state !== null;
    return {
      title: say('page.plans.title'),
      body: (
        <>
          <PageHead
            title={say('page.plans.title')}
            lead={say('page.plans.lead')}
            actions={
              mayImportPlan(request) && (
                <LinkButton look="primary" href="/plans/import">
                  {say('page.plans.import')}
                </LinkButton>
              )
            }
          />
          <UnknownChoice request={request} name="phase" known={phases} />
          <UnknownChoice request={request} name="state" known={planStates} />
          {(found.total + others > 0 || narrowed) && <Filters request={request} />}
          <List
            request={request}
            kind={LIST}
            columns={columnsOf(request)}
            found={found}
            caption={say('page.plans.title')}
            count={say('page.plans.found', { total: showNumber(found.total, language) })}
            empty={
              <Nothing request={request} narrowed={narrowed} elsewhere={others > 0}>
                {more}
              </Nothing>
            }
            files
          >
            {more && <Actions>{more}</Actions>}
          </List>
          {found.total > 0 && <How say={say} id="progress" />}
        </>
      ),
    };
  },
});

export const planListPages = [
  listPage,
  ...listFilePages(LIST, {
    fileName: 'ke-hoach',
    title: ({ say }) => say('page.plans.title'),
    find: async (request, asked) => ({
      ...(await request.execute(findPlans, { ...filtersOf(request), ...asked })),
      columns: columnsOf(request),
    }),
  }),
];

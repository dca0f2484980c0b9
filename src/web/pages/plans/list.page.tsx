import { listPlans } from '../../../modules/plans/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { Actions, EmptyState, LinkButton, Table } from '../../../ui/index.ts';
import { type PageRequest, page } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { mayImportPlan } from './may-plan.ts';

type Listed = Awaited<ReturnType<(typeof listPlans)['run']>>[number];

const planTable = ({ say, language }: PageRequest, plans: readonly Listed[], caption: string) => {
  const number = (value: number) => showNumber(value, language);
  return (
    <Table
      caption={caption}
      captionHidden
      rows={plans}
      columns={[
        { label: say('page.plans.plan'), cell: (plan) => <a href={`/plans/${plan.code}`}>{plan.title}</a> },
        { label: say('page.plans.place'), cell: (plan) => capital(plan.place) },
        {
          label: say('page.plans.period'),
          cell: (plan) => `${showDay(plan.periodFrom)} – ${showDay(plan.periodTo)}`,
        },
        { label: say('page.plans.state'), cell: (plan) => say(`plan.state.${plan.state}`) },
        { label: say('page.plans.lines'), number: true, cell: (plan) => number(plan.lines) },
        { label: say('page.plans.begun'), number: true, cell: (plan) => number(plan.begun) },
        {
          label: say('page.plans.late'),
          cell: (plan) =>
            plan.late === 0 ? (
              '0'
            ) : (
              <>
                <strong>{number(plan.late)}</strong>{' '}
                {plan.lateHeads.map(({ name, lines }) => `${name} (${number(lines)})`).join(', ')}
              </>
            ),
        },
      ]}
    />
  );
};

/** All plans that concern one's areas: those under way and ahead, then, folded away, those whose period is over. */
export const planListPage = page({
  method: 'GET',
  path: '/plans',
  signedIn: true,
  handle: async (request) => {
    const { say, execute } = request;
    const plans = await execute(listPlans, {});
    const { over = [], open = [] } = Object.groupBy(plans, ({ phase }) => (phase === 'over' ? 'over' : 'open'));
    return {
      title: say('page.plans.title'),
      body: (
        <>
          <h1>{say('page.plans.title')}</h1>
          <p class="lead">{say('page.plans.lead')}</p>
          {mayImportPlan(request) && (
            <Actions>
              <LinkButton look="primary" href="/plans/import">
                {say('page.plans.import')}
              </LinkButton>
            </Actions>
          )}
          {plans.length === 0 ? (
            <EmptyState title={say('page.plans.none')} />
          ) : open.length === 0 ? (
            <p class="hint">{say('page.plans.none-now')}</p>
          ) : (
            planTable(request, open, say('page.plans.title'))
          )}
          {over.length > 0 && (
            <details class="part" open={open.length === 0}>
              <summary>{say('page.plans.over', { count: over.length })}</summary>
              {planTable(request, over, say('page.plans.over', { count: over.length }))}
            </details>
          )}
        </>
      ),
    };
  },
});

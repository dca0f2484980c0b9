import type { summarisePlan } from '../../../modules/coverage/index.ts';
import { Counted, Part, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { showNumber } from '../../show.ts';

type Summary = Awaited<ReturnType<(typeof summarisePlan)['run']>>;

/** Reached on how many of the lines that mean them; none first. */
export const PlanSummary = ({ request, summary }: { request: PageRequest; summary: Summary }) => {
  const { say, language } = request;
  const table = (rows: Summary['households'], title: string, heading: string) =>
    rows.length > 0 && (
      <Part title={title}>
        <Counted say={say} how="lines-reached" of={title}>
          <Table
            caption={title}
            captionHidden
            rows={rows}
            columns={[
              {
                label: say('page.coverage.summary-lines'),
                cell: ({ of, reached }) => say('coverage.lines-of', { of, reached }),
              },
              { label: heading, number: true, cell: ({ subjects }) => showNumber(subjects, language) },
            ]}
          />
        </Counted>
      </Part>
    );
  return (
    <>
      {table(summary.households, say('page.coverage.summary'), say('page.coverage.summary-households'))}
      {table(summary.officers, say('page.coverage.summary-officers'), say('page.coverage.summary-people'))}
    </>
  );
};

import { listMonths, type Month, percent } from '../../../modules/coverage/index.ts';
import { Counted, MonthColumns, type MonthFigures, Part, SmallMonths, Stack, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import type { AskedFor } from './asked.ts';

type Shown = MonthFigures & { readonly edition: number };

const shown = (months: readonly Month[]): Shown[] =>
  months.map(({ on, ...figures }) => ({ ...figures, label: `${on.slice(5, 7)}/${on.slice(0, 4)}` }));

const reachedIn = ({ threshold, ...month }: Shown): number => month[`s${threshold}` as 's2' | 's3' | 's4' | 's5'];

const Numbers = ({ request, months }: { request: PageRequest; months: readonly Shown[] }) => {
  const { say, language } = request;
  const number = (label: string, count: (month: Shown) => number) => ({
    label,
    number: true,
    cell: (month: Shown) => showNumber(count(month), language),
  });
  return (
    <Table
      caption={say('page.coverage.months')}
      captionHidden
      rows={months}
      columns={[
        { label: say('page.coverage.month'), cell: ({ label }) => label },
        number(say('coverage.column.n'), ({ n }) => n),
        number(say('stage.1'), ({ couldHear }) => couldHear),
        number(say('stage.2'), ({ s2 }) => s2),
        number(say('stage.3'), ({ s3 }) => s3),
        number(say('stage.4'), ({ s4 }) => s4),
        number(say('stage.5'), ({ s5 }) => s5),
        number(say('coverage.column.reached'), reachedIn),
        {
          label: say('page.coverage.rate'),
          number: true,
          cell: (month) => percent(month.n === 0 ? null : reachedIn(month) / month.n, say) || '—',
        },
        number(say('page.coverage.edition'), ({ edition }) => edition),
      ]}
    />
  );
};

/** The closed months of one line: together, and a small chart for each village; the numbers in a table that opens. */
export const MonthsPart = async (request: PageRequest, asked: AskedFor) => {
  if (asked.position === null) return null;
  const { say, execute } = request;
  const { planCode, position, placeId } = asked;
  const { months, villages } = await execute(listMonths, { planCode, position, placeId });
  const all = shown(months);
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return null;
  const name = say('page.coverage.months-all');
  return (
    <Stack id="months">
      <h3>{say('page.coverage.months')}</h3>
      <p>{say('page.coverage.months-about', { from: first.label, to: last.label })}</p>
      <Counted say={say} how="months" of={say('page.coverage.months')}>
        <MonthColumns say={say} name={name} months={all} />
      </Counted>
      {villages.length > 0 && (
        <SmallMonths
          say={say}
          of={villages.map(({ place, months: own }) => ({ name: capital(place), months: shown(own) }))}
        />
      )}
      <Part title={say('page.coverage.months-table')}>
        <Numbers request={request} months={all} />
      </Part>
    </Stack>
  );
};

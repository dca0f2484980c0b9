import {
  type Coverage,
  facets,
  getCoverage,
  howCounted,
  type LineCoverage,
  levels,
  sourceName,
  summarisePlan,
  unitCounted,
} from '../../../modules/coverage/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { AppError } from '../../../shared/errors.ts';
import { sayOf } from '../../../shared/words/units.ts';
import {
  Actions,
  Alert,
  Button,
  EmptyState,
  Field,
  LadderKey,
  LinkButton,
  SearchForm,
  Select,
  SummaryList,
} from '../../../ui/index.ts';
import { type PageRequest, page } from '../../page.ts';
import { textOf } from '../../typed.ts';
import { type AskedFor, addressOf, askedFor, type Choices } from './asked.ts';
import { LinePictures, PlanPicture } from './charts.tsx';
import { LineTable, PlanTable } from './figure-table.tsx';
import { MonthsPart } from './months.tsx';
import { PlanSummary } from './summary.tsx';

const SearchFields = (props: { request: PageRequest; asked: AskedFor | undefined; choices: Choices }) => {
  const { request, asked, choices } = props;
  const { say, query } = request;
  const line = asked?.position ? `${asked.planCode}:${asked.position}` : '';
  return (
    <SearchForm action="/coverage" label={say('page.coverage.show')}>
      <Select name="plan" label={say('page.coverage.plan')} options={choices.plans} value={asked?.planCode ?? ''} />
      <Select
        name="line"
        label={say('page.coverage.line')}
        hint={say('page.coverage.line-hint')}
        options={choices.lines}
        empty={say('page.coverage.all-lines')}
        value={line}
      />
      <Select name="place" label={say('page.coverage.place')} options={choices.places} value={asked?.placeId ?? ''} />
      <Field
        name="on"
        label={say('page.coverage.on')}
        hint={say('page.coverage.on-hint')}
        placeholder="30/11/2025"
        value={textOf(query, 'on')}
      />
      <Field
        name="boundaries"
        label={say('page.coverage.boundaries')}
        hint={say('page.coverage.boundaries-hint')}
        placeholder="30/06/2025"
        value={textOf(query, 'boundaries')}
      />
      <Select
        name="by"
        label={say('page.coverage.by')}
        options={levels.map((value) => ({ value, label: say(`page.coverage.by.${value}`) }))}
        value={asked?.by ?? 'village'}
      />
      <Select
        name="facet"
        label={say('page.coverage.facet')}
        options={facets.map((value) => ({ value, label: say(`page.coverage.facet.${value}`) }))}
        value={asked?.facet ?? 'all'}
      />
      <Button>{say('page.coverage.show')}</Button>
    </SearchForm>
  );
};

const LinePart = (props: { request: PageRequest; asked: AskedFor; coverage: Coverage; line: LineCoverage }) => {
  const { request, line } = props;
  const { say } = request;
  return (
    <section class="stack">
      <h2>{say('page.coverage.line-title', { position: line.position, what: line.what })}</h2>
      <SummaryList
        items={[
          { label: say('page.coverage.audience'), value: line.audienceName },
          { label: say('page.coverage.threshold'), value: say(`stage.${line.threshold}`) },
          { label: say('page.coverage.head'), value: line.headName },
        ]}
      />
      <LinePictures {...props} />
      <LineTable {...props} />
    </section>
  );
};

const How = ({ request, coverage }: { request: PageRequest; coverage: Coverage }) => {
  const { say } = request;
  return (
    <details class="part">
      <summary>{say('page.coverage.how')}</summary>
      <ul>
        {howCounted(say, coverage).map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      <ul>
        {coverage.lines.map((line) => (
          <li>
            {say('page.coverage.line-title', { position: line.position, what: line.what })}.{' '}
            {say('page.coverage.list-date')}: {line.listDate ? showDay(line.listDate) : say('coverage.no-list')}.{' '}
            {say('page.coverage.source')}: {sourceName(say, line)}.
          </li>
        ))}
      </ul>
    </details>
  );
};

/** Dates of list and map, and where the figures come from, in one line above them. */
const About = ({ request, coverage }: { request: PageRequest; coverage: Coverage }) => {
  const { say } = request;
  const lists = [...new Set(coverage.lines.map(({ listDate }) => listDate))];
  const list = lists.map((day) => (day ? showDay(day) : say('coverage.no-list'))).join(', ');
  const sources = [...new Set(coverage.lines.map((line) => sourceName(say, line)))].join(', ');
  return (
    <p class="lead">
      {say('coverage.of', { on: showDay(coverage.on), boundaries: showDay(coverage.boundaries) })}.{' '}
      {say('page.coverage.list-date')}: {list}. {say('page.coverage.source')}: {sources}.
    </p>
  );
};

const Answer = async (request: PageRequest, asked: AskedFor, coverage: Coverage) => {
  const { say, execute } = request;
  const together = asked.position === null && asked.by === 'total' && asked.facet === 'all';
  const { planCode, placeId, on, boundaries } = asked;
  const summary = together ? await execute(summarisePlan, { planCode, placeId, on, boundaries }) : undefined;
  return (
    <>
      <About request={request} coverage={coverage} />
      {coverage.closed && (
        <Alert tone="info">
          <p>{say('page.coverage.again-hint')}</p>
          {!asked.recomputed && (
            <p>
              <a href={addressOf('/coverage', { ...asked, recomputed: true })}>{say('page.coverage.again-show')}</a>
            </p>
          )}
        </Alert>
      )}
      <LadderKey say={sayOf(say, unitCounted(coverage))} />
      {together ? (
        <>
          <PlanPicture request={request} asked={asked} coverage={coverage} />
          <PlanTable request={request} asked={asked} coverage={coverage} />
        </>
      ) : (
        coverage.lines.map((line) => <LinePart request={request} asked={asked} coverage={coverage} line={line} />)
      )}
      {await MonthsPart(request, asked)}
      <How request={request} coverage={coverage} />
      <Actions>
        <LinkButton href={addressOf('/coverage.csv', asked)}>{say('page.coverage.csv')}</LinkButton>
        <LinkButton href={addressOf('/coverage.xlsx', asked)}>{say('page.coverage.xlsx')}</LinkButton>
      </Actions>
      {summary && <PlanSummary request={request} summary={summary} />}
    </>
  );
};

const covered = async (request: PageRequest, asked: AskedFor) => {
  try {
    return { coverage: await request.execute(getCoverage, asked), error: undefined };
  } catch (error) {
    // A day that is none, a place that was not there, a plan of elsewhere: said below the form, which keeps what was typed.
    if (!(error instanceof AppError) || !['invalid', 'conflict', 'not-found'].includes(error.kind)) throw error;
    return { coverage: undefined, error };
  }
};

/** How many were reached: a plan with all its lines, or one line by place, class, language. */
export const coveragePage = page({
  method: 'GET',
  path: '/coverage',
  signedIn: true,
  handle: async (request) => {
    const { say } = request;
    const { asked, choices } = await askedFor(request);
    const { coverage, error } = asked ? await covered(request, asked) : { coverage: undefined, error: undefined };
    return {
      title: say('nav.coverage'),
      body: (
        <>
          <h1>{say('nav.coverage')}</h1>
          <p class="lead">{sayOf(say, coverage ? unitCounted(coverage) : 'both')('page.coverage.lead')}</p>
          {choices.plans.length === 0 ? (
            <EmptyState title={say('page.coverage.no-plans')}>
              <p>{say('page.coverage.no-plans-next')}</p>
            </EmptyState>
          ) : (
            <SearchFields request={request} asked={asked} choices={choices} />
          )}
          {error && error.kind !== 'not-found' && (
            <Alert tone="danger">
              <p>{say(`error.${error.fields[0]?.code ?? error.code}`, error.params)}</p>
            </Alert>
          )}
          {error?.kind === 'not-found' && <EmptyState title={say('page.coverage.none')} />}
          {asked && coverage && (await Answer(request, asked, coverage))}
        </>
      ),
    };
  },
});

import {
  type Coverage,
  facets,
  getCoverage,
  howCounted,
  levels,
  sourceName,
  summarisePlan,
  unitCounted,
} from '../../../modules/coverage/index.ts';
import { listShapes } from '../../../modules/territory/index.ts';
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
  Lead,
  LinkButton,
  PageHead,
  Part,
  SearchForm,
  Select,
  Stack,
  SummaryList,
} from '../../../ui/index.ts';
import { type PageRequest, page } from '../../page.ts';
import { textOf } from '../../typed.ts';
import { type AskedFor, addressOf, askedFor, type Choices } from './asked.ts';
import { LinePictures, MOST_BARS, PlanPicture } from './charts.tsx';
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

const LinePart = (props: Parameters<typeof LinePictures>[0]) => {
  const { request, line } = props;
  const { say } = request;
  return (
    <Stack>
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
    </Stack>
  );
};

const How = ({ request, coverage }: { request: PageRequest; coverage: Coverage }) => {
  const { say } = request;
  return (
    <Part title={say('page.coverage.how')}>
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
    </Part>
  );
};

/** Dates of list and map, and where the figures come from, in one line above them. */
const About = ({ request, coverage }: { request: PageRequest; coverage: Coverage }) => {
  const { say } = request;
  const lists = [...new Set(coverage.lines.map(({ listDate }) => listDate))];
  const list = lists.map((day) => (day ? showDay(day) : say('coverage.no-list'))).join(', ');
  const sources = [...new Set(coverage.lines.map((line) => sourceName(say, line)))].join(', ');
  return (
    <Lead>
      {say('coverage.of', { on: showDay(coverage.on), boundaries: showDay(coverage.boundaries) })}.{' '}
      {say('page.coverage.list-date')}: {list}. {say('page.coverage.source')}: {sources}.
    </Lead>
  );
};

/** The shapes of the villages of one line, on the day whose boundaries count. */
const shapesOf = async ({ execute }: PageRequest, coverage: Coverage) => {
  const shown = coverage.lines.length === 1 && coverage.by === 'village' ? coverage.lines[0]!.rows : [];
  const placeIds = [...new Set(shown.flatMap(({ placeId }) => placeId ?? []))];
  if (placeIds.length === 0 || placeIds.length > MOST_BARS) return new Map();
  const shapes = await execute(listShapes, { placeIds, on: coverage.boundaries });
  return new Map(shapes.map(({ placeId, geometry }) => [placeId, geometry]));
};

const Answer = async (request: PageRequest, asked: AskedFor, coverage: Coverage) => {
  const { say, execute } = request;
  const shapes = await shapesOf(request, coverage);
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
        coverage.lines.map((line) => (
          <LinePart request={request} asked={asked} coverage={coverage} line={line} shapes={shapes} />
        ))
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
          <PageHead
            title={say('nav.coverage')}
            lead={sayOf(say, coverage ? unitCounted(coverage) : 'both')('page.coverage.lead')}
          />
          {choices.plans.length === 0 ? (
            <EmptyState title={say('page.coverage.no-plans')}>
              <p>{say('page.coverage.no-plans-next')}</p>
              <LinkButton href="/plans">{say('page.plans.title')}</LinkButton>
            </EmptyState>
          ) : (
            <SearchFields request={request} asked={asked} choices={choices} />
          )}
          {error && error.kind !== 'not-found' && (
            <Alert tone="danger">
              <p>{say(`error.${error.fields[0]?.code ?? error.code}`, error.params)}</p>
            </Alert>
          )}
          {error?.kind === 'not-found' && (
            <EmptyState title={say('page.coverage.none')}>
              <p>{say('page.coverage.none-next')}</p>
              <LinkButton href="/coverage">{say('page.coverage.all-places')}</LinkButton>
            </EmptyState>
          )}
          {asked && coverage && (await Answer(request, asked, coverage))}
        </>
      ),
    };
  },
});

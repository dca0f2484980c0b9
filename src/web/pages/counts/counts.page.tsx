import { type CountedPlace, countByPlace } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { AppError } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import {
  Alert,
  Button,
  Counted,
  EmptyState,
  Field,
  Hint,
  Lead,
  LinkButton,
  PageHead,
  SearchForm,
  Select,
} from '../../../ui/index.ts';
import { List, listAsked, listFilePages } from '../../list.tsx';
import { type PageRequest, page } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { typedDay } from '../typed-day.ts';
import { UnknownChoice } from '../unknown-choice.tsx';
import { mayBringVillages } from '../villages/may-bring.ts';
import { type Counting, countColumns, countFileColumns, countOrders } from './columns.tsx';

const LEVELS = ['village', 'commune', 'total'] as const;

const LIST = {
  name: 'counts',
  path: '/counts',
  filters: ['place', 'on', 'boundaries', 'by'],
  sorts: countOrders,
  size: 200,
} as const;

/** Place, day, map and level as asked for in the address; the first own commune by default. */
const counted = async (request: PageRequest) => {
  const { query, execute } = request;
  const { sort, descending, limit, offset } = listAsked(LIST, query);
  const places = await ownPlaces(request);
  const asked = textOf(query, 'place');
  const placeId = isId(asked) ? asked : places[0]?.value;
  const by = LEVELS.find((level) => level === textOf(query, 'by')) ?? 'village';
  const day = (name: string) => (textOf(query, name) ? typedDay(textOf(query, name)) : null);
  const input = { on: day('on'), boundaries: day('boundaries'), by, sort, descending };
  try {
    const result = placeId ? await execute(countByPlace, { placeId, ...input }) : undefined;
    return { places, placeId, by, result, part: result?.rows.slice(offset, offset + limit) ?? [], error: undefined };
  } catch (error) {
    // A day that is none, or a place that was not there: said above the form, which keeps what was typed.
    if (!(error instanceof AppError) || !['invalid', 'conflict'].includes(error.kind)) throw error;
    return { places, placeId, by, result: undefined, part: [], error };
  }
};

const sumOf = (rows: readonly CountedPlace[], name: string): number =>
  rows.reduce((sum, row) => sum + (row.households[name] ?? 0), 0);

const Answer = (props: { result: Counting; part: readonly CountedPlace[]; request: PageRequest }) => {
  const { result, part, request } = props;
  const { say, language } = request;
  const known = result.rows.filter((row) => row.known);
  const unknown = result.rows.length - known.length;
  const sums = result.classes.map((name) => `${say(`class.${name}`)}: ${showNumber(sumOf(known, name), language)}`);
  return (
    <>
      <Lead>{say('page.counts.of', { on: showDay(result.on), boundaries: showDay(result.boundaries) })}</Lead>
      {known.length === 0 && (
        <Alert tone="info">
          <p>{say('page.counts.unknown', { on: showDay(result.on) })}</p>
        </Alert>
      )}
      <Counted say={say} how="counts">
        <List
          request={request}
          kind={LIST}
          columns={countColumns(request, result)}
          found={{ rows: part, total: result.rows.length }}
          caption={say('page.counts.caption')}
          count={say('page.counts.found', { total: showNumber(result.rows.length, language) })}
          empty={null}
          files
        />
      </Counted>
      {known.length > 0 && (
        <p>
          <strong>{say('page.counts.total')}</strong> {sums.join(' · ')}
        </p>
      )}
      {known.length > 0 && unknown > 0 && (
        <Hint>{say('page.counts.unknown-some', { count: unknown, on: showDay(result.on) })}</Hint>
      )}
      <Hint>{say('page.counts.how')}</Hint>
      <Hint>
        {result.reviews.length === 0
          ? say('page.counts.no-lists')
          : say('page.counts.lists', {
              days: result.reviews.map(({ asOf, lists }) => `${showDay(asOf)} (${lists})`).join(', '),
            })}
      </Hint>
    </>
  );
};

const view = async (request: PageRequest) => {
  const { say, query } = request;
  const { places, placeId, by, result, part, error } = await counted(request);
  return {
    title: say('nav.counts'),
    body: (
      <>
        <PageHead title={say('nav.counts')} lead={say('page.counts.lead')} />
        <UnknownChoice request={request} name="by" known={LEVELS} />
        <SearchForm action="/counts" label={say('page.counts.show')}>
          <Select
            name="place"
            label={say('page.imports.place')}
            options={places}
            {...(placeId ? { value: placeId } : {})}
          />
          <Field
            name="on"
            label={say('page.counts.on')}
            hint={say('page.counts.on-hint')}
            placeholder="30/11/2025"
            value={textOf(query, 'on')}
          />
          <Field
            name="boundaries"
            label={say('page.counts.boundaries')}
            hint={say('page.counts.boundaries-hint')}
            placeholder="30/06/2025"
            value={textOf(query, 'boundaries')}
          />
          <Select
            name="by"
            label={say('page.counts.by')}
            options={LEVELS.map((value) => ({ value, label: say(`page.counts.by.${value}`) }))}
            value={by}
          />
          <Button>{say('page.counts.show')}</Button>
        </SearchForm>
        {error && (
          <Alert tone="danger">
            <p>{say(`error.${error.fields[0]?.code ?? error.code}`, error.params)}</p>
          </Alert>
        )}
        {!error && (!result || result.rows.length === 0) && (
          <EmptyState title={say('page.counts.none')}>
            <p>{say(mayBringVillages(request) ? 'page.counts.none-next' : 'page.counts.none-others')}</p>
            {mayBringVillages(request) && (
              <LinkButton href="/villages/import">{say('page.villages.import')}</LinkButton>
            )}
          </EmptyState>
        )}
        {result && result.rows.length > 0 && <Answer result={result} part={part} request={request} />}
        {mayBringVillages(request) && (
          <p>
            <a href="/villages/import">{say('page.villages.import')}</a>
            {' · '}
            <a href={`/territory/map${placeId ? `?place=${placeId}` : ''}`}>{say('page.map.title')}</a>
          </p>
        )}
      </>
    ),
  };
};

export const countsPages = [
  page({ method: 'GET', path: LIST.path, signedIn: true, handle: view }),
  ...listFilePages(LIST, {
    fileName: 'so-ho',
    title: ({ say }) => say('nav.counts'),
    find: async (request) => {
      const { result, error } = await counted(request);
      if (error) throw error;
      if (!result) return { rows: [], total: 0, columns: [] };
      return { rows: result.rows, total: result.rows.length, columns: countFileColumns(request, result) };
    },
  }),
];

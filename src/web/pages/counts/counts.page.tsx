import { stringify } from 'csv-stringify/sync';
import { type CountedPlace, countByPlace } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { AppError } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import { Actions, Alert, Button, EmptyState, Field, LinkButton, SearchForm, Select, Table } from '../../../ui/index.ts';
import { type PageRequest, page } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { typedDay } from '../typed-day.ts';
import { mayBringVillages } from '../villages/may-bring.ts';

type Counted = Awaited<ReturnType<(typeof countByPlace)['run']>>;

const LEVELS = ['village', 'commune', 'total'] as const;

/** Place, day, map and level as asked for in the address; the first own commune by default. */
const counted = async (request: PageRequest) => {
  const { query, execute } = request;
  const places = await ownPlaces(request);
  const asked = textOf(query, 'place');
  const placeId = isId(asked) ? asked : places[0]?.value;
  const by = LEVELS.find((level) => level === textOf(query, 'by')) ?? 'village';
  const day = (name: string) => (textOf(query, name) ? typedDay(textOf(query, name)) : null);
  const input = { on: day('on'), boundaries: day('boundaries'), by };
  try {
    const result = placeId ? await execute(countByPlace, { placeId, ...input }) : undefined;
    return { places, placeId, by, result, error: undefined };
  } catch (error) {
    // A day that is none, or a place that was not there: said above the form, which keeps what was typed.
    if (!(error instanceof AppError) || !['invalid', 'conflict'].includes(error.kind)) throw error;
    return { places, placeId, by, result: undefined, error };
  }
};

const sumOf = (rows: readonly CountedPlace[], name: string): number =>
  rows.reduce((sum, row) => sum + (row.households[name] ?? 0), 0);

/** Place by place; where no list has spoken yet nothing is known, and a dash says so. */
const CountTable = ({ result, request }: { result: Counted; request: PageRequest }) => {
  const { say, language } = request;
  const number = (value: number) => showNumber(value, language);
  const figure = (row: CountedPlace, value: number) =>
    row.known ? number(value) : <span title={say('page.counts.unknown-row')}>—</span>;
  return (
    <Table
      caption={say('page.counts.caption')}
      captionHidden
      rows={result.rows}
      columns={[
        {
          label: say('page.imports.place'),
          cell: (row) => (row.name ? capital(row.name) : say('page.counts.elsewhere')),
        },
        ...result.classes.map((name) => ({
          label: say(`class.${name}`),
          number: true,
          cell: (row: CountedPlace) => figure(row, row.households[name] ?? 0),
        })),
        { label: say('page.counts.sum'), number: true, cell: (row) => figure(row, row.sum) },
        ...(result.by === 'village'
          ? [
              {
                label: say('page.counts.all'),
                number: true,
                cell: (row: CountedPlace) =>
                  row.all ? (
                    <abbr title={say('page.counts.all-source', { day: showDay(row.all.on), source: row.all.source })}>
                      {number(row.all.households)}
                    </abbr>
                  ) : (
                    '—'
                  ),
              },
            ]
          : []),
      ]}
    />
  );
};

const Answer = ({ result, request }: { result: Counted; request: PageRequest }) => {
  const { say, language, url } = request;
  const known = result.rows.filter((row) => row.known);
  const unknown = result.rows.length - known.length;
  const sums = result.classes.map((name) => `${say(`class.${name}`)}: ${showNumber(sumOf(known, name), language)}`);
  return (
    <>
      <p class="lead">{say('page.counts.of', { on: showDay(result.on), boundaries: showDay(result.boundaries) })}</p>
      {known.length === 0 && (
        <Alert tone="info">
          <p>{say('page.counts.unknown', { on: showDay(result.on) })}</p>
        </Alert>
      )}
      <CountTable result={result} request={request} />
      {known.length > 0 && (
        <p class="totals">
          <strong>{say('page.counts.total')}</strong> {sums.join(' · ')}
        </p>
      )}
      {known.length > 0 && unknown > 0 && (
        <p class="hint">{say('page.counts.unknown-some', { count: unknown, on: showDay(result.on) })}</p>
      )}
      <p class="hint">{say('page.counts.how')}</p>
      <p class="hint">
        {result.reviews.length === 0
          ? say('page.counts.no-lists')
          : say('page.counts.lists', {
              days: result.reviews.map(({ asOf, lists }) => `${showDay(asOf)} (${lists})`).join(', '),
            })}
      </p>
      <Actions>
        <LinkButton href={`/counts.csv${url.includes('?') ? url.slice(url.indexOf('?')) : ''}`}>
          {say('page.counts.csv')}
        </LinkButton>
      </Actions>
    </>
  );
};

const view = async (request: PageRequest) => {
  const { say, query } = request;
  const { places, placeId, by, result, error } = await counted(request);
  return {
    title: say('nav.counts'),
    body: (
      <>
        <h1>{say('nav.counts')}</h1>
        <p class="lead">{say('page.counts.lead')}</p>
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
        {!error && (!result || result.rows.length === 0) && <EmptyState title={say('page.counts.none')} />}
        {result && result.rows.length > 0 && <Answer result={result} request={request} />}
        {mayBringVillages(request) && (
          <p>
            <a href="/villages/import">{say('page.villages.import')}</a>
          </p>
        )}
      </>
    ),
  };
};

const csv = async (request: PageRequest) => {
  const { say, frame } = request;
  const { result, error } = await counted(request);
  if (error) throw error;
  const synthetic = (await frame()).synthetic ? [say('ui.shell.synthetic-short')] : [];
  const heading = [
    say('page.imports.place'),
    say('page.counts.code'),
    say('page.counts.on'),
    say('page.counts.boundaries'),
  ];
  const classes = result?.classes ?? [];
  const rows = (result?.rows ?? []).map((row) => [
    row.name || say('page.counts.elsewhere'),
    row.code ?? '',
    showDay(result!.on),
    showDay(result!.boundaries),
    ...classes.map((name) => (row.known ? (row.households[name] ?? 0) : '')),
    row.known ? row.sum : '',
    row.all?.households ?? '',
    ...synthetic,
  ]);
  const head = [
    ...heading,
    ...classes.map((name) => say(`class.${name}`)),
    say('page.counts.sum'),
    say('page.counts.all'),
    ...(synthetic.length > 0 ? [say('list.field.notes')] : []),
  ];
  // Excel in Vietnamese parts columns at semicolons.
  const form = { bom: true, delimiter: ';', escape_formulas: true, record_delimiter: 'windows' } as const;
  const text = stringify([head, ...rows], form);
  return { download: text, fileName: `so-ho-${result?.on ?? ''}.csv`, type: 'text/csv; charset=utf-8' };
};

export const countsPages = [
  page({ method: 'GET', path: '/counts', signedIn: true, handle: view }),
  page({ method: 'GET', path: '/counts.csv', signedIn: true, handle: csv }),
];

import { type CountedPlace, type countByPlace, listedClasses } from '../../../modules/registry/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { ListColumn } from '../../list.tsx';
import type { PageRequest } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';

export const countOrders = ['place', ...listedClasses, 'sum', 'all'] as const;

export type Counting = Awaited<ReturnType<(typeof countByPlace)['run']>>;

type CountColumn = ListColumn<CountedPlace, (typeof countOrders)[number]>;

/** Place by place; where no list has spoken yet nothing is known, and a dash says so. */
export const countColumns = (
  { say, language }: Pick<PageRequest, 'say' | 'language'>,
  { classes, by }: Pick<Counting, 'classes' | 'by'>,
): CountColumn[] => {
  const number = (value: number) => showNumber(value, language);
  const figure = (row: CountedPlace, value: number) =>
    row.known ? number(value) : <span title={say('page.counts.unknown-row')}>—</span>;
  const placeOf = (row: CountedPlace) => (row.name ? capital(row.name) : say('page.counts.elsewhere'));
  const figures = [
    ...classes.map((name) => ({
      // Names of columns are words with hyphens.
      ...{ name: name.replaceAll('_', '-'), sort: name, label: say(`class.${name}`) },
      value: (row: CountedPlace) => row.households[name] ?? 0,
    })),
    {
      ...({ name: 'sum', sort: 'sum' } as const),
      label: say('page.counts.sum'),
      value: (row: CountedPlace) => row.sum,
    },
  ];
  return [
    { name: 'place', label: say('page.imports.place'), sort: 'place', always: true, cell: placeOf, text: placeOf },
    ...figures.map(
      ({ value, ...column }): CountColumn => ({
        ...column,
        number: true,
        largestFirst: true,
        cell: (row) => figure(row, value(row)),
        text: (row) => (row.known ? value(row) : null),
      }),
    ),
    ...(by === 'village'
      ? [
          {
            ...({ name: 'all', sort: 'all' } as const),
            label: say('page.counts.all'),
            number: true,
            largestFirst: true,
            cell: (row: CountedPlace) =>
              row.all ? (
                <abbr title={say('page.counts.all-source', { day: showDay(row.all.on), source: row.all.source })}>
                  {number(row.all.households)}
                </abbr>
              ) : (
                '—'
              ),
            text: (row: CountedPlace) => row.all?.households ?? null,
          },
        ]
      : []),
  ];
};

/** In a file each row says itself which place it is, of which day and by which map. */
export const countFileColumns = (
  request: Pick<PageRequest, 'say' | 'language'>,
  result: Pick<Counting, 'classes' | 'by' | 'on' | 'boundaries'>,
): CountColumn[] => {
  const { say } = request;
  const [place, ...figures] = countColumns(request, result) as [CountColumn, ...CountColumn[]];
  const column = (name: string, label: string, text: (row: CountedPlace) => string): CountColumn => ({
    ...{ name, label, always: true, cell: text, text },
  });
  return [
    place,
    column('place-code', say('page.counts.code'), ({ code }) => code ?? ''),
    column('on', say('page.counts.on'), () => showDay(result.on)),
    column('boundaries', say('page.counts.boundaries'), () => showDay(result.boundaries)),
    ...figures,
  ];
};

import type { Order } from '../../../platform/list.ts';
import { listedClasses } from '../imports/import.ts';

interface Counted {
  readonly placeId: string | null;
  readonly known: boolean;
  readonly households: Readonly<Record<string, number>>;
  readonly sum: number;
  readonly all: { readonly households: number } | null;
}

/** The orders counted places may be asked for. */
export const countSorts = ['place', ...listedClasses, 'sum', 'all'] as const;

type CountOrder = Order<(typeof countSorts)[number]>;

const figureOf = (row: Counted, sort: Exclude<CountOrder['sort'], null | undefined>): number | undefined => {
  if (sort === 'all') return row.all?.households;
  if (!row.known) return undefined;
  return sort === 'sum' ? row.sum : row.households[sort];
};

/** Places as asked for: those of which nothing is known, and households of no place, stand last either way round. */
export const orderCounts = <R extends Counted>(rows: readonly R[], { sort, descending }: CountOrder): R[] => {
  if (!sort) return [...rows];
  const [placed, elsewhere] = [
    rows.filter(({ placeId }) => placeId !== null),
    rows.filter(({ placeId }) => placeId === null),
  ];
  const way = descending ? -1 : 1;
  // They come in the order in which readers look for them.
  if (sort === 'place') return [...(descending ? placed.reverse() : placed), ...elsewhere];
  const figures = new Map(placed.map((row) => [row, figureOf(row, sort)]));
  return [
    ...placed.sort((a, b) => {
      const [one, other] = [figures.get(a), figures.get(b)];
      if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
      return (one - other) * way;
    }),
    ...elsewhere,
  ];
};

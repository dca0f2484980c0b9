import { Badge, EmptyState, LinkButton, Table, Tick } from '../../../ui/index.ts';
import { List, type ListColumn, listAsked } from '../../list.tsx';
import type { PageRequest } from '../../page.ts';
import { textOf } from '../../typed.ts';

const LIST = { name: 'style', path: '/console/style', filters: [], sorts: ['place', 'count'], size: 3 } as const;

interface Row {
  readonly place: string;
  readonly count: number;
  readonly late: boolean;
}

const rowsOf = (say: PageRequest['say']): Row[] =>
  [24, 7, 112, 3, 58].map((count, at) => ({
    ...{ place: say('style.village', { number: at + 1 }), count, late: at === 2 },
  }));

const columnsOf = ({ say }: PageRequest): ListColumn<Row, 'place' | 'count'>[] => [
  {
    name: 'place',
    label: say('page.households.village'),
    sort: 'place',
    always: true,
    cell: ({ place }) => <a href="#lists">{place}</a>,
  },
  {
    name: 'state',
    label: say('page.plans.state'),
    cell: ({ late }) => <Badge tone={late ? 'danger' : 'good'}>{say(late ? 'style.late' : 'style.on-time')}</Badge>,
  },
  {
    name: 'count',
    label: say('style.count'),
    sort: 'count',
    largestFirst: true,
    number: true,
    cell: ({ count }) => String(count),
  },
];

/** A list of several pages, the same empty, and a table with a row to each line on phones. */
export const ListSamples = ({ request }: { request: PageRequest }) => {
  const { say, query } = request;
  const { sort, descending, limit, offset } = listAsked(LIST, query);
  const rows = rowsOf(say);
  const order = (a: Row, b: Row) => (sort === 'count' ? a.count - b.count : sort ? (a.place < b.place ? -1 : 1) : 0);
  const sorted = rows.toSorted((a, b) => order(a, b) * (descending ? -1 : 1));
  const empty = (
    <EmptyState title={say('style.empty')}>
      <p>{say('style.empty-next')}</p>
      <LinkButton href="#lists">{say('style.primary')}</LinkButton>
    </EmptyState>
  );
  return (
    <>
      <List
        request={request}
        kind={LIST}
        columns={columnsOf(request)}
        found={{ rows: sorted.slice(offset, offset + limit), total: rows.length }}
        caption={say('style.part.lists')}
        count={say('style.villages', { count: rows.length })}
        empty={empty}
        quiet={({ count }) => count < 5}
      />
      {empty}
      <Table
        compact
        caption={say('style.compact')}
        rows={rows.slice(0, 2)}
        columns={[
          { label: say('page.households.village'), cell: ({ place }) => place },
          {
            label: say('style.some'),
            cell: ({ place }) => (
              <Tick name="rows" value={place} checked={textOf(query, 'rows') === place} label={place} />
            ),
          },
        ]}
      />
    </>
  );
};

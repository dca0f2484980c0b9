import { exportAudienceSubjects, getAudience, type listAudienceSubjects } from '../../../modules/audiences/index.ts';
import { isId } from '../../../shared/ids.ts';
import { EmptyState, Hint, Stack } from '../../../ui/index.ts';
import { List, type ListColumn, listFilePages } from '../../list.tsx';
import type { PageRequest } from '../../page.ts';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { typedDay } from '../typed-day.ts';

/** Who is behind the figures of an audience: on its page, below the figures, when asked for. */
export const MEMBERS = {
  name: 'audience-members',
  path: '/audiences/:code',
  filters: ['place', 'on', 'show'],
  sorts: ['name', 'code', 'place', 'class', 'post', 'body'],
} as const;

export type Listed = Awaited<ReturnType<typeof listAudienceSubjects.run>>;

const SHOWN = ['fits', 'unknown'] as const;

/** Which of the figures is opened; undefined = none. */
export const shownOf = ({ query }: PageRequest) => SHOWN.find((each) => each === textOf(query, 'show'));

/** Where and on which day, as asked for in the address. */
export const askedOf = ({ query }: PageRequest) => {
  const [place, on] = [textOf(query, 'place'), textOf(query, 'on')];
  return { placeId: isId(place) ? place : null, on: on ? typedDay(on) : null };
};

const columnsOf = (
  { say }: PageRequest,
  subject: Listed['subject'],
): ListColumn<Listed['rows'][number], (typeof MEMBERS.sorts)[number]>[] => {
  const place = (row: Listed['rows'][number]) => capital(row.place) || say('page.audience.nowhere');
  const named = (row: Listed['rows'][number]) => row.name ?? row.code;
  return [
    {
      name: 'name',
      label: say('page.audience.person'),
      sort: 'name',
      always: true,
      cell: (row) => (subject === 'household' ? <a href={`/households/${row.subjectId}`}>{named(row)}</a> : named(row)),
      text: named,
    },
    { name: 'code', label: say('page.audiences.code'), sort: 'code', cell: (row) => row.code, text: (row) => row.code },
    { name: 'place', label: say('page.audience.village'), sort: 'place', cell: place, text: place },
    ...(subject === 'household'
      ? [
          {
            ...({ name: 'class', sort: 'class' } as const),
            label: say('page.audience.class'),
            cell: (row: Listed['rows'][number]) => (row.class ? say(`class.${row.class}`) : '—'),
            text: (row: Listed['rows'][number]) => (row.class ? say(`class.${row.class}`) : ''),
          },
        ]
      : (['post', 'body'] as const).map((name) => ({
          ...{ name, sort: name, label: say(`page.audience.${name}`) },
          cell: (row: Listed['rows'][number]) => row[name] || '—',
          text: (row: Listed['rows'][number]) => row[name] ?? '',
        }))),
  ];
};

export const Members = ({ request, listed, show }: { request: PageRequest; listed: Listed; show: string }) => {
  const { say, language } = request;
  const title = say(`page.audience.list.${show}`);
  return (
    <Stack id="list">
      <h2>{title}</h2>
      <Hint>{say('page.audience.looked')}</Hint>
      <List
        request={request}
        kind={MEMBERS}
        columns={columnsOf(request, listed.subject)}
        found={listed}
        caption={title}
        count={say(`page.audience.found.${listed.subject}`, { total: showNumber(listed.total, language) })}
        empty={
          <EmptyState title={say('page.audience.nobody-listed')}>
            <p>{say('page.audience.nobody-listed-next')}</p>
          </EmptyState>
        }
        files
      />
    </Stack>
  );
};

export const memberFilePages = listFilePages(MEMBERS, {
  fileName: 'nguoi-thuoc-doi-tuong',
  title: (request) => request.say(`page.audience.list.${shownOf(request) ?? 'fits'}`),
  find: async (request, { sort, descending }) => {
    // Found by its code first: a wrong one is answered as one that is not there.
    const { code } = await request.execute(getAudience, { code: request.params.code ?? '' });
    const asked = { code, ...askedOf(request), show: shownOf(request) ?? 'fits', sort, descending } as const;
    const listed = await request.execute(exportAudienceSubjects, asked);
    return { ...listed, columns: columnsOf(request, listed.subject) };
  },
});

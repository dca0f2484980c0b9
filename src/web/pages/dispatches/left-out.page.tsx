import { leftOutCodes, listLeftOut, otherWays } from '../../../modules/delivery/index.ts';
import { subjectOf } from '../../../modules/plans/index.ts';
import { isId } from '../../../shared/ids.ts';
import { sayOf } from '../../../shared/words/units.ts';
import { Actions, EmptyState, LinkButton, Table } from '../../../ui/index.ts';
import { type PageRequest, page } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { capital, showNumber } from '../../show.ts';
import { textOf } from '../../typed.ts';
import { choicesOf, chosenAddress } from './choices.ts';

const SIZE = 50;

type Found = Awaited<ReturnType<typeof listLeftOut.run>>;

const Rows = ({
  request: { say },
  rows,
  officers,
}: {
  request: PageRequest;
  rows: Found['rows'];
  officers: boolean;
}) => (
  <Table
    caption={say('page.dispatches.left-out')}
    captionHidden
    rows={rows}
    columns={[
      {
        label: say('page.dispatches.household'),
        // Officers have no page of their own.
        cell: ({ subjectId, name, code }) => (
          <p>
            {officers ? (name ?? code) : <a href={`/households/${subjectId}`}>{name ?? code}</a>}
            <span class="hint"> {code}</span>
          </p>
        ),
      },
      { label: say('page.dispatches.village'), cell: ({ place }) => capital(place) },
      { label: say('page.dispatches.why'), cell: ({ why }) => capital(say(`left-out.${why}`)) },
      { label: say('page.dispatches.other-way'), cell: ({ way }) => say(`page.dispatches.way.${way}`) },
    ]}
  />
);

const titleOf = ({ say, query }: PageRequest): string => {
  const way = otherWays.find((each) => each === textOf(query, 'way'));
  return say(way ? `page.dispatches.left-out-way.${way}` : 'page.dispatches.left-out');
};

/** The rows behind the figures of the confirmation: whom this very sending leaves out, by other way or reason. */
export const leftOutPage = page({
  method: 'GET',
  path: '/dispatches/new/left-out',
  signedIn: true,
  handle: async (request) => {
    const { query, execute, language } = request;
    const choices = choicesOf(query);
    if (!isId(choices.lineId)) return { redirect: '/dispatches' };
    const why = leftOutCodes.find((each) => each === textOf(query, 'why'));
    const at = pageOf(query);
    const { total, rows, line } = await execute(listLeftOut, {
      ...choices,
      way: otherWays.find((each) => each === textOf(query, 'way')) ?? null,
      why: why ?? null,
      ...{ limit: SIZE, offset: at * SIZE },
    });
    const officers = subjectOf(line) === 'officer';
    const say = sayOf(request.say, subjectOf(line));
    const title = titleOf({ ...request, say });
    return {
      title,
      body: (
        <>
          <p>
            <a href={chosenAddress(choices)}>{say('page.dispatches.to.confirmation')}</a>
          </p>
          <h1>{title}</h1>
          <p class="lead">
            {why && `${capital(say(`left-out.${why}`))}: `}
            {say('page.dispatches.found-people', { count: showNumber(total, language) })}
          </p>
          {rows.length === 0 ? (
            <EmptyState title={say('page.dispatches.nobody-such')} />
          ) : (
            <>
              <Rows request={{ ...request, say }} rows={rows} officers={officers} />
              {pagerOf({ request, at, more: total > (at + 1) * SIZE })}
            </>
          )}
          <Actions>
            <LinkButton href={`/left-behind?line=${line.lineId}`}>{say('page.dispatches.to.visit')}</LinkButton>
          </Actions>
        </>
      ),
    };
  },
});
